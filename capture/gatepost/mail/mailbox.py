"""The way out without a mail server: letters are kept as .eml files, for the page that shows them on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Self
from uuid import UUID

from gatepost.mail.message import Sealed, parsed, wire_address
from gatepost.mail.troubles import NeverAccepted, ServerAway

FOLDER_NAME = "mailbox"
_SHOWN = 200


@dataclass(frozen=True)
class Kept:
    """A letter in the mailbox, read back from its bytes as a mail program would."""

    id: UUID
    subject: str
    to: str
    date: datetime | None
    text: str
    html: str


class Mailbox:
    """Keeps letters in a folder instead of sending them; a letter that comes twice is kept once."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send(self, letter: Sealed) -> None:
        """Write the letter, whole or not at all. Raises ServerAway when the folder cannot be written."""
        temporary = self.folder / f".{letter.id}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(letter.content)
            os.replace(temporary, self.folder / f"{letter.id}.eml")
        except OSError as error:
            raise ServerAway(f"The mailbox folder cannot be written: {error.strerror}") from None


def folder(data_dir: Path) -> Path:
    """Where the mailbox of a data directory lies."""
    return data_dir / FOLDER_NAME


def listed(folder: Path) -> list[Kept]:
    """The newest letters (at most 200), newest first. An empty list when there is no mailbox yet."""
    found = (read(folder, path.stem) for path in _newest(folder)[:_SHOWN])
    return [kept for kept in found if kept is not None]


def read(folder: Path, letter_id: str | UUID) -> Kept | None:
    """The letter of this id, or None. Anything that is no UUID is nobody's letter, whatever path it spells."""
    try:
        known = letter_id if isinstance(letter_id, UUID) else UUID(letter_id)
        content = (folder / f"{known}.eml").read_bytes()
    except (ValueError, OSError):
        return None
    message = parsed(content)
    date = message["Date"]
    return Kept(
        id=known,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        date=date.datetime if date is not None else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def forget(folder: Path, address: str) -> int:
    """Delete every letter to an address; returns how many. For erasing somebody."""
    try:
        spelled = wire_address(address)
    except NeverAccepted:
        # No letter could ever be written to it, so none is kept; erasing must not fail for that.
        return 0
    gone = [path for path in _newest(folder) if (kept := read(folder, path.stem)) and kept.to == spelled]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _newest(folder: Path) -> list[Path]:
    paths = folder.glob("[!.]*.eml")
    return sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part is not None else ""
