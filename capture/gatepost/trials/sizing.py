"""How long a test takes, before it starts: readers and days until a difference of a given size shows.

How the confirmed leads of two variants fall depends on the ratio of their rates and on nothing else, so the number of leads
that is needed is worked out once and exactly, by following every path that the bet of `evidence` can take; a rate turns
leads into readers, and readers a day turn them into days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from gatepost.trials.evidence import ALPHA, log_e

# Differences that are shown: a quarter more, half as much again, twice as much.
LIFTS = (0.25, 0.5, 1.0)
# A test that needs more leads than that is none: nobody waits for it.
MOST_LEADS = 50_000
_EVEN = (0.5, 0.5)


@dataclass(frozen=True)
class Size:
    """What it takes, as likely as not (`likely` half), to see that a variant brings `lift` more than the offer as it stands.

    `leads` are those of the two; `readers` are those of all variants, None where the rate is not known, and so are `days`.
    """

    lift: float
    leads: int
    readers: int | None = None
    days: int | None = None


def size(lift: float, variants: int, rate: float | None, readers_a_day: float | None = None) -> Size:
    """The size of a test with so many variants (the offer as it stands is one), at the rate that this has at present.

    It assumes that rate and readers stay as they are, and that each variant is seen by as many.
    """
    leads = leads_needed(lift, variants - 1)
    if not rate:
        return Size(lift, leads)
    # Half of the readers of the two see the better one.
    higher = min(rate * (1 + lift), 1.0)
    readers = math.ceil(leads / (rate + higher)) * variants
    return Size(lift, leads, readers, math.ceil(readers / readers_a_day) if readers_a_day else None)


@lru_cache(maxsize=256)
def leads_needed(lift: float, comparisons: int = 1, likely: float = 0.5) -> int:
    """After how many confirmed leads of two variants the better one is known, with a probability of `likely`.

    Exact: the chances of all numbers of leads that the better one can have, step by step, those that reach the bound taken
    out. MOST_LEADS where that is not enough. `lift` above 0; looked at after every lead.
    """
    import numpy as np

    share = (1 + lift) / (2 + lift)
    chances, fewest = np.ones(1), 0  # of having `fewest`, `fewest` + 1, ... leads
    known, bound = 0.0, 0
    for leads in range(1, MOST_LEADS + 1):
        grown = np.append(chances * (1 - share), 0.0)
        grown[1:] += chances * share
        bound = crossing(leads, comparisons, bound)
        inside = grown[: max(bound - fewest, 0)]
        known += float(grown[len(inside) :].sum())
        if known >= likely:
            return leads
        # Who has reached the bound on the wrong side has decided, and wrongly.
        wrong = max(leads - bound + 1 - fewest, 0)
        chances, fewest = inside[wrong:], fewest + wrong
    return MOST_LEADS


def crossing(leads: int, comparisons: int = 1, at_least: int = 0) -> int:
    """How many of the leads of two variants one must have for the bet to be won; more than `leads` where none is enough.

    `at_least` is where to begin looking: the answer for fewer leads.
    """
    bound = math.log(comparisons / ALPHA)
    count = max(at_least, (leads + 1) // 2)
    while count <= leads and log_e((leads - count, count), _EVEN) < bound:
        count += 1
    return count
