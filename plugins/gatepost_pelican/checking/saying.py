"""Findings as lines for people and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from gatepost_pelican.checking.finding import Finding, Rule, Severity
from gatepost_pelican.mistakes import shown

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
# Programs that read the JSON can ask for this.
VERSION = 1


def text(findings: Sequence[Finding], rules: Mapping[str, Rule], coloured: bool = False) -> str:
    """`path:line:column: problem. Cure: cure.  [code]`, one a line."""
    return "\n".join(_line(one, rules[one.code], coloured) for one in findings)


def _line(finding: Finding, rule: Rule, coloured: bool) -> str:
    if not coloured:
        return f"{finding.place}: {rule.word}{finding.message}  [{finding.code}]"
    colour = _COLOURS[rule.severity]
    place, code = f"\x1b[1m{finding.place}\x1b[0m", f"\x1b[{colour}m[{finding.code}]\x1b[0m"
    word = f"\x1b[{colour}m{rule.word}\x1b[0m" if rule.word else ""
    return f"{place}: {word}{finding.message}  {code}"


def summary(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> str:
    """How many there are of each, in one sentence."""
    counts = Counter(rules[one.code].severity for one in findings)
    if not counts:
        return "Nothing found."
    said = ", ".join(f"{counts[kind]} {kind}{'' if counts[kind] == 1 else 's'}" for kind in Severity if counts[kind])
    return f"{said}. What a code means: gatepost check --explain {findings[0].code}"


def as_json(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> str:
    """An object with `version`, `counts` by severity, and `findings`."""
    counts = Counter(rules[one.code].severity for one in findings)
    whole = {
        "version": VERSION,
        "counts": {str(kind): counts[kind] for kind in Severity},
        "findings": [
            {
                "code": one.code,
                "severity": str(rules[one.code].severity),
                "path": shown(one.path),
                "line": one.line,
                "column": one.column or None,
                "problem": one.problem.rstrip("."),
                "cure": one.cure.rstrip("."),
            }
            for one in findings
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def explained(rule: Rule) -> str:
    """What a code means, what to do, and how to live with it."""
    more = textwrap.fill(rule.more, 100)
    silent = "" if rule.stops_build else f"\n\nTo ignore it in one file: <!-- gatepost: ignore {rule.code} -->"
    return f"{rule.code} ({rule.severity}): {rule.says}\n\n{more}{silent}"


FORMATS: tuple[str, ...] = ("text", "json", "sarif")


def formatted(name: str, findings: Sequence[Finding], rules: Mapping[str, Rule], coloured: bool = False) -> str:
    """The findings in one of FORMATS."""
    if name == "sarif":
        from gatepost_pelican.checking import sarif

        return sarif.log(findings, rules, Path.cwd())
    return as_json(findings, rules) if name == "json" else text(findings, rules, coloured)
