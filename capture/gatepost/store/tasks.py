"""What the owner promised to do for somebody, until when, and whether it is done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select, update

from gatepost.store import tables as t
from gatepost.store.upsert import insert_if_new

_ADD = insert_if_new(t.task, "signup_id")
_c = t.task.c


@dataclass(frozen=True)
class Task:
    """`what` is an entry of the table of follow-ups ("call-back"); `note` is the owner's own."""

    id: UUID
    lead_id: UUID
    signup_id: UUID
    what: str
    made_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """A task with whose it is, and what they asked it on: slugs of offer and article, "" for none."""

    task: Task
    email: str
    offer: str
    article: str


def add(tx: Connection, task: Task) -> None:
    """Note a task, unless the request has one."""
    _ADD.run(tx, [asdict(task)])


def by_id(tx: Connection, task_id: UUID) -> Asked | None:
    """The task of this id."""
    found = _asked(tx, _ASKED.where(_c.id == task_id))
    return found[0] if found else None


def of_request(tx: Connection, signup_id: UUID) -> Asked | None:
    """The task that a request made."""
    found = _asked(tx, _ASKED.where(_c.signup_id == signup_id))
    return found[0] if found else None


def of_lead(tx: Connection, lead_id: UUID) -> list[Task]:
    """Every task for one lead, oldest first."""
    rows = tx.execute(select(t.task).where(_c.lead_id == lead_id).order_by(_c.made_at, _c.id))
    return [Task(**row._mapping) for row in rows]


def listed(tx: Connection, *, with_done: bool = False, limit: int = 1_000_000, offset: int = 0) -> list[Asked]:
    """Open ones, the first due first; with those that are done, these follow, the last done first."""
    query = _ASKED if with_done else _ASKED.where(_c.done_at.is_(None))
    last_done = case((_c.done_at.is_(None), None), else_=_c.done_at).desc()
    open_first = case((_c.done_at.is_(None), 0), else_=1)
    due = case((_c.done_at.is_(None), _c.due_at), else_=None)
    return _asked(tx, query.order_by(open_first, due, last_done, _c.id).limit(limit).offset(offset))


def count(tx: Connection) -> tuple[int, int]:
    """How many are open, and how many are done."""
    query = select(func.count(), func.count(_c.done_at)).select_from(t.task)
    every, done = tx.execute(query).one()
    return int(every) - int(done), int(done)


def settle(tx: Connection, task_id: UUID, done_at: datetime | None, note: str) -> bool:
    """Mark a task as done, or as open again with None; False where there is none."""
    return bool(tx.execute(update(t.task).where(_c.id == task_id).values(done_at=done_at, note=note)).rowcount)


def forget(tx: Connection, lead_id: UUID, at: datetime) -> None:
    """What was noted about a person goes with them, and nobody is to be called any more."""
    theirs = update(t.task).where(_c.lead_id == lead_id)
    tx.execute(theirs.values(note="", done_at=func.coalesce(_c.done_at, at)))


_ASKED: Select[tuple[object, ...]] = select(t.task, t.lead.c.email, t.signup.c.offer, t.signup.c.article).select_from(
    t.task.join(t.lead, t.lead.c.id == _c.lead_id).join(t.signup, t.signup.c.id == _c.signup_id)
)


def _asked(tx: Connection, query: Select[tuple[object, ...]]) -> list[Asked]:
    names = tuple(Task.__dataclass_fields__)
    return [
        Asked(Task(**{name: getattr(row, name) for name in names}), row.email, row.offer, row.article)
        for row in tx.execute(query)
    ]
