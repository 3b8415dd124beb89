"""For writers: what an article needs to be shown on LinkedIn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from gatepost.cli.building import demand_site


@click.command()
@click.argument("name", metavar="ARTICLE")
@click.option("-s", "--settings", "conf", default="pelicanconf.py", show_default=True, help="The site's settings file.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="The folder to write into.")
@click.option(
    "--items",
    type=click.IntRange(0),
    help="Of a checklist: show its groups and so many of its items in the carousel. They are held, and whoever sees the "
    "carousel then has them; without this option nothing held is shown.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the list of files as JSON.")
def share(name: str, conf: str, to: Path | None, items: int | None, as_json: bool) -> None:
    """Write the LinkedIn kit of ARTICLE: the slug or the file of an article or an offer.

    Texts in three lengths, a comment, links, a card and a carousel go into .gatepost/share/SLUG. Every sentence is the
    article's own, from its open part: nothing behind a gate is read.
    """
    demand_site(conf)
    command = [sys.executable, "-m", "gatepost_pelican.share", "-s", conf]
    command += [*(["--to", str(to)] if to else []), *(["--json"] if as_json else [])]
    command += [f"--items={items}"] if items is not None else []
    sys.exit(subprocess.run([*command, "--", name], check=False).returncode)  # noqa: S603
