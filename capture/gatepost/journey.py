"""The journey: the ordered touches of one lead, as the reader's own browser remembered them, frozen at signup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
class Proof:
    """What the receipt of one entry proves: when it was read (by our clock) and through which channel.

    `receipt` tells it from all others. Where there is something against it, `suspect` says what, and the rest is empty.
    """

    suspect: str = ""
    receipt: str = ""
    at: datetime | None = None
    channel: str = ""


# Looks at one entry. None means that it brings no receipt and needs none.
Prove = Callable[[Mapping[str, object]], Proof | None]


@dataclass(frozen=True)
class Frozen:
    """A journey as stored, oldest touch first, and why other entries were dropped (reason: how many).

    `receipts` are as many as the touches; "" for a touch that brought no good one. `arrived` is the channel by which the
    reader came to the page of the form, where that is no article: by the code at an event's door, for one.
    """

    touches: tuple[Touch, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    receipts: tuple[str, ...] = ()
    arrived: str = "direct"

    def suspecting(self, reused: Collection[str]) -> tuple[Touch, ...]:
        """The touches, those with a receipt that is another lead's already marked as suspect."""
        return tuple(
            replace(touch, suspect="receipt-reused") if receipt and receipt in reused else touch
            for touch, receipt in zip(self.touches, self.receipts, strict=True)
        )


def freeze(
    raw: object,
    now: datetime,
    published: Callable[[str], bool],
    classify: Classify,
    prove: Prove = lambda _: None,
) -> Frozen:
    """Turn what a browser sent into touches; whatever cannot be true is dropped and counted.

    `raw` is a list of mappings with `t` (unix seconds or milliseconds) and `article`; `classify` names the channel of one
    entry, `prove` reads its receipt. An entry that is suspect is kept and marked, not dropped. One whose article is empty
    is no touch: it says how the reader came to the form's own page.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
        return Frozen()
    dropped: Counter[str] = Counter()
    found: list[tuple[Touch, str]] = []
    arrived = "direct"
    for entry in raw[-MOST_TOUCHES * 4 :]:
        if isinstance(entry, Mapping) and entry.get("article") == "":
            arrived = classify(entry)
            continue
        proof = prove(entry) if isinstance(entry, Mapping) else None
        touch, reason = _read_entry(entry, now, published, classify, proof)
        receipt = proof.receipt if proof else ""
        if receipt and any(receipt == other for _, other in found):
            # Of the same minute as itself, it could come back after each other read of that minute.
            touch, reason = None, "receipt-repeated"
        if touch:
            found.append((touch, receipt))
        else:
            dropped[reason] += 1
    merged = _merge(sorted(found, key=lambda one: one[0].at))[-MOST_TOUCHES:]
    dropped.update(touch.suspect for touch, _ in merged if touch.suspect)
    touches, receipts = tuple(touch for touch, _ in merged), tuple(receipt for _, receipt in merged)
    return Frozen(touches, dict(dropped), receipts, arrived)


def came_through(touches: Sequence[Touch], arrived: str = "direct") -> str:
    """The channel of a journey: the last that is believed and known. As analytics do: "direct" never hides a source."""
    if arrived != "direct":
        return arrived
    believed = (touch.channel for touch in reversed(touches) if not touch.suspect)
    return next((channel for channel in believed if channel != "direct"), "direct")


def ending_at(touches: Sequence[Touch], article: str, at: datetime, channel: str) -> tuple[Touch, ...]:
    """The journey with the page of the signup itself: that much was seen, script or no script."""
    if not article or any(touch.article == article and not touch.suspect for touch in touches):
        return tuple(touches)
    return (*touches, Touch(at, article, channel, "signup"))[-MOST_TOUCHES:]


def _read_entry(
    entry: object, now: datetime, published: Callable[[str], bool], classify: Classify, proof: Proof | None
) -> tuple[Touch | None, str]:
    if not isinstance(entry, Mapping):
        return None, "journey-unreadable"
    # The reader's clock may be years out; a receipt has the time of ours.
    at = proof.at if proof and proof.at else _read_time(entry.get("t"))
    article = entry.get("article")
    if at is None or not isinstance(article, str):
        return None, "journey-unreadable"
    if at > now + CLOCK_SKEW:
        return None, "journey-future"
    if at < now - LOOKBACK:
        return None, "journey-too-old"
    if not published(article):
        return None, "journey-unknown-article"
    channel = proof.channel if proof and proof.channel else classify(entry)
    return Touch(min(at, now), article, channel, "read", proof.suspect if proof else ""), ""


def _read_time(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Date.now() gives milliseconds; anything past the year 5138 in seconds was meant so.
    seconds = value / 1000 if value > 1e11 else value
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _merge(found: Sequence[tuple[Touch, str]]) -> list[tuple[Touch, str]]:
    """One touch a visit. One that is believed and one that is suspect are never the same visit: neither hides the other."""
    merged: list[tuple[Touch, str]] = []
    before: dict[bool, Touch] = {}
    for touch, receipt in found:
        last = before.get(bool(touch.suspect))
        if last and last.article == touch.article and touch.at - last.at <= MERGE_WITHIN:
            continue
        before[bool(touch.suspect)] = touch
        merged.append((touch, receipt))
    return merged
