"""How letters fare: what waits, what failed and why, and what to do about it. Nobody's address is in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from uuid import UUID

from gatepost.report.permitted import Permitted
from gatepost.report.words import many, percent

# A domain of fewer people could tell who one of them is.
FEWEST = 3
WAITING = ("queued", "sending")
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
# What differs from letter to letter: numbers of queues and sessions. Codes such as 550 and 5.1.1 are shorter.
_NUMBER = re.compile(r"\b(?=\w*\d)\w{8,}(?:[-.]\w+)*\b")
_PAGE = re.compile(r"(https?://[^\s/]+)/\S+")
_LONGEST = 160
# Answers shown; what hardly any letter met helps nobody.
MOST_ANSWERS = 30
_UNSURE = "Perhaps sent: "
# From so many on, a share of failures means more than bad luck.
_ENOUGH, _TOO_MANY = 20, 0.05
_LONG = 3600.0


@dataclass(frozen=True)
class LetterCount:
    """Letters of one kind in one state."""

    letter: str
    state: str
    count: int


@dataclass(frozen=True)
class Refusal:
    """One letter that failed, or waits after a try. `domain` is what stands behind the @."""

    state: str
    letter: str
    answer: str
    tries: int
    lead_id: UUID | None
    domain: str


@dataclass(frozen=True)
class Sent:
    """One letter that went out: how long after it was due, in seconds, at which try, and when."""

    seconds: float
    tries: int
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What mail servers said to several letters in the same words."""

    state: str
    words: str
    count: int
    letters: tuple[str, ...]


@dataclass(frozen=True)
class Posted:
    """What the panel shows. `kinds` are counts by kind of letter and state; `seconds` and `again` are of the latest
    `timed` letters sent: the median time they waited, and how many needed more than one try."""

    kinds: Mapping[str, Mapping[str, int]]
    states: Mapping[str, int]
    oldest: datetime | None
    overdue: int
    answers: tuple[Answer, ...]
    domains: Mapping[str, int]
    tries: Mapping[int, int]
    seconds: float | None
    again: int
    timed: int


def compose(
    counts: Sequence[LetterCount],
    overdue: int,
    oldest: datetime | None,
    refusals: Sequence[Refusal],
    sent: Sequence[Sent],
) -> Posted:
    """Everything about letters of one span."""
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    states: Counter[str] = Counter()
    for one in counts:
        kinds[one.letter][one.state] = one.count
        states[one.state] += one.count
    return Posted(
        kinds=dict(kinds),
        states=dict(states),
        oldest=oldest,
        overdue=overdue,
        answers=tuple(_answers(refusals)),
        domains=_domains(refusals),
        tries=dict(sorted(Counter(one.tries for one in refusals if one.state == "queued").items())),
        seconds=median(one.seconds for one in sent) if sent else None,
        again=sum(one.tries > 1 for one in sent),
        timed=len(sent),
    )


def plain(answer: str) -> str:
    """A mail server's answer without addresses and without what is only this letter's."""
    text = _ADDRESS.sub("(address)", answer.removeprefix(_UNSURE)).replace("<(address)>", "(address)")
    return " ".join(_NUMBER.sub("…", _PAGE.sub(r"\1/…", text)).split())[:_LONGEST] or "no answer kept"


def _answers(refusals: Iterable[Refusal]) -> Iterable[Answer]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in refusals:
        found[one.state, plain(one.answer)].append(one.letter)
    made = [Answer(state, words, len(all_), tuple(sorted(set(all_)))) for (state, words), all_ in found.items()]
    return sorted(made, key=lambda one: (one.state, -one.count, one.words))[:MOST_ANSWERS]


def _domains(refusals: Iterable[Refusal]) -> dict[str, int]:
    """Domains that refuse, with how many letters: only those of FEWEST people and more."""
    letters: Counter[str] = Counter()
    people: dict[str, set[UUID]] = defaultdict(set)
    for one in refusals:
        if one.state == "failed" and one.domain and one.lead_id:
            letters[one.domain] += 1
            people[one.domain].add(one.lead_id)
    return {domain: count for domain, count in letters.most_common() if len(people[domain]) >= FEWEST}


def advice(posted: Posted, permitted: Permitted) -> tuple[str, ...]:
    """What to do, the most urgent first; empty where nothing needs doing."""
    return (*_of_letters(posted), *_of_people(permitted))


def _of_letters(posted: Posted) -> Iterator[str]:
    if posted.overdue:
        waits = "waits" if posted.overdue == 1 else "wait"
        yield (
            f"{many(posted.overdue, 'letter')} {waits} for longer than an hour: is the worker running? "
            "`gatepost worker` sends them, and `gatepost doctor` looks at the settings."
        )
    waiting = [one for one in posted.answers if one.state == "queued"]
    if waiting:
        count = sum(one.count for one in waiting)
        yield (
            f"{many(count, 'letter')} will be tried again by {'itself' if count == 1 else 'themselves'}; most often the mail "
            f"server said: “{waiting[0].words}”."
        )
    failed, sent = posted.states.get("failed", 0), posted.states.get("sent", 0)
    if failed + sent >= _ENOUGH and failed > _TOO_MANY * (failed + sent):
        yield (
            f"{failed:,} of {failed + sent:,} letters failed ({percent(failed / (failed + sent))}): look at the answers below. "
            "Where they speak of reputation or authentication, look at SPF, DKIM and DMARC (docs/deploying.md)."
        )
    if posted.domains:
        domain, count = next(iter(posted.domains.items()))
        yield (
            f"{domain} refused {many(count, 'letter')} to {FEWEST} people or more: its answer stands below. Where it blocks you, "
            "its postmaster page says how to be let in again."
        )


def _of_people(permitted: Permitted) -> Iterator[str]:
    confirms = permitted.confirms
    if confirms and permitted.people.requested >= _ENOUGH and confirms.high < 0.5:
        yield (
            f"Surely fewer than half of those who ask confirm ({percent(confirms.mean)}): the letter may lie among spam. Ask for "
            "an offer with an address of your own at a large provider, and look where it arrives."
        )
    if permitted.seconds is not None and permitted.timed >= _ENOUGH and permitted.seconds > _LONG:
        yield (
            f"Half of those who confirm take longer than {permitted.seconds / 3600:.1f} hours: letters come late, or are found "
            "late. Compare with how long letters wait to be sent, below."
        )
