"""Skipping patterns that cannot match, and one object for many texts, change no byte of what Markdown makes."""

from __future__ import annotations

import re
from typing import Any

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from gatepost_pelican.faster import inline
from gatepost_pelican.faster.reading import Converter

EXTENSIONS = ["extra", "codehilite", "meta", "smarty", "toc", "wikilinks", "nl2br", "gatepost_pelican.gate"]
CHOSEN = {
    "extensions": EXTENSIONS,
    "extension_configs": {"codehilite": {"guess_lang": False}},
    "output_format": "html5",
}
PIECES = [
    "word", "two words", "*", "**", "_", "__", "`", "``", "\\", "[", "]", "(", ")", "[a]", "[a]: /b 'c'", "![", "<b>", "</b>", "<div>", "</div>",
    "<!-- c -->", "<!-- gate -->", "<http://a.example>", "<a@b.example>", "&amp;", "&", "'", '"', "--", "---", "...", "  \n", "\n", "\n\n", "    code\n",
    "```python\nx = 1\n```\n", "[^1]", "[^1]: note\n", "*[HTML]: Hyper\n", "HTML", "{#id .cls}", "# Title\n", "- item\n", "1. one\n", "> quote\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n", "[[link]]", "term\n: meaning\n", "\u0002", "İıſK", "'90s", "[TOC]\n",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def patterns() -> list[re.Pattern[str]]:
    md = markdown.Markdown(**CHOSEN)
    found = [one for one in md.treeprocessors if isinstance(one, InlineProcessor)]
    assert len(found) == 2
    return [one.getCompiledRegExp() for processor in found for one in processor.inlinePatterns]


def as_pelican_does(text: str) -> tuple[str, dict[str, Any], dict[str, str]]:
    md = markdown.Markdown(**CHOSEN)
    html, meta, fields = md.convert(text), dict(md.Meta), {}
    md.preprocessors.deregister("meta")
    for name, lines in meta.items():
        if name == "summary":
            md.reset()
            fields["\n".join(lines)] = md.convert("\n".join(lines))
    return html, meta, fields


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
@example(["a*b", "Summary: *one* and [^1]\n\n*two* [^1]\n\n[^1]: note", "# Title\n", "# Title\n"])
def test_one_converter_makes_of_each_text_what_an_object_of_its_own_would(many: list[str]) -> None:
    converter = Converter({"MARKDOWN": CHOSEN, "FORMATTED_FIELDS": ["summary"]})
    for text in many:
        try:
            wanted = as_pelican_does(text)
        except Exception as error:
            with pytest.raises(type(error)):
                converter.converted(text)
            continue
        found = converter.converted(text)
        assert (found.html, dict(found.meta), dict(found.formatted)) == wanted


@settings(max_examples=300, deadline=None)
@given(texts)
def test_a_pattern_that_matches_finds_one_of_the_strings_it_needs(text: str) -> None:
    for pattern in patterns_once:
        needed = inline.needs(pattern)
        if needed and not any(one in text for one in needed):
            assert not pattern.search(text), (pattern.pattern, needed)


patterns_once = patterns()


def test_every_pattern_of_markdown_says_what_it_needs() -> None:
    assert [pattern.pattern for pattern in patterns_once if not inline.needs(pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"ab+c", ("a",)), (r"a?", ()), (r"(?i)ab", ()), (r"(?i:a)-", ("-",)), (r"a|b*", ()), (r"x{2}y|[zZ]", ("x", "z", "Z")),
        (r"(?=abc)\w", ("abc",)), (r"(?!abc)\w", ()), (r"(?<=-)x", ("-",)), (r"[^a]", ()), (r"[a-c]", ()), (r"(?:a|b)longer", ("longer",)),
        (r"", ()), (r"(?>ab)", ("ab",)), (r"(a)\1", ("a",)), (r".*", ()),
    ],
)  # fmt: skip
def test_what_a_pattern_needs_is_read_from_it(pattern: str, needed: tuple[str, ...]) -> None:
    assert set(inline.needs(re.compile(pattern))) == set(needed)


def test_both_processors_of_the_markdown_in_the_lock_are_quickened() -> None:
    md = markdown.Markdown(**CHOSEN)
    inline.quicken(md)
    assert len([one for one in md.treeprocessors if isinstance(one, inline.Quick)]) == 2


def test_another_way_with_patterns_than_the_known_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(self: Any, data: Any, patternIndex: int = 0) -> Any:  # noqa: N803
        return sorted(data)

    monkeypatch.setattr(InlineProcessor, "_InlineProcessor__handleInline", other)
    md = markdown.Markdown(**CHOSEN)
    inline.quicken(md)
    assert not [one for one in md.treeprocessors if isinstance(one, inline.Quick)]
