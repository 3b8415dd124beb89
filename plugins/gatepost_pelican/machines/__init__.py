"""What machines read of a site: sitemap, robots.txt, structured data, and the pictures that stand beside shared links."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gatepost_pelican.machines import link_picture
from gatepost_pelican.machines.structured import Facts, plain

log = logging.getLogger(__name__)


def make_ready(build: Any) -> None:
    """All is read and nothing is written: tell templates what machines want to know of each page.

    Every article, page and offer has a `link_picture` from now on, a LinkPicture or None, and templates know `gatepost.facts`.
    """
    work, contents = build.work, build.contents
    pelican, context = work.generator.settings, work.generator.context
    static = {str(one.save_as): Path(one.source_path) for one in contents.static}
    for content in contents.all:
        content.link_picture = link_picture.own(content, plain(content.title), static)
    for view in work.views.values():
        view.link_picture = None
    context["gatepost"]["facts"] = Facts(
        name=str(pelican.get("SITENAME") or ""),
        address=_address(pelican),
        language=str(pelican["DEFAULT_LANG"]),
        about=str(pelican.get("SITESUBTITLE") or ""),
        author=build.settings.author,
    )


def finish(pelican: Mapping[str, Any], build: Any) -> None:
    """Every page is written: list them, where the site asks for it."""
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
