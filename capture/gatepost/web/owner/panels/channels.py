"""Where leads came from: the lead classes, and the channels of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import looking_further
from gatepost.engine import Engine
from gatepost.report.arrivals import CLIENTS_NOTE, NOTE, Arrival
from gatepost.report.groups import CLASSES
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval

COLUMNS = (
    "name", "label", "class", "reads", "leads", "clients", "close_rate", "close_rate_low", "close_rate_high",
    "value", "deals", "spend", "cost_per_lead", "return", "return_low", "return_high",
    "days_to_close", "days_low", "days_high", "closed", "leads_before", "clients_before", "deals_before",
)  # fmt: skip


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """Classes and channels, those of the chosen class only where one was chosen."""
    found = looking_further.arrivals(
        engine.database, span=choice.span, compare=choice.compare, of_class=choice.lead_class
    )
    return {
        "found": found,
        "classes": CLASSES,
        "note": NOTE,
        "clients_note": CLIENTS_NOTE,
        "has_spend": any(one.group.spend for one in (*found.classes, *found.channels)),
        "has_deals": any(one.group.deals for one in (*found.classes, *found.channels)),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a class, and one row a channel."""
    found = data["found"]
    return (
        Sheet("classes", "Lead classes", COLUMNS, [_cells(one) for one in found.classes]),
        Sheet("channels", "Channels", COLUMNS, [_cells(one) for one in found.channels]),
    )


def _cells(one: Arrival) -> tuple[Any, ...]:
    group, days, before = one.group, one.closing.days, one.before
    back = group.returns[0] if len(group.returns) == 1 else None
    return (
        *(group.name, group.label, group.lead_class, group.reads, group.leads, group.clients),
        *interval(group.close_rate),
        *(group.value, group.deals, group.spend, one.cost),
        *((back.mean, back.low, back.high) if back else (None, None, None)),
        *((days.median, days.low, days.high, days.count) if days else (None, None, None, 0)),
        *((before.leads, before.clients, before.deals) if before else (None, None, ())),
    )
