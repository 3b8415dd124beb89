"""Pages written side by side: what generators ask for is collected, and carried out by as many processes as there are cores.

Only where no other plugin listens and the writer is Pelican's own: then nobody can tell in which order files came to be.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pelican import writers
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from gatepost_pelican.faster import children
from gatepost_pelican.faster.calls import Call, Trace, carry_out

# Below so many pages, another process takes longer than it saves.
_WORTH_A_PROCESS = 60
# Pipes hold 64 KiB; each number takes four bytes.
_MOST_NUMBERS = 8000
_NUMBER = struct.Struct("<i")
# What Pelican raises for two pages of one name; before 4.12 it had no name of its own.
_CLASH: type[Exception] = getattr(writers, "FileOverwriteFailedError", RuntimeError)


@dataclass
class Done:
    """What one process wrote. `failed` is the number of the call that it could not carry out."""

    trace: Trace = field(default_factory=Trace)
    written: set[str] = field(default_factory=set)
    failed: int | None = None


class Pages:
    """All that is to be written in one build. `calls` are known once every generator has asked."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.trace = Trace()
        self.writer: Any = None
        # Who writes a file twice wants Pelican's own rules for it, at the moment of the second time.
        self.is_direct = False
        self._carried_out = 0
        self._names: set[str] = set()

    def take(self, writer: Any, contents: Sequence[Any]) -> None:
        """From now on `writer` only notes what it is asked for, until `write`. Nothing happens for a writer of others."""
        if type(writer) is not Writer:
            return
        self.writer = writer
        for content in contents:
            self.trace.watch(content)
        writer.write_file = lambda *arguments, **named: self._note(Call("write_file", arguments, named))
        writer.write_feed = lambda *arguments, **named: self._note(Call("write_feed", arguments, named))

    @property
    def are_noted(self) -> bool:
        """Is everything known that is to be written, and nothing written yet?"""
        return self.writer is not None and not self.is_direct and not self._may_clash()

    def _may_clash(self) -> bool:
        """Might a page that wants to be the last of its name be one of a list's further pages, whose names nobody noted?"""
        wanted = [call.name for call in self.calls if call.overrides]
        if not wanted:
            return False
        roots = tuple(os.path.splitext(call.name)[0] for call in self.calls if call.is_paginated)
        is_usual = self.writer.settings["PAGINATION_PATTERNS"] == DEFAULT_CONFIG["PAGINATION_PATTERNS"]
        return not is_usual or any(name.startswith(roots) for name in wanted)

    def write(self) -> None:
        """Carry out what was noted. Raises what Pelican would have raised."""
        if self.are_noted and children.are_worth_it(len(self.calls), _WORTH_A_PROCESS):
            self._side_by_side()
        else:
            self._one_by_one()

    def _note(self, call: Call) -> None:
        if not call.name:
            return
        self.is_direct = self.is_direct or call.name in self._names
        self._names.add(call.name)
        self.calls.append(call)
        if self.is_direct:
            self._one_by_one()

    def _one_by_one(self) -> None:
        while self._carried_out < len(self.calls):
            number = self._carried_out
            self._carried_out += 1
            carry_out(number, self.calls[number], self.writer, self.trace)

    def _side_by_side(self) -> None:
        size = len(self.calls) // _MOST_NUMBERS + 1
        parts = _Parts(len(self.calls), size)
        order = sorted(range(len(self.calls)), key=lambda number: not self.calls[number].is_long)
        others = [children.start(lambda: self._shared(parts, order)) for _ in range(children.cores() - 1)]
        results = [self._shared(parts, order), *(other.result() for other in others)]
        parts.close()
        for done in results:
            if done.failed is not None:
                carry_out(done.failed, self.calls[done.failed], self.writer, self.trace)
                raise RuntimeError("a page could be written the second time only; build again")
        self._join(results)

    def _shared(self, parts: _Parts, order: Sequence[int]) -> Done:
        done = Done(self.trace, self.writer._written_files)
        for start, end in parts:
            for number in order[start:end]:
                try:
                    carry_out(number, self.calls[number], self.writer, self.trace)
                except Exception:  # carried out once more by the parent, which then says what is wrong
                    done.failed = number
                    return done
        return done

    def _join(self, results: Sequence[Done]) -> None:
        written: set[str] = set()
        for done in results:
            if twice := written & done.written:
                raise _CLASH(f'Failed to overwrite "{min(twice)}" as it was written already')
            written |= done.written
            self.trace.join(done.trace)
        self.writer._written_files.update(written)


class _Parts:
    """A pipe that holds where each part begins, long calls first: whoever reads a number has that part for itself."""

    def __init__(self, count: int, size: int):
        self.size = size
        self._numbers, end = os.pipe()
        for start in range(0, count, size):
            os.write(end, _NUMBER.pack(start))
        os.close(end)

    def __iter__(self) -> Any:
        while data := os.read(self._numbers, _NUMBER.size):
            (start,) = _NUMBER.unpack(data)
            yield start, start + self.size

    def close(self) -> None:
        """All parts are given away."""
        os.close(self._numbers)
