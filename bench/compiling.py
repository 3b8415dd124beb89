"""Part three: how long a checklist and an ebook take to compile: cold, warm, and found again in the cache.

Cold is a new process that imports the compilers and makes its first file; a build pays it once. Warm is another text
in the same process, never the same text again: the typesetter remembers what it has set. Run by itself as
`python -m bench.compiling NAME REPEATS`, which is what the new process does.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bench import corpus, prose
from bench.children import run
from bench.figures import ratios, spread

if TYPE_CHECKING:
    from gatepost_pelican.compile import Manuscript

Made = TypeVar("Made")
FILES = ("checklist.pdf", "ebook.pdf", "ebook.epub")
ITEMS = 20
CHAPTERS = 12
WORDS_A_CHAPTER = 1500


def measure(work: Path, rounds: int, repeats: int, say: Callable[[str], None]) -> dict[str, object]:
    """Every file, in `rounds` new processes each; milliseconds."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in FILES}
    for number in range(rounds):
        for name in FILES:
            say(f"{name}: round {number + 1} of {rounds}")
            log = work / f"{name}.json"
            command = [sys.executable, "-m", "bench.compiling", name, str(repeats)]
            cost = run(command, Path(__file__).parents[1], os.environ, log)
            found[name].append(json.loads(log.read_text(encoding="utf-8")) | {"peak_mib": cost.peak})
    return {name: _plain(runs) for name, runs in found.items()}


def _plain(runs: list[dict[str, Any]]) -> dict[str, object]:
    cold = [each["import_ms"] + each["first_ms"] for each in runs]
    warm = [each["warm_ms"] for each in runs]
    cached = [each["cached_ms"] for each in runs]
    return {
        "cold_ms": spread(cold).plain(),
        "warm_ms": spread(warm).plain(),
        "cached_ms": spread(cached).plain(),
        "peak_mib": spread([each["peak_mib"] for each in runs]).plain(),
        "cold_to_warm": ratios(cold, warm).plain(),
        "cached_to_warm": ratios(cached, warm).plain(),
        "bytes": runs[0]["bytes"],
    }


def one(name: str, repeats: int) -> dict[str, float | int]:
    """Compile one file for the first time in this process, then again, then through the cache; medians of repeats."""
    texts = [_chapters(name, number) for number in range(repeats + 1)]
    began = time.perf_counter()
    from gatepost_pelican.compile import COMPILERS, compile_cached

    imported = time.perf_counter()
    compiler = COMPILERS[name]
    manuscript, *others = (_manuscript(chapters) for chapters in texts)
    data, first = _timed(partial(compiler.compile, manuscript))
    warm = [_timed(partial(compiler.compile, other))[1] for other in others]
    with tempfile.TemporaryDirectory() as folder:
        compile_cached(Path(folder), compiler, manuscript)
        again = partial(compile_cached, Path(folder), compiler, manuscript)
        cached = [_timed(again)[1] for _ in range(repeats)]
    return {
        "import_ms": (imported - began) * 1000,
        "first_ms": first * 1000,
        "warm_ms": spread(warm).median * 1000,
        "cached_ms": spread(cached).median * 1000,
        "bytes": len(data),
    }


def _timed(act: Callable[[], Made]) -> tuple[Made, float]:
    began = time.perf_counter()
    made = act()
    return made, time.perf_counter() - began


def _chapters(name: str, number: int) -> list[tuple[str, str]]:
    """Titles and HTML, made before the clock starts: Markdown is the build's work, not the compiler's."""
    import markdown

    dice = random.Random(corpus.SEED + number)
    if name.startswith("checklist"):
        texts = [("Checklist", corpus.checklist(dice, ITEMS))]
    else:
        texts = [
            (prose.sentence(dice, 4).rstrip("."), prose.markdown(dice, WORDS_A_CHAPTER, code=place % 3 == 0))
            for place in range(CHAPTERS)
        ]
    extensions = ["extra", "codehilite", "meta", "smarty", "toc"]
    return [(title, markdown.markdown(text, extensions=extensions)) for title, text in texts]


def _manuscript(chapters: list[tuple[str, str]]) -> Manuscript:
    from gatepost_pelican.compile import Chapter, Manuscript

    return Manuscript(
        slug="bench",
        title="Clients by writing",
        summary="Made for the measurement.",
        author="Ada Example",
        site_name="Bench",
        site_url="https://blog.example.org",
        lang="en",
        published_on=date(2026, 11, 1),
        modified_on=None,
        accent="#0b6e4f",
        cover=None,
        foreword="",
        chapters=tuple(Chapter(title, html) for title, html in chapters),
        picture_root=None,
    )


def main() -> None:
    """One file; its figures as JSON."""
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))


if __name__ == "__main__":
    main()
