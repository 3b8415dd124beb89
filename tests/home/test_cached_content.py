"""Pelican's cache of contents: nothing held gets out of it, and what changed takes effect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican.plugins import signals

from tests.home.pelicans import Plugin, alone
from tests.plugin.sites import CHECKLIST, GATED, Site, article, everything_in, small_site

LAYERS = ("generator", "reader")


def cached(site: Site, layer: str, **more: Any) -> None:
    folders = {name: str(site.folder / name.lower()) for name in ("CONTENT", "CACHE")}
    chosen = {"PATH": folders["CONTENT"], "CACHE_PATH": folders["CACHE"], "FEED_ALL_ATOM": "all.xml"}
    site.build(CACHE_CONTENT=True, LOAD_CONTENT_CACHE=True, CONTENT_CACHING_LAYER=layer, **chosen, **more)


def leaks(site: Site) -> list[str]:
    return [name for name, data in everything_in(site.output).items() if b"HELD" in data]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_cache_from_before_the_plugin_was_switched_on_publishes_nothing_held(tmp_path: Path, layer: str) -> None:
    site = small_site(tmp_path)
    with alone():
        cached(site, layer, PLUGINS=[], ARTICLE_EXCLUDES=["offers"], DELETE_OUTPUT_DIRECTORY=True)
    assert "gated.html" in leaks(site)
    for _ in range(2):
        cached(site, layer, DELETE_OUTPUT_DIRECTORY=True)
        assert not leaks(site)
        assert 'data-gp-place="gate"' in site.page("gated.html")


@pytest.mark.parametrize("layer", LAYERS)
def test_gates_and_cards_hold_for_articles_that_were_not_read_again(tmp_path: Path, layer: str) -> None:
    site, read = small_site(tmp_path), []
    listening = Plugin((signals.content_object_init, lambda content: read.append(content.source_path)))
    with alone(listening):
        cached(site, layer, PLUGINS=[listening, "gatepost_pelican"])
        first, count = everything_in(site.output), len([path for path in read if "articles" in path])
        cached(site, layer, PLUGINS=[listening, "gatepost_pelican"])
    again = len([path for path in read if "articles" in path]) - count
    assert again == (0 if layer == "generator" else count)
    assert everything_in(site.output) == first


@pytest.mark.parametrize("layer", LAYERS)
def test_a_changed_gate_or_offer_takes_effect_at_the_next_build(tmp_path: Path, layer: str) -> None:
    site = small_site(tmp_path)
    cached(site, layer)
    site.write("content/articles/plain.md", article("plain", GATED, Offer="the-plan"))
    site.write("content/articles/gated.md", article("gated", "Free for all.", Offer="ten-checks"))
    site.write("content/offers/ten-checks.md", CHECKLIST.replace("Before you publish", "Before you print"))
    cached(site, layer)
    assert not leaks(site)
    assert 'data-gp-place="gate"' in site.page("plain.html")
    assert "Free for all." in site.page("gated.html")
    assert 'data-gp-place="gate"' not in site.page("gated.html")
    assert "Before you print" in site.page("gated.html")
    assert site.catalogue.articles["gated"].rest is None
    assert site.catalogue.articles["plain"].rest is not None
