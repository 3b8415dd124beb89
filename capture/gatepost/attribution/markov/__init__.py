"""Markov: what share of the conversions would be lost if nobody got past an article.

All journeys, also those that led to nothing, are counted as steps of a first-order chain: from the start to an article, from
article to article, and on to a conversion or to nothing. The removal effect of an article is the share of conversions that
the chain loses when whoever comes to it goes on to nothing (Anderl et al. 2016). It tells how many conversions pass through
the article, not what the article causes.
"""

from __future__ import annotations

from gatepost.attribution.markov.chain import Chain, Path, PathCounts, from_counts, from_pairs, from_paths
from gatepost.attribution.markov.effects import DENSE, credit, removal_effects
from gatepost.attribution.model import Model

MODEL = Model(
    "markov",
    "Markov removal effect",
    "Credit goes by the share of conversions that a chain of all journeys, also those that led to nothing, loses when "
    "readers of the article go no further.",
)

__all__ = [
    "DENSE",
    "MODEL",
    "Chain",
    "Path",
    "PathCounts",
    "credit",
    "from_counts",
    "from_pairs",
    "from_paths",
    "removal_effects",
]
