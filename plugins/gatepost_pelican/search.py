"""Search that needs no server: an index beside the pages, made of what everybody may read, and a page to ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gatepost_pelican import script
from gatepost_pelican.contents import Contents

PAGE = "search.html"
FOLDER = "pagefind"
# What the index is read with; the rest of what comes along are looks of pagefind's own.
_KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.", ".pf_meta")
# Calls stand in every text and are no part of it.
_WITHOUT = (
    "nav, form, .kicker, .gp-kind, .gp-card, .gp-gate, .gp-form, .gp-linkedin, [data-gp-offer], [data-pagefind-ignore]"
)
# The text of a page stands here in most themes; in others all of it is read.
_MAIN = ("main", "html")
# Published, and yet nobody looks for it.
_NEVER = frozenset({"404.html", PAGE})


class SearchFailed(Exception):
    """The index could not be made."""

    cure = "Run `python -m pagefind --version`; where that fails, set GATEPOST_SEARCH = False and build again."


def body(pelican: Mapping[str, Any]) -> str:
    """What CSS calls the part of a page that holds its text; empty where the site has no search."""
    chosen = pelican.get("GATEPOST_SEARCH")
    return chosen if isinstance(chosen, str) else _MAIN[0] if chosen else ""


def addresses(context: Mapping[str, Any]) -> dict[str, Any]:
    """Where the search page and what belongs to it are, for templates; empty where the site has no search."""
    if not body(context):
        return {"search_url": "", "search_style_url": ""}
    code, style = script.SEARCH
    return {"search_url": script.Address(context, code), "search_style_url": script.Address(context, style)}


def write(generator: Any, writer: Any) -> None:
    """Write the page that asks the index."""
    template = generator.get_template("gatepost/search")
    writer.write_file(PAGE, template, generator.context, generator.settings["RELATIVE_URLS"], url=PAGE)


def pages(contents: Contents, offers: Iterable[Any]) -> Iterator[str]:
    """The pages to be found, as files below the output: nothing hidden, no draft, no list."""
    for content in (*contents.published, *contents.translations, *contents.pages):
        if content.status == "published" and content.save_as not in _NEVER:
            yield str(content.save_as)
    yield from (offer.url for offer in offers)


def index(output: Path, found: Iterable[str], body: str) -> list[str]:
    """Make the index of these pages anew. `body` is what CSS calls the part with the text.

    Returns the files of the index, below `output`. Raises SearchFailed.
    """
    shutil.rmtree(output / FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".search-", dir=output) as place:
        taken = [page for page in sorted(set(found)) if _take(output / page, Path(place, "site", page))]
        Path(place, "site").mkdir(exist_ok=True)
        if taken and body == _MAIN[0] and b"<main" not in (output / taken[0]).read_bytes():
            body = _MAIN[1]
        _run(Path(place, "site"), Path(place, FOLDER), body)
        for path in Path(place, FOLDER).iterdir():
            if path.is_file() and not (path.name.startswith(_KEPT) or path.name.endswith(_KEPT)):
                path.unlink()
        os.replace(Path(place, FOLDER), output / FOLDER)
    return [path.relative_to(output).as_posix() for path in (output / FOLDER).rglob("*") if path.is_file()]


def _take(page: Path, to: Path) -> bool:
    if not page.is_file():
        return False
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(page, to)
    except OSError:
        # Not every file system knows a second name for a file.
        shutil.copyfile(page, to)
    return True


def _run(site: Path, to: Path, body: str) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(to), "--silent"]
    command += ["--root-selector", body, "--exclude-selectors", _WITHOUT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SearchFailed(f"the search index was not made: {error}") from error
    if done.returncode or not to.is_dir():
        raise SearchFailed(f"the search index was not made: {(done.stderr or done.stdout).strip()[-500:]}")
