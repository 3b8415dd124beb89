"""Several sites for an agency: which other sites' figures stand beside this one's."""

from __future__ import annotations

import sys

import click

from gatepost.actions import visiting
from gatepost.cli.wiring import engine_without_links
from gatepost.store.sisters import Sister


@click.group()
def sites() -> None:
    """Other sites whose figures the dashboard shows beside this one's. Figures only: nobody's address is asked for."""


@sites.command("add")
@click.argument("name")
@click.argument("url")
def add(name: str, url: str) -> None:
    """Add the site whose capture service is at URL, called NAME here, once it has answered.

    The token is asked for; from a script, pipe it in as one line. It is made there: gatepost owner token add NAME
    """
    token = _token()
    wired = engine_without_links(upgrade=True)
    try:
        found = visiting.add(wired, name, url, token)
    except visiting.SiteRefused as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None
    click.echo(f"{name} is “{found.site}”, and stands beside this site at {wired.settings.capture_url}/owner/sites")


@sites.command("list")
def list_() -> None:
    """Every other site, when it answered last, and what is wrong with it. Exit 1 where something is."""
    found = visiting.listed(engine_without_links())
    for sister in found:
        click.echo(_line(sister))
    if not found:
        click.echo("There is no other site. Add one with: gatepost sites add NAME URL")
    sys.exit(1 if any(sister.trouble for sister in found) else 0)


@sites.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Forget the site called NAME, with its token and figures."""
    try:
        visiting.remove(engine_without_links(), name)
    except visiting.SiteUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    click.echo(
        f"{name} is forgotten. Its token still opens its door: take it back there with gatepost owner token remove"
    )


@sites.command("refresh")
def refresh() -> None:
    """Ask every site now; the worker does so every quarter of an hour. Exit 1 where one did not answer."""
    found = visiting.refresh(engine_without_links())
    for sister in found:
        click.echo(_line(sister))
    sys.exit(1 if any(sister.trouble for sister in found) else 0)


def _line(sister: Sister) -> str:
    when = f"answered {sister.answered_at:%Y-%m-%d %H:%M} UTC" if sister.answered_at else "never answered"
    return f"{sister.name}  {sister.url}  {when}{f'  {sister.trouble}' if sister.trouble else ''}"


def _token() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Token of that site", hide_input=True))
    given = sys.stdin.readline().strip()
    if not given:
        raise click.UsageError("There is no token. Pipe it in as one line: gatepost sites add NAME URL < token.txt")
    return given
