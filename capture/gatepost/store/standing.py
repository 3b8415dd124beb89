"""Who stands on which rung of the ladder, and what offers brought, from the sums that every lead adds to."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from gatepost.ladder import BEACON_OF, COMMITMENTS
from gatepost.report.climbing import ARTICLE, CAME, CLIENT, CONFIRMED, DOWNLOADED, OFFER, PROVEN, REQUESTED, UNPROVEN
from gatepost.report.climbing import SITE as WHOLE_SITE
from gatepost.report.ladder import SITE, OfferCount, Standing, Stood
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import counted, people

_OFFERS = {"requested": REQUESTED, "confirmed": CONFIRMED, "downloaded": DOWNLOADED, "came": CAME, "clients": CLIENT}


def standing(tx: Connection, span: Span = ALL_TIME) -> Standing:
    """Everything the ladder is made of. Leads count where they did something for the first time."""
    site = people.counted(tx, span, WHOLE_SITE).get("", {})
    by_article = people.counted(tx, span, ARTICLE)
    return Standing(
        stood={name: rungs for name, found in {SITE: site, **by_article}.items() if (rungs := _climbed(found))},
        beacons_of_articles=_beacons(tx, span),
        beacons=counted.rungs_of_offers(tx, span),
        offers={name: _offer(rungs) for name, rungs in people.counted(tx, span, OFFER).items()},
        kinds=people.kinds(tx),
        proven=_pair(site, PROVEN),
        others=_pair(site, UNPROVEN),
    )


def _climbed(rungs: Mapping[str, Stood]) -> dict[str, Stood]:
    return {key: found for key, found in rungs.items() if key in COMMITMENTS}


def _offer(rungs: Mapping[str, Stood]) -> OfferCount:
    return OfferCount(**{name: rungs[rung].leads for name, rung in _OFFERS.items() if rung in rungs})


def _pair(site: Mapping[str, Stood], rung: str) -> tuple[int, int]:
    found = site.get(rung, Stood())
    return found.leads, found.went_on


def _beacons(tx: Connection, span: Span) -> dict[str, dict[str, int]]:
    wanted = set(BEACON_OF.values())
    by_article = counted.rungs(tx, span)
    return {
        article: {rung: one.count for rung, one in rungs.items() if rung in wanted}
        for article, rungs in by_article.items()
    }
