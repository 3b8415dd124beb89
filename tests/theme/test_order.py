"""Ways through a site: the parts of a series, what came before and after, the same text in other languages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.languages import words
from gatepost_pelican.order import Order
from tests.theme.whole import whole_site


def written(slug: str, day: int, lang: str = "en", **metadata: str) -> Any:
    date = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    return SimpleNamespace(
        slug=slug,
        date=date,
        lang=lang,
        status="published",
        translations=[],
        metadata=metadata,
        source_path=f"{slug}.md",
    )


def slugs(articles: Any) -> list[str]:
    return [article.slug for article in articles]


@given(st.lists(st.none() | st.integers(-3, 12), min_size=1, max_size=8))
def test_every_part_of_a_series_has_one_place_and_leads_to_its_neighbours(indices):
    articles = [
        written(f"part-{n}", n, series="Gates", **({} if index is None else {"series-index": str(index)}))
        for n, index in enumerate(indices)
    ]
    order = Order({"articles": articles})
    parts = [order.series(article) for article in articles]
    assert sorted(part.number for part in parts) == list(range(1, len(articles) + 1))
    for article, part in zip(articles, parts, strict=True):
        assert part.all[part.number - 1] is article
        assert part.previous is (part.all[part.number - 2] if part.number > 1 else None)
        assert part.next is None or order.series(part.next).previous is article


def test_a_part_stands_where_its_index_says_and_the_others_by_date():
    articles = [
        written("c", 3, series="Gates"),
        written("b", 2, series="Gates"),
        written("a", 9, series="Gates", **{"series-index": "1"}),
        written("alone", 4),
    ]
    order = Order({"articles": articles})
    assert slugs(order.series(articles[0]).all) == ["a", "b", "c"]
    assert order.series(articles[3]) is None


def test_an_index_that_is_no_number_is_named_and_left_out(caplog):
    articles = [written("a", 2, series="Gates", **{"series-index": "first"}), written("b", 1, series="Gates")]
    assert slugs(Order({"articles": articles}).series(articles[0]).all) == ["b", "a"]
    assert "a.md: Series-Index is 'first'. Write a whole number, or leave it out" in caplog.text


def test_neighbours_are_of_one_language():
    german = written("c", 3, "de")
    articles = [written("a", 1), written("b", 2), written("d", 4)]
    articles[2].translations = [german]
    order = Order({"articles": articles})
    assert (order.older(articles[1]).slug, order.newer(articles[1]).slug) == ("a", "d")
    assert (order.older(articles[0]), order.newer(articles[2]), order.newer(german)) == (None, None, None)


def test_an_article_shows_its_series_and_the_way_to_the_other_parts(whole):
    page = (whole.folder / "part-one.html").read_text("utf-8")
    listed = page.split('id="series"')[1].split("</nav>")[0]
    assert re.findall(r"About part-\w+", listed) == ["About part-one", "About part-two", "About part-three"]
    assert '<span aria-current="page">About part-one</span>' in listed
    assert "Part 1 of 3" in page
    assert re.search(r'rel="next" href="/part-two\.html"', page)
    assert 'rel="prev"' not in page


def test_an_article_outside_a_series_leads_to_what_came_before(whole):
    page = (whole.folder / "field.html").read_text("utf-8")
    assert re.search(r'rel="prev" href="/part-three\.html"', page)


def test_translations_lead_to_each_other_in_their_own_words(whole):
    english, german = ((whole.folder / f"field{end}.html").read_text("utf-8") for end in ("", "-de"))
    assert re.search(r'<a href="/field-de\.html" lang="de" hreflang="de">Deutsch</a>', english)
    assert re.search(r'<a href="/field\.html" lang="en" hreflang="en">English</a>', german)
    assert '<html lang="de">' in german
    assert "Auch auf" in german
    assert "On the field" not in german


@pytest.fixture(scope="module")
def whole_with_addresses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_site(tmp_path_factory.mktemp("addresses"), "SITEURL = 'https://blog.example.org'\n").output


def test_search_engines_are_told_of_translations_by_whole_addresses(whole_with_addresses):
    for name in ("field.html", "field-de.html"):
        page = (whole_with_addresses / name).read_text("utf-8")
        found = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))
        address = "https://blog.example.org/field{}.html".format
        assert found == {"en": address(""), "de": address("-de")}


@pytest.mark.parametrize(
    ("tag", "name"), [("de", "Deutsch"), ("fr-CA", "français (Canada)"), ("ar", "العربية"), ("x-y", "x-y"), ("", "")]
)
def test_a_language_is_named_in_its_own_words(tag, name):
    assert words("en").name_of(tag) == name


def test_an_offer_stands_below_pages_that_have_none_and_below_no_other(whole):
    with_foot = {path.name for path in whole.folder.rglob("*.html") if 'class="foot-offer"' in path.read_text("utf-8")}
    assert {"index.html", "about.html", "archives.html", "field.html"} <= with_foot
    assert not {"part-one.html", "ten-checks.html"} & with_foot
    page = (whole.folder / "field.html").read_text("utf-8")
    assert '<input type="hidden" name="article" value="field">' in page
    assert '<input type="hidden" name="page" value="/field.html">' in page
    assert '<input type="hidden" name="page" value="/">' in (whole.folder / "index.html").read_text("utf-8")
