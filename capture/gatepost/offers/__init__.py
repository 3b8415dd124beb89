"""Offers: what they are, the kinds there are, and what a kind demands of its writer."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers import (
    case_study,
    checklist,
    contest,
    download,
    ebook,
    event,
    linkedin,
    question,
    survey,
    variants,
    webinar,
)
from gatepost.offers.amounts import AmountUnreadable
from gatepost.offers.kind import Draft, Kind, Mistake, said
from gatepost.offers.offer import (
    DEFAULT_EXPIRES_DAYS,
    DEFAULT_USES,
    LIST_PAGE,
    LIST_WORDS,
    HeldFile,
    Money,
    MoneyUnreadable,
    Offer,
    Wording,
    minor_digits,
)
from gatepost.offers.terms import Contest, Ending, Meeting, Question, Terms
from gatepost.offers.trial import NOW, Trial, Variant

# To add a kind: one new file beside these, one line here, one template if it looks different.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        checklist.KIND,
        ebook.KIND,
        download.KIND,
        case_study.KIND,
        survey.KIND,
        question.KIND,
        webinar.KIND,
        event.KIND,
        contest.KIND,
        linkedin.KIND,
    )
}


def check(draft: Draft) -> Iterator[Mistake]:
    """Everything wrong with an offer that can be known without reading another file."""
    kind = KINDS.get(draft.kind)
    if kind is None:
        yield Mistake("Kind", f"there is no kind {draft.kind!r}", f"Use one of: {', '.join(KINDS)}.")
        return
    yield from kind.check(draft)
    yield from variants.check(draft, kind.asks)
    if draft.value:
        try:
            Money.parse(draft.value)
        except MoneyUnreadable as error:
            yield Mistake("Value", f"{draft.value!r} is not an amount of money", error.cure)
    if draft.expires and not (draft.expires.isdecimal() and 0 < int(draft.expires) <= 3650):
        yield Mistake("Expires", f"{draft.expires!r} is not a number of days", "Write whole days: `Expires: 30`.")


__all__ = [
    "DEFAULT_EXPIRES_DAYS",
    "DEFAULT_USES",
    "KINDS",
    "LIST_PAGE",
    "LIST_WORDS",
    "NOW",
    "AmountUnreadable",
    "Contest",
    "Draft",
    "Ending",
    "HeldFile",
    "Kind",
    "Meeting",
    "Mistake",
    "Money",
    "MoneyUnreadable",
    "Offer",
    "Question",
    "Terms",
    "Trial",
    "Variant",
    "Wording",
    "check",
    "minor_digits",
    "said",
]
