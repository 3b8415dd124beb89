"""Held files over HTTP: ranges, conditions and names (RFC 9110, 6266, 8187), read in pieces, never whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flask import Request, Response

from gatepost.actions import downloading, granting
from gatepost.engine import Engine
from gatepost.leads import Grant
from gatepost.web import guard

_PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*")
_LONGEST_NAME = 150


@dataclass(frozen=True)
class Wish:
    """What a request wants of a file. `first` and `last` as sent, None where nothing was said; no range: both None."""

    first: int | None = None
    last: int | None = None
    if_range: str = ""
    if_none_match: str = ""

    @property
    def is_range(self) -> bool:
        """Is only a part asked for?"""
        return self.first is not None or self.last is not None

    @property
    def continues(self) -> bool:
        """Are these later bytes of a download that began before?"""
        return bool(self.first)


def wish(request: Request) -> Wish:
    """Read a request's Range and conditions. What is malformed, or names several ranges, asks for the whole file."""
    headers = request.headers
    conditions = (headers.get("If-Range", "").strip(), headers.get("If-None-Match", "").strip())
    match = _RANGE.fullmatch(headers.get("Range", "").strip().replace(" ", ""))
    first, last = (int(part) if part else None for part in match.groups()) if match else (None, None)
    if first is not None and last is not None and last < first:
        first = last = None
    return Wish(first, last, *conditions)


def answer(engine: Engine, grant: Grant, wish: Wish) -> Response:
    """200, 206, 304 or 416 for a grant's file."""
    path = granting.path(engine, grant)
    size, tag = path.stat().st_size, f'"{grant.file.id}"'
    if _matches(wish.if_none_match, tag):
        return _dressed(Response(status=304), grant, tag)
    if not wish.is_range or wish.if_range not in ("", tag):
        return _dressed(_stream(path, 0, size, 200), grant, tag)
    first, last = _span(wish, size)
    if first >= size or last < first:
        refused = _dressed(Response(status=416), grant, tag)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    part = _dressed(_stream(path, first, last - first + 1, 206), grant, tag)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part


def counts(request: Request, answer: Response) -> bool:
    """Does this answer begin a download? Only a GET that gives the first byte does."""
    begins = answer.headers.get("Content-Range", "bytes 0-").startswith("bytes 0-")
    return request.method == "GET" and answer.status_code in (200, 206) and begins


def meter(engine: Engine, grant: Grant, request: Request) -> None:
    """Count the use, or note the scanner. Raises GrantUsedUp."""
    if guard.is_ahead(request) or guard.scans(guard.agent(request)):
        downloading.note_scanner(engine, grant)
    else:
        downloading.count(engine, grant)


def disposition(name: str) -> str:
    """A Content-Disposition that every browser reads, for a name in any script."""
    seen = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    seen = re.sub(r'[/\\:*?"<>|]+', "-", seen).strip(". ")
    stem, dot, ending = seen.rpartition(".")
    if dot and len(ending) <= 8:
        seen = f"{stem[:_LONGEST_NAME]}.{ending}"
    seen = seen[: _LONGEST_NAME + 9] or "download"
    plain = unicodedata.normalize("NFKD", seen).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()&+,-]", "_", plain).strip()
    # A name of which nothing but the ending is left says "download".
    plain = (
        plain
        if re.search(r"[A-Za-z0-9]", plain.rpartition(".")[0] or plain)
        else f"download{plain[plain.rfind('.') :] if '.' in plain else ''}"
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(seen, safe='')}"


def _span(wish: Wish, size: int) -> tuple[int, int]:
    if wish.first is None:
        return (max(0, size - (wish.last or 0)), size - 1) if wish.last else (size, size - 1)
    return wish.first, min(size - 1, wish.last if wish.last is not None else size - 1)


def _matches(sent: str, tag: str) -> bool:
    return sent == "*" or tag in [one.strip().removeprefix("W/") for one in sent.split(",")]


def _dressed(response: Response, grant: Grant, tag: str) -> Response:
    media_type = grant.file.media_type if _MEDIA_TYPE.fullmatch(grant.file.media_type) else "application/octet-stream"
    if response.status_code in (200, 206):
        response.headers["Content-Type"] = media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")
        response.headers["Content-Disposition"] = disposition(grant.file.name)
    else:
        del response.headers["Content-Type"]
    response.headers["ETag"] = tag
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _stream(path: Path, first: int, length: int, status: int) -> Response:
    made = Response(_pieces(path, first, length), status, direct_passthrough=True)
    made.headers["Content-Length"] = str(length)
    return made


def _pieces(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(first)
        while length > 0 and (piece := stream.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece
