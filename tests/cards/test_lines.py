"""A title in lines: nothing is lost, nothing is wider than its room, and it is as large as it can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.machines.lines import Box, fit, is_right_to_left

SIZES = (100, 80, 60, 40, 20)
BOX = Box(1000, 400, 1.0)


def each(text: str) -> float:
    """Every letter is half as wide as it is high."""
    return len(text) / 2


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=18), min_size=1, max_size=40).map(" ".join)


@given(WORDS)
def test_every_word_stands_whole_and_in_order_within_its_room(text: str) -> None:
    made = fit(text, BOX, SIZES, each)
    assert " ".join(made.lines) == text
    assert all(each(line) * made.size <= BOX.width for line in made.lines)
    assert len(made.lines) * made.size <= BOX.height


@given(WORDS)
def test_no_larger_size_would_have_held_it(text: str) -> None:
    made = fit(text, BOX, SIZES, each)
    larger = [size for size in SIZES if size > made.size]
    for size in larger:
        room, lines, used = BOX.width / size, 1, 0.0
        for word in text.split():
            width = each(word)
            is_next = used and used + 0.5 + width > room
            lines, used = (lines + 1, width) if is_next else (lines, used + (0.5 if used else 0) + width)
        assert lines * size > BOX.height or max(map(each, text.split())) > room


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=900).filter(lambda text: text.split()))
def test_whatever_is_written_ends_in_lines_that_fit(text: str) -> None:
    made = fit(" ".join(text.split()), BOX, SIZES, each)
    assert all(each(line) * made.size <= BOX.width for line in made.lines)
    assert len(made.lines) * made.size <= BOX.height


def test_lines_are_of_even_length() -> None:
    assert fit("one two three four five six", Box(1000, 250, 1.0), (100,), each).lines == (
        "one two three",
        "four five six",
    )


def test_a_word_is_broken_only_where_no_size_holds_it_and_where_its_writer_says_so() -> None:
    long = "Donaudampf\u00adschifffahrts\u00adgesellschaft"
    assert fit(long, Box(1000, 400, 1.0), (60, 40), each).lines == (long.replace("\u00ad", ""),)
    assert fit(long, Box(600, 400, 1.0), (60,), each).lines == ("Donaudampf-", "schifffahrts-", "gesellschaft")
    assert fit("x" * 30, Box(600, 400, 1.0), (60,), each).lines == ("x" * 19 + "-", "x" * 11)


def test_the_first_letter_says_where_a_line_begins() -> None:
    assert is_right_to_left("«مرحبا» hello")
    assert not is_right_to_left("Hello مرحبا")
    assert not is_right_to_left("2026")
