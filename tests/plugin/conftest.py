"""Sites built once a module: a build takes a second."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatepost_pelican.report import counting, fetching
from tests.conftest import small_catalogue
from tests.plugin.reporting import NOW, Folder
from tests.plugin.sites import Site, small_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small site without a mistake, not built yet."""
    return small_site(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A site that was built once, in the working directory; nothing in the environment."""
    path = tmp_path / "site"
    (path / "content").mkdir(parents=True)
    (path / "pelicanconf.py").write_text("")
    monkeypatch.chdir(path)
    for name in [name for name in os.environ if name.startswith("GATEPOST_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    small_catalogue(path / ".gatepost", NOW)
    plain = {"PATH": str(path / "content"), "OUTPUT_PATH": str(path / "output"), "SITENAME": "Nobody's module"}
    return Folder(path, plain)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine must not look like a service that does not answer."""
    monkeypatch.setattr(fetching, "PATIENCE", 60.0)
    monkeypatch.setattr(counting, "PATIENCE", 60.0)
    monkeypatch.setattr(counting, "LONGEST", 60.0)


@pytest.fixture
def impatient(_patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second: what never answers is given up soon."""
    monkeypatch.setattr(fetching, "PATIENCE", 0.5)
    monkeypatch.setattr(counting, "PATIENCE", 0.5)
