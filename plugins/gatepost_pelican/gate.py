"""The gate in Markdown: everything after it is cut away before Markdown reads it.

So no page, feed, summary, table of contents or footnote can show what no text was ever made of. The cut comes after fenced code
was taken out of the text, which makes Markdown itself the judge of what is an example and what is a gate.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.sources import Source

EXTENSION = "gatepost_pelican.gate"
# The metadata field that says, without a word of what is held, how many gates a file has.
COUNT = "gatepost_gates"

GATE = re.compile(r"[ ]{0,3}<!--\s*gate\s*-->\s*", re.IGNORECASE)
# A comment that must have been meant as a gate; when one reaches the HTML, it held nothing back.
MEANT = re.compile(r"<!--\s*gate\b", re.IGNORECASE)
OFFER_LINE = re.compile(r"[ ]{0,3}\[\[\s*offer\s*:\s*(?P<slug>[^\]\n]*?)\s*\]\]\s*", re.IGNORECASE)
OFFER_MEANT = re.compile(r"<p>\s*\[\[\s*offer\s*:", re.IGNORECASE)
PLACEHOLDER = re.compile(r"<!--gp:offer:(?P<slug>[^>]*?)-->\n?")

_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>[^\]]+)\]:")

# A new name wherever a gate is read otherwise than before: what is in Pelican's cache then is read again.
_READ_UNDER = "gatepost-1"
# After fenced code (25) was taken out and metadata (27) read, before raw HTML (20) is.
_PRIORITY = 24


class GateExtension(Extension):
    """`keep`: "open" for what is published, "held" for what stands behind the gate, "whole" for both."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"keep": ["open", "open, held or whole"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(_Cut(md, self.getConfig("keep")), "gatepost", _PRIORITY)


class _Cut(Preprocessor):
    def __init__(self, md: Markdown, keep: str):
        super().__init__(md)
        self.keep = keep

    def run(self, lines: list[str]) -> list[str]:
        if not any("<!--" in line or "[[" in line for line in lines):
            return lines
        gates = [number for number, line in enumerate(lines) if GATE.fullmatch(line)]
        if gates and self.keep == "open" and "meta" in self.md.preprocessors:
            self.md.Meta[COUNT] = [str(len(gates))]  # type: ignore[attr-defined]
        return self._placed(self._kept(lines, gates))

    def _kept(self, lines: list[str], gates: list[int]) -> list[str]:
        if self.keep == "open":
            return [*lines[: gates[0]], *self._marks(lines, gates)] if gates else lines
        start = gates[0] + 1 if gates and self.keep == "held" else 0
        return [line for number, line in enumerate(lines[start:], start) if number not in gates]

    def _marks(self, lines: list[str], gates: list[int]) -> list[str]:
        """The gates themselves where metadata are read by another plugin's reader: `readers` counts them, and takes them out."""
        return [] if "meta" in self.md.preprocessors else [part for gate in gates for part in ("", lines[gate])]

    def _placed(self, lines: list[str]) -> list[str]:
        """Lines that name an offer become comments of their own, or nothing where the text is for paper."""
        placed: list[str] = []
        for line in lines:
            match = OFFER_LINE.fullmatch(line)
            if match is None:
                placed.append(line)
            elif self.keep == "open":
                placed.extend(("", f"<!--gp:offer:{html.escape(match['slug'])}-->", ""))
        return placed


def makeExtension(**settings: Any) -> GateExtension:  # noqa: N802
    """Where Python-Markdown looks for an extension given by its module's name."""
    return GateExtension(**settings)


def settings_keeping(keep: str, markdown: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's MARKDOWN setting with the gate in it: by name, so that Pelican's cache can store it."""
    extensions = [name for name in markdown.get("extensions", ()) if name != EXTENSION]
    configs = {**markdown.get("extension_configs", {}), EXTENSION: {"keep": keep}}
    return {**markdown, "extensions": [*extensions, EXTENSION], "extension_configs": configs}


def settings_without(markdown: Mapping[str, Any]) -> dict[str, Any]:
    """Pelican's MARKDOWN setting as it was: gates stay in the HTML as comments."""
    extensions = [name for name in markdown.get("extensions", ()) if name != EXTENSION]
    # Pelican loads whatever is configured.
    configs = {name: config for name, config in markdown.get("extension_configs", {}).items() if name != EXTENSION}
    return {**markdown, "extensions": extensions, "extension_configs": configs}


def own_cache(folder: str) -> str:
    """Where Pelican may keep what was read: not where it is kept without the gate, held text and all."""
    return folder if os.path.basename(folder) == _READ_UNDER else os.path.join(folder, _READ_UNDER)


def slugs_placed(text: str) -> list[str]:
    """The offers that a text's lines named, in order."""
    return [html.unescape(match["slug"]) for match in PLACEHOLDER.finditer(text)]


def definitions_behind(source: Source) -> Iterator[SourceMistake]:
    """Footnotes and link addresses that the open part of a file uses and that stand behind its gate."""
    start = next((number for number, line in enumerate(source.lines) if GATE.fullmatch(line)), len(source.lines))
    before = "\n".join(source.lines[:start]).casefold()
    for number, line in enumerate(source.lines[start:], start + 1):
        match = _DEFINITION.match(line)
        label = match["label"].casefold() if match else ""
        if label and f"[{label}]" in before and f"[{label}]:" not in before:
            problem = f"[{label}] is used before the gate, and stands behind it, where it is held"
            yield source.mistake(number, problem, "Move this line before the gate")
