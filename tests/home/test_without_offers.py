"""A site without offers is the same, byte for byte, with the plugin and without it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.plugin.sites import Site, article, everything_in

CONF = """
SITENAME = "A quiet place"
SITEURL = "https://blog.example.org"
AUTHOR = "Ada Example"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}
PLUGINS = {plugins!r}
TAG_FEED_ATOM = "feeds/tag-{{slug}}.atom.xml"
YEAR_ARCHIVE_SAVE_AS = "{{date:%Y}}/index.html"
DEFAULT_PAGINATION = 2
{more}
"""
BARE = {
    "base.html": "<!DOCTYPE html>\n<html>\n  <head>\n  <title>{{ SITENAME }}</title>\n  </head>\n<body>\n{% block content %}{% endblock %}\n  </body>\n</html>\n",
    "article.html": '{% extends "base.html" %}{% block content %}{{ article.content }}{% endblock %}',
}
MORE = {
    "as it comes": "",
    "relative": "RELATIVE_URLS = True",
    "cached": "CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True",
    "other Jinja": 'JINJA_ENVIRONMENT = {"trim_blocks": False, "lstrip_blocks": False}',
    "cached whole": "CACHE_CONTENT = True\nLOAD_CONTENT_CACHE = True\nCONTENT_CACHING_LAYER = 'generator'",
    "sources": "OUTPUT_SOURCES = True",
    "all is static": "STATIC_PATHS = ['.']\nARTICLE_PATHS = ['.']\nPAGE_PATHS = ['pages/']\nARTICLE_EXCLUDES = ['pages']",
    "cleared": "DELETE_OUTPUT_DIRECTORY = True",
    "no address": "SITEURL = 'blog.example.org'\nTHEME_STATIC_DIR = 'static'",
    "drafts beside": "DRAFT_SAVE_AS = '{slug}.html'\nDRAFT_URL = '{slug}'\nARTICLE_URL = '{slug}'",
}


def quiet_site(folder: Path, theme: str, more: str, plugins: list[str]) -> Site:
    site = Site(folder)
    if theme == "bare":
        for name, text in BARE.items():
            site.write(f"bare/templates/{name}", text)
        theme = str(folder.parent / "bare-theme")
        shutil.copytree(folder / "bare", theme, dirs_exist_ok=True)
    site.write("pelicanconf.py", CONF.format(theme=theme, plugins=plugins, more=more))
    for number in range(5):
        text = "Some words.\n\n<!-- a remark -->\n\n```\n<!-- gate -->\n```\n\n[another]({filename}a-0.md)"
        fields = {"Date": f"2026-0{number + 1}-01", "Tags": "one, two" if number % 2 else "two"}
        site.write(f"content/articles/a-{number}.md", article(f"a-{number}", text, **fields))
    site.write("content/articles/old.rst", "Old\n###\n\n:date: 2025-01-01\n:slug: old\n\nWords in *another* format.\n")
    site.write("content/pages/about.md", "Title: About\nSlug: about\n\nWe write.\n")
    site.write("content/articles/draft.md", article("draft", "Later.", Status="draft"))
    site.write("content/articles/hidden.md", article("hidden", "Here.", Status="hidden"))
    site.write("content/articles/skip.md", article("skip", "Never.", Status="skip"))
    site.write("content/articles/broken.md", article("broken", "Never.", Date="2026-02-30"))
    site.write("content/articles/a-1-de.md", article("a-1", "Worte.", Lang="de", Tags="two"))
    # What a site with offers would be told of.
    site.write("content/articles/feed.md", article("feed", "A delete sign:\x7f here.", Template="article"))
    # Folders of this name were there before.
    site.write("content/offers/article.md", article("in-offers", "We offer this to nobody."))
    site.write("content/offers/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.write("content/images/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    return site


@pytest.mark.parametrize(
    ("theme", "more"),
    [("simple", more) for more in MORE] + [("notmyidea", "as it comes"), ("bare", "as it comes"), ("bare", "relative")],
)
def test_the_plugin_adds_nothing_where_there_is_nothing_to_offer(tmp_path: Path, theme: str, more: str) -> None:
    made = []
    for name, plugins in (("without", []), ("with", ["gatepost_pelican"])):
        site = quiet_site(tmp_path / name, theme, MORE[more], plugins)
        site.build(
            CACHE_PATH=str(tmp_path / name / "cache"),
            OUTPUT_PATH=str(tmp_path / name / "output"),
            PATH=str(tmp_path / name / "content"),
        )
        made.append(everything_in(site.output))
    assert {"a-1-de.html", "in-offers.html", "feed.html", "pages/about.html"} <= set(made[0])
    assert made[0] == made[1]
