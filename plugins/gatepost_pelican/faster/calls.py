"""What Pelican asks its writer to write, and which texts each page was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import getattr_static
from typing import Any

# The text of a page that need not be made again; None for one that must.
Keep = Callable[[str], str | None]


@dataclass(frozen=True)
class Call:
    """One call of a writer: `method` is write_file or write_feed. A call with pagination makes several pages."""

    method: str
    arguments: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def name(self) -> str:
        """The file that it writes, the first of them where it makes several."""
        place = 0 if self.method == "write_file" else 2
        found = self.arguments[place] if len(self.arguments) > place else self.named.get("name", self.named.get("path"))
        return str(found or "")

    @property
    def is_long(self) -> bool:
        """May it make many pages, or hold many articles?"""
        return self.method == "write_feed" or "dates" in self.named or "articles" in self.named

    @property
    def is_paginated(self) -> bool:
        """May it make further pages, under names made of its own?"""
        return bool(self.named.get("paginated"))

    @property
    def overrides(self) -> bool:
        """Does it want to be the last to write its file?"""
        return bool(self.named.get("override_output"))


class Trace:
    """Which pages were written by which call, and the source files whose text each of them holds or was made from."""

    def __init__(self) -> None:
        self.pages: dict[str, set[str]] = {}
        self.makers: dict[str, int] = {}
        self._now: set[str] = set()

    def __getstate__(self) -> Any:
        return self.pages, self.makers

    def __setstate__(self, state: Any) -> None:
        self.pages, self.makers = state
        self._now = set()

    @contextmanager
    def page(self, name: str, number: int) -> Iterator[None]:
        """All texts that are read meanwhile belong to this page."""
        before, self._now = self._now, self.pages.setdefault(name, set())
        self.makers[name] = number
        try:
            yield
        finally:
            self._now = before

    def join(self, other: Trace) -> None:
        """Take over what was noticed in another process."""
        if other is not self:
            self.pages.update(other.pages)
            self.makers.update(other.makers)

    def watch(self, content: Any) -> None:
        """Notice when the text of an article or page is read, or a summary that is made from it."""
        source, text, summary = str(content.source_path), content.get_content, content.get_summary

        def get_content(siteurl: str) -> Any:
            self._now.add(source)
            return text(siteurl)

        def get_summary(siteurl: str) -> Any:
            if "summary" not in content.metadata:
                self._now.add(source)
            return summary(siteurl)

        content.get_content, content.get_summary = get_content, get_summary

    def watching(self, kind: type) -> dict[str, Any]:
        """The same for all contents of a class at once: the methods for one that is derived from it."""
        text, summary = (getattr_static(kind, name) for name in ("get_content", "get_summary"))

        def get_content(content: Any, siteurl: str) -> Any:
            self._now.add(str(content.source_path))
            return text.__get__(content, kind)(siteurl)

        def get_summary(content: Any, siteurl: str) -> Any:
            if "summary" not in content.metadata:
                self._now.add(str(content.source_path))
            return summary.__get__(content, kind)(siteurl)

        return {"get_content": get_content, "get_summary": get_summary}


class Traced:
    """A template that says which page it makes. `keep` may answer for a page that need not be made."""

    def __init__(self, template: Any, trace: Trace, number: int, keep: Keep | None = None):
        self._template = template
        self._trace = trace
        self._number = number
        self._keep = keep

    def render(self, context: Any) -> Any:
        """What Pelican's writer asks of a template."""
        name = str(context["output_file"])
        kept = self._keep(name) if self._keep else None
        if kept is not None:
            return kept
        with self._trace.page(name, self._number):
            return self._template.render(context)


def carry_out(number: int, call: Call, writer: Any, trace: Trace, keep: Keep | None = None) -> None:
    """Write what the call asks for, by Pelican's own writer."""
    kind = type(writer)
    if call.method == "write_feed":
        with trace.page(call.name, number):
            kind.write_feed(writer, *call.arguments, **call.named)
        return
    name, template, *others = call.arguments
    kind.write_file(writer, name, Traced(template, trace, number, keep), *others, **call.named)
