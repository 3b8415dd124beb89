"""A site's summary for an overview of several: figures by named period, and the best articles. Nobody is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from gatepost.offers import Money
from gatepost.report.goals import GOALS
from gatepost.report.home import Now
from gatepost.report.span import PERIODS, Span

FORMAT = 1
_COUNTS = ("reads", "readers", "requested", "confirmed", "clients", "repeat", "referrals")
_AMOUNTS = ("value", "deals")
_LONGEST, _MOST_BEST, _MOST_CURRENCIES, _MOST_COUNT = 500, 10, 50, 10**15


class SummaryUnreadable(Exception):
    """What another site answered is no summary, or none of this version's."""

    cure = "Bring that site to the same version of Gatepost as this one."

    def __init__(self, why: str):
        super().__init__(f"Its answer cannot be read: {why}.")


@dataclass(frozen=True)
class Compared:
    """The figures of a span, and of the span it is fairly compared with; None where there is none."""

    span: Span
    now: Now
    before: Now | None = None


@dataclass(frozen=True)
class Best:
    """An article to do more of."""

    title: str
    url: str


@dataclass(frozen=True)
class Summary:
    """One site. `periods` are some or all of PERIODS; `goal` is one of GOALS; `best` is of all time."""

    site: str
    url: str
    made_at: datetime
    goal: str
    periods: Mapping[str, Compared]
    best: tuple[Best, ...] = ()


def as_dict(summary: Summary) -> dict[str, Any]:
    """For json.dumps. Money is minor units by currency."""
    return {
        "format": FORMAT,
        "site": summary.site,
        "url": summary.url,
        "made_at": summary.made_at.isoformat(),
        "goal": summary.goal,
        "periods": {name: _compared(one) for name, one in summary.periods.items()},
        "best": [{"title": one.title, "url": one.url} for one in summary.best],
    }


def read(plain: Any) -> Summary:
    """A summary from what JSON gave; what a later version says beside it is left alone. Raises SummaryUnreadable."""
    whole = _object(plain, "the whole")
    if whole.get("format") != FORMAT:
        raise SummaryUnreadable(f"its format is {str(whole.get('format'))[:20]}, not {FORMAT}")
    goal = _text(whole, "goal")
    best = whole.get("best")
    if goal not in GOALS or not isinstance(best, list) or len(best) > _MOST_BEST:
        raise SummaryUnreadable("its goal or its best articles are not what they should be")
    periods = _object(whole.get("periods"), "periods")
    return Summary(
        site=_text(whole, "site"),
        url=_address(whole),
        made_at=_moment(whole),
        goal=goal,
        periods={name: _read_compared(periods[name]) for name in PERIODS if name in periods},
        best=tuple(Best(_text(_object(one, "best"), "title"), _address(one)) for one in best),
    )


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "first": one.span.first.isoformat() if one.span.first else None,
        "last": one.span.last.isoformat() if one.span.last else None,
        "now": _figures(one.now),
        "before": _figures(one.before) if one.before else None,
    }


def _figures(now: Now) -> dict[str, Any]:
    counts: dict[str, Any] = {name: getattr(now, name) for name in _COUNTS}
    return counts | {name: {money.currency: money.amount for money in getattr(now, name)} for name in _AMOUNTS}


def _read_compared(plain: Any) -> Compared:
    found = _object(plain, "a period")
    before = found.get("before")
    return Compared(
        Span(_day(found, "first"), _day(found, "last")),
        _read_figures(found.get("now")),
        _read_figures(before) if before is not None else None,
    )


def _read_figures(plain: Any) -> Now:
    found = _object(plain, "figures")
    counts = {name: _count(found.get(name), name) for name in _COUNTS}
    value, deals = (_money(found.get(name), name) for name in _AMOUNTS)
    return Now(**counts, value=value, deals=deals)


def _object(plain: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(plain, dict):
        raise SummaryUnreadable(f"{what} is no object")
    return plain


def _count(value: Any, name: str, least: int = 0) -> int:
    # Exactly a number: True is one to Python.
    if type(value) is not int or not least <= value <= _MOST_COUNT:
        raise SummaryUnreadable(f"“{name}” is no count")
    return value


def _money(plain: Any, name: str) -> tuple[Money, ...]:
    found = _object(plain, name)
    if len(found) > _MOST_CURRENCIES or not all(len(key) == 3 and key.isascii() and key.isupper() for key in found):
        raise SummaryUnreadable(f"“{name}” names no currency")
    # Refunds may be more than what was sold.
    return tuple(Money(_count(amount, name, -_MOST_COUNT), key) for key, amount in sorted(found.items()))


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or not value.isprintable():
        raise SummaryUnreadable(f"“{name}” is no text, or too long")
    return value


def _address(found: Mapping[str, Any]) -> str:
    value = _text(found, "url")
    try:
        is_good = urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).hostname)
    except ValueError:
        is_good = False
    if not is_good:
        raise SummaryUnreadable("“url” is no address")
    return value


def _moment(found: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(_text(found, "made_at"))
    except ValueError:
        raise SummaryUnreadable("“made_at” is no time") from None
    if at.tzinfo is None:
        raise SummaryUnreadable("“made_at” has no zone")
    return at


def _day(found: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(found[name]) if found.get(name) is not None else None
    except (ValueError, TypeError):
        raise SummaryUnreadable(f"“{name}” is no day") from None
