"""What a regular letter tells an owner: the first page of the dashboard for a week or a month that is over, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatepost.offers import Money
from gatepost.report.ended import Ended
from gatepost.report.home import Overview, why
from gatepost.report.noted import Note
from gatepost.report.notes import CAUSE
from gatepost.report.words import many


@dataclass(frozen=True)
class Figure:
    """A line of the letter's table: what is counted, now and in the time before."""

    label: str
    now: str
    before: str


@dataclass(frozen=True)
class Section:
    """A heading with lines below; `is_list` where each is an item of its own."""

    title: str
    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Told:
    """The whole report of a letter. `subject` and `first` lead with the owner's goal."""

    ended: Ended
    subject: str
    first: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]


def told(ended: Ended, found: Overview, noted: Sequence[Note], titles: Mapping[str, str]) -> Told:
    """From the figures to the words. `titles` are those of articles by slug."""
    count = many(found.reached.now, found.goal.noun)
    first = (reached(found), found.goal.says)
    return Told(ended, f"{count} in {ended.name}", first, figures(found), _sections(found, noted, titles))


def reached(found: Overview) -> str:
    """The goal's count beside that of the time before, as a sentence."""
    says = found.reached.says
    return f"{many(found.reached.now, found.goal.noun)}{f', {says}' if says else ''}."


def figures(found: Overview) -> tuple[Figure, ...]:
    """The counts and the money of both spans."""
    now, then = found.now, found.before
    counts = [("Reads", "reads"), ("Leads that asked", "requested"), ("Leads that confirmed", "confirmed"),
              ("New clients", "clients"), ("Repeat sales", "repeat"), ("Referrals", "referrals")]  # fmt: skip
    money = [("Value of leads", "value"), ("Deals", "deals")]
    return (
        *(Figure(label, f"{getattr(now, key):,}", f"{getattr(then, key):,}" if then else "") for label, key in counts),
        *(Figure(label, _money(getattr(now, key)), _money(getattr(then, key)) if then else "") for label, key in money),
    )


def _sections(found: Overview, noted: Sequence[Note], titles: Mapping[str, str]) -> tuple[Section, ...]:
    best = tuple(f"{row.title}. {why(row)}" for row in found.best)
    few = "Too few leads have confirmed to say which articles bring more than others."
    way = tuple(filter(None, (found.lost, found.worse)))
    unseen = "Too few readers saw an offer in these days to say where they are lost."
    sections = (
        Section("Do more of these", best or (few,), is_list=bool(best)),
        Section("Where readers are lost", way or (unseen,)),
        Section(
            "What is uncertain", found.uncertain or (f"Nothing stands out. {CAUSE}",), is_list=bool(found.uncertain)
        ),
        Section("What happened", tuple(_noted(note, titles) for note in noted), is_list=True),
        Section("What to do next", found.first_steps, is_list=True),
    )
    return tuple(section for section in sections if section.lines)


def _noted(note: Note, titles: Mapping[str, str]) -> str:
    about = f" (“{titles.get(note.article, note.article)}”)" if note.article else ""
    return f"{note.says}{about}"


def _money(amounts: Sequence[Money]) -> str:
    return ", ".join(str(amount) for amount in amounts) or "–"
