"""Looking: the overview of the site in one look, and the goal it leads with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gatepost.actions import ranking, reporting
from gatepost.catalogue import Catalogue
from gatepost.report import Funnel, Report
from gatepost.report.goals import DEFAULT, GOALS, Goal, change
from gatepost.report.home import Line, Now, Overview, first_steps, lines, lost, unit_of, worse
from gatepost.report.span import Span
from gatepost.store import Database, Transaction, overview, preferences

_GOAL = "goal"
# Days: twelve years.
_LONGEST = 4400


class GoalUnknown(Exception):
    """There is no such goal."""

    cure = f"Choose one of: {', '.join(GOALS)}."


@dataclass(frozen=True)
class _Read:
    """What the store says of the two spans."""

    goal: Goal
    now: Now
    before: Now | None
    line: Line
    line_before: Line | None


def look(
    database: Database, catalogue: Catalogue, *, span: Span, compare: Span | None = None, now: datetime
) -> Overview:
    """Everything the first page says of a span and what it is compared with. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        found = _read(tx, span, compare, now.date())
    steps = reporting.steps(database, span=span)
    before = reporting.steps(database, span=compare) if compare else Funnel(())
    # All time: a month alone says too little of one article.
    ranked = ranking.page(database, catalogue, order=f"-{ranking.ABOVE}", size=3, now=now).report
    return Overview(
        goal=found.goal,
        span=span,
        now=found.now,
        before=found.before,
        reached=change(
            found.now.of(found.goal.key),
            found.before.of(found.goal.key) if found.before else None,
            span.days,
            compare.days if compare else None,
        ),
        line=found.line,
        line_before=found.line_before,
        best=ranking.better(ranked),
        lost=lost(steps),
        worse=worse(steps, before),
        uncertain=ranked.notes,
        first_steps=_first_steps(catalogue, ranked, found.now),
        site_rate=ranked.site_rate,
    )


def figures(database: Database, span: Span) -> Now:
    """The site's figures of a span. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return overview.now(tx, span)


def goal(database: Database) -> Goal:
    """What the owner wants most. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return _goal(tx)


def choose_goal(database: Database, key: str) -> None:
    """Let the report lead with another goal. Raises GoalUnknown, DatabaseUnreachable."""
    if key not in GOALS:
        raise GoalUnknown(f"There is no goal {key!r}.")
    with database.writing() as tx:
        preferences.put(tx, _GOAL, key)


def _goal(tx: Transaction) -> Goal:
    return GOALS.get(preferences.get(tx, _GOAL), GOALS[DEFAULT])


def _read(tx: Transaction, span: Span, compare: Span | None, today: date) -> _Read:
    closed = _closed(tx, span, today)
    unit = unit_of(closed)
    return _Read(
        _goal(tx),
        overview.now(tx, span),
        overview.now(tx, compare) if compare else None,
        lines(overview.by_day(tx, closed), closed, unit),
        lines(overview.by_day(tx, compare), compare, unit) if compare else None,
    )


def _closed(tx: Transaction, span: Span, today: date) -> Span:
    """The span with both its ends: open ones are where anything is known."""
    if span.first and span.last and (span.last - span.first).days <= _LONGEST:
        return span
    known = overview.ends(tx) or (today, today)
    closed = Span(span.first or known[0], span.last or max(known[1], span.first or known[1]))
    if closed.days and closed.days > _LONGEST:
        # An address may name any year; centuries in which nothing is known are no line.
        return Span(max(closed.first or known[0], known[0]), min(closed.last or known[1], max(known[1], today)))
    return closed


def _first_steps(catalogue: Catalogue, ranked: Report, now: Now) -> tuple[str, ...]:
    totals = ranked.totals
    return first_steps(
        articles=len(catalogue.articles),
        offers=len(catalogue.offers),
        reads=totals.reads,
        requested=totals.requested,
        confirmed=totals.confirmed,
        deals=bool(totals.deals or now.deals),
    )
