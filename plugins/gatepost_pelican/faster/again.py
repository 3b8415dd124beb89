"""Building again where only the text of articles changed: their pages, and those that show their text, and no other.

Everything is compared with the last whole build first. Whatever is not exactly as it was then, but for the text of
articles or pages, is a reason to build the whole site, which is always right.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from pelican.generators import Generator
from pelican.writers import Writer

from gatepost_pelican import drafts, gate, moments, unread
from gatepost_pelican.faster import inputs, is_on
from gatepost_pelican.faster.calls import Trace, carry_out
from gatepost_pelican.faster.state import Keeping, State, told
from gatepost_pelican.faster.templates import Templates
from gatepost_pelican.faster.world import Texts, World, load

# What reading gives every article anew, or what later moments add.
_OWN = {"_content", "_context", "settings", "translations", "get_content", "get_summary"}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PICTURE = re.compile(r"<(?:img|picture|source|video|audio|object|iframe|script|style)\b[^>]*>", re.IGNORECASE)


class Whole(Exception):
    """Why the whole site has to be built."""


class Again:
    """One build of a few pages. `site` is the Pelican instance, prepared and not run."""

    def __init__(self, site: Any, place: Path):
        self.site = site
        self.settings = site.settings
        self.build = moments.of(site.settings)
        self.place = place
        self.keeping = Keeping(self.build.settings.cache)
        self.state = self._state()

    def _state(self) -> State:
        if not is_on(self.settings):
            raise Whole("GATEPOST_FASTER is off")
        state = self.keeping.read()
        if state is None:
            raise Whole("there is no last build to begin from")
        return state

    def write(self, fresh: Path, *, is_quick: bool) -> int:
        """Write into `fresh` all pages of the site, by links where they are as they were. How many were made; raises Whole.

        Where it is quick, the search index stays as it was.
        """
        begun = time.time_ns()
        now = inputs.stamps(self.state.folders, self.state.without)
        sources = self._changed(now)
        self._demand_the_same()
        made: set[str] = set()
        if sources:
            try:
                made = self._made(sources, fresh)
            except Exception as error:
                # Whatever it is, a mistake in a template or a damaged file: a whole build says it or mends it.
                raise Whole(str(error)) from error
        self._fill(fresh, made)
        held = {page: UUID(hex=number) for page, number in self.state.drafts.items()}
        count = len(made)
        made -= drafts.take(fresh, held, self.settings, self.build.settings)
        is_found = self.state.is_searched and made.isdisjoint(self.state.searched)
        self.state = self.state.changed(is_searched=is_found or not is_quick)
        index = set() if is_found or is_quick else self._index(fresh)
        self._keep(fresh, made | index, now, begun)
        return count

    def _demand_the_same(self) -> None:
        state = self.state
        if state.until and time.time() >= state.until:
            raise Whole("something that has a date is over by now")
        if state.environment != inputs.environment(os.environ):
            raise Whole("an environment variable changed")
        if not state.settings or state.settings != self.build.speed.told:
            raise Whole("a setting changed, or cannot be compared")
        if state.catalogue is None or inputs.stamp(str(self.build.settings.data / "catalogue.json")) != state.catalogue:
            raise Whole("the catalogue is not the one of the last build")

    def _changed(self, now: Mapping[str, inputs.Stamp]) -> set[str]:
        """The articles and pages whose file changed."""
        before, changed = self.state.inputs, set()
        if set(now) != {path for path in before if _is_under(path, self.state.folders)}:
            raise Whole("a file came or went")
        for path, stamp in before.items():
            # A file that was written while the last build began may have been read before or after.
            is_settled = stamp[2] < self.state.begun - inputs.BLUR
            if is_settled and (now.get(path) or inputs.stamp(path)) == stamp:
                continue
            if path not in self.state.alone:
                raise Whole(f"{os.path.basename(path)} changed")
            changed.add(path)
        return changed

    def _made(self, sources: set[str], fresh: Path) -> set[str]:
        generator = Generator({}, self.settings, self.site.path, self.site.theme, str(fresh))
        world, texts = self._world(generator)
        generator.context = world.context
        for source in sorted(sources):
            self._read(world, source, generator, texts)
        return self._rendered(world, sources, fresh, texts.trace)

    def _world(self, generator: Any) -> tuple[World, Texts]:
        texts = Texts(self.keeping.folder / f"{self.state.name}.texts", dict(self.state.places))
        if generator.env.bytecode_cache is None:
            generator.env.bytecode_cache = Templates(self.keeping.folder, self.state.name)
        try:
            path = self.keeping.folder / f"{self.state.name}.world"
            world = load(path, self.state.checksum, self.settings, generator.env, texts)
        except Exception as error:
            raise Whole(f"what was kept cannot be read: {error}") from error
        if world.placings:
            from gatepost_pelican import cards
        for placing in world.placings:
            cards.put(placing, world.views, next(iter(world.views.values()))._cards)
        return world, texts

    def _read(self, world: World, source: str, generator: Any, texts: Texts) -> None:
        old = world.by_source.get(source)
        if old is None:
            raise Whole(f"{source} is no article")
        kind = type(old).__mro__[1]
        try:
            new = generator.readers.read_file(self.site.path, source, kind, context=world.context)
            new.refresh_metadata_intersite_links()
        except Exception as error:
            raise Whole(f"{source} cannot be read: {error}") from error
        if self.build.unread.found or unread.CONTROLS.search(new._content or ""):
            raise Whole(f"{source} has a mistake")
        _demand_same_facts(old, new)
        old._content = new._content
        texts.put(source, new._content or "")
        self.state = self.state.changed(places=texts.places)

    def _rendered(self, world: World, sources: set[str], fresh: Path, trace: Trace) -> set[str]:
        pages = self.state.readers_of(sources)
        for content in world.contents:
            # One with cards remembers its text, and would be asked once only.
            if "get_content" in vars(content):
                trace.watch(content)
        writer = Writer(str(fresh), settings=self.settings)

        def keep(name: str) -> str | None:
            return None if name in pages else self._old(name)

        for number in sorted({self.state.makers[page] for page in pages}):
            carry_out(number, world.calls[number], writer, trace, keep)
        if set(trace.pages) != pages:
            raise Whole("other pages were made than last time")
        reads = {**self.state.reads, **{page: tuple(sorted(read)) for page, read in trace.pages.items()}}
        self.state = self.state.changed(reads=reads)
        return pages

    def _old(self, page: str) -> str:
        for folder in (self.place, self.keeping.pages):
            if told(folder / page) == self.state.pages[page]:
                return (folder / page).read_text(encoding="utf-8")
        raise Whole(f"{page} was changed or lost")

    def _fill(self, fresh: Path, made: set[str]) -> None:
        """Every page that was not made, from where it stands or is kept."""
        folders: set[str] = set()
        begin, places = f"{fresh}{os.sep}", [f"{folder}{os.sep}" for folder in (self.place, self.keeping.pages)]
        for page, written in self.state.pages.items():
            if page in made:
                continue
            to, folder = begin + page, page.rpartition("/")[0]
            if folder not in folders:
                os.makedirs(begin + folder, exist_ok=True)
                folders.add(folder)
            source = next((place + page for place in places if told(place + page) == written), None)
            if source is None:
                raise Whole(f"{page} was changed or lost")
            try:
                os.link(source, to, follow_symlinks=False)
            except FileExistsError:
                # A call that makes several pages has written this one, too, with the same bytes.
                os.unlink(to)
                os.link(source, to, follow_symlinks=False)

    def _index(self, fresh: Path) -> set[str]:
        from gatepost_pelican import search

        made = set(search.index(fresh, self.state.searched, search.body(self.settings)))
        others = {page: at for page, at in self.state.pages.items() if not page.startswith(f"{search.FOLDER}/")}
        self.state = self.state.changed(pages=others)
        return made

    def _keep(self, fresh: Path, made: set[str], now: Mapping[str, inputs.Stamp], begun: int) -> None:
        written = {page: told(fresh / page) or (0, 0) for page in made}
        self.keeping.forget()
        for page in made:
            self.keeping.keep_page(page, fresh / page)
        self.state = self.state.changed(
            pages={**self.state.pages, **written},
            inputs={**self.state.inputs, **now},
            begun=begun,
        )

    def end(self) -> None:
        """The pages stand where readers find them: from now on this is the last build."""
        self.keeping.write(self.state.changed(catalogue=inputs.stamp(str(self.build.settings.data / "catalogue.json"))))


def _demand_same_facts(old: Any, new: Any) -> None:
    """Raises Whole where more than the text of an article changed."""
    for name, value in vars(new).items():
        if name not in _OWN and _plain(value) != _plain(vars(old).get(name)):
            raise Whole(f"{name} of {new.source_path} changed")
    before, after = old._content or "", new._content or ""
    for what in (_COMMENT, _PICTURE, gate.PLACEHOLDER, re.compile(r"\[\[")):
        if what.findall(before) != what.findall(after):
            raise Whole(f"offers, comments or pictures of {new.source_path} changed")
    if old.get_static_links() != new.get_static_links():
        raise Whole(f"files that {new.source_path} links to changed")


def _plain(value: Any) -> Any:
    """A value as it can be compared: a category by its name, for its `==` knows only addresses."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return (type(value).__name__, value.name) if hasattr(value, "page_name") else value


def _is_under(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder + os.sep) for folder in folders)
