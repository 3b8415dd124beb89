"""From the HTML of a text to its sections: headings, sentences and lists, without pictures, tables and code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from gatepost_pelican.compile import blocks as b
from gatepost_pelican.compile.addresses import Addresses
from gatepost_pelican.compile.pictures import Pictures
from gatepost_pelican.compile.reading import read_html
from gatepost_pelican.compile.running_text import Place
from gatepost_pelican.share.sentences import sentences
from gatepost_pelican.share.subject import Section


class _Unseen(Pictures):
    """No picture is shown, so none needs to be there."""

    def find(self, source: str, where: str) -> Path:
        return Path(source[:1])


def outline(html: str, title: str) -> tuple[Section, ...]:
    """Sections in order. What stands below no heading comes first, under the empty title."""
    place = Place(title, Addresses(1, "https://example.org/", {}), _Unseen(None, ""))
    drafts = [_Draft()]
    for block in read_html(html, place, title).blocks:
        if isinstance(block, b.Heading):
            drafts.append(_Draft(words(block.inlines)))
        else:
            drafts[-1].add(block)
    return tuple(draft.done() for draft in drafts if draft.title or not draft.section.is_empty)


def words(inlines: Iterable[b.Inline]) -> str:
    """The words of a line, without what pictures would say."""
    return b.plain(tuple(_without_pictures(inlines)))


def _without_pictures(inlines: Iterable[b.Inline]) -> Iterable[b.Inline]:
    for inline in inlines:
        if isinstance(inline, b.Styled | b.Link):
            yield replace(inline, inlines=tuple(_without_pictures(inline.inlines)))
        elif not isinstance(inline, b.Picture):
            yield inline


@dataclass
class _Draft:
    title: str = ""
    section: Section = field(init=False)
    # Paragraphs that begin with words of their own, as a heading in small would: `**The price.** It depends ...`.
    run_in: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.section = Section(self.title)

    def add(self, block: b.Block) -> None:
        """Take from a block what can be said in words; only the first list of a section is one."""
        section = self.section
        if isinstance(block, b.Paragraph):
            text = words(block.inlines)
            if text:
                self.section = replace(section, paragraphs=(*section.paragraphs, sentences(text)))
            if text and _runs_in(block):
                self.run_in.append(sentences(text))
        elif isinstance(block, b.Points | b.Terms) and not section.points:
            points = _points(block)
            boxes = isinstance(block, b.Points) and any(item.ticked is not None for item in block.items)
            self.section = replace(section, points=points, boxes=boxes, lead_in=_lead_in(section))
        elif isinstance(block, b.Points) and section.boxes:
            self.section = replace(section, points=(*section.points, *_points(block)))

    def done(self) -> Section:
        """The section; several paragraphs with words of their own at the beginning are its points, where it has no list."""
        if self.section.points or len(self.run_in) < 2:
            return self.section
        others = tuple(paragraph for paragraph in self.section.paragraphs if paragraph not in self.run_in)
        return replace(self.section, paragraphs=others, points=tuple(" ".join(one[:2]) for one in self.run_in))


def _runs_in(block: b.Paragraph) -> bool:
    first = block.inlines[0]
    if not isinstance(first, b.Styled) or first.look not in ("strong", "emph"):
        return False
    return words((first,)).endswith((".", ":", "!", "?"))


def _lead_in(section: Section) -> str:
    last = section.paragraphs[-1][-1] if section.paragraphs else ""
    return last if last.endswith(":") else ""


def _points(block: b.Points | b.Terms) -> tuple[str, ...]:
    if isinstance(block, b.Terms):
        pairs = ((words(name), _first_words(meaning)) for name, meaning in block.pairs)
        return tuple(f"{name}: {meaning}" if meaning else name for name, meaning in pairs if name)
    return tuple(filter(None, (_first_words(item.blocks) for item in block.items)))


def _first_words(blocks: tuple[b.Block, ...]) -> str:
    first = blocks[0] if blocks else None
    return words(first.inlines) if isinstance(first, b.Paragraph) else ""
