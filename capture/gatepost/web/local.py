"""On one's own machine: the built site on the same address, and the letters that have nowhere to go."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

from gatepost import drafts
from gatepost.mail import mailbox
from gatepost.mail.mailbox import Kept
from gatepost.web import errors
from gatepost.web.wiring import engine, wired

site = Blueprint("site", __name__)
letters = Blueprint("letters", __name__)
_LINK = re.compile(r"https?://[^\s<>\"')]+")
# A letter styles itself in its tags; it may do no more than look like something and be clicked.
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# Not left to the machine's own table, which may be empty or odd.
_TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2",
    ".xml": "application/xml", ".json": "application/json", ".webp": "image/webp", ".avif": "image/avif", ".txt": "text/plain",
    ".html": "text/html", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm",
}  # fmt: skip


@site.get("/")
def home() -> ResponseReturnValue:
    """The site's front page."""
    return page("")


@site.get("/<path:path>")
def page(path: str) -> ResponseReturnValue:
    """A file of the built site, a folder's index, or the site's own 404 page."""
    folder = inside(path)
    if folder is not None and folder.is_dir() and path and not path.endswith("/"):
        return redirect(f"{request.script_root}/{path}/", 308) if (folder / "index.html").is_file() else _missing()
    there = _there(path)
    return _file(there, 200) if there is not None else _missing()


def found(path: str) -> Path | None:
    """The file that answers for a path: the site's own 404 page where there is no other; None without one."""
    own = wired().output / "404.html"
    return _there(path) or (own if own.is_file() else None)


def _there(path: str) -> Path | None:
    file = inside(path)
    if file is not None and file.is_dir():
        file = inside(f"{path}index.html")
    elif path.endswith("/"):
        return None
    return file if file is not None and file.is_file() else _draft(path)


def _draft(path: str) -> Path | None:
    """A draft that is held, where it would stand: on one's own machine nobody else looks."""
    data = engine().settings.data_dir
    held = next((drafts.page(data, one.subject) for one in drafts.listed(data) if one.address == path), None)
    return held if held is not None and held.is_file() else None


@letters.get("/mailbox")
def listed() -> ResponseReturnValue:
    """The newest letters, as a page or as JSON."""
    kept = mailbox.listed(_folder())
    if errors.wants_json():
        return [_plain(letter) for letter in kept]
    return render_template("mailbox.html", letters=[(letter, _doors(letter.text)) for letter in kept])


@letters.get("/mailbox/<letter_id>")
def letter(letter_id: str) -> ResponseReturnValue:
    """One letter: its words with their links, as JSON, or (with .html) as a mail program shows it."""
    kept = mailbox.read(_folder(), letter_id.removesuffix(".html"))
    if kept is None:
        abort(404)
    if letter_id.endswith(".html"):
        return Response(kept.html, headers={"Content-Security-Policy": _LETTER_POLICY})
    if errors.wants_json():
        return _plain(kept)
    return render_template("letter.html", letter=kept, pieces=_pieces(kept.text))


def _plain(kept: Kept) -> dict[str, object]:
    links = list(dict.fromkeys(_LINK.findall(kept.text)))
    date = kept.date.isoformat() if kept.date else ""
    return {
        "id": str(kept.id), "to": kept.to, "subject": kept.subject, "date": date, "text": kept.text, "html": kept.html, "links": links,
    }  # fmt: skip


def _doors(text: str) -> list[tuple[str, str]]:
    """The links a letter is about, each with its door: what a person trying things out wants to press next."""
    found = [(link, door) for link in _LINK.findall(text) for door in ("confirm", "download") if f"/{door}/" in link]
    return list(dict.fromkeys(found))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """A text cut into plain parts and links, in order: (part, is it a link)."""
    pieces, at = [], 0
    for match in _LINK.finditer(text):
        pieces += [(text[at : match.start()], False), (match.group(), True)]
        at = match.end()
    return [*pieces, (text[at:], False)]


def _folder() -> Path:
    return mailbox.folder(engine().settings.data_dir)


def inside(path: str) -> Path | None:
    """The path in the output folder, or None for anything that leads out of it."""
    output = wired().output
    joined = safe_join(str(output), path)
    if joined is None or "\0" in path:
        return None
    found = Path(joined).resolve()
    return found if found.is_relative_to(output.resolve()) else None


def _missing() -> Response:
    own = wired().output / "404.html"
    if own.is_file():
        return _file(own, 404)
    page = "<!DOCTYPE html><title>Not found</title><p>There is no such page. <a href='/'>Home</a></p>"
    if wired().live is not None:
        from gatepost.web import reloading

        return reloading.marked(page.encode(), 404)
    return Response(page, 404)


def _file(path: Path, status: int) -> Response:
    if wired().live is not None and path.suffix.lower() in (".html", ".htm"):
        from gatepost.web import reloading

        return reloading.marked(path.read_bytes(), status)
    media_type = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    # Every save rebuilds: the browser asks each time, and gets a 304 where nothing changed.
    made = send_file(path, mimetype=media_type, conditional=status == 200, max_age=None)
    made.headers["Cache-Control"] = "no-cache"
    if status != 200:
        made.status_code = status
    return made
