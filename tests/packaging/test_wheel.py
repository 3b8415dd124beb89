"""From a wheel, in a fresh virtual environment: install, init, up, and a reader who signs up."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("packaging")]


def plain_env(**more: str) -> dict[str, str]:
    """The environment of somebody who has nothing of ours set."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GATEPOST_", "PYTHON", "VIRTUAL_ENV"))}
    return {**kept, **more}


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=plain_env(**env), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str, body: dict[str, object] | None = None) -> tuple[int, bytes]:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body is not None else {})
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment that got the wheel and the locked dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", cwd=ROOT)
    (wheel,) = (folder / "dist").glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    pip = folder / "venv" / "bin" / "pip"
    run(pip, "install", "-q", "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
    run(pip, "install", "-q", "--no-deps", wheel, cwd=folder)
    run(pip, "check", cwd=folder)
    return folder / "venv" / "bin"


@pytest.fixture(scope="module")
def new_site(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "blog"
    run(installed / "gatepost", "init", folder, cwd=folder.parent)
    return folder


@pytest.fixture(scope="module")
def address(installed: Path, new_site: Path) -> Iterator[str]:
    port = free_port()
    log = new_site.parent / "up.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [installed / "gatepost", "up"], cwd=new_site, env=plain_env(PORT=str(port)), stdout=stream, stderr=stream
        )
    base = f"http://127.0.0.1:{port}"
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"gatepost up ended: {log.read_text()[-3000:]}")
        try:
            if fetch(f"{base}/healthz")[0] == 200:
                break
        except OSError:
            time.sleep(0.5)
    else:
        pytest.fail(f"gatepost up did not answer: {log.read_text()[-3000:]}")
    yield base
    process.terminate()
    assert process.wait(timeout=20) in (0, -15, 143), log.read_text()[-3000:]


def test_init_writes_the_top_level_of_a_site_and_never_into_a_full_folder(installed, new_site):
    assert {"content", "theme", "pelicanconf.py", "publishconf.py", "README.md"} <= {p.name for p in new_site.iterdir()}
    again = subprocess.run([installed / "gatepost", "init", new_site], capture_output=True, text=True, env=plain_env())
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_up_serves_the_blog_the_offers_and_the_capture_service_on_one_address(address):
    status, home = fetch(f"{address}/")
    assert status == 200
    assert b"Gatepost" in home
    assert fetch(f"{address}/offers/")[0] == 200
    assert fetch(f"{address}/theme/gatepost.js")[0] == 200
    assert fetch(f"{address}/owner/")[0] == 200
    assert fetch(f"{address}/no-such-page")[0] == 404


def test_a_reader_of_the_installed_site_signs_up_and_the_letter_is_in_the_mailbox(address):
    status, answer = fetch(f"{address}/signup", {"email": "ada@example.org", "offer": "article-checklist"})
    assert (status, json.loads(answer)) == (202, {"status": "check-your-mail"})
    for _ in range(40):
        letters = json.loads(fetch(f"{address}/mailbox")[1])
        if letters:
            break
        time.sleep(0.25)
    assert [letter["to"] for letter in letters] == ["ada@example.org"]


def test_check_and_report_work_in_a_new_site(installed, new_site, address):
    run(installed / "gatepost", "check", cwd=new_site)
    report = json.loads(run(installed / "gatepost", "report", "--format", "json", cwd=new_site))
    assert report["articles"]


def test_pelican_finds_the_plugin_by_itself_under_its_own_namespace(installed, tmp_path):
    (tmp_path / "content" / "offers").mkdir(parents=True)
    (tmp_path / "content" / "one.md").write_text("Title: One\nDate: 2026-01-01\nCategory: A\nOffer: list\n\nHello.\n")
    (tmp_path / "content" / "offers" / "list.md").write_text(
        "Title: The list\nSlug: list\nSummary: Short.\nKind: checklist\nConsent: Yes, write to me.\n\n"
        "A teaser.\n\n<!-- gate -->\n\n- [ ] One thing\n"
    )
    (tmp_path / "pelicanconf.py").write_text(
        "SITENAME = 'Other'\nSITEURL = 'http://127.0.0.1:8000'\nTIMEZONE = 'UTC'\n"
    )
    run(installed / "pelican", "content", "-s", "pelicanconf.py", cwd=tmp_path)
    assert 'action="http://127.0.0.1:8000/signup"' in (tmp_path / "output" / "one.html").read_text()
    assert (tmp_path / "output" / "offers" / "list.html").is_file()
    assert (tmp_path / ".gatepost" / "catalogue.json").is_file()
