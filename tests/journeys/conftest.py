"""A whole site, served by `gatepost up` as a person would run it, and a real browser before it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Site:
    """A running site: its address, its folder, and its command line."""

    url: str
    folder: Path

    def gatepost(self, *words: str, typed: str = "") -> str:
        done = subprocess.run(
            [sys.executable, "-m", "gatepost.cli", *words],
            cwd=self.folder,
            env=plain_env(),
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def plain_env(**more: str) -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if not k.startswith("GATEPOST_")}, **more}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("whole") / "blog"
    subprocess.run(
        [sys.executable, "-m", "gatepost.cli", "init", folder], check=True, env=plain_env(), capture_output=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder.parent / "up.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "gatepost.cli", "up"],
            cwd=folder,
            env=plain_env(PORT=str(port)),
            stdout=stream,
            stderr=stream,
        )
    url = f"http://127.0.0.1:{port}"
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"gatepost up ended: {log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5)
            break
        except OSError:
            time.sleep(0.5)
    yield Site(url, folder)
    process.terminate()
    process.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()[-5000:]
