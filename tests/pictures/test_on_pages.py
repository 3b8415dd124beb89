"""Pictures on the pages of a real site: where they show, where they must not, and what a second build does."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from gatepost_pelican.pictures.rewriting import sources
from tests.pictures.drawings import ORIENTATION, clear, moving, photo
from tests.plugin.sites import CHECKLIST, CONF, Site, article, everything_in, small_site

ON = 'GATEPOST_PICTURES = {"widths": [300, 600]}\nSTATIC_PATHS = ["images"]\n'
TEXT = """A lantern:

![A lantern & its light]({static}/images/lantern.jpg){#lit .bright}

<figure class="wide"><img src="images/clear.png" alt="Clear"><figcaption>Nothing to the left</figcaption></figure>

![It moves]({static}/images/moving.gif) ![Drawn]({static}/images/mark.svg) ![Elsewhere](https://other.example/a.jpg)
"""
HELD = "Open.\n\n<!-- gate -->\n\n![Behind it]({static}/hidden/behind.jpg)\n"


def site_with_pictures(folder: Path, more: str = "") -> Site:
    site = small_site(folder)
    site.configure(ON + more)
    site.write("content/images/lantern.jpg", photo(turned=True))
    site.write("content/images/clear.png", clear())
    site.write("content/images/moving.gif", moving())
    site.write("content/images/mark.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    site.write("content/hidden/behind.jpg", photo((801, 400)))
    site.write("content/articles/lit.md", article("lit", TEXT))
    site.write("content/articles/behind.md", article("behind", HELD, Offer="the-plan"))
    site.write("content/offers/ten-checks.md", CHECKLIST.replace("The open", "![L](/images/lantern.jpg) The open"))
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = site_with_pictures(tmp_path_factory.mktemp("pictures"))
    site.build(**paths(site))
    return site


def paths(site: Site) -> dict[str, str]:
    return {"PATH": str(site.folder / "content"), "OUTPUT_PATH": str(site.output), "CACHE_PATH": str(site.folder / "c")}


def on(page: str) -> list[str]:
    """All files that a page may load for its pictures."""
    return [one.split()[0] for srcset in re.findall(r'srcset="([^"]+)"', page) for one in srcset.split(", ")]


def test_a_page_shows_its_pictures_in_all_sizes_and_each_of_them_is_there(built: Site) -> None:
    page = built.page("lit.html")
    lantern, cleared, moves, drawn, elsewhere = (img.attributes for img in sources(re.sub("</?picture>", "", page)))
    assert (lantern["alt"], lantern["id"], lantern["class"]) == ("A lantern & its light", "lit", "bright")
    assert (lantern["width"], lantern["height"]) == ("700", "1000")
    assert (cleared["width"], cleared["height"], cleared["loading"]) == ("900", "500", "lazy")
    assert re.search(r'<figure class="wide"><picture>.*</picture><figcaption>', page)
    for alone in (moves, drawn, elsewhere):
        assert not {"width", "loading", "srcset"} & alone.keys()
    files = on(page)
    assert {Path(file).suffix for file in files} == {".avif", ".webp"}
    for file in (*files, lantern["src"], cleared["src"]):
        assert (built.output / file.removeprefix("https://blog.example.org/")).stat().st_size > 100


def test_the_published_picture_says_nowhere_where_it_was_taken(built: Site) -> None:
    given, published = built.folder / "content/images/lantern.jpg", built.output / "images/lantern.jpg"
    assert b"LANTERN" in given.read_bytes()
    assert b"LANTERN" not in published.read_bytes()
    with Image.open(given) as before, Image.open(published) as after:
        assert after.tobytes() == before.tobytes()
        assert dict(after.getexif()) == {ORIENTATION: 6}
    assert not any(b"LANTERN" in data for data in everything_in(built.output).values())


def test_landing_pages_show_them_too(built: Site) -> None:
    assert any("lantern" in file for file in on(built.page("offers/ten-checks.html")))


def test_feeds_keep_the_plain_picture(built: Site) -> None:
    feed = built.page("feeds/all.atom.xml")
    assert "https://blog.example.org/images/lantern.jpg" in feed
    assert "sized/" not in feed
    assert "picture&gt;" not in feed


def test_a_picture_behind_the_gate_is_nowhere_under_the_output(built: Site) -> None:
    for name, data in everything_in(built.output).items():
        assert "behind.jpg" not in name
        assert b"behind.jpg" not in data, name
        assert not re.search(r"sized/behind", name)
    assert not list(built.output.rglob("behind-*"))


def test_relative_addresses_are_relative_to_the_page(tmp_path: Path) -> None:
    site = site_with_pictures(tmp_path, "RELATIVE_URLS = True\nARTICLE_SAVE_AS = ARTICLE_URL = 'deep/{slug}.html'\n")
    site.build(**paths(site))
    files = on(site.page("deep/lit.html"))
    assert files
    for file in files:
        assert file.startswith("../sized/")
        assert (site.output / "deep" / file).resolve().is_file()


@pytest.mark.parametrize("faster", [True, False])
def test_an_attached_picture_stands_beside_its_page(tmp_path: Path, faster: bool) -> None:
    more = f"ARTICLE_SAVE_AS = ARTICLE_URL = 'deep/{{slug}}.html'\nGATEPOST_FASTER = {faster}\n"
    site = site_with_pictures(tmp_path, more)
    site.write("content/articles/beside.jpg", photo((800, 500)))
    site.write("content/articles/near.md", article("near", "![Near]({attach}beside.jpg)"))
    site.build(**paths(site))
    assert any("beside-" in file for file in on(site.page("deep/near.html")))
    assert [path.relative_to(site.output).as_posix() for path in site.output.rglob("beside.jpg")] == ["deep/beside.jpg"]
    assert "https://blog.example.org/deep/beside.jpg" in site.page("feeds/all.atom.xml")


def test_a_second_build_draws_nothing_and_makes_the_same_bytes(built: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_in(built.output)
    drawn = {path: path.stat().st_mtime_ns for path in (built.data / "cache/pictures").rglob("*.avif")}
    assert drawn
    # What is not opened cannot be drawn.
    opened: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or read(path))  # type: ignore[func-returns-value]
    built.build(**paths(built))
    assert not {"lantern.jpg", "moving.gif", "clear.png"} & set(opened)
    assert {path: path.stat().st_mtime_ns for path in drawn} == drawn
    after = everything_in(built.output)
    assert {name for name in before if before[name] != after.get(name)} <= {
        name for name in before if name.startswith("feeds/")
    }


def test_another_machine_makes_the_same_files(built: Site, tmp_path: Path) -> None:
    other = site_with_pictures(tmp_path)
    other.build(**paths(other))
    assert everything_in(other.output / "sized") == everything_in(built.output / "sized")


def test_a_picture_that_changed_has_another_name_and_the_old_ones_go(tmp_path: Path) -> None:
    site = site_with_pictures(tmp_path)
    site.build(**paths(site))
    site.write("output/sized/of-my-own.jpg", b"")
    old = {path.name for path in (site.output / "sized").glob("lantern-*")}
    site.write("content/images/lantern.jpg", photo((900, 640)))
    site.write("content/articles/lit.md", article("lit", TEXT.replace("clear.png", "gone.png")))
    site.build(**paths(site))
    new = {path.name for path in (site.output / "sized").iterdir()}
    assert any(name.startswith("lantern-") for name in new)
    assert not old & new
    assert not any(name.startswith("clear") for name in new)
    assert "of-my-own.jpg" in new


def test_a_broken_picture_is_named_and_the_page_shows_what_there_was(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = site_with_pictures(tmp_path)
    site.write("content/images/lantern.jpg", photo()[:5000])
    site.build(**paths(site))
    assert 'src="https://blog.example.org/images/lantern.jpg"' in site.page("lit.html")
    said = next(record.getMessage() for record in caplog.records if "lantern.jpg" in record.getMessage())
    assert "damaged" in said
    assert "Save it again" in said


def test_a_site_that_does_not_ask_for_it_keeps_its_bytes(tmp_path: Path) -> None:
    site = site_with_pictures(tmp_path)
    site.configure('STATIC_PATHS = ["images"]\n')
    site.build(**paths(site))
    assert not (site.output / "sized").exists()
    assert "<picture" not in site.page("lit.html")


@pytest.mark.parametrize(
    "setting", ['"yes"', '{"width": [300]}', '{"widths": [0]}', '{"formats": ["png"]}', '{"qualities": {"avif": 101}}']
)
def test_a_setting_that_cannot_be_is_told_with_its_line(tmp_path: Path, setting: str) -> None:
    site = small_site(tmp_path)
    site.configure(f"GATEPOST_PICTURES = {setting}\n")
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 1
    line = len(CONF.splitlines()) + 1
    assert f"pelicanconf.py:{line}" in done.stdout + done.stderr


@pytest.mark.long
def test_after_an_edit_only_its_pages_are_written_and_they_are_those_of_a_whole_build(tmp_path: Path) -> None:
    site = site_with_pictures(tmp_path / "site")
    build(site)
    site.write("content/articles/lit.md", article("lit", TEXT.replace("A lantern:", "The lantern:")))
    assert "pages again" in build(site)
    assert "The lantern:" in site.page("lit.html")
    other = Site(tmp_path / "other")
    shutil.copytree(site.folder, other.folder, ignore=shutil.ignore_patterns("output", ".gatepost"))
    build(other)
    assert everything_in(other.output) == everything_in(site.output)
    site.write("content/articles/lit.md", article("lit", TEXT.replace("clear.png", "lantern.jpg")))
    assert "pages again" not in build(site)
    assert not any(name.startswith("clear") for name in os.listdir(site.output / "sized"))


def build(site: Site) -> str:
    done = site.run("-s", "pelicanconf.py", module="gatepost_pelican.building")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
