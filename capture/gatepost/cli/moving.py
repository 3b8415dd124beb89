"""`gatepost import`: a blog from another system, in a process of its own: Pelican is the plugin's business."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from gatepost.cli.building import demand_site


@click.command("import")
@click.argument("system", type=click.Choice(["wordpress", "ghost", "medium"]))
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--media", type=click.Path(exists=True, path_type=Path), help="The folder or zip with its pictures and files."
)
@click.option("-s", "--settings", "conf", default="pelicanconf.py", show_default=True, help="The site's settings file.")
@click.option("--force", is_flag=True, help="Write over files that are there and say something else.")
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be written.")
def import_(system: str, file: Path, media: Path | None, conf: str, force: bool, dry_run: bool) -> None:
    """Bring a blog from WordPress, Ghost or Medium into this site.

    FILE is its export. Articles, pages, pictures and redirects are written; slugs, dates, tags and authors stay.
    Nothing is fetched from anywhere, and all is written or nothing.
    """
    demand_site(conf)
    command = [sys.executable, "-m", "gatepost_pelican.importing", system, str(file), "-s", conf]
    command += [
        *(["--media", str(media)] if media else []),
        *(["--force"] if force else []),
        *(["--dry-run"] if dry_run else []),
    ]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
