"""The pictures that were drawn once, kept under the hash of source and recipe, so that no build draws one again."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost_pelican.faster import children
from gatepost_pelican.faster.inputs import stamp
from gatepost_pelican.pictures.chosen import Chosen

if TYPE_CHECKING:
    from gatepost_pelican.pictures.making import Drawn

# What nobody asked for in so many seconds goes: a month, for whoever comes back to a branch.
_KEPT = 30 * 86_400
_ENTRY, _PLAIN = "picture.json", "plain.jpg"
_OTHER = re.compile(r"[^a-z0-9]+")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """A picture's own width and height as it is seen, and the kinds and widths that there are of it.

    `name` begins the name of each file. The last one is for browsers that know no other kind, where it is neither AVIF
    nor WebP. Where it `has_plain`, the source is published without what a camera wrote into it.
    """

    width: int
    height: int
    name: str = ""
    files: tuple[tuple[str, int], ...] = ()
    has_plain: bool = False

    def file(self, kind: str, width: int) -> str:
        """The name under which a file is published: another one whenever its bytes are others."""
        return f"{self.name}-{width}.{kind}"


# What became of a picture, and what its writer must know.
Found = tuple[Kept | None, str]


@dataclass
class Shelf:
    """`folder` is for this alone. `known` are the pictures of this build by their path, None for one to leave alone."""

    folder: Path
    chosen: Chosen
    known: dict[str, Kept | None] = field(default_factory=dict)

    @property
    def recipe(self) -> str:
        """All that the bytes of a file depend on, but for the source."""
        import PIL

        from gatepost_pelican.pictures.making import RECIPE

        return f"{RECIPE} {PIL.__version__} {self.chosen.recipe}"

    def get(self, source: str) -> Kept | None:
        """What there is of a picture, drawn now if need be; None for one that moves or is broken."""
        if source not in self.known:
            self._learn({source: self._remembered(source) or self._made(source)})
        return self.known[source]

    def fill(self, sources: Iterable[str]) -> None:
        """Draw what is new on all cores."""
        new: list[str] = []
        for source in sorted(set(sources) - self.known.keys()):
            found = self._remembered(source)
            if found is None:
                new.append(source)
            else:
                self._learn({source: found})
        count = children.cores() if children.are_worth_it(len(new), 2) else 1
        others = [children.start(lambda part=new[start::count]: self._many(part)) for start in range(1, count)]  # type: ignore[misc]
        made = self._many(new[::count])
        for other in others:
            made.update(other.result())
        self._learn(made)

    def lay(self, kept: Kept, folder: Path) -> None:
        """Put the files of a picture into a folder of the output, by links where the disk is the same."""
        for kind, width in kept.files:
            to, source = folder / kept.file(kind, width), self.folder / kept.name / f"{width}.{kind}"
            if not to.exists():
                folder.mkdir(parents=True, exist_ok=True)
                _put(source, to)

    def lay_plain(self, source: str, to: Path) -> None:
        """Put a source that pages show in its place in the output, without what a camera wrote into it."""
        kept, _ = (self.known[source], "") if source in self.known else self._remembered(source) or (None, "")
        if kept is not None and kept.has_plain and to.is_file():
            # No link: Pelican writes into files that it finds in their place.
            _write(to, (self.folder / kept.name / _PLAIN).read_bytes())

    def tidy(self) -> None:
        """Drop what has long not been asked for."""
        oldest = time.time() - _KEPT
        for entry in self.folder.glob("*/*.json") if self.folder.is_dir() else ():
            with suppress(OSError):
                if entry.stat().st_mtime < oldest:
                    shutil.rmtree(entry.parent) if entry.name == _ENTRY else entry.unlink()

    def _many(self, sources: list[str]) -> dict[str, Found]:
        return {source: self._made(source) for source in sources}

    def _learn(self, found: dict[str, Found]) -> None:
        for source in sorted(found):
            self.known[source], said = found[source]
            if said:
                log.warning("%s is shown as it is: %s", source, said)

    def _note(self, source: str) -> Path:
        key = hashlib.blake2b(f"{source}\0{self.recipe}".encode(), digest_size=16).hexdigest()
        return self.folder / "seen" / f"{key}.json"

    def _remembered(self, source: str) -> Found | None:
        """By the stamp of the file alone; None where it has to be looked at."""
        try:
            note = self._note(source)
            told, name = json.loads(note.read_bytes())
            if told != list(stamp(source) or ()):
                return None
            os.utime(note)
        except (OSError, ValueError, TypeError):
            return None
        kept = self._entry(name) if name else None
        return (kept, "") if kept or not name else None

    def _entry(self, name: str) -> Kept | None:
        entry = self.folder / name / _ENTRY
        try:
            found = json.loads(entry.read_bytes())
            os.utime(entry)
            kept = Kept(**{**found, "files": tuple((kind, width) for kind, width in found["files"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        names = [f"{width}.{kind}" for kind, width in kept.files] + [_PLAIN] * kept.has_plain
        return kept if all((entry.parent / file).is_file() for file in names) else None

    def _made(self, source: str) -> Found:
        from gatepost_pelican.pictures import making

        try:
            told, data = stamp(source), Path(source).read_bytes()
            name = self._name(source, data)
            kept = self._entry(name)
            if kept is None:
                drawn = making.drawn(data, self.chosen)
                kept = self._keep(name, drawn) if drawn else None
            _write(self._note(source), json.dumps([told, name if kept else ""]).encode())
        except making.Unusable as error:
            return None, f"{error}. {error.cure}"
        except OSError as error:
            return None, f"{error.strerror or error}. Mend that, then build again."
        return kept, ""

    def _name(self, source: str, data: bytes) -> str:
        key = hashlib.blake2b(data, digest_size=6, key=hashlib.sha256(self.recipe.encode()).digest())
        plain = unicodedata.normalize("NFKD", Path(source).stem).encode("ascii", "ignore").decode().lower()
        stem = _OTHER.sub("-", plain).strip("-")[:60].strip("-")
        return f"{stem or 'picture'}-{key.hexdigest()}"

    def _keep(self, name: str, drawn: Drawn) -> Kept:
        files = tuple((one.kind, one.width) for one in drawn.files)
        kept = Kept(drawn.width, drawn.height, name, files, bool(drawn.plain))
        if drawn.plain:
            _write(self.folder / name / _PLAIN, drawn.plain)
        for one in drawn.files:
            _write(self.folder / name / f"{one.width}.{one.kind}", one.data)
        _write(self.folder / name / _ENTRY, json.dumps(asdict(kept)).encode())
        return kept


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, whoever else writes the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as file:
        file.write(data)
    os.chmod(fresh, 0o644)
    os.replace(fresh, path)


def _put(source: Path, to: Path) -> None:
    try:
        os.link(source, to)
    except FileExistsError:
        return
    except OSError:
        _write(to, source.read_bytes())
