"""Offers that nobody comes to, and articles that offer nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from gatepost_pelican import cards, landing
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site, Text
from gatepost_pelican.offers import WrittenOffer

RULES = (
    Rule(
        "GP604",
        Severity.WARNING,
        "Nobody can reach an offer",
        "No published article or page shows it or links to its page, no survey ends in it, and the theme does not lead to "
        "`offers/index.html`, where all offers stand.",
    ),
    Rule(
        "GP605",
        Severity.NOTE,
        "Only the list of all offers leads to an offer",
        "No published article or page shows it. Readers who do not look for it will not find it.",
    ),
    Rule(
        "GP606",
        Severity.WARNING,
        "An article has no offer",
        "Whoever reads it to the end is given nothing to take along. `Offer: auto` takes the closest one; `Offer: none` says that "
        "there is none on purpose. Where a site has no offers, or its theme shows one below every page (FOOT_OFFER), nothing is said.",
    ),
)  # fmt: skip
_KINDS_WITHOUT = frozenset({"linkedin"})


def find(site: Site) -> Iterator[Finding]:
    """Both sides: offers without a way to them, articles without a way on."""
    if not site.work.written:
        return
    yield from _unreached(site)
    if not site.pelican.get("FOOT_OFFER"):
        yield from _without(site)


def _unreached(site: Site) -> Iterator[Finding]:
    shown = set(_shown(site))
    has_index = _leads_to(site, landing.INDEX) or "gatepost.offers" in site.theme
    for offer in (offer for offer in site.work.written if offer.slug not in shown):
        if _leads_to(site, cards.landing_page(offer.slug)):
            continue
        at = partial(offer.source.line_of, "Slug" if "slug" in offer.source.fields else "Title")
        if has_index:
            problem = "no article and no page shows this offer; only the list of all offers leads to it"
            yield Finding(offer.source.path, at(), 0, "GP605", problem, _show(offer))
        else:
            problem = (
                "nobody can reach this offer: no article and no page shows it, and nothing links to offers/index.html"
            )
            yield Finding(
                offer.source.path, at(), 0, "GP604", problem, f"{_show(offer)}, or link to {{index}}offers/index.html"
            )


def _show(offer: WrittenOffer) -> str:
    name = "Cta" if offer.draft.kind in _KINDS_WITHOUT else "Offer"
    return f"Write `{name}: {offer.slug}` into an article, or `[[offer:{offer.slug}]]` into a page"


def _shown(site: Site) -> Iterator[str]:
    for placing in site.placings:
        if placing.content.status != "draft":
            yield from placing.slugs
    yield str(site.pelican.get("FOOT_OFFER") or "")
    by_slug = {offer.slug: offer for offer in site.work.written}
    for offer in site.work.written:
        for line in offer.draft.fields.get("ending", ()):
            yield from (slug for slug in re.findall(r"[\w-]+", line.rpartition("->")[2]) if slug in by_slug)


def _leads_to(site: Site, address: str) -> bool:
    """Does a text, or the theme, link to it?"""
    short = address.removesuffix("index.html")
    pattern = re.compile(rf"(?:^|/|\}}){re.escape(short)}(?:index\.html)?(?:[#?].*)?$")
    links = (tag.attributes.get("href", "") for text in site.published for tag in text.tags if tag.name == "a")
    return f"{short}index.html" in site.theme or any(map(pattern.search, links)) or address in site.theme


def _without(site: Site) -> Iterator[Finding]:
    by_content = {id(placing.content): placing for placing in site.placings}
    for text in site.articles():
        placing = by_content.get(id(text.content))
        says = "offer" in text.content.metadata
        if placing is not None and not placing.slugs and not says and not _links(text):
            cure = "Add `Offer: auto` (or a slug), or `Offer: none` if that is what you want"
            yield text.written.finding("GP606", text.written.field("title"), "the article has no offer", cure)


def _links(text: Text) -> bool:
    return any("offers/" in tag.attributes.get("href", "") for tag in text.tags if tag.name == "a")


CHECK = Check(find, RULES)
