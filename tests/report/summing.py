"""Facts counted anew from whole leads, one by one: what the store's running sums must come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from gatepost.attribution import ADDITIVE
from gatepost.report import Amount, Coverage, Credited, CreditSums, Facts, People, Request
from gatepost.report.credit import by_article, split


def credit(conversions: Iterable[Request]) -> CreditSums:
    """What every additive model gives, conversion by conversion; "" has what no article can be given."""
    parts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    money: dict[str, dict[str, dict[str, list[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for lead in conversions:
        for model, shares in ADDITIVE.items():
            placed = {slug: share for slug, share in by_article(lead, shares).items() if share} or {"": 1.0}
            amounts = split(lead.value.amount, list(placed.values())) if lead.value else []
            for slug, share in placed.items():
                parts[model][slug].append(share)
            if lead.value:
                for slug, amount in zip(placed, amounts, strict=True):
                    money[model][slug][lead.value.currency].append(amount)
    return {
        model: {slug: _credited(found, money[model][slug]) for slug, found in given.items()}
        for model, given in parts.items()
    }


def facts(requests: Sequence[Request], **counted: Any) -> Facts:
    """Facts of these confirmed requests, the first of each lead marked; `counted` is whatever else is known."""
    conversions = [request for request in requests if request.converts]
    helped: Counter[str] = Counter()
    for articles in _articles(requests).values():
        helped.update(articles)
    asked: dict[str, set[Any]] = defaultdict(set)
    for request in requests:
        asked[request.article].add(request.lead_id)
    leads = len({request.lead_id for request in requests})
    return Facts(
        asked={slug: People(len(theirs), len(theirs)) for slug, theirs in asked.items()},
        helped=dict(helped),
        people=People(leads, leads),
        credit=credit(conversions),
        coverage=coverage(conversions),
        **counted,
    )


def coverage(conversions: Iterable[Request]) -> Coverage:
    """How much of the journeys is known."""
    found: Counter[str] = Counter()
    for lead in conversions:
        read = [touch for touch in lead.journey if touch.rung != "signup"]
        believed = [touch for touch in read if not touch.suspect]
        found.update(leads=1, touches=len(read), suspect=len(read) - len(believed), without_journey=int(not believed))
        if believed:
            is_long = min(touch.at for touch in believed) < lead.requested_at - timedelta(days=7)
            found["forgetful" if lead.forgetful else "remembering"] += 1
            found["reaching_back"] += int(is_long and not lead.forgetful)
    return Coverage(**found)


def _articles(requests: Iterable[Request]) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for request in requests:
        found[request.lead_id] |= {request.article, *(touch.article for touch in request.touches)} - {""}
    return found


def _credited(shares: Sequence[float], money: dict[str, list[int]]) -> Credited:
    amounts = tuple(
        Amount(currency, sum(parts), float(sum(part * part for part in parts)))
        for currency, parts in sorted(money.items())
    )
    return Credited(sum(shares), sum(share * share for share in shares), amounts)
