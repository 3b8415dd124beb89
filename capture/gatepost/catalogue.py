"""The catalogue: what a build tells the capture service, and how a running service follows it.

One file, `.gatepost/catalogue.json`, replaced by rename, so a reader sees the old one or the new one and never half;
held files lie beside it under the hash of their bytes, so a file that a catalogue names never changes.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from gatepost.offers import HeldFile, Money, Offer, Terms, Trial, Variant, Wording

FORMAT = 1
FILE_NAME = "catalogue.json"
HELD_FOLDER = "held"


class CatalogueMissing(Exception):
    """No build has written a catalogue here yet."""

    cure = "Build the site first: `gatepost build`."


class CatalogueUnreadable(Exception):
    """The file is there but is not a catalogue of this version."""

    cure = "Build the site again with this version: `gatepost build`."


@dataclass(frozen=True)
class Article:
    """A published article. `rest` is the PDF of a gated article's whole text, None where there is no gate."""

    slug: str
    title: str
    url: str
    category: str = ""
    tags: tuple[str, ...] = ()
    published_on: str = ""
    offers: tuple[str, ...] = ()
    rest: HeldFile | None = None


@dataclass(frozen=True)
class Catalogue:
    """Articles and offers by slug, and every wording ever asked under, by hash (pages can be cached for a year).

    `channels` are the hosts that the owner names a channel for, in the form of `channels.bare`.
    """

    site_name: str
    site_url: str
    language: str
    built_at: datetime
    articles: Mapping[str, Article] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def listed_hosts(self) -> frozenset[tuple[str, str]]:
        """`channels` as pairs that a cache can be asked by; a frozen set works its hash out only once."""
        return frozenset(self.channels.items())


def merged(first: Catalogue, others: Iterable[Catalogue]) -> Catalogue:
    """One catalogue of several sites built together; of what two of them have, the first one's counts."""
    for other in others:
        first = replace(
            first,
            articles={**other.articles, **first.articles},
            offers={**other.offers, **first.offers},
            wordings={**other.wordings, **first.wordings},
        )
    return first


def held_path(folder: Path, file_id: str) -> Path:
    """Where a held file's bytes lie. `file_id` comes from the catalogue or a grant, never from a request."""
    return folder / HELD_FOLDER / file_id


def write(catalogue: Catalogue, folder: Path) -> Path:
    """Replace the catalogue in one step, on disk before it is visible. Returns its path."""
    return write_atomically(folder / FILE_NAME, _text(catalogue))


def prepare(catalogue: Catalogue, folder: Path) -> Path:
    """Write the catalogue beside the one that counts, on disk, for whoever renames it. Returns its path."""
    return write_atomically(folder / f"{FILE_NAME}.next", _text(catalogue))


def again(folder: Path) -> Path:
    """The catalogue that counts once more beside it, for pages that go with the same one. Returns its path."""
    return write_atomically(folder / f"{FILE_NAME}.next", (folder / FILE_NAME).read_bytes())


def _text(catalogue: Catalogue) -> bytes:
    plain = {"format": FORMAT, **_plain(catalogue)}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True, default=datetime.isoformat).encode()


def write_atomically(path: Path, content: bytes) -> Path:
    """Write a file so that no reader and no power cut ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files private; the capture service may run as another account.
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return path


def read(folder: Path) -> Catalogue:
    """The catalogue in a folder. Raises CatalogueMissing or CatalogueUnreadable."""
    path = folder / FILE_NAME
    try:
        raw = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise CatalogueMissing(f"There is no catalogue at {path}.") from None
    except (OSError, ValueError) as error:
        raise CatalogueUnreadable(f"{path} cannot be read: {error}") from error
    try:
        if raw["format"] != FORMAT:
            raise CatalogueUnreadable(f"{path} has format {raw['format']}, and this version reads {FORMAT}.")
        return _catalogue(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueUnreadable(f"{path} lacks a part: {error!r}") from error


class Follower:
    """Gives the newest good catalogue; looks at the file's identity before each use and re-reads when it changed."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._catalogue: Catalogue | None = None

    def current(self) -> Catalogue:
        """The newest catalogue that could be read. Raises when there has never been one."""
        seen = self._identity()
        if self._catalogue is not None and (seen is None or seen == self._seen):
            return self._catalogue
        with self._lock:
            try:
                self._catalogue = read(self.folder)
            except (CatalogueMissing, CatalogueUnreadable):
                if self._catalogue is None:
                    raise
            self._seen = seen
        return self._catalogue

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            stat = (self.folder / FILE_NAME).stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(catalogue: Catalogue) -> dict[str, Any]:
    return {**asdict(catalogue), "built_at": catalogue.built_at.isoformat()}


def _catalogue(raw: Mapping[str, Any]) -> Catalogue:
    return Catalogue(
        site_name=raw["site_name"],
        site_url=raw["site_url"],
        language=raw["language"],
        built_at=datetime.fromisoformat(raw["built_at"]),
        articles={slug: _article(entry) for slug, entry in raw["articles"].items()},
        offers={slug: _offer(entry) for slug, entry in raw["offers"].items()},
        wordings={key: Wording(**entry) for key, entry in raw["wordings"].items()},
        # Written by builds since the owner's list of hosts; a build before is still good.
        channels=dict(raw.get("channels", {})),
    )


def _article(raw: Mapping[str, Any]) -> Article:
    rest = HeldFile(**raw["rest"]) if raw["rest"] else None
    return Article(**{**raw, "tags": tuple(raw["tags"]), "offers": tuple(raw["offers"]), "rest": rest})


def _offer(raw: Mapping[str, Any]) -> Offer:
    return Offer(
        **{
            **raw,
            "wordings": tuple(Wording(**wording) for wording in raw["wordings"]),
            "files": tuple(HeldFile(**file) for file in raw["files"]),
            "value": Money(**raw["value"]) if raw["value"] else None,
            # Written by builds since there are more kinds than four.
            "terms": Terms.from_plain(raw["terms"]) if raw.get("terms") else Terms(),
            # Written by builds since calls to action can be tested.
            "trial": _trial(raw["trial"]) if raw.get("trial") else None,
        }
    )


def _trial(raw: Mapping[str, Any]) -> Trial:
    return Trial(raw["key"], tuple(Variant(**variant) for variant in raw["variants"]))
