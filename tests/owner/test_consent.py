"""Consent and letters: who may be written to, whether letters arrive, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from gatepost.actions import leaving, mailing, permitting
from gatepost.engine import Engine
from gatepost.mail.smtp import Courier
from gatepost.report import posted
from gatepost.report.span import Span
from gatepost.store import Database, leads
from tests.conftest import Clock
from tests.mail.conftest import HURRIED
from tests.mail.post_office import PostOffice
from tests.owner.conftest import Browser

PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice() as opened:
        yield opened


def asks(bo: Browser, name: str, *, letters: bool = True, domain: str = "reader.example") -> None:
    ticked = {"consent": "letters"} if letters else {}
    fields = {"email": f"{name}@{domain}", "offer": "checklist", **ticked}
    answer = bo.client.post("/signup", data=fields, headers={"User-Agent": PERSON})
    assert answer.status_code == 303, answer.text


def lead_of(engine: Engine, name: str) -> UUID:
    with engine.database.reading() as tx:
        found = leads.by_key(tx, f"{name}@reader.example")
    assert found
    return found.id


def confirms(bo: Browser, engine: Engine, name: str) -> None:
    with engine.database.reading() as tx:
        asked = leads.signups_of(tx, lead_of(engine, name))[-1]
    assert bo.client.post(engine.link("confirm", asked.id).removeprefix(engine.settings.capture_url)).status_code == 303


def leaves(engine: Engine, name: str, how: str) -> None:
    with engine.database.reading() as tx:
        found = leads.by_id(tx, lead_of(engine, name))
    assert found
    leaving.leave(engine, found, how)


def test_people_and_their_permissions_are_counted_by_state_purpose_and_way_of_withdrawing(
    bo: Browser, engine: Engine, clock: Clock
) -> None:
    for name in ("ada", "cy", "dee", "eve"):
        asks(bo, name, letters=name != "eve")
    clock.forward(minutes=3)
    for name in ("ada", "cy", "eve"):
        confirms(bo, engine, name)
    leaves(engine, "cy", "one-click")
    found = permitting.found(engine.database, now=engine.now()).permitted
    assert found.states == {"pending": 1, "confirmed": 2, "left": 1, "erased": 0}
    assert (found.people.requested, found.people.confirmed, found.seconds, found.timed) == (4, 3, 180, 3)
    assert found.confirms
    assert found.confirms.low < found.confirms.mean == 0.75 < found.confirms.high
    (purpose,), (wording,) = found.purposes, found.wordings
    assert (purpose.purpose, purpose.given, purpose.confirmed) == ("letters", 3, 2)
    assert purpose.withdrawn == wording.withdrawn == {"one-click": 1}
    assert (wording.version, wording.given) == ("2026-11", 3)
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/consent").text
    assert "Yes, also write to me about twice a month." in page
    assert "Withdrawn, one-click" in page
    assert "reader.example" not in page


def test_a_span_counts_only_what_happened_in_it(bo: Browser, engine: Engine, clock: Clock) -> None:
    asks(bo, "ada")
    clock.forward(days=2)
    asks(bo, "cy")
    today = engine.now().date()
    found = permitting.found(engine.database, span=Span(today, today), now=engine.now())
    assert found.permitted.states["pending"] == found.permitted.wordings[0].given == 1
    assert found.posted.kinds == {"confirm": {"queued": 1}}
    assert bo.log_in().status_code == 303
    page = bo.get(f"/owner/consent?since={today}&until={today}&compare=1").text
    assert "0 before" in page
    assert "0 before" not in bo.get(f"/owner/consent?since={today}&until={today}").text


def test_letters_that_wait_too_long_are_told_with_what_to_do(bo: Browser, engine: Engine, clock: Clock) -> None:
    asks(bo, "ada")
    assert permitting.found(engine.database, now=engine.now()).advice == ()
    clock.forward(minutes=61)
    told = permitting.found(engine.database, now=engine.now())
    assert told.posted.overdue == 1
    assert "1 letter waits for longer than an hour: is the worker running? `gatepost worker`" in told.advice[0]
    assert bo.log_in().status_code == 303
    assert "<code>gatepost worker</code>" in bo.get("/owner/consent").text


def test_what_a_mail_server_answers_is_grouped_without_anybodys_address(
    bo: Browser, engine: Engine, office: PostOffice, clock: Clock
) -> None:
    for name in ("ada", "cy", "dee"):
        asks(bo, name)
        clock.forward(seconds=1)
        office.answers["RCPT"].append(f"550 5.7.1 <{name}@reader.example> blocked, see 7f3a9b2c1d-{len(name)}")
    asks(bo, "fay", domain="alone.example")
    clock.forward(seconds=1)
    office.answers["RCPT"].append("550 5.1.1 user Fay is no box of ours")
    asks(bo, "gus", domain="later.example")
    office.answers["RCPT"].append("451 4.7.1 greylisted")
    mailing.send_due(engine, Courier(office.settings(), HURRIED))
    found = permitting.found(engine.database, now=engine.now()).posted
    failed = {one.words: one.count for one in found.answers if one.state == "failed"}
    assert failed == {"550 5.7.1 (address) blocked, see …": 3, "550 5.1.1 user (address) is no box of ours": 1}
    assert [one.words for one in found.answers if one.state == "queued"] == ["451 4.7.1 greylisted"]
    assert found.domains == {"reader.example": 3}
    assert found.tries == {1: 1}
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/consent").text
    assert "alone.example" not in page
    assert "later.example" not in page
    assert "@" not in page
    told = bo.get("/owner/consent.json").json
    assert told["domains"]["rows"] == [{"domain": "reader.example", "letters": 3}]
    assert bo.get("/owner/consent.csv?sheet=letters").text.splitlines()[1].startswith("confirm,1,0,0,4,0")


def test_letters_that_went_out_say_how_quickly(bo: Browser, engine: Engine, office: PostOffice, clock: Clock) -> None:
    asks(bo, "ada")
    clock.forward(seconds=40)
    assert mailing.send_due(engine, Courier(office.settings(), HURRIED)).sent == 1
    found = permitting.found(engine.database, now=engine.now()).posted
    assert (found.seconds, found.again, found.timed, found.oldest) == (40, 0, 1, None)


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("550 5.1.1 <ada@reader.example>: unknown", "550 5.1.1 (address): unknown"),
        ("Perhaps sent: the connection was lost", "the connection was lost"),
        ("451 4.3.2 try later id=4bXk29ZpQz1", "451 4.3.2 try later id=…"),
        ("550 see https://post.example/why?id=4&u=7 there", "550 see https://post.example/… there"),
        ("", "no answer kept"),
    ],
)
def test_an_answer_keeps_its_code_and_words_only(answer: str, plain: str) -> None:
    assert posted.plain(answer) == plain


def test_an_empty_site_has_a_page_too(bo: Browser) -> None:
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/consent").text
    assert "Nobody has asked for an offer" in page
    assert "No letter was owed" in page
    assert bo.get("/owner/consent.json").status_code == 200


def test_both_databases_count_alike(both: Database, clock: Clock) -> None:
    found = permitting.found(both, now=clock())
    assert sum(found.permitted.states.values()) == found.posted.overdue == 0
    assert permitting.found(both, span=Span(clock().date(), clock().date()), now=clock()) == found
