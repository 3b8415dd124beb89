"""Who stands on which rung of the ladder, and what offers brought, from the sums that every lead adds to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, desc, func, select

from gatepost.ladder import BEACON_OF, COMMITMENTS
from gatepost.report.climbing import ARTICLE, CAME, CLIENT, CONFIRMED, DOWNLOADED, OFFER, PROVEN, REQUESTED, UNPROVEN
from gatepost.report.climbing import SITE as WHOLE_SITE
from gatepost.report.ladder import SITE, OfferCount, Standing, Stood
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import counted, people, periods
from gatepost.store import tables as t

_BEACONS = frozenset(BEACON_OF.values())
_OFFERS = {"requested": REQUESTED, "confirmed": CONFIRMED, "downloaded": DOWNLOADED, "came": CAME, "clients": CLIENT}


def standing(
    tx: Connection, span: Span = ALL_TIME, *, published: Collection[str] = (), articles: Collection[str] | None = None
) -> Standing:
    """Everything the ladder is made of; of some articles only where these are named.

    Leads count where they did something for the first time. `published` are offers whose kind the catalogue knows.
    """
    site = people.counted(tx, span, WHOLE_SITE).get("", {})
    by_article = people.counted(tx, span, ARTICLE, articles)
    offers, beacons = people.counted(tx, span, OFFER), counted.rungs_of_offers(tx, span)
    return Standing(
        stood={name: rungs for name, found in {SITE: site, **by_article}.items() if (rungs := _climbed(found))},
        beacons_of_articles=_beacons(tx, span, articles),
        beacons_of_site={rung: many for rung, many in counted.site_rungs(tx, span).items() if rung in _BEACONS},
        beacons=beacons,
        offers={name: _offer(rungs) for name, rungs in offers.items()},
        kinds=people.kinds_of(tx, (offers.keys() | beacons.keys()) - set(published)),
        proven=_pair(site, PROVEN),
        others=_pair(site, UNPROVEN),
    )


def articles(tx: Connection, span: Span = ALL_TIME) -> list[str]:
    """Articles on which anybody confirmed anything, those with most leads first."""
    p = t.people_sum.c
    query = select(p.name, func.sum(p.leads).label("leads")).where(
        p.scope == ARTICLE, p.rung == CONFIRMED, p.name != "", periods.within(p.period, span)
    )
    return [name for name, leads in counted.plain(tx, query.group_by(p.name).order_by(desc("leads"), p.name)) if leads]


def _climbed(rungs: Mapping[str, Stood]) -> dict[str, Stood]:
    return {key: found for key, found in rungs.items() if key in COMMITMENTS}


def _offer(rungs: Mapping[str, Stood]) -> OfferCount:
    return OfferCount(**{name: rungs[rung].leads for name, rung in _OFFERS.items() if rung in rungs})


def _pair(site: Mapping[str, Stood], rung: str) -> tuple[int, int]:
    found = site.get(rung, Stood())
    return found.leads, found.went_on


def _beacons(tx: Connection, span: Span, articles: Collection[str] | None) -> dict[str, dict[str, int]]:
    by_article = counted.rungs(tx, span) if articles is None else counted.rungs_of(tx, articles, span)
    return {
        article: {rung: one.count for rung, one in rungs.items() if rung in _BEACONS}
        for article, rungs in by_article.items()
    }
