"""How many touches come before a lead, and before a client; and at which depth readers ask.

The claim that seven to thirteen touches come before a close is tested on how many they really took. Leads alone cannot
tell whether more touches make a lead: readers who never ask are counted beside them, without anybody being followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatepost.ladder import DEEPEST
from gatepost.report.facts import Coverage
from gatepost.report.rates import FEWEST_LEADS, Interval, wilson
from gatepost.report.spread import Spread, spread
from gatepost.report.words import between, many, percent

# Names of the facts that are counted by day, with how many there were behind them.
TOUCHES_LEAD, ARTICLES_LEAD, TOUCHES_CLIENT = "touches-lead", "articles-lead", "touches-client"
CLAIM = range(7, 14)
_LAST_BAR = 20
HOLDS, FAILS, TOO_EARLY = "holds", "does not hold", "too early"


@dataclass(frozen=True)
class Taken:
    """What was counted: leads by touches and by distinct articles of their journeys, clients by touches up to their first deal,
    and readers who came to their n-th article (first reads from the 13th on are in the last number)."""

    touches: Mapping[int, int] = field(default_factory=dict)
    articles: Mapping[int, int] = field(default_factory=dict)
    clients: Mapping[int, int] = field(default_factory=dict)
    readers: Mapping[int, int] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True)
class Bar:
    """How many took so many touches. The last one has all that took more, too."""

    touches: int
    label: str
    count: int
    is_claimed: bool


@dataclass(frozen=True)
class Distribution:
    """How many touches it took. `within` is the share with seven to thirteen; `verdict` says whether most have."""

    bars: tuple[Bar, ...] = ()
    spread: Spread | None = None
    within: Interval | None = None
    fewer: int = 0
    claimed: int = 0
    more: int = 0
    verdict: str = TOO_EARLY
    says: str = ""

    @property
    def total(self) -> int:
        """How many there are."""
        return self.fewer + self.claimed + self.more


@dataclass(frozen=True)
class Depth:
    """Of the readers who came to their n-th article, the leads that asked after it. `hazard` is None where more leads than
    readers were counted."""

    depth: int
    label: str
    leads: int
    readers: int
    hazard: Interval | None


@dataclass(frozen=True)
class Touches:
    """Before a lead, before a client, and by depth. `unknown` leads sent no journey; `cautions` belong beside the numbers."""

    leads: Distribution
    clients: Distribution
    depths: tuple[Depth, ...]
    depth_says: str
    unknown: int
    cautions: tuple[str, ...]


def touches(taken: Taken) -> Touches:
    """Everything that the panel shows. Leads whose journey is not known are left out, not counted as one touch."""
    unseen = _pages_only(taken)
    depths = _depths(_without(taken.articles, unseen), taken.readers)
    return Touches(
        leads=_distribution(_without(taken.touches, unseen), "lead"),
        clients=_distribution(taken.clients, "client"),
        depths=depths,
        depth_says=_compared(depths),
        unknown=taken.coverage.without_journey,
        cautions=_cautions(taken.coverage, taken.clients.get(0, 0)),
    )


def _pages_only(taken: Taken) -> int:
    """Leads of whom only the page of the request is known: they were counted with one touch.

    Those who asked on a page that is no article have none at all, so that they are missing among the counts.
    """
    missing = max(0, taken.coverage.leads - sum(taken.touches.values()))
    return max(0, taken.coverage.without_journey - missing)


def _without(counts: Mapping[int, int], unseen: int) -> dict[int, int]:
    return {**counts, 1: max(0, counts.get(1, 0) - unseen)}


def _distribution(counts: Mapping[int, int], noun: str) -> Distribution:
    # Who had bought before anything of them was known took no touches of which we could tell.
    found = {number: count for number, count in counts.items() if number > 0 and count > 0}
    claimed = sum(count for number, count in found.items() if number in CLAIM)
    fewer = sum(count for number, count in found.items() if number < CLAIM.start)
    total = sum(found.values())
    within = wilson(claimed, total)
    verdict = _verdict(within, total)
    made = Distribution(_bars(found), spread(found), within, fewer, claimed, total - fewer - claimed, verdict)
    return Distribution(**{**vars(made), "says": _says(made, noun)})


def _bars(found: Mapping[int, int]) -> tuple[Bar, ...]:
    if not found:
        return ()
    # As far as there is anything, but always with room for the claim; a few very long journeys share one bar.
    last = min(max(*found, CLAIM.stop), _LAST_BAR)
    bars = [Bar(number, f"{number}", found.get(number, 0), number in CLAIM) for number in range(1, last)]
    beyond = sum(count for number, count in found.items() if number >= last)
    return (*bars, Bar(last, f"{last} or more" if max(found) > last else f"{last}", beyond, last in CLAIM))


def _verdict(within: Interval | None, total: int) -> str:
    if within is None or total < FEWEST_LEADS or within.low <= 0.5 <= within.high:
        return TOO_EARLY
    return HOLDS if within.low > 0.5 else FAILS


def _says(found: Distribution, noun: str) -> str:
    if not found.within:
        return f"No {noun} is counted yet."
    share = (
        f"{found.claimed:,} of {many(found.total, noun)} ({percent(found.within.mean)}, 90 % interval "
        f"{between(found.within)}) took seven to thirteen touches."
    )
    if found.verdict == TOO_EARLY:
        return f"{share} That is too few, or too close to half, to say whether most do."
    if found.verdict == HOLDS:
        return f"{share} The claim that most take seven to thirteen holds here."
    side, count = max(("fewer", found.fewer), ("more", found.more), key=lambda one: one[1])
    return (
        f"{share} The claim that most take seven to thirteen does not hold here: "
        f"{count:,} ({percent(count / found.total)}) took {side}."
    )


def _depths(leads: Mapping[int, int], readers: Mapping[int, int]) -> tuple[Depth, ...]:
    if not any(readers.values()) and not any(leads.values()):
        return ()
    deep = {depth: leads.get(depth, 0) for depth in range(1, DEEPEST)}
    deep[DEEPEST] = sum(count for depth, count in leads.items() if depth >= DEEPEST)
    return tuple(
        Depth(
            depth,
            f"{depth}{' or more' if depth == DEEPEST else ''}",
            count,
            readers.get(depth, 0),
            wilson(count, readers.get(depth, 0)),
        )
        for depth, count in deep.items()
    )


def _compared(depths: tuple[Depth, ...]) -> str:
    """Does the chance to ask grow with depth? Up to the sixth article against the seventh and later."""
    early, late = (
        [one for one in depths if (one.depth in CLAIM) is is_deep and one.hazard] for is_deep in (False, True)
    )
    shares = [wilson(sum(one.leads for one in part), sum(one.readers for one in part)) for part in (early, late)]
    before, after = shares
    if not before or not after:
        return "Too few readers have come as far as a seventh article to compare."
    numbers = (
        f"Readers asked after {percent(after.mean)} ({between(after)}) of the articles from their seventh on, and after "
        f"{percent(before.mean)} ({between(before)}) of their first six."
    )
    if after.low > before.high:
        return f"{numbers} Those who read that much ask more often; whether reading made them, or they read because they wanted to ask, no count can tell."
    if after.high < before.low:
        return f"{numbers} Here the chance falls with depth: who is going to ask mostly does so early."
    return f"{numbers} The intervals overlap: too early to say whether depth matters."


def _cautions(coverage: Coverage, bought_before: int) -> tuple[str, ...]:
    found = [
        "Who has not asked or bought yet may still do so. Leads and clients of these days are those that were quick "
        "enough, so the true numbers of touches are rather larger.",
    ]
    if coverage.without_journey:
        found.append(
            f"{many(coverage.without_journey, 'lead')} of {coverage.leads:,} sent no journey and are left out of the touches "
            "before a lead; among clients they count with what is known here: requests, downloads, meetings."
        )
    if bought_before:
        verb = "was a client" if bought_before == 1 else "were clients"
        found.append(f"{many(bought_before, 'lead')} {verb} before the first touch known here, and left out.")
    if coverage.forgetful:
        whole = many(coverage.forgetful + coverage.remembering, "journey")
        found.append(
            f"{coverage.forgetful:,} of {whole} came from browsers that forget after seven days without a visit (Safari). "
            "Their numbers of touches are too small, and their readers start again at depth 1."
        )
    return tuple(found)
