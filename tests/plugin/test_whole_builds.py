"""A build is published whole or not at all: killed, twice at once, on a full disk, into a folder that cannot be written."""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatepost_pelican import swapping
from tests.plugin.sites import Site

BUILD = (sys.executable, "-m", "gatepost_pelican.building", "-s", "pelicanconf.py")


def build(site: Site, *words: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BUILD, *words], cwd=site.folder, capture_output=True, text=True, timeout=120, **how)


def mark(site: Site, word: str) -> None:
    """Another text on a page, and another offer in the catalogue: what belongs together."""
    site.write(
        "content/marked.md",
        f"Title: Marked\nDate: 2026-11-01\nSlug: marked\nOffer: offer-{word}\n\nThe word is {word}.\n",
    )
    for old in (site.folder / "content/offers").glob("offer-*.md"):
        old.unlink()
    text = f"Title: For {word}\nSlug: offer-{word}\nKind: download\nFile: files/plan.csv\nConsent: letters\n\nOpen.\n"
    site.write(f"content/offers/offer-{word}.md", text)


def published(site: Site) -> tuple[str, str, str]:
    """The word of the page, of its form and of the catalogue."""
    page = (site.folder / "output/marked.html").read_text()
    (word,) = set(re.findall(r"The word is (\w+)", page))
    (form,) = set(re.findall(r'name="offer" value="offer-(\w+)"', page))
    (known,) = [slug.removeprefix("offer-") for slug in site.catalogue.offers if slug.startswith("offer-")]
    return word, form, known


@pytest.fixture
def whole(site: Site) -> Site:
    mark(site, "first")
    assert build(site).returncode == 0
    assert published(site) == ("first",) * 3
    return site


def test_what_the_last_build_made_and_others_put_there_stays_unless_told_to_clear(whole: Site) -> None:
    site = whole
    for name in ("CNAME", "notes/by-hand.txt"):
        site.write(f"output/{name}", "mine")
    mark(site, "second")
    assert build(site).returncode == 0
    assert published(site) == ("second",) * 3
    assert (site.folder / "output/notes/by-hand.txt").read_text() == "mine"
    with (site.folder / "pelicanconf.py").open("a") as conf:
        conf.write('\nDELETE_OUTPUT_DIRECTORY = True\nOUTPUT_RETENTION = ["CNAME"]\n')
    assert build(site).returncode == 0
    assert (site.folder / "output/CNAME").read_text() == "mine"
    assert not (site.folder / "output/notes").exists()
    assert leftovers(site) == []


def leftovers(site: Site) -> list[str]:
    names = ("build", "swap.json", "catalogue.json.next")
    found = [name for name in names if (site.folder / ".gatepost" / name).exists()]
    return found + [path.name for path in (site.folder / "output").rglob(swapping.MARK)]


def test_a_mistake_leaves_the_last_good_site_and_catalogue(whole: Site) -> None:
    mark(whole, "second")
    whole.write("content/offers/wrong.md", "Title: Wrong\nKind: nonsense\n\nText.\n")
    refused = build(whole)
    assert refused.returncode == 1
    assert "wrong.md:2" in refused.stderr
    assert published(whole) == ("first",) * 3
    assert leftovers(whole) == []


@pytest.mark.long
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole(whole: Site) -> None:
    dice, seconds = random.Random(4), build_time(whole)
    before = "first"
    for round_ in range(4):
        word = f"round{round_}"
        mark(whole, word)
        running = subprocess.Popen(
            BUILD, cwd=whole.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        # Half of them near the end, where pages and catalogue change places.
        time.sleep(seconds * (dice.uniform(0.1, 1) if round_ % 2 else dice.uniform(0.85, 1.05)))
        os.killpg(running.pid, signal.SIGKILL) if running.poll() is None else None
        running.wait()
        word_now, form, known = published(whole)
        assert word_now == form
        assert word_now in (before, word)
        assert known in (before, word)
        # What was cut short between the two is finished, or begun anew, by the next one.
        assert build(whole).returncode == 0
        assert published(whole) == (word,) * 3
        assert leftovers(whole) == []
        before = word


def build_time(site: Site) -> float:
    began = time.monotonic()
    assert build(site).returncode == 0
    return time.monotonic() - began


@pytest.mark.parametrize("cut", ["before", "between"])
def test_a_swap_that_was_cut_short_is_finished_by_the_next_build(whole: Site, cut: str) -> None:
    """What is left when the process dies right after the note, or after the pages and before the catalogue."""
    data, old = whole.folder / ".gatepost", whole.folder / "output"
    fresh = data / "build" / "fresh"
    fresh.mkdir(parents=True)
    (fresh / "index.html").write_text("new")
    (fresh / swapping.MARK).touch()
    (data / "catalogue.json.next").write_text("the new catalogue")
    chosen = swapping.Swap(fresh, old, data / "catalogue.json.next", data / "catalogue.json")
    program = (
        "import os, sys; from pathlib import Path; from gatepost_pelican import swapping\n"
        f"swapping.{'_exchange' if cut == 'before' else 'os.replace'} = lambda *_: os._exit(9)\n"
        f"swapping.swap(swapping.Swap(*map(Path, {[str(path) for path in vars(chosen).values()]!r})), Path({str(data)!r}))\n"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 9
    swapping.finish(data, data / "build")
    assert (old / "index.html").read_text() == "new"
    assert (data / "catalogue.json").read_text() == "the new catalogue"
    assert leftovers(whole) == []


@pytest.mark.long
def test_two_builds_at_once_end_as_one_good_site(whole: Site) -> None:
    mark(whole, "second")
    running = [
        subprocess.Popen(BUILD, cwd=whole.folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sum("waiting for it to end" in text for text in said) >= 1
    assert published(whole) == ("second",) * 3
    assert leftovers(whole) == []


def test_a_disk_without_room_is_named_with_its_cure_and_nothing_is_lost(whole: Site) -> None:
    mark(whole, "second")
    whole.write("content/long.md", "Title: Long\nDate: 2026-11-01\n\n" + "word " * 60_000)

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    refused = build(whole, preexec_fn=small_files)
    assert refused.returncode == 1
    assert "cannot be written: File too large" in refused.stderr
    assert "The site stays as it was." in refused.stderr
    assert "Traceback" not in refused.stderr + refused.stdout
    assert published(whole) == ("first",) * 3
    assert leftovers(whole) == []


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; only root may make one."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_and_a_read_only_one_are_named_with_their_cures(whole: Site, mounted: Path) -> None:
    where = ("-o", str(mounted / "pages"))
    assert build(whole, *where).returncode == 0
    mark(whole, "second")
    (mounted / "filler").write_bytes(b"x" * (os.statvfs(mounted).f_bavail * os.statvfs(mounted).f_frsize - 8192))
    refused = build(whole, *where)
    assert (refused.returncode, "No space left" in refused.stderr, "Make room" in refused.stderr) == (1, True, True)
    subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    refused = build(whole, *where)
    assert refused.returncode == 1
    assert "Read-only file system" in refused.stderr
    assert "-o FOLDER" in refused.stderr
    assert "The word is first" in (mounted / "pages/marked.html").read_text()
    assert published(whole)[2] == "first"


def test_settings_without_the_plugin_publish_nothing(whole: Site) -> None:
    with (whole.folder / "pelicanconf.py").open("a") as conf:
        conf.write("\nPLUGINS = []\n")
    refused = build(whole)
    assert refused.returncode == 1
    assert "does not use Gatepost" in refused.stdout + refused.stderr
    assert published(whole) == ("first",) * 3
