"""Exporting: everything held about one person, as plain values (GDPR articles 15 and 20)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from gatepost.engine import Engine
from gatepost.leads import Consent, Deal, Grant, Signup, origin
from gatepost.store import Transaction, answers, entries, grants, leads, money, outbox, receipts, seats, tasks


def everything(engine: Engine, lead_id: UUID) -> dict[str, Any]:
    """All rows about a lead: who, requests with journeys, permissions with their sentences, downloads, letters, deals.

    Times are ISO 8601 in UTC, money is in minor units. An unknown id gives an empty dictionary.
    """
    with engine.database.reading() as tx:
        lead = leads.by_id(tx, lead_id)
        if lead is None:
            return {}
        signups = leads.signups_of(tx, lead_id)
        came_from = origin(lead, signups)
        held: dict[str, Any] = _plain(
            {
                "exported_at": engine.now(),
                "lead": asdict(lead),
                "channel": came_from.channel,
                "lead_class": came_from.lead_class,
                "signups": [_signup(tx, signup) for signup in signups],
                "permissions": [_permission(tx, consent) for consent in leads.consents_of(tx, lead_id)],
                "grants": [_grant(tx, grant) for grant in grants.of_lead(tx, lead_id)],
                "letters": [_letter(owed) for owed in outbox.of_lead(tx, lead_id)],
                "seats": [asdict(seat) for seat in seats.of_lead(tx, lead_id)],
                "tasks": [asdict(task) for task in tasks.of_lead(tx, lead_id)],
                "entries": [_entry(entry) for entry in entries.of_lead(tx, lead_id)],
                "deals": [_deal(deal) for deal in money.deals_of(tx, lead_id)],
            }
        )
        return held


def _signup(tx: Transaction, signup: Signup) -> dict[str, Any]:
    return {
        **asdict(signup),
        "journey": [asdict(touch) for touch in leads.journey(tx, signup.id)],
        "answers": answers.of(tx, signup.id),
        "receipts": [{"hash": hash_, "spent_at": at} for hash_, at in receipts.of_signup(tx, signup.id)],
    }


def _permission(tx: Transaction, consent: Consent) -> dict[str, Any]:
    wording = leads.wording(tx, consent.wording_hash)
    sentence = {"wording": wording.text, "wording_version": wording.version} if wording else {}
    return {**asdict(consent), **sentence, "is_active": consent.is_active}


def _grant(tx: Transaction, grant: Grant) -> dict[str, Any]:
    return {**asdict(grant), "downloads": [{"at": at, "by": by} for at, by in grants.downloads_of(tx, grant.id)]}


def _deal(deal: Deal) -> dict[str, Any]:
    # How an imported line is known again says nothing about the person.
    return {name: value for name, value in asdict(deal).items() if name != "key"}


def _entry(entry: entries.Entry) -> dict[str, Any]:
    # Which request brought it: with a friend's, that is the friend's affair.
    return {name: value for name, value in asdict(entry).items() if name not in ("key", "signup_id")}


def _letter(owed: outbox.Owed) -> dict[str, Any]:
    # Claim and lease are how workers share the work, and say nothing about the person.
    return {name: value for name, value in vars(owed).items() if name not in ("claim", "leased_until", "key")}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
