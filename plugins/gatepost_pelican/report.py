"""The report at the end of a build: a table in the terminal and three files outside the site.

A build needs no database. Without one this is a single line, and nothing here ever fails a build.
"""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost import catalogue, settings
from gatepost_pelican import settings as site_settings

if TYPE_CHECKING:
    from gatepost.report import Report


DEFAULT_FOLDER = "report"


class ReportSkipped(Exception):
    """Why there is no report this time, in one line."""


def after_build(pelican: Any) -> None:
    """Write the report of a published build and show its head; one line instead where that cannot be."""
    try:
        _report(pelican.settings)
    except Exception as error:  # the site is built; whatever is wrong here is said and does no harm
        cure = getattr(error, "cure", "")
        _say(" ".join(f"Gatepost: no report. {error} {cure}".split()))


def _report(pelican: dict[str, Any]) -> None:
    site, _ = site_settings.read(pelican, os.environ)
    url = settings.database_url({**os.environ, "GATEPOST_DATA_DIR": str(site.data)})
    _demand_file(url)
    folder = _folder(pelican, site)
    # Here, because a build without a database must not wait for what reads one.
    made = _made(url, catalogue.read(site.data))
    _write(made, folder)
    _show(made, folder)


def _demand_file(url: str) -> None:
    # Opening an SQLite database would create it.
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///").partition("?")[0]).is_file():
        raise ReportSkipped("There is no database yet; `gatepost up` makes one.")


def _folder(pelican: dict[str, Any], site: site_settings.SiteSettings) -> Path:
    chosen = Path(str(pelican.get("GATEPOST_REPORT_DIR") or DEFAULT_FOLDER)).expanduser()
    folder = Path(os.path.normpath(site.file.parent / chosen))
    public = [site.output, *(Path(os.path.normpath(site.content / path)) for path in pelican.get("STATIC_PATHS", ()))]
    if any(folder.is_relative_to(place) for place in public):
        raise ReportSkipped(f"GATEPOST_REPORT_DIR is {chosen}, which is published. Choose a folder outside the site.")
    return folder


def _made(url: str, built: catalogue.Catalogue) -> Report:
    from gatepost.actions import reporting
    from gatepost.store import Database, schema

    database = Database(url)
    try:
        schema.check(database)
        return reporting.report(database, built, now=datetime.now(UTC))
    finally:
        database.close()


def _write(report: Report, folder: Path) -> None:
    from gatepost.actions import reporting

    files = {
        "index.html": reporting.html(report),
        "report.json": json.dumps(reporting.json(report), ensure_ascii=False, indent=1) + "\n",
        "articles.csv": reporting.csv(report),
    }
    for name, text in files.items():
        catalogue.write_atomically(folder / name, text.encode())


def _show(report: Report, folder: Path) -> None:
    from rich.console import Console

    from gatepost.actions import reporting

    if _is_quiet():
        return
    console = Console(soft_wrap=False)
    console.print(reporting.short_table(report))
    console.print(f"The whole report: {os.path.relpath(folder / 'index.html')}", highlight=False, soft_wrap=True)


def _say(line: str) -> None:
    if not _is_quiet():
        from rich.console import Console

        Console().print(line, highlight=False, markup=False, soft_wrap=True)


def _is_quiet() -> bool:
    # `pelican --quiet` and `--fatal` raise the level of the root logger.
    return logging.getLogger().getEffectiveLevel() > logging.WARNING
