"""How long the service takes for each page of the dashboard: `python -m bench.dashboard FOLDER` prints one line a page as JSON.

FOLDER holds gatepost.db and catalogue.json, as `python -m bench.history` makes them, after `gatepost db upgrade`. Times are
of the process, in milliseconds, so that a busy machine counts less; the first is that of the first look, the others are the
middle of several.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bench.sizes import LAST_DAY

ROUNDS = 5
HERE = "http://127.0.0.1"
_OWNER, _PASSWORD = "bench@example.org", "only for the bench, and nowhere else"
ROWS = (
    "leads",
    "days",
    "articles/{article}",
    "leads?article={article}",
    "articles?period=12-months",
    "?period=12-months",
)


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """First and middle milliseconds by page, and the size of the page in kB."""
    # As the command line sets it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    browser, article = _inside(folder)
    return {path: _times(browser, path.format(article=article)) for path in _paths()}


def _paths() -> list[str]:
    from gatepost.web.owner.panels import PANELS

    return ["", *list(PANELS)[1:], *ROWS]


def _times(browser: Any, path: str) -> dict[str, float]:
    took, size = [], 0
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        answer = browser.get(f"/owner/{path}", base_url=HERE)
        took.append(1000 * (time.process_time() - began))
        assert answer.status_code == 200, path
        size = len(answer.data)
    return {"first_ms": round(took[0], 1), "ms": round(median(took[1:]), 1), "kB": round(size / 1000, 1)}


def _inside(folder: Path) -> tuple[Any, str]:
    """A browser that is logged in, on the evening of the last day, and the article that was read most."""
    from gatepost import catalogue, settings
    from gatepost.actions import owning, ranking
    from gatepost.engine import Engine
    from gatepost.store import Database
    from gatepost.tokens import Tokens
    from gatepost.web import create_app

    env = {
        "GATEPOST_DATABASE_URL": f"sqlite:///{folder / 'gatepost.db'}", "GATEPOST_DATA_DIR": str(folder),
        "GATEPOST_SECRET_KEYS": secrets.token_urlsafe(32), "GATEPOST_SITE_URL": HERE,
    }  # fmt: skip
    read = settings.read(env)
    evening = datetime.combine(LAST_DAY, datetime.min.time(), UTC) + timedelta(hours=20)
    wired = Engine(
        read, Database(read.database_url), Tokens(read.secret_keys), catalogue.Follower(folder), lambda: evening
    )
    owning.add(wired, _OWNER, _PASSWORD)
    browser = create_app(wired).test_client()
    page = browser.get("/owner/login", base_url=HERE).text
    token = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
    form = {"csrf": token, "email": _OWNER, "password": _PASSWORD}
    browser.post("/owner/login", data=form, base_url=HERE, headers={"Origin": HERE})
    most = ranking.page(wired.database, wired.catalogue, order="-reads", size=1, now=evening).report.rows
    return browser, most[0].slug


if __name__ == "__main__":
    for name, found in measure(Path(sys.argv[1])).items():
        print(json.dumps({"page": f"/owner/{name}", **found}))
