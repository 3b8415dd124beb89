"""The overview's sentences and counts: what changed is told from chance, and days gather without loss."""

from __future__ import annotations

from datetime import date, timedelta
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.report import funnel
from gatepost.report.facts import Counted, People
from gatepost.report.goals import GOALS, change
from gatepost.report.home import Now, first_steps, lines, lost, place_of, unit_of, worse
from gatepost.report.span import PERIODS, Span, before, named

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


# The first use of SciPy takes a while.
@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 31), st.integers(1, 31))
def test_the_chance_of_a_change_is_that_of_counting_every_outcome(now, then, days, days_before):
    total, share = now + then, days / (days + days_before)
    odds = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    tail = sum(odds[now:]) if now >= total * share else sum(odds[: now + 1])
    assert change(now, then, days, days_before).chance == pytest.approx(min(1.0, 2 * tail), abs=1e-9)


def test_a_change_says_which_way_by_how_much_and_whether_chance_explains_it():
    assert change(30, 10, 30, 30).says == "up by 20 from 10, 200 %: more than chance"
    assert change(9, 10, 30, 30).says == "down by 1 from 10, 10 %: as chance may bring it"
    assert change(3, 0, 30, 30).says == "up by 3 from 0: as chance may bring it"
    assert change(4, 4).says == "as many as the time before (4)"
    assert change(4, None).says == ""


@given(DAYS, st.integers(0, 900), st.sampled_from(["day", "week", "month"]))
def test_days_gather_into_weeks_and_months_without_loss(first, length, unit):
    span = Span(first, first + timedelta(days=length))
    by_day = {first + timedelta(days=n): (n % 7, n % 3) for n in range(0, length + 1, 2)}
    found = lines(by_day, span, unit)
    assert sum(found.reads) == sum(reads for reads, _ in by_day.values())
    assert sum(found.leads) == sum(leads for _, leads in by_day.values())
    assert list(found.days) == sorted(set(found.days))
    assert place_of(found, first) == 0
    assert place_of(found, first + timedelta(days=length)) == len(found.days) - 1


@given(DAYS)
def test_every_named_period_is_compared_with_as_fair_a_one_before_it(today):
    for name in PERIODS:
        span = named(name, today)
        then = before(span)
        if span.is_all:
            assert then is None
            continue
        assert then.last < span.first
        assert abs(then.days - span.days) <= (3 if span.first.day == 1 else 0)
        assert unit_of(span) in ("day", "week", "month")


def test_a_month_so_far_stands_beside_the_same_days_of_the_month_before():
    assert before(Span(date(2026, 11, 1), date(2026, 11, 23))) == Span(date(2026, 10, 1), date(2026, 10, 23))
    assert before(Span(date(2026, 3, 1), date(2026, 3, 31))) == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert before(Span(date(2026, 3, 1), date(2026, 3, 30))) == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert before(Span(date(2026, 11, 2), date(2026, 11, 8))) == Span(date(2026, 10, 26), date(2026, 11, 1))
    assert before(Span(date(2026, 11, 1))) is None


def _steps(seen: int, started: int, asked: int, confirmed: int, opened: int) -> funnel.Funnel:
    counted = {"offer-seen": Counted(seen), "form-start": Counted(started)}
    return funnel.build(counted, People(asked, confirmed, opened))


def test_the_step_that_fewest_take_is_named_with_its_numbers():
    assert "“Saw an offer” and “Began the form”: 5.0 % take that step (50 of 1,000" in lost(
        _steps(1000, 50, 40, 30, 29)
    )
    assert "“Asked for it” and “Confirmed”" in lost(_steps(100, 90, 80, 20, 19))
    assert lost(_steps(19, 3, 1, 1, 1)) == "", "of so few nothing is said"


def test_a_step_is_worse_only_where_chance_does_not_explain_it():
    then = _steps(1000, 100, 90, 80, 79)
    assert (
        worse(_steps(1000, 40, 36, 32, 31), then)
        == "Fewer than before go from “Saw an offer” to “Began the form”: 4.0 %, after 10 %."
    )
    assert worse(_steps(1000, 95, 85, 75, 74), then) == ""


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"articles": 0}, "new article"),
        ({"articles": 3, "offers": 0}, "new offer"),
        ({"articles": 3, "offers": 1}, "gatepost share"),
        ({"articles": 3, "offers": 1, "reads": 9}, "as a reader would"),
        ({"articles": 3, "offers": 1, "reads": 9, "requested": 1}, "doctor"),
        ({"articles": 3, "offers": 1, "reads": 9, "requested": 1, "confirmed": 1}, "deals import"),
    ],
)
def test_what_to_do_first_is_what_is_missing_first(known, words):
    given_ = {"articles": 0, "offers": 0, "reads": 0, "requested": 0, "confirmed": 0, "deals": False, **known}
    assert words in first_steps(**given_)[0]


def test_every_goal_has_a_count():
    assert [Now(confirmed=1, clients=2, repeat=3, referrals=4).of(goal) for goal in GOALS] == [1, 2, 3, 4]
