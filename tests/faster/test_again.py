"""After an edit only the pages that show it are written, and the site is the one that a whole build makes."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.plugin.sites import Site, article, everything_in, small_site

pytestmark = pytest.mark.long
MODULE = "gatepost_pelican.building"
PLAIN = "content/articles/plain.md"


def built(site: Site) -> int | None:
    """How many pages were written again; None where the whole site was."""
    done = site.run("-s", "pelicanconf.py", module=MODULE)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"wrote (\d+) pages again", done.stdout)
    return int(found[1]) if found else None


def whole(site: Site, tmp_path: Path) -> dict[str, bytes]:
    """What a build of the same site from nothing makes, without any speed-up."""
    other = Site(tmp_path / "other")
    shutil.rmtree(other.folder, ignore_errors=True)
    shutil.copytree(site.folder, other.folder, ignore=shutil.ignore_patterns("output", ".gatepost"))
    conf = (other.folder / "pelicanconf.py").read_text(encoding="utf-8")
    other.write("pelicanconf.py", conf + "\nGATEPOST_FASTER = False\n")
    assert built(other) is None
    return everything_in(other.output)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small_site(tmp_path / "site")
    for number in range(6):
        made.write(
            f"content/articles/more-{number}.md", article(f"more-{number}", "More.", Date=f"2026-04-0{number + 1}")
        )
    assert built(made) is None
    return made


def edit(site: Site, name: str, old: str, new: str) -> None:
    path = site.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edited_text_is_written_where_it_shows_and_nowhere_else(site: Site, tmp_path: Path) -> None:
    before = (site.output / "more-0.html").stat()
    edit(site, PLAIN, "Words of the plain article", "Other words of it")
    written = built(site)
    assert written is not None
    assert 1 < written < 12
    assert "Other words of it" in site.page("plain.html")
    assert "Other words of it" in site.page("feeds/all.atom.xml")
    assert (site.output / "more-0.html").stat().st_mtime_ns == before.st_mtime_ns
    assert everything_in(site.output) == whole(site, tmp_path)


def test_edits_follow_one_another(site: Site, tmp_path: Path) -> None:
    edit(site, PLAIN, "Words", "First words")
    assert built(site)
    edit(site, "content/articles/more-1.md", "More.", "Much more.")
    edit(site, "content/pages/about.md", "We write.", "We write, and read.")
    assert built(site)
    edit(site, PLAIN, "First words", "Second words")
    assert built(site)
    assert "Much more." in site.page("feeds/all.atom.xml")
    assert everything_in(site.output) == whole(site, tmp_path)


def test_where_nothing_changed_nothing_is_written(site: Site) -> None:
    assert built(site) == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PLAIN, "Title: About plain", "Title: About plain things"),
        (PLAIN, "Date: 2026-05-01", "Date: 2026-05-02"),
        (PLAIN, "Category: Writing", "Category: writing"),
        (PLAIN, "Words of", "![A lantern]({static}/images/lantern.png) of"),
        ("content/articles/inline.md", "[[offer:the-plan]]", "[[offer:ten-checks]]"),
        ("content/articles/gated.md", "worth an address", "worth two addresses"),
        ("content/articles/gated.md", "The open words", "The open and other words"),
        ("content/offers/ten-checks.md", "what it is good for", "what good it is for"),
        ("pelicanconf.py", "A small firm's notes", "A firm's small notes"),
    ],
)
def test_whatever_is_more_than_a_text_makes_the_whole_site_anew(
    site: Site, tmp_path: Path, name: str, old: str, new: str
) -> None:
    site.write(
        "content/images/lantern.png", (Path(__file__).parent / "lantern.png").read_bytes()
    ) if "png" in new else None
    edit(site, name, old, new)
    assert built(site) is None
    assert everything_in(site.output) == whole(site, tmp_path)


def test_articles_that_come_and_go_make_the_whole_site_anew(site: Site) -> None:
    site.write("content/articles/new.md", article("new", "New words."))
    assert built(site) is None
    assert "New words." in site.page("new.html")
    (site.folder / "content/articles/new.md").unlink()
    assert built(site) is None
    assert "new.html" not in site.page("index.html")


def test_a_variable_of_the_environment_may_be_a_setting(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEPOST_CAPTURE_URL", "https://go.example.org")
    assert built(site) is None
    assert "https://go.example.org" in site.page("plain.html")


def test_pages_that_were_lost_or_changed_by_hand_come_back(site: Site, tmp_path: Path) -> None:
    (site.output / "plain.html").unlink()
    assert built(site) == 0
    with (site.output / "more-2.html").open("a", encoding="utf-8") as page:
        page.write("by hand")
    assert built(site) is None
    shutil.rmtree(site.output)
    assert built(site) == 0
    assert everything_in(site.output) == whole(site, tmp_path)


def test_an_edit_in_the_very_moment_of_a_build_is_not_missed(site: Site) -> None:
    path = site.folder / PLAIN
    stamp = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Words", "Wards"), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    assert built(site)
    assert "Wards of the plain" in site.page("plain.html")


@pytest.mark.parametrize(
    ("ending", "how"),
    [("world", "lost"), ("world", "bent"), ("texts", "bent"), ("texts", "lost"), ("state", "bent"), ("sqlite", "cut")],
)
def test_a_damaged_memory_costs_time_and_nothing_else(site: Site, tmp_path: Path, ending: str, how: str) -> None:
    cache = site.data / "cache"
    (path,) = [one for one in cache.rglob("*") if one.name.endswith(ending)]
    data = path.read_bytes()
    if how == "lost":
        path.unlink()
    else:
        bent = b"".join(bytes([byte ^ 1]) if place % 99 == 0 else bytes([byte]) for place, byte in enumerate(data))
        path.write_bytes(data[: len(data) // 2] if how == "cut" else bent)
    edit(site, PLAIN, "Words", "Good words")
    edit(site, "content/articles/more-1.md", "More.", "Much more.")
    built(site)
    assert everything_in(site.output) == whole(site, tmp_path)


def test_a_mistake_is_told_as_ever_and_the_site_stays(site: Site) -> None:
    edit(site, PLAIN, "Words", "Bad \x07 words")
    done = site.run("-s", "pelicanconf.py", module=MODULE)
    assert done.returncode == 1
    assert "plain.md" in done.stdout + done.stderr
    assert "Words of the plain" in site.page("plain.html")
    edit(site, PLAIN, "Bad \x07 words", "Words")
    built(site)
    assert "Words of the plain" in site.page("plain.html")


def test_where_another_plugin_listens_every_page_is_written(site: Site) -> None:
    site.write("listening.py", LISTENING)
    edit(site, "pelicanconf.py", 'PLUGINS = ["gatepost_pelican"]', 'PLUGINS = ["gatepost_pelican", "listening"]')
    assert built(site) is None
    edit(site, PLAIN, "Words", "New words")
    assert built(site) is None
    assert site.page("plain.html").endswith("<!-- heard -->")
    assert site.page("more-1.html").endswith("<!-- heard -->")


LISTENING = """
from pelican import signals

def hear(path, context):
    with open(path, "a") as page:
        page.write("<!-- heard -->")

def register():
    signals.content_written.connect(hear)
"""
