"""All that Pelican and Gatepost knew when the pages were to be written, kept so that single pages can be written again.

Texts are kept beside it and read one by one: a site of ten thousand articles is known in half a second.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from pelican.contents import Content
from pelican.urlwrappers import URLWrapper

from gatepost.languages import Words, words
from gatepost_pelican.faster.calls import Call, Trace

# Where the text of an article or page begins in the file of texts, how many bytes it has, and their checksum.
Places = dict[str, tuple[int, int, int]]
_OUTSIDE = (Template, Environment, Words)
# What a build hangs on its articles and pages, and hangs there anew.
_FLEETING = ("settings", "_context", "get_content", "get_summary")


@dataclass
class World:
    """`context` is that of the generators, `contexts` are all that calls name, `contents` have texts of their own."""

    context: dict[str, Any]
    contexts: list[dict[str, Any]]
    calls: list[Call]
    contents: list[Any]
    others: list[Any]
    wrappers: list[URLWrapper]
    placings: list[Any]
    views: dict[str, Any]

    @property
    def by_source(self) -> dict[str, Any]:
        """Articles and pages by the path of their file."""
        return {str(content.source_path): content for content in self.contents}


class Damaged(Exception):
    """A file that is not as it was written."""


def dump(world: World, settings: Mapping[str, Any], folder: Path, name: str) -> tuple[Places, int]:
    """Write the world and its texts. It is of no more use afterwards: call this in a process of its own.

    Returns where the texts are, and the checksum of the world.
    """
    places = _put_texts(world.contents, folder / f"{name}.texts")
    for content in (*world.contents, *world.others):
        for field in _FLEETING:
            vars(content).pop(field, None)
    for wrapper in world.wrappers:
        vars(wrapper).pop("settings", None)
    for context in world.contexts:
        for key in [key for key, value in context.items() if key in settings and settings[key] is value]:
            del context[key]
    written = io.BytesIO()
    _Pickler(written, settings).dump(world)
    (folder / f"{name}.world").write_bytes(written.getbuffer())
    return places, zlib.crc32(written.getbuffer())


def load(path: Path, checksum: int, settings: dict[str, Any], env: Environment, texts: Texts) -> World:
    """The world as it was, with these settings. Raises Damaged, and OSError where there is none."""
    data = path.read_bytes()
    if zlib.crc32(data) != checksum:
        raise Damaged(path.name)
    world: World = _Unpickler(io.BytesIO(data), settings, env).load()
    for context in world.contexts:
        for key, value in settings.items():
            context.setdefault(key, value)
    for wrapper in world.wrappers:
        wrapper.settings = settings
    for content in world.others:
        content.settings, content._context = settings, world.context
    kinds: dict[type, type] = {}
    for content in world.contents:
        content.settings, content._context = settings, world.context
        kind = type(content)
        content.__class__ = kinds.get(kind) or kinds.setdefault(kind, texts.late(kind))
    return world


class Texts:
    """The file of texts. New texts are written at its end."""

    def __init__(self, path: Path, places: Places):
        self.path = path
        self.places = places
        self.trace = Trace()

    def text(self, source: str) -> str:
        """The text of an article or page as it was before links were filled in."""
        start, length, checksum = self.places[source]
        with self.path.open("rb") as file:
            file.seek(start)
            data = file.read(length)
        if zlib.crc32(data) != checksum:
            raise Damaged(self.path.name)
        return data.decode("utf-8")

    def put(self, source: str, text: str) -> None:
        """From now on this is its text."""
        data = text.encode("utf-8")
        with self.path.open("ab") as file:
            file.seek(0, os.SEEK_END)
            self.places[source] = (file.tell(), len(data), zlib.crc32(data))
            file.write(data)

    def late(self, kind: type) -> type:
        """The same class, with a text that is read when somebody asks for it, and noticed when it is."""
        texts = self

        def missing(content: Any, name: str) -> Any:
            if name == "_content":
                return texts.text(str(content.source_path))
            raise AttributeError(name)

        made = {"__getattr__": missing, "__module__": kind.__module__, **self.trace.watching(kind)}
        return type(kind.__name__, (kind,), made)


def wrappers_in(contents: Iterable[Any], context: Mapping[str, Any]) -> list[URLWrapper]:
    """Every category, tag and author, each object once."""
    found: dict[int, URLWrapper] = {}
    for content in contents:
        for value in (*vars(content).values(), *content.metadata.values()):
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, URLWrapper):
                    found[id(one)] = one
    for name in ("categories", "tags", "authors"):
        found.update((id(wrapper), wrapper) for wrapper, _ in context.get(name, ()))
    return list(found.values())


def contexts_in(context: dict[str, Any], calls: Sequence[Call]) -> list[dict[str, Any]]:
    """Every context that pages are made with, each object once."""
    found = {id(context): context}
    for call in calls:
        for one in (*call.arguments, *call.named.values()):
            if isinstance(one, dict) and "generated_content" in one:
                found[id(one)] = one
    return list(found.values())


def _put_texts(contents: Iterable[Any], path: Path) -> Places:
    places: Places = {}
    with path.open("wb") as file:
        for content in contents:
            data = (vars(content).pop("_content", None) or "").encode("utf-8")
            places[str(content.source_path)] = (file.tell(), len(data), zlib.crc32(data))
            file.write(data)
    return places


class _Pickler(pickle.Pickler):
    def __init__(self, file: Any, settings: Mapping[str, Any]):
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._settings = settings

    def persistent_id(self, obj: Any) -> Any:
        if obj is self._settings:
            return ("settings", "")
        if isinstance(obj, _OUTSIDE):
            return (type(obj).__name__, getattr(obj, "name", None) or getattr(obj, "language", ""))
        return None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: Any, settings: Mapping[str, Any], env: Environment):
        super().__init__(file)
        self._settings = settings
        self._env = env
        self._templates: dict[str, Template] = {}

    def persistent_load(self, pid: Any) -> Any:
        kind, name = pid
        if kind == "settings":
            return self._settings
        if kind == "Words":
            return words(name)
        return self._template(name) if name else self._env

    def _template(self, name: str) -> Template:
        # Every page names its template, and the environment looks at the file each time.
        if name not in self._templates:
            self._templates[name] = self._env.get_template(name)
        return self._templates[name]


@contextmanager
def no_collection() -> Iterator[None]:
    """A hundred thousand objects come at once, and none of them is garbage. Whoever had it off before has it off afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def is_content(value: Any) -> bool:
    """Is it an article, a page or a static file?"""
    return isinstance(value, Content)
