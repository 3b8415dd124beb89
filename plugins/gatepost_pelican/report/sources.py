"""Where figures come from, in this order: the capture service with a token, a database, what an earlier build kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gatepost import settings
from gatepost.catalogue import Catalogue
from gatepost_pelican.report import counting, fetching, kept
from gatepost_pelican.report.figures import Figures
from gatepost_pelican.settings import SiteSettings

NO_DATABASE = "There is no database yet; `gatepost up` makes one."


@dataclass(frozen=True)
class Found:
    """Figures, or none; and why each source before them gave none, in whole sentences."""

    figures: Figures | None = None
    reasons: tuple[str, ...] = ()


def find(site: SiteSettings, env: Mapping[str, str], built: Catalogue, now: datetime) -> Found:
    """The first figures there are. Never raises, and waits for seconds at most: a build does not depend on them."""
    reasons: list[str] = []
    for source in (_from_service, _from_database, _from_cache):
        try:
            figures = source(site, env, built, now, reasons)
        except Exception as error:  # whatever is wrong with one source, there is the next one
            reasons.append(words(error))
        else:
            if figures is not None:
                return Found(figures, tuple(reasons))
    return Found(None, tuple(reasons) or (NO_DATABASE,))


def _from_service(
    site: SiteSettings, env: Mapping[str, str], _built: Catalogue, _now: datetime, _reasons: list[str]
) -> Figures | None:
    token = settings.api_token(env)
    return fetching.fetch(site.capture_url, token) if token else None


def _from_database(
    site: SiteSettings, env: Mapping[str, str], built: Catalogue, now: datetime, reasons: list[str]
) -> Figures | None:
    url = settings.database_url({**env, "GATEPOST_DATA_DIR": str(site.data)})
    if counting.is_there(url):
        return counting.count(url, built, now)
    # With a token nobody expects one on this machine.
    if not reasons:
        reasons.append(NO_DATABASE)
    return None


def _from_cache(
    site: SiteSettings, _env: Mapping[str, str], _built: Catalogue, _now: datetime, _reasons: list[str]
) -> Figures | None:
    return kept.read(site.data)


def words(error: Exception) -> str:
    """What went wrong with a source, as a whole sentence."""
    text = " ".join(f"{error} {getattr(error, 'cure', '')}".split()) or type(error).__name__
    return text if text.endswith(".") else f"{text}."
