"""Links that lead nowhere, to a draft, to a place that is not on the page, or that are no addresses at all."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from gatepost_pelican.checking import markup
from gatepost_pelican.checking.addresses import Addresses, joined
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.markup import Tag
from gatepost_pelican.checking.texts import ARTICLE, PAGE, Site, Text
from gatepost_pelican.loader import OWN_TEMPLATES

RULES = (
    Rule(
        "GP201",
        Severity.ERROR,
        "A link leads to nothing on this site",
        "`{filename}`, `{static}` and `{attach}` name files of the content folder, with a slash from its top, without one from the "
        "file that links. Relative and site-absolute addresses, and whole ones below SITEURL, are looked up among all that a "
        "build writes. Nothing is ever fetched from other sites.",
    ),
    Rule(
        "GP202",
        Severity.WARNING,
        "A link leads to a place that its page does not have",
        "No heading or element of the target has the id after `#`. A heading behind a gate is on no page.",
    ),
    Rule(
        "GP203",
        Severity.ERROR,
        "A link differs from what it means in capitals only",
        "It works on a disk that does not tell capitals from small letters, and breaks on the server.",
    ),
    Rule(
        "GP204",
        Severity.ERROR,
        "Something published links to a draft",
        "Readers would find an unfinished text; search engines, too.",
    ),
    Rule(
        "GP205",
        Severity.ERROR,
        "An address is malformed",
        "It has no host, a space, a scheme that is misspelt, or is the address of a mail without `mailto:`.",
    ),
    Rule(
        "GP206",
        Severity.ERROR,
        "A picture, or another file that a text shows, is not there",
        "As with links, for `<img>`, `srcset`, `<video>`, `<audio>`, `<source>`, `<iframe>` and the like.",
    ),
    Rule(
        "GP207",
        Severity.WARNING,
        "A reference is used that no line defines",
        "`[words][name]` and `[^name]` stand on the page as they were typed where no line `[name]: address` follows them.",
    ),
)  # fmt: skip

_SOURCES = {"a": ("href",), "area": ("href",), "object": ("data",), "video": ("src", "poster")}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_WEB = ("http", "https", "ftp")
_NEARLY_WEB = re.compile(r"(?:h?tt?tps?s?|htp|hhtps?|http|https)(?::/?|/{1,2}|;//)", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?|\[[0-9a-fA-F:.]+\]")
_MAIL = re.compile(r"[^@\s/?#:]+@[^@\s/?#]+\.[a-z]{2,}", re.IGNORECASE)
_REFERENCE = re.compile(r"\[[^\[\]\n]{1,200}\]\[[^\[\]\n]{0,100}\]|\[\^[^\s\[\]]+\]")
_CODE = re.compile(r"<(code|pre|kbd|samp)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_THEME_ID = re.compile(r"""\bid=["']([^"'{}\s]+)(\{\{)?""")


@dataclass(frozen=True)
class Problem:
    code: str
    words: str
    cure: str


class Links:
    """Looks links up. One of a check, so that what they lead to is gathered once."""

    def __init__(self, site: Site):
        self.site = site
        self.addresses = Addresses(site)
        self.intrasite = re.compile(site.pelican["INTRASITE_LINK_REGEX"])
        self.siteurl = site.settings.site_url

    def find(self) -> Iterator[Finding]:
        for text in self.site.texts:
            seen: Counter[str] = Counter()
            for tag in text.tags:
                for value in _addresses(tag):
                    problem = self.wrong(value.strip(), text, tag)
                    if problem is not None:
                        yield self._finding(text, value, seen[value], problem)
                    seen[value] += 1
            yield from _references(text)

    def wrong(self, value: str, text: Text, tag: Tag) -> Problem | None:
        """What is wrong with an address, as it stands in the HTML of a text."""
        if match := self.intrasite.match(value):
            return self._intrasite(match["what"], value[match.end() :], value, text, tag)
        if self.siteurl and (value == self.siteurl or value.startswith((f"{self.siteurl}/", f"{self.siteurl}#"))):
            value = value.removeprefix(self.siteurl) or "/"
        elif value.startswith("//") or _SCHEME.match(value) or _MAIL.fullmatch(value) or _is_nearly_web(value):
            return _malformed(value)
        if " " in value or "\\" in value:
            return Problem("GP205", f"{value!r} has a space or a backslash in it", "Write %20 and / instead")
        path, _, fragment = value.partition("#")
        path = path.partition("?")[0]
        if not path:
            return self._fragment(text, fragment, value) if "?" not in value else None
        base = _base(text)
        where = path.lstrip("/") if path.startswith("/") else joined(base, unquote(path))
        return self._lookup(unquote(where), fragment, value, text, tag)

    def _intrasite(self, what: str, rest: str, value: str, text: Text, tag: Tag) -> Problem | None:
        path, _, fragment = rest.partition("#")
        path = unquote(path.partition("?")[0])
        if what in ("category", "tag", "author"):
            return self._listed(what, path, value)
        if what == "index":
            return None
        if what not in ("filename", "static", "attach"):
            cure = "Write {filename}, {static} or {attach} before the path of a file"
            return Problem("GP201", f"{value!r} begins with a word in braces that Pelican does not know", cure)
        name = self._name(path, text)
        generated, static = self.site.context["generated_content"], self.site.context["static_content"]
        found = (generated.get(name) or static.get(name)) if what == "filename" else static.get(name)
        if found is None:
            return self._unfound(name, what, value, tag)
        target = self.addresses.at(found.url) if name in generated else None
        return self._target(target, fragment, value, text)

    def _name(self, path: str, text: Text) -> str:
        folder = "" if path.startswith("/") else posixpath.dirname(text.content.get_relative_source_path())
        return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))

    def _unfound(self, name: str, what: str, value: str, tag: Tag) -> Problem:
        known = (*self.site.context["generated_content"], *self.site.context["static_content"])
        kept = next((other for other in known if other.casefold() == name.casefold()), "")
        if kept and kept != name:
            return Problem("GP203", f"{value!r} is written {kept!r} on the disk", "Write it with the same capitals")
        if what != "filename" and name in self.site.context["generated_content"]:
            return Problem(_code(tag), f"{value!r} names a text, not a static file", "Write {filename} instead")
        if (self.site.settings.content / name).is_file():
            cure = "Mend what is wrong with that file, or name its folder in STATIC_PATHS"
            return Problem(_code(tag), f"{value!r} names a file that is not published", cure)
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1, cutoff=0.75)
        cure = f"Did you mean {{{what}}}/{near[0]}" if near else "Name a file below the content folder, or take it out"
        return Problem(_code(tag), f"{value!r} leads nowhere: there is no file {name}", cure)

    def _listed(self, what: str, name: str, value: str) -> Problem | None:
        lists = self.site.context.get({"category": "categories", "tag": "tags", "author": "authors"}[what]) or ()
        from pelican.contents import Author, Category
        from pelican.contents import Tag as Label

        kind = {"category": Category, "tag": Label, "author": Author}[what]
        slug = kind(name, self.site.pelican).slug
        if any(slug == wrapper.slug for wrapper, _ in lists):
            return None
        return Problem(
            "GP201", f"{value!r} leads nowhere: no article has this {what}", f"Name a {what} that articles have"
        )

    def _lookup(self, path: str, fragment: str, value: str, text: Text, tag: Tag) -> Problem | None:
        if self.addresses.has(path):
            return self._target(self.addresses.at(path), fragment, value, text)
        other = self.addresses.in_other_case(path)
        if other:
            return Problem(
                "GP203", f"{value!r} is written {'/' + other!r} on this site", "Write it with the same capitals"
            )
        near = self.addresses.near(path)
        cure = f"Did you mean /{near}" if near else "Name a page or a file of the site, or take it out"
        return Problem(_code(tag), f"{value!r} leads nowhere on this site", cure)

    def _target(self, target: Text | None, fragment: str, value: str, text: Text) -> Problem | None:
        if target is None:
            return None
        if target.is_draft and not text.is_draft:
            cure = "Publish that text first, or take the link out"
            return Problem("GP204", f"{value!r} leads to a draft", cure)
        return self._fragment(target, fragment, value) if fragment else None

    def _fragment(self, target: Text, fragment: str, value: str) -> Problem | None:
        name = unquote(fragment).partition(":~:")[0]
        if name in ("", "top") or name in target.ids or self._theme_has(name):
            return None
        from difflib import get_close_matches

        near = get_close_matches(name, target.ids, n=1, cutoff=0.6)
        cure = f"Did you mean #{near[0]}" if near else "Name the id of a heading that everybody can read"
        if "<h" in target.markup and not target.ids:
            cure = "Headings have ids once `markdown.extensions.toc` is among the extensions in MARKDOWN"
        return Problem("GP202", f"{value!r} leads to a place that is not there: nothing has the id {name!r}", cure)

    def _theme_has(self, name: str) -> bool:
        whole, begun = self._theme_ids
        return name in whole or name.startswith(begun)

    @cached_property
    def _theme_ids(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Ids that templates give, and beginnings of those to which they add something."""
        own = "\n".join(path.read_text(encoding="utf-8") for path in sorted(OWN_TEMPLATES.rglob("*.html")))
        found = _THEME_ID.findall(f"{self.site.theme}\n{own}")
        return frozenset(name for name, more in found if not more), tuple(name for name, more in found if more)

    def _finding(self, text: Text, value: str, nth: int, problem: Problem) -> Finding:
        return text.written.finding(problem.code, text.written.nth(value, nth), problem.words, problem.cure)


def _addresses(tag: Tag) -> Iterator[str]:
    if tag.name[0] == "h" and tag.name != "href":
        return
    for name in _SOURCES.get(tag.name, ("src",)):
        if name in tag.attributes:
            yield tag.attributes[name]
    if "srcset" in tag.attributes:
        yield from markup.candidates(tag.attributes["srcset"])


def _code(tag: Tag) -> str:
    return "GP201" if tag.name in ("a", "area") else "GP206"


def _base(text: Text) -> str:
    """The path of the page that a text stands on."""
    if text.kind in (ARTICLE, PAGE):
        return str(text.content.url)
    return str(text.content.save_as)


def _is_nearly_web(value: str) -> bool:
    return bool(_NEARLY_WEB.match(value)) or value.lower().startswith("www.")


def _malformed(value: str) -> Problem | None:
    """What is wrong with an address of another site, which nobody asks whether it is there."""
    like = "Write the whole address, for example https://example.org/page"
    if _MAIL.fullmatch(value):
        return Problem("GP205", f"{value!r} is a mail address without `mailto:`", f"Write mailto:{value}")
    scheme = _SCHEME.match(value)
    if not value.startswith("//") and (scheme is None or scheme[1].lower() not in _WEB):
        return Problem("GP205", f"{value!r} has no right scheme", like) if _is_nearly_web(value) else None
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return Problem("GP205", f"{value!r} is no address: {error}", like)
    if not host or not _HOST.fullmatch(host if ":" not in host else f"[{host}]") or ".." in host:
        return Problem("GP205", f"{value!r} has no right host", like)
    if re.search(r"[\s<>\"\\^`{|}]", value):
        return Problem("GP205", f"{value!r} has a sign in it that no address may hold", "Write it as % and two digits")
    return None


def _references(text: Text) -> Iterator[Finding]:
    if "][" not in text.markup and "[^" not in text.markup:
        return
    words = markup.text(_CODE.sub(" ", text.markup))
    for name in dict.fromkeys(_REFERENCE.findall(words)):
        if name.startswith(("[^", "[")) and name in text.written.without_code:
            place = text.written.nth(name)
            cure = "Add a line `[name]: address` (for a footnote `[^name]: text`), or mend the name"
            yield text.written.finding("GP207", place, f"nothing defines the reference {name!r}", cure)


def find(site: Site) -> Iterator[Finding]:
    """Every link and picture of every text; drafts, too."""
    yield from Links(site).find()


CHECK = Check(find, RULES)
