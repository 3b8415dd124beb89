"""A year of a site, thrown with dice: repeats, leads without a journey, touches not believed, currencies, deals, spend."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from gatepost.actions import climbing, crediting
from gatepost.journey import Touch
from gatepost.leads import Deal, Lead, Signup
from gatepost.offers import Money
from gatepost.store import Database, Transaction, counters, leads
from gatepost.store import tables as t
from gatepost.store.counters import Tally
from tests.report.story import download, lead

BEGAN = datetime(2026, 1, 3, 8, 30, tzinfo=UTC)
# Three are in the small catalogue, one was taken off the site.
ARTICLES = ("first-steps", "second-thoughts", "gated", "old")
CHANNELS = ("direct", "search", "social", "paid-search", "outreach", "assistant")
VALUES = (None, Money(4000, "EUR"), Money(4000, "EUR"), Money(9999, "EUR"), Money(1, "CHF"), Money(3333, "CHF"))


def fill(database: Database, *, people: int = 300, seed: int = 7) -> None:
    """Everything a report is made of, stored as the product stores it."""
    dice = random.Random(seed)
    with database.writing() as tx:
        _count(tx, dice)
        asked = [request for number in range(people) for request in _person(tx, dice, number)]
        for who, made, touches in sorted(asked, key=lambda one: one[1].confirmed_at or one[1].requested_at):
            _ask(tx, dice, who, made, touches)
        _sell(tx, dice, [who for who, _, _ in asked])
        _spend(tx, dice)


def _count(tx: Transaction, dice: random.Random) -> None:
    tally = Tally()
    for day in range(0, 365, 3):
        on = (BEGAN + timedelta(days=day)).date()
        for article in ARTICLES:
            for rung, most in (("view", 90), ("read", 40), ("consumed", 15), ("offer-seen", 30), ("form-start", 4)):
                offer = "checklist" if rung in ("offer-seen", "form-start") else ""
                key = (on, article, rung, offer, dice.choice(CHANNELS))
                tally.touches[key] += dice.randint(1, most)
                tally.firsts[key] += dice.randint(0, 1)
            tally.pairs[on, "", article] += dice.randint(0, 20)
            tally.pairs[on, dice.choice(ARTICLES), article] += dice.randint(1, 9)
        tally.touches[on, "", "offer-seen", "ebook", "email"] += 2
        tally.depths[on, dice.randint(1, 13)] += 5
        tally.variants[on, "ebook", "0badcafe", "now" if day % 2 else "short"] += 3
        tally.drop(on, {"crawler": 3, "journey-future": 1})
    counters.add(tx, tally)


def _person(tx: Transaction, dice: random.Random, number: int) -> list[tuple[Lead, Signup, list[Touch]]]:
    came = BEGAN + timedelta(minutes=dice.randint(0, 300 * 24 * 60))
    confirms = dice.random() < 0.85
    who = lead(tx, f"reader{number}", at=came, confirmed=False)
    if dice.random() < 0.12:
        who = leads.save(tx, replace(who, channel="expert"))
    times = dice.choice((1, 1, 1, 2, 3))
    return [_request(dice, who, came + timedelta(days=9 * nth), confirms) for nth in range(times)]


def _request(dice: random.Random, who: Lead, at: datetime, confirms: bool) -> tuple[Lead, Signup, list[Touch]]:
    touches = [_touch(dice, at) for _ in range(dice.choice((0, 0, 1, 2, 3, 4, 7, 12)))]
    article = dice.choice(("", *ARTICLES))
    touches.sort(key=lambda touch: touch.at)
    if article and dice.random() < 0.5:
        touches.append(Touch(at, article, dice.choice(CHANNELS), "signup"))
    made = Signup(
        uuid4(), who.id, dice.choice(("checklist", "ebook")), at, article, f"/{article}.html?for={who.email}",
        dice.choice(CHANNELS), value=dice.choice(VALUES), forgetful=dice.random() < 0.3,
        confirmed_at=at + timedelta(hours=dice.randint(0, 30)) if confirms and dice.random() < 0.9 else None,
    )  # fmt: skip
    return who, made, touches


def _touch(dice: random.Random, before: datetime) -> Touch:
    at = before - timedelta(microseconds=int(dice.expovariate(1 / 8) * 86_400_000_000) % (80 * 86_400_000_000))
    suspect = dice.choice(("", "", "", "", "", "receipt-missing"))
    return Touch(at, dice.choice(ARTICLES), dice.choice(CHANNELS), "read", suspect)


def _ask(tx: Transaction, dice: random.Random, who: Lead, made: Signup, touches: list[Touch]) -> None:
    with climbing.counting(tx, who.id):
        leads.add_signup(tx, made)
        leads.add_journey(tx, made.id, touches)
    if made.confirmed_at:
        known = leads.by_id(tx, who.id)
        assert known
        leads.save(tx, known.confirmed(made.confirmed_at))
        crediting.credit_request(tx, who.id, made.id)
        if dice.random() < 0.6:
            download(tx, who, made.id, made.confirmed_at)


def _sell(tx: Transaction, dice: random.Random, people: list[Lead]) -> None:
    """Deals, some paid back, some of people who never confirmed anything."""
    for who in dice.sample(people, len(people) // 6):
        amount = Money(dice.choice((120_000, 33_333, 7, -20_000)), dice.choice(("EUR", "EUR", "CHF", "USD")))
        stored = Deal(uuid4(), uuid4().hex, who.id, amount, _day(dice), "first", f"Paid by {who.email}", BEGAN)
        row = {**vars(stored), "amount": amount.amount, "currency": amount.currency}
        with climbing.counting(tx, who.id):
            tx.execute(t.deal.insert(), [row])
        crediting.credit_deals(tx, [stored])


def _spend(tx: Transaction, dice: random.Random) -> None:
    for number in range(40):
        article = dice.choice(("", "", *ARTICLES))
        row = {
            "id": UUID(int=number), "key": f"line-{number}", "day": _day(dice), "amount": dice.randint(0, 90_000),
            "currency": dice.choice(("EUR", "CHF", "GBP")), "article": article,
            "channel": "" if article else dice.choice(CHANNELS), "campaign": "", "note": "ask bo@example.org",
            "imported_at": BEGAN,
        }  # fmt: skip
        tx.execute(t.spend.insert(), [row])


def _day(dice: random.Random) -> date:
    return (BEGAN + timedelta(days=dice.randint(0, 360))).date()
