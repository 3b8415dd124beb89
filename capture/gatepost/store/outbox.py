"""Letters owed: written with the fact that owes them, claimed by one worker at a time, settled once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select, update

from gatepost.store import tables as t
from gatepost.store.prepared import Prepared
from gatepost.store.upsert import insert_if_new

# queued -> sending -> sent | queued again | failed | dropped (the lead left or was erased meanwhile)
STATES = ("queued", "sending", "sent", "failed", "dropped")

_OWE = insert_if_new(t.outbox, "key")


@dataclass(frozen=True)
class Owed:
    """A letter owed: about a lead's request, or to the owner `owner_id` about nobody. `letter` names an entry of LETTERS; `key` is
    what makes it this one letter.
    """

    id: UUID
    key: str
    lead_id: UUID | None
    signup_id: UUID | None
    letter: str
    created_at: datetime
    due_at: datetime
    state: str = "queued"
    tries: int = 0
    claim: UUID | None = None
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    answer: str = ""
    owner_id: UUID | None = None


def owe(tx: Connection, owed: Owed) -> None:
    """Add a letter unless one of the same key is owed or was sent."""
    _OWE.run(tx, [vars(owed)])


def claim(tx: Connection, claim_id: UUID, now: datetime, until: datetime, most: int) -> list[Owed]:
    """Take up to `most` letters that are due, or whose worker's lease ran out, for this claim."""
    box = t.outbox.c
    due = (
        select(box.id)
        .where(((box.state == "queued") & (box.due_at <= now)) | ((box.state == "sending") & (box.leased_until < now)))
        .order_by(box.due_at)
        .limit(most)
    )
    if tx.dialect.name != "sqlite":
        due = due.with_for_update(skip_locked=True)
    ids = list(tx.execute(due).scalars())
    if not ids:
        return []
    tx.execute(
        update(t.outbox)
        .where(box.id.in_(ids))
        .values(state="sending", claim=claim_id, leased_until=until, tries=box.tries + 1)
    )
    return [
        Owed(**row._mapping)
        for row in tx.execute(select(t.outbox).where(box.claim == claim_id, box.id.in_(ids)).order_by(box.due_at))
    ]


def still_ours(tx: Connection, owed_id: UUID, claim_id: UUID, until: datetime) -> bool:
    """Renew the lease just before sending. False when another worker took over: then do not send."""
    box = t.outbox.c
    changed = tx.execute(
        update(t.outbox)
        .where(box.id == owed_id, box.claim == claim_id, box.state == "sending")
        .values(leased_until=until)
    )
    return bool(changed.rowcount)


def settle(
    tx: Connection,
    owed_id: UUID,
    claim_id: UUID,
    state: str,
    *,
    answer: str = "",
    sent_at: datetime | None = None,
    due_at: datetime | None = None,
) -> bool:
    """End a claim: "sent", "failed", "dropped", or "queued" again with a new `due_at`."""
    box = t.outbox.c
    values: dict[str, object] = {
        "state": state,
        "answer": answer[:500],
        "claim": None,
        "leased_until": None,
        "sent_at": sent_at,
    }
    if due_at:
        values["due_at"] = due_at
    return bool(tx.execute(update(t.outbox).where(box.id == owed_id, box.claim == claim_id).values(values)).rowcount)


def release(tx: Connection, claim_id: UUID) -> int:
    """Give back what a claim has not tried, as if it had never been taken; returns how many letters."""
    box = t.outbox.c
    return tx.execute(
        update(t.outbox)
        .where(box.claim == claim_id, box.state == "sending")
        .values(state="queued", tries=box.tries - 1, claim=None, leased_until=None)
    ).rowcount


def by_id(tx: Connection, owed_id: UUID) -> Owed | None:
    """The letter of this id."""
    row = tx.execute(select(t.outbox).where(t.outbox.c.id == owed_id)).first()
    return Owed(**row._mapping) if row else None


def of_lead(tx: Connection, lead_id: UUID) -> list[Owed]:
    """Every letter ever owed to a lead, oldest first."""
    return [
        Owed(**row._mapping)
        for row in tx.execute(select(t.outbox).where(t.outbox.c.lead_id == lead_id).order_by(t.outbox.c.created_at))
    ]


def owed_to_mailbox(tx: Connection, mailbox: str, letter: str, since: datetime) -> int:
    """How many of this letter one letter box was owed since a time, over all spellings of its address."""
    return _COUNT_OWED.number(tx, {"mailbox": mailbox, "letter": letter, "since": since})


_OWED_TO_MAILBOX = (
    select(func.count())
    .select_from(t.outbox.join(t.lead, t.lead.c.id == t.outbox.c.lead_id))
    .where(
        t.lead.c.mailbox == bindparam("mailbox"),
        t.outbox.c.letter == bindparam("letter"),
        t.outbox.c.created_at >= bindparam("since"),
    )
)
_COUNT_OWED = Prepared(lambda _: _OWED_TO_MAILBOX)


def drop_queued(tx: Connection, lead_id: UUID) -> int:
    """What is owed to somebody who left or was erased is not sent any more; returns how many letters."""
    box = t.outbox.c
    return tx.execute(
        update(t.outbox)
        .where(box.lead_id == lead_id, box.state.in_(("queued", "sending")))
        .values(state="dropped", claim=None)
    ).rowcount


def forget_answers(tx: Connection, lead_id: UUID) -> None:
    """Mail servers repeat the address in their answers: they go with it."""
    tx.execute(update(t.outbox).where(t.outbox.c.lead_id == lead_id).values(answer=""))


def tally(tx: Connection) -> dict[str, int]:
    """How many letters are in each state."""
    rows = tx.execute(select(t.outbox.c.state, func.count()).group_by(t.outbox.c.state))
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in rows}
