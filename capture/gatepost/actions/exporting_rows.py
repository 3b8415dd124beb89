"""Exporting rows: every table as a Parquet file, with queries that make the report of them again."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost.catalogue import Catalogue
from gatepost.channels import CHANNELS
from gatepost.store import Database, rows

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

FORMAT = 1
MANIFEST = "export.json"
# What DuckDB may hold in memory while it writes; the rest lies in the unfinished folder.
_MEMORY = "256MB"
_ARTICLE = {"slug": "VARCHAR", "title": "VARCHAR", "url": "VARCHAR", "category": "VARCHAR", "published_on": "DATE"}
_OFFER = {
    "slug": "VARCHAR", "title": "VARCHAR", "url": "VARCHAR", "kind": "VARCHAR", "value_amount": "BIGINT",
    "value_currency": "VARCHAR",
}  # fmt: skip
_CHANNEL = {"channel": "VARCHAR", "label": "VARCHAR", "lead_class": "VARCHAR"}

Portions = Iterable[Sequence[Sequence[Any]]]


class FolderTaken(Exception):
    """The folder holds something that no export wrote."""

    cure = "Name a new folder, an empty one, or one that holds an earlier export and nothing else."


def export_rows(
    database: Database,
    catalogue: Catalogue,
    folder: Path,
    *,
    now: datetime,
    with_addresses: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Write the folder, whole or not at all; an earlier export in it is replaced. Returns the rows by table.

    All tables are of one moment. `progress` is told each table. Raises FolderTaken, DatabaseUnreachable.
    """
    folder = folder.absolute()
    _must_be_ours(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # For this account only, as the database is.
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        counts = _write_tables(database, catalogue, unfinished, with_addresses, progress)
        _write_queries(unfinished)
        files = sorted([MANIFEST, *(path.name for path in unfinished.iterdir())])
        about = {"format": FORMAT, "made_at": now.isoformat(), "with_addresses": with_addresses}
        text = json.dumps({**about, "rows": counts, "files": files}, indent=1)
        (unfinished / MANIFEST).write_text(text + "\n", encoding="utf-8")
        _put(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def _must_be_ours(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderTaken(f"{folder} is no folder.")
    there = {path.name for path in folder.iterdir()}
    strange = sorted(there - _files_of(folder))
    if strange:
        raise FolderTaken(f"{folder} holds {strange[0]}, which no export wrote.")


def _files_of(folder: Path) -> set[str]:
    try:
        return set(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _put(made: Path, folder: Path) -> None:
    """In the folder's place. A power cut between the two steps leaves the earlier export beside it, whole."""
    if folder.exists():
        before = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.")) / "before"
        folder.rename(before)
        made.rename(folder)
        shutil.rmtree(before.parent)
    else:
        made.rename(folder)


def _write_tables(
    database: Database, catalogue: Catalogue, folder: Path, with_addresses: bool, progress: Callable[[str], None]
) -> dict[str, int]:
    import duckdb

    # In a file: a table can be larger than the memory.
    scratch = folder / "scratch.duckdb"
    counts = {}
    with duckdb.connect(str(scratch), config={"memory_limit": _MEMORY, "threads": 2}) as writer:
        # Nothing is guessed from the first rows: a column may be empty in all but a few.
        writer.execute("SET pandas_analyze_sample = 0")
        with rows.snapshot(database) as tx:
            for table, columns in rows.columns(with_addresses=with_addresses).items():
                progress(table)
                stored = rows.portions(tx, table, with_addresses=with_addresses)
                counts[table] = _write(writer, folder / f"{table}.parquet", columns, stored)
        for table, columns, found in _known(catalogue):
            counts[table] = _write(writer, folder / f"{table}.parquet", columns, found)
    for left in folder.glob(f"{scratch.name}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return counts


def _known(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, str], Portions]]:
    """What is no table of the database: articles and offers of the last build, and the channels of this version."""
    articles = catalogue.articles.values()
    yield "article", _ARTICLE, [[(a.slug, a.title, a.url, a.category, a.published_on or None) for a in articles]]
    offers = [
        (o.slug, o.title, o.url, o.kind, o.value and o.value.amount, o.value and o.value.currency)
        for o in catalogue.offers.values()
    ]
    yield "offer", _OFFER, [offers]
    yield "channel", _CHANNEL, [[(one.name, one.label, one.lead_class) for one in CHANNELS.values()]]


def _write(writer: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str], portions: Portions) -> int:
    named = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    taken = ", ".join(_taken(name, kind) for name, kind in columns.items())
    writer.execute(f"CREATE TABLE written ({named})")
    count = 0
    for portion in portions:
        if portion:
            count += len(portion)
            writer.register("arrived", _arrays(columns, portion))
            # Names of our own columns, nobody's text.
            writer.execute(f"INSERT INTO written SELECT {taken} FROM arrived")  # noqa: S608
            writer.unregister("arrived")
    writer.execute(f"COPY written TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)")
    writer.execute("DROP TABLE written")
    return count


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _taken(name: str, kind: str) -> str:
    # Times came without their zone, which was UTC.
    return f"\"{name}\" AT TIME ZONE 'UTC'" if kind.startswith("TIMESTAMP") else f'CAST("{name}" AS {kind})'


def _arrays(columns: Mapping[str, str], portion: Sequence[Sequence[Any]]) -> dict[str, NDArray[Any]]:
    return {
        name: _array(kind, values)
        for (name, kind), values in zip(columns.items(), zip(*portion, strict=True), strict=True)
    }


def _array(kind: str, values: Sequence[Any]) -> NDArray[Any]:
    import numpy as np

    if kind.startswith("TIMESTAMP"):
        plain = [value.astimezone(UTC).replace(tzinfo=None) if value else None for value in values]
        return np.array(plain, dtype="datetime64[us]")
    if kind == "UUID":
        return np.array([value.hex if value else None for value in values], dtype=object)
    if kind == "DATE":
        return np.array(values, dtype="datetime64[D]").astype("datetime64[us]")
    return np.array(values, dtype=object)


def _write_queries(folder: Path) -> None:
    """Each query with the views that it stands on, so that one file is all that has to be run."""
    shipped = resources.files("gatepost.report") / "queries"
    views = (shipped / "views.sql").read_text(encoding="utf-8")
    for file in shipped.iterdir():
        text = file.read_text(encoding="utf-8")
        is_query = file.name.endswith(".sql") and file.name != "views.sql"
        (folder / file.name).write_text(f"{views}\n{text}" if is_query else text, encoding="utf-8")
