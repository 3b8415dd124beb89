"""The claim of seven to thirteen touches, tested; and the chance to ask at each depth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.report import Coverage
from gatepost.report.touches import FAILS, HOLDS, TOO_EARLY, Taken, touches

counts = st.dictionaries(st.integers(1, 50), st.integers(0, 400))


@given(leads=counts, clients=counts)
def test_bars_and_parts_add_up_to_everybody(leads, clients):
    found = touches(Taken(leads, leads, clients, {}, Coverage(leads=sum(leads.values()))))
    for one, given_counts in ((found.leads, leads), (found.clients, clients)):
        total = sum(given_counts.values())
        assert sum(bar.count for bar in one.bars) == one.total == total
        assert sum(bar.count for bar in one.bars if bar.is_claimed) == one.claimed
        assert (one.within is None) == (one.spread is None) == (total == 0)
    assert sum(depth.leads for depth in found.depths) == sum(leads.values())


@pytest.mark.parametrize(
    ("clients", "verdict", "words"),
    [
        ({}, TOO_EARLY, "No client is counted yet."),
        ({8: 4}, TOO_EARLY, "4 of 4 clients (100 %"),
        ({3: 30, 9: 30}, TOO_EARLY, "too close to half"),
        ({3: 10, 9: 90}, HOLDS, "The claim that most take seven to thirteen holds here."),
        ({3: 80, 9: 10, 14: 10}, FAILS, "does not hold here: 80 (80 %) took fewer."),
        ({3: 10, 9: 10, 14: 80}, FAILS, "does not hold here: 80 (80 %) took more."),
    ],
)
def test_the_claim_is_called_true_only_where_most_clients_say_so(clients, verdict, words):
    found = touches(Taken(clients=clients)).clients
    assert found.verdict == verdict
    assert words in found.says


def test_leads_without_a_journey_are_left_out_and_not_counted_as_one_touch():
    # Ten leads: three sent a journey of one read; four only the page of their request; three not even that.
    found = touches(Taken({1: 7}, {1: 7}, {}, {1: 100}, Coverage(leads=10, without_journey=7)))
    assert found.leads.total == 3
    assert found.depths[0].leads == 3
    assert found.unknown == 7
    assert any("7 leads of 10 sent no journey" in words for words in found.cautions)


def test_who_had_bought_before_anything_was_known_took_no_touches_that_count():
    found = touches(Taken(clients={0: 2, 8: 6}))
    assert found.clients.total == 6
    assert found.clients.spread
    assert found.clients.spread.low == 8
    assert any("2 leads were clients before" in words for words in found.cautions)


def test_depth_is_judged_by_readers_and_not_by_leads_alone():
    leads = {1: 100, 7: 20}
    rises = touches(Taken({}, leads, {}, {1: 100_000, 7: 400}))
    falls = touches(Taken({}, leads, {}, {1: 1000, 7: 40_000}))
    unclear = touches(Taken({}, leads, {}, {1: 1000, 7: 200}))
    assert "ask more often" in rises.depth_says
    assert "falls with depth" in falls.depth_says
    assert "too early" in unclear.depth_says
    assert rises.depths[0].hazard
    assert rises.depths[0].hazard.mean == 0.001


def test_no_share_is_made_of_more_leads_than_readers():
    found = touches(Taken({}, {2: 5}, {}, {1: 10, 2: 3}))
    assert found.depths[1].hazard is None
    assert found.depth_says.startswith("Too few readers")


def test_the_deepest_row_holds_all_that_is_deeper():
    found = touches(Taken({}, {12: 1, 13: 2, 30: 4}, {}, {13: 70}))
    assert [(one.label, one.leads) for one in found.depths[-2:]] == [("12", 1), ("13 or more", 6)]
