"""A small history of a site: who read, asked and confirmed. Used by the tests of report and dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from gatepost.actions import climbing, crediting
from gatepost.journey import Touch
from gatepost.leads import Grant, Lead, Signup, email_key, mailbox
from gatepost.offers import HeldFile, Money
from gatepost.store import Database, Transaction, counters, grants, leads
from gatepost.store.counters import Tally

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CHECKLIST = Money(4000, "EUR")


def reads(
    tx: Transaction, article: str, count: int, firsts: int, *, rung: str = "read", offer: str = "", day: int = 0
) -> None:
    """Count beacons on the day `day` days after START."""
    tally = Tally()
    key = ((START + timedelta(days=day)).date(), article, rung, offer, "search")
    tally.touches[key] = count
    tally.firsts[key] = firsts
    counters.add(tx, tally)


def lead(tx: Transaction, name: str, *, at: datetime = START, confirmed: bool = True) -> Lead:
    """Somebody of example.org."""
    email = f"{name}@example.org"
    new = Lead(
        uuid4(), email, email_key(email), mailbox(email), at, name.title(),
        "confirmed" if confirmed else "pending", at if confirmed else None,
    )  # fmt: skip
    return leads.add_if_new(tx, new)


def signup(
    tx: Transaction,
    who: Lead,
    journey: Sequence[str],
    *,
    article: str | None = None,
    offer: str = "checklist",
    at: datetime = START,
    confirmed: bool = True,
    value: Money | None = CHECKLIST,
) -> UUID:
    """A request whose journey reads these articles, one a day, and ends on the page of the signup."""
    here = journey[-1] if article is None and journey else article or ""
    made = Signup(
        uuid4(), who.id, offer, at, here, f"/{here}.html", "search", value=value, confirmed_at=at if confirmed else None
    )
    touches = [
        Touch(at - timedelta(days=len(journey) - place), slug, "search", "read") for place, slug in enumerate(journey)
    ]
    with climbing.counting(tx, who.id):
        leads.add_signup(tx, made)
        leads.add_journey(tx, made.id, touches)
    if confirmed:
        crediting.credit_request(tx, who.id, made.id)
    return made.id


def download(tx: Transaction, who: Lead, signup_id: UUID, at: datetime = START) -> None:
    """The file was opened once by its reader and once by a mail scanner."""
    file = HeldFile("f" * 64, "Before you publish.pdf", "application/pdf", 1000)
    grant = Grant(uuid4(), who.id, signup_id, "checklist", file, at, at + timedelta(days=30), 20)
    grants.add(tx, [grant])
    grants.note_scanner(tx, grant.id, uuid4(), at)
    with climbing.counting(tx, who.id):
        grants.use(tx, grant.id, uuid4(), at)


def busy_month(database: Database) -> None:
    """Eight leads; `first-steps` helps six of them, `gated` is read much and helps one, one article is gone."""
    with database.writing() as tx:
        for slug, count, firsts in (("first-steps", 420, 300), ("second-thoughts", 500, 410), ("gated", 2600, 2000)):
            reads(tx, slug, count * 2, count, rung="view")
            reads(tx, slug, count, firsts)
            reads(tx, slug, count // 2, firsts // 2, rung="consumed", day=1)
            reads(tx, slug, count // 3, 0, rung="offer-seen", offer="checklist", day=1)
            reads(tx, slug, 9, 0, rung="form-start", offer="checklist", day=2)
        reads(tx, "first-steps", 40, 0, rung="linkedin-seen", offer="linkedin")
        reads(tx, "first-steps", 4, 0, rung="linkedin-click", offer="linkedin")
        for name in ("ada", "bo", "cy", "dee"):
            who = lead(tx, name)
            download(tx, who, signup(tx, who, ["second-thoughts", "first-steps"]))
        signup(tx, lead(tx, "eve", confirmed=False), ["first-steps"], confirmed=False)
        signup(tx, lead(tx, "fay"), ["gated", "first-steps", "gated-old"], offer="ebook", value=Money(9000, "EUR"))
        later = START + timedelta(days=10)
        signup(tx, lead(tx, "gus", at=later), [], article="first-steps", at=later)
        signup(tx, lead(tx, "hal", at=later), [], at=later, value=None)
        ada = leads.by_key(tx, "ada@example.org")
        assert ada is not None
        signup(tx, ada, ["gated", "second-thoughts"], offer="ebook", at=later, value=Money(9000, "EUR"))
        tally = Tally()
        tally.drop(START.date(), {"prerender": 12, "crawler": 30})
        counters.add(tx, tally)
