"""The ladder and the offers as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gatepost.actions.printing import Column, fitted
from gatepost.report import Interval
from gatepost.report.ladder import NOTE, PROOF_NOTE, Ladder, LadderRung, OfferRow
from gatepost.report.words import between, percent

if TYPE_CHECKING:
    from rich.table import Table


def ladder_table(ladder: Ladder, *, article: str = "", width: int | None = None) -> Table:
    """The rungs of the whole site, or of one article."""
    rungs = ladder.articles.get(article, ()) if article else ladder.rungs
    return fitted("The ladder", "Rung", _RUNG, {_named(rung): rung for rung in rungs}, NOTE, width)


def offers_table(ladder: Ladder, *, width: int | None = None) -> Table:
    """What each offer brought, kind by kind; case studies apart from the rest in the caption."""
    rows = {row.title if row.is_published else f"{row.slug} (gone)": row for row in ladder.offers}
    return fitted("Offers", "Offer", _OFFER, rows, " ".join(proof(ladder)), width)


def proof(ladder: Ladder) -> Sequence[str]:
    """What leads with a case study did, beside all others; nothing where no one took one."""
    found = ladder.proof
    if not found.with_proof or not found.without:
        return ()
    with_it, without = found.proven, found.others
    return (
        f"Case studies, measured apart: {with_it[1]} of {with_it[0]} leads who took one became clients "
        f"({_share(found.with_proof)}), {without[1]} of {without[0]} of the others ({_share(found.without)}).",
        PROOF_NOTE,
    )


def _named(rung: LadderRung) -> str:
    return f"{rung.label} (apart)" if rung.is_apart else rung.label


def _share(interval: Interval | None) -> str:
    return f"{percent(interval.mean)}, {between(interval)}" if interval else "-"


def _on(rung: LadderRung) -> str:
    return "-" if rung.went_on is None else str(rung.went_on)


_RUNG: tuple[Column[LadderRung], ...] = (
    Column("Count", lambda rung: f"{rung.count:,}"),
    Column("Counted as", lambda rung: "events" if rung.counted_by == "browser" else "people", 2),
    Column("Went on", _on),
    Column("Share, 90 % interval", lambda rung: _share(rung.on), 1),
)
_OFFER: tuple[Column[OfferRow], ...] = (
    Column("Kind", lambda row: row.label or "-", 2),
    Column("Seen", lambda row: str(row.seen)),
    Column("Clicked", lambda row: str(row.clicks) if row.clicks else "-", 5),
    Column("Began", lambda row: str(row.started) if row.started else "-", 6),
    Column("Asked", lambda row: str(row.counted.requested) if row.counted.requested else "-", 4),
    Column("Confirmed", lambda row: str(row.counted.confirmed) if row.counted.confirmed else "-"),
    Column("Opened", lambda row: str(row.counted.downloaded) if row.counted.downloaded else "-", 7),
    Column("Came", lambda row: str(row.counted.came) if row.counted.came else "-", 8),
    Column("Rate, 90 % interval", lambda row: _share(row.rate), 1),
    Column("Clients", lambda row: str(row.counted.clients) if row.counted.clients else "-", 3),
)
