"""One build, moment by moment: what Pelican's signals call, in the order in which they come."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pelican import Pelican

from gatepost import catalogue as store
from gatepost.catalogue import Catalogue
from gatepost.drafts import Draft
from gatepost_pelican import drafts, gate, pictures, script, settings, whose
from gatepost_pelican.clearing import Old
from gatepost_pelican.contents import Contents
from gatepost_pelican.faster.speed import Speed
from gatepost_pelican.machines import finish, make_ready
from gatepost_pelican.machines.link_cards import Deck
from gatepost_pelican.mistakes import SiteMistaken, SourceMistake, tell, watcher_is_running
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.unread import Unread

# What only a build of the whole site needs is imported where it is used: one of a few pages takes half as long without it.
if TYPE_CHECKING:
    from gatepost_pelican.report.hints import Hint
    from gatepost_pelican.report.sources import Found
    from gatepost_pelican.work import Work

_EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")
_PATHS = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS")


class Checked(Exception):
    """A build that was only to be checked ends here; nothing was written."""

    def __init__(self, mistakes: tuple[SourceMistake, ...], hints: tuple[Hint, ...], notes: tuple[str, ...] = ()):
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes
        self.hints = hints
        self.notes = notes


class WasRead(Exception):
    """A build that was only to be read ends here; nothing was compiled or written. `work` knows what stands where."""

    def __init__(self, work: Work):
        super().__init__(f"{len(work.placings)} texts")
        self.work = work


class Build:
    """What one Pelican instance carries from moment to moment. Under autoreload it runs many times."""

    def __init__(self, pelican: Any):
        self.settings: SiteSettings
        self.settings, self.mistakes = settings.read(pelican.settings, os.environ)
        if self.outermost is not self:
            self.settings = settings.inside(self.settings, self.outermost.settings)
        # The old pages must outlive a build that fails, so they are cleared away once nothing can be wrong any more.
        self.has_settings = whose.has_settings(pelican.settings)
        self.is_staged = bool(pelican.settings.get("PUBLISHED_PATH"))
        self.clears_output = bool(pelican.delete_outputdir) and not self.is_staged
        # Whoever stages a build asks by this what to keep of the last one.
        pelican.delete_outputdir = pelican.delete_outputdir if self.is_staged else False
        self.old: Old | None = None
        self.only_checks = False
        self.only_reads = False
        self.work: Work | None = None
        self.catalogue: Catalogue | None = None
        self.found: Found | None = None
        self.unread = Unread()
        self.speed = Speed(pelican.settings, self.settings)
        self.contents = Contents()
        # By the address at which nobody may read them.
        self.held_drafts: dict[str, UUID] = {}
        self.gone: set[str] = set()
        self.deck: Deck | None = None
        # Of sites that are built inside this one, as a site for each language is; and of this one, once it is published.
        self.inner: list[Catalogue] = []
        self.drafts: list[Draft] = []
        self.is_published = False

    @property
    def outermost(self) -> Build:
        """The build that this one is part of: the outermost of those that run now and keep their data in the same folder."""
        return next((one for one in _running() if one.settings.data == self.settings.data), self)

    def whole_catalogue(self) -> Catalogue | None:
        """What the capture service is told: this site, and those inside it."""
        return store.merged(self.catalogue, self.inner) if self.catalogue else None

    @property
    def is_strict(self) -> bool:
        """Must everything be right? A site that neither offers nor sets anything is built as Pelican alone would."""
        return self.is_staged or self.only_checks or self.has_settings or bool(self.work and self.work.written)

    def look_around(self) -> None:
        """What lies in the output before the first article is read is what Pelican would clear away now."""
        output = self.settings.output.resolve()
        clears = self.clears_output and not self.settings.content.resolve().is_relative_to(output)
        self.old = Old.of(output) if clears else None


# Pelican's generators know their settings, and its instance knows the same dictionary: by that a build is found again.
_builds: dict[int, Build] = {}


def _running() -> list[Build]:
    """The builds in whose midst this is called, the outermost first: a site for each language is built while its own is."""
    found, frame = [], sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        pelican = frame.f_locals.get("self") if frame.f_code.co_name == "run" else None
        if isinstance(pelican, Pelican) and knows(pelican.settings):
            found.append(of(pelican.settings))
    return found[::-1]


def of(pelican_settings: Any) -> Build:
    """The build of a Pelican instance, or of a generator, by its settings."""
    return _builds[id(pelican_settings)]


def knows(pelican_settings: Any) -> bool:
    """Does Gatepost take part in the build with these settings?"""
    return id(pelican_settings) in _builds


def prepare(pelican: Any) -> None:
    """Before anything is read: the gate goes into Markdown, and the offers out of articles, pages and static files."""
    chosen: MutableMapping[str, Any] = pelican.settings
    chosen["MARKDOWN"] = gate.settings_keeping("open", chosen["MARKDOWN"])
    chosen["CACHE_PATH"] = gate.own_cache(chosen["CACHE_PATH"])
    for name in _PATHS:
        # Pelican's excludes work below paths without a slash at their end, and `.` means the same as an empty one.
        chosen[name] = ["" if (real := os.path.normpath(path)) == "." else real for path in chosen[name]]
    key = id(chosen)
    build = _builds[key] = Build(pelican)
    for name in _EXCLUDES:
        chosen[name] = [*chosen[name], *whose.folders(build.settings)]
    weakref.finalize(pelican, _builds.pop, key, None)


def know_readers(readers: Any) -> None:
    """Called for every set of readers; those of the offers have settings of their own and are left alone."""
    if knows(readers.settings):
        of(readers.settings).speed.take_readers(readers)


def convert_ahead(generator: Any) -> None:
    """Before the first article is read."""
    of(generator.settings).look_around()
    of(generator.settings).speed.begin(generator)


def read_offers(generator: Any) -> None:
    """Once articles are read, and before static files are: teasers may link to pictures."""
    from gatepost_pelican.work import Work, originals

    build = of(generator.settings)
    build.catalogue = None
    build.work = Work(build.settings, generator, list(build.mistakes))
    build.work.known = originals(build.outermost.work)
    build.work.read_offers()
    if not build.is_strict:
        build.work.is_strict, build.work.mistakes = False, []


def place_offers(generators: list[Any]) -> None:
    """Everything is read and nothing is written yet: find every mistake, make every file, put every card in its place."""
    from gatepost_pelican import catalogue, report

    build = of(generators[0].settings)
    work = build.work
    build.speed.end_reading()
    if work is None:
        return
    contents = build.contents = Contents.of(generators)
    work.mistakes.extend(build.unread.taken(build.settings.content, build.settings.file))
    if build.only_reads:
        work.place(contents)
        raise WasRead(work)
    made = work.prepare(contents)
    if build.only_checks:
        notes = report.notes_for(work.chooser)
        raise Checked(SiteMistaken(work.mistakes).mistakes, _hints(build, work), notes)
    if made is None:
        _stop(generators, SiteMistaken(work.mistakes))
        return
    if build.old is not None:
        build.old.clear(generators[0].settings["OUTPUT_RETENTION"])
    build.catalogue = catalogue.made(build.settings, made.articles, made.offers)
    build.found = report.before_pages(build.settings, build.catalogue)
    report.give(build.found, made.placings, build.settings.popular)
    work.show(made, contents)
    make_ready(build)
    pictures.make_ready(build)
    build.speed.begin_pages(generators, contents.all)
    build.gone = script.hide_sources(generators, made.gated_sources)


def _hints(build: Build, work: Work) -> tuple[Hint, ...]:
    from gatepost_pelican import report, untested

    found = untested.hints(build.settings, work.written, work.placings, datetime.now(UTC))
    return tuple(sorted((*report.hints_for(build.settings, work.placings), *found)))


def write_landing_pages(generator: Any, writer: Any) -> None:
    """Articles are written; the offers' pages follow."""
    from gatepost_pelican import landing, search

    build = of(generator.settings)
    if build.catalogue is not None:
        landing.write(generator, writer)
        if search.body(generator.settings):
            search.write(generator, writer)


def publish(pelican: Any) -> None:
    """Every page is written: tell the capture service, in one step."""
    build = _builds.get(id(pelican.settings))
    if build is None or build.catalogue is None:
        return
    build.speed.write_pages(build.work, build.contents)
    script.put_beside_theme(pelican.settings, bool(build.work and build.work.views))
    finish(pelican.settings, build)
    pictures.finish(build, Path(pelican.settings["OUTPUT_PATH"]))
    drafts.hold(pelican.settings, build)
    _index(pelican.settings, build)
    _tell_service(build)
    if not build.is_staged and build.outermost is build:
        report_on(pelican.settings, build)


def _tell_service(build: Build) -> None:
    """One catalogue for all sites of one data folder; whoever stages a build writes it with the pages."""
    whole, outer = build, build.outermost
    if outer is not build and build.catalogue is not None:
        outer.inner.append(build.catalogue)
        whole = outer
    else:
        build.is_published = True
    told = whole.whole_catalogue()
    if whole.is_published and not whole.is_staged and told is not None:
        store.write(told, whole.settings.data)


def _index(pelican_settings: Any, build: Build) -> None:
    from gatepost_pelican import search

    if body := search.body(pelican_settings):
        found = tuple(search.pages(build.contents, build.work.views.values() if build.work else ()))
        search.index(Path(pelican_settings["OUTPUT_PATH"]), found, body)
        build.speed.is_searched(found)


def folders(pelican_settings: Any) -> list[str]:
    """The folders of the output in which every file is made by the build: what is old there goes."""
    from gatepost_pelican import search

    return [*([search.FOLDER] if search.body(pelican_settings) else []), *pictures.folders(pelican_settings)]


def report_on(pelican_settings: Any, build: Build) -> None:
    """Pages and catalogue are there: say what the figures say."""
    from gatepost_pelican import report

    assert build.found is not None  # asked for before the pages
    report.after_build(pelican_settings, build.settings, build.found)
    if build.work is not None:
        report.tell_choices(pelican_settings, build.settings, build.work.chooser)


def report_again(pelican_settings: Any) -> None:
    """Only a few pages were written: say what the figures say, where there may be any."""
    build = of(pelican_settings)
    named = ("GATEPOST_API_TOKEN", "GATEPOST_DATABASE_URL")
    if not any(os.environ.get(name) for name in named) and not (build.settings.data / "gatepost.db").exists():
        return
    from gatepost_pelican import report

    build.found = report.before_pages(build.settings, store.read(build.settings.data))
    report.after_build(pelican_settings, build.settings, build.found)


def _stop(generators: list[Any], mistaken: SiteMistaken) -> None:
    tell(mistaken)
    if not watcher_is_running():
        raise mistaken
    # The watcher builds again at once after an exception, for ever. So this build goes on, and writes nothing.
    for generator in generators:
        generator.generate_output = lambda writer: None
