"""The year: how busy each day is, through which channels readers come, and the notes that say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

# Share of reads, how readily a reader asks, and how likely a confirmed lead becomes a client within half a year.
CHANNELS: Mapping[str, tuple[float, float, float]] = {
    "search": (0.40, 1.0, 0.055),
    "direct": (0.19, 0.9, 0.03),
    "social": (0.13, 0.9, 0.035),
    "assistant": (0.06, 1.5, 0.07),
    "email": (0.06, 1.3, 0.03),
    "referral": (0.05, 1.4, 0.10),
    "paid-search": (0.08, 1.1, 0.008),
    "event": (0.01, 1.5, 0.02),
    "expert": (0.01, 2.2, 0.22),
    "outreach": (0.01, 2.0, 0.09),
}
_WEEK = (1.1, 1.2, 1.15, 1.1, 0.9, 0.4, 0.5)


@dataclass(frozen=True)
class Year:
    """The days from `first` to `today`, both inclusive."""

    first: date
    today: date

    @property
    def days(self) -> list[date]:
        """Every day, the first one first."""
        return [self.first + timedelta(days=number) for number in range((self.today - self.first).days + 1)]

    def at(self, share: float) -> date:
        """The day after which this share of the year is over."""
        return self.first + timedelta(days=int((self.today - self.first).days * share))

    @property
    def conference(self) -> date:
        """Three days that brought many readers at once."""
        return self.at(0.56)

    @property
    def paid_from(self) -> date:
        """The day of the first advertisement."""
        return self.at(0.35)

    @property
    def tested_from(self) -> date:
        """The day on which the test of a call to action began."""
        return self.at(0.48)

    @property
    def held_on(self) -> date:
        """The day of the webinar that was held."""
        return self.at(0.72)


def weight(year: Year, day: date) -> float:
    """How busy a day is: growth, weekdays, holidays, and the conference."""
    share = (day - year.first).days / max(1, (year.today - year.first).days)
    busy = (0.45 + 0.75 * share) * _WEEK[day.weekday()]
    if (7, 18) <= (day.month, day.day) <= (8, 22):
        busy *= 0.6
    if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 3):
        busy *= 0.4
    if _is_conference(year, day):
        busy *= 2.6
    # The last day is not over yet.
    return busy * (0.5 if day == year.today else 1.0)


def mix(year: Year, day: date) -> dict[str, float]:
    """The channels of a day with their shares of reads."""
    found = {name: share for name, (share, _, _) in CHANNELS.items()}
    if day < year.paid_from:
        del found["paid-search"]
    if _is_conference(year, day):
        found["event"] = 0.7
    elif not timedelta(0) <= day - year.conference < timedelta(days=30):
        del found["event"]
    # Assistants send more readers from month to month.
    found["assistant"] *= 0.4 + 1.2 * (day - year.first).days / max(1, (year.today - year.first).days)
    return found


def asking(year: Year, day: date) -> dict[str, float]:
    """The channels of a day with their shares of those who ask."""
    return {name: share * CHANNELS[name][1] for name, share in mix(year, day).items()}


def drawn(dice: Random, shares: Mapping[str, float], times: int = 1) -> list[str]:
    """Some of the keys, each as often as its share says."""
    return dice.choices(list(shares), list(shares.values()), k=times)


def notes(year: Year) -> list[tuple[date, str]]:
    """What the owner wrote down."""
    found = [
        (year.at(0.08), "From now on one article every other week."),
        (year.paid_from, "First advertisement in search, 15 EUR a day."),
        (year.tested_from, "Test of the call to action began."),
        (year.conference, "Conference: talk and a table for two days, code on the last slide."),
        (year.held_on, "Webinar held; the recording went to everybody who had a seat."),
    ]
    summer = next((day for day in year.days if (day.month, day.day) == (7, 18)), None)
    return sorted([*found, *([(summer, "Holidays until 22 August: fewer readers every year.")] if summer else [])])


def _is_conference(year: Year, day: date) -> bool:
    return timedelta(0) <= day - year.conference < timedelta(days=3)
