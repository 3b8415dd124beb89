"""The ladder of micro-conversions: who stands on which rung, how many went on from there, and what each offer brought.

A lead stands on a rung once it has confirmed a request for an offer of that kind. It went on when it later stood on a
higher one. Rungs below, which browsers count, are events without an id, so nobody is known to have gone on from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from gatepost.ladder import BEACON_OF, COMMITMENTS, Commitment
from gatepost.offers import KINDS
from gatepost.report.rates import Interval, wilson
from gatepost.report.span import Span

PROOF_NOTE = (
    "Leads who took a case study become clients more or less often for other reasons, too: who is close to buying looks "
    "for proof. The two shares are no effect."
)
NOTE = (
    "A lead stands on a rung once it confirmed a request for an offer of that kind, and went on when it later stood on a "
    "higher one, on any article; shares are of those who stand there, with Wilson's 90 % interval."
)


class Stood(NamedTuple):
    """Distinct leads on a rung, and those of them who stood on a higher one later."""

    leads: int = 0
    went_on: int = 0


@dataclass(frozen=True)
class OfferCount:
    """Distinct leads of one offer: asked, confirmed, opened a file, came, and became clients after it."""

    requested: int = 0
    confirmed: int = 0
    downloaded: int = 0
    came: int = 0
    clients: int = 0


@dataclass(frozen=True)
class Standing:
    """What the store knows. `stood` is by article ("*" is the whole site, each lead once) and commitment.

    `clicks` are LinkedIn clicks and `reads` reads, by article; `beacons` are by offer and rung. `proven` are leads that
    took a case study, and the clients among them after it; `others` are all other leads, and clients.
    """

    stood: Mapping[str, Mapping[str, Stood]] = field(default_factory=dict)
    beacons_of_articles: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    beacons_of_site: Mapping[str, int] = field(default_factory=dict)
    beacons: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    offers: Mapping[str, OfferCount] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    proven: tuple[int, int] = (0, 0)
    others: tuple[int, int] = (0, 0)


SITE = "*"


@dataclass(frozen=True)
class LadderRung:
    """One rung. `count` is events where `counted_by` is "browser", else distinct leads; `on` is the share that went on."""

    key: str
    label: str
    counted_by: str
    count: int
    went_on: int | None
    on: Interval | None
    is_apart: bool = False


@dataclass(frozen=True)
class OfferRow:
    """One offer. `rate` is confirmed of seen, a floor of the true share; `closing` clients of confirmed leads."""

    slug: str
    title: str
    kind: str
    label: str
    is_published: bool
    seen: int
    started: int
    clicks: int
    counted: OfferCount
    rate: Interval | None
    closing: Interval | None


@dataclass(frozen=True)
class Proof:
    """Clients of leads that took a case study before, and of all other leads, each with its interval."""

    with_proof: Interval | None
    without: Interval | None
    proven: tuple[int, int]
    others: tuple[int, int]


@dataclass(frozen=True)
class Ladder:
    """The rungs of the whole site, those of each article on which anybody stands, and the offers by kind."""

    made_at: datetime
    since: date | None
    rungs: tuple[LadderRung, ...]
    articles: Mapping[str, tuple[LadderRung, ...]]
    titles: Mapping[str, str]
    offers: tuple[OfferRow, ...]
    proof: Proof


class Offered(NamedTuple):
    """An offer of the catalogue, as a report names it."""

    slug: str
    title: str
    kind: str


def compose(
    standing: Standing,
    offers: Iterable[Offered],
    titles: Mapping[str, str],
    *,
    span: Span,
    now: datetime,
) -> Ladder:
    """The ladder of what the store knows. `titles` are the articles'."""
    slugs = sorted({*standing.stood, *standing.beacons_of_articles} - {SITE, ""})
    by_article = {slug: _rungs(standing, slug) for slug in slugs}
    with_proof, without = (wilson(clients, leads) for leads, clients in (standing.proven, standing.others))
    return Ladder(
        made_at=now,
        since=span.first,
        rungs=_rungs(standing, SITE),
        articles={slug: rungs for slug, rungs in by_article.items() if any(r.count for r in rungs if r.key != "read")},
        titles=dict(titles),
        offers=_offers(standing, {one.slug: one for one in offers}),
        proof=Proof(with_proof, without, standing.proven, standing.others),
    )


def as_dict(ladder: Ladder) -> dict[str, Any]:
    """Ready for json.dumps: `{since, rungs, articles: {slug: rungs}, offers, proof, notes}`; shares are of one."""
    return {
        "since": ladder.since.isoformat() if ladder.since else None,
        "rungs": [_plain_rung(rung) for rung in ladder.rungs],
        "articles": {slug: [_plain_rung(rung) for rung in rungs] for slug, rungs in ladder.articles.items()},
        "offers": [_plain_offer(row) for row in ladder.offers],
        "proof": {
            "with_case_study": _plain_share(*ladder.proof.proven, ladder.proof.with_proof),
            "without": _plain_share(*ladder.proof.others, ladder.proof.without),
        },
        "notes": [NOTE, PROOF_NOTE],
    }


def _rungs(standing: Standing, slug: str) -> tuple[LadderRung, ...]:
    return tuple(_rung(one, standing, slug) for one in COMMITMENTS.values())


def _rung(one: Commitment, standing: Standing, slug: str) -> LadderRung:
    if one.counted_by == "browser":
        by_rung = standing.beacons_of_site if slug == SITE else standing.beacons_of_articles.get(slug, {})
        events = by_rung.get(BEACON_OF[one.key], 0)
        return LadderRung(one.key, one.label, one.counted_by, events, None, None)
    stood = standing.stood.get(slug, {}).get(one.key, Stood())
    is_last = one.key == "client"
    on = None if is_last else wilson(stood.went_on, stood.leads)
    went_on = None if is_last else stood.went_on
    return LadderRung(one.key, one.label, one.counted_by, stood.leads, went_on, on, one.is_apart)


def _offers(standing: Standing, published: Mapping[str, Offered]) -> tuple[OfferRow, ...]:
    slugs = {*published, *standing.offers, *standing.beacons}
    rows = [_offer(slug, published.get(slug), standing) for slug in slugs if slug]
    order = list(KINDS)
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                order.index(row.kind) if row.kind in order else len(order), -row.counted.confirmed, -row.seen, row.slug,
            ),
        )
    )  # fmt: skip


def _offer(slug: str, offer: Offered | None, standing: Standing) -> OfferRow:
    counted, beacons = standing.offers.get(slug, OfferCount()), standing.beacons.get(slug, {})
    kind = offer.kind if offer else standing.kinds.get(slug, "")
    seen = beacons.get("offer-seen", 0) + beacons.get("linkedin-seen", 0)
    clicks = beacons.get("offer-click", 0) + beacons.get("linkedin-click", 0)
    reached = clicks if kind == "linkedin" else counted.confirmed
    return OfferRow(
        slug=slug,
        title=offer.title if offer else slug,
        kind=kind,
        label=KINDS[kind].label if kind in KINDS else "",
        is_published=offer is not None,
        seen=seen,
        started=beacons.get("form-start", 0),
        clicks=clicks,
        counted=counted,
        # Readers without script are not counted as having seen it.
        rate=wilson(reached, seen) if reached <= seen else None,
        closing=wilson(counted.clients, counted.confirmed),
    )


def _plain_rung(rung: LadderRung) -> dict[str, Any]:
    plain = {
        "rung": rung.key, "label": rung.label, "counted_by": rung.counted_by, "count": rung.count,
        "went_on": rung.went_on, "is_apart": rung.is_apart,
    }  # fmt: skip
    return {**plain, "share": vars(rung.on) if rung.on else None}


def _plain_offer(row: OfferRow) -> dict[str, Any]:
    counts = {"seen": row.seen, "clicks": row.clicks, "started": row.started, **vars(row.counted)}
    shares = {"rate": row.rate, "closing": row.closing}
    named = {"slug": row.slug, "title": row.title, "kind": row.kind, "is_published": row.is_published}
    return {**named, **counts, **{name: vars(share) if share else None for name, share in shares.items()}}


def _plain_share(leads: int, clients: int, share: Interval | None) -> dict[str, Any]:
    return {"leads": leads, "clients": clients, "share": vars(share) if share else None}
