"""What the dashboard's templates can say: shares, days, channels and rungs in words, and lengths of bars."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, url_for
from markupsafe import Markup, escape

from gatepost.attribution import MODELS
from gatepost.channels import CHANNELS
from gatepost.ladder import RUNGS
from gatepost.offers import Money
from gatepost.report import notes, span
from gatepost.report.words import chance, percent
from gatepost.web.owner import door

WIDTH = 200
# Panels that set their figures beside those of the time before.
COMPARING = frozenset({"home", "channels", "journeys", "offers", "consent", "sites"})
# Pages of the owner's own, by their endpoint.
YOURS = {"sharing": "Share a view", "password_page": "Account"}
_LETTERS = {
    "confirm": "Please confirm",
    "delivery": "The offer",
    "survey": "Answers count",
    "question": "Question arrived",
    "question-notice": "A reader has a question (to an owner)",
    "seat": "Seat kept, or waited for",
    "seat-free": "Seat became free",
    "moved": "Another date",
    "reminder": "Reminder",
    "entry": "Entry in a contest",
    "report": "The report (to an owner)",
}


def register(blueprint: Blueprint) -> None:
    """Give the blueprint's templates their words."""
    for name, words in _FILTERS.items():
        blueprint.add_app_template_filter(words, f"owner_{name}")
    blueprint.add_app_template_filter(_without, "dict_without")
    blueprint.context_processor(_context)


def channel(name: str) -> str:
    """A channel as people call it."""
    return CHANNELS[name].label if name in CHANNELS else name


def rung(key: str) -> str:
    """A rung as people call it."""
    return RUNGS[key].label if key in RUNGS else key


def money(amounts: Any) -> str:
    """Money as a list of amounts, one a currency; a dash for none."""
    found = (amounts,) if isinstance(amounts, Money) else tuple(amounts or ())
    return ", ".join(str(amount) for amount in found) or "–"


def letter(name: str) -> str:
    """A letter as people call it."""
    return _LETTERS.get(name, name)


def moment(at: datetime | str | None) -> str:
    """A time as "22 Nov 2026, 09:30"; a dash for none."""
    if not at:
        return "–"
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{found.astimezone(UTC):%-d %b %Y, %H:%M}"


def date_of(at: datetime | str | None) -> str:
    """Only the day of it."""
    return moment(at).partition(",")[0]


def duration(seconds: float | None) -> str:
    """A length of time in the unit that fits: "40 s", "12 min", "3.5 h", "2.1 days"; a dash for none."""
    if seconds is None:
        return "–"
    for unit, length, digits in (("days", 86400, 1), ("h", 3600, 1), ("min", 60, 0)):
        if seconds >= 2 * length:
            return f"{seconds / length:.{digits}f} {unit}"
    return f"{seconds:.0f} s"


def size(count: int) -> str:
    """Bytes in the unit that fits: "820 kB", "5.1 GB"."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} GB"


def stretch(key: str) -> str:
    """The key of a day or a month as people write it: "23 Nov 2026", "Nov 2026"."""
    is_day = len(key) > len("2026-11")
    return f"{date.fromisoformat(key):%-d %b %Y}" if is_day else f"{date.fromisoformat(key + '-01'):%b %Y}"


def code(text: str) -> Markup:
    """A sentence whose commands, in backquotes, are shown as what is typed."""
    plain = str(escape(text))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", plain))  # noqa: S704 (escaped above)


def along(share: float, widest: float) -> float:
    """How far along a bar of WIDTH units a share lies."""
    return round(WIDTH * share / widest, 1) if widest else 0.0


def _without(plain: Mapping[str, str], key: str) -> dict[str, str]:
    return {name: value for name, value in plain.items() if name != key}


def to_rows(endpoint: str, text: Any, **args: Any) -> Markup:
    """A number that opens to its rows; only the number for a visitor who may not see the people behind it."""
    if door.shared() and endpoint == "owner.leads":
        return Markup("{}").format(text)
    return Markup('<a href="{}">{}</a>').format(url_for(endpoint, **args), text)


def _context() -> dict[str, Any]:
    return {
        "visit": door.visitor(),
        "panels": _panels(),
        "yours": YOURS,
        "share_token": door.shared(),
        "to_rows": to_rows,
        "with_sheets": _with_sheets(),
        "with_compare": COMPARING,
        "periods": span.PERIODS,
        "models": MODELS.values(),
        "cause": notes.CAUSE,
        "money_notes": notes.money,
        "along": along,
        "bar_width": WIDTH,
    }


def _panels() -> dict[str, dict[str, str]]:
    """The navigation: titles by key, in groups. Whoever came by a share link sees what names nobody."""
    from gatepost.web.owner.panels import PANELS

    is_open = door.visitor() is not None
    found: dict[str, dict[str, str]] = {}
    for key, panel in PANELS.items():
        if is_open or not panel.names_people:
            found.setdefault(panel.group, {})[key] = panel.title
    if is_open:
        found.setdefault("People", {})["leads"] = "Leads"
    return found


def _with_sheets() -> frozenset[str]:
    from gatepost.web.owner.panels import PANELS

    return frozenset(key for key, panel in PANELS.items() if panel.sheets)


def period(name: str) -> str:
    """A named span as people call it."""
    return span.PERIODS.get(name, name)


_FILTERS: dict[str, Callable[[Any], str]] = {
    "percent": percent,
    "chance": chance,
    "channel": channel,
    "rung": rung,
    "money": money,
    "letter": letter,
    "moment": moment,
    "duration": duration,
    "size": size,
    "stretch": stretch,
    "code": code,
    "date": date_of,
    "period": period,
}
