"""Permitting: who may be written to, and whether letters arrive. Counts only, nobody's address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gatepost.report import People, permitted, posted
from gatepost.report.permitted import Permitted
from gatepost.report.posted import Posted
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, letters, people, permissions

# How many of the latest confirmations, letters sent and letters refused are looked at one by one.
LATEST = 1000
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Found:
    """Permissions and letters of a span, and what to do; `overdue` letters are counted whatever the span.

    `before` are the people of the span it is compared with; None where there is none.
    """

    permitted: Permitted
    posted: Posted
    advice: tuple[str, ...]
    before: People | None = None


def found(database: Database, *, span: Span = ALL_TIME, compare: Span | None = None, now: datetime) -> Found:
    """Raises DatabaseUnreachable."""
    with database.reading() as tx:
        permitting = permitted.compose(
            permissions.states(tx, span),
            people.asking(tx, span),
            permissions.seconds_to_confirm(tx, span, LATEST),
            permissions.given(tx, span),
        )
        posting = posted.compose(
            letters.by_kind(tx, span),
            letters.overdue(tx, now - LATE),
            letters.oldest_due(tx, now),
            letters.refusals(tx, span, LATEST),
            letters.sent(tx, span, LATEST),
        )
        before = people.asking(tx, compare) if compare else None
    return Found(permitting, posting, posted.advice(posting, permitting), before)
