"""A small site without a finding, and a way to spoil it."""

from __future__ import annotations

from pathlib import Path

from gatepost_pelican.check import check_site
from gatepost_pelican.checking import Choice, Finding
from tests.plugin.sites import Site

PLAN = """Title: The plan
Slug: the-plan
Kind: download
File: files/plan.csv
Summary: A table to fill in before the first line is written.
Consent: letters

A table for the first week.
"""
HELD_SENTENCE = "The seventh lantern in the northern hall is lit before any traveller has gone past the gate"
PLAN_CSV = f"day,work\n1,{HELD_SENTENCE}\n"
CONF = """
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images", "extra"]
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.toc": {}}}
"""
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
# Where the text of an article begins.
BODY = 8


def post(slug: str, body: str = "Words that say something.", **more: str) -> str:
    """An article's file with all that a check wants; the text begins on line BODY."""
    fields = {
        "Title": f"About {slug}",
        "Date": "2026-05-01",
        "Slug": slug,
        "Category": "Writing",
        "Summary": f"What there is to say about {slug}.",
        "Offer": "the-plan",
        **more,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value) + f"\n{body}\n"


def tidy_site(folder: Path) -> Site:
    """Two articles, a page, an offer and a picture."""
    site = Site(folder)
    site.configure(CONF)
    site.write("content/offers/the-plan.md", PLAN)
    site.write("content/offers/files/plan.csv", PLAN_CSV)
    site.write("content/images/map.gif", GIF)
    site.write(
        "content/articles/first.md", post("first", "## One part\n\nWords of the first.\n\n### A smaller one\n\nMore.")
    )
    links = (
        "[a]({filename}/articles/first.md) [b](first.html#one-part) [c](/first.html) [d]({static}/images/map.gif)\n"
        "[e](https://blog.example.org/first.html#a-smaller-one) [f](#here) [g](/) [h]({index}) [i]({category}Writing)\n"
        "[j](https://example.org/a?b=c#d) [k](mailto:ada@example.org) [l](/category/writing.html) [m](tel:+491234)\n"
        "![A map of the hall]({static}/images/map.gif) ![The same map](/images/map.gif)\n\n## Here\n\nMore."
    )
    site.write("content/articles/second.md", post("second", links))
    site.write(
        "content/pages/about.md",
        "Title: About us\nSlug: about\n\nWe write. [It](../first.html), [too]({filename}../articles/first.md).\n",
    )
    return site


def checked(site: Site, *only: str) -> tuple[Finding, ...]:
    """All findings, or those of some codes."""
    return check_site(str(site.folder / "pelicanconf.py"), Choice(only)).all
