"""A site in a language without a catalogue, on which one article is Spanish and one offer German."""

from __future__ import annotations

import re

import pytest

from gatepost import site as own
from tests.languages import greek
from tests.plugin.sites import Site

pytestmark = pytest.mark.xdist_group("arabic-site")


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("arabic"))
    conf = greek.CONF.format(theme=str(own.theme_dir())).replace('DEFAULT_LANG = "de"', 'DEFAULT_LANG = "ar"')
    site.write("pelicanconf.py", conf + 'DATE_FORMATS = {"ar": "%d/%m/%Y"}\n')
    site.write("content/offers/download.md", greek.offer("download", lang="de"))
    site.write("content/offers/files/plan.csv", "a,b\n")
    site.write("content/one.md", greek.article(1, "download"))
    site.write("content/two.md", greek.article(2, "none").replace("Slug:", "Lang: es\nSlug:"))
    site.build()
    return site


def test_its_pages_run_from_right_to_left_and_their_words_are_english(arabic):
    page = arabic.page("article-1.html")
    assert '<html lang="ar" dir="rtl">' in page
    assert "Skip to the text" in page
    assert "Κείμενο." in page


def test_a_format_of_dates_in_the_settings_counts_for_its_language(arabic):
    assert '<time datetime="2026-10-01">01/10/2026</time>' in arabic.page("article-1.html")
    assert '<time datetime="2026-09-02">2 de septiembre de 2026</time>' in arabic.page("article-2-es.html")


def test_an_article_in_another_language_has_the_words_of_that_language_around_it(arabic):
    page = arabic.page("article-2-es.html")
    assert '<html lang="es">' in page
    assert "Ir al texto" in page
    assert "1 min de lectura" in page


def test_a_list_says_where_an_entry_is_in_another_language(arabic):
    rows = re.findall(r'<article class="row"[^>]*>', arabic.page("index.html"))
    assert sorted(rows) == ['<article class="row" lang="es">', '<article class="row">']
    assert '<article class="row" lang="de">' in arabic.page("offers/index.html")


def test_the_offer_speaks_its_own_language_on_every_page(arabic):
    assert '<html lang="de">' in arabic.page("offers/download.html")
    for page in ("offers/download.html", "article-1.html"):
        assert "Datei zusenden" in arabic.page(page)
        assert "Ihre E-Mail-Adresse" in arabic.page(page)


def test_titles_are_shown_in_their_own_direction(arabic):
    for page in ("article-1.html", "offers/download.html"):
        assert re.search(r'<h1 dir="auto">', arabic.page(page))
