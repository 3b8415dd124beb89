"""Owners: who may open the dashboard, and which programs may read the report."""

from __future__ import annotations

import secrets
import sys
from datetime import datetime

import click

from gatepost.actions import admitting, owning, showing, telling
from gatepost.cli.wiring import engine_without_links
from gatepost.report.ended import EVERY


@click.group()
def owner() -> None:
    """Who may see the dashboard at /owner, and which programs may read the report at /api/v1."""


@owner.command("add")
@click.argument("email")
def add(email: str) -> None:
    """Let EMAIL log in, or give them a new password.

    The password is asked for; from a script, pipe it in as one line. With no input at all one is made and shown.
    """
    password, made = _password()
    wired = engine_without_links(upgrade=True)
    try:
        owning.add(wired, email, password)
    except owning.OwnerRefused as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None
    click.echo(f"{email} can log in at {wired.settings.capture_url}/owner/")
    if made:
        click.echo(f"Password (shown once): {password}")


@owner.group("share")
def share() -> None:
    """Read-only links to the figures, without a login and without anybody's name."""


@share.command("add")
@click.argument("name")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The last day it opens (UTC).")
def add_share(name: str, until: datetime | None) -> None:
    """Make a link for NAME and print it: only now, since only its hash is kept."""
    try:
        click.echo(showing.add(engine_without_links(upgrade=True), name, until.date() if until else None))
    except showing.ShareRefused as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None


@share.command("list")
def list_shares() -> None:
    """Every link's name, the day it was made, and the day it ends."""
    wired = engine_without_links()
    found = showing.listed(wired)
    for one in found:
        ends = f"until {one.ends_at:%Y-%m-%d %H:%M} UTC" if one.ends_at else "until it is taken back"
        click.echo(f"{one.name}  made {one.made_at:%Y-%m-%d}, {ends if one.opens(wired.now()) else 'over'}")
    if not found:
        click.echo("There is no link. Make one with: gatepost owner share add NAME")


@share.command("remove")
@click.argument("name")
def remove_share(name: str) -> None:
    """Take the link called NAME back; it opens nothing any more."""
    try:
        showing.remove(engine_without_links(), name)
    except showing.ShareUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    click.echo(f"The link {name} opens nothing any more.")


@owner.command("letter")
@click.argument("email")
@click.argument("every", type=click.Choice([*EVERY, telling.OFF]))
def letter(email: str, every: str) -> None:
    """Send EMAIL the report as a letter every week or month, beginning with the latest that is over; or switch that off."""
    try:
        telling.choose(engine_without_links(upgrade=True), email, every)
    except telling.LetterRefused as refused:
        raise click.ClickException(f"{refused} {refused.cure}") from None
    click.echo(
        f"{email} gets no report by letter." if every == telling.OFF else f"{email} gets the report every {every}."
    )


@owner.group("token")
def token() -> None:
    """Tokens of programs that read the report over /api/v1. They see figures, and nobody's address."""


@token.command("add")
@click.argument("name")
def add_token(name: str) -> None:
    """Make a token called NAME and print it: only now, since only its hash is kept."""
    wired = engine_without_links(upgrade=True)
    try:
        text = admitting.add(wired, name)
    except admitting.TokenRefused as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None
    # The token alone goes to the output, so that a script can take it from there.
    click.echo("Shown once; a build takes it from the environment as GATEPOST_API_TOKEN:", err=True)
    click.echo(text)


@token.command("list")
def list_tokens() -> None:
    """Every token's name and the day it was made."""
    found = admitting.listed(engine_without_links())
    for program in found:
        click.echo(f"{program.created_at:%Y-%m-%d}  {program.name}")
    if not found:
        click.echo("There is no token. Make one with: gatepost owner token add NAME")


@token.command("remove")
@click.argument("name")
def remove_token(name: str) -> None:
    """Take the token called NAME back; it opens nothing any more."""
    try:
        admitting.remove(engine_without_links(), name)
    except admitting.TokenUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    click.echo(f"The token {name} opens nothing any more.")


def _password() -> tuple[str, bool]:
    if sys.stdin.isatty():
        return click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True), False
    given = sys.stdin.readline().rstrip("\r\n")
    return (given, False) if given else (secrets.token_urlsafe(15), True)
