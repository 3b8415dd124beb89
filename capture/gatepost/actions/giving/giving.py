"""What a kind of offer may do beyond giving files; each part has a default that does nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepost.engine import Engine
from gatepost.languages.told import Told
from gatepost.leads import Signup
from gatepost.offers import Offer, said
from gatepost.store import Transaction


class OfferOver(Told):
    """Nobody can ask for this any more: the webinar was, the contest has ended. Carries the offer's slug.

    `what` is marked with `said("...")`, and `values` are what it names.
    """

    cure = said("There may be something newer.")

    def __init__(self, slug: str, what: str, **values: object):
        super().__init__(what, **values)
        self.slug = slug


class AnswersRefused(Told):
    """Answers that cannot be taken: question -> a sentence of `offers.answering` and its values."""

    cure = said("Mend what is named and send the form again.")

    def __init__(self, errors: Mapping[str, tuple[str, Mapping[str, object]]]):
        super().__init__(said("Something in the form needs another look."))
        self.answers = dict(errors)


def _always(offer: Offer, now: datetime) -> None:
    return None


def _nothing(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> None:
    return None


def _nobody(engine: Engine, tx: Transaction, offer: Offer, token: str, dropped: Counter[str]) -> UUID | None:
    dropped["referral-unknown"] += 1
    return None


def _no_more(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Giving:
    """`letter` is owed once confirmed. `must_be_open` raises OfferOver. `confirmed` runs in the transaction that confirms,
    once a request; `yours` is what the page of the request shows (for `web/templates/kinds/<kind>.html`); `referrer`
    reads the token of a friend's link and counts a bad one in `dropped`. `opens_page`: the button leads to the page of
    the request, even where it brings files.
    """

    letter: str = "delivery"
    must_be_open: Callable[[Offer, datetime], None] = _always
    confirmed: Callable[[Engine, Transaction, Signup, Offer], None] = _nothing
    yours: Callable[[Engine, Transaction, Signup, Offer], Mapping[str, Any]] = _no_more
    referrer: Callable[[Engine, Transaction, Offer, str, Counter[str]], UUID | None] = _nobody
    opens_page: bool = False
