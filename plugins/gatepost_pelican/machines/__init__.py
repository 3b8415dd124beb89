"""What machines read of a site: sitemap, robots.txt, structured data, and the pictures that stand beside shared links."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pelican.contents import Page

from gatepost_pelican.contents import place_of
from gatepost_pelican.machines import feeds, link_picture
from gatepost_pelican.machines.drawing import Texts
from gatepost_pelican.machines.link_cards import Deck
from gatepost_pelican.machines.structured import Facts, plain

log = logging.getLogger(__name__)


def make_ready(build: Any) -> None:
    """All is read and nothing is written: tell templates what machines want to know of each page.

    Every article, page and offer has a `link_picture` from now on, a LinkPicture or None, and templates know
    `gatepost.facts` and `gatepost.link_picture`, which is for pages without a picture of their own.
    """
    pelican, context = build.work.generator.settings, build.work.generator.context
    site, about = str(pelican.get("SITENAME") or ""), str(pelican.get("SITESUBTITLE") or "")
    deck = build.deck = _deck(pelican, build)
    _picture_contents(build, site, plain(about), deck)
    shared = deck.deal(Texts(plain(site), "", author=plain(about)), plain(site)) if deck else None
    context["gatepost"]["link_picture"] = shared
    context["gatepost"]["languages"] = feeds.languages(
        build.settings.site_url, build.contents, str(pelican["DEFAULT_LANG"])
    )
    context["gatepost"]["facts"] = Facts(
        name=site,
        address=_address(pelican),
        language=str(pelican["DEFAULT_LANG"]),
        about=about,
        author=build.settings.author,
        link_picture=shared,
    )
    if deck:
        deck.begin()


def _deck(pelican: Mapping[str, Any], build: Any) -> Deck | None:
    """Only whole addresses name a card, so a site without one needs none."""
    chosen = pelican.get("GATEPOST_CARDS")
    if not chosen or not _address(pelican):
        return None
    return Deck(chosen, build.settings.accent, build.settings.file.parent, build.settings.cache / "link-cards")


def _picture_contents(build: Any, site: str, about: str, deck: Deck | None) -> None:
    name = plain(site)
    static = {place_of(one): Path(one.source_path) for one in build.contents.static}
    for content in build.contents.all:
        title = plain(content.title)
        content.link_picture = link_picture.own(content, title, static)
        if deck and content.link_picture is None and content.status == "published":
            content.link_picture = deck.deal(_texts(content, title, name, about), title)
    for view in build.work.views.values():
        title = plain(view.title)
        view.link_picture = deck.deal(Texts(title, name, plain(view.kind)), title) if deck else None


def _texts(content: Any, title: str, site: str, about: str) -> Texts:
    """Of an article its authors and its subject; of a page, to which Pelican gives both unseen, what the site is about."""
    if isinstance(content, Page):
        return Texts(title, site, author=about)
    authors = [name for one in getattr(content, "authors", None) or () if (name := plain(one)) != site]
    return Texts(title, site, plain(getattr(content, "category", "")), ", ".join(authors))


def finish(pelican: Mapping[str, Any], build: Any) -> None:
    """Every page is written: put their cards beside them, and list them, where the site asks for it."""
    if build.deck is not None:
        build.deck.end(Path(pelican["OUTPUT_PATH"]))
    if pelican.get("GATEPOST_SITEMAP") and build.work is not None:
        _list_pages(pelican, build)


def _address(pelican: Mapping[str, Any]) -> str:
    """The site's address without a slash at its end; empty where there is no whole one."""
    address = str(pelican.get("SITEURL") or "").rstrip("/")
    return address if address.startswith(("http://", "https://")) else ""


def _list_pages(pelican: Mapping[str, Any], build: Any) -> None:
    from gatepost_pelican.landing import INDEX
    from gatepost_pelican.machines import public, sitemap

    site, output = _address(pelican), Path(pelican["OUTPUT_PATH"])
    if not site:
        log.warning("No sitemap without whole addresses: set SITEURL, or GATEPOST_SITEMAP = False")
        return
    context, views = build.work.generator.context, build.work.views
    offers = [view.url for view in views.values()] + ([INDEX] if views else [])
    theirs = {str(one.save_as) for one in build.contents.static}
    if sitemap.NAME not in theirs:
        sitemap.write(output, site, public.pages(pelican, context, build.contents, offers))
    if sitemap.ROBOTS not in theirs and sitemap.is_at_root(site):
        sitemap.write_robots(output, [f"{one}/{sitemap.NAME}" for one in (site, *_sites_beside(context))])


def _sites_beside(context: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of the same site in other languages, where another plugin builds one for each."""
    for address in (context.get("lang_siteurls") or {}).values():
        if str(address).startswith(("http://", "https://")):
            yield str(address).rstrip("/")
