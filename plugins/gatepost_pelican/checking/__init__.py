"""What `gatepost check` looks for beyond what stops a build: one file a check, one line here each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost_pelican.checking import (
    built,
    headings,
    ignoring,
    letters,
    links,
    metadata,
    pictures,
    reach,
    standing_open,
)
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.ignoring import Choice, UnknownCode
from gatepost_pelican.checking.texts import Site

# To add a check: one new file beside these, one line here, its codes in docs/checking.md and an example in tests/check.
CHECKS: tuple[Check, ...] = (
    built.CHECK,
    links.CHECK,
    pictures.CHECK,
    headings.CHECK,
    metadata.CHECK,
    reach.CHECK,
    standing_open.CHECK,
    letters.CHECK,
    ignoring.CHECK,
)
RULES: dict[str, Rule] = {rule.code: rule for check in CHECKS for rule in sorted(check.rules, key=lambda one: one.code)}


def run(site: Site, choice: Choice) -> Iterator[Finding]:
    """The findings of every check of which a code is wanted; those that are not wanted, too."""
    for check in CHECKS:
        if any(choice.wants(rule) for rule in check.rules):
            yield from check.find(site)


def kept(findings: Iterable[Finding], choice: Choice) -> tuple[Finding, ...]:
    """Those that are wanted and not ignored in their own file: errors of the build first, each kind by file and line."""
    wanted = [one for one in set(findings) if choice.wants(RULES[one.code])]
    silent = ignoring.Comments()
    left = (one for one in wanted if RULES[one.code].stops_build or not silent.says(one))
    return tuple(sorted(left, key=lambda one: (_ORDER[RULES[one.code].severity], one)))


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}

__all__ = ["CHECKS", "RULES", "Check", "Choice", "Finding", "Rule", "Severity", "Site", "UnknownCode", "kept", "run"]
