"""The leads of a generated history: requests with journeys, what they opened, deals, and the money spent on finding them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from bench.history import CHANNEL_SHARES, CHANNELS, OFFERS, Blog, Numbers, insert
from bench.sizes import LAST_DAY

# So many more ask and never confirm.
UNCONFIRMED = 0.25
AGAIN, WITHOUT_JOURNEY, SUSPECT, FORGETFUL, OPENED = 0.08, 0.15, 0.03, 0.3, 0.8
CLIENTS, REPEATS = 0.03, 0.2
MOST_TOUCHES = 50
DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True)
class Asked:
    """Requests in order of time (microseconds since the history began): of which lead, on which article (-1: none)."""

    lead: Numbers
    at: Numbers
    confirmed_at: Numbers
    article: Numbers
    touches: Numbers


def write(rows: sqlite3.Connection, blog: Blog, dice: np.random.Generator) -> None:
    """Everybody and everything of theirs."""
    asked = _asked(blog, dice)
    began = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC) - timedelta(days=blog.size.days - 1)
    clock = _Clock(began)
    firsts = np.unique(asked.lead, return_index=True)[1]
    lead_ids = clock.ids(asked.at[firsts], dice)
    signup_ids = clock.ids(asked.at, dice)
    _write_leads(rows, clock, asked, firsts, lead_ids)
    _write_signups(rows, clock, asked, lead_ids, signup_ids, blog, dice)
    _write_touches(rows, clock, asked, signup_ids, blog, dice)
    _write_grants(rows, clock, asked, lead_ids, signup_ids, dice)
    _write_deals(rows, clock, asked, lead_ids, blog, dice)
    _write_spend(rows, blog, dice)


@dataclass(frozen=True)
class _Clock:
    began: datetime

    def text(self, moments: Numbers) -> list[str | None]:
        """Times as SQLite stores them; None for a moment below zero."""
        base = np.datetime64(self.began.replace(tzinfo=None), "us")
        found = np.datetime_as_string(base + np.maximum(moments, 0).astype("timedelta64[us]"), unit="us")
        return [
            f"{text[:10]} {text[11:]}" if moment >= 0 else None
            for text, moment in zip(found.tolist(), moments.tolist(), strict=True)
        ]

    def ids(self, moments: Numbers, dice: np.random.Generator) -> list[str]:
        """UUIDv7 as SQLite stores them, in order of time; a number makes each its own."""
        start = int(self.began.timestamp() * 1000)
        noise = dice.integers(0, 1 << 40, len(moments)).tolist()
        return [
            f"{start + moment // 1000:012x}7000{0x8000000000000000 + (number << 40) + some:016x}"
            for number, (moment, some) in enumerate(zip(moments.tolist(), noise, strict=True))
        ]


def _asked(blog: Blog, dice: np.random.Generator) -> Asked:
    confirmed = blog.size.leads
    people = confirmed + int(confirmed * UNCONFIRMED)
    came = np.sort(dice.integers(0, (blog.size.days - 1) * DAY, people))
    confirms = dice.permutation(people) < confirmed
    again = np.flatnonzero(dice.random(people) < AGAIN)
    lead = np.concatenate([np.arange(people), again])
    at = np.concatenate([came, np.minimum(came[again] + 20 * DAY, (blog.size.days - 1) * DAY)])
    order = np.lexsort((lead, at))
    lead, at = lead[order], at[order]
    confirmed_at = np.where(confirms[lead], at + dice.integers(60_000_000, DAY // 2, len(at)), -1)
    # Most journeys are short (3.8 touches on average), one in 25 is long: four and a bit over all.
    few, many = dice.geometric(1 / 3.8, len(at)), dice.integers(10, MOST_TOUCHES + 1, len(at))
    touches = np.where(dice.random(len(at)) < 0.96, few, many)
    touches = np.where(dice.random(len(at)) < WITHOUT_JOURNEY, 0, np.minimum(touches, MOST_TOUCHES))
    article = np.where(dice.random(len(at)) < 0.05, -1, _read(blog, at, dice))
    return Asked(lead, at, confirmed_at, article, touches)


def _read(blog: Blog, moments: Numbers, dice: np.random.Generator) -> Numbers:
    """An article for each moment, as likely as it drew readers on that day. Moments are in order."""
    found = np.empty(len(moments), dtype=np.int64)
    days = moments // DAY
    edges = np.searchsorted(days, np.arange(blog.size.days + 1))
    for day in range(blog.size.days):
        first, end = edges[day], edges[day + 1]
        if end > first:
            drawn = np.cumsum(blog.attention(day))
            found[first:end] = np.minimum(np.searchsorted(drawn, dice.random(end - first)), blog.size.articles - 1)
    return found


def _channels(count: int, dice: np.random.Generator) -> list[str]:
    return [CHANNELS[at] for at in dice.choice(len(CHANNELS), count, p=CHANNEL_SHARES).tolist()]


def _write_leads(rows: sqlite3.Connection, clock: _Clock, asked: Asked, firsts: Numbers, ids: list[str]) -> None:
    created, confirmed = clock.text(asked.at[firsts]), clock.text(asked.confirmed_at[firsts])
    insert(
        rows, "lead",
        ("id", "email", "email_key", "mailbox", "name", "state", "created_at", "confirmed_at", "channel"),
        (
            (ids[at], *[f"reader{at}@example.org"] * 3, "", "confirmed" if confirmed[at] else "pending", created[at], confirmed[at], "")
            for at in range(len(ids))
        ),
    )  # fmt: skip


def _write_signups(
    rows: sqlite3.Connection, clock: _Clock, asked: Asked, lead_ids: list[str], ids: list[str], blog: Blog,
    dice: np.random.Generator,
) -> None:  # fmt: skip
    values = ((4000, "EUR"), (9000, "EUR"), (3300, "CHF"), (None, None))
    which = dice.choice(len(values), len(ids), p=(0.6, 0.2, 0.1, 0.1)).tolist()
    slugs = [*blog.slugs, ""]
    columns = (
        ids, [lead_ids[lead] for lead in asked.lead.tolist()],
        [OFFERS[at % len(OFFERS)] for at in asked.article.tolist()], [slugs[at] for at in asked.article.tolist()],
        _channels(len(ids), dice), [values[at][0] for at in which], [values[at][1] for at in which],
        clock.text(asked.at), clock.text(asked.confirmed_at), (dice.random(len(ids)) < FORGETFUL).astype(int).tolist(),
    )  # fmt: skip
    names = (
        "id", "lead_id", "offer", "article", "channel", "value_amount", "value_currency", "requested_at",
        "confirmed_at", "forgetful",
    )  # fmt: skip
    insert(rows, "signup", (*names, "page", "variant"), ((*row, "", "") for row in zip(*columns, strict=True)))


def _write_touches(
    rows: sqlite3.Connection, clock: _Clock, asked: Asked, ids: list[str], blog: Blog, dice: np.random.Generator
) -> None:
    """Journeys as frozen: oldest first, and most of them end on the page of the signup. Some requests at a time."""
    for start in range(0, len(ids), 50_000):
        of = slice(start, start + 50_000)
        counts = asked.touches[of]
        owner = np.repeat(np.arange(len(counts)), counts)
        age = dice.exponential(8 * DAY, len(owner)).astype(np.int64) % (80 * DAY)
        at = np.maximum(asked.at[of][owner] - age, 0)
        in_time = np.argsort(at)
        article = np.empty(len(at), dtype=np.int64)
        article[in_time] = _read(blog, at[in_time], dice)
        order = np.lexsort((at, owner))
        owner, at, article = owner[order], at[order], article[order]
        place = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        is_last = place == np.repeat(counts, counts) - 1
        here = asked.article[of][owner]
        article = np.where(is_last & (here >= 0) & (dice.random(len(at)) < 0.8), here, article)
        columns = (
            [ids[start + one] for one in owner.tolist()], place.tolist(), clock.text(at),
            _named(blog, article), _channels(len(at), dice), ["read"] * len(at),
            np.where(dice.random(len(at)) < SUSPECT, "receipt-missing", "").tolist(),
        )  # fmt: skip
        names = ("signup_id", "place", "at", "article", "channel", "rung", "suspect")
        insert(rows, "touch", names, zip(*columns, strict=True))


def _named(blog: Blog, articles: Numbers) -> list[str]:
    slugs = blog.slugs
    return [slugs[at] for at in articles.tolist()]


def _write_grants(
    rows: sqlite3.Connection,
    clock: _Clock,
    asked: Asked,
    lead_ids: list[str],
    ids: list[str],
    dice: np.random.Generator,
) -> None:
    confirmed = np.flatnonzero(asked.confirmed_at >= 0)
    at = clock.text(asked.confirmed_at[confirmed])
    grants = [f"{ids[one][:12]}7001{ids[one][16:]}" for one in confirmed.tolist()]
    names = (
        "id", "lead_id", "signup_id", "offer", "file_id", "file_name", "media_type", "file_size", "created_at",
        "expires_at", "uses_allowed", "uses",
    )  # fmt: skip
    plain = ("f" * 64, "List.pdf", "application/pdf", 50_000)
    insert(
        rows, "grant", names,
        (
            (grants[n], lead_ids[asked.lead[one]], ids[one], OFFERS[asked.article[one] % len(OFFERS)], *plain, at[n], at[n], 20, 1)
            for n, one in enumerate(confirmed.tolist())
        ),
    )  # fmt: skip
    opened = np.flatnonzero(dice.random(len(grants)) < OPENED).tolist()
    downloads = ((f"{grants[n][:12]}7002{grants[n][16:]}", grants[n], at[n], "reader") for n in opened)
    insert(rows, "download", ("id", "grant_id", "at", "by"), downloads)


def _write_deals(
    rows: sqlite3.Connection, clock: _Clock, asked: Asked, lead_ids: list[str], blog: Blog, dice: np.random.Generator
) -> None:
    confirmed = np.flatnonzero(asked.confirmed_at >= 0)
    clients = confirmed[dice.random(len(confirmed)) < CLIENTS]
    clients = np.concatenate([clients, clients[dice.random(len(clients)) < REPEATS]])
    days = np.minimum(asked.at[clients] // DAY + dice.integers(5, 200, len(clients)), blog.size.days - 1).tolist()
    amounts = (np.exp(dice.normal(12.5, 0.8, len(clients)))).astype(np.int64).tolist()
    dates, imported = blog.dates(), clock.text(np.zeros(1))[0]
    names = ("id", "key", "lead_id", "amount", "currency", "day", "kind", "note", "imported_at")
    insert(rows, "deal", names, (
        (f"{n:032x}", f"deal-{n}", lead_ids[asked.lead[one]], amounts[n], "CHF" if n % 7 == 0 else "EUR", dates[days[n]], "first", "", imported)
        for n, one in enumerate(clients.tolist())
    ))  # fmt: skip


def _write_spend(rows: sqlite3.Connection, blog: Blog, dice: np.random.Generator) -> None:
    names = ("id", "key", "day", "amount", "currency", "article", "channel", "campaign", "note", "imported_at")
    insert(rows, "spend", names, ((f"{n:032x}", f"spend-{n}", *line) for n, line in enumerate(_lines(blog, dice))))


def _lines(blog: Blog, dice: np.random.Generator) -> Iterator[tuple[object, ...]]:
    dates = blog.dates()
    for day in range(0, blog.size.days, 30):
        for channel in ("paid-search", "email", "outreach"):
            yield _line(dates[day], int(dice.integers(10_000, 200_000)), channel=channel)
    # What it cost to write them: the most read ones.
    for article in np.argsort(-blog.weights)[:500].tolist():
        written = dates[int(blog.published[article])]
        yield _line(written, int(dice.integers(20_000, 90_000)), article=blog.slugs[article])


def _line(day: str, amount: int, *, article: str = "", channel: str = "") -> tuple[object, ...]:
    return day, amount, "EUR", article, channel, "", "", f"{day} 00:00:00.000000"
