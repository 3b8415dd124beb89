"""Charts: every number lies where its size says, within the picture, on round ticks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatepost.web.owner import charts

COUNTS = st.lists(st.integers(0, 10**7), min_size=1, max_size=60)


@given(st.just(0.0) | st.floats(1e-6, 1e12, allow_nan=False))
def test_ticks_are_few_even_and_reach_over_everything(most):
    ticks = charts.nice(most)
    assert 2 <= len(ticks) <= 6
    assert ticks[0] == 0
    assert ticks[-1] >= most * (1 - 1e-9)
    steps = {round((b - a) / ticks[1], 6) for a, b in pairwise(ticks)}
    assert steps == {1.0}


@given(st.integers(1, 10**6))
def test_counts_have_no_halves_on_their_axis(most):
    assert all(tick == int(tick) for tick in charts.nice(most)) or most < 4


@given(COUNTS)
def test_more_is_never_lower_and_nothing_leaves_the_picture(counts):
    drawn = charts.columns(counts, [str(place) for place in range(len(counts))], range(2, 5))
    by_count = sorted(drawn.columns, key=lambda one: one.count)
    assert [one.height for one in by_count] == sorted(one.height for one in drawn.columns)
    assert all(drawn.left <= one.x and one.x + one.width <= drawn.right + 0.1 for one in drawn.columns)
    assert all(one.y >= 0 and abs(one.y + one.height - drawn.bottom) < 0.2 for one in drawn.columns)
    assert [one.is_marked for one in drawn.columns] == [place in range(2, 5) for place in range(len(counts))]


@given(COUNTS)
def test_a_line_ends_where_its_last_known_count_lies(counts):
    drawn = charts.series([counts, [None] * len(counts)], [str(place) for place in range(len(counts))])
    assert drawn.ends[1] is None
    assert drawn.paths[1] == ""
    assert drawn.paths[0].count("L") == len(counts) - 1
    x, y = drawn.ends[0]
    assert drawn.left <= x <= drawn.right
    assert 0 <= y <= drawn.bottom


def test_notes_outside_the_picture_are_left_out_and_the_others_keep_their_numbers():
    drawn = charts.series([[1, 2, 3]], ["a", "b", "c"], [(9, "later"), (1, "here")])
    assert [(mark.number, mark.label) for mark in drawn.marks] == [(2, "here")]


def test_axes_say_numbers_shortly():
    assert [charts.short(value) for value in (0, 0.05, 7, 2500, 12000, 3e6)] == ["0", "5 %", "7", "2,500", "12k", "3M"]
