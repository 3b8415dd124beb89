"""That builds are measured on the same site: the same pages and words in Pelican and in Hugo, and every edit arrives."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bench.children import run
from bench.rebuilding import Plan

from bench import corpus, hugo, rebuilding, sites
from tests.conftest import missing

ARTICLES = 24


def quiet(_: str) -> None:
    """Nobody looks at the progress here."""


def words(page: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", page)))


def at_hugo(name: str) -> str:
    """Hugo puts the second page of the home page elsewhere."""
    return re.sub(r"^index/page/(\d+)\.html$", r"page/\1/index.html", name)


@pytest.mark.long
def test_pelican_and_hugo_make_the_same_pages_with_the_same_words(tmp_path: Path) -> None:
    if hugo.program() is None:
        missing("Hugo (requirements-bench.lock)")
    there = sites.write(tmp_path, ARTICLES)
    for name in ("pelican", "hugo"):
        run(there[name].command, there[name].folder, there[name].env, tmp_path / "log")
    mine, others = there["pelican"], there["hugo"]
    assert {at_hugo(name) for name in mine.pages()} == set(others.pages())
    # Articles, three pages of the home page, each tag and category, one author, lists and the archive.
    assert len(mine.pages()) > ARTICLES + 10
    for name in mine.pages():
        page, other = (mine.output / name).read_text(), (others.output / at_hugo(name)).read_text()
        assert words(page) == words(other), name
    feeds = [(site.output / "feeds" / "all.atom.xml").read_text() for site in (mine, others)]
    assert words(html.unescape(feeds[0])) == words(html.unescape(feeds[1]).replace("/index.html", "/"))


def test_a_blog_without_offers_has_the_same_words_and_no_mark(tmp_path: Path) -> None:
    made = corpus.write(tmp_path, 60, offers=False)
    for slug in made.slugs:
        text = (tmp_path / "articles" / f"{slug}.md").read_text()
        left = corpus.plain(text)
        assert not re.search(r"^Offer:|\[\[offer:|<!-- gate -->", left, re.MULTILINE)
        assert left == re.sub(r"Offer: .*\n|\[\[offer:.*\]\]\n\n|<!-- gate -->\n\n", "", text)


def test_an_edit_can_be_taken_back_and_shows_in_one_file(tmp_path: Path) -> None:
    for site in sites.write(tmp_path, 8).values():
        before = sites.files(site.folder)
        for what in ("body", "title", "template"):
            take_back = site.edit(what, "article-00006", "lantern")
            changed = [name for name, data in sites.files(site.folder).items() if before[name] != data]
            assert len(changed) == 1, (site.name, what)
            take_back()
        assert sites.files(site.folder) == before


@pytest.mark.long
def test_every_case_is_measured_and_a_broken_run_goes_on(tmp_path: Path) -> None:
    journal = tmp_path / "rounds.jsonl"
    plan = Plan(1, 0, journal, ("cold", "body"))
    found: Any = rebuilding.measure(tmp_path, 8, plan, quiet)
    body = found["cases"]["body"]
    assert {"pelican", "gatepost", "offers"} <= body["sites"].keys()
    assert body["times_as_fast"]["pelican : gatepost"]["median"] > 0
    assert found["pages"]["offers"] > found["pages"]["pelican"] == found["pages"]["gatepost"]
    kept = journal.read_text()
    journal.write_text(kept + '[{"articles": 8, "round": 1, "case"')
    rows = rebuilding._kept(journal)
    assert rows == json.loads(kept)
    assert {row["round"] for row in rows} == {0}


def test_what_was_not_built_is_not_measured(tmp_path: Path) -> None:
    site = sites.write(tmp_path, 8)["pelican"]
    site.output.mkdir()
    (site.output / "article-00006.html").write_text("<p>the page of the day before</p>")
    with pytest.raises(sites.NotBuilt, match="lantern"):
        site.demand("article-00006", "lantern")
