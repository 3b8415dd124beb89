"""However a site names the plugin, and whatever it sends besides, a gate holds once and offers stand once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican import signals
from pelican.writers import Writer

import gatepost_pelican
from tests.home.pelicans import Plugin, alone
from tests.plugin.sites import article, everything_in, small_site

NAMES: dict[str, list[Any]] = {
    "by name": ["gatepost_pelican"],
    "as a module": [gatepost_pelican],
    "twice": ["gatepost_pelican", gatepost_pelican],
}


def output(folder: Path, plugins: list[Any], **override: Any) -> dict[str, bytes]:
    site = small_site(folder)
    with alone():
        site.build(PLUGINS=plugins, **override)
    return everything_in(site.output)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return output(tmp_path_factory.mktemp("usual") / "site", ["gatepost_pelican"])


@pytest.mark.parametrize("way", NAMES)
def test_every_way_to_name_the_plugin_builds_the_same_site(tmp_path: Path, usual: dict[str, bytes], way: str) -> None:
    found = output(tmp_path / "site", NAMES[way])
    assert found == usual
    page = found["gated.html"].decode()
    assert page.count('class="gp-gate') == page.count("data-gp-form") == 1
    assert not [name for name, data in found.items() if b"HELD" in data]


class Shouting(Writer):  # type: ignore[misc]
    """A site's own way to write: every title in capitals."""

    def write_file(self, name: str, template: Any, context: Any, *others: Any, **named: Any) -> None:
        super().write_file(name, template, {**context, "SITENAME": "LOUD"}, *others, **named)


def test_a_site_with_its_own_writer_keeps_it(tmp_path: Path) -> None:
    def own(_pelican: Any) -> type[Writer]:
        return Shouting

    plugin, site = Plugin((signals.get_writer, own)), small_site(tmp_path)
    with alone(plugin):
        site.build(PLUGINS=[plugin, gatepost_pelican])
    assert "LOUD" in site.page("gated.html")
    assert "LOUD" in site.page("offers/ten-checks.html")
    assert not [name for name, data in everything_in(site.output).items() if b"HELD" in data]


def test_gatepost_never_gives_pelican_a_writer_or_a_generator() -> None:
    named = {signal for signal, _ in gatepost_pelican.MOMENTS}
    assert not named & {signals.get_writer, signals.get_generators}


STATES = {
    "no date": "Title: No date\n\nWords.\n", "no such day": article("nodate", "Words.", Date="2026-02-31"), "no title": "Date: 2026-01-01\n\nWords.\n",
    "odd status": article("odd", "Words.", Status="publishd"),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_an_article_that_cannot_be_read_is_named_and_the_last_good_site_stays(tmp_path: Path, state: str) -> None:
    site = small_site(tmp_path)
    assert site.run("-s", "pelicanconf.py", module="gatepost_pelican.building").returncode == 0
    before = everything_in(site.output)
    site.write("content/articles/wrong.md", STATES[state])
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 1
    assert "content/articles/wrong.md:" in done.stderr
    assert "Cure: " in done.stderr
    assert everything_in(site.output) == before


def test_drafts_hidden_and_translations_hold_as_published_articles_do(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    body = "Open {0}.\n\n<!-- gate -->\n\nHELD {0} words that nobody may read before they ask for them, long enough to be found."
    site.write("content/articles/draft.md", article("draft", body.format("draft"), Status="draft", Offer="the-plan"))
    site.write(
        "content/articles/hidden.md", article("hidden", body.format("hidden"), Status="hidden", Offer="the-plan")
    )
    site.write("content/articles/de.md", article("gated", body.format("deutsch"), Lang="de", Offer="the-plan"))
    site.write(
        "content/articles/draft-de.md",
        article("draft", body.format("entwurf"), Lang="de", Status="draft", Offer="the-plan"),
    )
    site.configure(
        "DRAFT_SAVE_AS = DRAFT_URL = ARTICLE_SAVE_AS = ARTICLE_URL = '{slug}.html'\nDRAFT_LANG_SAVE_AS = DRAFT_LANG_URL = '{slug}-{lang}.html'\n"
    )
    site.build()
    for name, word in (("draft", "draft"), ("hidden", "hidden"), ("gated-de", "deutsch"), ("draft-de", "entwurf")):
        page = site.page(f"{name}.html")
        assert f"Open {word}." in page, name
        assert page.count('class="gp-gate') == 1, name
    assert not [name for name, data in everything_in(site.output).items() if b"HELD" in data]
    # A page that is no published article counts for none.
    assert (
        set(site.catalogue.articles) == {"gated", "hidden", "inline", "plain"} or "draft" not in site.catalogue.articles
    )


def test_static_files_without_content_and_of_other_plugins_are_copied(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.write("content/images/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.write("content/extra/robots.txt", "User-agent: *\n")
    site.configure(
        "STATIC_PATHS = ['images', 'extra/robots.txt', 'not-there']\nEXTRA_PATH_METADATA = {'extra/robots.txt': {'path': 'robots.txt'}}\n"
    )
    site.build()
    assert (site.output / "images/mark.svg").is_file()
    assert (site.output / "robots.txt").read_text() == "User-agent: *\n"


@pytest.mark.parametrize("module", ["pelican", "gatepost_pelican.building"])
def test_all_of_the_content_as_static_files_with_its_sources_lets_nothing_held_out(tmp_path: Path, module: str) -> None:
    site = small_site(tmp_path)
    site.configure(
        "STATIC_PATHS = ['']\nARTICLE_PATHS = ['articles']\nSTATIC_EXCLUDE_SOURCES = False\nOUTPUT_SOURCES = True\n"
    )
    site.write("content/images/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    # Copied before there was a gate in it.
    site.write("output/articles/gated.md", "HELDREST and all")
    done = site.run(*([] if module == "pelican" else ["-s", "pelicanconf.py"]), module=module)
    assert done.returncode == 0, done.stderr
    assert not [name for name, data in everything_in(site.output).items() if b"HELD" in data]
    assert (site.output / "articles/plain.md").is_file()
    assert (site.output / "images/mark.svg").is_file()
    assert not (site.output / "offers/files").exists()


def test_an_output_that_is_to_be_cleared_is_cleared_once_the_site_is_built(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.configure("DELETE_OUTPUT_DIRECTORY = True\n")
    site.write("output/old.html", "old")
    assert site.run().returncode == 0
    assert "old.html" not in everything_in(site.output)
