"""What a program asks for in the address. A wrong word is refused: a script that gets other figures than it asked for never knows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from flask import request

from gatepost.attribution import DEFAULT, MODELS
from gatepost.report.span import Span

FORMATS = ("json", "csv", "html")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class QueryRefused(Exception):
    """A parameter that is not known, or a value that it cannot have. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


@dataclass(frozen=True)
class Asked:
    """Which figures, and in which form."""

    model: str
    span: Span
    form: str


def asked(known: Collection[str] = ("model", "since", "until", "format")) -> Asked:
    """The query of this request, of which the door knows these parameters. Raises QueryRefused."""
    for name in request.args:
        if name not in known:
            raise QueryRefused(f"There is no parameter {name!r} here.", f"Known are: {', '.join(known)}.")
        if len(request.args.getlist(name)) > 1:
            raise QueryRefused(f"The parameter {name!r} is there twice.", "Send it once.")
    return Asked(
        model=one_of("model", tuple(MODELS), DEFAULT),
        span=_span(),
        form=one_of("format", FORMATS, "json"),
    )


def one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    """A parameter that has one of a few values. Raises QueryRefused."""
    value = request.args.get(name, "") or default
    if value not in allowed:
        near = get_close_matches(value, allowed, n=1)
        meant = f"Did you mean {near[0]!r}? " if near else ""
        raise QueryRefused(f"There is no {name} {value[:50]!r}.", f"{meant}Use one of: {', '.join(allowed)}.")
    return value


def _span() -> Span:
    first, last = (_day(request.args.get(name, ""), name) for name in ("since", "until"))
    if first and last and first > last:
        raise QueryRefused(f"{first} is after {last}.", "Write the first day as `since` and the last as `until`.")
    return Span(first, last)


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise QueryRefused(f"{text[:50]!r} is no day.", f"Write `{name}` as YYYY-MM-DD, for example 2026-11-01.")
