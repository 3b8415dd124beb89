"""Files of journeys from elsewhere are read as they come, or refused with a line and a cure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.actions import crediting_files
from gatepost.attribution.reckoning import NONE
from tests.attribution.command import HEADER, by_article, days_before, lead, rows


def test_files_of_other_programs_are_read() -> None:
    plain = rows(HEADER + "a > b,1,2\nc,0,1\n")
    assert rows("\ufeff" + HEADER.replace("\n", "\r\n") + "a > b,1,2\r\nc,0,1\r\n") == plain
    assert rows('total_null,"path",more,total_conversions\n2,"  a>b  ",x,1\n\n1,c,,0.0\n') == plain
    assert by_article(rows(HEADER + '"x, y > ""z""",2,\n'), "first") == {"x, y": 2, '"z"': 0}
    assert by_article(rows("path,total_conversions\na,2\n ,3\n"), "linear") == {NONE: 3, "a": 2}
    assert by_article(rows("\n" + lead((days_before(1), "ü", "x"))), "linear") == {"ü": 1}


MISTAKES = [
    ("", "no header"),
    ("path;total_conversions\n", "no column path"),
    ("path,total_null\n", "no column total_conversions"),
    ("path,path,total_conversions\n", "path twice"),
    (HEADER + "a,1\n", "2 cells under 3 columns"),
    (HEADER + "a,1,0,0\n", "4 cells under 3 columns"),
    (HEADER + "a,-1,0\n", "total_conversions is -1"),
    (HEADER + "a,nan,0\n", "'nan'"),
    (HEADER + "a,1,inf\n", "'inf'"),
    (HEADER + "a,1e400,0\n", "total_conversions is inf"),
    (HEADER + 'a,"1,5",0\n', "'1,5'"),
    (HEADER + "a,,0\n", "total_conversions is ''"),
    (HEADER + "a > > b,1,0\n", "empty touch"),
    (HEADER + '"a > b,1,0\n', "not CSV"),
    ("path,total_conversions,total_conversion_value\na,0,5\n", "5 without a conversion"),
    ("[]", "no object"),
    ("{}", "no list of touches"),
    ("{", "not JSON"),
    ('{"touches": [1]}', "touch 1 is no object"),
    ('{"touches": [{"t": 1}]}', "the article of touch 1 is null"),
    ('{"touches": [{"t": 1, "article": " "}]}', "the article of touch 1"),
    ('{"touches": [{"t": 1, "article": "\\ud800"}]}', "half a character"),
    ('{"touches": [{"article": "a"}]}', "t of touch 1 is null"),
    ('{"touches": [{"t": true, "article": "a"}]}', "t of touch 1 is true"),
    ('{"touches": [{"t": NaN, "article": "a"}]}', "t of touch 1 is NaN"),
    ('{"touches": [{"t": "yesterday", "article": "a"}]}', 't of touch 1 is "yesterday"'),
    ('{"touches": [{"t": "0001-01-01", "article": "a"}]}', "t of touch 1"),
    ('{"touches": [{"t": 1, "article": "a", "channel": 5}]}', "the channel of touch 1 is 5"),
    ('{"touches": [], "converted_at": "soon"}', 'converted_at is "soon"'),
    ('{"touches": [], "converted_at": 1, "value": -5}', "value is -5"),
    ('{"touches": [], "converted_at": 1, "value": NaN}', "value is nan"),
    ('{"touches": [], "converted_at": 1, "value": "40"}', 'value is "40"'),
    ('{"touches": [], "converted_at": 1, "value": 1e999}', "value is inf"),
]


@pytest.mark.parametrize(("text", "found"), MISTAKES)
def test_a_line_that_means_nothing_is_named_with_its_cure(text: str, found: str) -> None:
    with pytest.raises(crediting_files.LineUnreadable) as refused:
        rows(text)
    assert found in str(refused.value)
    assert refused.value.line == max(1, text.count("\n"))
    assert refused.value.cure.endswith((".", "}"))


@settings(deadline=None)
@given(
    text=st.text(max_size=60) | st.text(alphabet='{}[]",:>ab1\n', max_size=60),
    kind=st.sampled_from(["", "csv", "jsonl"]),
)
def test_any_text_is_credited_or_refused(text: str, kind: str) -> None:
    try:
        made = rows(text, kind=kind)
    except crediting_files.LineUnreadable:
        return
    assert all(row.credit >= 0 for row in made)
