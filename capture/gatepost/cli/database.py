"""The database: bring it up to date, copy it while it runs, look whether it is whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from gatepost import settings
from gatepost.store import Database, backup, schema


@click.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
def upgrade() -> None:
    """Make the tables, or bring them to this version. Running it again changes nothing."""
    database = Database(settings.database_url(os.environ))
    schema.upgrade(database)
    database.close()
    click.echo("The database is up to date.")


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
