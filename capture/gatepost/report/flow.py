"""The flow of journeys that ended with a request, one step at a time: what was read first, in between, and last.

Only steps are known (which article was read right after which), no whole paths, so a picture never follows a lead further
than one step. What flows into an article flows out of it again: each time it was read in a journey, something came
before (the beginning, or another article) and something after (another article, or the request).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# As in the sums: what comes before the first article and after the last.
OUTSIDE = ""
# Nodes that are no single article; no slug holds a colon.
BEGINNING, ON, OTHERS, REQUEST = ":beginning", ":on", ":others", ":request"
NOTE = (
    "Each band is one step: what was read just before, and just after. Steps are counted, not whole paths, so a band on the "
    "left does not say where the same leads went on the right."
)


class Through(NamedTuple):
    """How often an article was read in leads' journeys, and of these times as the first and as the last one."""

    reads: int = 0
    first: int = 0
    last: int = 0


class Step(NamedTuple):
    """How often one article was read right after another."""

    previous: str
    article: str
    times: int


@dataclass(frozen=True)
class Node:
    """One box: an article's slug or one of the names above, in which column, and how much flows through it."""

    key: str
    column: int
    count: int


@dataclass(frozen=True)
class Link:
    """A band from one box to one of the next column; `source` and `target` are places in `Flow.nodes`."""

    source: int
    target: int
    count: int


@dataclass(frozen=True)
class Flow:
    """Three columns of boxes with the bands between them: what came before, the article, what came next."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()

    def column(self, number: int) -> tuple[Node, ...]:
        """The boxes of one column, in order."""
        return tuple(node for node in self.nodes if node.column == number)


def of_site(shown: Mapping[str, Through], whole: Through) -> Flow:
    """The articles shown, most read first, and all others together; `whole` is what all articles come to."""
    ordered = sorted(((slug, one) for slug, one in shown.items() if one.reads), key=lambda one: (-one[1].reads, one[0]))
    others = Through(*(total - sum(part) for total, *part in zip(whole, *(one for _, one in ordered), strict=True)))
    through = [*ordered, *([(OTHERS, others)] if others.reads > 0 else [])]
    steps: list[tuple[str, str, str, int]] = []
    for slug, one in through:
        steps += [("in", BEGINNING, slug, one.first), ("in", ON, slug, one.reads - one.first)]
        steps += [("out", slug, ON, one.reads - one.last), ("out", slug, REQUEST, one.last)]
    return _drawn(steps, [slug for slug, _ in through], [BEGINNING, ON], [ON, REQUEST])


def of_article(slug: str, before: Mapping[str, int], after: Mapping[str, int], most: int) -> Flow:
    """What came before one article and what came next: each time the `most` commonest articles and all others together."""
    came, went = _commonest(before, most), _commonest(after, most)
    begins, ends = before.get(OUTSIDE, 0), after.get(OUTSIDE, 0)
    steps = [("in", BEGINNING, slug, begins), *(("in", other, slug, count) for other, count in came)]
    steps += [*(("out", slug, other, count) for other, count in went), ("out", slug, REQUEST, ends)]
    left, right = [BEGINNING, *(other for other, _ in came)], [*(other for other, _ in went), REQUEST]
    return _drawn(steps, [slug], left, right)


def _commonest(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    ordered = sorted(((other, n) for other, n in counts.items() if other != OUTSIDE), key=lambda one: (-one[1], one[0]))
    rest = sum(count for _, count in ordered[most:])
    return [*ordered[:most], *([(OTHERS, rest)] if rest else [])]


def _drawn(
    steps: Iterable[tuple[str, str, str, int]], middle: Sequence[str], left: Sequence[str], right: Sequence[str]
) -> Flow:
    found = [one for one in steps if one[3] > 0]
    sums: Counter[tuple[int, str]] = Counter()
    for way, source, target, count in found:
        # What flows through the middle is counted as it comes in.
        sums.update({(0, source): count, (1, target): count} if way == "in" else {(2, target): count})
    wanted = [(column, key) for column, keys in enumerate((left, middle, right)) for key in keys if sums[column, key]]
    place = {one: number for number, one in enumerate(wanted)}
    links = tuple(
        Link(place[0, source], place[1, target], count)
        if way == "in"
        else Link(place[1, source], place[2, target], count)
        for way, source, target, count in found
    )
    return Flow(tuple(Node(key, column, sums[column, key]) for column, key in wanted), links)
