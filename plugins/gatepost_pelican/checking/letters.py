"""Letters of a sequence, `content/sequences/SLUG/NN-name.md`: fields that nobody reads and words that nobody fills in."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from difflib import get_close_matches

from gatepost_pelican import sources
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site, Written
from gatepost_pelican.mistakes import SourceMistake

FOLDER = "sequences"
FIELDS = ("subject", "after", "only-if")
RULES = (
    Rule(
        "GP801",
        Severity.ERROR,
        "A letter has a field that there is not",
        "A letter of a sequence knows `Subject:`, `After:` and `Only-If:`.",
    ),
    Rule(
        "GP802",
        Severity.ERROR,
        "A letter asks for words that nobody fills in",
        "`{{ name }}` stands for a fact that the mailing knows: the site's name and address, the offer, the article. There is none "
        "for a reader's name, as anybody can type anything there.",
    ),
    Rule("GP803", Severity.ERROR, "A letter has no subject", "Add a line `Subject: ...` at its top; nobody opens a letter without one."),
    Rule(
        "GP804",
        Severity.ERROR,
        "A letter does not say when it is sent",
        "`After:` is a number of hours, days or weeks after the letter before it: `After: 3 days`.",
    ),
)  # fmt: skip
_AFTER = re.compile(r"\d{1,4}\s*(?:h|d|w|hours?|days?|weeks?)?", re.IGNORECASE)
_FILLED = re.compile(r"\{\{-?\s*(?P<name>[\w.]+)[^}]*\}\}")


def find(site: Site) -> Iterator[Finding]:
    """Every letter of every sequence; nothing where there is no such folder."""
    folder = site.settings.content / FOLDER
    if not folder.is_dir():
        return
    names = filled()
    for path in sorted(folder.glob("*/*.md")):
        source = sources.read(path)
        if isinstance(source, SourceMistake):
            yield Finding(path, source.line, 0, "GP801", source.problem, source.cure)
        else:
            yield from _in(Written(source), names)


def filled() -> tuple[str, ...]:
    """What a letter can fill in: the facts of every letter that are plain text or a date."""
    from gatepost.mail.letters import LetterContext

    plain = ("str", "date", "int")
    return tuple(field.name for field in dataclasses.fields(LetterContext) if str(field.type) in plain)


def _in(letter: Written, names: tuple[str, ...]) -> Iterator[Finding]:
    fields = letter.source.fields
    for name, lines in fields.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, n=1, cutoff=0.6)
            cure = f"Write `{near[0].title()}:`" if near else "Use Subject, After and Only-If"
            yield letter.finding("GP801", (lines[0], 1), f"there is no field `{name.title()}` in a letter", cure)
    if not _value(letter, "subject"):
        place = letter.field("subject")
        yield letter.finding("GP803", place, "the letter has no subject", "Add a line `Subject: ...`")
    after = _value(letter, "after")
    if not _AFTER.fullmatch(after):
        said = f"{after!r} is no time" if after else "the letter does not say when it is sent"
        yield letter.finding("GP804", letter.field("after"), said, "Write for example `After: 3 days`")
    for match in _FILLED.finditer(letter.without_code):
        yield from _unfilled(letter, match, names)


def _unfilled(letter: Written, match: re.Match[str], names: tuple[str, ...]) -> Iterator[Finding]:
    name = match["name"]
    if name in names:
        return
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    cure = f"Did you mean {{{{ {near[0]} }}}}?" if near else f"Use one of: {', '.join(names)}"
    yield letter.finding("GP802", letter.at(match.start()), f"nobody fills in {{{{ {name} }}}}", cure)


def _value(letter: Written, field: str) -> str:
    lines = letter.source.fields.get(field)
    return letter.source.lines[lines[0] - 1].partition(":")[2].strip() if lines else ""


CHECK = Check(find, RULES)
