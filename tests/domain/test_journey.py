"""A journey is what a reader's browser remembered, minus what cannot be true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gatepost.journey import LOOKBACK, MERGE_WITHIN, MOST_TOUCHES, Touch, ending_at, freeze

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PUBLISHED = {"a", "b", "c"}


def frozen(raw: object):
    return freeze(raw, NOW, PUBLISHED.__contains__, lambda entry: str(entry.get("channel", "direct")))


def entry(article: str = "a", **ago: float) -> dict[str, object]:
    return {"t": int((NOW - timedelta(**ago)).timestamp()), "article": article}


def test_touches_are_kept_oldest_first_with_their_channel():
    journey = frozen([entry("b", hours=1), {**entry("a", days=2), "channel": "search"}])
    assert [(t.article, t.channel) for t in journey.touches] == [("a", "search"), ("b", "direct")]
    assert journey.dropped == {}


def test_milliseconds_mean_the_same_moment_as_seconds():
    seconds = entry("a", hours=1)
    milliseconds = {**seconds, "t": int(seconds["t"]) * 1000}
    assert frozen([seconds]).touches == frozen([milliseconds]).touches


def test_what_cannot_be_true_is_dropped_and_counted():
    journey = frozen(
        [
            entry("a", days=-1),
            entry("a", days=91),
            entry("gone", days=1),
            "x",
            {"t": "soon", "article": "a"},
            entry("b"),
        ]
    )
    assert [t.article for t in journey.touches] == ["b"]
    assert journey.dropped == {
        "journey-future": 1,
        "journey-too-old": 1,
        "journey-unknown-article": 1,
        "journey-unreadable": 2,
    }


def test_a_phone_whose_clock_runs_a_minute_ahead_is_believed():
    (touch,) = frozen([entry("a", minutes=-1)]).touches
    assert touch.at == NOW


def test_the_same_article_within_half_an_hour_is_one_visit():
    journey = frozen([entry("a", minutes=40), entry("a", minutes=20), entry("a", minutes=0), entry("b", minutes=0)])
    assert [t.article for t in journey.touches] == ["a", "a", "b"]


def test_the_page_of_the_signup_ends_a_journey_that_lacks_it():
    seen = (Touch(NOW - timedelta(days=1), "a"),)
    assert [t.article for t in ending_at(seen, "b", NOW, "search")] == ["a", "b"]
    assert ending_at(seen, "a", NOW, "search") == seen
    assert ending_at((), "", NOW, "search") == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["t", "article", "channel"]) | st.text(), inner)
        ),
    )
)
def test_whatever_a_browser_sends_is_never_an_error(raw):
    assert len(frozen(raw).touches) <= MOST_TOUCHES


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 80 * 24 * 60))))
def test_a_frozen_journey_is_ordered_bounded_and_merged(visits):
    touches = frozen([entry(article, minutes=minutes) for article, minutes in visits]).touches
    assert list(touches) == sorted(touches, key=lambda t: t.at)
    assert len(touches) <= MOST_TOUCHES
    assert all(NOW - t.at <= LOOKBACK for t in touches)
    assert all(one.article != two.article or two.at - one.at > MERGE_WITHIN for one, two in pairwise(touches))
