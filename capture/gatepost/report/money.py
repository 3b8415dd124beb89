"""Money: what was credited and how sure that is, what was spent, and what came back of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gatepost.offers import Money
from gatepost.report.facts import Amount, CreditSums
from gatepost.report.rates import Z

DEALS, VALUE = "deals", "value"


@dataclass(frozen=True)
class Credited:
    """Money given to an article, one amount a currency; `errors` are standard errors in minor units, by currency.

    Empty where the model has none.
    """

    amounts: tuple[Money, ...] = ()
    errors: Mapping[str, float] = field(default_factory=dict)

    @property
    def error_amounts(self) -> tuple[Money, ...]:
        """The standard errors as money, rounded to whole minor units."""
        return tuple(Money(round(error), currency) for currency, error in sorted(self.errors.items()))

    def of(self, currency: str) -> int:
        """The minor units in one currency."""
        return sum(money.amount for money in self.amounts if money.currency == currency)


@dataclass(frozen=True)
class Return:
    """(money - cost) / cost in one currency, with its 90 % interval; no interval where no standard error is known.

    `money` says what was taken for it: "deals", or the offers' "value".
    """

    currency: str
    money: str
    mean: float
    low: float | None = None
    high: float | None = None


def credited(amounts: Iterable[Amount], *, has_errors: bool = True) -> Credited:
    """Sums of credited money, with standard errors where these are known: the roots of the sums of the squared parts."""
    found = sorted((one for one in amounts if one.amount or one.squares), key=lambda one: one.currency)
    errors = {one.currency: math.sqrt(one.squares) for one in found} if has_errors else {}
    return Credited(tuple(Money(one.amount, one.currency) for one in found), errors)


def taken(deals: CreditSums, spent: Iterable[Sequence[Money]]) -> dict[str, str]:
    """By currency of the spend, what its return is reckoned from: deals where there is one in that currency at all."""
    sold = {
        amount.currency
        for given in deals.values()
        for one in given.values()
        for amount in one.amounts
        if amount.squares
    }
    currencies = {money.currency for amounts in spent for money in amounts if money.amount}
    return {currency: DEALS if currency in sold else VALUE for currency in sorted(currencies)}


def returns(spend: Sequence[Money], value: Credited, deals: Credited, by: Mapping[str, str]) -> tuple[Return, ...]:
    """The return on a spend, a currency each; none where nothing was spent. `by` is what `taken` says."""
    found = []
    for cost in spend:
        if cost.amount > 0:
            money = by.get(cost.currency, VALUE)
            found.append(_return(cost, money, deals if money == DEALS else value))
    return tuple(found)


def total(values: Iterable[Sequence[Money | Amount]]) -> tuple[Money, ...]:
    """Amounts added up by currency."""
    money: dict[str, int] = defaultdict(int)
    for amounts in values:
        for amount in amounts:
            money[amount.currency] += amount.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(money.items()) if amount)


def _return(cost: Money, money: str, credited: Credited) -> Return:
    earned = credited.of(cost.currency)
    error = credited.errors.get(cost.currency)
    mean = (earned - cost.amount) / cost.amount
    # Where nothing was earned yet, nothing is known of how much it could vary either.
    if not error:
        return Return(cost.currency, money, mean)
    half = Z * error / cost.amount
    # More than all of the cost cannot be lost, unless more was paid back than came in.
    return Return(cost.currency, money, mean, max(mean - half, min(-1.0, mean)), mean + half)
