"""Days, times, sizes and numbers, as each language writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from gatepost.languages import LANGUAGES, known, words
from gatepost.languages.told import Told
from tests.conftest import ROOT

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("de-AT", "de"), ("fr_CA", "fr"), ("ES", "es"), ("en-GB", "en"), ("nl", "en"), ("", "en")],
)
def test_a_tag_finds_its_language_and_any_other_is_english(tag, language):
    assert known(tag) == language
    assert words(tag).language == language


@pytest.mark.parametrize(
    ("language", "whole", "short", "month"),
    [
        ("en", "24 November 2026", "24 Nov", "November 2026"),
        ("de", "24. November 2026", "24. Nov.", "November 2026"),
        ("fr", "24 novembre 2026", "24 nov.", "novembre 2026"),
        ("es", "24 de noviembre de 2026", "24 nov", "noviembre de 2026"),
    ],
)
def test_days_are_written_as_each_language_writes_them(language, whole, short, month):
    t = words(language)
    assert (t.day(DAY), t.short_day(DAY), t.period((2026, 11))) == (whole, short, month)
    assert (t.period((2026,)), t.period((2026, 11, 24))) == ("2026", whole)


def test_a_french_month_begins_with_the_first():
    assert words("fr").day(date(2026, 11, 1)) == "1er novembre 2026"
    assert words("fr").day(date(2026, 11, 21)) == "21 novembre 2026"
    first = datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert words("fr").moment(first, "Europe/Paris").startswith("mardi 1er décembre 2026, 18:00 (")


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (12_345_678, "12.3 MB"),
    ],
)
def test_sizes_are_said_for_people(size, said):
    assert words("en").size(size) == said


def test_a_size_has_the_units_and_the_comma_of_its_language():
    assert [words(language).size(1_234_567) for language in LANGUAGES] == ["1.2 MB", "1,2 MB", "1,2 Mo", "1,2 MB"]
    assert words("fr").size(999) == "999 octets"


@pytest.mark.parametrize(
    ("n", "english", "french"),
    [(0, "0 articles", "0 article"), (1, "1 article", "1 article"), (2, "2 articles", "2 articles")],
)
def test_nothing_is_several_in_english_and_one_in_french(n, english, french):
    for language, said in (("en", english), ("fr", french)):
        assert words(language).several("%(n)s article", "%(n)s articles", n) == said


def test_a_meeting_is_told_in_its_own_zone_on_either_side_of_the_change_of_the_clocks():
    winter, summer = datetime(2027, 3, 27, 17, tzinfo=UTC), datetime(2027, 3, 28, 16, tzinfo=UTC)
    assert words("de").moment(winter, "Europe/Berlin").startswith("Samstag, 27. März 2027, 18:00 Uhr (")
    assert words("de").moment(summer, "Europe/Berlin").startswith("Sonntag, 28. März 2027, 18:00 Uhr (")
    assert words("es").moment(summer, "Europe/Madrid").startswith("domingo, 28 de marzo de 2027, 18:00 (")


def test_an_error_is_english_in_a_log_and_the_readers_language_on_a_page():
    error = Told("This link ended on %(day)s.", day=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert str(error) == "This link ended on 24 November 2026."
    assert error.told(words("de")) == "Dieser Link galt bis zum 24. November 2026."


def test_the_page_about_languages_names_what_there_is():
    text = (ROOT / "docs/languages.md").read_text("utf-8")
    assert all(hasattr(words("en"), name) for name in re.findall(r"`_\.(\w+)", text))
    for said in ("1,2 MB", "1.234,5", "24. November 2026", "24. Nov.", "24 de noviembre de 2026"):
        assert said in text
    assert words("de").number(1234.5, 1) == "1.234,5"
