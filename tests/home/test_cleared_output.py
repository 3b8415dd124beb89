"""DELETE_OUTPUT_DIRECTORY: what is old goes, and nothing that this build has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican import signals

from gatepost_pelican.mistakes import SiteMistaken
from tests.home.pelicans import Plugin, alone
from tests.plugin.sites import Site, article, small_site


def early() -> Plugin:
    """A plugin that writes before the first page is there, as those do that know all articles by then."""

    def write(generators: list[Any]) -> None:
        Path(generators[0].output_path).mkdir(exist_ok=True)
        Path(generators[0].output_path, "robots.txt").write_text("User-agent: *\n")

    return Plugin((signals.all_generators_finalized, write))


def cleared(site: Site, plugins: list[Any]) -> None:
    kept = {"DELETE_OUTPUT_DIRECTORY": True, "OUTPUT_RETENTION": [".git"]}
    site.build(PLUGINS=plugins, **kept)


@pytest.mark.parametrize("is_first", [True, False], ids=["before Gatepost", "after Gatepost"])
def test_old_files_go_and_those_of_other_plugins_and_retained_ones_stay(tmp_path: Path, is_first: bool) -> None:
    site, plugin = small_site(tmp_path), early()
    for name in ("output/old/page.html", "output/.git/config", "output/robots.txt"):
        site.write(name, "from the last build")
    (site.output / "link").symlink_to(site.folder / "content")
    with alone(plugin):
        cleared(site, [plugin, "gatepost_pelican"] if is_first else ["gatepost_pelican", plugin])
    assert not (site.output / "old").exists()
    assert not (site.output / "link").is_symlink()
    assert (site.folder / "content/articles/plain.md").is_file()
    assert (site.output / ".git/config").is_file()
    assert (site.output / "robots.txt").read_text() == "User-agent: *\n"
    assert (site.output / "plain.html").is_file()


def test_a_build_that_fails_clears_nothing(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site.write("output/old/page.html", "from the last build")
    site.write("content/articles/plain.md", article("plain", "Words.", Offer="not-there"))
    with pytest.raises(SiteMistaken):
        cleared(site, ["gatepost_pelican"])
    assert (site.output / "old/page.html").is_file()
