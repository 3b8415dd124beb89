"""A carousel of square pages, as a PDF to leaf through on a phone."""

from __future__ import annotations

from dataclasses import dataclass

from .colours import on_paper
from .press import Sheet, set_pdf
from .setting import dictionary, literal
from .social import Cover, breakable, description

# Cover and call included. Nobody leafs on for ever.
MOST_PAGES = 20


@dataclass(frozen=True)
class Idea:
    """One page: a title, words and points below it, and a quiet line; each may be empty. `boxes` are drawn before points."""

    title: str = ""
    text: str = ""
    points: tuple[str, ...] = ()
    boxes: bool = False
    more: str = ""


@dataclass(frozen=True)
class Call:
    """The last page: what there is, under which words, and where. `shown` is the address as people read it."""

    label: str
    title: str
    shown: str
    link: str


@dataclass(frozen=True)
class Carousel:
    """`swipe` stands on the first page, and says that there are more."""

    cover: Cover
    ideas: tuple[Idea, ...]
    call: Call
    swipe: str

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.ideas) + 2


def carousel_pdf(carousel: Carousel) -> bytes:
    """Pages of 1080 by 1080 points; the same carousel gives the same bytes. Raises CompileError."""
    cover, call = carousel.cover, carousel.call
    more = {
        "swipe": literal(carousel.swipe),
        "on-paper": literal(on_paper(cover.accent)),
        "call-label": literal(call.label),
        "call-title": literal(breakable(call.title)),
        "shown": literal(_jointed(call.shown)),
        "link": literal(call.link),
    }
    ideas = "".join(f"{_idea(idea, on_paper(cover.accent))}, " for idea in carousel.ideas)
    source = f'#import "carousel.typ": *\n#carousel({description(cover, more)}, ({ideas}))\n'
    return set_pdf(Sheet(source, {}, cover.dated, cover.slug))


def _idea(idea: Idea, accent: str) -> str:
    points = "".join(f"{literal(breakable(point))}, " for point in idea.points)
    return dictionary(
        {
            "title": literal(breakable(idea.title)),
            "text": literal(breakable(idea.text)),
            "points": f"({points})",
            "boxes": "true" if idea.boxes else "false",
            "more": literal(idea.more),
            "accent": literal(accent),
        }
    )


def _jointed(address: str) -> str:
    """An address that may go on in the next line after a slash or a hyphen, and after any twenty signs without one."""
    return breakable("".join(f"{sign}\u200b" if sign in "/-" else sign for sign in address), 20)
