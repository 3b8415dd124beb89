"""The database: bring it up to date, copy it while it runs, look whether it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from gatepost import catalogue, settings
from gatepost.actions import crediting
from gatepost.store import Database, backup, quality, schema


@click.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
def upgrade() -> None:
    """Make the tables, or bring them to this version. Running it again changes nothing."""
    database = Database(settings.database_url(os.environ))
    schema.upgrade(database)
    with _progress() as told:
        has_counted = crediting.catch_up(database, told)
    database.close()
    click.echo(f"The database is up to date.{' Credit was counted anew.' if has_counted else ''}")


@db.command("recount")
def recount() -> None:
    """Count credit, help and coverage anew from the leads.

    Never needed, unless somebody changed rows by hand: the sums are kept as leads confirm. While it runs (some seconds
    for each 10,000 leads) no signup can be stored; readers are told to try again.
    """
    database = Database(settings.database_url(os.environ))
    schema.check(database)
    with _progress() as told:
        crediting.recount(database, told)
    database.close()
    click.echo("Counted anew.")


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Tells a terminal how many leads are counted; a file or a pipe is told nothing."""
    with _status("Counting leads") as tell:
        yield lambda done: tell(f"{done:,} leads counted")


@contextmanager
def _status(begins: str) -> Iterator[Callable[[str], None]]:
    from rich.console import Console

    with Console(stderr=True).status(begins, speed=0.5) as status:
        yield status.update


@db.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--with-addresses", is_flag=True, help="Also write the leads' addresses and names.")
def export(folder: Path, with_addresses: bool) -> None:
    """Write every table to FOLDER as Parquet, with queries for DuckDB that make the report of the rows again.

    Without addresses, names, notes and links. An earlier export in FOLDER is replaced.
    """
    from gatepost.actions import exporting_rows

    database = Database(settings.database_url(os.environ))
    schema.check(database)
    built = catalogue.read(settings.read_data_dir(os.environ))
    try:
        with _status("Exporting") as tell:
            counts = exporting_rows.export_rows(
                database, built, folder, now=datetime.now(UTC), with_addresses=with_addresses, progress=tell
            )
    except exporting_rows.FolderTaken as taken:
        raise click.UsageError(f"{taken} {taken.cure}") from None
    finally:
        database.close()
    click.echo(
        f"{sum(counts.values()):,} rows of {len(counts)} tables are in {folder}. README.md there says how to ask."
    )
    if with_addresses:
        click.echo("It holds addresses: keep it as safe as the database, and delete it when it is done with.", err=True)


@db.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def back_up(file: Path) -> None:
    """Copy a SQLite database to FILE while everything runs. For PostgreSQL use pg_dump."""
    database = Database(settings.database_url(os.environ))
    schema.check(database)
    try:
        backup.copy(database, file)
    except backup.NotCopied as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None
    with database.writing() as tx:
        quality.note_backup(tx, datetime.now(UTC))
    click.echo(
        f"Copied to {file} ({file.stat().st_size:,} bytes). It holds addresses: keep it as safe as the original."
    )


@db.command("check")
def check() -> None:
    """Is the schema this version's, and every page of the file whole? Exit 1 if not."""
    database = Database(settings.database_url(os.environ))
    schema.check(database)
    findings = backup.findings(database)
    for finding in findings:
        click.echo(finding, err=True)
    click.echo("The database is whole." if not findings else "Restore the newest good backup.")
    sys.exit(1 if findings else 0)
