"""`gatepost share` writes a kit of what everybody may read, and says what is wrong and how to cure it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from gatepost_pelican.share import finding, kit
from gatepost_pelican.share.finding import CannotShare
from gatepost_pelican.share.ideas import carousel
from gatepost_pelican.share.posts import posts
from gatepost_pelican.work import Work
from tests.plugin.sites import Site, article, everything_in
from tests.share.conftest import texts_of

FILES = {
    "post-short.txt", "post-medium.txt", "post-long.txt", "comment.txt", "links.txt", "links.json", "card.png", "carousel.pdf",
}  # fmt: skip


def share(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}
    command = [sys.executable, "-m", "gatepost.cli", "share", *words]
    return subprocess.run(command, cwd=folder, env={**kept, **env}, capture_output=True, text=True, timeout=120)


def said_in(folder: Path) -> str:
    """Every word of a kit, those on the pages of the carousel included."""
    pages = pypdf.PdfReader(io.BytesIO((folder / "carousel.pdf").read_bytes())).pages
    texts = [*texts_of(folder).values(), *(page.extract_text() for page in pages)]
    return " ".join(" ".join(texts).split())


def test_a_kit_of_an_article_is_written_and_listed(blog: Site):
    done = share(blog.folder, "long-read")
    assert (done.returncode, done.stderr) == (0, "")
    folder = blog.folder / ".gatepost/share/long-read"
    assert {file.name for file in folder.iterdir()} == FILES
    assert {Path(line).name for line in done.stdout.splitlines()} == FILES
    assert all((blog.folder / line).is_file() for line in done.stdout.splitlines())
    found = json.loads((folder / "links.json").read_text())
    assert found["short"].startswith("https://blog.example.org/long-read.html?utm_source=linkedin")
    assert f"carousel: {found['carousel']}\n" in (folder / "links.txt").read_text()
    assert "To take along The plan" in said_in(folder)


def test_the_same_article_by_its_file_into_another_folder_as_json(blog: Site, tmp_path: Path):
    done = share(blog.folder, "content/articles/plain-de.md", "--to", str(tmp_path / "new/kit"), "--json")
    listed = json.loads(done.stdout)
    assert {Path(name).parent for name in listed["files"]} == {tmp_path / "new/kit"}
    assert listed["warnings"] == []
    assert "Ganz lesen: https://blog.example.org/plain-de.html?" in (tmp_path / "new/kit/comment.txt").read_text()
    assert "Weiter →" in said_in(tmp_path / "new/kit")


@pytest.mark.parametrize("name", ["gated", "inline", "ten-checks", "the-plan", "follow-us"])
def test_nothing_held_is_in_any_kit(work: Work, tmp_path: Path, name: str):
    files = kit.write(finding.find(work, name, None), work.settings.data, tmp_path / name)
    assert len(files) == len(FILES)
    assert "HELD" not in said_in(tmp_path / name)
    assert not [file for file, data in everything_in(tmp_path / name).items() if b"HELD" in data]


def test_items_of_a_checklist_are_shown_where_its_writer_says_so_and_in_the_carousel_only(work: Work, tmp_path: Path):
    for items, shown, heading in ((0, False, True), (1, True, True)):
        kit.write(finding.find(work, "ten-checks", items), work.settings.data, tmp_path)
        assert ("HELDCHECK" in said_in(tmp_path), "First of all" in said_in(tmp_path)) == (shown, heading)
        assert not any("HELDCHECK" in text for text in texts_of(tmp_path).values())
        assert "Count them again" not in said_in(tmp_path)
    assert "And 1 more in the list" in said_in(tmp_path)


@pytest.mark.parametrize(
    ("name", "items", "problem", "cure"),
    [
        ("long-raed", None, "no article and no offer 'long-raed'", "Did you mean 'long-read'?"),
        ("zzz", None, "no article and no offer 'zzz'", "Name the slug or the file"),
        ("long-read", 3, "is an article", "Leave `--items` out"),
        ("the-plan", 3, "is no checklist", "Leave `--items` out"),
    ],
)
def test_what_cannot_be_shared_is_said_with_its_cure(work: Work, name: str, items: int | None, problem: str, cure: str):
    with pytest.raises(CannotShare, match=problem) as refused:
        finding.find(work, name, items)
    assert cure in refused.value.cure
    assert refused.value.code == 2


def test_a_draft_gets_the_address_that_it_will_have_and_a_warning(work: Work):
    subject = finding.find(work, "soon", None)
    assert subject.address == "https://blog.example.org/soon.html"
    assert "soon is a draft" in subject.warnings[0]


def test_a_translation_is_found_by_its_file_and_its_original_by_the_slug(work: Work, blog: Site):
    original = finding.find(work, "plain", None)
    german = finding.find(work, str(blog.folder / "content/articles/plain-de.md"), None)
    assert (original.language, original.name, original.address) == (
        "en",
        "plain",
        "https://blog.example.org/plain.html",
    )
    assert (german.language, german.name, german.address) == (
        "de",
        "plain-de",
        "https://blog.example.org/plain-de.html",
    )


def test_refusals_leave_with_their_code_and_no_trace(blog: Site, tmp_path: Path):
    unknown = share(blog.folder, "long-raed")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert unknown.stderr == "gatepost: there is no article and no offer 'long-raed'. Did you mean 'long-read'?\n"
    (tmp_path / "taken").write_text("a file")
    unwritable = share(blog.folder, "long-read", "--to", str(tmp_path / "taken/kit"))
    assert unwritable.returncode == 1
    assert "cannot be written" in unwritable.stderr
    assert "--to FOLDER" in unwritable.stderr
    elsewhere = share(tmp_path, "long-read")
    assert elsewhere.returncode == 2
    assert "gatepost init" in elsewhere.stderr


def test_a_mistake_in_the_article_is_told_and_one_elsewhere_does_not_matter(tmp_path: Path):
    site = Site(tmp_path)
    site.configure()
    site.write("content/articles/good.md", article("good", "A sentence."))
    site.write("content/articles/bad.md", article("bad", "A sentence.", Offer="nowhere"))
    work = finding.read_site(str(tmp_path / "pelicanconf.py"))
    assert finding.find(work, "good", None).title == "About good"
    with pytest.raises(CannotShare, match=r"bad\.md:5: there is no offer 'nowhere'") as refused:
        finding.find(work, "bad", None)
    assert refused.value.code == 1


def test_a_site_without_gatepost_is_told_what_to_add(tmp_path: Path):
    site = Site(tmp_path)
    site.write("pelicanconf.py", 'SITENAME = "S"\nPATH = "content"\nPLUGINS = []\n')
    site.write("content/a.md", article("a", "A."))
    refused = share(tmp_path, "a")
    assert refused.returncode == 1
    assert "does not use Gatepost" in refused.stderr
    assert "Add a line `PLUGINS" in refused.stderr


def test_every_article_of_a_new_site_can_be_shared(tmp_path: Path):
    made = subprocess.run([sys.executable, "-m", "gatepost.cli", "init", tmp_path / "blog"], capture_output=True)
    assert made.returncode == 0
    done = share(tmp_path / "blog", "what-to-give-away")
    assert done.returncode == 0
    assert "set GATEPOST_SITE_URL" in done.stderr
    work = finding.read_site(str(tmp_path / "blog/pelicanconf.py"))
    for placing in (one for one in work.placings if one.is_article):
        subject = finding.find(work, placing.content.slug, None)
        assert 1300 < len(posts(subject)["post-long.txt"]) <= 3000
        assert 5 <= carousel(subject).pages <= 20
