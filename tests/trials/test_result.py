"""What a test says, in numbers and in plain words."""

from __future__ import annotations

import math

import pytest

from gatepost.offers import NOW, Variant
from gatepost.trials import EARLY, FEWER, MORE, NOTHING, SAME, UNEVEN, Counts, Size, result, size, words

NAMES = {NOW: words.AS_IT_STANDS, "short": "“Send me the list”", "inline": "in the text"}


def outcome(now: tuple[int, int], *others: tuple[int, int]):
    """The result of a test from (seen, confirmed) of each variant."""
    keys = ("now", "short", "inline")[: 1 + len(others)]
    return result({key: Counts(n, k, k) for key, (n, k) in zip(keys, (now, *others), strict=True)}, keys)


def said(now: tuple[int, int], *others: tuple[int, int], planned: Size | None = None) -> str:
    return words.whole(outcome(now, *others), NAMES, planned)


def test_a_clear_winner_is_named_with_what_is_likely_and_what_to_do():
    found = outcome((4000, 100), (4010, 180))
    assert found.verdict == MORE
    (one,) = found.compared
    assert one.ratio == pytest.approx(1.8)
    assert 1 < one.low < 1.8 < one.high
    assert one.p < 0.001
    assert one.chance > 0.99
    sentence = said((4000, 100), (4010, 180))
    assert sentence.startswith("“Send me the list” brings more: 80 % more confirmed leads than the offer as it stands;")
    assert sentence.endswith("Make it the offer's own, and the test is over.")


def test_a_clear_loser_is_taken_out():
    assert outcome((4000, 180), (4010, 100)).verdict == FEWER
    assert said((4000, 180), (4010, 100)) == "The offer as it stands brings most. Take the other one out."


def test_too_early_says_what_is_possible_and_how_long_it_takes():
    plan = size(0.5, 2, 0.03, 100)
    sentence = said((500, 12), (490, 15), planned=plan)
    assert outcome((500, 12), (490, 15)).verdict == EARLY
    assert sentence.startswith("Too early: “Send me the list” may bring anything from ")
    assert "A variant that brings half as many again shows after about 4,800 readers, that is 49 days" in sentence
    assert sentence.endswith("990 readers so far.")


def test_too_early_after_longer_than_planned_says_what_would_have_shown():
    sentence = said((5000, 140), (5010, 160), planned=size(0.5, 2, 0.03, 100))
    assert sentence.startswith("Too early: ")
    assert "10,010 readers so far. A variant that brings half as many again would as likely as not" in sentence


def test_without_a_lead_it_is_too_early_and_without_a_reader_nobody_has_seen_it():
    assert said((5, 0), (6, 0)).startswith("Too early: neither “Send me the list” nor the offer as it stands")
    assert outcome((0, 0), (0, 0)).verdict == NOTHING
    assert said((0, 0), (0, 0)) == "Nobody has seen it yet."


def test_no_difference_is_a_result_too():
    found = outcome((90_000, 3000), (90_100, 3010))
    assert found.verdict == SAME
    sentence = said((90_000, 3000), (90_100, 3010))
    assert sentence.startswith("No difference larger than ")
    share = float(sentence.removeprefix("No difference larger than ").split(" ")[0])
    assert 5 < share < 25


def test_a_test_whose_readers_were_not_split_evenly_says_nothing_else():
    found = outcome((4000, 100), (5000, 180))
    assert found.verdict == UNEVEN
    sentence = said((4000, 100), (5000, 180))
    assert sentence.startswith("Do not believe this test: readers were not split evenly.")
    assert "the offer as it stands 4,000, “Send me the list” 5,000" in sentence


def test_of_several_the_best_one_is_named_and_each_needs_more_to_be_sure():
    found = outcome((4000, 100), (4010, 150), (4020, 220))
    assert found.verdict == MORE
    assert found.best.key == "inline"
    alone = outcome((4000, 100), (4020, 220)).compared[0]
    assert found.compared[1].p == pytest.approx(2 * alone.p)
    assert found.compared[1].low < alone.low


def test_a_variant_nobody_has_seen_yet_is_shown_with_noughts_and_one_that_has_gone_too():
    found = result({"short": Counts(10, 1, 1), "gone": Counts(10, 2, 2)}, ("now", "short", "inline"))
    assert [one.key for one in found.looks] == ["now", "short", "inline", "gone"]
    assert found.looks[0].rate is None
    assert found.readers == 20


def test_more_leads_than_readers_break_nothing():
    """Where beacons are kept back and forms are sent."""
    found = outcome((3, 9), (2, 7))
    assert 0 <= found.looks[0].low <= found.looks[0].high <= 1
    assert found.verdict == EARLY


def test_a_variant_is_called_by_what_differs():
    assert words.called(Variant(NOW)) == "the offer as it stands"
    assert words.called(Variant("short", button="Send me the list")) == "“Send me the list”"
    assert words.called(Variant("b", title="Twenty checks", place="inline")) == "“Twenty checks”, in the text"
    assert words.called(Variant("b", form="name")) == "asking for a name"
    assert words.called(Variant("b")) == "b"
    assert len(words.called(Variant("b", summary="word " * 100))) <= 62


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (1.0, "0 % more"),
        (1.5, "50 % more"),
        (0.8, "20 % fewer"),
        (2.0, "2.0 times as many"),
        (math.inf, "any number more"),
        (0.0, "100 % fewer"),
    ],
)
def test_a_ratio_is_said_as_a_change(ratio: float, text: str):
    assert words.change(ratio) == text


def test_a_plan_says_only_what_is_known():
    assert "confirmed leads" in words.planned(size(0.5, 2, None))
    assert "at the present" not in words.planned(size(0.5, 2, 0.03))
    assert "over ten years" in words.planned(size(0.25, 2, 0.001, 1))
    assert size(1.0, 3, 0.03, 10).readers > size(1.0, 2, 0.03, 10).readers
    assert size(1.0, 2, 0.9, 10).readers is not None
