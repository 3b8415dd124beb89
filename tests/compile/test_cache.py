"""The same input is the same file: made once, found again, never half."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gatepost_pelican.compile import COMPILERS, Chapter, CompileError, Compiler, Manuscript, compile_cached

from .conftest import Make, png

IN_ANOTHER_PROCESS = """
import hashlib, os, pickle, sys
from gatepost_pelican.compile import COMPILERS
manuscript = pickle.load(sys.stdin.buffer)
for name, compiler in COMPILERS.items():
    print(name, hashlib.sha256(compiler.compile(manuscript)).hexdigest())
"""


class Counting:
    """A compiler that counts how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, manuscript: Manuscript) -> bytes:
        self.times += 1
        return manuscript.title.encode() * 1000


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def compiler(counting: Counting) -> Compiler:
    return Compiler("test.pdf", "pdf", "application/pdf", counting, 1)


def test_another_process_in_another_place_and_time_makes_the_same_bytes(book: Manuscript, tmp_path: Path) -> None:
    import pickle

    answers = []
    for seed, zone in (("1", "Asia/Tokyo"), ("77", "America/Lima")):
        folder = tmp_path / seed
        folder.mkdir()
        env = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "TMPDIR": str(folder),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        run = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS],
            input=pickle.dumps(book), env=env, cwd=folder, capture_output=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr.decode()
        answers.append(run.stdout.decode().splitlines())
    here = [f"{n} {hashlib.sha256(c.compile(book)).hexdigest()}" for n, c in COMPILERS.items()]
    assert answers == [here, here]


def test_a_manuscript_is_compiled_once(
    book: Manuscript, compiler: Compiler, counting: Counting, tmp_path: Path
) -> None:
    first = compile_cached(tmp_path / "cache", compiler, book)
    assert compile_cached(tmp_path / "cache", compiler, book) == first
    assert counting.times == 1
    assert first.read_bytes() == compiler.compile(book)
    assert os.listdir(tmp_path / "cache") == [first.name]


@pytest.mark.parametrize("damage", [b"", b"half", None])
def test_a_damaged_file_is_made_again(
    book: Manuscript, compiler: Compiler, tmp_path: Path, damage: bytes | None
) -> None:
    path = compile_cached(tmp_path, compiler, book)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] if damage is None else damage)
    again = compile_cached(tmp_path, compiler, book)
    assert again.read_bytes() == whole


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"lang": "de"},
        {"accent": "#222222"},
        {"modified_on": date(2026, 11, 3)},
        {"chapters": (Chapter("A", "<p>b</p>"),)},
        {"chapters": (Chapter("A", "<p>b</p>", "https://blog.example.org/a.html"),)},
    ],
    ids=str,
)
def test_whatever_changes_the_manuscript_compiles_it_again(
    book: Manuscript, compiler: Compiler, counting: Counting, tmp_path: Path, change: dict[str, object]
) -> None:
    compile_cached(tmp_path, compiler, book)
    compile_cached(tmp_path, compiler, replace(book, **change))  # type: ignore[arg-type]
    assert counting.times == 2


@pytest.mark.parametrize("quotes", ['"pictures/chart.png"', "'/pictures/chart.png'", "pictures/chart.png"])
def test_another_picture_under_the_same_name_compiles_again(
    manuscript: Make, compiler: Compiler, counting: Counting, pictures: Path, tmp_path: Path, quotes: str
) -> None:
    made = manuscript(Chapter("A", f"<img alt='' src={quotes}>"))
    compile_cached(tmp_path / "cache", compiler, made)
    (pictures / "pictures" / "chart.png").write_bytes(png(9, 9))
    compile_cached(tmp_path / "cache", compiler, made)
    assert counting.times == 2


def test_another_cover_or_a_newer_compiler_compiles_again(
    book: Manuscript, compiler: Compiler, counting: Counting, tmp_path: Path
) -> None:
    cover = tmp_path / "cover.png"
    for data in (png(2, 3), png(4, 6)):
        cover.write_bytes(data)
        compile_cached(tmp_path / "cache", compiler, replace(book, cover=cover))
    compile_cached(tmp_path / "cache", replace(compiler, version=2), replace(book, cover=cover))
    assert counting.times == 3


def test_the_same_text_in_another_folder_is_found_again(
    book: Manuscript, compiler: Compiler, counting: Counting, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / "pictures"
    moved.mkdir(parents=True)
    (moved / "chart.png").write_bytes(png())
    compile_cached(tmp_path / "cache", compiler, book)
    compile_cached(tmp_path / "cache", compiler, replace(book, picture_root=moved.parent))
    assert counting.times == 1


def test_builds_at_once_leave_one_whole_file(book: Manuscript, tmp_path: Path) -> None:
    found: list[Path] = []
    builds = [
        threading.Thread(target=lambda: found.append(compile_cached(tmp_path / "cache", COMPILERS["ebook.epub"], book)))
        for _ in range(4)
    ]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert os.listdir(tmp_path / "cache") == [found[0].name]


def test_a_manuscript_that_is_refused_leaves_nothing_behind(manuscript: Make, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(CompileError):
        compile_cached(cache, COMPILERS["ebook.pdf"], manuscript(Chapter("A", "<img src=gone.png>")))
    assert not cache.exists() or not os.listdir(cache)
