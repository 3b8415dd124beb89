"""For writers: a new site, a new article or offer, and a check before the commit."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from gatepost import site
from gatepost.cli.building import demand_site
from gatepost.offers import KINDS

_README = """# A Gatepost site

    gatepost up        # build, watch, and serve site and capture service on http://127.0.0.1:8000
    gatepost check     # what is wrong, with file, line and cure
    gatepost build     # write output/ once

Articles are in content/articles, offers in content/offers. Letters sent while you try things out are at /mailbox.
"""
_IGNORED = "/.gatepost/\n/output/\n/report/\n__pycache__/\n"

_ARTICLE = """Title: {title}
Date: {date}
Category: Writing
Tags:
Slug: {slug}
Summary:
Offer: auto
Status: draft

Write here. A line with [[offer:SLUG]] places an offer inside the text.
"""


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


@click.group()
def new() -> None:
    """Begin an article or an offer from a template."""


@new.command("article")
@click.argument("title")
def new_article(title: str) -> None:
    """Begin an article called TITLE, as a draft."""
    slug = _slug(title)
    text = _ARTICLE.format(title=_one_line(title), slug=slug, date=datetime.now(UTC).strftime("%Y-%m-%d"))
    _write_new(Path("content/articles") / f"{slug}.md", text)


@new.command("offer")
@click.argument("title")
@click.option("--kind", type=click.Choice(list(KINDS)), default="checklist", show_default=True)
def new_offer(title: str, kind: str) -> None:
    """Begin an offer called TITLE."""
    slug = _slug(title)
    begun, later = KINDS[kind], datetime.now(UTC) + timedelta(days=90)
    asks = "Consent: letters\n" if begun.asks else ""
    fields = begun.starter.format(slug=slug, later=later.strftime("%Y-%m-%d"))
    head = f"Title: {_one_line(title)}\nSlug: {slug}\nSummary:\nKind: {kind}\n{asks}{fields}"
    _write_new(Path("content/offers") / f"{slug}.md", f"{head}\n{begun.body}")
    if kind == "ebook":
        _write_new(Path("content/offers") / slug / "01-first.md", "Title: The first chapter\n\nWrite here.\n")


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


def _write_new(path: Path, text: str) -> None:
    if path.exists():
        raise click.UsageError(f"{path} exists already. Choose another title, or edit that file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {path}")


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not slug:
        raise click.UsageError("The title has no letter a web address can hold. Use a title with some in it.")
    return slug
