"""Touching: what a beacon says is checked, classified and counted per day. No id, so nobody can be followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from gatepost import channels
from gatepost.actions import trying
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.journey import Proof
from gatepost.ladder import BEACON_RUNGS, depth_bucket
from gatepost.store import Transaction, counters
from gatepost.store.counters import Tally
from gatepost.tokens import ReceiptForged

# What the script itself may report as not worth counting.
SCRIPT_DROPS = frozenset({"prerender", "webdriver"})
# On an offer's own page there is no article; these rungs are about the offer.
_OFFER_RUNGS = frozenset({"offer-seen", "offer-click", "form-start", "linkedin-seen", "linkedin-click"})
_LONGEST = 300
# A read takes this long, by our own clock: from the start that was given out to the touch that brings it back.
DWELL = timedelta(seconds=10)
# A page left open for longer than this begins anew.
START_LIVES = timedelta(hours=24)
# A clock set back while a page was open, and nodes whose clocks differ.
_AHEAD = timedelta(minutes=10)
_READS = ("read", "consumed")


class TouchUnreadable(Exception):
    """A beacon that no script of ours sends."""

    cure = "Send one object as docs/http.md describes it, or {'touches': [...]} with at most 20 of them."


@dataclass(frozen=True)
class Beacon:
    """One touch as sent: texts, a flag and a number, not yet checked against the catalogue."""

    article: str = ""
    rung: str = ""
    previous: str = ""
    first: bool = False
    depth: int = 0
    ref: str = ""
    src: str = ""
    med: str = ""
    cid: str = ""
    offer: str = ""
    variant: str = ""
    start: str = ""
    dropped: str = ""


_KINDS: Mapping[str, type] = {
    "article": str, "rung": str, "previous": str, "first": bool, "depth": int,
    "ref": str, "src": str, "med": str, "cid": str, "offer": str, "variant": str, "start": str, "dropped": str,
}  # fmt: skip


def read(raw: object) -> Beacon:
    """One beacon from what JSON gave. Fields nobody knows are left alone. Raises TouchUnreadable."""
    if not isinstance(raw, dict):
        raise TouchUnreadable("A touch is an object.")
    known: dict[str, Any] = {}
    for name, kind in _KINDS.items():
        value: Any = raw.get(name)
        if value is None:
            continue
        # Exactly this type: True is an int to Python, and not a depth to us.
        if type(value) is not kind or (isinstance(value, str) and len(value) > _LONGEST):
            raise TouchUnreadable(f"The field {name} is not what it should be.")
        known[name] = value
    beacon = Beacon(**known)
    if not beacon.rung and beacon.dropped not in SCRIPT_DROPS:
        raise TouchUnreadable("A touch names its rung.")
    return beacon


@dataclass(frozen=True)
class Dwelt:
    """How a read stands by our own clock: why it is not believed, or "" and, if it brought a start, that start's hash."""

    reason: str = ""
    start: str = ""


def dwelt(engine: Engine, beacon: Beacon, now: datetime) -> Dwelt:
    """Did ten seconds pass since the page was opened? Touches that are no read need not."""
    if beacon.rung not in _READS or beacon.dropped:
        return Dwelt()
    if not beacon.start:
        return Dwelt("start-missing" if engine.settings.receipts == "demand" else "")
    try:
        started = engine.receipts.started(beacon.article, beacon.start)
    except ReceiptForged:
        return Dwelt("start-forged")
    if not -_AHEAD <= now - started.at <= START_LIVES:
        return Dwelt("start-old")
    return Dwelt("too-fast" if now - started.at < DWELL else "", started.hash)


def start(engine: Engine, beacons: Sequence[Beacon], now: datetime) -> str:
    """The start of the article that was opened, "" where none of these touches opens one that is published."""
    opened = next((b.article for b in beacons if b.rung == "view" and b.article in engine.catalogue.articles), "")
    return engine.receipts.start(opened, now, engine.nonce()) if opened else ""


def receipt(engine: Engine, beacon: Beacon, now: datetime) -> str:
    """What proves a counted read when the reader signs up."""
    own, listed = own_hosts(engine), engine.catalogue.listed_hosts
    channel = channel_of(beacon.ref, beacon.src, beacon.med, beacon.cid, own, listed)
    return engine.receipts.give(beacon.article, now, channel, engine.nonce())


def journey_proof(engine: Engine) -> Callable[[Mapping[str, object]], Proof | None]:
    """How the receipt of a journey's entry is read."""

    def prove(entry: Mapping[str, object]) -> Proof | None:
        token = entry.get("r")
        if not token:
            return Proof("receipt-missing") if engine.settings.receipts == "demand" else None
        try:
            given = engine.receipts.read(_text(entry.get("article")), _text(token))
        except ReceiptForged:
            return Proof("receipt-forged")
        return Proof("", given.hash, given.at, given.channel)

    return prove


def unfit(known: Catalogue, beacon: Beacon) -> str:
    """Why a beacon cannot be counted whatever its time, or ""."""
    if beacon.dropped:
        return beacon.dropped
    if beacon.rung == trying.SEEN:
        return trying.unfit(known, beacon.offer, beacon.article, beacon.variant)
    if beacon.rung not in BEACON_RUNGS:
        return "unknown-rung"
    if beacon.offer and beacon.offer not in known.offers:
        return "unknown-offer"
    on_offer_page = not beacon.article and beacon.offer and beacon.rung in _OFFER_RUNGS
    return "" if on_offer_page or beacon.article in known.articles else "unknown-article"


def count(tally: Tally, known: Catalogue, day: date, beacon: Beacon, own_hosts: frozenset[str]) -> None:
    """Add one beacon that is fit to a tally."""
    if beacon.rung == trying.SEEN:
        tally.variants[trying.seen(day, beacon.offer, beacon.variant)] += 1
        return
    channel = channel_of(beacon.ref, beacon.src, beacon.med, beacon.cid, own_hosts, known.listed_hosts)
    key = (day, beacon.article, beacon.rung, beacon.offer, channel)
    tally.touches[key] += 1
    if beacon.rung == "read":
        _count_read(tally, known, key, beacon)


def drop(tx: Transaction, now: datetime, reasons: Mapping[str, int]) -> None:
    """Count things refused outside a beacon, in the transaction that refused them."""
    if reasons:
        tally = Tally()
        tally.drop(now.date(), reasons)
        counters.add(tx, tally)


def write(engine: Engine, tally: Tally) -> None:
    """Add a tally onto the stored days. Raises DatabaseUnreachable; then nothing was added."""
    with engine.database.writing() as tx:
        counters.add(tx, tally)


def own_hosts(engine: Engine) -> frozenset[str]:
    """The hosts whose referrers say nothing: the site's and the capture service's."""
    return _hosts(engine.settings.site_url, engine.settings.capture_url)


@lru_cache(maxsize=4096)
def channel_of(
    referrer: str,
    source: str,
    medium: str,
    click_id: str,
    own: frozenset[str],
    listed: frozenset[tuple[str, str]] = frozenset(),
) -> str:
    """The channel of a touch; the same few come again and again. `listed` is the owner's list of hosts."""
    return channels.classify(
        referrer=referrer, source=source, medium=medium, click_id=click_id, own_hosts=own, overrides=dict(listed)
    )


def journey_channel(engine: Engine) -> Callable[[Mapping[str, object]], str]:
    """How the channel of a journey's entry is told: as named if we know the name, else by its origin."""
    own, listed = own_hosts(engine), engine.catalogue.listed_hosts

    def classify(entry: Mapping[str, object]) -> str:
        named = entry.get("channel")
        if isinstance(named, str) and named in channels.CHANNELS:
            return named
        ref, src, med, cid = (_text(entry.get(name)) for name in ("ref", "src", "med", "cid"))
        return channel_of(ref, src, med, cid, own, listed)

    return classify


def _count_read(tally: Tally, known: Catalogue, key: counters.TouchKey, beacon: Beacon) -> None:
    day = key[0]
    if beacon.first:
        tally.firsts[key] += 1
        tally.depths[day, depth_bucket(beacon.depth)] += 1
    if beacon.previous == beacon.article:
        return  # The same article again is no step from one to another.
    if not beacon.previous or beacon.previous in known.articles:
        tally.pairs[day, beacon.previous, beacon.article] += 1
    else:
        tally.dropped[day, "unknown-previous"] += 1


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


@lru_cache(maxsize=16)
def _hosts(*urls: str) -> frozenset[str]:
    hosts = {urlsplit(url).hostname or "" for url in urls}
    return frozenset(hosts | {host.removeprefix("www.") for host in hosts})
