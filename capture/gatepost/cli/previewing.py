"""`gatepost preview`: a link to a draft, for somebody who is to read it before it is published."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from gatepost import drafts, settings
from gatepost.actions import previewing
from gatepost.cli.building import demand_site
from gatepost.drafts import Draft
from gatepost.tokens import Tokens

_DAYS = previewing.LONGEST.days


@click.command()
@click.argument("draft", required=False)
@click.option(
    "--days",
    type=click.IntRange(1, _DAYS),
    default=previewing.USUAL.days,
    show_default=True,
    help="How long it is shown.",
)
def preview(draft: str | None, days: int) -> None:
    """Print a link that shows DRAFT, a file or a slug, to whoever has it. Without DRAFT: the drafts there are.

    The link is signed with the keys of this machine: on the server of the capture service it is for everybody, on
    your own machine for `gatepost up`.
    """
    demand_site("pelicanconf.py")
    chosen = settings.read(os.environ, local=not os.environ.get("GATEPOST_SECRET_KEYS"))
    found = drafts.listed(chosen.data_dir)
    if draft is None:
        click.echo("\n".join(f"{one.slug}  {one.title}" for one in found) or _NONE)
        return
    now = datetime.now(UTC)
    token = previewing.link(Tokens(chosen.secret_keys), _named(found, draft), timedelta(days=days), now)
    click.echo(f"{chosen.capture_url}/preview/{token}")
    click.echo(f"It shows the draft until {now + timedelta(days=days):%-d %B %Y}, as the last build made it.", err=True)


_NONE = 'There is no draft. Only GATEPOST_DRAFTS = "private" holds them back; then build once.'


def _named(found: tuple[Draft, ...], name: str) -> Draft:
    stem = Path(name).as_posix()
    fitting = [one for one in found if name in (one.slug, one.source) or stem.endswith(f"/{one.source}")]
    if not fitting:
        there = f"There are: {', '.join(one.slug for one in found)}" if found else _NONE
        raise click.UsageError(f"There is no draft {name!r}. {there}")
    return fitting[0]
