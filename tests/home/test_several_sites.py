"""Several Pelican instances in one process, as a site for each language is built: none leaves anything to the next."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import pytest
from pelican import Pelican, signals
from pelican.settings import read_settings

import gatepost_pelican
from gatepost_pelican import moments
from tests.home.pelicans import Plugin, alone, listeners
from tests.plugin.sites import CONF, Site, article, everything_in, small_site

LANGUAGES = ("de", "fr")


def subsites(moment: Any = signals.finalized) -> Plugin:
    """What i18n_subsites does, before the site is written or once it is: the same settings but for a few build the next one, below it."""
    left: list[str] = []
    main: list[Any] = []

    def begin(pelican: Any) -> None:
        if not main:
            main.append(pelican.settings.copy())
            left.extend(LANGUAGES)

    def build_next(_pelican: Any) -> None:
        if not left:
            main.clear()
            return
        tag = left.pop(0)
        settings = {
            **main[0], "DEFAULT_LANG": tag, "SITEURL": f"{main[0]['SITEURL']}/{tag}", "OUTPUT_PATH": f"{main[0]['OUTPUT_PATH']}/{tag}",
            "SITENAME": f"Site {tag}", "DELETE_OUTPUT_DIRECTORY": False,
        }  # fmt: skip
        # As that plugin does for each: all plugins connect once more.
        gatepost_pelican.register()
        Pelican(settings).run()

    return Plugin((signals.initialized, begin), (moment, build_next))


def site_in_languages(folder: Path) -> Site:
    site = small_site(folder)
    gated = (site.folder / "content/articles/gated.md").read_text()
    site.write("content/articles/gated.md", f"Lang: en\n{gated}")
    for tag in LANGUAGES:
        site.write(
            f"content/articles/gated-{tag}.md",
            article(
                "gated",
                f"Offen {tag}.\n\n<!-- gate -->\n\nHELD{tag} words that are for those who asked.",
                Lang=tag,
                Offer="the-plan",
            ),
        )
        site.write(f"content/articles/only-{tag}.md", article(f"only-{tag}", "Nur hier.", Lang=tag, Offer="ten-checks"))
    return site


@pytest.mark.parametrize("is_first", [True, False], ids=["before Gatepost", "after Gatepost"])
def test_a_site_for_each_language_has_each_gate_and_card_once_and_holds_what_is_held(
    tmp_path: Path, is_first: bool
) -> None:
    site, plugin = site_in_languages(tmp_path), subsites()
    gatepost_pelican.register()
    before = listeners()
    plugins = [plugin, gatepost_pelican] if is_first else [gatepost_pelican, plugin]
    with alone(plugin):
        site.build(PLUGINS=plugins)
    assert listeners() == before
    for name, data in everything_in(site.output).items():
        assert b"HELD" not in data, name
    for start in ("", "de/", "fr/"):
        page = site.page(f"{start}gated.html")
        assert page.count('class="gp-gate') == 1, start
        assert page.count("data-gp-form") == 1, start
        assert (site.output / start / "offers/ten-checks.html").is_file()
    articles = json.loads((site.data / "catalogue.json").read_text())["articles"]
    known = {one["slug"] for one in articles} if isinstance(articles, list) else set(articles)
    assert {"gated", "plain", "inline", "only-de", "only-fr"} <= known


def test_a_staged_build_tells_the_service_of_all_of_them(tmp_path: Path) -> None:
    site = site_in_languages(tmp_path)
    site.write(
        "subsites.py",
        "from tests.home.test_several_sites import subsites\n_plugin = subsites()\nregister = _plugin.register\n",
    )
    root = str(Path(__file__).parents[2])
    site.write(
        "pelicanconf.py",
        f"import sys\nsys.path[:0] = [{root!r}, {str(site.folder)!r}]\n"
        + CONF.replace('["gatepost_pelican"]', '["gatepost_pelican", "subsites"]'),
    )
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (site.output / "de/only-de.html").is_file()
    assert set(site.catalogue.articles) >= {"plain", "only-de", "only-fr"}
    assert site.catalogue.articles["plain"].url == "/plain.html"
    again = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert again.returncode == 0
    assert (site.output / "de/only-de.html").is_file()


def test_two_sites_after_each_other_know_nothing_of_each_other(tmp_path: Path) -> None:
    one, other = small_site(tmp_path / "one"), small_site(tmp_path / "other")
    other.write(
        "content/offers/ten-checks.md",
        (other.folder / "content/offers/ten-checks.md").read_text().replace("Before you publish", "Another title"),
    )
    first = one.build()
    before = everything_in(one.output)
    other.build()
    assert "Another title" in other.page("offers/ten-checks.html")
    first.run()
    assert everything_in(one.output) == before


def test_nothing_is_kept_of_a_build_that_is_over(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    gc.collect()
    before = len(moments._builds)
    site.build()
    gc.collect()
    assert len(moments._builds) == before


def test_the_second_build_of_a_site_forgets_what_the_first_had(tmp_path: Path) -> None:
    """Even while the first instance is still around."""
    site = small_site(tmp_path)
    first = site.build()
    (site.folder / "content/articles/inline.md").unlink()
    site.build()
    assert "inline" not in site.catalogue.articles
    assert first.settings["SITENAME"] == read_settings(str(site.folder / "pelicanconf.py"))["SITENAME"]


def test_readers_of_each_language_get_its_whole_article_and_come_back_to_its_page(tmp_path: Path) -> None:
    site, plugin = site_in_languages(tmp_path), subsites(signals.get_writer)
    own = article("nur", "Offen.\n\n<!-- gate -->\n\nHELDnur, was nur hier steht.", Lang="de", Offer="the-plan")
    site.write("content/articles/nur.md", own)
    with alone(plugin):
        site.build(PLUGINS=["gatepost_pelican", plugin])
    known = site.catalogue.articles
    for start, name in (("", "gated"), ("/de", "gated-de"), ("/fr", "gated-fr")):
        page = site.page(f"{start.lstrip('/')}/gated.html".lstrip("/"))
        assert f'name="article" value="{name}"' in page
        assert f'name="page" value="{start}/gated.html"' in page
        # One service answers for all of them.
        assert 'action="https://blog.example.org/signup"' in page
        assert known[name].rest is not None
    assert known["gated-de"].url == "/gated-de.html"  # the outer site has it, too
    assert len({known[name].rest.id for name in ("gated", "gated-de", "gated-fr")}) == 3  # type: ignore[union-attr]
    # What is there in one language only is known by its own name in every site.
    assert 'name="article" value="nur"' in site.page("de/nur.html")
    assert "follow-us" in site.catalogue.offers
