"""Learning: what each offer brought under each article, for builds that choose by it and for the owner who asks why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gatepost.actions import granting
from gatepost.catalogue import Catalogue
from gatepost.offers.learning import Evidence
from gatepost.report import placements
from gatepost.report.placements import Placement, Untried
from gatepost.store import Database, offered

PAGE = 50


@dataclass(frozen=True)
class Placed:
    """A page of the offers under articles; `total` counts the rows of all pages, `untried` is by article."""

    rows: tuple[Placement, ...]
    total: int
    untried: Mapping[str, Untried]


def evidence(database: Database) -> Evidence:
    """All that is known. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return offered.evidence(tx)


def placed(
    database: Database,
    built: Catalogue,
    now: datetime,
    *,
    article: str = "",
    offer: str = "",
    find: str = "",
    order: str = "",
    page: int = 1,
    most: int = PAGE,
) -> Placed:
    """What is known of offers under articles, those seen most first, or in an order of `offered.page`.

    Raises DatabaseUnreachable.
    """
    choosable = {one.slug for one in granting.open_offers(built) if not one.terms.is_over(now)}
    with database.reading() as tx:
        wanted = {"article": article, "offer": offer, "find": find, "order": order}
        pairs, total = offered.page(tx, **wanted, most=most, after=(page - 1) * most)
        known = offered.evidence(tx, {slug for slug, _ in pairs})
        everywhere = offered.of_offers(tx)
    rows, untried = placements.place(pairs, known, everywhere, choosable)
    return Placed(tuple(rows), total, untried)
