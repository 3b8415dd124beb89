"""Medium: the zip of Settings > Download your information, or the folder that came out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import addresses, tree
from gatepost_pelican.importing.exports import DRAFT, PUBLISHED, CannotImport, Export, LeftOut, Post
from gatepost_pelican.importing.shelves import Shelf

LONGEST = 16 * 1024 * 1024
# Medium puts the text's number behind its name.
_NUMBER = re.compile(r"-?([0-9a-f]{8,12})$")
_CANONICAL = re.compile(rb'<a href="https?://([^"/]+)/[^"]*" class="p-canonical"')
_DAY = re.compile(r"^(draft_|\d{4}-\d{2}-\d{2}_)")
_SMALLER = {"h3": "h2", "h4": "h3"}


def opened(shelf: Shelf) -> Export:
    """The export on that shelf. Raises CannotImport."""
    names = sorted(
        name for name in shelf.names if name.lower().endswith(".html") and "posts" in PurePosixPath(name).parts[:-1]
    )
    if not names:
        raise CannotImport(
            f"there is no post in {shelf.title}: a Medium export has a folder `posts`",
            "Name the zip that Medium sent, or its folder",
        )
    export = Export("medium", (), frozenset(_hosts(shelf, names)))
    export.posts = _posts(shelf, names, export.left_out)
    return export


def _hosts(shelf: Shelf, names: list[str]) -> Iterator[str]:
    """Medium's own, or those that its owner had there."""
    for name in names:
        found = _CANONICAL.search(shelf.read(name, LONGEST) or b"")
        if found:
            yield found[1].decode("ascii", "replace").lower()


def _posts(shelf: Shelf, names: list[str], left_out: list[LeftOut]) -> Iterator[Post]:
    for name in names:
        content = shelf.read(name, LONGEST)
        if content is None:
            left_out.append(LeftOut(name, f"it is longer than {LONGEST >> 20} MB, or cannot be read"))
            continue
        yield _post(PurePosixPath(name).stem, tree.parsed(content.decode("utf-8-sig", "replace")), left_out)


def _post(stem: str, root: Element, left_out: list[LeftOut]) -> Post:
    is_draft = stem.startswith("draft_")
    canonical = tree.having(root, "p-canonical")
    address = addresses.split((canonical.get("href", "") if canonical is not None else "").strip())
    name = unquote(PurePosixPath(address.path).name) or _DAY.sub("", stem)
    heading, body = tree.having(root, "p-name"), _part(root, "body")
    title = tree.words(heading) if heading is not None else ""
    summary = _part(root, "subtitle")
    if body is None:
        left_out.append(LeftOut("its text", "the file has none", title or stem))
        body = tree.made("section")
    number = _NUMBER.search(name) or _NUMBER.search(stem)
    said = tree.words(summary) if summary is not None else ""
    _without_head(body, title, said)
    author = tree.having(root, "p-author")
    return Post(
        number=number[1] if number else stem,
        title=title,
        slug=_NUMBER.sub("", name).strip("-_").lower(),
        html=_inside(body),
        date=_moment(root),
        authors=(tree.words(author),) if author is not None and tree.words(author) else (),
        summary=said,
        status=DRAFT if is_draft else PUBLISHED,
        addresses=() if is_draft or not address.path.strip("/") else (address.path,),
        picture=_featured(body),
    )


def _part(root: Element, field: str) -> Element | None:
    return next((one for one in tree.elements(root) if one.get("data-field") == field), None)


def _without_head(body: Element, title: str, summary: str) -> None:
    """The text repeats title and subtitle, and begins with a rule; its headings begin at the third level."""
    first_rule = tree.having(body, "section-divider")

    def touched(parent: Element, child: Element) -> None:
        is_title = "graf--title" in tree.classes(child) and tree.words(child) == title
        is_summary = "graf--subtitle" in tree.classes(child) and tree.words(child) == summary
        if child is first_rule or is_title or is_summary:
            tree.drop(parent, child)
        elif child.tag in _SMALLER:
            child.tag = _SMALLER[str(child.tag)]

    tree.change(body, touched)


def _inside(body: Element) -> str:
    return "".join(tree.as_html(child) for child in body)


def _featured(body: Element) -> str:
    chosen = (one for one in tree.elements(body) if one.tag == "img" and one.get("data-is-featured") == "true")
    image = next(chosen, None)
    return image.get("src", "") if image is not None else ""


def _moment(root: Element) -> datetime | None:
    time = tree.having(root, "dt-published")
    try:
        return datetime.fromisoformat(time.get("datetime", "")).replace(microsecond=0) if time is not None else None
    except ValueError:
        return None
