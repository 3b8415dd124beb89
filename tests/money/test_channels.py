"""Leads, clients and money by channel are what counting lead by lead gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from gatepost.actions import crediting
from gatepost.leads import Deal, Signup, Spend
from gatepost.offers import Money
from gatepost.report import ChannelCount
from gatepost.report.span import Span
from gatepost.store import Database, leads, money, reports
from gatepost.store import tables as t
from tests.report.story import START, lead

LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHANNELS = ("search", "social", "event")
SINCE = (START + timedelta(days=5)).date()
days = st.integers(0, 9)
requests = st.tuples(
    days, st.booleans(), st.sampled_from(CHANNELS), st.sampled_from((None, Money(4000, "EUR"), Money(7, "CHF")))
)
bought = st.tuples(days, st.integers(-100, 900), st.sampled_from(("EUR", "USD")))
people = st.lists(
    st.tuples(st.sampled_from(("", "", "outreach")), st.lists(requests, max_size=3), st.lists(bought, max_size=2)),
    max_size=6,
)
spent = st.lists(
    st.tuples(days, st.integers(0, 900), st.sampled_from(("EUR", "USD")), st.sampled_from(("", "event", "display"))),
    max_size=4,
)


def day(number: int) -> date:
    return (START + timedelta(days=number)).date()


def live(database: Database, everybody: list, costs: list) -> list[tuple]:
    """Store them all; returns each lead with its confirmed requests in order and its deals."""
    found = []
    with database.writing() as tx:
        for table in (t.deal, t.spend, t.signup, t.lead):
            tx.execute(delete(table))
        for override, asked, deals in everybody:
            confirmed = sorted(START + timedelta(days=nth) for nth, is_confirmed, _, _ in asked if is_confirmed)
            who = lead(tx, f"reader{uuid4().hex}", confirmed=False)
            at = confirmed[0] if confirmed else None
            who = leads.save(
                tx, replace(who, channel=override, confirmed_at=at, state="confirmed" if at else "pending")
            )
            made = [_signup(who.id, *one) for one in asked]
            for one in made:
                leads.add_signup(tx, one)
            sold = [
                Deal(uuid4(), uuid4().hex, who.id, Money(amount, currency), day(nth), "first", "", START)
                for nth, amount, currency in deals
            ]
            assert money.add_deals(tx, sold) == sold
            first = min(
                (one for one in made if one.confirmed_at), key=lambda one: (one.confirmed_at, one.id), default=None
            )
            found.append((who, first, sold))
        put = [
            Spend(uuid4(), uuid4().hex, day(nth), Money(amount, currency), "a", channel, "", "", START)
            for nth, amount, currency, channel in costs
        ]
        assert money.add_spend(tx, put) == put
        assert money.add_spend(tx, put) == []
    crediting.recount(database)
    return found


def _signup(lead_id, nth, is_confirmed, channel, value) -> Signup:
    at = START + timedelta(days=nth)
    return Signup(
        uuid4(), lead_id, "checklist", at, "a", "", channel, value=value, confirmed_at=at if is_confirmed else None
    )


def counted(found: list[tuple], costs: list, since: date | None) -> dict[str, ChannelCount]:
    """The same, person by person."""
    leads_of, clients = defaultdict(int), defaultdict(int)
    value, deals, spend = (defaultdict(lambda: defaultdict(int)) for _ in range(3))
    begin = since or date.min
    for who, first, sold in found:
        channel = who.channel or (first.channel if first else "direct")
        if who.confirmed_at and who.confirmed_at.astimezone(UTC).date() >= begin:
            leads_of[channel] += 1
            clients[channel] += bool(sold)
            if first.value:
                value[channel][first.value.currency] += first.value.amount
        for deal in sold:
            if deal.day >= begin:
                deals[channel][deal.amount.currency] += deal.amount.amount
    for nth, amount, currency, channel in costs:
        if channel and day(nth) >= begin:
            spend[channel][currency] += amount

    def plain(amounts) -> tuple[Money, ...]:
        return tuple(Money(amount, currency) for currency, amount in sorted(amounts.items()))

    return {
        name: ChannelCount(
            name, 0, leads_of[name], clients[name], plain(value[name]), plain(deals[name]), plain(spend[name])
        )
        for name in leads_of.keys() | deals.keys() | spend.keys()
    }


@LAW
@given(everybody=people, costs=spent)
def test_channels_say_what_counting_person_by_person_says(both, everybody, costs):
    found = live(both, everybody, costs)
    for since in (None, SINCE):
        with both.reading() as tx:
            assert {one.channel: one for one in money.channel_counts(tx, Span(since))} == counted(found, costs, since)


@LAW
@given(everybody=people, words=st.lists(st.sampled_from(("", "event", "search")), min_size=6, max_size=6))
def test_the_owners_word_moves_a_lead_and_all_it_is_worth(both, everybody, words):
    found = live(both, everybody, [])
    with both.writing() as tx:
        for (who, _, _), word in zip(found, words, strict=False):
            crediting.move(tx, who.id, word)
            leads.set_channel(tx, who.id, word)
    moved = [(replace(who, channel=word), *rest) for (who, *rest), word in zip(found, words, strict=False)]
    with both.reading() as tx:
        kept = money.channel_counts(tx)
        assert {one.channel: one for one in kept} == counted(moved, [], None)
    crediting.recount(both)
    with both.reading() as tx:
        assert money.channel_counts(tx) == kept


def test_the_report_puts_reads_beside_leads_and_money(both):
    found = live(both, [("", [(0, True, "social", None)], [(1, 500, "EUR")])], [(0, 100, "EUR", "social")])
    with both.reading() as tx:
        assert reports.facts(tx).channels == tuple(counted(found, [(0, 100, "EUR", "social")], None).values())
