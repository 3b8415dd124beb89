"""The speed-ups of one build, moment by moment."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.readers import MarkdownReader

from gatepost_pelican.contents import attach
from gatepost_pelican.faster import company, inputs, is_on, lists, reading, recording, translations
from gatepost_pelican.faster.known import Known
from gatepost_pelican.faster.recording import Recording
from gatepost_pelican.faster.state import State
from gatepost_pelican.faster.writing import Pages
from gatepost_pelican.settings import SiteSettings


class Speed:
    """What one Pelican instance leaves out. Where it is off, every moment does nothing."""

    def __init__(self, pelican_settings: Any, site: SiteSettings):
        self.settings = pelican_settings
        self.site = site
        # A folder of ours below the output is a mistake that is told; until it is mended nothing is put there.
        self.is_on = is_on(pelican_settings) and not site.data.is_relative_to(site.output)
        # Readers and generators change some of them later.
        self.told = inputs.settings(pelican_settings) if self.is_on else b""
        self.is_alone = False
        self.known = Known(site.cache)
        self.pages = Pages()
        self.recording: Recording | None = None

    @property
    def knows_markdown(self) -> bool:
        """May conversions be kept?"""
        return self.is_on and reading.may_know(self.settings)

    def take_readers(self, readers: Any) -> None:
        """Put the reader that knows in the place of Pelican's own; readers of other plugins stay."""
        if not self.knows_markdown:
            return
        knowing = reading.knowing(self.known, self.settings)
        for ending, reader in readers.reader_classes.items():
            if reader is MarkdownReader:
                readers.reader_classes[ending] = knowing

    def begin(self, generator: Any) -> None:
        """Before the first article is read: look at all there is, and convert what is new. Every plugin is there by now."""
        self.is_alone = self.is_on and company.is_alone()
        if self.is_on:
            translations.quicken(generator)
        if self.is_alone and self.knows_markdown and recording.is_possible(self.settings, self.site):
            self.recording = Recording(self.settings, self.site, self.told)
        if self.knows_markdown:
            reading.prefetch(self.known, self.settings, sorted(self._files(generator)))

    def end_reading(self) -> None:
        """Keep what was converted, whatever becomes of the build."""
        self.known.close()

    def begin_pages(self, generators: Sequence[Any], contents: Sequence[Any]) -> None:
        """All is read, and nothing is written."""
        if not self.is_alone:
            return
        lists.quicken(next(one for one in generators if isinstance(one, ArticlesGenerator)))
        attach(contents)
        generate = generators[0].generate_output

        def noting(writer: Any) -> None:
            self.pages.take(writer, contents)
            generate(writer)

        generators[0].generate_output = noting

    def write_pages(self, work: Any, contents: Any) -> None:
        """Every page has been asked for. Raises what Pelican would have raised."""
        if self.recording is not None and self.pages.are_noted:
            self.recording.begin(work, contents, self.pages)
        self.pages.write()

    def is_searched(self, pages: tuple[str, ...]) -> None:
        """A search index was made of these pages."""
        if self.recording is not None:
            self.recording.searched = pages

    def holds(self, drafts: dict[str, str]) -> None:
        """These pages were moved to where drafts are held."""
        if self.recording is not None:
            self.recording.drafts = drafts

    def end(self, fresh: Path) -> State | None:
        """All files of the site are in `fresh`; what to keep of it, if anything."""
        return self.recording.end(fresh) if self.recording is not None else None

    def publish(self, state: State | None) -> None:
        """The pages stand where readers find them."""
        if self.recording is not None and state is not None:
            self.recording.publish(state)

    def _files(self, generator: Any) -> Iterator[str]:
        readers = generator.readers.reader_classes.items()
        endings = [ending for ending, reader in readers if reader and issubclass(reader, MarkdownReader)]
        for kind in ("ARTICLE", "PAGE"):
            paths, excludes = self.settings[f"{kind}_PATHS"], self.settings[f"{kind}_EXCLUDES"]
            yield from (os.path.join(generator.path, file) for file in generator.get_files(paths, excludes, endings))
