"""A feed stands on its own: whole, in its language, and with nothing that is held."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.machines.feeds import whole_links
from tests.cards.conftest import site_for_machines
from tests.plugin.sites import Site, article, small_site

HOME = "https://blog.example.org"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CONF = """
FEED_DOMAIN = SITEURL
FEED_ALL_ATOM, FEED_ALL_RSS = "feeds/all.atom.xml", "feeds/all.rss.xml"
CATEGORY_FEED_ATOM, TAG_FEED_ATOM = "feeds/{slug}.atom.xml", "feeds/tag-{slug}.atom.xml"
TRANSLATION_FEED_ATOM, AUTHOR_FEED_ATOM = "feeds/all-{lang}.atom.xml", "feeds/by-{slug}.atom.xml"
MARKDOWN = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.meta": {}}}
"""
LINKS = """A footnote.[^1] [One](../one.html), [here](#there), [two](/two.html), [plain]({filename}plain.md).

<img src="images/a.png" srcset="images/a.png 1x, /images/b.png 2x" alt="">

[^1]: Below.
"""


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = site_for_machines(small_site(tmp_path_factory.mktemp("feeds") / "site"), CONF)
    site.write("content/articles/links.md", article("links", LINKS, Title="Links & <b>marks</b>", Tags="forms"))
    site.build()
    return site


def entries(path: Path) -> dict[str, ElementTree.Element]:
    """The entries of an Atom feed by their address."""
    root = ElementTree.parse(path).getroot()
    links = {entry.find("a:link", ATOM): entry for entry in root.findall("a:entry", ATOM)}
    return {str(link.get("href")): entry for link, entry in links.items() if link is not None}


def text(entry: ElementTree.Element, name: str) -> str:
    return str(entry.findtext(name, namespaces=ATOM))


def atoms(site: Site) -> list[Path]:
    found = sorted(site.output.rglob("*.atom.xml"))
    assert len(found) > 5
    return found


def test_every_entry_has_what_the_standard_demands(fed: Site) -> None:
    for path in atoms(fed):
        root = ElementTree.parse(path).getroot()
        assert all(root.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated")), path.name
        for entry in root.findall("a:entry", ATOM):
            assert all(text(entry, f"a:{name}") for name in ("id", "title", "updated", "content", "author/a:name"))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)", text(entry, "a:updated"))


def test_each_feed_has_a_name_of_its_own_and_every_entry_keeps_one_in_all(fed: Site) -> None:
    names = [ElementTree.parse(path).getroot().findtext("a:id", namespaces=ATOM) for path in atoms(fed)]
    assert len(set(names)) == len(names)
    assert f"{HOME}/" in names
    ids = [{link: text(entry, "a:id") for link, entry in entries(path).items()} for path in atoms(fed)]
    assert len({one for found in ids for one in found.items()}) == len({link for found in ids for link in found})
    assert {"tag:blog.example.org,2026-05-01:/links.html"} == {
        found[f"{HOME}/links.html"] for found in ids[1:] if f"{HOME}/links.html" in found
    }


def test_a_change_is_dated_as_its_writer_says(fed: Site) -> None:
    entry = entries(fed.output / "feeds/all.atom.xml")[f"{HOME}/newer.html"]
    assert (text(entry, "a:published"), text(entry, "a:updated")) == (
        "2026-05-01T00:00:00+00:00",
        "2026-06-07T08:09:10+02:00",
    )


def test_links_in_a_text_lead_from_anywhere(fed: Site) -> None:
    content = text(entries(fed.output / "feeds/all.atom.xml")[f"{HOME}/links.html"], "a:content")
    addresses = re.findall(r'(?:href|src)="([^"]*)"', content)
    assert len(addresses) > 5
    assert all(address.startswith("https://") for address in addresses)
    assert {f"{HOME}/one.html", f"{HOME}/links.html#there", f"{HOME}/plain.html"} <= set(addresses)
    assert f'srcset="{HOME}/images/a.png 1x, {HOME}/images/b.png 2x"' in content
    rss = (fed.output / "feeds/all.rss.xml").read_text("utf-8")
    assert "/links.html#fn:1" in rss


def test_a_feed_names_its_language_where_it_has_one(fed: Site) -> None:
    languages = {path.name: ElementTree.parse(path).getroot().get(LANG) for path in atoms(fed)}
    assert languages["all-de.atom.xml"] == "de"
    assert languages["all-en.atom.xml"] == "en"
    assert languages["all.atom.xml"] is None
    assert 'hreflang="de"' in fed.page("plain-de.html").split("all-de.atom.xml")[0].rsplit("<link", 1)[1]


def test_no_feed_has_what_is_held_or_not_published(fed: Site) -> None:
    for path in fed.output.rglob("feeds/*"):
        assert not re.search("HELD|SECRET|HIDDENTEXT", path.read_text("utf-8")), path.name


def test_pages_say_where_their_feeds_are(fed: Site) -> None:
    for page, feed in (
        ("index.html", "all"),
        ("subject/writing/index.html", "writing"),
        ("tag/forms.html", "tag-forms"),
        ("author/ada-example.html", "by-ada-example"),
    ):
        named = re.findall(r'type="application/atom\+xml"[^>]*href="([^"]*)"', fed.page(page))
        assert f"{HOME}/feeds/{feed}.atom.xml" in named
        assert all((fed.output / one.removeprefix(f"{HOME}/")).is_file() for one in named)


@given(st.text(max_size=80))
def test_a_text_without_links_stays_as_it_is(written: str) -> None:
    plain = written.replace("<", "")
    assert whole_links(plain, f"{HOME}/a.html") == plain
    assert whole_links(f'<a href="#x">{plain}</a>', "/a.html") == f'<a href="#x">{plain}</a>'


def test_what_cannot_be_read_as_an_address_stays_as_it_is() -> None:
    assert whole_links('<a href="http://[bad">x</a>', f"{HOME}/a.html") == '<a href="http://[bad">x</a>'
    mail = '<a href="mailto:a@example.org?subject=A&amp;body=B">x</a>'
    assert whole_links(mail, f"{HOME}/a.html") == mail
