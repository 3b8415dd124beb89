"""What a page is, said for machines: schema.org as JSON-LD, and the names that Open Graph has for languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from gatepost_pelican.machines.link_picture import LinkPicture
from gatepost_pelican.machines.public import changed, clean, may_be_found, whole

Node = dict[str, Any]
# What is held is not on the page; this is where it would begin.
GATE = ".gp-gate"
_LONGEST_SUMMARY = 300
# As HTML forbids them inside of a script, and JavaScript once forbade them inside of a string.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&'\u2028\u2029"}
# The country that Open Graph names with a language, where it is not the one of the same letters.
_COUNTRIES = {
    **{"en": "US", "ar": "AR", "cs": "CZ", "da": "DK", "el": "GR", "et": "EE", "fa": "IR", "ga": "IE", "he": "IL"},
    **{"hi": "IN", "ja": "JP", "ka": "GE", "ko": "KR", "nb": "NO", "nn": "NO", "sl": "SI", "sq": "AL", "sr": "RS"},
    **{"sv": "SE", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN", "ca": "ES", "eu": "ES", "gl": "ES", "cy": "GB"},
}


def plain(text: Any) -> str:
    """A title or a summary without markup, in one line."""
    return " ".join(Markup(str(text or "")).striptags().split())  # noqa: S704 - only to take it away


def short(text: Any, most: int) -> str:
    """Plain text of so many characters at most, cut between words."""
    line = plain(text)
    return line if len(line) <= most else f"{line[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def script(graph: Sequence[Node]) -> Markup:
    """What stands between the tags of one script of the type application/ld+json."""
    kept = [{name: value for name, value in node.items() if value not in ("", None, [], ())} for node in graph]
    whole_graph = (
        {"@context": "https://schema.org", "@graph": kept}
        if len(kept) > 1
        else {"@context": "https://schema.org", **kept[0]}
    )
    text = json.dumps(whole_graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - every letter that means something in HTML is written otherwise


def locale(tag: str) -> str:
    """A language tag as Open Graph writes it: de_DE for de, pt_BR for pt-BR."""
    language, *others = re.split(r"[-_]", str(tag))
    country = next((part.upper() for part in others if len(part) == 2), "")
    return f"{language.lower()}_{country or _COUNTRIES.get(language.lower(), language.upper())}"


@dataclass(frozen=True)
class Facts:
    """What templates ask as `gatepost.facts`. `address` is the site's, without a slash at its end; empty where it has none.

    Each of `article`, `page`, `offer`, `home` and `listing` is the content of one script; empty where there is nothing to say.
    """

    name: str
    address: str
    language: str
    about: str
    author: str
    link_picture: LinkPicture | None = None

    def article(self, article: Any) -> Markup:
        """An article with its authors, and the way that leads to it."""
        if article.status != "published":
            return Markup("")
        here = self.url(article.url)
        node = {
            "@type": "BlogPosting",
            **self._named(here, "article"),
            "headline": plain(article.title),
            "description": short(article.summary, _LONGEST_SUMMARY),
            "datePublished": _moment(article.date),
            "dateModified": _moment(changed(article)),
            "inLanguage": article.lang,
            "articleSection": plain(article.category),
            "keywords": [plain(tag) for tag in getattr(article, "tags", None) or ()],
            "author": [self._author(one) for one in getattr(article, "authors", None) or ()],
            "publisher": self._publisher(),
            "image": self._image(getattr(article, "link_picture", None)),
            "mainEntityOfPage": here,
            **_access(bool(getattr(article, "gated", False))),
        }
        category = (plain(article.category), article.category.url if article.category.save_as else "")
        return script([node, *self._way(category, (plain(article.title), article.url))])

    def page(self, page: Any) -> Markup:
        """A page that stands for itself."""
        if not may_be_found(page):
            return Markup("")
        node = {
            "@type": "AboutPage" if page.slug == "about" else "WebPage",
            **self._named(self.url(page.url), "page"),
            "name": plain(page.title),
            "description": short(page.summary, _LONGEST_SUMMARY),
            "dateModified": _moment(changed(page)),
            "inLanguage": page.lang,
            "isPartOf": self._site(),
            "image": self._image(getattr(page, "link_picture", None)),
        }
        return script([node, *self._way((plain(page.title), page.url))])

    def offer(self, offer: Any, shelf: str = "") -> Markup:
        """The landing page of an offer. `shelf` is the title of the list of all offers."""
        here = self.url(offer.url)
        node: Node = {
            **self._given(offer),
            **self._named(here, "offer"),
            "name": plain(offer.title),
            "description": short(offer.summary, _LONGEST_SUMMARY),
            "inLanguage": offer.language or self.language,
            "image": self._image(getattr(offer, "link_picture", None)),
            "mainEntityOfPage": here,
        }
        others = ((plain(shelf), "offers/"),) if shelf else ()
        return script([node, *self._way(*others, (plain(offer.title), offer.url))])

    def home(self, articles: Iterable[Any]) -> Markup:
        """The front page: the site, and what stands on it."""
        site = {"@type": "WebSite", **self._named(self.url(""), "site"), "name": plain(self.name)}
        about = {"description": plain(self.about), "inLanguage": self.language, "publisher": self._publisher()}
        return script([{**site, **about, "image": self._image(self.link_picture)}, *self._items(articles)])

    def listing(self, name: Any, path: Any, articles: Iterable[Any] = ()) -> Markup:
        """A list of articles. `path` is that of the page."""
        here = self.url(path)
        node: Node = {"@type": "CollectionPage", **self._named(here, "list"), "name": plain(name)}
        node |= {"inLanguage": self.language, "isPartOf": self._site()}
        for items in self._items(articles):
            node["mainEntity"] = items
        return script([node, *self._way((plain(name), path))])

    def locale(self, tag: str) -> str:
        """A language as Open Graph names it."""
        return locale(tag)

    def url(self, path: Any) -> str:
        """The whole address of a path; empty where the site has none."""
        return whole(self.address, clean(str(path))) if self.address else ""

    def _named(self, here: str, kind: str) -> Node:
        return {"@id": f"{here}#{kind}", "url": here} if here else {}

    def _site(self) -> Node:
        return {"@type": "WebSite", "name": plain(self.name), **self._named(self.url(""), "site")}

    def _publisher(self) -> Node:
        return {"@type": "Organization", "name": plain(self.name), **({"url": self.url("")} if self.address else {})}

    def _author(self, author: Any) -> Node:
        kind = "Organization" if str(author) == self.name else "Person"
        home = author.url if getattr(author, "save_as", "") else ""
        return {"@type": kind, "name": plain(author), **({"url": self.url(home)} if home and self.address else {})}

    def _image(self, picture: LinkPicture | None) -> Node | None:
        if picture is None or not self.address:
            return None
        size = {"width": picture.width, "height": picture.height} if picture.width else {}
        return {"@type": "ImageObject", "url": self.url(picture.path), **size}

    def _way(self, *steps: tuple[str, Any]) -> list[Node]:
        """From the front page to this one. A step without a page of its own is left out."""
        if not self.address:
            return []
        shown = [(plain(self.name), ""), *((name, path) for name, path in steps if name and path)]
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": self.url(path)}
            for number, (name, path) in enumerate(shown, 1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": items}]

    def _items(self, articles: Iterable[Any]) -> list[Node]:
        urls = [self.url(article.url) for article in articles] if self.address else []
        items = [{"@type": "ListItem", "position": number, "url": url} for number, url in enumerate(urls, 1)]
        return [{"@type": "ItemList", "itemListElement": items}] if items else []

    def _given(self, offer: Any) -> Node:
        """What kind of thing an offer gives."""
        meeting = offer.terms.meeting
        if meeting is not None:
            return {"@type": "Event", **self._meeting(meeting, offer), "organizer": self._publisher()}
        kind = {"ebook": "Book", "checklist": "CreativeWork", "download": "CreativeWork", "case-study": "Article"}
        if offer.kind_name not in kind:
            return {"@type": "WebPage", "isPartOf": self._site()}
        by = {"@type": "Organization" if self.author == self.name else "Person", "name": plain(self.author)}
        book = {"bookFormat": "https://schema.org/EBook"} if offer.kind_name == "ebook" else {}
        return {"@type": kind[offer.kind_name], **book, "author": by, "publisher": self._publisher()}

    def _meeting(self, meeting: Any, offer: Any) -> Node:
        mode, place = "Offline", {"@type": "Place", "name": plain(meeting.place), "address": plain(meeting.place)}
        if not meeting.place:
            mode, place = "Online", {"@type": "VirtualLocation", "url": self.url(offer.url) or offer.url}
        return {
            "startDate": meeting.starts_at.isoformat(),
            "endDate": meeting.ends_at.isoformat(),
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "eventStatus": "https://schema.org/EventScheduled",
            "location": place,
        }


def _moment(when: datetime | None) -> str:
    return when.isoformat() if when is not None else ""


def _access(is_gated: bool) -> Mapping[str, Any]:
    """Search engines ask to be told what readers do not get at once."""
    if not is_gated:
        return {"isAccessibleForFree": True}
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": GATE}
    return {"isAccessibleForFree": False, "hasPart": part}
