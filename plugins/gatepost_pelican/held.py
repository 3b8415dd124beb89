"""Held files: made, kept where only the capture service looks, and never in a folder that is published."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost import catalogue
from gatepost.offers import KINDS, HeldFile
from gatepost_pelican import sources
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.offers import ARTICLE, WrittenOffer
from gatepost_pelican.settings import SiteSettings

if TYPE_CHECKING:
    from gatepost_pelican.compile import Manuscript

# Only what Python itself knows: the machine's own table would give the same file another type elsewhere.
_TYPES = mimetypes.MimeTypes(filenames=())
_UNSAFE = frozenset('/\\:*?"<>|')
_LONGEST = 120


def compiled(manuscript: Manuscript, compiler_name: str, settings: SiteSettings) -> HeldFile:
    """Compile, or find what an earlier build compiled, and keep it as a held file. Raises CompileError."""
    from gatepost_pelican.compile import COMPILERS, compile_cached

    compiler = COMPILERS[compiler_name]
    try:
        data = compile_cached(settings.cache, compiler, manuscript).read_bytes()
    except OSError:
        # A cache that cannot be written makes a build slow, not impossible.
        data = compiler.compile(manuscript)
    return kept(data, f"{safe_name(manuscript.title)}.{compiler.extension}", compiler.media_type, settings)


def kept(data: bytes, name: str, media_type: str, settings: SiteSettings) -> HeldFile:
    """Lay bytes down under their hash, unless they lie there whole already."""
    file = HeldFile(hashlib.sha256(data).hexdigest(), name, media_type, len(data))
    path = catalogue.held_path(settings.data, file.id)
    if not path.is_file() or path.read_bytes() != data:
        catalogue.write_atomically(path, data)
    return file


def given(path: Path, settings: SiteSettings) -> HeldFile:
    """A file given as it is, under the name its writer gave it."""
    media_type = _TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return kept(path.read_bytes(), safe_name(path.stem) + path.suffix, media_type, settings)


def safe_name(title: str) -> str:
    """A title as a file name that every system takes, in any script and without signs that turn text around."""
    # A colon may stand in no Windows name, and dropping it would run title and subtitle together.
    text = unicodedata.normalize("NFC", title).replace(": ", " - ")
    kept_signs = "".join(" " if sign in _UNSAFE or unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    name = " ".join(kept_signs.split()).strip(". ")
    return name.encode()[:_LONGEST].decode(errors="ignore").strip(". ") or "file"


def missing(offer: WrittenOffer, settings: SiteSettings) -> Iterator[SourceMistake]:
    """Files that an offer names and that are not there, or not below the folder of offers."""
    for name in offer.draft.files:
        path = settings.offers / name
        if not Path(os.path.normpath(path)).is_relative_to(settings.offers):
            cure = f"Move the file below {settings.offers.name}/ and name it from there"
            yield offer.source.mistake(name, f"{name!r} lies outside the folder of offers", cure)
        elif not path.is_file():
            cure = f"Put the file there, or mend the name (it is relative to {settings.offers.name}/)"
            yield offer.source.mistake(name, f"there is no file {name!r}", cure)


def published_by_folder(
    offers: Iterable[WrittenOffer], settings: SiteSettings, pelican: Mapping[str, Any]
) -> Iterator[SourceMistake]:
    """Held files inside a folder of STATIC_PATHS, which is copied for everybody.

    Of a folder around that of the offers, the offers are left out: Pelican is told so before it looks.
    """
    offers_folder = settings.offers.resolve()
    for offer in offers:
        for where, path in _held_of(offer, settings):
            for entry in pelican["STATIC_PATHS"]:
                folder = (settings.content / entry).resolve()
                is_left_out = path.resolve().is_relative_to(offers_folder) and offers_folder.is_relative_to(folder)
                if path.resolve().is_relative_to(folder) and (not is_left_out or folder == offers_folder):
                    problem = f"{path.name} is held, but lies inside the static path {entry or '.'!r}"
                    cure = f"Take {entry or '.'!r} out of STATIC_PATHS, or name folders there that hold nothing back"
                    yield offer.source.mistake(where, problem, cure)


class HeldPaths:
    """Recognises a held file under any name: by where it really lies, or by its bytes."""

    def __init__(self, offers: Iterable[WrittenOffer], settings: SiteSettings, files: Iterable[HeldFile]):
        self.folder = settings.offers.resolve()
        paths = [path for offer in offers for _, path in _held_of(offer, settings) if path.is_file()]
        self.paths = {path.resolve() for path in paths}
        self.hashes = {file.size: set[str]() for file in files}
        for file in files:
            self.hashes[file.size].add(file.id)
        for path in paths:
            data = path.read_bytes()
            self.hashes.setdefault(len(data), set()).add(hashlib.sha256(data).hexdigest())

    def has(self, path: Path) -> bool:
        """Is this file held, or a copy of one that is?"""
        real = path.resolve()
        if real in self.paths or (real.is_relative_to(self.folder) and real.suffix in (".md", ".markdown")):
            return True
        try:
            hashes = self.hashes.get(real.stat().st_size)
            return bool(hashes) and hashlib.sha256(real.read_bytes()).hexdigest() in (hashes or ())
        except OSError:
            return False


def published_as_static(
    static: Iterable[Any], contents: Iterable[Any], held: HeldPaths, settings: SiteSettings
) -> Iterator[SourceMistake]:
    """Held files among the files that Pelican is about to copy: linked, found in a folder, or copied there by hand."""
    contents = list(contents)
    for file in static:
        path = Path(file.source_path)
        if not held.has(path):
            continue
        name = path.relative_to(settings.content).as_posix() if path.is_relative_to(settings.content) else path.name
        linking = next((content for content in contents if name in content.get_static_links()), None)
        cure = "Name the offer with `[[offer:SLUG]]` instead, or link a file that is not held"
        if linking is not None:
            source = sources.opened(linking.source_path)
            yield source.mistake(path.name, f"this link would publish {name}, which is held", cure)
        else:
            yield SourceMistake(path, 1, f"{name} would be published, and it is held", "Take it out of STATIC_PATHS")


def formats(offer: WrittenOffer) -> tuple[str, ...]:
    """The compilers that an offer's kind asks for, in the order in which readers are given the files."""
    return KINDS[offer.draft.kind].formats if offer.draft.kind in KINDS else ()


def _held_of(offer: WrittenOffer, settings: SiteSettings) -> Iterator[tuple[str | int, Path]]:
    if offer.draft.has_held:
        yield 1, offer.source.path
    for name in (*offer.draft.files, *offer.draft.chapters):
        if not name.startswith(ARTICLE):
            yield name, settings.offers / name
