"""The journey: the ordered touches of one lead, as the reader's own browser remembered them, frozen at signup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MOST_TOUCHES = 50
LOOKBACK = timedelta(days=90)
# The same article again within this time is one visit, not two touches.
MERGE_WITHIN = timedelta(minutes=30)
# A phone's clock may run ahead of ours by this much before a touch counts as one from the future.
CLOCK_SKEW = timedelta(minutes=10)

Classify = Callable[[Mapping[str, object]], str]


@dataclass(frozen=True)
class Touch:
    """One contact of a reader with an article, through a channel, at a time (aware UTC).

    `suspect` says why it is not believed and earns no credit; "" where there is nothing against it.
    """

    at: datetime
    article: str
    channel: str = "direct"
    rung: str = "read"
    suspect: str = ""


@dataclass(frozen=True)
class Frozen:
    """A journey as stored, oldest touch first, and why other entries were dropped (reason: how many)."""

    touches: tuple[Touch, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)


def freeze(raw: object, now: datetime, published: Callable[[str], bool], classify: Classify) -> Frozen:
    """Turn what a browser sent into touches; whatever cannot be true is dropped and counted.

    `raw` is a list of mappings with `t` (unix seconds or milliseconds) and `article`; `classify` names the channel of one entry.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
        return Frozen()
    dropped: Counter[str] = Counter()
    touches: list[Touch] = []
    for entry in raw[-MOST_TOUCHES * 4 :]:
        touch, reason = _read_entry(entry, now, published, classify)
        if touch:
            touches.append(touch)
        else:
            dropped[reason] += 1
    merged = _merge(sorted(touches, key=lambda touch: touch.at))
    return Frozen(tuple(merged[-MOST_TOUCHES:]), dict(dropped))


def ending_at(touches: Sequence[Touch], article: str, at: datetime, channel: str) -> tuple[Touch, ...]:
    """The journey with the page of the signup itself: that much was seen, script or no script."""
    if not article or any(touch.article == article for touch in touches):
        return tuple(touches)
    return (*touches, Touch(at, article, channel, "signup"))[-MOST_TOUCHES:]


def _read_entry(
    entry: object, now: datetime, published: Callable[[str], bool], classify: Classify
) -> tuple[Touch | None, str]:
    if not isinstance(entry, Mapping):
        return None, "journey-unreadable"
    at = _read_time(entry.get("t"))
    article = entry.get("article")
    if at is None or not isinstance(article, str):
        return None, "journey-unreadable"
    if at > now + CLOCK_SKEW:
        return None, "journey-future"
    if at < now - LOOKBACK:
        return None, "journey-too-old"
    if not published(article):
        return None, "journey-unknown-article"
    return Touch(min(at, now), article, classify(entry), "read"), ""


def _read_time(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Date.now() gives milliseconds; anything past the year 5138 in seconds was meant so.
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _merge(touches: Sequence[Touch]) -> list[Touch]:
    merged: list[Touch] = []
    for touch in touches:
        before = merged[-1] if merged else None
        if before and before.article == touch.article and touch.at - before.at <= MERGE_WITHIN:
            continue
        merged.append(touch)
    return merged
