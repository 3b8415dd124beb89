"""Feeds: a form is of no use in a feed reader, so each offer there is a plain link."""

from __future__ import annotations

import html
import re
from typing import Any

from gatepost.languages import words

_PLACED = re.compile(r"<!--gp:(?P<place>\w+):(?P<slug>[^>]*?)-->.*?<!--/gp-->", re.DOTALL)
_PARTS = ("content", "description")
# The mark of a place that only readers of a variant have a card in.
OTHER = "other"


def marked(markup: str, place: str, slug: str) -> str:
    """A card between two comments by which it is found again."""
    return f"<!--gp:{place}:{html.escape(slug)}-->{markup}<!--/gp-->"


def link_instead_of_forms(context: Any, feed: Any) -> None:
    """Called when a feed is complete and not yet written. `context` is what templates get."""
    known = context.get("gatepost")
    if not known:
        return
    by_slug = {offer.slug: offer for offer in known["offers"]}
    site = str(context.get("SITEURL") or context.get("FEED_DOMAIN") or "").rstrip("/")
    for item in feed.items:
        for part in _PARTS:
            if "<!--gp:" in (item.get(part) or ""):
                item[part] = _PLACED.sub(lambda match: _link(match, by_slug, site), item[part])


def _link(match: re.Match[str], known: dict[str, Any], site: str) -> str:
    if match["place"] == OTHER:
        return ""
    slug = html.unescape(match["slug"])
    offer = known.get(slug)
    t = words(offer.language if offer else "")
    lead = f"{t('The rest of this article comes by mail, together with:')} " if match["place"] == "gate" else ""
    address = html.escape(f"{site}/offers/{slug}.html")
    return f'<p>{lead}<a href="{address}">{html.escape(offer.title if offer else slug)}</a></p>'
