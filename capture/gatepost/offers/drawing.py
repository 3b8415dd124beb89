"""The draw: a fixed sum over a seed, a public text and the ids of the entries. docs/contests.md says it for everybody.

Pure: whoever has the record comes to the same winners, with this or with `sha256sum`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FORMAT = 1
# Further people in the order of the draw, for prizes that cannot be handed over.
SUBSTITUTES = 10
_SEED = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Ticket:
    """One entry, and the entry that its person made for themselves: the same one, or the one that friends were sent from."""

    entry: str
    person: str


@dataclass(frozen=True)
class Outcome:
    """Entry ids: all in the order of the draw, the first of each winner, and the first of each substitute."""

    order: tuple[str, ...]
    winners: tuple[str, ...]
    substitutes: tuple[str, ...]


def commitment(seed: str) -> str:
    """What is shown before the draw, so that the seed cannot be another one afterwards: its SHA-256, in hex."""
    return _sha256(seed)


def digest(tickets: Iterable[Ticket]) -> str:
    """The SHA-256 of the list: one line `ENTRY PERSON` a ticket, sorted, each with a line feed."""
    return _sha256("".join(sorted(f"{ticket.entry} {ticket.person}\n" for ticket in tickets)))


def rank(seed: str, public: str, entry: str) -> str:
    """Where an entry stands: the smaller the hash, the earlier. Three lines are hashed, each with a line feed."""
    return _sha256(f"{seed}\n{public}\n{entry}\n")


def draw(seed: str, public: str, tickets: Iterable[Ticket], winners: int) -> Outcome:
    """Who wins: the first so many different people in the order of the ranks."""
    ordered = sorted(tickets, key=lambda ticket: rank(seed, public, ticket.entry))
    firsts: dict[str, str] = {}
    for ticket in ordered:
        firsts.setdefault(ticket.person, ticket.entry)
    people = tuple(firsts.values())
    return Outcome(tuple(ticket.entry for ticket in ordered), people[:winners], people[winners : winners + SUBSTITUTES])


def record(seed: str, public: str, tickets: Sequence[Ticket], winners: int) -> dict[str, Any]:
    """The part of a published record that can be reckoned again, as plain values."""
    outcome = draw(seed, public, tickets, winners)
    return {
        "commitment": commitment(seed),
        "seed": seed,
        "public": public,
        "places": winners,
        "entries": [{"entry": t.entry, "person": t.person} for t in sorted(tickets, key=lambda t: t.entry)],
        "digest": digest(tickets),
        "order": list(outcome.order),
        "winners": list(outcome.winners),
        "substitutes": list(outcome.substitutes),
    }


def faults(found: object, commitment_shown: str = "", digest_shown: str = "") -> list[str]:
    """What in a record does not agree with the rest of it, or with the hashes shown before; nothing if it is true."""
    unreadable = _unreadable(found)
    if unreadable or not isinstance(found, Mapping):
        return [unreadable]
    tickets = [Ticket(one["entry"], one["person"]) for one in found["entries"]]
    made = record(found["seed"], found["public"], tickets, found["places"])
    wrong = [text for name, text in _WRONG.items() if made[name] != found[name]]
    ids = {ticket.entry for ticket in tickets}
    if len(ids) != len(tickets):
        wrong.append("an entry stands in the list twice")
    if any(ticket.person not in ids for ticket in tickets):
        wrong.append("an entry belongs to a person who is not in the list")
    if commitment_shown and found["commitment"] != commitment_shown.strip().lower():
        wrong.append("the commitment is not the one that was shown before")
    if digest_shown and found["digest"] != digest_shown.strip().lower():
        wrong.append("the list of entries is not the one that was shown before")
    return wrong


_WRONG = {
    "commitment": "the seed is not the one that was committed to",
    "entries": "the list of entries is not sorted by id",
    "digest": "the list of entries is not the one of the digest",
    "order": "the order is not the one that seed, public text and entries give",
    "winners": "the winners are not the first different people in the order",
    "substitutes": "the substitutes are not those who come after the winners",
}


def _unreadable(found: object) -> str:
    """Why something is no record at all; "" if it is one."""
    if not isinstance(found, Mapping) or found.get("format") != FORMAT:
        return f"this is no record of a draw of format {FORMAT}"
    texts = [found.get(name) for name in ("commitment", "seed", "public", "digest")]
    if not all(isinstance(text, str) for text in texts) or not _SEED.fullmatch(str(found["seed"])):
        return "commitment, seed, public text and digest have to be texts, the seed 64 hexadecimal digits"
    places = found.get("places")
    if not isinstance(places, int) or isinstance(places, bool) or places < 1:
        return "`places` has to be a number of winners"
    if not all(_is_list_of_texts(found.get(name)) for name in ("order", "winners", "substitutes")):
        return "order, winners and substitutes have to be lists of entry ids"
    rows = found.get("entries")
    if not isinstance(rows, list) or not all(_is_ticket(row) for row in rows):
        return "`entries` has to be a list of `entry` and `person`"
    return ""


def _is_ticket(row: object) -> bool:
    return isinstance(row, Mapping) and set(row) == {"entry", "person"} and _is_list_of_texts(list(row.values()))


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _sha256(text: str) -> str:
    # What is read from a file may hold half a character; it is hashed as something, and agrees with nothing.
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
