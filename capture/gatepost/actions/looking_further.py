"""Looking further: where leads came from, what they read before they asked, and how many touches that took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gatepost.actions.reporting import PAGE
from gatepost.report import ChannelCount, Request
from gatepost.report.arrivals import Arrivals
from gatepost.report.arrivals import arrivals as compose_arrivals
from gatepost.report.closing import Buyer
from gatepost.report.flow import Flow, Step, Through, of_article, of_site
from gatepost.report.span import ALL_TIME, Span
from gatepost.report.touches import Touches
from gatepost.report.touches import touches as compose_touches
from gatepost.store import Database, Transaction, counted, flow, money, requests
from gatepost.store import buyers as known
from gatepost.store import touches as stored_touches

# Articles in a picture beside all others; articles whose steps are looked at, and how many of these are worth a look.
IN_PICTURE, LEADING, MOST_STEPS = 8, 50, 1000


def arrivals(database: Database, *, span: Span = ALL_TIME, compare: Span | None = None, of_class: str = "") -> Arrivals:
    """Lead classes, and their channels: of one class where it is named. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        buyers = known.buyers(tx)
        now = _channels(tx, span, buyers)
        before = _channels(tx, compare, buyers) if compare else []
    return compose_arrivals(now, buyers, span, before=before, of_class=of_class)


def _channels(tx: Transaction, span: Span, buyers: tuple[Buyer, ...]) -> list[ChannelCount]:
    reads = counted.reads_by_channel(tx, span)
    found = {one.channel: one for one in money.channel_counts(tx, span, known=buyers)}
    names = sorted(reads.keys() | found.keys())
    return [replace(found.get(name, ChannelCount(name)), reads=reads.get(name, 0)) for name in names]


def came_through(
    database: Database, channel: str, *, span: Span = ALL_TIME, page: int = 1
) -> tuple[list[Request], int]:
    """The leads behind a channel's number: their first confirmed requests, newest first, PAGE a page; and how many in all."""
    with database.reading() as tx:
        return requests.through(tx, span, channel=channel, most=PAGE, skip=(page - 1) * PAGE)


@dataclass(frozen=True)
class Journeys:
    """What leads read before they asked: the picture with its numbers, and the commonest
    steps from the articles that helped most.

    Of the site: `shown` are the articles in the picture, `whole` all together, `then` the same in the span that is compared
    with. Of one article: `before` and `after` are what was read right before it and right after.
    """

    flow: Flow
    shown: Mapping[str, Through] = field(default_factory=dict)
    whole: Through = field(default_factory=Through)
    then: Mapping[str, Through] = field(default_factory=dict)
    steps: Sequence[Step] = ()
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)


def journeys(database: Database, *, span: Span = ALL_TIME, compare: Span | None = None, article: str = "") -> Journeys:
    """Of the whole site, or what comes before and after one article where it is named. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        if article:
            before, after = flow.around(tx, span, article)
            return Journeys(of_article(article, before, after, IN_PICTURE), before=before, after=after)
        leading = flow.leading(tx, span, LEADING)
        drawn = leading[:IN_PICTURE]
        shown, whole = flow.through(tx, span, drawn), flow.whole(tx, span)
        steps = flow.steps(tx, span, leading, MOST_STEPS)
        then = flow.through(tx, compare, drawn) if compare else {}
    return Journeys(of_site(shown, whole), shown, whole, then, steps)


def touches(database: Database, *, span: Span = ALL_TIME) -> Touches:
    """How many touches come before a lead and before a client, and at which depth readers ask. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return compose_touches(stored_touches.taken(tx, span))
