"""Deals and spend on the command line: what leads brought, and what was spent on finding them."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gatepost.actions import importing, listing_money
from gatepost.cli.wiring import engine_without_links
from gatepost.engine import Engine
from gatepost.leads import Deal, Spend
from gatepost.offers import Money
from gatepost.report import csv_text

# Bad lines named one by one; more would hide the first.
MOST_NAMED = 20
_File = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_Day = click.DateTime(formats=["%Y-%m-%d"])
_Imported = importing.Imported[Deal] | importing.Imported[Spend]


@click.group()
def deals() -> None:
    """What leads brought: money from them, first or again."""


@click.group()
def spend() -> None:
    """What was put into articles, channels and campaigns: money, or hours."""


@deals.command("import")
@click.argument("file", type=_File)
@click.option("--dry-run", is_flag=True, help="Only say what would be imported.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def import_deals(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import deals from FILE, a CSV of email,amount,currency,date[,kind][,id][,note] (- for standard input).

    Importing a file twice adds nothing. A file with a line that cannot be read imports nothing. Deals of addresses that
    nobody here has are kept out. A negative amount is a refund. Exit 1 when not every line was imported.
    """
    _import(file, "deals", importing.import_deals, dry_run=dry_run, as_json=as_json)


@spend.command("import")
@click.argument("file", type=_File)
@click.option("--dry-run", is_flag=True, help="Only say what would be imported.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON.")
def import_spend(file: Path, dry_run: bool, as_json: bool) -> None:
    """Import spend from FILE, a CSV of date,amount,currency[,article][,channel][,campaign][,id][,note] (- for standard input).

    Instead of an amount a line may have hours and rate. Each names an article, a channel or a campaign. Importing a file twice
    adds nothing. A file with a line that cannot be read imports nothing, and the exit code is 1.
    """
    _import(file, "lines of spend", importing.import_spend, dry_run=dry_run, as_json=as_json)


@deals.command("list")
@click.option("--since", type=_Day, help="Only from this day on.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, as it can be imported, instead of a table.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_deals(since: datetime | None, as_csv: bool, as_json: bool) -> None:
    """Every deal, newest first."""
    rows = listing_money.deals(engine_without_links(), since.date() if since else None)
    _show(rows, listing_money.DEALS, "deals", as_csv=as_csv, as_json=as_json)


@spend.command("list")
@click.option("--since", type=_Day, help="Only from this day on.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, as it can be imported, instead of a table.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_spend(since: datetime | None, as_csv: bool, as_json: bool) -> None:
    """Everything spent, newest first."""
    rows = listing_money.spend(engine_without_links(), since.date() if since else None)
    _show(rows, listing_money.SPEND, "lines of spend", as_csv=as_csv, as_json=as_json)


def _import(file: Path, what: str, run: Callable[..., _Imported], *, dry_run: bool, as_json: bool) -> None:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as trouble:
        raise click.UsageError(f"{file} cannot be read: {trouble.strerror}. Name another file.") from None
    wired: Engine = engine_without_links()
    try:
        with _status(f"Importing {what}"):
            done = run(wired, content, dry_run=dry_run)
    except importing.FileUnreadable as refused:
        raise click.UsageError(f"{'standard input' if str(file) == '-' else file}: {refused} {refused.cure}") from None
    if as_json:
        click.echo(json.dumps(_plain(done, dry_run), ensure_ascii=False, indent=2))
    else:
        _say(done, what, dry_run)
    sys.exit(0 if done.is_clean else 1)


def _status(says: str) -> AbstractContextManager[Any]:
    from rich.console import Console

    return Console(stderr=True).status(says)


def _plain(done: _Imported, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "imported": len(done.added),
        "amounts": {money.currency: money.amount for money in _total(one.amount for one in done.added)},
        "known": done.known,
        "problems": [vars(finding) for finding in done.problems],
        "kept_out": [vars(finding) for finding in done.kept_out],
        "columns_passed_over": list(done.passed_over),
    }


def _say(done: _Imported, what: str, dry_run: bool) -> None:
    for name in done.passed_over:
        click.echo(f"The column {name!r} means nothing here and is passed over.", err=True)
    for finding in done.problems[:MOST_NAMED]:
        click.echo(f"Line {finding.line}: {finding.problem}. {finding.cure}", err=True)
    if len(done.problems) > MOST_NAMED:
        click.echo(f"And {len(done.problems) - MOST_NAMED} more.", err=True)
    if done.problems:
        click.echo("Nothing was imported. Correct these lines and import the file again.", err=True)
        return
    amounts = ", ".join(map(str, _total(one.amount for one in done.added)))
    would = "would be imported" if dry_run else "imported"
    known = f" {done.known} were there already." if done.known else ""
    click.echo(f"{len(done.added)} {what} {would}{f': {amounts}' if amounts else ''}.{known}")
    for finding in done.kept_out:
        click.echo(f"Line {finding.line} is left out: {finding.problem}.", err=True)
    for cure in dict.fromkeys(finding.cure for finding in done.kept_out):
        click.echo(cure, err=True)


def _total(amounts: Iterable[Money]) -> list[Money]:
    sums: Counter[str] = Counter()
    for money in amounts:
        sums[money.currency] += money.amount
    return [Money(amount, currency) for currency, amount in sorted(sums.items())]


def _show(rows: list[dict[str, Any]], columns: Sequence[str], what: str, *, as_csv: bool, as_json: bool) -> None:
    if as_csv and as_json:
        raise click.UsageError("--csv and --json are two answers. Choose one.")
    if as_csv:
        click.echo(csv_text(columns, ([row[name] for name in columns] for row in rows)), nl=False)
    elif as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _table(rows, [name for name in columns if name != "id"])
        click.echo(f"{len(rows)} {what}.")


def _table(rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for name in columns:
        table.add_column(name.title(), justify="right" if name == "amount" else "left")
    for row in rows:
        # Text, since what somebody noted in brackets is no markup.
        table.add_row(*(Text(row[name]) for name in columns))
    Console().print(table)
