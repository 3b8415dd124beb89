"""Channels, and the lead classes they belong to. Each class has its own close rate, cost and return; they are never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gatepost.channels import CHANNELS
from gatepost.offers import Money
from gatepost.report import money
from gatepost.report.facts import ChannelCount
from gatepost.report.money import Credited, Return
from gatepost.report.rates import Interval, wilson

UNKNOWN = "direct"
# In the order shown to people.
CLASSES: dict[str, str] = {
    "cultivated": "Cultivated",
    "interest": "Interest",
    "targeted": "Targeted",
    UNKNOWN: "Unknown",
}


@dataclass(frozen=True)
class Group:
    """A lead class, or one channel of it: reads, confirmed leads, clients (leads with a deal) and money by currency.

    `close_rate` is clients of leads with Wilson's interval. `name` is that of the channel or the class.
    """

    name: str
    label: str
    lead_class: str
    reads: int
    leads: int
    clients: int
    close_rate: Interval | None
    value: tuple[Money, ...]
    deals: tuple[Money, ...]
    spend: tuple[Money, ...]
    returns: tuple[Return, ...]


def channels(counted: Sequence[ChannelCount], by: Mapping[str, str]) -> tuple[Group, ...]:
    """Channels with anything to say, class by class, most leads first. `by` is what `money.taken` says."""
    found = [
        _group(one.channel, _label(one.channel), lead_class(one.channel), [one], by) for one in counted if _says(one)
    ]
    order = list(CLASSES)
    return tuple(sorted(found, key=lambda g: (order.index(g.lead_class), -g.leads, -g.reads, g.name)))


def classes(counted: Sequence[ChannelCount], by: Mapping[str, str]) -> tuple[Group, ...]:
    """Every class of which there is a channel with anything to say."""
    found = []
    for name, label in CLASSES.items():
        theirs = [one for one in counted if lead_class(one.channel) == name and _says(one)]
        if theirs:
            found.append(_group(name, label, name, theirs, by))
    return tuple(found)


def lead_class(channel: str) -> str:
    """The class of a channel; a channel we do not know is unknown and never guessed at."""
    return CHANNELS[channel].lead_class if channel in CHANNELS else UNKNOWN


def _label(channel: str) -> str:
    return CHANNELS[channel].label if channel in CHANNELS else channel or "Unknown"


def _says(one: ChannelCount) -> bool:
    return bool(one.reads or one.leads or one.spend or one.deals)


def _group(name: str, label: str, lead_class: str, counted: Iterable[ChannelCount], by: Mapping[str, str]) -> Group:
    theirs = list(counted)
    leads, clients = sum(one.leads for one in theirs), sum(one.clients for one in theirs)
    value, deals, spend = (
        money.total(amounts) for amounts in zip(*((one.value, one.deals, one.spend) for one in theirs), strict=True)
    )
    back = money.returns(spend, Credited(value), Credited(deals), by)
    reads = sum(one.reads for one in theirs)
    return Group(name, label, lead_class, reads, leads, clients, wilson(clients, leads), value, deals, spend, back)
