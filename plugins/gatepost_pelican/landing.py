"""The page of each offer, and the list of all."""

from __future__ import annotations

from typing import Any

INDEX = "offers/index.html"


def write(generator: Any, writer: Any) -> None:
    """Write the landing pages with Pelican's writer, so that every theme and RELATIVE_URLS hold here, too."""
    views = generator.context["gatepost"]["offers"]
    if not views:
        return
    relative = generator.settings["RELATIVE_URLS"]
    template = generator.get_template("gatepost/offer")
    for view in views:
        writer.write_file(view.url, template, generator.context, relative, offer=view, url=view.url)
    index = generator.get_template("gatepost/offers")
    writer.write_file(INDEX, index, generator.context, relative, offers=views, url=INDEX)
