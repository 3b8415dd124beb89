"""How a picture stands on a page: the element in place of the writer's `<img>`. Pure, and the same however often it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urlsplit

from gatepost_pelican.pictures.chosen import FOLDER, TEXT, TYPES
from gatepost_pelican.pictures.rewriting import Img, element, rewritten
from gatepost_pelican.pictures.shelf import Kept

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# A smaller picture is a portrait or an ornament: what follows may still be the first that readers see.
_SMALL = 200
# So many signs of markup after the beginning of the body no screen shows a picture at once.
_FAR = 6_000

# A picture by its path below the output.
Find = Callable[[str], Kept | None]


@dataclass(frozen=True)
class Page:
    """`name` is the file below the output, `site` the address of the site without a slash at its end, or nothing."""

    name: str
    site: str
    sizes: Mapping[str, str]

    def path(self, src: str) -> tuple[str, str] | None:
        """What leads from this page to the root of the site, and the file from there; None for what is elsewhere."""
        if not src or "?" in src or "#" in src or "\\" in src:
            return None
        root = urlsplit(self.site).path.rstrip("/") + "/"
        if self.site and src.startswith(f"{self.site}/"):
            start, rest = f"{self.site}/", src[len(self.site) + 1 :]
        elif _ELSEWHERE.match(src):
            return None
        elif src.startswith("/"):
            if not src.startswith(root):
                return None
            start, rest = root, src[len(root) :]
        else:
            start, rest = "../" * self.name.count("/"), join(dirname(self.name), src)
        path = normpath(unquote(rest))
        return None if path.startswith(("..", "/")) else (start, path)


def shown(markup: str, page: Page, find: Find) -> str:
    """The page with every picture that is known in all its sizes. Text and every other element stay, byte for byte."""
    if "<base" in markup.lower():
        return markup
    is_first, body = True, max(0, markup.find("<body"))

    def show(img: Img) -> str | None:
        nonlocal is_first
        found = page.path(img.src)
        kept = find(found[1]) if found and "srcset" not in img.attributes else None
        is_eager = is_first and img.before - body < _FAR
        width = _number(img.attributes.get("width", "")) or (kept.width if kept else _SMALL)
        is_first = is_first and width < _SMALL
        return _element(img, page, kept, found[0], is_eager and not is_first) if kept and found else None

    return rewritten(markup, show)


def _element(img: Img, page: Page, kept: Kept, start: str, is_eager: bool) -> str:
    given = {name: value for name, value in img.attributes.items() if name != "sizes"}
    address = f"{start}{FOLDER}/"
    if kept.files and kept.files[-1][0] not in TYPES:
        given["src"] = address + quote(kept.file(*kept.files[-1]))
    given.update(_measures(img.attributes, kept))
    given.update(_moment(img, is_eager))
    sizes = _sizes(img, page.sizes)
    kinds = [kind for kind in TYPES if any(kind == one for one, _ in kept.files)]
    sources = "".join(element("source", _source(kind, kept, address, sizes)) for kind in kinds)
    last = element("img", given)
    return f"<picture>{sources}{last}</picture>" if sources else last


def _moment(img: Img, is_eager: bool) -> dict[str, str]:
    """When a browser loads it. Always said, so that whoever comes by again does not ask how near the top it is."""
    given = img.attributes
    if "loading" in given or (not is_eager and given.get("fetchpriority") != "high"):
        loading = given.get("loading", "lazy")
        return {"loading": loading, **({"decoding": given.get("decoding", "async")} if loading == "lazy" else {})}
    is_cover = is_eager and "cover" in img.classes and "fetchpriority" not in given
    return {"loading": "eager", **({"fetchpriority": "high"} if is_cover else {})}


def _source(kind: str, kept: Kept, address: str, sizes: str) -> dict[str, str | int]:
    files = [(kept.file(kind, width), width) for one, width in kept.files if one == kind]
    srcset = ", ".join(f"{address}{quote(name)} {width}w" for name, width in files)
    return {"type": TYPES[kind], "srcset": srcset, "sizes": sizes}


def _measures(given: Mapping[str, str], kept: Kept) -> dict[str, str]:
    """Width and height that keep a place for the picture; what a writer said stays."""
    width, height = given.get("width", ""), given.get("height", "")
    if not width and not height:
        return {"width": str(kept.width), "height": str(kept.height)}
    if not height and (number := _number(width)):
        return {"height": str(max(1, round(kept.height * number / kept.width)))}
    if not width and (number := _number(height)):
        return {"width": str(max(1, round(kept.width * number / kept.height)))}
    return {}


def _sizes(img: Img, sizes: Mapping[str, str]) -> str:
    if given := img.attributes.get("sizes", "").strip():
        return given
    named = next((sizes[name] for name in img.classes if name in sizes and name != TEXT), None)
    number = _number(img.attributes.get("width", ""))
    return named or (f"(min-width: {number}px) {number}px, 100vw" if number else sizes[TEXT])


def _number(value: str) -> int:
    value = value.strip().removesuffix("px")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0
