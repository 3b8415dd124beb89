"""From a subject to a carousel: one idea a page, in the words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatepost.offers.linkedin import marked
from gatepost_pelican.compile.carousel import MOST_PAGES, Call, Carousel, Idea
from gatepost_pelican.compile.setting import reads_right_to_left
from gatepost_pelican.compile.social import Cover
from gatepost_pelican.share.links import link, shown
from gatepost_pelican.share.phrases import phrases_for
from gatepost_pelican.share.sentences import cut, fitting, sentences
from gatepost_pelican.share.subject import Section, Subject

# What a page holds in type that can be read on a phone, in characters.
ALONE, ABOVE_POINTS, POINT, ALL_POINTS, TITLE = 280, 150, 140, 380, 120
MOST_POINTS = 5
MOST_IDEAS = MOST_PAGES - 2


def cover(subject: Subject) -> Cover:
    """The first page, and the card."""
    return Cover(
        slug=subject.name,
        title=subject.title,
        summary=fitting(subject.summary, 260),
        author=subject.author,
        site_name=subject.site_name,
        lang=subject.language,
        accent=subject.accent,
        dated=subject.dated,
    )


def carousel(subject: Subject) -> Carousel:
    """Cover, ideas and call; MOST_PAGES at most."""
    phrases = phrases_for(subject.language)
    if subject.offer is not None:
        address = marked(subject.offer.address, subject.name, "carousel")
        call = Call(phrases.take, subject.offer.title, shown(address), address)
    else:
        label = phrases.here if subject.is_offer else phrases.whole
        address = link(subject, "carousel")
        call = Call(label, subject.title, shown(address), address)
    pages = (*_open(subject), *_held(subject.groups, phrases.more))
    arrow = "←" if reads_right_to_left(subject.title) else "→"
    return Carousel(cover(subject), pages[:MOST_IDEAS], call, f"{phrases.swipe} {arrow}")


def _open(subject: Subject) -> Iterator[Idea]:
    titled = [section for section in subject.sections if section.title and not section.is_empty]
    for section in subject.sections:
        if section.title and not section.is_empty:
            yield _idea(section)
        elif not section.title:
            # Where nothing stands under a heading, each paragraph is an idea of its own.
            yield from _of_lead(section, 1 if titled else MOST_IDEAS)


def _idea(section: Section) -> Idea:
    if not section.points:
        return Idea(cut(section.title, TITLE), fitting(_statements(section.paragraphs), ALONE))
    above = [section.lead_in] if section.lead_in else _statements(section.paragraphs)
    return Idea(cut(section.title, TITLE), fitting(above, ABOVE_POINTS), _points(section.points), section.boxes)


def _of_lead(section: Section, most: int) -> Iterator[Idea]:
    texts = [fitting(_statements([paragraph]), ALONE) for paragraph in section.paragraphs]
    yield from (Idea(text=text) for text in list(filter(None, texts))[:most])
    if section.points and most > 1:
        yield Idea(text=cut(section.lead_in, ABOVE_POINTS), points=_points(section.points), boxes=section.boxes)


def _statements(paragraphs: Iterable[tuple[str, ...]]) -> list[str]:
    """Sentences of the first paragraph that says something by itself."""
    for paragraph in paragraphs:
        kept = [sentence for sentence in paragraph if not sentence.endswith(":")]
        if kept:
            return kept
    return []


def _points(points: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    for point in (fitting(sentences(point), POINT) for point in points[:MOST_POINTS]):
        if sum(map(len, kept)) + len(point) <= ALL_POINTS:
            kept.append(point)
    return tuple(kept)


def _held(groups: tuple[Section, ...], more: str) -> Iterator[Idea]:
    for group in groups:
        shown_points = _points(group.points)
        left = group.left + len(group.points) - len(shown_points)
        line = more.format(count=left) if left else ""
        yield Idea(cut(group.title, TITLE), "", shown_points, boxes=True, more=line)
