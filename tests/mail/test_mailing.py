"""What the outbox owes is paid once, as things stand at the moment of sending, and nothing stands in the way of the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost import catalogue
from gatepost.actions import composing, erasing, mailing
from gatepost.mail.message import Sealed
from gatepost.store import grants, leads, outbox
from gatepost.store.outbox import Owed
from tests.conftest import small_catalogue
from tests.mail.cast import ADA, ask, change, confirmed, state
from tests.mail.test_message import INJECTIONS, OURS


def rename_offer(engine, title: str) -> None:
    """The writer gives the checklist another title and builds again."""
    known = small_catalogue(engine.settings.data_dir, engine.now())
    offers = {**known.offers, "checklist": replace(known.offers["checklist"], title=title)}
    catalogue.write(replace(known, offers=offers), engine.settings.data_dir)


def without_offers(engine) -> None:
    """The writer takes every offer away and builds again."""
    known = small_catalogue(engine.settings.data_dir, engine.now())
    catalogue.write(replace(known, offers={}, articles={}), engine.settings.data_dir)


def test_a_confirmation_goes_out_once_and_is_marked(engine, office, courier):
    owed = ask(engine)
    assert mailing.send_due(engine, courier) == mailing.Sent(claimed=1, sent=1)
    assert mailing.send_due(engine, courier) == mailing.Sent()
    [taken] = office.taken
    assert taken.to == [ADA]
    assert taken.message["Subject"] == "Please confirm: Before you publish"
    assert taken.message["Message-ID"] == f"<{owed.id.hex}@example.org>"
    settled = state(engine, owed)
    assert (settled.state, settled.sent_at, settled.claim, settled.tries) == ("sent", engine.now(), None, 1)


def test_a_delivery_brings_every_file_of_the_offer_and_the_rest_of_the_article(engine, office, courier):
    owed = confirmed(engine, offer="ebook", article="gated")
    mailing.send_due(engine, courier)
    with engine.database.reading() as tx:
        given = grants.of_signup(tx, owed.signup_id)
    text = office.taken[0].message.get_body(("plain",)).get_content()
    assert office.taken[0].message["Subject"] == "Here it is: Clients by writing"
    assert [grant.file.name for grant in given] == [
        "Clients by writing.pdf",
        "Clients by writing.epub",
        "The gated one.pdf",
    ]
    assert all(engine.link("download", grant.id) in text for grant in given)
    assert "22 December 2026" in " ".join(text.split())


def test_a_renewed_link_stands_in_for_the_spent_one(engine, office, courier):
    owed = confirmed(engine)
    with engine.database.writing() as tx:
        [spent] = grants.of_signup(tx, owed.signup_id)
        for _ in range(spent.uses_allowed):
            grants.use(tx, spent.id, engine.new_id(), engine.now())
        fresh = replace(spent, id=engine.new_id(), created_at=engine.now() + timedelta(seconds=1))
        grants.add(tx, [fresh])
    mailing.send_due(engine, courier)
    text = office.taken[0].message.get_body(("plain",)).get_content()
    assert engine.link("download", fresh.id) in text
    assert engine.link("download", spent.id) not in text


def dropped_for(engine, office, courier, owed: Owed, word: str) -> None:
    assert mailing.send_due(engine, courier).dropped == 1
    assert state(engine, owed).state == "dropped"
    assert word in state(engine, owed).answer
    assert not office.taken


def test_nobody_who_was_erased_gets_a_letter(engine, office, courier):
    owed = ask(engine)
    change(engine, owed.lead_id, state="erased", email="", erased_at=engine.now())
    dropped_for(engine, office, courier, owed, "erased")


def test_nobody_who_left_gets_the_letter_they_asked_for_before(engine, office, courier):
    owed = ask(engine)
    change(engine, owed.lead_id, state="left", left_at=engine.now())
    dropped_for(engine, office, courier, owed, "left")


def test_somebody_who_left_and_asks_anew_gets_that_confirmation(engine, office, courier, clock):
    before = ask(engine)
    change(engine, before.lead_id, state="left", left_at=engine.now())
    clock.forward(minutes=1)
    anew = ask(engine)
    assert mailing.send_due(engine, courier) == mailing.Sent(claimed=2, sent=1, dropped=1)
    assert state(engine, anew).state == "sent"


def test_a_request_confirmed_meanwhile_is_not_asked_about_again(engine, office, courier):
    owed = ask(engine)
    with engine.database.writing() as tx:
        leads.confirm_signup(tx, owed.signup_id, engine.now())
    dropped_for(engine, office, courier, owed, "confirmed")


def test_a_delivery_whose_links_all_ended_is_not_sent(engine, office, courier, clock):
    owed = confirmed(engine)
    clock.forward(days=31)
    dropped_for(engine, office, courier, owed, "opens any more")


def test_a_confirmation_for_an_offer_that_is_gone_is_dropped_with_the_reason(engine, office, courier):
    owed = ask(engine)
    without_offers(engine)
    dropped_for(engine, office, courier, owed, "catalogue")


def test_a_delivery_is_made_good_even_when_the_offer_has_gone(engine, office, courier):
    confirmed(engine)
    without_offers(engine)
    assert mailing.send_due(engine, courier).sent == 1
    assert office.taken[0].message["Subject"] == "Here it is: Before you publish"


def test_without_any_catalogue_letters_wait(engine, office, courier):
    owed = ask(engine)
    (engine.settings.data_dir / catalogue.FILE_NAME).unlink()
    assert "gatepost build" in mailing.send_due(engine, courier).trouble
    assert (state(engine, owed).state, state(engine, owed).tries) == ("queued", 0)


class Interrupted:
    """Carries letters, but something happens just before each."""

    def __init__(self, courier, happens):
        self.courier, self.happens = courier, happens

    def __enter__(self):
        self.courier.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.courier.__exit__(*error)

    def send(self, letter: Sealed) -> None:
        self.courier.send(letter)
        self.happens()


@pytest.mark.parametrize("how", ["left", "erased"])
def test_who_leaves_or_is_erased_between_claim_and_send_gets_nothing(engine, office, courier, clock, how):
    first = ask(engine, "first@reader.example")
    clock.forward(seconds=1)
    second = ask(engine)

    def leaves() -> None:
        if how == "erased":
            erasing.erase(engine, second.lead_id)
        else:
            change(engine, second.lead_id, state="left", left_at=engine.now())

    counts = mailing.send_due(engine, Interrupted(courier, leaves))
    assert (counts.claimed, counts.sent, counts.dropped + counts.lost) == (2, 1, 1)
    assert [taken.to for taken in office.taken] == [["first@reader.example"]]
    assert (state(engine, first).state, state(engine, second).state) == ("sent", "dropped")


def test_a_worker_that_slept_through_its_lease_does_not_send(engine, office, courier, clock):
    ask(engine, "first@reader.example")
    clock.forward(seconds=1)
    second = ask(engine)

    def sleeps() -> None:
        clock.forward(minutes=6)
        with engine.database.writing() as tx:
            outbox.claim(tx, engine.new_id(), engine.now(), engine.now() + mailing.LEASE, 50)

    counts = mailing.send_due(engine, Interrupted(courier, sleeps))
    assert (counts.sent, counts.lost) == (1, 1)
    assert len(office.taken) == 1
    assert state(engine, second).state == "sending"


def test_a_worker_that_slept_between_mark_and_sending_does_not_send(engine, office, courier, clock, monkeypatch):
    owed, real = ask(engine), composing.sealed

    def slow(*given):
        clock.forward(minutes=2)
        return real(*given)

    monkeypatch.setattr(composing, "sealed", slow)
    assert mailing.send_due(engine, courier).lost == 1
    assert not office.taken
    assert state(engine, owed).state == "queued"


def test_an_empty_answer_to_one_letter_leaves_the_rest_for_later_untried(engine, office, courier):
    made = [ask(engine, f"r{n}@reader.example") for n in range(3)]
    office.answers["BANNER"] = ["421 too busy"]
    counts = mailing.send_due(engine, courier)
    assert (counts.claimed, counts.later, counts.sent) == (3, 1, 0)
    assert "421" in counts.trouble
    assert sorted(state(engine, owed).tries for owed in made) == [0, 0, 1]
    assert mailing.send_due(engine, courier).sent == 2


def test_a_letter_that_cannot_be_written_fails_alone(engine, office, courier):
    made = [ask(engine, f"r{n}@reader.example") for n in range(3)]
    with engine.database.writing() as tx:
        lead = leads.by_id(tx, made[0].lead_id)
        leads.save(tx, replace(lead, email="not an address"))
        poison = Owed(
            engine.new_id(), "poison", lead.id, made[0].signup_id, "no-such-letter", engine.now(), engine.now()
        )
        outbox.owe(tx, poison)
    assert mailing.send_due(engine, courier) == mailing.Sent(claimed=4, sent=2, failed=2)
    assert "no letter 'no-such-letter'" in state(engine, poison).answer
    assert state(engine, made[0]).state == "failed"


def test_a_title_made_to_inject_headers_stops_its_own_letter_only(engine, office, courier):
    for evil in INJECTIONS[:-1]:  # half a character cannot even be built
        owed, other = ask(engine), ask(engine, "bo@reader.example", offer="ebook")
        rename_offer(engine, evil)
        assert mailing.send_due(engine, courier) == mailing.Sent(claimed=2, sent=1, failed=1), evil
        assert (state(engine, owed).state, state(engine, other).state) == ("failed", "sent")
    assert {taken.to[0] for taken in office.taken} == {"bo@reader.example"}


def test_a_readers_name_reaches_no_letter_and_no_header(engine, office, courier):
    storable = [evil.replace("\x00", "") for evil in INJECTIONS[:-1]]
    for number, evil in enumerate([*storable, "Win $ http://evil.test", "<b>evil.test</b>", "{{ 'evil.test' }}"]):
        ask(engine, f"r{number}@reader.example", name=evil)
        office.heard.clear()
        assert mailing.send_due(engine, courier).sent == 1
        verbs, message = office.verbs(), office.taken[-1].message
        assert (verbs.count("MAIL"), verbs.count("RCPT"), verbs.count("DATA")) == (1, 1, 1)
        assert [name.lower() for name in message.keys()] == OURS  # noqa: SIM118
        assert [recipient.addr_spec for recipient in message["To"].addresses] == [f"r{number}@reader.example"]
        for kind in ("plain", "html"):
            assert "evil.test" not in message.get_body((kind,)).get_content()


def test_a_letter_goes_to_the_stored_address_and_no_look_alike(engine, office, courier):
    ask(engine, "mike@reader.example"), ask(engine, "mıke@reader.example")
    mailing.send_due(engine, courier)
    assert sorted(taken.to[0] for taken in office.taken) == ["mike@reader.example", "mıke@reader.example"]


def test_what_was_never_confirmed_is_forgotten_after_thirty_days(engine, clock):
    old, kept = ask(engine), confirmed(engine, "bo@reader.example")
    clock.forward(days=20)
    young, again = ask(engine, "cy@reader.example"), ask(engine, "di@reader.example")
    clock.forward(days=11)
    mailing.tidy(engine)
    with engine.database.reading() as tx:
        states = [leads.by_id(tx, owed.lead_id).state for owed in (old, kept, young, again)]
        assert leads.by_id(tx, old.lead_id).email == ""
    assert states == ["erased", "confirmed", "pending", "pending"]
