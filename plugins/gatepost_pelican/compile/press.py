"""Runs the typesetter. It sees one folder of copies, no network and no clock, and its own fonts first."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

import typst

from .boxes import packed
from .errors import PictureBroken, TypesettingFailed
from .pictures import read_picture

STYLES = Path(__file__).with_name("styles")
# Typst's own words for text that none of the fonts has; Rust writes odd characters as \u{...}.
WITHOUT_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# Joiners, variation selectors and skin tones: part of an emoji, and no name that anyone wants to read.
ORNAMENTS = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


@dataclass(frozen=True)
class Sheet:
    """What is to be set: Typst code, the pictures it names, the day it carries, and whose text it is."""

    source: str
    pictures: Mapping[Path, str]
    dated: date
    where: str


def set_pdf(sheet: Sheet) -> bytes:
    """An accessible PDF (PDF/UA-1) where the text allows it, an ordinary tagged one where it does not.

    Raises PictureBroken or TypesettingFailed.
    """
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(sheet, Path(folder))
        try:
            return packed(_typeset(sheet, Path(folder), sheet.source, standards=["ua-1"]))
        except typst.TypstError as error:
            missing = _missing_glyphs(error)
            source = _spelled_out(sheet.source, missing)
        return packed(_second_try(sheet, Path(folder), source))


def set_png(sheet: Sheet, pixels_per_inch: float) -> bytes:
    """The first page as a PNG. Raises PictureBroken or TypesettingFailed."""
    with tempfile.TemporaryDirectory() as folder:
        _lay_out(sheet, Path(folder))
        try:
            return _typeset(sheet, Path(folder), sheet.source, ppi=pixels_per_inch)
        except typst.TypstError as error:
            raise _explained(error, sheet, Path(folder)) from error


def _second_try(sheet: Sheet, folder: Path, source: str) -> bytes:
    # Letters that no font of ours has: what this machine has is better than empty boxes.
    attempts: tuple[tuple[list[typst.PDFStandard], bool], ...] = ((["ua-1"], False), (["ua-1"], True), ([], True))
    for standards, strangers in attempts:
        try:
            return _typeset(sheet, folder, source, standards=standards, system_fonts=strangers)
        except typst.TypstError as error:
            last = error
    raise _explained(last, sheet, folder) from last


def _lay_out(sheet: Sheet, folder: Path) -> None:
    for style in STYLES.glob("*.typ"):
        (folder / style.name).write_bytes(style.read_bytes())
    for path, name in sheet.pictures.items():
        (folder / name).write_bytes(read_picture(path, sheet.where)[0])


def _typeset(
    sheet: Sheet,
    folder: Path,
    source: str,
    *,
    standards: list[typst.PDFStandard] | None = None,
    system_fonts: bool = False,
    ppi: float | None = None,
) -> bytes:
    main = folder / "main.typ"
    main.write_text(source, encoding="utf-8")
    kind: Literal["pdf", "png"] = "pdf" if ppi is None else "png"
    made = typst.compile(
        main,
        root=folder,
        format=kind,
        ppi=ppi,
        ignore_system_fonts=not system_fonts,
        pdf_standards=standards or [],
        timestamp=datetime.combine(sheet.dated, time(), UTC),
        package_path=folder,
        package_cache_path=folder,
    )
    pages = made if isinstance(made, list) else [made]
    return bytes(pages[0] or b"")


def _missing_glyphs(error: typst.TypstError) -> set[str]:
    """The pieces of text that no font could show."""
    return {
        ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
        for text in WITHOUT_GLYPH.findall(error.diagnostic or str(error))
    }


def _spelled_out(source: str, missing: set[str]) -> str:
    """Symbols without a glyph as their names in brackets, so that nothing that was said is lost.

    Only ever replaces symbols, and symbols stand in string literals only, so the code stays what it was.
    """
    for cluster in sorted(missing, key=len, reverse=True):
        name = " ".join(unicodedata.name(sign, "") for sign in ORNAMENTS.sub("", cluster)).strip().lower()
        if all(unicodedata.category(sign) in {"So", "Sk", "Sm", "Cf", "Mn", "Cn", "Co"} for sign in cluster):
            source = source.replace(cluster, f"[{name}]" if name else "")
    return source


def _explained(error: typst.TypstError, sheet: Sheet, folder: Path) -> TypesettingFailed | PictureBroken:
    """Which picture it was, where it was a picture: each is set alone until one is refused."""
    for path, name in sheet.pictures.items():
        try:
            _typeset(sheet, folder, f'#image("{name}")')
        except typst.TypstError as broken:
            return PictureBroken(sheet.where, path.name, broken.message)
    return TypesettingFailed(sheet.where, error.message)
