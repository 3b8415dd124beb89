"""With and without the speed-ups a site is the same, byte for byte, whatever happened to it between two builds."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatepost import site as own
from tests.faster import changing, large_site
from tests.faster.building import Builder
from tests.plugin.sites import Site, everything_in

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("same-bytes")]
STEPS = 40
OWN_THEME = f"THEME = {str(own.theme_dir())!r}\nTHEME_TEMPLATES_OVERRIDES = []\n"
ANOTHER = "others/notes.txt"


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    made = Builder()
    yield made
    made.close()


def known(site: Site) -> Any:
    """What the catalogue says, but for the moment at which it was made."""
    found = json.loads((site.data / "catalogue.json").read_text())
    found.pop("built_at")
    return found


def copy_without_speed(site: Site) -> Site:
    """The same sources in another folder, where nothing was ever built and no speed-up is taken."""
    other = Site(site.folder.parent / "other")
    shutil.rmtree(other.folder, ignore_errors=True)
    shutil.copytree(site.folder, other.folder, ignore=shutil.ignore_patterns("output", ".gatepost", "__pycache__"))
    conf = (site.folder / "pelicanconf.py").read_text()
    other.write("pelicanconf.py", conf + "\nGATEPOST_FASTER = False\n")
    return other


class Walk:
    """One site through many changes, compared after each build with one built from nothing."""

    def __init__(self, site: Site, builder: Builder, seed: int):
        self.site, self.builder, self.dice = site, builder, random.Random(seed)
        self.done: list[str] = []
        self.again = self.failed = 0

    def step(self) -> None:
        """One to three changes, a build in one way or another, and the comparison."""
        for change in self.dice.choices([*changing.CHANGES], [*changing.CHANGES.values()], k=self.dice.randint(1, 3)):
            self.done.append(change.__name__)
            change(self.site, self.dice)
        before = everything_in(self.site.output) if self.site.output.exists() else None
        self._disturb()
        built = self.builder.build(self.site.folder)[0]
        self.done.append(f"built {built.again}")
        self.again += bool(built.again)
        self._compare(built.code, built.said, before)

    def _disturb(self) -> None:
        """Sometimes the build that counts is not the first one after the changes, or not the only one."""
        match self.dice.randint(0, 7):
            case 0:
                self.done.append("killed")
                self.builder.build(self.site.folder, killed_after=self.dice.uniform(0.01, 0.3))
            case 1:
                self.done.append("two at once")
                first, second = self.builder.build(self.site.folder, self.site.folder)
                assert first.code == second.code, (self.done, first.said, second.said)
            case 2:
                self.done.append("plain pelican")
                self.builder.build(self.site.folder, module="pelican")

    def _compare(self, code: int, said: str, before: dict[str, bytes] | None) -> None:
        other = copy_without_speed(self.site)
        expected = self.builder.build(other.folder)[0]
        assert code == expected.code, (self.done, said, expected.said)
        if code:
            self.failed += 1
            assert said.replace(str(self.site.folder), "") == expected.said.replace(str(other.folder), ""), self.done
            self._mend()
            return
        found, wanted = everything_in(self.site.output), everything_in(other.output)
        assert {name for name in found if found[name] != wanted.get(name)} == set(), self.done
        assert found.keys() == wanted.keys(), self.done
        assert known(self.site) == known(other), self.done

    def _mend(self) -> None:
        """A writer would take the last changes back; here the site begins anew, and what is kept stays."""
        shutil.rmtree(self.site.folder / "content")
        large_site.write(self.site.folder, self.more)

    more = ""


@pytest.mark.parametrize(("seed", "more"), [(1, ""), (2, ""), (3, OWN_THEME)])
def test_after_whatever_happened_a_build_is_one_from_nothing(
    tmp_path: Path, builder: Builder, seed: int, more: str
) -> None:
    walk = Walk(large_site.write(tmp_path / "site", more), builder, seed)
    walk.more = more
    assert builder.build(walk.site.folder)[0].code == 0
    for _ in range(STEPS):
        walk.step()
    # Otherwise nothing was compared with anything.
    assert walk.again > 1, walk.done
    assert walk.failed < STEPS // 2, walk.done
