"""A finding of `gatepost check`, and the rule that it goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost_pelican.mistakes import shown

if TYPE_CHECKING:
    from gatepost_pelican.checking.texts import Site


class Severity(StrEnum):
    """An error fails a check, a warning only a strict one, and a note none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Rule:
    """What a code stands for. `says` is one sentence, `more` is for `--explain`; neither ends in a line break.

    `label` is how a line begins after its place: empty for errors, which read as a build tells them.
    """

    code: str
    severity: Severity
    says: str
    more: str
    label: str = ""
    # A mistake that stops the build cannot be ignored away: the check would be good and the build would not.
    stops_build: bool = False

    @property
    def word(self) -> str:
        """`warning: `, `hint: `, `note: `, or nothing for an error."""
        word = self.label or ("" if self.severity is Severity.ERROR else str(self.severity))
        return f"{word}: " if word else ""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend. `line` and `column` count from 1, in characters; `column` is 0 where it is not known.

    `cure` is empty where `problem` says it already.
    """

    path: Path
    line: int
    column: int
    code: str
    problem: str
    cure: str = ""

    @property
    def place(self) -> str:
        """`path:line` or `path:line:column`, as a terminal makes a link of it."""
        return f"{shown(self.path)}:{self.line}" + (f":{self.column}" if self.column else "")

    @property
    def message(self) -> str:
        """The problem and its cure as sentences."""
        if not self.cure:
            return self.problem
        return f"{self.problem.rstrip('.')}. Cure: {self.cure.rstrip('.')}."


@dataclass(frozen=True)
class Check:
    """A function that reads the site, and the rules that its findings go by."""

    find: Callable[[Site], Iterable[Finding]]
    rules: tuple[Rule, ...]
