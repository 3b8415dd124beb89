"""Medians and middle halves, and how long clients took."""

from __future__ import annotations

from datetime import date, timedelta
from math import isclose, sqrt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gatepost.report.closing import Buyer, Paid, clients, closing, dealt
from gatepost.report.span import ALL_TIME, Span
from gatepost.report.spread import spread, spread_of

MONDAY = date(2026, 11, 2)


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@given(numbers=st.lists(st.integers(0, 60), min_size=1, max_size=80))
def test_quartiles_are_those_of_numpy(numbers):
    found = spread_of(numbers)
    assert found
    assert found.count == len(numbers)
    wanted = np.quantile(numbers, [0.25, 0.5, 0.75], method="inverted_cdf")
    assert [found.low, found.median, found.high] == wanted.tolist()


def test_of_nothing_there_is_no_median():
    assert spread({}) is None
    assert spread({7: 0}) is None


def test_days_to_close_end_with_the_first_deal_that_is_no_refund():
    slow = Buyer(
        "search", _day(0), (Paid(_day(3), "EUR", -500), Paid(_day(40), "EUR", 900), Paid(_day(30), "EUR", 100))
    )
    same_day = Buyer("search", _day(5), (Paid(_day(5), "EUR", 100),))
    known_before = Buyer("search", _day(9), (Paid(_day(1), "EUR", 100), Paid(_day(20), "EUR", 100)))
    unsure = Buyer("search", None, (Paid(_day(1), "EUR", 100),))
    refunded = Buyer("search", _day(0), (Paid(_day(1), "EUR", -100),))
    every = (slow, same_day, known_before, unsure, refunded)
    found = closing(every, ALL_TIME)
    assert found.days
    assert (found.days.count, found.days.low, found.days.high, found.earlier) == (2, 0, 30, 1)
    later = closing(every, Span(_day(6)))
    assert later.days
    assert (later.days.count, later.days.median) == (1, 30)


@given(
    everybody=st.lists(
        st.tuples(
            st.sampled_from(("search", "email")),
            st.none() | st.integers(0, 20),
            st.lists(
                st.tuples(st.integers(0, 20), st.sampled_from(("EUR", "CHF")), st.integers(-500, 5000)),
                min_size=1,
                max_size=4,
            ),
        ),
        max_size=12,
    )
)
def test_what_channels_brought_is_what_their_clients_paid_in_the_span(everybody):
    span = Span(_day(5), _day(15))
    buyers = [
        Buyer(channel, None if confirmed is None else _day(confirmed), tuple(Paid(_day(d), c, a) for d, c, a in paid))
        for channel, confirmed, paid in everybody
    ]
    found = dealt(buyers, span)
    for channel in ("search", "email"):
        theirs = [paid for name, _, paid in everybody if name == channel]
        for currency in ("EUR", "CHF"):
            each = [sum(a for d, c, a in paid if c == currency and 5 <= d <= 15) for paid in theirs]
            given_to = found.get(channel)
            assert (given_to.of(currency) if given_to else 0) == sum(each)
            error = given_to.errors.get(currency, 0.0) if given_to else 0.0
            assert isclose(error, sqrt(sum(amount * amount for amount in each)))
        assert clients(buyers, span).get(channel, 0) == sum(
            name == channel and confirmed is not None and 5 <= confirmed <= 15 for name, confirmed, _ in everybody
        )
