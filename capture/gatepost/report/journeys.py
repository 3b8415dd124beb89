"""How much of the leads' journeys is known, and what of it was not believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gatepost.report.facts import Coverage, Facts
from gatepost.report.rates import Interval, wilson
from gatepost.report.words import between, many, percent

# How refusals of a journey's touches begin, among the reasons of all that was dropped.
_OF_JOURNEYS = ("journey-", "receipt-")


@dataclass(frozen=True)
class Journeys:
    """Coverage with its shares. `probably_cut` is how many forgetful journeys have lost their beginning, if those readers
    read over as long a time as the others; None where there is nothing to go by."""

    coverage: Coverage
    unseen: Interval | None
    suspect: Interval | None
    probably_cut: Interval | None
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def says(self) -> tuple[str, ...]:
        """The same in sentences."""
        return tuple(_sentences(self))


def known(facts: Facts) -> Journeys:
    """What the facts tell of journeys."""
    found = facts.coverage
    cut = wilson(found.reaching_back, found.remembering) if found.forgetful else None
    return Journeys(
        found,
        wilson(found.without_journey, found.leads),
        wilson(found.suspect, found.touches),
        Interval(*(found.forgetful * part for part in (cut.mean, cut.low, cut.high))) if cut else None,
        {reason: count for reason, count in sorted(facts.dropped.items()) if reason.startswith(_OF_JOURNEYS)},
    )


def _sentences(journeys: Journeys) -> Iterator[str]:
    found = journeys.coverage
    if journeys.unseen and found.without_journey:
        yield (
            f"{found.without_journey:,} of {many(found.leads, 'confirmed lead')} ({percent(journeys.unseen.mean)}, 90 % "
            f"interval {between(journeys.unseen)}) sent no journey (no script, tracking refused, or another device) and "
            "count for the page of their signup only."
        )
    if found.forgetful:
        yield _forgetful(journeys)
    if found.suspect:
        yield (
            f"Not believed, and therefore without credit: {found.suspect:,} of {found.touches:,} touches of journeys. "
            "The rows behind an article show them with the reason."
        )


def _forgetful(journeys: Journeys) -> str:
    found = journeys.coverage
    whole = f"{found.forgetful:,} of {many(found.forgetful + found.remembering, 'journey')}"
    verb = "comes" if found.forgetful == 1 else "come"
    begins = f"{whole} {verb} from browsers that forget after seven days without a visit"
    if journeys.probably_cut is None:
        return f"{begins}; how many of them have lost their beginning is unknown."
    share = found.reaching_back / found.remembering
    return (
        f"{begins}; of the others {percent(share)} reach back further, so about {journeys.probably_cut.mean:.0f} of those "
        f"{found.forgetful:,} have probably lost their beginning."
    )
