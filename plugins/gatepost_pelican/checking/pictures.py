"""Pictures without words for those who do not see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from gatepost_pelican import gate, sources
from gatepost_pelican.checking import markup
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.markup import Tag
from gatepost_pelican.checking.texts import Site, Written

RULES = (
    Rule(
        "GP301",
        Severity.WARNING,
        "A picture has no alternative text",
        'Write what it shows: `![A map of the hall](...)`. A picture that only decorates says so: `alt=""` typed out in HTML, '
        "or `![](...){role=presentation}`. Pictures in held texts count, too: they go into files for readers.",
    ),
    Rule(
        "GP302",
        Severity.WARNING,
        "An alternative text says nothing",
        "It is the name of the file, or a word such as `image` or `photo`. Say what the picture tells, not what it is.",
    ),
)
_EMPTY = frozenset(
    {"image", "picture", "photo", "img", "graphic", "bild", "foto", "photograph", "screenshot", "alt", "."}
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg)|(?:img|dsc|image|screenshot)[_ -]?\d+", re.IGNORECASE)
_TYPED = re.compile(r"""<img\b[^>]*?\balt\s*=\s*(?:""|'')""", re.IGNORECASE | re.DOTALL)


def find(site: Site) -> Iterator[Finding]:
    """Pictures of all texts, and of what is held of offers and articles."""
    for text in site.texts:
        yield from _in(text.tags, text.written)
    for path, held in _held(site):
        yield from _in(markup.tags(held), Written(sources.opened(path)))


def _held(site: Site) -> Iterator[tuple[str, str]]:
    for offer in site.work.written:
        if "<img" in offer.held:
            yield str(offer.source.path), offer.held
    for placing in site.placings:
        if placing.is_article and gate.COUNT in placing.content.metadata:
            source = sources.opened(placing.content.source_path)
            if "![" in source.text or "<img" in source.text:
                yield str(source.path), site.work.reader.read(source, "held").html


def _in(tags: list[Tag], written: Written) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for tag in tags:
        if tag.name != "img":
            continue
        source = tag.attributes.get("src", "")
        problem = _wrong(tag, source, written)
        if problem is not None:
            code, words, cure = problem
            yield written.finding(code, written.nth(source, seen[source]), words, cure)
        seen[source] += 1


def _wrong(tag: Tag, source: str, written: Written) -> tuple[str, str, str] | None:
    alt = " ".join(tag.attributes.get("alt", "").split())
    name = PurePosixPath(unquote(source)).name or "picture"
    if not alt:
        if _is_decoration(tag, source, written):
            return None
        cure = "Write between the brackets what it shows, or mark it as decoration: `{role=presentation}` behind it"
        return "GP301", f"the picture {name} has no alternative text", cure
    if alt.casefold() in _EMPTY or _FILE.fullmatch(alt):
        return (
            "GP302",
            f"the alternative text of {name}, {alt!r}, says nothing",
            "Write what the picture tells a reader",
        )
    return None


def _is_decoration(tag: Tag, source: str, written: Written) -> bool:
    """Did the writer say so? Markdown makes an empty `alt` of nothing at all, so only one typed in HTML counts."""
    found = tag.attributes
    if found.get("role") in ("presentation", "none") or found.get("aria-hidden") == "true":
        return True
    typed = (match[0] for match in re.finditer(r"<img\b[^>]*>", written.without_code, re.IGNORECASE | re.DOTALL))
    return "alt" in found and any(source in one and _TYPED.search(one) for one in typed)


CHECK = Check(find, RULES)
