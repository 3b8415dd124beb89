"""The sitemap lists what everybody may find, at the addresses that pages themselves give, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.machines import sitemap
from gatepost_pelican.machines.public import Public, clean, whole
from tests.cards.reading import SPACE, canonical, listed, pages, said, versions
from tests.plugin.sites import Site, everything_in, small_site

HOME = "https://blog.example.org"


def test_every_page_is_listed_at_its_own_canonical_address(built: Site) -> None:
    found = listed(built.output / "sitemap.xml")
    is_kept_out = {path: "noindex" in said(text).get("robots", [""])[0] for path, text in pages(built).items()}
    shown = {canonical(text) for path, text in pages(built).items() if not is_kept_out[path]} - {""}
    later = {address for address in shown if re.search(r"[a-z/]\d+(\.html|/)$", address)}
    assert set(found) == shown - later
    assert f"{HOME}/" in found
    assert f"{HOME}/subject/writing/" in found
    assert f"{HOME}/offers/the-book.html" in found


def test_each_entry_has_its_parts_in_the_order_of_the_protocol(built: Site) -> None:
    orders = {"loc": 0, "lastmod": 1, "link": 2}
    for entry in listed(built.output / "sitemap.xml").values():
        parts = [orders[part.tag.split("}")[1]] for part in entry]
        assert parts == sorted(parts)
        assert parts.count(0) == 1
        assert parts.count(1) < 2


def test_a_list_of_nothing_is_no_list(tmp_path: Path) -> None:
    assert sitemap.write(tmp_path, HOME, []) == []
    assert not list(tmp_path.iterdir())


def test_what_is_not_for_everybody_is_not_listed(built: Site) -> None:
    text = (built.output / "sitemap.xml").read_text("utf-8")
    assert not re.search("draft|hidden|kept-out|404|thanks|search", text)


def test_the_day_of_a_change_is_the_writers_and_has_its_zone(built: Site) -> None:
    found = listed(built.output / "sitemap.xml")
    when = {address: entry.findtext("s:lastmod", namespaces=SPACE) for address, entry in found.items()}
    assert when[f"{HOME}/newer.html"] == "2026-06-07T08:09:10+02:00"
    assert when[f"{HOME}/plain.html"] == "2026-05-01T00:00:00+00:00"
    assert when[f"{HOME}/"] == "2026-06-07T08:09:10+02:00"
    assert when[f"{HOME}/pages/about.html"] is None


def test_translations_name_one_another_as_their_pages_do(built: Site) -> None:
    found = listed(built.output / "sitemap.xml")
    both = {"en": f"{HOME}/plain.html", "de": f"{HOME}/plain-de.html", "x-default": f"{HOME}/plain.html"}
    assert versions(found[f"{HOME}/plain.html"]) == both
    assert versions(found[f"{HOME}/plain-de.html"]) == both
    assert versions(found[f"{HOME}/newer.html"]) == {}
    links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', built.page("plain-de.html"))
    assert dict(links) == both


def test_robots_are_told_where_it_is_and_nothing_private(built: Site) -> None:
    assert built.page("robots.txt") == f"User-agent: *\nDisallow:\n\nSitemap: {HOME}/sitemap.xml\n"


def test_without_whole_addresses_there_is_none_and_the_writer_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = small_site(tmp_path / "site")
    site.configure('SITEURL = ""\nGATEPOST_SITEMAP = True\n')
    site.build()
    assert not (site.output / "sitemap.xml").exists()
    assert not (site.output / "robots.txt").exists()
    assert "SITEURL" in caplog.text


def test_a_site_that_has_its_own_keeps_it_and_one_that_asks_for_none_gets_none(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    site.build()
    assert not {"sitemap.xml", "robots.txt"} & set(everything_in(site.output))
    site.write("content/extra/robots.txt", "User-agent: *\nDisallow: /mine/\n")
    site.configure(
        'GATEPOST_SITEMAP = True\nSTATIC_PATHS = ["extra"]\n'
        'EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}\n'
    )
    site.build()
    assert "Disallow: /mine/" in site.page("robots.txt")
    assert f"{HOME}/plain.html" in listed(site.output / "sitemap.xml")


MOMENT = datetime(2026, 5, 1, tzinfo=UTC)


def test_a_long_list_is_cut_into_files_that_an_index_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_PAGES", 10)
    many = [Public(f"{number:03}.html", MOMENT.replace(day=number % 28 + 1)) for number in range(25)]
    assert sitemap.write(tmp_path, HOME, many) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = ElementTree.parse(tmp_path / "sitemap.xml").getroot()
    assert index.tag.endswith("}sitemapindex")
    files = [str(one.findtext("s:loc", namespaces=SPACE)).rsplit("/", 1)[1] for one in index]
    assert [len(listed(tmp_path / name)) for name in files] == [10, 10, 5]
    assert index[2].findtext("s:lastmod", namespaces=SPACE) == "2026-05-25T00:00:00+00:00"
    sitemap.write(tmp_path, HOME, many[:5])
    assert [path.name for path in tmp_path.iterdir()] == ["sitemap.xml"]


def test_no_file_is_longer_than_the_protocol_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_BYTES", 2_000)
    names = sitemap.write(tmp_path, HOME, [Public(f"{'ü' * 30}-{number}.html") for number in range(40)])
    assert len(names) > 4
    assert all((tmp_path / name).stat().st_size <= 2_000 for name in names[1:])
    assert sum(len(listed(tmp_path / name)) for name in names[1:]) == 40


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20))
def test_any_path_becomes_an_address_that_xml_and_the_web_can_carry(path: str) -> None:
    address = whole(HOME, path.replace("\\", ""))
    assert address.isascii()
    assert " " not in address
    assert whole(HOME, address.removeprefix(f"{HOME}/")) == address


@pytest.mark.parametrize(
    ("path", "shown"),
    [("index.html", ""), ("a/index.html", "a/"), ("index2.html", "index2.html"), ("my-index.html", "my-index.html")],
)
def test_a_folders_own_page_goes_by_the_name_of_the_folder(path: str, shown: str) -> None:
    assert clean(path) == shown


def test_a_host_in_other_letters_is_written_as_machines_ask_for_it() -> None:
    assert whole("https://bücher.example", "a.html") == "https://xn--bcher-kva.example/a.html"
