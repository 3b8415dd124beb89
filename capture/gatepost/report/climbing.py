"""What one lead counts for: the first time it asked, confirmed, opened, and stood on each rung of the ladder.

Every first time is counted once, on its day, for the whole site, for the article and for the offer, so that days add up to
months and months to all time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from gatepost.journey import MOST_TOUCHES
from gatepost.ladder import COMMITMENTS, commitment_of

SITE, ARTICLE, OFFER = "site", "article", "offer"
# Not a scope of people but of how many touches they took.
TOUCHES = "touches"
# Rungs beside those of COMMITMENTS. Of leads with and without a case study, those that went on became clients.
REQUESTED, CONFIRMED, DOWNLOADED = "requested", "confirmed", "downloaded"
PROVEN, UNPROVEN = "proven", "unproven"
CAME, CLIENT = "came", "client"

_KEYS = list(COMMITMENTS)
_RANK = {key: place for place, key in enumerate(_KEYS)}
_APART = frozenset(_RANK[one.key] for one in COMMITMENTS.values() if one.is_apart)

# A moment as the database has it: aware, or a text that sorts by time. They are only compared, and cut to their day.
Moment = Any


class Asked(NamedTuple):
    """One request; `confirmed_at` is None until its button was pressed."""

    offer: str
    article: str
    kind: str
    requested_at: Moment
    confirmed_at: Moment


class Done(NamedTuple):
    """A file opened by the reader, or a meeting come to: with the article that the request was made on."""

    offer: str
    article: str
    at: Moment


@dataclass(frozen=True)
class Theirs:
    """Everything that counts of one lead. `bought` are the days of its deals, "2026-11-23": they have no hour.

    `read` are the believed reads of its journeys, each once; they are only needed of clients.
    """

    asked: tuple[Asked, ...] = ()
    opened: tuple[Done, ...] = ()
    came: tuple[Done, ...] = ()
    bought: tuple[str, ...] = ()
    read: tuple[Moment, ...] = ()


class Count(NamedTuple):
    """Where one lead counts: on a day, in a scope of that name, on a rung; and whether it went on from there later."""

    day: str
    scope: str
    name: str
    rung: str
    went_on: bool = False


def counts(theirs: Theirs) -> set[Count]:
    """Everything that one lead counts for."""
    confirmed = [one for one in theirs.asked if one.confirmed_at is not None]
    found: set[Count] = set()
    for rung, facts in (
        (REQUESTED, [(one.article, one.offer, one.requested_at) for one in theirs.asked]),
        (CONFIRMED, [(one.article, one.offer, one.confirmed_at) for one in confirmed]),
        (DOWNLOADED, [(one.article, one.offer, one.at) for one in theirs.opened]),
    ):
        found |= _firsts(rung, facts)
    found |= _of_offers(theirs, confirmed)
    if theirs.bought and confirmed:
        found.add(_touches(theirs, confirmed))
    return found | _climbed(_taken(theirs, confirmed))


def _firsts(rung: str, facts: Iterable[tuple[str, str, Moment]]) -> set[Count]:
    first: dict[tuple[str, str], Moment] = {}
    for article, offer, at in facts:
        for key in ((SITE, ""), (ARTICLE, article), (OFFER, offer)):
            first[key] = min(first.get(key, at), at)
    return {Count(_day(at), scope, name, rung) for (scope, name), at in first.items()}


def _of_offers(theirs: Theirs, confirmed: Iterable[Asked]) -> set[Count]:
    """Who came, and who became a client after an offer was confirmed, on the day of that."""
    came: dict[str, Moment] = {}
    for one in theirs.came:
        came[one.offer] = min(came.get(one.offer, one.at), one.at)
    sure: dict[str, Moment] = {}
    for asked in confirmed:
        sure[asked.offer] = min(sure.get(asked.offer, asked.confirmed_at), asked.confirmed_at)
    last = max(theirs.bought, default="")
    clients = {Count(_day(at), OFFER, offer, CLIENT) for offer, at in sure.items() if last and _end(last, at) >= at}
    return clients | {Count(_day(at), OFFER, offer, CAME) for offer, at in came.items()}


def _touches(theirs: Theirs, confirmed: Sequence[Asked]) -> Count:
    """How many touches came before the first deal: reads, confirmed requests, files opened and meetings come to."""
    day = min(theirs.bought)
    last = _end(day, confirmed[0].confirmed_at)
    moments = [
        *theirs.read,
        *(one.confirmed_at for one in confirmed),
        *(one.at for one in (*theirs.opened, *theirs.came)),
    ]
    return Count(day, TOUCHES, CLIENT, f"{min(sum(at <= last for at in moments), MOST_TOUCHES):02}")


def _taken(theirs: Theirs, confirmed: Iterable[Asked]) -> dict[tuple[str, int], Moment]:
    """When each rung was first stood on, by article."""
    found: dict[tuple[str, int], Moment] = {}
    for asked in confirmed:
        rung = commitment_of(asked.kind)
        if rung:
            _first(found, asked.article, rung, asked.confirmed_at)
    for one in theirs.came:
        _first(found, one.article, CAME, one.at)
    for day in theirs.bought:
        for asked in confirmed:
            _first(found, asked.article, CLIENT, _end(day, asked.confirmed_at))
    return found


def _first(found: dict[tuple[str, int], Moment], article: str, rung: str, at: Moment) -> None:
    key = article, _RANK[rung]
    found[key] = min(found.get(key, at), at)


def _climbed(taken: dict[tuple[str, int], Moment]) -> set[Count]:
    firsts: dict[int, Moment] = {}
    for (_, rank), at in taken.items():
        firsts[rank] = min(firsts.get(rank, at), at)
    found = {
        Count(_day(at), ARTICLE, article, _KEYS[rank], _goes_on(taken, rank, at))
        for (article, rank), at in taken.items()
    }
    found |= {Count(_day(at), SITE, "", _KEYS[rank], _goes_on(taken, rank, at)) for rank, at in firsts.items()}
    if not firsts:
        return found
    proof, client = firsts.get(_RANK["case-study"]), firsts.get(_RANK[CLIENT])
    closed = client is not None and (proof is None or client >= proof)
    rung, at = (UNPROVEN, min(firsts.values())) if proof is None else (PROVEN, proof)
    return {*found, Count(_day(at), SITE, "", rung, closed)}


def _goes_on(taken: dict[tuple[str, int], Moment], rank: int, at: Moment) -> bool:
    # A case study is beside the ladder: nobody goes on to it.
    return any(other > rank and other not in _APART and later >= at for (_, other), later in taken.items())


def _day(at: Moment) -> str:
    return at[:10] if isinstance(at, str) else str(at.astimezone(UTC).date().isoformat())


def _end(day: str, like: Moment) -> Moment:
    """The end of a deal's day, so that what was asked for that morning comes before; in the form of another moment."""
    if isinstance(like, str):
        return f"{day} 23:59:59.999999"
    return datetime.combine(date.fromisoformat(day), time.max, UTC)
