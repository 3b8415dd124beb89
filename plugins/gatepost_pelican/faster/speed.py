"""The speed-ups of one build, moment by moment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader

from gatepost_pelican.faster import company, is_on, lists, reading
from gatepost_pelican.faster.known import Known


class Speed:
    """What one Pelican instance leaves out. Where it is off, every moment does nothing."""

    def __init__(self, pelican_settings: Any, cache: Path):
        self.settings = pelican_settings
        self.is_on = is_on(pelican_settings)
        self.is_alone = self.is_on and company.is_alone()
        self.known = Known(cache)

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

    def convert_ahead(self, generator: Any) -> None:
        """Convert all that is new before the first article is read."""
        if self.knows_markdown:
            reading.prefetch(self.known, self.settings, sorted(self._files(generator)))

    def begin_pages(self, generator: Any) -> None:
        """All is read, and nothing is written."""
        if self.is_alone:
            lists.quicken(generator)

    def end_reading(self) -> None:
        """Keep what was converted, whatever becomes of the build."""
        self.known.close()

    def _files(self, generator: Any) -> Iterator[str]:
        endings = [
            end
            for end, reader in generator.readers.reader_classes.items()
            if reader and reader.__name__ == "MarkdownReader"
        ]
        for kind in ("ARTICLE", "PAGE"):
            paths, excludes = self.settings[f"{kind}_PATHS"], self.settings[f"{kind}_EXCLUDES"]
            yield from (os.path.join(generator.path, file) for file in generator.get_files(paths, excludes, endings))
