"""What stops a build, and what hints and notes say, under the codes of a check. The words are theirs.

A build knows mistakes by their words alone, so a code is found by what stands in them: the first line that fits counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.report.hints import Hint
from gatepost_pelican.settings import SiteSettings

_BUILD = "The build stops, and nothing new is published, until it is mended; it cannot be ignored."


def _stopping(code: str, says: str, more: str) -> Rule:
    return Rule(code, Severity.ERROR, says, f"{more} {_BUILD}", stops_build=True)


RULES = (
    _stopping(
        "GP101",
        "An offer is named that there is not",
        "`Offer:`, `Cta:`, `[[offer:SLUG]]` or an `Ending:` names a slug that no file in the folder of offers has.",
    ),
    _stopping(
        "GP102",
        "A gate or an `[[offer:...]]` line does not do what it says",
        "There is a second gate, a gate on a page, one that holds nothing back, one behind which nobody could get, or a footnote "
        "or a link address that the open part uses and the held part defines.",
    ),
    _stopping(
        "GP103",
        "A field of an offer is missing, misspelt or wrong",
        "Each kind of offer demands fields of its own, such as `Consent:`, `Kind:`, `Starts:` or items below the gate.",
    ),
    _stopping(
        "GP104",
        "Something held would be published",
        "A held file lies in a folder that is copied, is linked as a static file, or would be read as an article.",
    ),
    _stopping(
        "GP105",
        "A file cannot be read",
        "It is not UTF-8, holds a control character, or lacks what Pelican demands: a title, a date that exists, a known status.",
    ),
    _stopping("GP106", "A metadata field stands in a file twice", "Only one of the two would count, or both run together."),
    _stopping(
        "GP107", "Two files have the same slug or address", "One would overwrite the other in the output or in the catalogue."
    ),
    _stopping("GP108", "A setting is wrong", "The settings file sets something of Gatepost's to a value that means nothing."),
    _stopping(
        "GP109",
        "An offer names a file, a chapter, a picture or a link that is not there",
        "A file to download, a chapter of a book, a cover, or a picture or a link inside a held text leads nowhere.",
    ),
    _stopping("GP199", "The build stops for another reason", "Pelican or a compiler said so in the words that are shown."),
)  # fmt: skip
HINTS = (
    Rule(
        "GP601",
        Severity.WARNING,
        "The figures say that an article could do better",
        "It is read much and shows no offer, or its readers become leads at half of the site's rate or less. Figures come from "
        "the report; without them there is no such hint.",
        "hint",
    ),
    Rule(
        "GP602",
        Severity.WARNING,
        "A variant shows nobody anything new",
        "A variant of a call to action moves no card, the offer is over, or GATEPOST_JOURNEY is off, so nothing can be compared.",
        "hint",
    ),
    Rule(
        "GP603",
        Severity.NOTE,
        "What `Offer: auto` would show",
        'With GATEPOST_AUTO = "learn": the offer that a build would choose for an article, and why.',
    ),
)

_OF_OFFERS = "GP103"
_KINDS = (
    ("GP106", r"stands in the metadata twice"),
    ("GP101", r"^there is no offer|^an `?Ending|\bno offer to choose from"),
    ("GP104", r"\bheld, but lies inside|would publish .*held|would be published|folder of held files|folder of offers, whose"),
    ("GP107", r"^the slug .* is that of|^its address, .* is that of"),
    ("GP105", r"not UTF-8|NUL character|control character|cannot be read: |^the file (has no|cannot)|no status '|valid date|out of range"),
    ("GP102", r"\bgate\b|cannot be placed inside|shown as plain text"),
    ("GP109", r"^there is no (file|picture|published article)|^the (picture|chapter|link) |lies outside the folder of offers"),
    ("GP108", r"\bGATEPOST_|^the permission '|is not an address$|does not use Gatepost"),
)  # fmt: skip
_NOTE = re.compile(r"(?P<path>.*?):(?P<line>\d+): note: (?P<words>.*)", re.DOTALL)


def code_of(mistake: SourceMistake, settings: SiteSettings | None = None) -> str:
    """The code of a build's mistake."""
    found = next((code for code, pattern in _KINDS if re.search(pattern, mistake.problem)), "")
    if found:
        return found
    if settings is not None and mistake.path.is_relative_to(settings.offers):
        return _OF_OFFERS
    return "GP108" if settings is not None and mistake.path == settings.file else "GP199"


def findings(
    mistakes: Iterable[SourceMistake],
    hints: Iterable[Hint],
    notes: Iterable[str],
    settings: SiteSettings | None = None,
) -> Iterator[Finding]:
    """Mistakes, hints and notes as findings."""
    for mistake in mistakes:
        yield Finding(mistake.path, mistake.line, 0, code_of(mistake, settings), mistake.problem, mistake.cure)
    for hint in hints:
        code = "GP602" if "variant" in hint.words else "GP601"
        yield Finding(hint.path, hint.line, 0, code, hint.words)
    for note in notes:
        match = _NOTE.fullmatch(note)
        path, line, words = (
            (match["path"], int(match["line"]), match["words"]) if match else ("pelicanconf.py", 1, note)
        )
        yield Finding(Path.cwd() / path, line, 0, "GP603", words)


def _nothing(_: Site) -> tuple[Finding, ...]:
    return ()


# They are found by the build itself, before any other check begins.
CHECK = Check(_nothing, (*RULES, *HINTS))
