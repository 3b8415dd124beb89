"""Where learning has its evidence from: the capture service with a token, a database, what an earlier build kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gatepost import catalogue, settings
from gatepost.offers.learning import Counts, Evidence
from gatepost.report.placements import FORMAT, as_dict
from gatepost_pelican.choosing import Known
from gatepost_pelican.report import counting, fetching, sources
from gatepost_pelican.settings import SiteSettings

FILE_NAME = "offered.json"
_COUNTS = ("seen", "requested", "confirmed")
_NOBODY = "No offer was seen under any article yet."


class EvidenceUnreadable(Exception):
    """Something that calls itself evidence and is none of this version."""


def find(site: SiteSettings, env: Mapping[str, str], now: datetime) -> Known:
    """The first evidence there is, kept for builds to which nothing answers. Never raises, and waits for seconds at most."""
    reasons: list[str] = []
    for source in (_from_service, _from_database):
        try:
            found = source(site, env)
        except Exception as error:  # whatever is wrong with one source, there is the next one
            reasons.append(sources.words(error))
        else:
            if found is not None:
                return Known(*_kept(found, site, now, reasons)) if found.pairs else Known(None, (_NOBODY,))
    return _from_cache(site, reasons or [sources.NO_DATABASE])


def read(plain: Any) -> Evidence:
    """Evidence as it came out of JSON. Raises EvidenceUnreadable."""
    rows = plain.get("rows") if isinstance(plain, dict) and plain.get("format") == FORMAT else None
    if not isinstance(rows, list):
        raise EvidenceUnreadable(f"It is not a list of offers of format {FORMAT}, which this version reads.")
    return Evidence(dict(_pair(row) for row in rows))


def _pair(row: Any) -> tuple[tuple[str, str], Counts]:
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in ("article", "offer")):
        raise EvidenceUnreadable("A row lacks its article or its offer.")
    return (row["article"], row["offer"]), Counts(*(_count(row, name) for name in _COUNTS))


def _count(row: dict[str, Any], name: str) -> int:
    value = row.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise EvidenceUnreadable(f"A row of the article {str(row['article'])[:40]!r} holds something that is no count.")
    return value


def _from_service(site: SiteSettings, env: Mapping[str, str]) -> Evidence | None:
    token = settings.api_token(env)
    return read(fetching.fetch_offered(site.capture_url, token)) if token else None


def _from_database(site: SiteSettings, env: Mapping[str, str]) -> Evidence | None:
    url = settings.database_url({**env, "GATEPOST_DATA_DIR": str(site.data)})
    return counting.offered(url) if counting.is_there(url) else None


def _from_cache(site: SiteSettings, reasons: list[str]) -> Known:
    path = site.data / FILE_NAME
    try:
        raw = json.loads(path.read_bytes())
        return Known(read(raw), tuple(reasons), datetime.fromisoformat(raw["made_at"]))
    except FileNotFoundError:
        return Known(None, tuple(reasons))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, EvidenceUnreadable):
        return Known(None, (*reasons, f"What was kept in {path} cannot be read; delete the file."))


def _kept(found: Evidence, site: SiteSettings, now: datetime, reasons: list[str]) -> tuple[Evidence, tuple[str, ...]]:
    try:
        text = json.dumps({**as_dict(found), "made_at": now.isoformat()}, ensure_ascii=False)
        catalogue.write_atomically(site.data / FILE_NAME, text.encode())
    except OSError as error:
        return found, (*reasons, f"What learning goes by could not be kept for later builds: {error}.")
    return found, tuple(reasons)
