"""What a page says of itself to networks and search engines: true, whole, and safe in HTML."""

from __future__ import annotations

import html
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.machines.structured import locale, plain, script
from tests.cards.conftest import AWKWARD, site_for_machines
from tests.cards.reading import canonical, graph, pages, said
from tests.plugin.sites import Site, small_site

HOME = "https://blog.example.org"


def test_an_article_says_who_wrote_it_and_when_and_where_it_belongs(built: Site) -> None:
    found = graph(built.page("newer.html"))
    post, way = found["BlogPosting"], found["BreadcrumbList"]
    assert post["headline"] == "About newer"
    assert (post["datePublished"], post["dateModified"]) == ("2026-05-01T00:00:00+00:00", "2026-06-07T08:09:10+02:00")
    assert post["author"] == [{"@type": "Person", "name": "Ada Example", "url": f"{HOME}/author/ada-example.html"}]
    assert post["publisher"]["name"] == "A small firm's notes"
    assert post["mainEntityOfPage"] == f"{HOME}/newer.html"
    assert post["isAccessibleForFree"] is True
    steps = [(step["position"], step["item"]) for step in way["itemListElement"]]
    assert steps == [(1, f"{HOME}/"), (2, f"{HOME}/subject/writing/"), (3, f"{HOME}/newer.html")]


def test_a_gated_article_says_which_part_is_not_for_everybody(built: Site) -> None:
    page = built.page("gated.html")
    post = graph(page)["BlogPosting"]
    assert post["isAccessibleForFree"] is False
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".gp-gate"}
    assert post["hasPart"] == part
    assert 'class="gp-gate"' in page


def test_each_kind_of_page_says_what_it_is(built: Site) -> None:
    found = {path: graph(text) for path, text in pages(built).items()}
    assert found["index.html"]["WebSite"]["description"] == "Of words"
    assert len(found["index.html"]["ItemList"]["itemListElement"]) == 3
    assert found["subject/writing/index.html"]["CollectionPage"]["url"] == f"{HOME}/subject/writing/"
    assert found["offers/the-book.html"]["Book"]["bookFormat"] == "https://schema.org/EBook"
    assert found["offers/ten-checks.html"]["CreativeWork"]["name"] == "Before you publish: ten checks"
    assert found["offers/evening.html"]["Event"]["startDate"] == "2031-03-04T17:00:00+00:00"
    assert "AboutPage" in found["pages/about.html"]
    assert [path for path, nodes in found.items() if not nodes] == ["404.html", "drafts/draft.html", "hidden.html"]


def test_nothing_held_and_no_draft_is_told(built: Site) -> None:
    everything = json.dumps([graph(text) for text in pages(built).values()])
    assert "HELD" not in everything
    assert "SECRET" not in everything
    assert "secret-room" not in everything


def test_an_awkward_title_is_told_as_it_reads(built: Site) -> None:
    page = built.page("plain-de.html")
    assert graph(page)["BlogPosting"]["headline"] == plain(AWKWARD)
    assert html.unescape(said(page)["og:title"][0]) == plain(AWKWARD).replace("\u2028", " ")


def test_networks_learn_language_time_authors_tags_and_the_picture(built: Site) -> None:
    found = said(built.page("plain-de.html"))
    assert found["og:type"] == ["article"]
    assert (found["og:locale"], found["og:locale:alternate"]) == (["de_DE"], ["en_US"])
    assert found["article:author"] == [f"{HOME}/author/ada-example.html"]
    assert found["article:tag"] == ["forms", "titles"]
    assert found["article:published_time"] == ["2026-05-01T00:00:00+00:00"]
    assert found["og:image"] == [f"{HOME}/images/cover.jpg"]
    assert (found["og:image:width"], found["og:image:height"]) == (["800"], ["400"])
    assert found["twitter:card"] == ["summary_large_image"]
    assert found["og:url"] == [f"{HOME}/plain-de.html"]


@given(st.text(max_size=60))
def test_any_text_stands_safely_in_a_script_and_comes_out_as_it_went_in(text: str) -> None:
    made = script([{"@type": "Thing", "name": f"x{text}"}])
    assert not set("<>&'\u2028\u2029") & set(made)
    assert json.loads(made)["name"] == f"x{text}"


def test_languages_have_the_names_that_networks_know() -> None:
    tags = ("de", "en", "pt-BR", "zh_Hans_TW", "sv", "en-gb")
    assert [locale(tag) for tag in tags] == ["de_DE", "en_US", "pt_BR", "zh_TW", "sv_SE", "en_GB"]


def test_relative_links_leave_machines_their_whole_addresses(tmp_path: Path) -> None:
    site = site_for_machines(small_site(tmp_path / "site"), "RELATIVE_URLS = True\n")
    site.build()
    page = site.page("plain-de.html")
    assert canonical(page) == f"{HOME}/plain-de.html"
    assert said(page)["og:image"] == [f"{HOME}/images/cover.jpg"]
    assert f'hreflang="en" href="{HOME}/plain.html"' in page
    assert graph(page)["BlogPosting"]["url"] == f"{HOME}/plain-de.html"
    assert 'href="./theme/site.css"' in page


def test_a_theme_of_others_says_the_same_with_one_line(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    site_for_machines(site, f"THEME = 'simple'\nTHEME_TEMPLATES_OVERRIDES = [{str(site.folder / 'overrides')!r}]\n")
    line = '{% extends "!simple/base.html" %}{% block head %}{{ super() }}{% include "gatepost/machines.html" %}{% endblock %}'
    site.write("overrides/base.html", line)
    site.build()
    found = {path: (graph(text), said(text)) for path, text in pages(site).items()}
    assert found["gated.html"][0]["BlogPosting"]["isAccessibleForFree"] is False
    assert found["index.html"][0]["WebSite"]["url"] == f"{HOME}/"
    assert "AboutPage" in found["pages/about.html"][0]
    assert found["plain-de.html"][1]["og:image"] == [f"{HOME}/images/cover.jpg"]
    assert all((site.output / one["og:image"][0].removeprefix(f"{HOME}/")).is_file() for _, one in found.values())
