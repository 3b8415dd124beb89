"""Removal effects of all articles from one solution of the chain, where the definition asks for one an article.

With Q the probabilities of a step from article to article, N = (I - Q)^-1 and r the probability (or the mean value) of a
conversion from each article, c = N r is what a reader at an article will come to. A reader from the start s ever comes to
article i with probability h_i = N_si / N_ii. By the strong Markov property at the first visit, exactly h_i c_i is lost
when i is removed, so the removal effect is h_i c_i / c_s.

A chain made of whole ways has as many visits as were counted: N_si is an article's visits a start, and c_s the conversions
a start. What remains to be solved is c and the diagonal of N.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from gatepost.attribution.markov import solving
from gatepost.attribution.markov.chain import Chain

if TYPE_CHECKING:
    from gatepost.attribution.markov.chain import Places

# Up to so many articles the whole of N is worked out: two seconds on a slow core, and a cube more beyond.
DENSE = 2000


def removal_effects(
    chain: Chain, exact_for: Collection[str] = (), *, by_value: bool = False, dense_up_to: int = DENSE
) -> dict[str, float]:
    """By article, the share of conversions (`by_value`: of their value) lost without it, from 0 to 1.

    Exact for all articles of a chain of at most `dense_up_to`. In a larger one exact for those named in `exact_for`; for
    the others the diagonal of N counts returns after two steps only, which makes their effect too large: by up to 2 % in
    chains like those of a large blog, by more where readers go round among a few articles or one article has a great
    part of all reads. Articles that only lie on ways to nothing have 0.
    """
    import numpy as np

    effects = np.zeros(len(chain.articles))
    reached = _reached(chain)
    gains = (chain.values if by_value else chain.conversions)[reached]
    total = float(gains.sum())
    if total > 0:
        named = set(exact_for)
        wanted = [at for at, place in enumerate(reached) if chain.articles[place] in named]
        steps, visits = _steps(chain, reached), chain.visits[reached]
        if len(reached) <= dense_up_to:
            ahead, returns = solving.dense(steps, gains / visits)
        else:
            ahead, returns = solving.sparse(steps, gains / visits, np.array(wanted, dtype=np.int32))
        effects[reached] = np.clip(visits * ahead / (returns * total), 0.0, 1.0)
    return dict(zip(chain.articles, effects.tolist(), strict=True))


def credit(effects: Mapping[str, float], total: float) -> dict[str, float]:
    """A total of conversions or money, shared out by removal effect; nothing to anybody where there is no effect."""
    whole = math.fsum(effects.values())
    return {article: total * effect / whole if whole else 0.0 for article, effect in effects.items()}


def _reached(chain: Chain) -> Places:
    """The places of articles that a reader can come to, in order. Others (a circle nobody enters) have no solution."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import breadth_first_order

    count = len(chain.articles)
    entries = np.flatnonzero(chain.starts > 0)
    before = np.concatenate([chain.before, np.full(len(entries), count)])
    after = np.concatenate([chain.after, entries])
    graph = coo_array((np.ones(len(before)), (before, after)), shape=(count + 1, count + 1)).tocsr()
    found = breadth_first_order(graph, count, return_predecessors=False)
    return np.sort(found[found < count]).astype(np.int32)


def _steps(chain: Chain, reached: Places) -> solving.Matrix:
    """Q of the reached articles."""
    import numpy as np
    from scipy.sparse import coo_array

    place = np.full(len(chain.articles), -1, dtype=np.int32)
    place[reached] = np.arange(len(reached), dtype=np.int32)
    # Whatever a reached article leads to is reached, too.
    kept = place[chain.before] >= 0
    before, after = chain.before[kept], chain.after[kept]
    odds = chain.counts[kept] / chain.visits[before]
    return coo_array((odds, (place[before], place[after])), shape=(len(reached), len(reached))).tocsr()
