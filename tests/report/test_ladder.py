"""The ladder: every rung is counted for the site and for each article, and so is the step from rung to rung."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.actions import crediting
from gatepost.ladder import COMMITMENTS, commitment_of
from gatepost.leads import Deal
from gatepost.offers import KINDS, Money
from gatepost.report.ladder import SITE, OfferCount, Offered, Standing, Stood, as_dict, compose
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, leads, money, schema, standing
from gatepost.store import tables as t
from tests.report import story

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ORDER = list(COMMITMENTS)


@dataclass(frozen=True)
class Step:
    """Somebody took an offer of a kind on an article, some hours after the start; or bought on a day ("client")."""

    who: int
    kind: str
    article: str
    hour: int


def test_every_kind_of_offer_is_a_rung_of_the_ladder():
    assert all(commitment_of(kind) for kind in KINDS)
    in_order = [key for key in ORDER if not COMMITMENTS[key].is_apart]
    wanted = ["read", "linkedin", "question", "checklist", "ebook", "survey", "webinar", "event", "client"]
    assert [key for key in in_order if key in wanted] == wanted


def test_leads_stand_and_go_on_by_article_and_for_the_site_once(both: Database):
    with both.writing() as tx:
        ada, bo = story.lead(tx, "ada"), story.lead(tx, "bo")
        take(tx, ada.id, "checklist", "a", 1)
        take(tx, ada.id, "checklist", "b", 2)
        take(tx, ada.id, "webinar", "b", 3)
        take(tx, bo.id, "checklist", "a", 1)
        take(tx, bo.id, "survey", "a", 2, confirmed=False)
    found = climbed(both)
    assert found.stood[SITE] == {"checklist": Stood(2, 1), "webinar": Stood(1, 0)}
    assert found.stood["a"] == {"checklist": Stood(2, 1)}
    assert found.stood["b"] == {"checklist": Stood(1, 1), "webinar": Stood(1, 0)}
    assert found.offers["the-survey"] == OfferCount(requested=1)


def test_a_case_study_is_measured_apart_and_is_nobodys_next_rung(both: Database):
    with both.writing() as tx:
        ada, bo = story.lead(tx, "ada"), story.lead(tx, "bo")
        take(tx, ada.id, "checklist", "a", 1)
        take(tx, ada.id, "case-study", "a", 2)
        take(tx, bo.id, "checklist", "a", 1)
        buy(tx, ada.id, 3)
    found = climbed(both)
    assert found.stood["a"]["checklist"] == Stood(2, 1)
    assert found.stood["a"]["case-study"] == Stood(1, 1)
    assert (found.proven, found.others) == ((1, 1), (1, 0))
    ladder = compose(found, (), {}, span=ALL_TIME, now=NOW)
    assert ladder.proof.with_proof.mean == 1
    assert [rung.key for rung in ladder.rungs if rung.is_apart] == ["case-study"]


def test_a_request_from_before_kinds_takes_that_of_later_ones_for_its_offer(both: Database):
    with both.writing() as tx:
        story.signup(tx, story.lead(tx, "ada"), ["a"], offer="old-book")
        story.signup(tx, story.lead(tx, "bo"), ["b"], offer="older-book")
        take(tx, story.lead(tx, "cleo").id, "ebook", "c", 1, offer="old-book")
    found = climbed(both)
    assert found.stood["a"] == {"ebook": Stood(1, 0)}
    assert "b" not in {name for name, rungs in found.stood.items() if rungs}


def test_who_came_and_who_bought_stand_on_the_article_they_signed_up_on(both: Database):
    with both.writing() as tx:
        ada = story.lead(tx, "ada")
        signup = take(tx, ada.id, "webinar", "a", 1)
        seat = {"id": uuid4(), "offer": "the-webinar", "lead_id": ada.id, "signup_id": signup, "state": "held"}
        times = {"taken_at": story.START, "changed_at": story.START, "came_at": story.START + timedelta(hours=30)}
        tx.execute(t.seat.insert().values(**seat, **times, came_how="csv"))
        buy(tx, ada.id, 5)
    found = climbed(both)
    assert found.stood["a"] == {"webinar": Stood(1, 1), "came": Stood(1, 1), "client": Stood(1, 0)}
    assert found.offers["the-webinar"] == OfferCount(requested=1, confirmed=1, came=1, clients=1)


def test_offers_stand_by_kind_with_what_browsers_saw_of_them(both: Database):
    with both.writing() as tx:
        story.reads(tx, "a", 40, 40, rung="offer-seen", offer="the-checklist")
        story.reads(tx, "a", 50, 50, rung="linkedin-seen", offer="us")
        story.reads(tx, "a", 5, 5, rung="linkedin-click", offer="us", day=3)
        story.reads(tx, "a", 100, 90)
        take(tx, story.lead(tx, "ada").id, "checklist", "a", 1)
    offers = (Offered("us", "Follow us", "linkedin"), Offered("the-checklist", "A list", "checklist"))
    ladder = compose(climbed(both), offers, {"a": "Article A"}, span=ALL_TIME, now=NOW)
    since = Span(date(2026, 11, 4))
    later = compose(climbed(both, since), offers, {}, span=since, now=NOW)
    checklist, us = ladder.offers
    assert (checklist.seen, checklist.counted.confirmed, checklist.rate.mean) == (40, 1, 1 / 40)
    assert (us.seen, us.clicks, us.rate.mean) == (50, 5, 0.1)
    by_key = {rung.key: rung.count for rung in ladder.articles["a"]}
    assert (by_key["read"], by_key["linkedin"], by_key["checklist"]) == (100, 5, 1)
    assert [(row.slug, row.seen, row.clicks) for row in later.offers] == [("the-checklist", 0, 0), ("us", 0, 5)]
    plain = as_dict(ladder)
    assert plain["offers"][0]["confirmed"] == 1
    assert plain["rungs"][0] == {
        "rung": "read", "label": "Read", "counted_by": "browser", "count": 100, "went_on": None, "is_apart": False, "share": None,
    }  # fmt: skip


def climbed(database: Database, span: Span = ALL_TIME) -> Standing:
    """Who stands where, of rows that no action wrote."""
    crediting.recount(database)
    with database.reading() as tx:
        return standing.standing(tx, span)


STEPS = st.builds(
    Step,
    st.integers(0, 3),
    st.sampled_from([*(kind for kind in KINDS if kind != "linkedin"), "client"]),
    st.sampled_from(["a", "b", ""]),
    st.integers(0, 60),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=14, unique_by=lambda step: (step.who, step.hour // 24, step.kind, step.hour)))
def test_the_database_counts_as_a_reader_of_all_rows_would(tmp_path, steps):
    database = Database(f"sqlite:///{tmp_path}/{uuid4()}.db")
    schema.upgrade(database)
    with database.writing() as tx:
        people = [story.lead(tx, f"lead{number}") for number in range(4)]
        for step in steps:
            if step.kind == "client":
                buy(tx, people[step.who].id, step.hour // 24)
            else:
                take(tx, people[step.who].id, step.kind, step.article, step.hour)
    found = climbed(database).stood
    database.close()
    assert found == naive(steps)


def naive(steps: list[Step]) -> dict[str, dict[str, Stood]]:
    firsts: dict[tuple[int, str, str], int] = {}
    for step in steps:
        for article, key, minute in places(step, steps):
            firsts[step.who, article, key] = min(minute, firsts.get((step.who, article, key), minute))
    found: dict[str, dict[str, set[int]]] = {}
    on: dict[str, dict[str, set[int]]] = {}
    for (who, article, key), minute in firsts.items():
        climbed = any(
            ORDER.index(other) > ORDER.index(key) and at >= minute and not COMMITMENTS[other].is_apart
            for (one, _, other), at in firsts.items()
            if one == who
        )
        for where in (article, SITE):
            found.setdefault(where, {}).setdefault(key, set()).add(who)
            if climbed:
                on.setdefault(where, {}).setdefault(key, set()).add(who)
    return {
        where: {key: Stood(len(who), len(on.get(where, {}).get(key, ()))) for key, who in rungs.items()}
        for where, rungs in found.items()
    }


def places(step: Step, steps: list[Step]) -> list[tuple[str, str, int]]:
    if step.kind != "client":
        return [(step.article, commitment_of(step.kind), step.hour * 60)]
    end = (step.hour // 24 + 1) * 24 * 60 - story.START.hour * 60 - 1
    articles = {one.article for one in steps if one.who == step.who and one.kind != "client"}
    return [(article, "client", end) for article in articles]


def take(tx, who: UUID, kind: str, article: str, hour: int, *, confirmed: bool = True, offer: str = "") -> UUID:
    at = story.START + timedelta(hours=hour)
    lead = leads.by_id(tx, who)
    signup_id = story.signup(tx, lead, [], article=article, offer=offer or f"the-{kind}", at=at, confirmed=confirmed)
    tx.execute(t.signup.update().where(t.signup.c.id == signup_id).values(kind=kind))
    return signup_id


def buy(tx, who: UUID, day: int) -> None:
    when = (story.START + timedelta(days=day)).date()
    amount = Money(100_000, "EUR")
    money.add_deals(tx, [Deal(uuid4(), str(uuid4()), who, amount, when, "first", "", story.START)])


@pytest.mark.parametrize("key", ["read", "linkedin"])
def test_what_browsers_count_says_nothing_of_who_went_on(key):
    ladder = compose(Standing(), (), {}, span=ALL_TIME, now=NOW)
    rung = next(rung for rung in ladder.rungs if rung.key == key)
    assert rung == replace(rung, went_on=None, on=None)
