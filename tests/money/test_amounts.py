"""Amounts of money are read as spreadsheets of different countries write them, and never guessed at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.offers import AmountUnreadable, Money, amounts, minor_digits

CURRENCIES = ("EUR", "USD", "JPY", "KWD", "XOF")
# Thousands and decimal marks: Britain, Germany, France, Switzerland, and plain.
MARKS = ((",", "."), (".", ","), ("\u202f", ","), (" ", ","), ("'", "."), ("’", "."), ("", "."), ("", ","))
moneys = st.builds(Money, st.integers(1 - 10**12, 10**12 - 1), st.sampled_from(CURRENCIES))


def written(money: Money, thousands: str, mark: str) -> str:
    digits = minor_digits(money.currency)
    whole, part = divmod(abs(money.amount), 10**digits)
    sign = "-" if money.amount < 0 else ""
    return sign + f"{whole:,}".replace(",", thousands) + (f"{mark}{part:0{digits}d}" if digits else "")


def is_two_ways(text: str) -> bool:
    """One mark with three digits behind it and one to three before it."""
    digits = text.lstrip("-")
    marks = [sign for sign in digits if sign in ",."]
    before, _, after = digits.replace(",", ".").partition(".")
    return len(marks) == 1 and len(after) == 3 and before.isdecimal() and len(before) <= 3 and before[0] != "0"


@given(money=moneys, marks=st.sampled_from(MARKS))
def test_an_amount_written_in_any_country_is_read_back_or_refused_for_its_two_readings(money, marks):
    text = written(money, *marks)
    if is_two_ways(text):
        with pytest.raises(AmountUnreadable, match="can be read as"):
            amounts.money(text, money.currency)
    else:
        assert amounts.money(text, money.currency) == money


@given(money=moneys)
def test_what_money_says_of_itself_is_read_back(money):
    if not is_two_ways(money.plain):
        assert amounts.money(money.plain, money.currency) == money
    assert str(money) == f"{money.plain} {money.currency}"


@pytest.mark.parametrize("text", ["1,234", "1.234", "-12,500", "999.000", " 1,000 "])
def test_what_has_two_readings_is_refused_with_both_and_how_to_write_each(text):
    for currency in CURRENCIES:
        with pytest.raises(AmountUnreadable) as refused:
            amounts.money(text, currency)
        assert "and as" in str(refused.value)
        assert ".00 for the greater" in refused.value.cure


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1234.5", "EUR", 123_450),
        ("1,234.50", "EUR", 123_450),
        ("1.234,50", "EUR", 123_450),
        ("1 234,50", "EUR", 123_450),
        ("1,234,567", "EUR", 123_456_700),
        ("1.234.567", "JPY", 1_234_567),
        ("\u22125", "EUR", -500),
        ("+5", "EUR", 500),
        ("0,5", "EUR", 50),
        ("0.500", "KWD", 500),
        ("01.234", "KWD", 1_234),
        ("1,234.500", "KWD", 1_234_500),
    ],
)
def test_an_amount_is_kept_in_the_minor_units_of_its_currency(text, currency, amount):
    assert amounts.money(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "", "abc", "12 EUR", "€12", "1,23,456", "12,34.5", "1.2.3", "1,2,3", "--5", "1e3", "5-", ".5", "5.", "١٢", "1" * 13,
        "1,234.567,8", "1 23", "NaN", "1:30", "0.001", "12.345.6",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_a_cure(text):
    with pytest.raises(AmountUnreadable) as refused:
        amounts.money(text, "EUR")
    assert refused.value.cure


def test_a_currency_without_minor_units_has_no_cents():
    assert amounts.money("1500", "JPY") == Money(1500, "JPY")
    with pytest.raises(AmountUnreadable, match="more digits"):
        amounts.money("1500.5", "JPY")


def test_a_refund_is_written_with_its_sign_before_the_right_number():
    assert str(Money(-150, "EUR")) == "-1.50 EUR"
    assert str(Money(-5, "EUR")) == "-0.05 EUR"
    assert str(Money(-1500, "JPY")) == "-1500 JPY"


def test_hours_cost_their_rate_rounded_to_whole_cents():
    assert amounts.worth(Decimal("6.5"), Money(9000, "EUR")) == Money(58_500, "EUR")
    assert amounts.worth(Decimal("0.33"), Money(50, "EUR")) == Money(17, "EUR")
    assert amounts.worth(Decimal("-0.5"), Money(1, "EUR")) == Money(-1, "EUR")
