"""What the browsers of a generated history counted: touches, pairs and depths by day, and their sums by month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.history import CHANNEL_SHARES, CHANNELS, OFFERS, Blog, Numbers, insert

# In the order of their names, as the key of the table has them.
RUNGS = ("consumed", "form-start", "offer-click", "offer-seen", "read", "view")
OF_OFFERS = frozenset({"form-start", "offer-click", "offer-seen"})
READ = RUNGS.index("read")
# Of the readers of an article, how many read another one next, and of how many articles they choose.
GOING_ON, LINKS = 0.35, 8
LINK_SHARES = (0.35, 0.2, 0.15, 0.1, 0.08, 0.06, 0.04, 0.02)
DROPPED = ("automation", "crawler", "empty-agent", "prefetch", "prerender")


@dataclass(frozen=True)
class Sums:
    """Counts by month: [month, article, rung] twice, [month, channel, rung], entries [month, article], links [month, article, link]."""

    count: Numbers
    firsts: Numbers
    channels: Numbers
    entries: Numbers
    links: Numbers


def write(rows: sqlite3.Connection, blog: Blog, dice: np.random.Generator) -> None:
    """Every day of the history, and then the sums."""
    targets = _links(blog, dice)
    months = sorted({day[:7] for day in blog.dates()})
    sums = _empty(len(months), blog.size.articles)
    for number, day in enumerate(blog.dates()):
        month = months.index(day[:7])
        counts, firsts = _touches(blog, number, dice)
        insert(
            rows, "touch_day", ("day", "article", "rung", "offer", "channel", "count", "firsts"),
            _touch_rows(blog, day, counts, firsts),
        )  # fmt: skip
        sums.count[month] += counts.sum(axis=2)
        sums.firsts[month, :, READ] += firsts.sum(axis=1)
        sums.channels[month] += counts.sum(axis=0).T
        entries, links = _pairs(counts[:, READ].sum(axis=1), targets, dice)
        insert(
            rows, "pair_day", ("day", "previous", "article", "count"), _pair_rows(blog, day, entries, links, targets)
        )
        sums.entries[month] += entries
        sums.links[month] += links
        _write_rest(rows, day, int(firsts.sum()), dice)
    _write_sums(rows, blog, months, sums, targets)


def _empty(months: int, articles: int) -> Sums:
    shapes = (
        (months, articles, len(RUNGS)), (months, articles, len(RUNGS)), (months, len(CHANNELS), len(RUNGS)),
        (months, articles), (months, articles, LINKS),
    )  # fmt: skip
    return Sums(*(np.zeros(shape, dtype=np.int64) for shape in shapes))


def _touches(blog: Blog, day: int, dice: np.random.Generator) -> tuple[Numbers, Numbers]:
    """[article, rung, channel], and of the reads those that were first."""
    drawn = blog.attention(day) * (blog.size.reads / blog.size.days)
    expected = drawn[:, None] * np.array(CHANNEL_SHARES)
    read: Numbers = dice.poisson(expected)
    view: Numbers = read + dice.poisson(expected * 0.6)
    seen = dice.binomial(view, 0.3)
    # In the order of RUNGS.
    counts = (
        dice.binomial(read, 0.4),
        dice.binomial(seen, 0.01),
        dice.binomial(seen, 0.03),
        seen,
        read,
        view,
    )
    return np.stack(counts, axis=1), dice.binomial(read, 0.8)


def _touch_rows(blog: Blog, day: str, counts: Numbers, firsts: Numbers) -> Iterator[tuple[object, ...]]:
    slugs = blog.slugs
    order = np.argsort(CHANNELS)
    articles, rungs, channels = np.nonzero(counts[:, :, order])
    channels = order[channels]
    first = np.where(rungs == READ, firsts[articles, channels], 0)
    columns = (articles, rungs, channels, counts[articles, rungs, channels], first)
    for article, rung, channel, count, unique in zip(*(column.tolist() for column in columns), strict=True):
        name = RUNGS[rung]
        offer = OFFERS[article % len(OFFERS)] if name in OF_OFFERS else ""
        yield day, slugs[article], name, offer, CHANNELS[channel], count, unique


def _links(blog: Blog, dice: np.random.Generator) -> Numbers:
    """[article, link]: where readers of each go on to; much read ones are linked to more."""
    articles = blog.size.articles
    assert articles > LINKS
    drawn = np.cumsum(blog.weights / blog.weights.sum())
    found = np.minimum(np.searchsorted(drawn, dice.random((articles, LINKS))), articles - 1)
    # No article goes on to itself, nor twice to the same one.
    for link in range(LINKS):
        while True:
            taken = (found[:, link] == np.arange(articles)) | (found[:, :link] == found[:, link : link + 1]).any(axis=1)
            if not taken.any():
                break
            found[taken, link] = dice.integers(0, articles, int(taken.sum()))
    return found


def _pairs(reads: Numbers, targets: Numbers, dice: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Visits that began with each article, and steps along each link. No more leave an article than came to it."""
    links = dice.multinomial(dice.binomial(reads, GOING_ON), LINK_SHARES)
    # A link to what nobody reads that day (it is not there yet) is not taken.
    links = np.where(reads[targets] > 0, links, 0)
    coming = np.bincount(targets.ravel(), links.ravel(), len(reads)).astype(np.int64)
    return np.maximum(reads - coming, 0), links


def _pair_rows(
    blog: Blog, period: str, entries: Numbers, links: Numbers, targets: Numbers
) -> Iterator[tuple[object, ...]]:
    slugs = blog.slugs
    begun = np.flatnonzero(entries)
    for article, count in zip(begun.tolist(), entries[begun].tolist(), strict=True):
        yield period, "", slugs[article], count
    order = np.argsort(targets, axis=1)
    links, targets = np.take_along_axis(links, order, 1), np.take_along_axis(targets, order, 1)
    before, link = np.nonzero(links)
    columns = (before, targets[before, link], links[before, link])
    for previous, article, count in zip(*(column.tolist() for column in columns), strict=True):
        yield period, slugs[previous], slugs[article], count


def _write_rest(rows: sqlite3.Connection, day: str, firsts: int, dice: np.random.Generator) -> None:
    depths = dice.multinomial(firsts, np.array([2.0**-depth for depth in range(1, 14)]) / (1 - 2.0**-13))
    insert(rows, "depth_day", ("day", "depth", "count"), [(day, at, n) for at, n in enumerate(depths.tolist(), 1)])
    lost = dice.poisson(firsts * 0.1 + 1, len(DROPPED)).tolist()
    insert(rows, "dropped_day", ("day", "reason", "count"), [(day, *one) for one in zip(DROPPED, lost, strict=True)])


def _write_sums(rows: sqlite3.Connection, blog: Blog, months: list[str], sums: Sums, targets: Numbers) -> None:
    slugs = blog.slugs
    # "all" comes after every month, and so do the rows.
    for at, period in enumerate([*months, "all"]):
        count, firsts, channels, entries, links = (
            part[at] if period != "all" else part.sum(axis=0) for part in vars(sums).values()
        )
        articles, rungs = np.nonzero(count)
        columns = (articles, rungs, count[articles, rungs], firsts[articles, rungs])
        touched = zip(*(column.tolist() for column in columns), strict=True)
        insert(
            rows, "touch_sum", ("period", "article", "rung", "count", "firsts"),
            ((period, slugs[article], RUNGS[rung], many, first) for article, rung, many, first in touched),
        )  # fmt: skip
        insert(
            rows, "channel_sum", ("period", "channel", "rung", "count"),
            sorted(
                (period, CHANNELS[channel], RUNGS[rung], int(channels[channel, rung]))
                for channel, rung in zip(*np.nonzero(channels), strict=True)
            ),
        )  # fmt: skip
        insert(
            rows, "pair_sum", ("period", "previous", "article", "count"),
            _pair_rows(blog, period, entries, links, targets),
        )  # fmt: skip
