"""What machines read of a site: sitemap, robots.txt, structured data, and the pictures that stand beside shared links."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


def finish(pelican: Mapping[str, Any], build: Any) -> None:
    """Every page is written: list them, where the site asks for it."""
    if pelican.get("GATEPOST_SITEMAP") and build.work is not None:
        _list_pages(pelican, build)


def _list_pages(pelican: Mapping[str, Any], build: Any) -> None:
    from gatepost_pelican.landing import INDEX
    from gatepost_pelican.machines import public, sitemap

    site, output = build.settings.site_url, Path(pelican["OUTPUT_PATH"])
    if not site.startswith(("http://", "https://")):
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
