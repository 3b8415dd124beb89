"""Credit: what each article gets of each lead, and of the money a lead is worth. Nothing is lost in rounding."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from gatepost.attribution import Shares
from gatepost.journey import MOST_TOUCHES
from gatepost.report.facts import Request


def by_article(lead: Request, model: Shares) -> dict[str, float]:
    """One lead's credit by article, in the order they were first read; sums to one, or is empty."""
    parts: dict[str, list[float]] = defaultdict(list)
    for touch, share in zip(lead.touches, model(lead.touches, lead.confirmed_at or lead.requested_at), strict=True):
        parts[touch.article].append(share)
    return {article: math.fsum(found) for article, found in parts.items()}


def split(amount: int, shares: Sequence[float]) -> list[int]:
    """Whole minor units by share, the left-over ones to the largest remainders: the sum is `amount` to the cent."""
    # Most leads want the same offer after as many touches: exact fractions need not be worked out for each.
    return list(_remembered(amount, tuple(shares)) if len(shares) <= MOST_TOUCHES else _split(amount, shares))


def _split(amount: int, shares: Sequence[float]) -> tuple[int, ...]:
    total = sum((Fraction(share) for share in shares), Fraction())
    if not total:
        return (0,) * len(shares)
    exact = [amount * Fraction(share) / total for share in shares]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_remainder[: amount - sum(whole)]:
        whole[place] += 1
    return tuple(whole)


_remembered = lru_cache(maxsize=4096)(_split)
