"""Trying: which look of a call to action brings more. Counted as it happens, and told in plain words."""

from __future__ import annotations

from collections import Counter
from datetime import date

from gatepost.catalogue import Catalogue
from gatepost.leads import Signup
from gatepost.offers import Offer
from gatepost.store import Transaction, trials
from gatepost.store.trials import VariantKey

# The beacon of a reader who saw a variant, once a browser and trial. It is no rung: every reader of an offer under test
# sees one variant or another.
SEEN = "variant-seen"


def unfit(known: Catalogue, offer: str, article: str, variant: str) -> str:
    """Why a beacon that says a variant was seen cannot be counted, or ""."""
    if offer not in known.offers:
        return "unknown-offer"
    if article and article not in known.articles:
        return "unknown-article"
    return _unknown(known.offers[offer], variant)


def seen(day: date, offer: str, variant: str) -> VariantKey:
    """What a beacon that is fit counts for."""
    trial, _, key = variant.partition(":")
    return day, offer, trial, key


def dropped(offer: Offer, variant: str, reasons: Counter[str]) -> None:
    """Count, by reason, that a request came with a variant that is none of its offer's: it takes no part in a trial."""
    if variant and (reason := _unknown(offer, variant)):
        reasons[reason] += 1


def count_request(tx: Transaction, offer: Offer, signup: Signup) -> None:
    """Count a request for its variant, in the transaction that stores it."""
    if signup.variant and not _unknown(offer, signup.variant):
        trials.add_request(tx, signup)


def count_confirmed(tx: Transaction, signup: Signup, day: date) -> None:
    """Count a confirmation for the variant that was asked under, also when its trial has ended since."""
    if signup.variant:
        trials.add_confirmed(tx, signup, day)


def _unknown(offer: Offer, variant: str) -> str:
    trial, _, key = variant.partition(":")
    if offer.trial is None or offer.trial.key != trial:
        return "unknown-trial"
    return "" if offer.trial.has(key) else "unknown-variant"
