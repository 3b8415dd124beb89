"""Following up: what the owner promised to whom, and that it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepost.engine import Engine
from gatepost.offers.answered import Answered, answered
from gatepost.store import answers, tasks
from gatepost.store.tasks import Asked

# Follow-ups on one page.
PAGE = 50
MOST_NOTE = 2000


@dataclass(frozen=True)
class FollowUps:
    """Follow-ups in the order of their urgency, what each was asked (by the id of its task), and how many there are."""

    asked: tuple[Asked, ...]
    answers: Mapping[UUID, tuple[Answered, ...]]
    open: int
    done: int


def listed(engine: Engine, *, with_done: bool = False, page: int = 0) -> FollowUps:
    """Open ones, the first due first; done ones after them. All of them, or one page, counted from 1.

    Raises DatabaseUnreachable.
    """
    limit, offset = (PAGE, (page - 1) * PAGE) if page else (1_000_000, 0)
    with engine.database.reading() as tx:
        found = tasks.listed(tx, with_done=with_done, limit=limit, offset=offset)
        words = {one.task.id: answers.of(tx, one.task.signup_id) for one in found}
        is_open, is_done = tasks.count(tx)
    known = engine.catalogue.offers
    questions = {slug: offer.terms.questions for slug, offer in known.items()}
    said = {one.task.id: answered(questions.get(one.offer, ()), words[one.task.id]) for one in found}
    return FollowUps(tuple(found), said, is_open, is_done)


def settle(engine: Engine, task_id: UUID, *, is_done: bool, note: str | None = None) -> bool:
    """Mark a follow-up as done, or as open again, with a note (None leaves the one there is). False: there is none.

    Raises DatabaseUnreachable.
    """
    with engine.database.writing() as tx:
        found = tasks.by_id(tx, task_id)
        if found is None:
            return False
        done_at = (found.task.done_at or engine.now()) if is_done else None
        kept = found.task.note if note is None else note.replace("\0", "").strip()[:MOST_NOTE]
        return tasks.settle(tx, task_id, done_at, kept)


def is_overdue(asked: Asked, now: datetime) -> bool:
    """Is it open although its time has passed?"""
    return asked.task.done_at is None and asked.task.due_at < now
