"""What stands at the top of a file, and what search results make of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from gatepost_pelican.checking import markup
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import TEASER, Site, Text

# Search engines cut by width, not by signs; about as many Latin letters fit on a phone and on a desk.
LONGEST_TITLE = 65
RULES = (
    Rule(
        "GP501",
        Severity.WARNING,
        "An article or an offer has no summary",
        "`Summary:` stands in lists, in feeds and under the title in search results. Without one the first words of the text do, "
        "wherever they end; an offer shows nothing.",
    ),
    Rule(
        "GP502",
        Severity.NOTE,
        "A title is longer than search results show",
        f"They cut it after about {LONGEST_TITLE} signs; wide ones, as in Chinese and Japanese, count twice.",
    ),
    Rule(
        "GP503",
        Severity.WARNING,
        "Two texts have the same title",
        "Readers of a list or of search results cannot tell them apart. Texts in different languages may share one.",
    ),
    Rule(
        "GP504",
        Severity.WARNING,
        "Two texts have the same summary",
        "One of them was probably copied from the other and never rewritten.",
    ),
    Rule(
        "GP505",
        Severity.NOTE,
        "An article has no category",
        "Pelican puts it into DEFAULT_CATEGORY, and `Offer: auto` has less to go by.",
    ),
    Rule(
        "GP506",
        Severity.WARNING,
        "An article takes its date from somewhere else than its file",
        "With DEFAULT_DATE it is that of the disk or of the settings, and changes when the site is cloned.",
    ),
    Rule(
        "GP507",
        Severity.WARNING,
        "A metadata field is nearly one that means something",
        "`Ofer: checklist` is read as a field of your own, and no offer is shown. Fields that resemble none are left alone.",
    ),
    Rule("GP508", Severity.WARNING, "An article or a page has no words", "Nothing stands below its metadata, or before its gate."),
)  # fmt: skip
KNOWN = (
    "title", "date", "modified", "category", "tags", "keywords", "slug", "author", "authors", "summary", "lang", "status",
    "template", "translation", "cover", "series", "series_index", "offer", "cta", "save_as", "url", "image", "description",
)  # fmt: skip
# So near a field of ours, and yet a word of its own that other plugins and themes know.
_OTHERS = frozenset({"offers", "language", "language_code", "authors_email", "dates", "updated", "subtitle", "tag", "images", "headline", "state"})  # fmt: skip
_OWN = frozenset({"gatepost_gates"})


def find(site: Site) -> Iterator[Finding]:
    """Everything about the metadata of published texts; of drafts, only fields that are misspelt."""
    for text in site.published:
        yield from _of_one(text, site)
    for text in site.texts:
        yield from _misspelt(text) if text.kind != TEASER else ()
    yield from _same(site.published, "GP503", "title", lambda text: text.title)
    yield from _same((text for text in site.published if not text.is_page), "GP504", "summary", _summary)


def _of_one(text: Text, site: Site) -> Iterator[Finding]:
    written = text.written
    if not text.is_page and not _summary(text):
        place = written.field("summary", "title")
        yield written.finding(
            "GP501", place, "there is no summary", "Add a line `Summary: ...` of one or two sentences"
        )
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text.title)
    if width > LONGEST_TITLE:
        cure = "Say the most important first, or make it shorter"
        problem = f"the title has {width} signs, and search results show about {LONGEST_TITLE}"
        yield written.finding("GP502", written.field("title"), problem, cure)
    if text.is_article:
        yield from _of_article(text, site)
    if text.kind != TEASER and not _has_words(text):
        yield written.finding("GP508", (1, 0), "there is no text", "Write some, or make it a draft: `Status: draft`")


def _of_article(text: Text, site: Site) -> Iterator[Finding]:
    written, pelican = text.written, site.pelican
    category = str(text.content.category)
    if category == pelican["DEFAULT_CATEGORY"] and not written.field("category")[1] and _is_plain(text):
        cure, problem = "Add a line `Category: ...`", f"there is no category, so it stands in {category!r}"
        yield written.finding("GP505", written.field("title"), problem, cure)
    if (
        pelican.get("DEFAULT_DATE")
        and not written.field("date")[1]
        and _is_plain(text)
        and not _is_named(text, pelican)
    ):
        problem, cure = "there is no date in the file", "Add a line `Date: 2026-11-23`"
        yield written.finding("GP506", written.field("title"), problem, cure)


def _is_named(text: Text, pelican: Mapping[str, Any]) -> bool:
    """Does the name of the file, or of its folder, say the date?"""
    name, path = text.written.path.stem, text.content.relative_source_path
    matches = (re.match(pelican["FILENAME_METADATA"], name), re.match(pelican["PATH_METADATA"] or "(?!)", path))
    return any(match and "date" in match.groupdict() for match in matches)


def _is_plain(text: Text) -> bool:
    """Does the file say its metadata the way in which we can look for a field?"""
    return bool(text.written.field("title")[1])


def _summary(text: Text) -> str:
    found = text.content.metadata.get("summary") or ""
    return " ".join(markup.text(str(found)).split())


def _has_words(text: Text) -> bool:
    return (
        bool(re.search(r"\w", markup.text(text.markup)))
        or "<img" in text.markup
        or "<!--gp:offer:" in (text.content._content or "")
    )


def _misspelt(text: Text) -> Iterator[Finding]:
    known = {*KNOWN, *_OTHERS, *_OWN}
    for name in sorted(map(str, set(text.content.metadata) - known)):
        near = get_close_matches(name.lower(), KNOWN, n=1, cutoff=0.8)
        place = text.written.field(name)
        if near and place[1]:
            problem = f"there is no field `{name.title()}`"
            yield text.written.finding("GP507", place, problem, f"Write `{near[0].title()}:`, if that is what you mean")


def _same(texts: Iterable[Text], code: str, what: str, of: Callable[[Text], str]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Text] = {}
    for text in sorted(texts, key=lambda one: str(one.content.source_path)):
        words = of(text)
        other = first.setdefault((text.key, words.casefold()), text)
        if words and other is not text and other.written.path != text.written.path and not _is_translation(text, other):
            problem = f"its {what} is that of {other.written.path.name}, too"
            yield text.written.finding(code, text.written.field(what), problem, f"Write a {what} of its own")


def _is_translation(text: Text, other: Text) -> bool:
    return other.content in getattr(text.content, "translations", ())


CHECK = Check(find, RULES)
