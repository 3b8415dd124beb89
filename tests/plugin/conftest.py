"""Sites built once a module: a build takes a second."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugin.sites import Site, small_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small site without a mistake, not built yet."""
    return small_site(tmp_path)
