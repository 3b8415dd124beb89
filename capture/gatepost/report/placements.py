"""What is believed of each offer under each article, and how likely it is the best one there: why learning shows what it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gatepost.offers.learning import Belief, Counts, Evidence, believe
from gatepost.report.rates import LEVEL, Interval

# So many draws a belief: a probability comes out right within three in a hundred.
DRAWS = 1000
FORMAT = 1


@dataclass(frozen=True)
class Placement:
    """An offer under an article. `rate` is confirmed leads per view; `best` None is an offer that cannot be chosen any more."""

    article: str
    offer: str
    counts: Counts
    rate: Interval
    best: float | None


@dataclass(frozen=True)
class Untried:
    """Offers that were never seen under an article: how many can be chosen, and how likely one of them is the best there."""

    offers: int
    best: float


def as_dict(known: Evidence, *, article: str = "", offer: str = "") -> dict[str, Any]:
    """Evidence as plain values, of one article or offer where it is named: what `GET /api/v1/offered` answers."""
    rows = [
        {"article": a, "offer": o, "seen": counts.seen, "requested": counts.requested, "confirmed": counts.confirmed}
        for (a, o), counts in sorted(known.pairs.items())
        if article in ("", a) and offer in ("", o)
    ]
    return {"format": FORMAT, "rows": rows}


def intervals(beliefs: Sequence[Belief]) -> list[Interval]:
    """Means with 90 % intervals, all at once."""
    if not beliefs:
        return []
    import numpy as np
    from scipy.special import betaincinv

    a, b = np.array([(one.a, one.b) for one in beliefs]).T
    tail = (1 - LEVEL) / 2
    means, lows, highs = a / (a + b), betaincinv(a, b, tail), betaincinv(a, b, 1 - tail)
    # Where nearly everything lies at one end, the mean may fall just outside its own quantiles.
    ends = zip(means.tolist(), np.minimum(lows, means).tolist(), np.maximum(highs, means).tolist(), strict=True)
    return [Interval(*one) for one in ends]


def place(
    pairs: Sequence[tuple[str, str]], evidence: Evidence, everywhere: Mapping[str, Counts], choosable: Collection[str]
) -> tuple[list[Placement], dict[str, Untried]]:
    """A placement for each pair, in their order, and what was not tried under each of their articles.

    `evidence` holds every pair of these articles, `everywhere` the counts of each offer on the whole site. Closeness of
    subjects is left out: a build knows it, and it weighs little once there are numbers.
    """
    site = sum(everywhere.values(), Counts())
    beliefs = {pair: believe(c, everywhere.get(pair[1], c), site) for pair, c in evidence.pairs.items()}
    elsewhere = _Elsewhere({offer: believe(Counts(), everywhere.get(offer, Counts()), site) for offer in choosable})
    best: dict[tuple[str, str], float] = {}
    untried: dict[str, Untried] = {}
    under: dict[str, dict[str, Belief]] = {article: {} for article, _ in pairs}
    for (article, offer), belief in beliefs.items():
        if article in under and offer in choosable:
            under[article][offer] = belief
    for article, here in under.items():
        chances, untried[article] = elsewhere.against(article, here)
        best.update({(article, offer): share for offer, share in chances.items()})
    rates = intervals([beliefs[pair] for pair in pairs])
    made = [Placement(*pair, evidence.of(*pair), rate, best.get(pair)) for pair, rate in zip(pairs, rates, strict=True)]
    return made, untried


class _Elsewhere:
    """Draws from what is believed of offers where they were never seen: the same under every article, so made once."""

    def __init__(self, beliefs: Mapping[str, Belief]):
        self._drawn = {offer: _draws("", offer, belief) for offer, belief in sorted(beliefs.items())}

    def against(self, article: str, here: Mapping[str, Belief]) -> tuple[dict[str, float], Untried]:
        """How often each offer seen here drew the highest number, and how often one of all the others did."""
        import numpy as np

        others = [drawn for offer, drawn in self._drawn.items() if offer not in here]
        rows = [*(_draws(article, offer, belief) for offer, belief in here.items()), *others]
        if not rows:
            return {}, Untried(0, 0.0)
        wins = np.bincount(np.argmax(np.array(rows), axis=0), minlength=len(rows)) / DRAWS
        shares = [float(share) for share in wins]
        return dict(zip(here, shares, strict=False)), Untried(len(others), sum(shares[len(here) :]))


def _draws(article: str, offer: str, belief: Belief) -> Any:
    """The same for the same belief, whichever page of a table it stands on."""
    import numpy as np

    seed = int.from_bytes(hashlib.sha256(f"{article}\n{offer}".encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64(seed)).beta(belief.a, belief.b, DRAWS)
