"""The overview: what worked in these days against those before, where readers are lost, and what to do next, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gatepost.offers import Money
from gatepost.report.funnel import Funnel
from gatepost.report.goals import Change, Goal
from gatepost.report.rows import ArticleRow
from gatepost.report.span import Span
from gatepost.report.words import between, chance, percent

# The steps on the way to an offer on which readers are lost; seeing it is where that way begins.
WAY = ("offer-seen", "form-start", "signup", "confirmed", "download")
# Steps of fewer than so many are not compared.
FEWEST = 20
_BY_DAY, _BY_WEEK = 62, 400


@dataclass(frozen=True)
class Now:
    """One span's figures of the whole site."""

    reads: int = 0
    readers: int = 0
    requested: int = 0
    confirmed: int = 0
    clients: int = 0
    repeat: int = 0
    referrals: int = 0
    value: tuple[Money, ...] = ()
    deals: tuple[Money, ...] = ()

    def of(self, goal: str) -> int:
        """The count of one of GOALS."""
        return {"leads": self.confirmed, "clients": self.clients, "repeat": self.repeat, "referrals": self.referrals}[
            goal
        ]


@dataclass(frozen=True)
class Line:
    """Counts of reads and of new leads by the day, week or month that a label names, and of the time before."""

    unit: str
    labels: tuple[str, ...]
    reads: tuple[int, ...]
    leads: tuple[int, ...]
    days: tuple[date, ...]


@dataclass(frozen=True)
class Overview:
    """Everything the first page says. `best` are the articles to do more of; `first_steps` is what to do while there is little."""

    goal: Goal
    span: Span
    now: Now
    before: Now | None
    reached: Change
    line: Line
    line_before: Line | None
    best: tuple[ArticleRow, ...]
    lost: str
    worse: str
    uncertain: tuple[str, ...]
    first_steps: tuple[str, ...]
    site_rate: float


def unit_of(span: Span) -> str:
    """Whether a span is shown by "day", "week" or "month"."""
    days = span.days
    return "day" if days and days <= _BY_DAY else "week" if days and days <= _BY_WEEK else "month"


def lines(by_day: Mapping[date, tuple[int, int]], span: Span, unit: str) -> Line:
    """Counts of (reads, leads) by day, gathered by unit; a day without any counts as none. `span` has both ends."""
    first, last = span.first, span.last
    if first is None or last is None or first > last:
        return Line(unit, (), (), (), ())
    buckets: dict[date, list[int]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        found = buckets.setdefault(_begin(day, unit, first), [0, 0])
        reads, leads = by_day.get(day, (0, 0))
        found[0] += reads
        found[1] += leads
    days = tuple(buckets)
    return Line(
        unit,
        tuple(f"{day:%b %Y}" if unit == "month" else f"{day.day} {day:%b}" for day in days),
        tuple(found[0] for found in buckets.values()),
        tuple(found[1] for found in buckets.values()),
        days,
    )


def place_of(line: Line, day: date) -> int | None:
    """Which of the line's places a day lies in."""
    before = [place for place, begin in enumerate(line.days) if begin <= day]
    return before[-1] if before else None


def _begin(day: date, unit: str, first: date) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return max(first, day - timedelta(days=day.weekday()))
    return max(first, day.replace(day=1))


def lost(funnel: Funnel) -> str:
    """Where most of those who saw an offer are lost, in a sentence; empty where too few saw one."""
    steps = [step for step in funnel.steps if step.rung in WAY[1:] and step.share and step.before_count >= FEWEST]
    if not steps:
        return ""
    worst = min(steps, key=lambda step: step.share.mean if step.share else 1.0)
    return (
        f"Most are lost between “{_label(funnel, worst.before)}” and “{worst.label}”: {percent(worst.share.mean)} take that "
        f"step ({worst.count:,} of {worst.before_count:,}, 90 % interval {between(worst.share)})."
        if worst.share
        else ""
    )


def worse(now: Funnel, before: Funnel) -> str:
    """The step that fewer take than before, if that is no matter of chance; empty where there is none."""
    then = {step.rung: step for step in before.steps}
    found: list[tuple[float, str]] = []
    for step in now.steps:
        other = then.get(step.rung)
        if not (other and step.share and other.share and min(step.before_count, other.before_count) >= FEWEST):
            continue
        if step.share.high < other.share.low:
            says = (
                f"Fewer than before go from “{_label(now, step.before)}” to “{step.label}”: {percent(step.share.mean)}, "
                f"after {percent(other.share.mean)}."
            )
            found.append((step.share.mean / other.share.mean, says))
    return min(found)[1] if found else ""


def why(row: ArticleRow) -> str:
    """Why an article is worth more of its like."""
    rate = row.rate
    if rate is None:
        return ""
    sure = f"that is above the mean article with a probability of {chance(rate.above)}"
    return (
        f"{percent(rate.interval.mean)} of its readers became leads ({rate.helped:,} of {rate.readers:,}; "
        f"{between(rate.interval)}): {sure}."
    )


def first_steps(
    *, articles: int, offers: int, reads: int, requested: int, confirmed: int, deals: bool
) -> tuple[str, ...]:
    """What to do first while there is little to show, the next thing first; nothing once leads confirm and deals are known."""
    steps = (
        (articles == 0, "Write an article and publish it: gatepost new article TITLE, then gatepost build."),
        (offers == 0, "Write an offer that fits it: gatepost new offer TITLE, and name it in the article with “Offer: SLUG”."),
        (reads == 0, "Bring the first readers: gatepost share SLUG writes posts and links for LinkedIn. Reads appear here "
         "ten seconds after somebody begins to read."),
        (requested == 0, "Open an article as a reader would and ask for its offer, so that you know what they see."),
        (requested > 0 and confirmed == 0, "Somebody asked and nobody has confirmed yet. See whether the letters go out: "
         "gatepost doctor."),
        (confirmed > 0 and not deals, "Import your deals, so that clients and money stand beside leads: gatepost deals import FILE."),
    )  # fmt: skip
    return tuple(text for holds, text in steps if holds)


def _label(funnel: Funnel, rung: str) -> str:
    return next((step.label for step in funnel.steps if step.rung == rung), rung)


def has_little(steps: Sequence[str], now: Now) -> bool:
    """Should the steps lead the page?"""
    return bool(steps) and now.confirmed == 0
