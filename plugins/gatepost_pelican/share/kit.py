"""A kit: its files in memory, and on the disk."""

from __future__ import annotations

import json
from pathlib import Path

from gatepost.catalogue import write_atomically
from gatepost_pelican.compile.carousel import carousel_pdf
from gatepost_pelican.compile.social import card_png
from gatepost_pelican.held import safe_name
from gatepost_pelican.share.finding import CannotShare
from gatepost_pelican.share.ideas import carousel, cover
from gatepost_pelican.share.links import links
from gatepost_pelican.share.posts import posts
from gatepost_pelican.share.subject import Subject


def kit(subject: Subject) -> dict[str, bytes]:
    """Every file by its name. The same subject gives the same bytes. Raises CompileError."""
    found = links(subject)
    texts = {
        **posts(subject),
        "links.txt": "".join(f"{place}: {address}\n" for place, address in found.items()),
        "links.json": json.dumps(found, indent=2, ensure_ascii=False) + "\n",
    }
    return {
        **{name: text.encode() for name, text in texts.items()},
        "card.png": card_png(cover(subject)),
        "carousel.pdf": carousel_pdf(carousel(subject)),
    }


def write(subject: Subject, data: Path, to: Path | None) -> list[Path]:
    """The kit's files, in `to` or else in a folder of the data folder. Raises CannotShare where it cannot be written."""
    folder = to or data / "share" / safe_name(subject.name)
    files = kit(subject)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_atomically(folder / name, content)
    except OSError as error:
        cure = "Make the folder writable, or name another one: --to FOLDER"
        raise CannotShare(f"{folder} cannot be written: {error.strerror}", cure, 1) from error
    return [folder / name for name in files]
