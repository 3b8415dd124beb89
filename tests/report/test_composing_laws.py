"""Laws of the composed report, with hypothesis looking for leads against each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.attribution import ADDITIVE
from gatepost.journey import Touch
from gatepost.offers import Money
from gatepost.report import Request, Steps, as_dict
from tests.report import summing
from tests.report.people import AT, made

touches = st.builds(
    Touch,
    at=st.integers(0, 80 * 24).map(lambda hours: AT - timedelta(hours=hours)),
    article=st.sampled_from("abc"),
    channel=st.sampled_from(("direct", "search")),
    suspect=st.sampled_from(("", "", "receipt-missing")),
)


@st.composite
def leads(draw: st.DrawFn) -> list[Request]:
    """Confirmed leads with any journey, from any page."""
    return [
        Request(
            UUID(int=number), UUID(int=number), "", "confirmed", "checklist", draw(st.sampled_from(["", "a"])), "search",
            draw(st.none() | st.builds(Money, st.integers(0, 10**7), st.sampled_from(["EUR", "JPY"]))), AT, AT, True,
            tuple(sorted(draw(st.lists(touches, max_size=6)), key=lambda touch: touch.at)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(found=leads(), model=st.sampled_from(list(ADDITIVE)))
def test_no_lead_and_no_cent_is_lost(found: list[Request], model: str) -> None:
    report = made(summing.facts(found), model)
    placed = sum(one.credit for one in report.rows)
    assert placed + report.totals.unplaced.credit == pytest.approx(len(found))
    worth = dict.fromkeys(("EUR", "JPY"), 0)
    for lead in found:
        if lead.value:
            worth[lead.value.currency] += lead.value.amount
    assert report.totals.value == tuple(Money(amount, currency) for currency, amount in worth.items() if amount)


@settings(deadline=None, max_examples=60)
@given(found=leads(), spent=st.integers(1, 10**6), model=st.sampled_from(list(ADDITIVE)))
def test_a_range_holds_the_chosen_model_and_an_interval_its_mean(found: list[Request], spent: int, model: str) -> None:
    spend = {slug: (Money(spent, "EUR"), Money(0, "JPY")) for slug in "ab"}
    for one in made(summing.facts(found, spend=spend), model).rows:
        low, high = one.given.ends
        assert low <= one.credit <= high
        assert len(one.returns) == (one.slug in "ab"), "nothing comes back of nothing"
        for back in one.returns:
            assert back.mean >= -1
            if back.low is not None and back.high is not None:
                assert -1 <= back.low <= back.mean <= back.high


@settings(deadline=None, max_examples=40)
@given(found=leads(), again=st.randoms(use_true_random=False), model=st.sampled_from(list(ADDITIVE)))
def test_the_order_of_the_leads_changes_nothing(found: list[Request], again: object, model: str) -> None:
    turned = list(found)
    again.shuffle(turned)  # type: ignore[attr-defined]
    one, other = as_dict(made(summing.facts(found), model)), as_dict(made(summing.facts(turned), model))
    figures = [
        [
            (a["slug"], a["helped"], a["value"], pytest.approx(a["credit"]), pytest.approx(a["credit_error"]))
            for a in one["articles"]
        ],
        [(a["slug"], a["helped"], a["value"], a["credit"], a["credit_error"]) for a in other["articles"]],
    ]
    assert figures[0] == figures[1]
    assert one["totals"] == {**other["totals"], "unplaced_credit": pytest.approx(other["totals"]["unplaced_credit"])}


@settings(deadline=None, max_examples=60)
@given(found=leads())
def test_markov_gives_away_every_placed_lead_and_cent(found: list[Request]) -> None:
    facts = summing.facts(found)
    last = facts.credit.get("last", {})
    ends = {slug: given.shares for slug, given in last.items() if slug}
    facts = replace(facts, steps=Steps({("", "a"): 9, ("a", "b"): 4, ("b", "c"): 2}, ends))
    report, linear = made(facts, "markov"), made(facts)
    assert sum(one.credit for one in report.rows) == pytest.approx(sum(ends.values()))
    assert report.totals.unplaced.credit == pytest.approx(linear.totals.unplaced.credit)
    assert report.totals.value == linear.totals.value
    assert all(0 <= (one.given.removal_effect or 0) <= 1 for one in report.rows)
