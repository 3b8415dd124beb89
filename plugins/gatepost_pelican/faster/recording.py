"""What a whole build writes down, so that the next one may build only what changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gatepost import languages
from gatepost.catalogue import FILE_NAME
from gatepost_pelican import gate
from gatepost_pelican.faster import children, inputs
from gatepost_pelican.faster.state import Keeping, State
from gatepost_pelican.faster.world import Places, World, contexts_in, dump, wrappers_in
from gatepost_pelican.faster.writing import Pages
from gatepost_pelican.settings import LEARN, SiteSettings

_OURS = Path(__file__).parents[1]
_ARTICLE = "article:"


class Recording:
    """One whole build. `site` are Gatepost's settings, `pelican` are all, and `told` is their hash before anybody changed them."""

    def __init__(self, pelican: dict[str, Any], site: SiteSettings, told: bytes):
        self.pelican = pelican
        self.told = told
        self.site = site
        self.keeping = Keeping(site.cache)
        self.begun = time.time_ns()
        self.folders = tuple(sorted({os.path.abspath(folder) for folder in _folders(pelican)}))
        self.without = (str(site.output), str(site.data), os.path.abspath(pelican["OUTPUT_PATH"]))
        self.inputs = inputs.stamps(self.folders, self.without)
        self.name = self.keeping.begin()
        self._dumped: children.Child[tuple[Places, int]] | None = None
        self._alone: frozenset[str] = frozenset()
        self._pages: Pages = Pages()
        self._until = 0.0
        self.searched: tuple[str, ...] = ()
        self.drafts: dict[str, str] = {}

    def begin(self, work: Any, contents: Any, pages: Pages) -> None:
        """All pages are asked for, and none is written: keep what is known, beside the writing of them."""
        context, everything = work.generator.context, list(contents.all)
        world = World(
            context=context,
            contexts=contexts_in(context, pages.calls),
            calls=pages.calls,
            contents=everything,
            others=[*work.teasers.values(), *context["static_content"].values()],
            wrappers=wrappers_in(everything, context),
            placings=[placing for placing in work.placings if placing.slugs],
            views=work.views,
        )
        self._pages = pages
        self._alone = frozenset(_alone(work, everything))
        self._until = min(_dates(work, everything, self.pelican), default=0.0)
        self._dumped = children.start(lambda: dump(world, self.pelican, self.keeping.folder, self.name))

    def end(self, fresh: Path) -> State | None:
        """Every page is written. None where something cannot be kept, and then nothing is."""
        try:
            if self._dumped is None:
                return None
            places, checksum = self._dumped.result()
            # A build that fails before here leaves the last one as it was, and its pages may be written again.
            self.keeping.forget()
            kept = self.keeping.keep_pages(fresh)
        except (OSError, RuntimeError):
            return None
        trace = self._pages.trace
        return State(
            name=self.name,
            settings=self.told,
            environment=inputs.environment(os.environ),
            inputs={**inputs.modules(), **self.inputs},
            folders=self.folders,
            without=self.without,
            alone=self._alone,
            pages=kept,
            makers=trace.makers,
            reads={page: tuple(sorted(sources)) for page, sources in trace.pages.items()},
            places=places,
            checksum=checksum,
            catalogue=None,
            begun=self.begun,
            until=self._until,
            searched=self.searched,
            drafts=self.drafts,
        )

    def publish(self, state: State) -> None:
        """The pages stand where readers find them."""
        self.keeping.write(state.changed(catalogue=inputs.stamp(str(self.site.data / FILE_NAME))))


def is_possible(pelican: Mapping[str, Any], site: SiteSettings) -> bool:
    """May pages be written one by one at all? Not where they depend on figures, or where sources are published."""
    if not pelican.get("PUBLISHED_PATH") or pelican["OUTPUT_SOURCES"] or pelican["CACHE_CONTENT"]:
        return False
    return not site.popular and site.auto != LEARN and not _shows_figures(pelican)


def _shows_figures(pelican: Mapping[str, Any]) -> bool:
    files = (file for folder in _templates(pelican) for file in Path(folder).rglob("*") if file.is_file())
    return any(b"conversion" in file.read_bytes() or b"._content" in file.read_bytes() for file in files)


def _templates(pelican: Mapping[str, Any]) -> list[str]:
    return [os.path.join(pelican["THEME"], "templates"), *pelican["THEME_TEMPLATES_OVERRIDES"]]


def _folders(pelican: Mapping[str, Any]) -> Iterator[str]:
    """Where a change may be one of the site."""
    import pelican as itself

    yield from (pelican["PATH"], pelican["THEME"], *pelican["THEME_TEMPLATES_OVERRIDES"], *pelican["PLUGIN_PATHS"])
    yield from (str(_OURS / "templates"), str(_OURS / "static"), os.path.dirname(str(languages.__file__)))
    yield os.path.join(os.path.dirname(str(itself.__file__)), "themes", "simple")


def _alone(work: Any, contents: list[Any]) -> Iterator[str]:
    """Whose text may change without anything else: in no book, and with nothing held."""
    chapters = {name.removeprefix(_ARTICLE).strip() for offer in work.written for name in offer.draft.chapters}
    for content in contents:
        is_markdown = content.metadata.get("reader") == "markdown"
        if is_markdown and gate.COUNT not in content.metadata and content.slug not in chapters:
            yield str(content.source_path)


def _dates(work: Any, contents: list[Any], pelican: Mapping[str, Any]) -> Iterator[float]:
    """The moments to come at which a page would look different by itself."""
    now = datetime.now(UTC)
    moments = [moment for offer in work.views.values() for moment in _moments(offer.terms)]
    if not pelican["WITH_FUTURE_DATES"]:
        moments.extend(content.date for content in contents if hasattr(content, "date"))
    yield from (moment.timestamp() for moment in moments if moment.tzinfo is not None and moment > now)


def _moments(value: Any) -> Iterator[datetime]:
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, date):
        yield datetime(value.year, value.month, value.day, tzinfo=UTC)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _moments(getattr(value, one.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _moments(part)
