"""Feeds that stand on their own: whole addresses, a language, an author of every entry, and a name for each feed."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_LINK = re.compile(
    r"""(?P<before>\s(?P<name>href|src|poster|srcset)\s*=\s*)(?P<quote>["'])(?P<to>.*?)(?P=quote)""", re.IGNORECASE
)
_PARTS = ("content", "description")


def complete_feed(context: Mapping[str, Any], feed: Any) -> None:
    """Called when a feed is made and not yet written. `context` is what templates get; a site that does not ask for it keeps its feeds."""
    known = context.get("gatepost")
    if not known or not context.get("GATEPOST_FEEDS"):
        return
    site = str(context.get("SITENAME") or "")
    for item in feed.items:
        # The standard demands an author, and Pelican writes an empty one where nobody is named.
        item["author_name"] = str(item.get("author_name") or "") or site
        for part in _PARTS:
            if item.get(part):
                item[part] = whole_links(str(item[part]), str(item["link"]))
    if feed.feed.get("feed_url") and not _is_first(context, str(feed.feed["feed_url"])):
        # All feeds of a site would have its address for a name, and readers would take them for one.
        feed.feed["id"] = feed.feed["feed_url"]
    languages = {
        known["languages"].get(urlsplit(str(item["link"])).path, context["DEFAULT_LANG"]) for item in feed.items
    }
    if len(languages) < 2:
        feed.feed["language"] = min(languages, default=context["DEFAULT_LANG"])


def languages(site: str, contents: Any, default: str) -> dict[str, str]:
    """The languages of all articles that are not in the site's own, by the paths of their addresses."""
    articles = (*contents.published, *contents.translations)
    return {urlsplit(f"{site}/{one.url}").path: one.lang for one in articles if one.lang != default}


def whole_links(markup: str, page: str) -> str:
    """HTML in which every link and picture has its whole address. `page` is where it stood; without a whole address all stays."""
    if not page.startswith(("http://", "https://")):
        return markup
    return _TAG.sub(lambda tag: _LINK.sub(lambda match: _whole(match, page), tag[0]), markup)


def _whole(match: re.Match[str], page: str) -> str:
    to = html.unescape(match["to"])
    if match["name"].lower() == "srcset":
        found = ", ".join(_candidate(one, page) for one in re.split(r",\s+", to.strip()) if one)
    else:
        found = _joined(page, to)
    return f"{match['before']}{match['quote']}{html.escape(found)}{match['quote']}"


def _candidate(one: str, page: str) -> str:
    """One picture of several, and how wide it is."""
    address, *width = one.split(None, 1)
    return " ".join([_joined(page, address), *width])


def _joined(page: str, to: str) -> str:
    try:
        return urljoin(page, to.strip())
    except ValueError:
        # An address that cannot be read stays what its writer wrote.
        return to


def _is_first(context: Mapping[str, Any], address: str) -> bool:
    names = [str(context.get(name) or "") for name in ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS")]
    first = next((name for name in names if name), "")
    return bool(first) and address.endswith(f"/{first}")
