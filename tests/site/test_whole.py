"""The demo as a whole: valid, without a broken link, light, and fit for everybody, page by page."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import ROOT, missing
from tests.site.conftest import DESK, PHONE, Demo
from tests.site.test_policy import SERVICE

pytestmark = pytest.mark.xdist_group("demo")
VNU = ROOT / ".ci/tools/node_modules/vnu-jar/build/dist/vnu.jar"
ARTICLE = "/which-article-did-it.html"
# One without a test of calls, which brings a script of its own.
PLAIN = "/twelve-week-start.html"
KILOBYTE = 1000


def fetched(url: str) -> bytes:
    try:
        return bytes(urllib.request.urlopen(url).read())
    except urllib.error.HTTPError as refused:
        return refused.read()


@pytest.mark.long
def test_the_html_checker_finds_no_error_and_no_warning_on_any_page(demo: Demo, tmp_path: Path) -> None:
    if not shutil.which("java") or not VNU.exists():
        missing("Java and the Nu Html Checker")
    for number, path in enumerate(SERVICE):
        (tmp_path / f"service-{number}.html").write_bytes(fetched(demo.url + path))
    command = ["java", "-jar", str(VNU), "--skip-non-html", "--format", "json", str(demo.output), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    told = [
        one for one in json.loads(done.stderr)["messages"] if one["type"] != "info" or one.get("subType") == "warning"
    ]
    assert [f"{one['url'].rsplit('/', 1)[-1]}:{one.get('lastLine')}: {one['message']}" for one in told] == []


def parsed(path: Path) -> Any:
    return html5lib.parse(path.read_bytes(), namespaceHTMLElements=False)


def addresses(tree: Any) -> list[str]:
    found = [
        one.get(name)
        for one in tree.iter()
        for name in ("href", "src", "action", "poster", "data-gp-site")
        if one.get(name)
    ]
    for one in tree.iter():
        found += [part.split()[0] for part in one.get("srcset", "").split(",") if part.strip()]
        if one.tag == "meta" and one.get("property") in ("og:image", "og:url"):
            found.append(one.get("content"))
    return found


def ids(tree: Any) -> set[str]:
    return {one.get("id") for one in tree.iter() if one.get("id")} | {
        one.get("name") for one in tree.iter("a") if one.get("name")
    }


def test_no_link_picture_or_place_on_any_page_is_broken(demo: Demo) -> None:
    trees = {path: parsed(demo.output / path[1:]) for path in demo.pages()}
    places = {path: ids(tree) for path, tree in trees.items()}
    broken = []
    for page, tree in trees.items():
        for address in dict.fromkeys(addresses(tree)):
            whole, place = urldefrag(urljoin(demo.url + page, address))
            if urlsplit(whole).netloc != urlsplit(demo.url).netloc:
                continue
            path = unquote(urlsplit(whole).path) or "/"
            if path in ("/signup", "/touch"):
                continue
            path = f"{path}index.html" if path.endswith("/") else path
            if not (demo.output / path[1:]).is_file() or (
                place and path in places and unquote(place) not in places[path]
            ):
                broken.append((page, address))
    assert broken == []


def test_sitemap_and_feeds_name_pages_that_are_there(demo: Demo) -> None:
    named = [
        one.text or "" for one in ElementTree.parse(demo.output / "sitemap.xml").iter() if one.tag.endswith("}loc")
    ]
    for feed in (demo.output / "feeds").iterdir():
        named += [one.get("href", "") for one in ElementTree.parse(feed).iter() if one.tag.endswith("}link")]
    assert len(named) > 40
    for address in named:
        path = unquote(urlsplit(address).path)
        path = f"{path}index.html" if path.endswith("/") else path
        assert (demo.output / path[1:]).is_file(), address


@pytest.mark.browser
@pytest.mark.parametrize(("path", "scripts", "most"), [(PLAIN, 5 * 1024, 8), (ARTICLE, 6.5 * 1024, 9)])
def test_an_article_is_light_before_its_pictures_and_asks_for_little(
    chromium: Any, demo: Demo, path: str, scripts: float, most: int
) -> None:
    context = chromium.new_context(**PHONE)
    page, answers = context.new_page(), []
    page.on("response", lambda answer: answers.append((answer.request.resource_type, answer.url)))
    page.goto(demo.url + path, wait_until="networkidle")
    context.close()
    weights: dict[str, int] = {}
    for kind, url in answers:
        data = fetched(url)
        packed = (
            len(data) if url.endswith((".woff2", ".avif", ".webp", ".png", ".jpg")) else len(gzip.compress(data, 6))
        )
        weights[kind] = weights.get(kind, 0) + packed
    pictures = weights.pop("image", 0)
    assert sum(weights.values()) <= 60 * KILOBYTE, (weights, pictures)
    assert weights["script"] <= scripts
    assert weights["stylesheet"] <= 15 * KILOBYTE
    assert weights.get("font", 0) <= 40 * KILOBYTE
    # The beacon of a read is sent, not loaded.
    assert len([kind for kind, _ in answers if kind not in ("image", "ping", "fetch", "beacon")]) <= most
    assert {urlsplit(url).netloc for _, url in answers} == {urlsplit(demo.url).netloc}


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(("screen", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")], ids=["phone-light", "phone-dark", "desk-light", "desk-dark"])  # fmt: skip
def test_axe_finds_nothing_on_any_kind_of_page(chromium: Any, demo: Demo, screen: dict[str, Any], scheme: str) -> None:
    context = chromium.new_context(**screen, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in (*kinds(demo), *SERVICE[:2]):
        page.goto(demo.url + path)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def kinds(demo: Demo) -> list[str]:
    """One page of each kind: all lists, all offers, and of articles those with something of their own."""
    lists = [
        "/index.html",
        "/archives.html",
        "/categories.html",
        "/tags.html",
        "/authors.html",
        "/search.html",
        "/404.html",
        "/about.html",
        "/offers/index.html",
    ]
    chosen = [path for path in demo.pages() if path.startswith(("/category/", "/tag/", "/author/"))]
    firsts = [
        next((path for path in chosen if path.startswith(f"/{kind}/")), "") for kind in ("category", "tag", "author")
    ]
    offers = [path for path in demo.pages() if path.startswith("/offers/")]
    articles = [ARTICLE, "/what-to-give-away.html", "/small-samples.html", "/twelve-week-start.html"]
    found = dict.fromkeys([*lists, *filter(None, firsts), *offers, *articles])
    there = set(demo.pages())
    assert len([path for path in found if path in there]) > 18
    return [path for path in found if path in there]


@pytest.mark.browser
def test_print_shows_the_text_and_nothing_to_press(chromium: Any, demo: Demo) -> None:
    page = chromium.new_page()
    page.goto(demo.url + ARTICLE)
    page.emulate_media(media="print")
    for part in (".masthead nav", ".related", ".share", ".gp-form", ".colophon nav"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator(".prose p").first.is_visible()
    assert page.locator("h1").is_visible()
    page.close()
