"""The report of a build: figures for templates before pages are written, a table and three files once they are.

A build needs no database and no service. Without figures this is a single line, and nothing here ever fails a build.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from gatepost_pelican.choosing import BySubject, Chooser, Learning
from gatepost_pelican.placing import Placing
from gatepost_pelican.report import choices, evidence, hints, kept, popular, shown, sources
from gatepost_pelican.report.figures import Figures, Texts
from gatepost_pelican.report.hints import Hint
from gatepost_pelican.report.sources import Found
from gatepost_pelican.settings import LEARN, SiteSettings

DEFAULT_FOLDER = "report"


class ReportSkipped(Exception):
    """Why there is no report this time, in one line."""


def before_pages(site: SiteSettings, built: Catalogue) -> Found:
    """The figures of this build, asked for once."""
    return sources.find(site, os.environ, built, datetime.now(UTC))


def hints_for(site: SiteSettings, placings: Sequence[Placing]) -> tuple[Hint, ...]:
    """What the figures say to writers; nothing where there are none. Writes nothing."""
    now = datetime.now(UTC)
    # Hints go by slug, so no titles are needed, and no catalogue is made.
    found = sources.find(site, os.environ, Catalogue(site.site_name, site.site_url, site.language, now), now)
    return tuple(hints.find(found.figures, placings, now)) if found.figures else ()


def give(found: Found, placings: Sequence[Placing], most_popular: int) -> None:
    """Let templates read what is known: `article.conversion` and, where the owner allows it, `article.popular`."""
    articles = found.figures.articles if found.figures else {}
    written = [placing for placing in placings if placing.is_article]
    for placing in written:
        placing.content.conversion = articles.get(placing.key)
        placing.content.popular = ()
    if found.figures and found.figures.is_ranked and most_popular:
        for placing, others in popular.choose(written, articles, most_popular):
            placing.content.popular = others


def after_build(pelican: Mapping[str, Any], site: SiteSettings, found: Found) -> None:
    """Write the report of a published build and show its head; one line instead where that cannot be."""
    try:
        _report(pelican, site, found)
    except Exception as error:  # the site is built; whatever is wrong here is said and does no harm
        cure = getattr(error, "cure", "")
        shown.say(f"Gatepost: no report. {error} {cure}")


def chooser(site: SiteSettings) -> Chooser:
    """How this build chooses an offer for `Offer: auto`. What learning needs is asked for once, and only where it is needed."""
    if site.auto != LEARN:
        return BySubject()
    return Learning(site.auto_seed, lambda: evidence.find(site, os.environ, datetime.now(UTC)))


def tell_choices(pelican: Mapping[str, Any], site: SiteSettings, chosen: Chooser) -> None:
    """Where a build learned: what it chose and why, as a table and in `auto.json`; never to the harm of the build."""
    if not isinstance(chosen, Learning) or not chosen.choices:
        return
    try:
        choices.tell(chosen, _folder(pelican, site), datetime.now(UTC))
    except Exception as error:  # the site is built; whatever is wrong here is said and does no harm
        shown.say(f"Gatepost: no {choices.FILE_NAME}. {error}")


def notes_for(chosen: Chooser) -> tuple[str, ...]:
    """What a build would choose and why, for a check; nothing where it does not learn. Never raises."""
    if not isinstance(chosen, Learning) or not chosen.choices:
        return ()
    try:
        return tuple(choices.notes(chosen, datetime.now(UTC)))
    except Exception as error:  # a check is about mistakes
        return (f"What `Offer: auto` would show cannot be told: {error}",)


def _report(pelican: Mapping[str, Any], site: SiteSettings, found: Found) -> None:
    folder = _folder(pelican, site)
    figures = found.figures
    if figures is None:
        raise ReportSkipped(" ".join(found.reasons))
    shown.show(figures, _written(figures, folder, site.data))
    if figures.is_kept or found.reasons:
        shown.say(shown.source(figures, found.reasons, datetime.now(UTC)))


def _folder(pelican: Mapping[str, Any], site: SiteSettings) -> Path:
    chosen = Path(str(pelican.get("GATEPOST_REPORT_DIR") or DEFAULT_FOLDER)).expanduser()
    folder = Path(os.path.normpath(site.file.parent / chosen))
    public = [site.output, *(Path(os.path.normpath(site.content / path)) for path in pelican.get("STATIC_PATHS", ()))]
    if any(folder.is_relative_to(place) for place in public):
        raise ReportSkipped(f"GATEPOST_REPORT_DIR is {chosen}, which is published. Choose a folder outside the site.")
    return folder


def _written(figures: Figures, folder: Path, data: Path) -> Path | None:
    """The page of the report, once all of its files are written; they belong together, so else none is."""
    try:
        texts = figures.texts()
        _write(figures, texts, folder)
    except Exception as error:  # the figures themselves are here, and are shown
        shown.say(f"Gatepost: the report's files stay as they were. {error}")
        return None
    _keep(figures, texts, data)
    return folder / "index.html"


def _write(figures: Figures, texts: Texts, folder: Path) -> None:
    files = {"index.html": texts.html, "report.json": shown.json(figures.plain), "articles.csv": texts.csv}
    for name, text in files.items():
        catalogue.write_atomically(folder / name, text.encode())


def _keep(figures: Figures, texts: Texts, folder: Path) -> None:
    if figures.is_kept:
        return
    try:
        kept.keep(figures, texts, folder)
    except OSError as error:
        shown.say(f"Gatepost: these figures could not be kept for later builds: {error}")
