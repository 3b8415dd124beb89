"""The gate in whatever a site is written in: every reader's HTML is cut before anybody else sees it.

Markdown has the gate inside, as an extension, and knows more: what it cuts away was never converted. For reStructuredText,
HTML, and readers of other plugins the comment in their HTML is the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pelican.readers import MarkdownReader

from gatepost_pelican import cutting, gate

# Pelican's reader and the one that takes its place to be quicker; a subclass of another plugin may convert as it likes.
_HOMES = (MarkdownReader.__module__, "gatepost_pelican.faster.reading")
_WRAPPED = "_gatepost_reads"


def hold_back(generator: Any) -> None:
    """Called when a generator is made, and every reader of every plugin is there: none gives out held text any more."""
    for reader in generator.readers.readers.values():
        if not has_gate_inside(reader) and _WRAPPED not in vars(reader):
            setattr(reader, _WRAPPED, reader.read)
            reader.read = _Open(reader.read)


def cut_content(content: Any) -> None:
    """Called for every content: for those that no reader of a generator made."""
    # A comment that Markdown left is a mistake with a line, told before anything is written.
    if "<!--" in (content._content or "") and content.metadata.get("reader") != "markdown":
        text, found = opened(content._content, content.metadata)
        if text != content._content:
            content._content = text
            content.metadata.update(found)


def has_gate_inside(reader: Any) -> bool:
    """Does this reader convert with the gate's extension?"""
    return isinstance(reader, MarkdownReader) and type(reader).__module__ in _HOMES


def opened(markup: str, metadata: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The part that may be published, with places for offers; metadata say how many gates there were, and hold none."""
    part = cutting.cut(cutting.with_places(markup))
    found = {name: cutting.cut(value).open if isinstance(value, str) else value for name, value in metadata.items()}
    return part.open, {**found, gate.COUNT: str(part.gates)} if part.gates else found


def read(reader: Any, path: str, keep: str) -> tuple[str, dict[str, Any]]:
    """A file's HTML and metadata: the part before the gate ("open"), after it ("held"), or both ("whole").

    A reader that has the gate inside was made with the same `keep`.
    """
    markup, metadata = vars(reader).get(_WRAPPED, reader.read)(path)
    markup = markup or ""
    if has_gate_inside(reader):
        return markup, metadata
    if keep == "open":
        return opened(markup, metadata)
    part = cutting.cut(markup)
    return cutting.without_places(part.held if keep == "held" else cutting.without_gates(markup)), metadata


class _Open:
    """A reader's `read`, giving out the open part."""

    def __init__(self, read: Any):
        self._read = read

    def __call__(self, source_path: str) -> tuple[str | None, dict[str, Any]]:
        markup, metadata = self._read(source_path)
        if not isinstance(markup, str):
            return markup, metadata
        return opened(markup, metadata)
