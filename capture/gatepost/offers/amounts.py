"""Amounts as spreadsheets of different countries write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from gatepost.offers.offer import Money, minor_digits

MOST_DIGITS = 12
# In minor units; sums of very many such still fit a database's whole numbers.
MOST = 10**15

# Between thousands people also put blanks of several widths and apostrophes.
_GAPS = re.compile("[ '\u2019\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_SHAPE = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+(?=[.]|$)|[0-9]{1,3}(?:[.][0-9]{3})+(?=,|$))"
    r"(?:[.,](?P<part>[0-9]+))?"
)
# 1,234 and 1.234, but not 0,234 or 1234,567, which nobody writes for thousands.
_TWO_WAYS = re.compile(r"[+-]?(?P<whole>[1-9][0-9]{0,2})[.,](?P<part>[0-9]{3})")


class AmountUnreadable(ValueError):
    """A text that is no number, or could be two. Carries its cure."""

    def __init__(self, found: str, cure: str):
        super().__init__(found)
        self.cure = cure


def number(text: str) -> Decimal:
    """Read `1234.5`, `1,234.50`, `1.234,50` or `1 234,50`. Raises AmountUnreadable."""
    plain = _GAPS.sub("", text.strip()).replace("\u2212", "-")
    if either := _TWO_WAYS.fullmatch(plain):
        whole, part = either.groups()
        cure = (
            f"Write {whole}{part}.00 for the greater number, or {whole}.{part[:2]} or 0{whole}.{part} for the smaller."
        )
        raise AmountUnreadable(f"{text!r} can be read as {whole}{part} and as {whole}.{part}", cure)
    match = _SHAPE.fullmatch(plain)
    if not match:
        raise AmountUnreadable(f"{text!r} is no number", "Write a number without a sign of currency, such as 1234.50.")
    whole = re.sub("[.,]", "", match["whole"])
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise AmountUnreadable(f"{text!r} is too large", f"Write at most {MOST_DIGITS} digits before the decimal mark.")
    return Decimal(f"{match['sign']}{whole}.{match['part'] or '0'}")


def money(text: str, currency: str) -> Money:
    """An amount of a currency (three capitals), in its minor units. Raises AmountUnreadable."""
    read, digits = number(text), minor_digits(currency)
    scaled = read.scaleb(digits)
    if scaled != scaled.to_integral_value():
        rounded = str(Money(_rounded(scaled), currency))
        found = f"{text!r} has more digits after its decimal mark than {currency} has ({digits})"
        raise AmountUnreadable(found, f"Round it, for example to {rounded.removesuffix(f' {currency}')}.")
    return Money(int(scaled), currency)


def worth(hours: Decimal, rate: Money) -> Money:
    """What hours cost at a rate for one, rounded to whole minor units, halves away from zero."""
    return Money(_rounded(hours * rate.amount), rate.currency)


def _rounded(minor: Decimal) -> int:
    return int(minor.to_integral_value(ROUND_HALF_UP))
