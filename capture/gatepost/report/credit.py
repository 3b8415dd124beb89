"""Credit: what each article gets of each lead, and of the money a lead is worth. Nothing is lost in rounding."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from gatepost.attribution import Shares
from gatepost.offers import Money
from gatepost.report.facts import Request


@dataclass(frozen=True)
class Credit:
    """Leads (a sum of shares) and money, one amount a currency."""

    leads: float = 0.0
    value: tuple[Money, ...] = ()


@dataclass(frozen=True)
class Shared:
    """All credit by article; `unplaced` is that of leads of whom no article is known."""

    by_article: Mapping[str, Credit] = field(default_factory=dict)
    unplaced: Credit = field(default_factory=Credit)


def share_out(conversions: Iterable[Request], model: Shares) -> Shared:
    """Give each lead's credit and value to the articles of its journey. The order of the leads changes nothing."""
    parts: dict[str, list[float]] = defaultdict(list)
    money: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lead in conversions:
        placed = by_article(lead, model) or {"": 1.0}
        amounts = split(lead.value.amount, tuple(placed.values())) if lead.value else [0] * len(placed)
        for (article, share), amount in zip(placed.items(), amounts, strict=True):
            parts[article].append(share)
            if lead.value:
                money[article][lead.value.currency] += amount
    credits = {article: Credit(math.fsum(found), _sorted(money[article])) for article, found in parts.items()}
    unplaced = credits.pop("", Credit())
    return Shared(credits, unplaced)


def by_article(lead: Request, model: Shares) -> dict[str, float]:
    """One lead's credit by article, in the order they were first read; sums to one, or is empty."""
    parts: dict[str, list[float]] = defaultdict(list)
    for touch, share in zip(lead.touches, model(lead.touches, lead.confirmed_at or lead.requested_at), strict=True):
        parts[touch.article].append(share)
    return {article: math.fsum(found) for article, found in parts.items()}


def split(amount: int, shares: Sequence[float]) -> list[int]:
    """Whole minor units by share, the left-over ones to the largest remainders: the sum is `amount` to the cent."""
    return list(_split(amount, tuple(shares)))


# Most leads want the same offer after as many touches: exact fractions need not be worked out for each.
@lru_cache(maxsize=4096)
def _split(amount: int, shares: tuple[float, ...]) -> tuple[int, ...]:
    total = sum((Fraction(share) for share in shares), Fraction())
    if not total:
        return (0,) * len(shares)
    exact = [amount * Fraction(share) / total for share in shares]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_remainder[: amount - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


def total(values: Iterable[Sequence[Money]]) -> tuple[Money, ...]:
    """Amounts added up by currency."""
    money: dict[str, int] = defaultdict(int)
    for amounts in values:
        for amount in amounts:
            money[amount.currency] += amount.amount
    return _sorted(money)


def _sorted(money: Mapping[str, int]) -> tuple[Money, ...]:
    return tuple(Money(amount, currency) for currency, amount in sorted(money.items()) if amount)
