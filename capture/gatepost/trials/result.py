"""What a test says: each variant against the offer as it stands.

Which split is expected of the leads? The one that was drawn, an equal share of each variant, and not the one that was
counted. Each reader is given a variant by an equal chance and independently, so if the variants bring alike, each new lead
is of each of them with an equal chance, whatever came before: E is then exactly 1 on average at every moment. A split taken
from the counts would be made of the same readers, changes under the bet at every reader, and leaves those out whose browser
kept the beacon back and sent the form. That readers really were split as drawn is a question of its own, which `splitting`
asks; where the answer is no, nothing is concluded.

Of several variants each is held against the offer as it stands, by the leads of the two; the bound is raised to their number
(Bonferroni), so that one false alarm in twenty tests is one in twenty for all variants of a test together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatepost.offers import NOW
from gatepost.trials import chance, splitting
from gatepost.trials.counts import Counts
from gatepost.trials.evidence import ALPHA, log_e, p_value, rate_sequence, ratio, share_sequence
from gatepost.trials.splitting import Split

MORE, FEWER, SAME, EARLY, UNEVEN, NOTHING = "more", "fewer", "same", "early", "uneven", "nothing"
# Where no difference above a quarter is likely any more, waiting on brings nothing.
SMALL = 1.25


@dataclass(frozen=True)
class Looked:
    """One variant: its counts, and its rate (confirmed leads a reader) with a 95 % confidence sequence; None unseen."""

    key: str
    counts: Counts
    rate: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """A variant against the offer as it stands. `ratio` of their rates (1 is alike) with its confidence sequence.

    `p` is always valid and corrected for the number of variants; `chance` that it brings more is for the curious.
    """

    key: str
    counts: Counts
    ratio: float | None
    low: float
    high: float
    p: float
    chance: float
    verdict: str


@dataclass(frozen=True)
class Result:
    """A whole test. `verdict` MORE: a variant is better; FEWER: all are worse; SAME: none differs by much; else no result."""

    looks: tuple[Looked, ...]
    compared: tuple[Compared, ...]
    split: Split
    verdict: str

    @property
    def now(self) -> Looked:
        """The offer as it stands."""
        return self.looks[0]

    @property
    def readers(self) -> int:
        """Readers of all variants."""
        return self.split.readers

    @property
    def best(self) -> Compared:
        """The variant that stands out: of those that bring more the one that brings most, else the highest so far."""
        return max(self.compared, key=lambda one: (one.verdict == MORE, one.ratio or 0.0, one.counts.confirmed))


def result(counts: Mapping[str, Counts], keys: Sequence[str] = ()) -> Result:
    """The result of a trial. `keys` are its variants where they are known; without NOW among them it is added."""
    others = [key for key in (*keys, *(key for key in sorted(counts) if key not in keys)) if key != NOW]
    looks = tuple(_looked(key, counts.get(key, Counts())) for key in (NOW, *others))
    split = splitting.check({one.key: one.counts.seen for one in looks})
    compared = tuple(_compared(looks[0].counts, one, len(others)) for one in looks[1:])
    return Result(looks, compared, split, _verdict(split, looks, compared))


def _looked(key: str, counts: Counts) -> Looked:
    return Looked(key, counts, counts.rate, *rate_sequence(counts.confirmed, counts.seen))


def _compared(now: Counts, look: Looked, tests: int) -> Compared:
    mine = look.counts
    pair = (now.confirmed, mine.confirmed)
    low, high = map(ratio, share_sequence(*pair, alpha=ALPHA / tests))
    p = p_value(log_e(pair, (0.5, 0.5)), tests)
    found = ratio(mine.confirmed / sum(pair)) if any(pair) else None
    higher = chance.higher(mine.confirmed, mine.seen, now.confirmed, now.seen)
    return Compared(look.key, mine, found, low, high, p, higher, _of_pair(found, low, high, p))


def _of_pair(found: float | None, low: float, high: float, p: float) -> str:
    if found is None:
        return EARLY
    if p <= ALPHA:
        return MORE if found > 1 else FEWER
    return SAME if low >= 1 / SMALL and high <= SMALL else EARLY


def _verdict(split: Split, looks: Sequence[Looked], compared: Sequence[Compared]) -> str:
    if not split.is_even:
        return UNEVEN
    if not compared or all(one.counts == Counts() for one in looks):
        return NOTHING
    verdicts = {one.verdict for one in compared}
    if MORE in verdicts:
        return MORE
    if verdicts == {FEWER}:
        return FEWER
    return SAME if verdicts and verdicts <= {FEWER, SAME} else EARLY


def apart(one: Compared) -> float:
    """The greatest difference that is still likely, as a share of the offer as it stands."""
    return max(one.high - 1, 1 - one.low) if math.isfinite(one.high) else math.inf
