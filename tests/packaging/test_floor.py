"""The plugin works with the oldest Pelican that it names, and builds there what it builds with the newest."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, missing
from tests.plugin.sites import Site, everything_in, small_site

FLOOR = ROOT / ".ci/tools/pelican-floor"


def test_the_oldest_pelican_is_the_one_that_is_tried() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    floor = next(one.removeprefix("pelican>=") for one in wanted if one.startswith("pelican>="))
    tried = re.findall(r"pelican==(\S+)", (ROOT / ".ci/run").read_text())
    assert tried == [f"{floor}.0"]


@pytest.mark.parametrize("module", ["pelican", "gatepost_pelican.building"])
def test_the_oldest_pelican_builds_the_site_and_lets_nothing_held_out(tmp_path: Path, module: str) -> None:
    if not (FLOOR / "pelican").is_dir():
        missing("the oldest Pelican")
    site = small_site(tmp_path)
    site.configure(
        "GATEPOST_SEARCH = GATEPOST_CARDS = GATEPOST_PICTURES = GATEPOST_SITEMAP = True\nGATEPOST_DRAFTS = 'private'\n"
    )
    done = with_floor(site, module)
    assert done.returncode == 0, done.stdout + done.stderr
    found = everything_in(site.output)
    assert {"gated.html", "offers/ten-checks.html", "sitemap.xml", "search.html"} <= set(found)
    assert not [name for name, data in found.items() if b"HELD" in data]
    assert found["gated.html"].count(b"data-gp-form") == 1


def with_floor(site: Site, module: str) -> subprocess.CompletedProcess[str]:
    folders = (FLOOR, ROOT / "capture", ROOT / "plugins")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "GATEPOST_"))}
    env = {**mine, "PYTHONPATH": os.pathsep.join(map(str, folders))}
    command = [sys.executable, "-m", module, *(["content"] if module == "pelican" else []), "-s", "pelicanconf.py"]
    return subprocess.run(command, cwd=site.folder, env=env, capture_output=True, text=True, timeout=120)
