"""Markdown that is converted once: what a file converts to is looked up by its bytes, and new ones are converted on all cores.

Pelican's reader stays as it is; only the two things that cost, making a Markdown object and converting, are answered from
what is known, or done with one object for all. Sites with extensions that may read other files are left alone.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import markdown
from pelican.readers import MarkdownReader

from gatepost_pelican.faster import inline
from gatepost_pelican.faster.known import Conversion, Known

# What these make of a text depends on the text alone.
_PURE = ("markdown.extensions.", "gatepost_pelican.gate")
_SHORT = {
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
}  # fmt: skip
# Metadata that many files share, and that nobody changes.
_SHARED = ("tags", "category", "author", "authors", "date", "modified")
# Below so many files, starting other processes takes longer than it saves.
_WORTH_A_POOL = 24
_AT_ONCE = 8


def may_know(settings: Mapping[str, Any]) -> bool:
    """Does what a file converts to depend on the file and the settings alone?"""
    chosen: Mapping[str, Any] = settings["MARKDOWN"]
    names = [*chosen.get("extensions", ()), *chosen.get("extension_configs", {})]
    return all(isinstance(name, str) and (name in _SHORT or name.startswith(_PURE)) for name in names)


def settings_key(settings: Mapping[str, Any]) -> bytes:
    """A hash of all that a conversion depends on besides the file: settings, and versions of what converts."""
    import pygments

    from gatepost_pelican import gate

    chosen = dict(settings["MARKDOWN"])
    configs = chosen.pop("extension_configs", {})
    # Pelican completes the list when it makes the first reader; the key must be the same before and after.
    names = dict.fromkeys([*chosen.pop("extensions", ()), *configs, "markdown.extensions.meta"])
    told = (
        list(names),
        [(name, sorted(configs[name].items())) for name in sorted(configs)],
        sorted(chosen.items()),
        sorted(settings["FORMATTED_FIELDS"]),
        sys.version_info[:3],
        markdown.__version__,
        pygments.__version__,
        Path(str(gate.__file__)).read_bytes(),
    )
    return hashlib.blake2b(repr(told).encode(), digest_size=20).digest()


class _Told:
    """In the place of a Markdown object, for Pelican's way with metadata: answers from what is known."""

    def __init__(self, conversion: Conversion):
        self._formatted = conversion.formatted
        self.preprocessors = self

    def deregister(self, name: str) -> None:
        """The metadata was read when the text was converted."""

    def reset(self) -> None:
        """Nothing to put back."""

    def convert(self, text: str) -> str:
        """The HTML of a formatted field."""
        return self._formatted[text]


def knowing(known: Known, settings: Mapping[str, Any]) -> type[MarkdownReader]:
    """Pelican's reader of Markdown that looks into `known` first. Its name counts: metadata names it."""
    prefix = settings_key(settings)
    converter = Converter(settings)
    shared: dict[tuple[str, Any], Any] = {}

    class Knowing(MarkdownReader):  # type: ignore[misc] # Pelican has no types
        def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
            self._source_path = source_path
            key, text = _read(prefix, source_path)
            conversion = known.get(key)
            if conversion is None:
                conversion = converter.converted(text)
                known.put(key, conversion.packed())
            self._md = _Told(conversion)
            return conversion.html, self._parse_metadata(dict(conversion.meta))

        def process_metadata(self, name: str, value: Any) -> Any:
            # A category that a thousand articles have is one object, and its slug is made once.
            asked = (name, tuple(value) if isinstance(value, list) else value)
            if name not in _SHARED or not isinstance(asked[1], str | tuple):
                return super().process_metadata(name, value)
            if asked not in shared:
                shared[asked] = super().process_metadata(name, value)
            found = shared[asked]
            return list(found) if isinstance(found, list) else found

    Knowing.__name__ = MarkdownReader.__name__
    return Knowing


def prefetch(known: Known, settings: Mapping[str, Any], paths: Iterable[str]) -> None:
    """Convert what is not known yet, on every core there is. A file that fails here fails again where Pelican reads it."""
    prefix = settings_key(settings)
    keys = dict(_keys(prefix, paths))
    missing = known.missing(keys)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(missing) < _WORTH_A_POOL or cores < 2 or not sys.platform.startswith("linux"):
        return
    chosen = {name: settings[name] for name in ("MARKDOWN", "FORMATTED_FIELDS")}
    jobs = sorted((keys[key], key) for key in missing)
    with get_context("fork").Pool(cores, _begin, (chosen,)) as pool:
        for key, packed in pool.imap_unordered(_converted, jobs, _AT_ONCE):
            if packed is not None:
                known.put(key, packed)


class Converter:
    """Converts one text after another, each as Pelican's own reader does with a Markdown object of its own."""

    def __init__(self, settings: Mapping[str, Any]):
        self._settings = settings
        self._whole: markdown.Markdown | None = None
        self._field: markdown.Markdown | None = None

    def converted(self, text: str) -> Conversion:
        """Raises what Markdown or an extension of it raises."""
        # Whatever a text that fails leaves behind, the next one does not meet it.
        md, self._whole = self._whole or self._made(), None
        html = md.reset().convert(text)
        meta = dict(getattr(md, "Meta", {}))
        self._whole = md
        sources = ["\n".join(meta[name]) for name in meta if name.lower() in self._settings["FORMATTED_FIELDS"]]
        return Conversion(html, meta, {source: self._formatted(source) for source in sources})

    def _formatted(self, source: str) -> str:
        if self._field is None:
            # The next text is given another one. Where there is one text only, as after an edit, one is enough.
            self._field, self._whole = self._whole, None
        md, self._field = self._field or self._made(), None
        # Pelican does the same, so that a field is no metadata of its own.
        md.preprocessors.deregister("meta", strict=False)
        html = md.reset().convert(source)
        self._field = md
        return html

    def _made(self) -> markdown.Markdown:
        md = markdown.Markdown(**self._settings["MARKDOWN"])
        inline.quicken(md)
        return md


_converters: list[Converter] = []


def _begin(chosen: dict[str, Any]) -> None:
    # Only in a child process, which has one task and ends with it.
    _converters.append(Converter(chosen))


def _converted(job: tuple[str, bytes]) -> tuple[bytes, bytes | None]:
    path, key = job
    try:
        return key, _converters[0].converted(_text(Path(path).read_bytes())).packed()
    except Exception:  # Pelican meets it again, and says so with the file's name
        return key, None


def _keys(prefix: bytes, paths: Iterable[str]) -> Iterator[tuple[bytes, str]]:
    for path in paths:
        try:
            yield _key(prefix, Path(path).read_bytes()), path
        except OSError:
            continue


def _read(prefix: bytes, path: str) -> tuple[bytes, str]:
    data = Path(path).read_bytes()
    return _key(prefix, data), _text(data)


def _key(prefix: bytes, data: bytes) -> bytes:
    return hashlib.blake2b(data, key=prefix, digest_size=20).digest()


def _text(data: bytes) -> str:
    """As Pelican opens a file: UTF-8, any line ends, without a mark at its start."""
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("\ufeff") else text
