"""Readers of other plugins that convert with Pelican's own Markdown settings: the gate is found once, wherever it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from pelican.plugins import signals
from pelican.readers import MarkdownReader
from pypdf import PdfReader

from gatepost.catalogue import held_path
from tests.home.pelicans import Plugin, alone
from tests.plugin.sites import Site, everything_in, small_site

YAML = """---
title: Written with another head
date: 2026-05-04
slug: headed
category: Writing
offer: the-plan
---

Open words.

[[offer:ten-checks]]

<!-- gate -->

HELDHEADED words

"""


class HeadReader(MarkdownReader):  # type: ignore[misc]
    """Reads heads of its own, without the extension for metadata, and converts the rest as the site says."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        text = Path(source_path).read_text(encoding="utf-8")
        if not text.startswith("---\n"):
            return super().read(source_path)  # type: ignore[no-any-return]
        _, head, body = text.split("---\n", 2)
        chosen = self.settings["MARKDOWN"]
        extensions = [name for name in chosen["extensions"] if name != "markdown.extensions.meta"]
        fields = (line.split(": ", 1) for line in head.splitlines())
        metadata = {name: self.process_metadata(name, value) for name, value in fields}
        return Markdown(**{**chosen, "extensions": extensions}).convert(body), metadata


def take_markdown(readers: Any) -> None:
    readers.reader_classes["md"] = HeadReader


@pytest.fixture(scope="module", params=["before", "after"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("heads"))
    site.write("content/articles/headed.md", YAML)
    site.configure("FEED_ALL_ATOM = 'all.xml'\nOUTPUT_SOURCES = True\n")
    theirs = Plugin((signals.readers_init, take_markdown))
    plugins = [theirs, "gatepost_pelican"] if request.param == "before" else ["gatepost_pelican", theirs]
    with alone(theirs):
        site.build(PLUGINS=plugins, PATH=str(site.folder / "content"))
    return site


def whole_text(site: Site, file_id: str) -> str:
    return " ".join(page.extract_text() for page in PdfReader(held_path(site.data, file_id)).pages)


def test_nothing_held_is_published(built: Site) -> None:
    assert not [name for name, data in everything_in(built.output).items() if b"HELD" in data]


@pytest.mark.parametrize("slug", ["headed", "gated"])
def test_a_form_stands_at_the_gate_and_asks_for_the_whole_article(built: Site, slug: str) -> None:
    assert built.page(f"{slug}.html").count('data-gp-place="gate"') == 1
    rest = built.catalogue.articles[slug].rest
    assert rest is not None
    text = whole_text(built, rest.id)
    assert "HELD" in text
    assert "[[offer" not in text


def test_offers_keep_what_is_held_in_them(built: Site) -> None:
    pdf = next(file for file in built.catalogue.offers["ten-checks"].files if file.media_type == "application/pdf")
    assert "HELDCHECK" in whole_text(built, pdf.id)
    assert "HELDCHECK" not in built.page("offers/ten-checks.html")
