"""Search answers from files beside the pages: it finds what is published, and nothing that is held."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from gatepost import site as own
from tests.plugin.sites import Site, article, everything_in, small_site
from tests.theme.conftest import Stage, serve

ON = "GATEPOST_SEARCH = True\nSITEURL = ''\n"
OURS = f"THEME = {str(own.theme_dir())!r}\n"
BODY = "The lighthouse keeper counts <b>boats</b> & buoys, and writes down what each of them carried past the quay."


def site_to_search(folder: Path, more: str = "") -> Site:
    site = small_site(folder)
    site.configure(ON + more)
    site.write("content/articles/harbour.md", article("harbour", BODY))
    site.write("content/articles/draft.md", article("draft", "DRAFTWORD is not said yet.", Status="draft"))
    site.write("content/articles/hidden.md", article("hidden", "HIDDENWORD is for few.", Status="hidden"))
    site.write("content/pages/404.md", "Title: Not here\nSlug: 404\nSave_as: 404.html\n\nNOTHINGWORD.\n")
    return site


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The small site with a search, in our theme, built and served."""
    site = site_to_search(tmp_path_factory.mktemp("searched"), OURS)
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 0, done.stdout + done.stderr
    yield from serve(site.output)


def look_for(page: Any, words: str) -> Any:
    page.get_by_label("What are you looking for?").fill(words)
    return page.locator(".gp-found a")


@pytest.mark.browser
def test_a_reader_finds_a_page_by_its_words_and_goes_there(reader, searched):
    page = reader("index.html", site=searched)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Search").click()
    found = look_for(page, "lighthouse boat")
    expect(found).to_have_text(["About harbour"])
    expect(page.get_by_role("status")).to_have_text("One page was found for “lighthouse boat”.")
    expect(page.locator(".gp-found p")).to_have_text(BODY.replace("<b>", "").replace("</b>", ""))
    expect(page.locator(".gp-found mark").first).to_have_text("lighthouse")
    assert not [url for url in asked if not url.startswith(searched.url)]
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About harbour")


@pytest.mark.browser
def test_an_address_with_words_is_answered_at_once_and_says_when_there_is_nothing(reader, searched):
    page = reader("search.html?q=lighthouse", site=searched)
    expect(page.locator(".gp-found a")).to_have_count(1)
    expect(look_for(page, "<img src=x>zeppelin")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Nothing was found for “<img src=x>zeppelin”.")
    assert page.url.endswith("?q=%3Cimg+src%3Dx%3Ezeppelin")


@pytest.mark.browser
def test_without_a_script_the_page_says_where_else_to_look(chromium, searched):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{searched.url}/search.html?q=lighthouse")
    expect(page.locator("noscript p")).to_be_visible()
    context.close()


@pytest.mark.browser
def test_an_index_that_is_gone_is_said_and_asked_for_again(reader, searched):
    page = reader("search.html", site=searched)
    page.route("**/pagefind/pagefind-entry.json*", lambda route: route.abort())
    page.get_by_label("What are you looking for?").fill("lighthouse")
    expect(page.get_by_role("status")).to_contain_text("The search does not answer.")


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["notmyidea", "simple"])
def test_in_a_theme_of_others_below_a_folder_it_finds_pages_too(chromium, tmp_path, theme):
    site = site_to_search(
        tmp_path / "site", f"RELATIVE_URLS = True\nTHEME = {theme!r}\nARTICLE_SAVE_AS = 'a/{{slug}}.html'\n"
    )
    site.configure((site.folder / "pelicanconf.py").read_text() + "OUTPUT_PATH = 'served/blog'\n")
    assert site.run().returncode == 0
    for stage in serve(site.folder / "served"):
        page = chromium.new_page()
        page.goto(f"{stage.url}/blog/search.html?q=lighthouse")
        page.locator(".gp-found a").click()
        expect(page.get_by_text("counts boats & buoys")).to_be_visible()
        assert page.url == f"{stage.url}/blog/a/harbour.html"
        page.close()


def test_the_index_knows_what_is_published_and_nothing_that_is_held(searched):
    index = b"".join(data for name, data in everything_in(searched.folder).items() if name.startswith("pagefind/"))
    assert b"lighthouse keeper" in index
    assert b"open words of the gated article" in index
    for word in (b"HELD", b"DRAFTWORD", b"HIDDENWORD", b"NOTHINGWORD", b"Yes, write to me"):
        assert word.lower() not in index.lower()
    assert not [*searched.folder.glob(".search-*")]


def test_a_site_that_does_not_ask_for_a_search_has_none(tmp_path):
    site = small_site(tmp_path)
    site.configure(OURS)
    site.build()
    assert not [name for name in everything_in(site.output) if name.startswith(("search", "pagefind"))]
    assert "search.html" not in site.page("index.html")


def test_after_an_edit_the_index_knows_the_new_words_and_a_quick_build_leaves_that_for_later(tmp_path):
    site = site_to_search(tmp_path)
    build = functools.partial(site.run, module="gatepost_pelican.building")
    assert build("-s", "pelicanconf.py").returncode == 0
    before = everything_in(site.output)
    site.write("content/articles/harbour.md", article("harbour", BODY.replace("boats", "ferries")))
    quick = build("--quick")
    assert "pages again" in quick.stdout, quick.stdout + quick.stderr
    changed = {name for name, data in everything_in(site.output).items() if before[name] != data}
    assert "harbour.html" in changed
    assert not [name for name in changed if name.startswith("pagefind/")]
    whole = build("-s", "pelicanconf.py")
    assert whole.returncode == 0
    found = everything_in(site.output)
    assert any(b"ferries" in data for name, data in found.items() if "fragment" in name)
    # The same as a build from nothing.
    other = Site(tmp_path.with_name("other"))
    shutil.copytree(site.folder / "content", other.folder / "content")
    other.configure(ON)
    assert other.run("-s", "pelicanconf.py", module="gatepost_pelican.building").returncode == 0
    assert everything_in(other.output) == found


def test_an_index_that_cannot_be_made_stops_the_build_with_a_cure(tmp_path):
    site = site_to_search(tmp_path)
    assert site.run("-s", "pelicanconf.py", module="gatepost_pelican.building").returncode == 0
    before = everything_in(site.output)
    site.configure(ON + "GATEPOST_SEARCH = '))('\n")
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 1
    assert "the search index was not made" in done.stderr
    assert "set GATEPOST_SEARCH" in done.stderr
    assert everything_in(site.output) == before
