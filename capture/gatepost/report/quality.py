"""Can the numbers be believed? What was refused and why, what arrives, and what is known of the leads' journeys."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gatepost.report.dropped import IF_MANY, JOURNEY, TOUCH, reason
from gatepost.report.facts import Counted
from gatepost.report.journeys import Journeys
from gatepost.report.rates import Interval, wilson
from gatepost.report.words import many, percent

# From so many touches on, a share of refusals means more than chance.
_ENOUGH, _TOO_MANY = 200, 0.5
# Reasons that a person has to do something about, and from which share of everything that arrived.
_NOTABLE = 0.05
_QUIET_AFTER = timedelta(days=2)
_CLOCK_AHEAD = timedelta(minutes=10)
_OLD_BACKUP = timedelta(days=7)
# Kept out of what a refusal is a share of: the page before it counts, only the step from there does not.
_COUNTED_ALL_THE_SAME = frozenset({"unknown-previous"})


@dataclass(frozen=True)
class Latest:
    """When the last of each kind arrived; beacons are counted by day, in UTC. None where there was none."""

    beacon: date | None = None
    refused: date | None = None
    signup: datetime | None = None
    confirmed: datetime | None = None
    letter: datetime | None = None


@dataclass(frozen=True)
class Dropped:
    """One reason with its sentence; `share` is of all touches that arrived, None where it is about something else."""

    key: str
    about: str
    says: str
    cure: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Stretch:
    """A day or a month: touches counted, touches refused, and the share of the latter of both."""

    period: str
    counted: int
    refused: int
    reasons: Mapping[str, int]

    @property
    def share(self) -> Interval | None:
        """The refused of all that arrived."""
        return wilson(self.refused, self.counted + self.refused)


@dataclass(frozen=True)
class Unscripted:
    """Requests whose form no script saw begin: at least so many of `asked` people had none, or forbade it to count."""

    at_least: int
    asked: int


@dataclass(frozen=True)
class Quality:
    """What the panel shows. `unknown` are articles that were read and that the catalogue does not have, with their reads."""

    dropped: tuple[Dropped, ...]
    stretches: tuple[Stretch, ...]
    journeys: Journeys
    suspect: Mapping[str, int]
    unscripted: Unscripted
    unknown: Mapping[str, int]
    latest: Latest
    size: int
    backup: datetime | None

    @property
    def refused(self) -> Interval | None:
        """The share of refused touches of the whole span."""
        refused = sum(one.refused for one in self.stretches)
        return wilson(refused, refused + sum(one.counted for one in self.stretches))


def reasons(dropped: Mapping[str, Mapping[str, int]], counted: int) -> tuple[Dropped, ...]:
    """Every reason with its sentence, the most frequent first. `counted` touches arrived and were taken."""
    totals: Counter[str] = Counter()
    for by_reason in dropped.values():
        totals.update(by_reason)
    arrived = counted + sum(count for key, count in totals.items() if _is_refusal(key))
    found = []
    for key, count in totals.most_common():
        why = reason(key)
        share = count / arrived if why.about == TOUCH and arrived else None
        found.append(Dropped(key, why.about, why.says, why.cure, count, share))
    return tuple(found)


def stretches(
    dropped: Mapping[str, Mapping[str, int]], counted: Mapping[str, int], *, by_day: bool
) -> tuple[Stretch, ...]:
    """What arrived and was refused, by day or month, the newest first."""
    by_period: dict[str, Counter[str]] = defaultdict(Counter)
    for day, by_reason in dropped.items():
        by_period[day if by_day else day[:7]].update({key: n for key, n in by_reason.items() if _is_refusal(key)})
    periods = sorted(counted.keys() | by_period.keys(), reverse=True)
    return tuple(
        Stretch(one, counted.get(one, 0), sum(by_period[one].values()), dict(by_period[one].most_common()))
        for one in periods
    )


def unscripted(asked: Mapping[str, int], begun: Mapping[str, Mapping[str, int]]) -> Unscripted:
    """How many requests came without a form that a script saw begin, at least. By offer: people who asked, and beacons."""
    missing = sum(max(0, people - begun.get(offer, {}).get("form-start", 0)) for offer, people in asked.items())
    return Unscripted(missing, sum(asked.values()))


def unknown(reads: Mapping[str, Counted], published: Collection[str], most: int) -> dict[str, int]:
    """Articles that were read and are not in the catalogue, the most read first."""
    found = Counter({slug: one.count for slug, one in reads.items() if slug and slug not in published})
    return dict(found.most_common(most))


def suspect(dropped: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """Entries of journeys without credit, by reason."""
    totals: Counter[str] = Counter()
    for by_reason in dropped.values():
        totals.update({key: count for key, count in by_reason.items() if reason(key).about == JOURNEY})
    return dict(totals.most_common())


def advice(found: Quality, now: datetime) -> tuple[str, ...]:
    """What to do, the most urgent first; empty where nothing needs doing."""
    return (*_arriving(found, now), *_refusing(found), *_catalogue(found), *_keeping(found, now))


def _arriving(found: Quality, now: datetime) -> Iterator[str]:
    latest = found.latest
    if latest.beacon and now.date() - latest.beacon >= _QUIET_AFTER:
        yield (
            f"No touch was counted since {latest.beacon:%-d %B %Y}: is POST /touch reached from the site, and is the script on "
            "its pages? `gatepost check` looks at a build."
        )
    if latest.beacon is None and latest.signup:
        yield "Requests arrive, but no touch was ever counted: is the script on the pages? `gatepost check` looks at a build."
    ahead = [at for at in (latest.signup, latest.confirmed, latest.letter) if at and at > now + _CLOCK_AHEAD]
    if ahead or (latest.beacon and latest.beacon > now.date()):
        yield (
            "Something was stored in the future: this machine's clock was wrong, or is wrong now. Let it follow a time server "
            "(`timedatectl` shows whether it does)."
        )


def _refusing(found: Quality) -> Iterator[str]:
    share = found.refused
    arrived = sum(one.counted + one.refused for one in found.stretches)
    if share and arrived >= _ENOUGH and share.low > _TOO_MANY:
        yield (
            f"More touches are refused than counted ({percent(share.mean)} of {arrived:,}): the reasons below say whether these "
            "are crawlers, which is as it should be, or readers."
        )
    for one in found.dropped:
        if one.cure and one.count >= _ENOUGH * _NOTABLE and (one.share is None or one.share >= _NOTABLE):
            yield f"{one.count:,} times “{one.key}”: {_lower(one.says)} {_upper(one.cure.removeprefix(IF_MANY))}"


def _catalogue(found: Quality) -> Iterator[str]:
    if found.unknown:
        verb = "is" if len(found.unknown) == 1 else "are"
        yield (
            f"{many(len(found.unknown), 'article')} with readers {verb} not in the catalogue. If taken off the site, that is as it "
            "should be; if renamed, a redirect from the old address keeps readers, and the old slug keeps its numbers."
        )


def _keeping(found: Quality, now: datetime) -> Iterator[str]:
    if found.backup and now - found.backup > _OLD_BACKUP:
        yield f"The last backup is {many((now - found.backup).days, 'day')} old: `gatepost db backup FILE` makes one."


def _is_refusal(key: str) -> bool:
    return reason(key).about == TOUCH and key not in _COUNTED_ALL_THE_SAME


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
