"""Cells of an imported line as what they mean. Each refuses with LineRefused, which says how to write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from difflib import get_close_matches

from gatepost.actions.importing_files import LineRefused
from gatepost.channels import CHANNELS
from gatepost.leads import email_key
from gatepost.offers import AmountUnreadable, Money, amounts

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_CURRENCY = re.compile(r"[A-Z]{3}")
_OLDEST = date(1970, 1, 1)
KINDS = ("first", "repeat")


def address(cells: Mapping[str, str]) -> str:
    """The identity behind the address."""
    text = unicodedata.normalize("NFC", cells["email"])
    if not _ADDRESS.fullmatch(text) or not text.isprintable():
        raise LineRefused(f"email is {text!r}, which is no address", "Write the lead's address: ada@example.org.")
    return email_key(text)


def day(cells: Mapping[str, str]) -> date:
    """A day as ISO 8601 writes it: 03/04/2026 is two days, depending on who reads it."""
    text = cells["date"]
    cure = "Write year, month and day as in 2026-11-23; in the spreadsheet give the column the format YYYY-MM-DD."
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or found < _OLDEST:
        raise LineRefused(f"date is {text!r}, which is no day of this calendar's", cure)
    return found


def amount(cells: Mapping[str, str], column: str = "amount") -> Money:
    """Money in the line's currency."""
    try:
        return amounts.money(cells[column], currency(cells))
    except AmountUnreadable as refused:
        raise LineRefused(f"{column}: {refused}", refused.cure) from None


def cost(cells: Mapping[str, str]) -> Money:
    """The line's amount, or its hours at their rate."""
    timed = [cells["hours"], cells["rate"]]
    if cells["amount"] and not any(timed):
        return amount(cells)
    if cells["amount"] or not all(timed):
        found = "amount, hours and rate say too much" if cells["amount"] else "there is no amount"
        raise LineRefused(found, "Write either an amount, or hours and the rate of one hour.")
    rate = amount(cells, "rate")
    try:
        hours = amounts.number(cells["hours"])
    except AmountUnreadable as refused:
        cure = "Write hours as a number: 1.5 for an hour and a half."
        raise LineRefused(f"hours: {refused}", f"{cure} {refused.cure}") from None
    if rate.amount < 0:
        raise LineRefused("the rate is negative", "Write negative hours to take earlier ones back.")
    worth = amounts.worth(hours, rate)
    if abs(worth.amount) > amounts.MOST:
        raise LineRefused("hours times rate is too large", "Check both numbers.")
    return worth


def currency(cells: Mapping[str, str]) -> str:
    """A currency's code."""
    text = cells["currency"].upper()
    if not _CURRENCY.fullmatch(text):
        raise LineRefused(f"currency is {cells['currency']!r}", "Write the currency's three letters: EUR, GBP, CHF.")
    return text


def kind(cells: Mapping[str, str]) -> str:
    """First, repeat, or "" where the file does not say."""
    text = cells["kind"].lower()
    if text and text not in KINDS:
        raise LineRefused(f"kind is {text!r}", "Write first or repeat, or leave it empty.")
    return text


def channel(cells: Mapping[str, str]) -> str:
    """A channel's name, or ""."""
    text = cells["channel"].lower()
    if text and text not in CHANNELS:
        raise LineRefused(f"there is no channel {text!r}", f"Use one of: {', '.join(CHANNELS)}.")
    return text


def article(cells: Mapping[str, str], known: Collection[str]) -> str:
    """An article's slug, or "". Where no build is known, every slug is taken."""
    text = words(cells, "article", 200)
    if text and known and text not in known:
        near = get_close_matches(text, known, n=3)
        these = f"Perhaps: {', '.join(near)}. " if near else ""
        cure = f"{these}Write the slug of a published article, as in its address; `gatepost report --format csv` lists them."
        raise LineRefused(f"there is no article {text!r}", cure)
    return text


def words(cells: Mapping[str, str], column: str, most: int) -> str:
    """Free text on one line."""
    text = " ".join(unicodedata.normalize("NFC", cells[column]).split())
    if len(text) > most:
        raise LineRefused(f"{column} has {len(text)} characters", f"Write at most {most}.")
    if not text.isprintable():
        raise LineRefused(f"{column} holds characters that cannot be seen", "Type it anew.")
    return text
