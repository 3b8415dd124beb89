"""Lighthouse on a phone's profile: speed, accessibility, best practices and search, all of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.conftest import CHROMIUM, ROOT, missing
from tests.site.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.alone]
LIGHTHOUSE = ROOT / ".ci/tools/node_modules/lighthouse/cli/index.js"
PAGES = {
    "home": "/", "article": "/which-article-did-it.html", "landing": "/offers/article-checklist.html", "thanks": "/thanks/article-checklist",
}  # fmt: skip
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Milliseconds, but for the shift of layout. Nothing of ours blocks; a shared machine may stretch one task by the five milliseconds
# that Lighthouse multiplies by four.
TARGETS = {"largest-contentful-paint": 1500, "total-blocking-time": 20, "cumulative-layout-shift": 0}
# A machine that does other things beside is measured up to so often; the median counts.
MOST = 5


def looked_at(url: str, folder: Path) -> dict[str, Any]:
    """One run: Lighthouse's own report."""
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu"
    command = [
        "node", str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}", "--disable-full-page-screenshot",
    ]  # fmt: skip
    # A browser puts sockets into this folder, whose paths may not be long.
    with tempfile.TemporaryDirectory(prefix="lh-", dir="/tmp", ignore_cleanup_errors=True) as short:
        env = {**os.environ, "CHROME_PATH": str(CHROMIUM), "TMPDIR": short}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=150)
    assert report.is_file(), done.stdout + done.stderr
    found: dict[str, Any] = json.loads(report.read_text())
    report.unlink()
    assert "runtimeError" not in found, found["runtimeError"]
    return found


def scores(report: dict[str, Any]) -> dict[str, int]:
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def wrong(report: dict[str, Any], category: str) -> list[str]:
    """What took points away."""
    weighed = [one["id"] for one in report["categories"][category]["auditRefs"] if one["weight"]]
    return [name for name in weighed if report["audits"][name]["score"] not in (1, None)]


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_gets_a_hundred_in_everything(demo: Demo, name: str, tmp_path: Path) -> None:
    if not LIGHTHOUSE.is_file() or not shutil.which("node") or not CHROMIUM:
        missing("Lighthouse")
    reports = [looked_at(demo.url + PAGES[name], tmp_path)]
    for category in CATEGORIES[1:]:
        assert wrong(reports[0], category) == [], (category, scores(reports[0]))
        assert scores(reports[0])[category] == 100, category
    while (slow := too_slow(reports)) and len(reports) < MOST:
        reports.append(looked_at(demo.url + PAGES[name], tmp_path))
    assert slow == {}, ([scores(one) for one in reports], wrong(reports[-1], "performance"))


def too_slow(reports: list[dict[str, Any]]) -> dict[str, float]:
    """What is above its target. What a machine does beside makes a page slower, and never faster: of each the best counts."""
    best = {name: min(one["audits"][name]["numericValue"] for one in reports) for name in TARGETS}
    found = {name: value for name, value in best.items() if value > TARGETS[name]}
    # Shared machines take a point now and then, and it is theirs.
    speed = median(scores(one)["performance"] for one in reports)
    return found | ({} if speed >= 99 else {"performance": speed})
