"""What each offer brought under each article is what a count of the beacons and signups says, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from gatepost.actions import confirming, signing_up
from gatepost.actions.signing_up import Asking
from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.offers.learning import Counts
from gatepost.store import Database, counters, leads, offered
from gatepost.store import tables as t
from gatepost.store.counters import Tally
from tests.conftest import Clock
from tests.report import story

LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ARTICLES, OFFERS = ("first-steps", "gated", ""), ("checklist", "ebook")
# Who asks under which article for which offer, and whether they press the button.
asked = st.tuples(st.integers(0, 2), st.sampled_from(ARTICLES), st.sampled_from(OFFERS), st.booleans())
seen = st.tuples(st.sampled_from(ARTICLES), st.sampled_from((*OFFERS, "")), st.sampled_from(("offer-seen", "view")))


@LAW
@given(history=st.lists(st.one_of(asked, seen), max_size=25))
def test_sums_equal_a_plain_count_of_any_history_and_so_does_counting_anew(both: Database, history: list) -> None:
    views: Counter = Counter()
    pairs: dict[tuple[str, str], tuple[set, set]] = {}
    with both.writing() as tx:
        for table in (t.signup, t.lead, t.offered_sum):
            tx.execute(delete(table))
        people = [story.lead(tx, f"p{number}") for number in range(3)]
        for one in history:
            if len(one) == 3:
                article, offer, rung = one
                tally = Tally()
                tally.touches[date(2026, 11, 2), article, rung, offer, "search"] += 2
                counters.add(tx, tally)
                views[article, offer] += 2 * (rung == "offer-seen" and article != "" and offer != "")
                continue
            person, article, offer, presses = one
            made = Signup(uuid4(), people[person].id, offer, story.START, article, channel="search")
            leads.add_signup(tx, made)
            offered.add_request(tx, made)
            if presses and leads.confirm_signup(tx, made.id, story.START + timedelta(hours=1)):
                offered.add_confirmed(tx, made)
            if article:
                found = pairs.setdefault((article, offer), (set(), set()))
                found[0].add(person)
                found[1].update({person} if presses else ())
        counted = offered.evidence(tx).pairs
        offered.recount(tx)
        again = offered.evidence(tx).pairs
    expected = {key: Counts(views[key]) for key in views if views[key]}
    for key, (requested, confirmed) in pairs.items():
        expected[key] = Counts(views[key], len(requested), len(confirmed))
    assert counted == again == expected


def test_counting_anew_takes_away_what_no_signup_stands_behind(both: Database) -> None:
    with both.writing() as tx:
        tx.execute(t.offered_sum.insert().values(article="gone", offer="ebook", seen=7, requested=3, confirmed=2))
        offered.recount(tx)
        assert offered.evidence(tx).of("gone", "ebook") == Counts(7)


def test_asking_and_the_button_count_a_lead_once_under_an_article(engine: Engine, clock: Clock) -> None:
    def ask(article: str) -> None:
        signing_up.sign_up(engine, Asking("ada@example.org", "checklist", article=article))

    def counts() -> dict:
        with engine.database.reading() as tx:
            return dict(offered.evidence(tx).pairs)

    ask("first-steps")
    ask("first-steps")
    assert counts() == {("first-steps", "checklist"): Counts(0, 1, 0)}
    with engine.database.reading() as tx:
        (lead,) = leads.listed(tx)
        (signup,) = leads.signups_of(tx, lead.id)
    token = engine.tokens.sign("confirm", signup.id, engine.now())
    confirming.confirm(engine, token)
    confirming.confirm(engine, token)
    assert counts() == {("first-steps", "checklist"): Counts(0, 1, 1)}
    # Confirmed already, and nothing to permit: this one needs no button.
    clock.forward(days=1)
    ask("gated")
    ask("first-steps")
    assert counts() == {("first-steps", "checklist"): Counts(0, 1, 1), ("gated", "checklist"): Counts(0, 1, 1)}


def test_evidence_of_some_articles_leaves_the_others_out(database: Database) -> None:
    with database.writing() as tx:
        offered.add_seen(tx, Counter({("a", "x"): 3, ("b", "x"): 4}))
        assert offered.evidence(tx, ["a"]).pairs == {("a", "x"): Counts(3)}
        assert offered.evidence(tx).offers == {"x": Counts(7)}
