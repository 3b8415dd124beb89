"""Where leads came from, and what became of them: the lead classes first, then their channels, never one mean over all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gatepost.offers import Money
from gatepost.report import closing, groups, money
from gatepost.report.closing import Buyer, Closing
from gatepost.report.facts import ChannelCount
from gatepost.report.groups import CLASSES, Group, lead_class
from gatepost.report.money import Credited, Return
from gatepost.report.span import Span

NOTE = (
    "Each class of leads has its own close rate, cost and time to close: a mean over all of them would describe none. "
    "Cultivated leads found you by what you wrote; interest was stirred by letters, paid reach or events; targeted ones you "
    "wrote to yourself; of unknown ones nobody can say where they came from, and they are never guessed at."
)
CLIENTS_NOTE = (
    "Clients are leads confirmed in these days that have bought since, so the newest leads have had the least time. Days to "
    "close are those from the confirmation to the first deal, of clients whose first deal lies in these days."
)


@dataclass(frozen=True)
class Arrival:
    """One class or channel: its figures, what a lead of it cost (one amount a currency), how long its clients took.

    `before` are its figures in the span that is compared with; None where there is none, or nothing was there.
    """

    group: Group
    cost: tuple[Money, ...] = ()
    closing: Closing = field(default_factory=Closing)
    before: Group | None = None


@dataclass(frozen=True)
class Arrivals:
    """All classes, and the channels of the class that was asked for, or of all."""

    classes: tuple[Arrival, ...]
    channels: tuple[Arrival, ...]
    return_of: Mapping[str, str]


def arrivals(
    counted: Sequence[ChannelCount],
    buyers: Sequence[Buyer],
    span: Span,
    *,
    before: Sequence[ChannelCount] = (),
    of_class: str = "",
) -> Arrivals:
    """Of channels counted in a span and of all buyers. `before` are the channels in the span that is compared with."""
    by = _taken(counted)
    dealt = closing.dealt(buyers, span)
    # "direct" is the name of a class and of a channel.
    then_classes = {one.name: one for one in groups.classes(before, by)}
    then_channels = {one.name: one for one in groups.channels(before, by)}

    def made(group: Group, names: Collection[str], then: Mapping[str, Group]) -> Arrival:
        theirs = [one for one in buyers if one.channel in names]
        back = _returns(group, [dealt[name] for name in names if name in dealt], by)
        return Arrival(replace(group, returns=back), _cost(group), closing.closing(theirs, span), then.get(group.name))

    known = {one.channel for one in counted} | {one.channel for one in buyers}
    return Arrivals(
        tuple(
            made(one, {name for name in known if lead_class(name) == one.name}, then_classes)
            for one in groups.classes(counted, by)
        ),
        tuple(
            made(one, {one.name}, then_channels)
            for one in groups.channels(counted, by)
            if of_class not in CLASSES or one.lead_class == of_class
        ),
        by,
    )


def _taken(counted: Sequence[ChannelCount]) -> dict[str, str]:
    sold = {amount.currency for one in counted for amount in one.deals}
    spent = {amount.currency for one in counted for amount in one.spend if amount.amount}
    return {currency: money.DEALS if currency in sold else money.VALUE for currency in sorted(spent)}


def _returns(group: Group, dealt: Sequence[Credited], by: Mapping[str, str]) -> tuple[Return, ...]:
    """With the interval of deals; of the offers' value no error is kept by channel."""
    squares: dict[str, float] = {}
    for one in dealt:
        for currency, error in one.errors.items():
            squares[currency] = squares.get(currency, 0.0) + error * error
    deals = Credited(group.deals, {currency: square**0.5 for currency, square in squares.items()})
    return money.returns(group.spend, Credited(group.value), deals, by)


def _cost(group: Group) -> tuple[Money, ...]:
    """Spend for each lead, rounded to whole minor units; none where no lead came."""
    spent = (one for one in group.spend if one.amount > 0 and group.leads)
    return tuple(Money(round(one.amount / group.leads), one.currency) for one in spent)
