"""Which codes are wanted: by option, by setting, and by a comment in the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gatepost_pelican import sources
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site, Written

RULES = (
    Rule(
        "GP901",
        Severity.WARNING,
        "A comment ignores a code that there is not, or one that cannot be ignored",
        "`<!-- gatepost: ignore GP203 -->` takes codes with commas or spaces between, or the beginning of several: `GP2`. What stops "
        "a build (GP1) cannot be ignored.",
    ),
)  # fmt: skip
_COMMENT = re.compile(
    r"(?:<!--|^\.\.)\s*gatepost:\s*ignore\b(?P<codes>[^\n>]*?)(?:-->|$)", re.IGNORECASE | re.MULTILINE
)
_CODE = re.compile(r"GP\d{0,3}", re.IGNORECASE)


class UnknownCode(ValueError):
    """A code that no rule has. `cure` says how to get one."""

    cure = "docs/checking.md lists all codes; GP2 stands for every code that begins so"


@dataclass(frozen=True)
class Choice:
    """Codes, or beginnings of codes. Without `only`, all are wanted that are not ignored."""

    only: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def wants(self, rule: Rule) -> bool:
        if self.only and not rule.code.startswith(self.only):
            return False
        return rule.stops_build or not (self.ignored and rule.code.startswith(self.ignored))


def codes(given: Iterable[str], rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """What an option or a setting names, commas between allowed. Raises UnknownCode."""
    named = [part.strip().upper() for one in given for part in re.split(r"[,\s]+", one) if part.strip()]
    for code in named:
        if not _CODE.fullmatch(code) or not any(known.startswith(code) for known in rules):
            raise UnknownCode(f"there is no code {code!r}")
    return tuple(named)


class Comments:
    """What files say about themselves, each read once."""

    def __init__(self) -> None:
        self._said: dict[Path, tuple[str, ...]] = {}

    def says(self, finding: Finding) -> bool:
        """Does the file of a finding ignore its code?"""
        if finding.path not in self._said:
            text = Written(sources.opened(finding.path)).without_code
            self._said[finding.path] = tuple(code for _, code in _named(text))
        said = self._said[finding.path]
        return bool(said) and finding.code.startswith(said)


def find(site: Site) -> Iterator[Finding]:
    """Comments that ignore nothing."""
    from gatepost_pelican.checking import RULES as ALL

    for text in site.texts:
        # Only what reached the page is looked at, so that no file is opened for nothing.
        if "gatepost:" not in (text.content._content or ""):
            continue
        for offset, code in _named(text.written.without_code):
            known = [rule for name, rule in ALL.items() if name.startswith(code)]
            if known and not any(rule.stops_build for rule in known):
                continue
            says = "there is no code" if not known else "the build stops for it, so nothing ignores"
            yield text.written.finding("GP901", text.written.at(offset), f"{says} {code!r}", UnknownCode.cure)


def _named(text: str) -> Iterator[tuple[int, str]]:
    for match in _COMMENT.finditer(text):
        for code in re.finditer(r"[^\s,]+", match["codes"]):
            yield match.start("codes") + code.start(), code[0].upper()


CHECK = Check(find, RULES)
