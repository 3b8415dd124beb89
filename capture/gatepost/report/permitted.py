"""Who may be written to: leads by state, what they permitted, and how many confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from gatepost.report.facts import People
from gatepost.report.rates import Interval, wilson

# As people call the states of a lead, in the order shown.
STATES = {
    "pending": "asked, not yet confirmed",
    "confirmed": "the address is theirs for sure",
    "left": "every permission withdrawn",
    "erased": "nothing personal is kept",
}


@dataclass(frozen=True)
class Given:
    """Permissions given to one wording. `withdrawn` counts by way: "page", "one-click" and the like."""

    purpose: str
    version: str
    text: str
    given: int = 0
    confirmed: int = 0
    withdrawn: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Purpose:
    """The same of all wordings of one purpose."""

    purpose: str
    given: int
    confirmed: int
    withdrawn: Mapping[str, int]


@dataclass(frozen=True)
class Permitted:
    """What the panel shows. `seconds` is the median time to confirm of `timed` confirmations; None where there is none."""

    states: Mapping[str, int]
    people: People
    confirms: Interval | None
    seconds: float | None
    timed: int
    purposes: tuple[Purpose, ...]
    wordings: tuple[Given, ...]
    ways: tuple[str, ...]


def compose(states: Mapping[str, int], people: People, seconds: Sequence[float], given: Sequence[Given]) -> Permitted:
    """Everything about permissions of one span. `seconds` are times to confirm."""
    return Permitted(
        states={state: states.get(state, 0) for state in STATES},
        people=people,
        # None where more confirmed than asked: their requests are of before the span.
        confirms=wilson(people.confirmed, people.requested),
        seconds=median(seconds) if seconds else None,
        timed=len(seconds),
        purposes=tuple(_purposes(given)),
        wordings=tuple(given),
        ways=tuple(sorted({way for one in given for way in one.withdrawn})),
    )


def _purposes(given: Iterable[Given]) -> Iterable[Purpose]:
    by_purpose: dict[str, list[Given]] = {}
    for one in given:
        by_purpose.setdefault(one.purpose, []).append(one)
    for purpose, found in by_purpose.items():
        withdrawn: Counter[str] = Counter()
        for one in found:
            withdrawn.update(one.withdrawn)
        yield Purpose(purpose, sum(one.given for one in found), sum(one.confirmed for one in found), dict(withdrawn))
