"""A contest: one entry a person, more for referrals, an end, and a draw that anybody can repeat."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said
from gatepost.offers.moments import MomentUnreadable, ZoneUnknown, moment
from gatepost.offers.terms import Contest, Terms

MOST_WINNERS = 1000
MOST_REFERRALS = 100
USUAL_REFERRALS = 5


def check(draft: Draft) -> Iterator[Mistake]:
    """An end that exists, a prize, and numbers that can be counted."""
    yield from check_form(draft)
    if not draft.line("prize"):
        yield Mistake("Prize", "nothing says what can be won", "Add a line `Prize: A book of your choice`.")
    yield from _check_end(draft)
    winners, referrals = draft.line("winners"), draft.line("referrals")
    if winners and not _is_count(winners, 1, MOST_WINNERS):
        cure = f"Write a whole number from 1 to {MOST_WINNERS}, or leave the line out: one wins then."
        yield Mistake("Winners", f"{winners!r} is not a number of winners", cure)
    if referrals and not _is_count(referrals, 0, MOST_REFERRALS):
        cure = f"Write how many further entries a person can earn, 0 to {MOST_REFERRALS}; without the line, {USUAL_REFERRALS}."
        yield Mistake("Referrals", f"{referrals!r} is not a number of entries", cure)


def terms(draft: Draft) -> Terms:
    """The contest of a draft without mistakes."""
    return Terms(
        contest=Contest(
            ends_at=moment(draft.line("ends"), _zone(draft), needs_time=False),
            zone=_zone(draft),
            prize=draft.line("prize"),
            winners=int(draft.line("winners") or 1),
            referrals=int(draft.line("referrals") or USUAL_REFERRALS),
        )
    )


def _check_end(draft: Draft) -> Iterator[Mistake]:
    if not draft.line("ends"):
        yield Mistake("Ends", "nothing says when it ends", "Add a line `Ends: 2027-03-31 23:59`.")
        return
    try:
        moment(draft.line("ends"), _zone(draft), needs_time=False)
    except ZoneUnknown as error:
        yield Mistake("Zone", str(error), error.cure)
    except MomentUnreadable as error:
        yield Mistake("Ends", str(error), error.cure)


def _zone(draft: Draft) -> str:
    return draft.line("zone") or draft.zone


def _is_count(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7 and least <= int(text) <= most


KIND = Kind(
    name="contest",
    label=said("Contest"),
    noun="contest",
    button=said("Enter me"),
    check=check,
    note=said(
        "We mail you one link to confirm your address; your entry counts once you have, with or without the tick."
    ),
    asked=said(
        "Somebody, most likely you, asked to enter the contest “%(title)s” of %(site)s with this address. The entry counts "
        "once the button is pressed, provided that the contest has not ended by then."
    ),
    confirm=said("Yes, enter me"),
    promise=said(
        "Press the button to confirm your address. Your entry counts from then on, provided that the contest has not ended."
    ),
    press=said("Confirm, and enter"),
    always_confirms=True,
    fields=("ends", "zone", "prize", "winners", "referrals"),
    terms=terms,
    starter="Ends: {later} 23:59\nZone: Europe/Berlin\nPrize: WHAT CAN BE WON\nWinners: 1\n",
    body="What can be won, by whom, and how the winners are drawn.\n",
)
