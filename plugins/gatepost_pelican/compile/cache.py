"""Compiles a manuscript once: the same input is found again by its hash, and a damaged file is never given out."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import asdict
from functools import cache as once
from importlib.metadata import version
from pathlib import Path

from .compilers import Compiler
from .manuscript import Manuscript
from .pictures import Pictures, fingerprint

TOOLS = ("typst", "mkepub", "pikepdf", "html5lib", "pillow")


def compile_cached(cache: Path, compiler: Compiler, manuscript: Manuscript) -> Path:
    """The compiled file inside `cache`, made now if it is not there whole. Raises CompileError or OSError.

    A file's name carries the hash of its input and of its own bytes, so that one rename publishes both:
    builds that run at once write the same name with the same bytes.
    """
    key = cache_key(compiler, manuscript)
    for path in sorted(cache.glob(f"{key}-*.{compiler.extension}")):
        if path.stem == f"{key}-{fingerprint(path)}":
            return path
        path.unlink(missing_ok=True)
    data = compiler.compile(manuscript)
    path = cache / f"{key}-{hashlib.sha256(data).hexdigest()}.{compiler.extension}"
    _write_whole(path, data)
    return path


def cache_key(compiler: Compiler, manuscript: Manuscript) -> str:
    """32 hex digits that change with anything that may change a byte of the file."""
    fields = asdict(manuscript)
    # Where a picture lies does not matter, what is in it does.
    fields["picture_root"] = _pictures(manuscript)
    fields["cover"] = fingerprint(manuscript.cover) if manuscript.cover else None
    description = {"compiler": [compiler.name, compiler.version], "made with": _made_with(), "manuscript": fields}
    text = json.dumps(description, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _pictures(manuscript: Manuscript) -> list[str]:
    pictures = Pictures(manuscript.picture_root, manuscript.site_url)
    markup = (manuscript.foreword, *(chapter.html for chapter in manuscript.chapters))
    return [fingerprint(path) for part in markup for path in pictures.named_in(part)]


@once
def _made_with() -> tuple[str, ...]:
    styles = sorted(Path(__file__).with_name("styles").iterdir())
    return tuple(f"{tool} {version(tool)}" for tool in TOOLS) + tuple(fingerprint(style) for style in styles)


def _write_whole(path: Path, data: bytes) -> None:
    """Nobody ever sees a part of the file, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
