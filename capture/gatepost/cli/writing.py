"""For writers: a new site, and a check before the commit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click

from gatepost import site
from gatepost.cli.building import demand_site

_README = """# A Gatepost site

    gatepost up        # build, watch, and serve site and capture service on http://127.0.0.1:8000
    gatepost check     # what is wrong, with file, line and cure
    gatepost build     # write output/ once

Articles are in content/articles, offers in content/offers. Letters sent while you try things out are at /mailbox.
"""
_IGNORED = "/.gatepost/\n/output/\n/report/\n__pycache__/\n"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a new site into FOLDER: content, theme and settings, ready for `gatepost up`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is not empty. Name a new folder, so that nothing of yours is overwritten.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in site.STARTER:
        source = site.starter_dir() / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copyfile(source, folder / name)
    (folder / "README.md").write_text(_README, encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    click.echo(f"A new site is in {folder}. Next: cd {folder} && gatepost up")


@click.command()
@click.option("-s", "--settings", "conf", default="pelicanconf.py", show_default=True, help="The site's settings file.")
@click.option("--strict", is_flag=True, help="Exit 1 for a warning or a hint, too.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the findings into this file.")
@click.option("--only", multiple=True, metavar="CODE", help="Only this code, or all that begin so: --only GP2.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Not this code, nor any that begins so.")
@click.option("--explain", metavar="CODE", help="Say what a code means and what to do, and check nothing.")
def check(
    conf: str, strict: bool, form: str, output: str | None, only: tuple[str, ...], ignore: tuple[str, ...], explain: str
) -> None:
    """Read the whole site and name what is to mend with file, line and cure. Exit 1 when there is an error.

    Where figures can be read, hints follow: what is no mistake, and yet worth a look.
    """
    if not explain:
        demand_site(conf)
    chosen = ["-s", conf, "--format", form, *(["--strict"] if strict else [])]
    chosen += [*(["-o", output] if output else []), *(["--explain", explain] if explain else [])]
    chosen += [part for code in only for part in ("--only", code)]
    chosen += [part for code in ignore for part in ("--ignore", code)]
    command = [sys.executable, "-m", "gatepost_pelican.check", *chosen]
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603
