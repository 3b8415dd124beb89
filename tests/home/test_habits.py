"""Addresses, feeds, defaults and other plugins as sites have them: what is held stays held, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from pelican import signals

import gatepost_pelican
from tests.home.pelicans import Plugin, alone
from tests.plugin.sites import Site, article, everything_in, small_site

ADDRESSES = {
    "with .html": "ARTICLE_URL = ARTICLE_SAVE_AS = '{slug}.html'\n",
    "without": "ARTICLE_URL = '{slug}'\nARTICLE_SAVE_AS = '{slug}.html'\n",
    "folders": "ARTICLE_URL = '{date:%Y}/{slug}/'\nARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'\nPAGE_URL = '{slug}/'\nPAGE_SAVE_AS = '{slug}/index.html'\n",
    "relative folders": "RELATIVE_URLS = True\nARTICLE_URL = '{date:%Y}/{slug}/index.html'\nARTICLE_SAVE_AS = '{date:%Y}/{slug}/index.html'\n",
}
START = "https://blog.example.org/"


def held_in(site: Site) -> list[str]:
    return [name for name, data in everything_in(site.output).items() if b"HELD" in data]


@pytest.mark.parametrize("way", ADDRESSES)
def test_cards_and_offers_lead_somewhere_however_addresses_look(tmp_path: Path, way: str) -> None:
    site = small_site(tmp_path)
    site.configure(ADDRESSES[way])
    site.build()
    assert held_in(site) == []
    (page,) = (
        path for path in site.output.rglob("*.html") if "gated" in path.as_posix().removeprefix(str(site.output))
    )
    own = urljoin(START, page.relative_to(site.output).as_posix())
    text = page.read_text()
    links = re.findall(r'<a[^>]+href="([^"]*offers/[^"]+)"', text)
    assert links
    for address in [*links, *re.findall(r'<script src="([^"]+)"', text)]:
        found = urlsplit(urljoin(own, address)).path.lstrip("/")
        assert (site.output / found).is_file(), address
    (posted,) = set(re.findall(r'name="page" value="([^"]+)"', text))
    assert posted.startswith("/")
    assert any((site.output / f"{posted.strip('/')}{end}").is_file() for end in ("", ".html", "/index.html"))


def shouting() -> Plugin:
    """A plugin that rewrites texts once they are read, as typographers and embedders do."""

    def rewrite(content: Any) -> None:
        if content._content:
            content._content = content._content.replace("open words", "OPEN WORDS") + "<p>Added by a plugin.</p>"

    return Plugin((signals.content_object_init, rewrite))


@pytest.mark.parametrize("is_first", [True, False], ids=["before Gatepost", "after Gatepost"])
def test_a_plugin_that_rewrites_texts_sees_no_held_word_and_its_words_are_shown(tmp_path: Path, is_first: bool) -> None:
    site, plugin, seen = small_site(tmp_path), shouting(), []
    spy = Plugin((signals.content_object_init, lambda content: seen.append(content._content or "")))
    watching = Plugin(*spy.moments)
    with alone(plugin, watching):
        site.build(PLUGINS=[plugin, watching, gatepost_pelican] if is_first else [gatepost_pelican, plugin, watching])
    page = site.page("gated.html")
    assert "OPEN WORDS of the gated article" in page
    assert "Added by a plugin." in page
    assert page.count('class="gp-gate') == 1
    assert held_in(site) == []
    assert not [text for text in seen if "HELDREST" in text]


@pytest.mark.parametrize("is_first", [True, False], ids=["before Gatepost", "after Gatepost"])
def test_a_plugin_that_rewrites_all_texts_at_the_end_keeps_gates_and_forms(tmp_path: Path, is_first: bool) -> None:
    """As those do that wait until every generator is done, and set `_content` of all articles."""

    def rewrite(generators: list[Any]) -> None:
        for one in generators[0].articles:
            one._content = one._content.replace("open words", "OPEN WORDS")

    site, plugin = small_site(tmp_path), Plugin((signals.all_generators_finalized, rewrite))
    with alone(plugin):
        site.build(PLUGINS=[plugin, gatepost_pelican] if is_first else [gatepost_pelican, plugin])
    page = site.page("gated.html")
    assert "OPEN WORDS of the gated article" in page
    assert page.count('class="gp-gate') == page.count("data-gp-form") == 1
    assert held_in(site) == []


def test_typogrify_changes_quotes_and_neither_forms_nor_held_words(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.configure("TYPOGRIFY = True\n")
    site.build()
    assert site.page("gated.html").count("data-gp-form") == 1
    assert held_in(site) == []


FEEDS = """
FEED_ALL_ATOM, FEED_ALL_RSS = "feeds/all.atom.xml", "feeds/all.rss.xml"
TAG_FEED_ATOM, TAG_FEED_RSS = "feeds/tag-{slug}.atom.xml", "feeds/tag-{slug}.rss.xml"
CATEGORY_FEED_ATOM, CATEGORY_FEED_RSS = "feeds/cat-{slug}.atom.xml", "feeds/cat-{slug}.rss.xml"
AUTHOR_FEED_ATOM, AUTHOR_FEED_RSS = "feeds/by-{slug}.atom.xml", "feeds/by-{slug}.rss.xml"
TRANSLATION_FEED_ATOM = "feeds/all-{lang}.atom.xml"
RSS_FEED_SUMMARY_ONLY = False
DEFAULT_METADATA = {"tags": "fences, gates", "offer": "none", "category": "Notes"}
PAGE_ORDER_BY = lambda page: page.title.lower()[::-1]
ARTICLE_ORDER_BY = lambda article: article.slug
"""


def test_no_feed_has_a_held_word_and_defaults_and_orders_by_a_function_hold(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.configure(FEEDS)
    site.write("content/articles/quiet.md", article("quiet", "Nothing offered here.", Category="Notes"))
    site.write("content/pages/zoo.md", "Title: Zoo\nSlug: zoo\n\nAnimals.\n")
    for module in ("pelican", "gatepost_pelican.building"):
        done = site.run(*([] if module == "pelican" else ["-s", "pelicanconf.py"]), module=module)
        assert done.returncode == 0, done.stdout + done.stderr
        feeds = sorted(path.name for path in (site.output / "feeds").iterdir())
        assert {
            "all.atom.xml",
            "all.rss.xml",
            "tag-gates.atom.xml",
            "tag-gates.rss.xml",
            "cat-writing.rss.xml",
            "by-ada-example.atom.xml",
        } <= set(feeds)
        assert held_in(site) == []
        assert "The open words of the gated article" in site.page("feeds/all.atom.xml")
        assert "data-gp-form" not in site.page("feeds/all.rss.xml")
        # What stands in DEFAULT_METADATA counts where an article says nothing itself.
        assert "data-gp-form" not in site.page("quiet.html")
        assert site.page("gated.html").count("data-gp-form") == 1
    again = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert again.returncode == 0
    assert held_in(site) == []
