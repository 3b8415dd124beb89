"""`gatepost build`: a module of its own, so that it begins without database and server."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from gatepost.cli import watching


@click.command()
@click.option("--publish", is_flag=True, help="Build with publishconf.py, for the public site.")
@click.option("-s", "--settings", "conf", default="", help="The site's settings file. [default: pelicanconf.py]")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=None, help="Where the pages go. [default: output]"
)
def build(publish: bool, conf: str, output: Path | None) -> None:
    """Build the site into output/ and its catalogue into .gatepost/."""
    conf = conf or ("publishconf.py" if publish else "pelicanconf.py")
    demand_site(conf)
    sys.exit(watching.build_once(conf, os.environ, output))


def demand_site(conf: str) -> None:
    """Raises UsageError unless this folder is a site."""
    if not Path(conf).is_file():
        raise click.UsageError(f"There is no {conf} here. Run this in a site's folder, or make one: gatepost init DIR")
