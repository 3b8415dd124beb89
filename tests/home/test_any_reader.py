"""Gates, offers and metadata in whatever an article is written in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from pelican.readers import BaseReader, MarkdownReader

from gatepost.catalogue import held_path
from tests.plugin.sites import Site, everything_in, small_site

RST = """Written in another format
#########################

:date: 2026-05-02
:slug: rest
:category: Writing
:offer: the-plan

.. contents::

The open part
=============

Open words of reST, with a note [1]_.

[[offer:ten-checks]]

.. gate

HELDHEADING of the second part
==============================

HELDREST nobody may read this before asking for it.

.. [1] HELDNOTE is explained behind the gate.
"""
HTML = """<html><head><title>Written by hand</title>
<meta name="date" content="2026-05-03"><meta name="slug" content="byhand">
<meta name="category" content="Writing"><meta name="offer" content="the-plan"></head>
<body><ul><li><a href="#open">Open</a></li><li><a href="#held">HELDENTRY</a></li></ul>
<div class="text"><h2 id="open">Open</h2><p>Open words of HTML.</p>
<!-- gate -->
<h2 id="held">HELDENTRY</h2><p>HELDHTML</p></div></body></html>
"""
MYST = """---
title: Written in MyST
date: 2026-05-04
slug: myst
category: Writing
offer: the-plan
---

Open words of MyST.

[[offer:ten-checks]]

<!-- gate -->

## HELDMYST
"""
JSON = {
    "title": "Kept as data",
    "date": "2026-05-05",
    "slug": "data",
    "category": "Writing",
    "offer": ["the-plan", "ten-checks"],
    "summary": "A summary.<!-- gate -->HELDSUMMARY",
    "body": "<p>Open words of JSON.</p><!-- Gate --><p>HELDJSON</p>",
}
SLUGS = ("rest", "byhand", "myst", "data")


class MystReader(MarkdownReader):  # type: ignore[misc]
    """As readers are that bring a parser of their own under the name of Pelican's."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        _, head, body = Path(source_path).read_text(encoding="utf-8").split("---\n", 2)
        fields = (line.split(": ", 1) for line in head.splitlines())
        return MarkdownIt().render(body), {name: self.process_metadata(name, value) for name, value in fields}


class JsonReader(BaseReader):  # type: ignore[misc]
    # Named in READERS alone: Pelican gives the endings of every subclass to all sites of a process.
    file_extensions = ()

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        fields = json.loads(Path(source_path).read_text(encoding="utf-8"))
        body = fields.pop("body")
        return body, {name: self.process_metadata(name, value) for name, value in fields.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("readers"))
    site.write("content/articles/rest.rst", RST)
    site.write("content/articles/byhand.html", HTML)
    site.write("content/articles/myst.myst", MYST)
    site.write("content/articles/data.json", json.dumps(JSON))
    site.build(
        READERS={"myst": MystReader, "json": JsonReader},
        PATH=str(site.folder / "content"),
        OUTPUT_SOURCES=True,
        FEED_ALL_ATOM="all.xml",
    )
    return site


def test_no_file_of_the_site_has_a_word_from_behind_a_gate(built: Site) -> None:
    for name, data in everything_in(built.output).items():
        assert b"HELD" not in data, name


@pytest.mark.parametrize("slug", SLUGS)
def test_an_article_in_any_format_has_its_open_words_and_a_form_where_the_gate_was(built: Site, slug: str) -> None:
    page = built.page(f"{slug}.html")
    assert "Open words of" in page
    assert page.index("Open words of") < page.index('data-gp-place="gate"')
    assert 'name="offer" value="the-plan"' in page


@pytest.mark.parametrize("slug", SLUGS)
def test_whoever_asks_gets_the_whole_article_as_a_pdf(built: Site, slug: str) -> None:
    from pypdf import PdfReader

    rest = built.catalogue.articles[slug].rest
    assert rest is not None
    text = " ".join(page.extract_text() for page in PdfReader(held_path(built.data, rest.id)).pages)
    assert "Open words of" in text
    assert "HELD" in text
    assert "[[offer" not in text


@pytest.mark.parametrize("slug", ["rest", "myst"])
def test_an_offer_is_placed_by_the_same_line_in_any_format(built: Site, slug: str) -> None:
    page = built.page(f"{slug}.html")
    assert "[[offer" not in page
    assert page.index('data-gp-place="inline"') < page.index('data-gp-place="gate"')


def test_a_list_of_offers_is_a_list_where_the_format_has_lists(built: Site) -> None:
    assert set(built.catalogue.articles["data"].offers) == {"the-plan", "ten-checks"}


def test_what_was_open_at_the_gate_is_closed_and_lists_name_no_held_heading(built: Site) -> None:
    page = built.page("byhand.html")
    assert '<li><a href="#open">Open</a></li>' in page
    assert 'href="#held"' not in page
    assert page.count("<div") == page.count("</div>")
