"""Owners: who may open the dashboard."""

from __future__ import annotations

import secrets
import sys

import click

from gatepost.actions import owning
from gatepost.cli.wiring import engine_without_links


@click.group()
def owner() -> None:
    """Who may see the dashboard at /owner."""


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


def _password() -> tuple[str, bool]:
    if sys.stdin.isatty():
        return click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True), False
    given = sys.stdin.readline().rstrip("\r\n")
    return (given, False) if given else (secrets.token_urlsafe(15), True)
