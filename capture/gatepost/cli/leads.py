"""Leads on the command line: list, show, export, forget."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from gatepost.actions import listing
from gatepost.channels import CHANNELS
from gatepost.cli.wiring import engine_without_links
from gatepost.leads import STATES

_COLUMNS = (
    "email",
    "name",
    "state",
    "created_at",
    "confirmed_at",
    "left_at",
    "offers",
    "article",
    "channel",
    "lead_class",
    "purposes",
    "id",
)


@click.group()
def leads() -> None:
    """The people who asked, and what they allowed."""


@leads.command("list")
@click.option("--state", type=click.Choice(STATES), default=None, help="Only leads in this state.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_(state: str | None, as_json: bool) -> None:
    """Everybody, newest first."""
    rows = listing.rows(engine_without_links(), state=state or "")
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("Address", "State", "Asked", "Offers", "Article", "Channel", "Class", box=None, header_style="bold")
    for row in rows:
        offers, day = ", ".join(row["offers"]), row["created_at"][:10]
        table.add_row(row["email"], row["state"], day, offers, row["article"], row["channel"], row["lead_class"])
    Console().print(table)
    click.echo(f"{len(rows)} leads.")


@leads.command("show")
@click.argument("email")
def show(email: str) -> None:
    """Everything held about EMAIL, as JSON: what they would get if they asked."""
    click.echo(json.dumps(_found(email), ensure_ascii=False, indent=2))


@leads.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--state", type=click.Choice(STATES), default=None, help="Only leads in this state.")
def export(file: Path, state: str | None) -> None:
    """Write leads as CSV to FILE (- for the terminal), with permission, source and dates."""
    rows = [listing.csv_row(row, _COLUMNS) for row in listing.rows(engine_without_links(), state=state or "")]
    if str(file) == "-":
        _write(sys.stdout, rows)
        return
    with file.open("w", encoding="utf-8", newline="") as stream:
        _write(stream, rows)
    click.echo(f"{len(rows)} leads in {file}.")


@leads.command("channel")
@click.argument("email")
@click.argument("channel", required=False, type=click.Choice(list(CHANNELS)))
@click.option("--clear", is_flag=True, help="Take your word back: what was seen counts again.")
def channel(email: str, channel: str | None, clear: bool) -> None:
    """Say where EMAIL came from, whatever was seen: the report counts lead, value and deals for CHANNEL.

    The touches of its journey keep their channels.
    """
    if clear == bool(channel):
        raise click.UsageError("Name either a channel or --clear.")
    now = listing.set_channel(engine_without_links(), email, channel or "")
    if now is None:
        raise _nobody(email)
    seen = "" if now.is_owners_word else ", as was seen"
    click.echo(f"{email.strip()} counts for {now.channel} ({now.lead_class}){seen}.")


@leads.command("forget")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(email: str, yes: bool) -> None:
    """Erase EMAIL: address, name, journey and letters. Totals stay; the person does not."""
    _found(email)
    if not yes:
        click.confirm(f"Erase everything held about {email}? This cannot be undone", abort=True)
    listing.forget(engine_without_links(), email)
    click.echo("Erased.")


def _found(email: str) -> dict[str, Any]:
    held = listing.everything(engine_without_links(), email)
    if held is None:
        raise _nobody(email)
    return held


def _nobody(email: str) -> click.ClickException:
    return click.ClickException(f"Nobody here has the address {email}. `gatepost leads list` shows everybody.")


def _write(stream: Any, rows: list[list[str]]) -> None:
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
