"""Part one: a full build with the plugin against stock Pelican, of the same articles in the same theme.

Every build goes into an empty folder. What the plugin keeps under .gatepost/ is warm: one build before the first
measured one has filled it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import corpus
from bench.children import Cost, run
from bench.figures import ratios, spread

CONF = """
SITENAME = "Bench"
SITEURL = "https://blog.example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["articles"]
THEME = "simple"
DEFAULT_PAGINATION = 10
USE_FOLDER_AS_CATEGORY = False
FEED_ALL_ATOM = "feeds/all.atom.xml"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.codehilite": {"css_class": "highlight", "guess_lang": False},
        "markdown.extensions.meta": {},
        "markdown.extensions.smarty": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
"""
STOCK = CONF + "PLUGINS = []\n"
WITH_PLUGIN = f"""{CONF}
PLUGINS = ["gatepost_pelican"]
GATEPOST_CAPTURE_URL = "https://go.example.org"
GATEPOST_CONSENTS = {{"letters": {{"version": "bench", "wording": {corpus.LETTERS!r}}}}}
"""


@dataclass(frozen=True)
class Site:
    """A site ready to be built."""

    folder: Path
    name: str

    def build(self) -> Cost:
        """One full build in a new process, into an empty folder. Raises ChildFailed."""
        shutil.rmtree(self.folder / "output", ignore_errors=True)
        # Without a database there is no report to make: what is measured is the site.
        env = {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}
        command = [sys.executable, "-m", "pelican", "-s", "conf.py", "-o", "output", "--quiet"]
        return run(command, self.folder, env, self.folder / "build.log")

    def pages(self) -> int:
        """How many HTML files the last build made."""
        return sum(1 for _ in (self.folder / "output").rglob("*.html"))


def measure(work: Path, articles: int, rounds: int, say: Callable[[str], None]) -> dict[str, object]:
    """Build both sites `rounds` times in turn. Seconds, MiB, and ratios of the plugin to stock."""
    stock = _site(work / f"stock-{articles}", "stock", articles, STOCK, offers=False)
    ours = _site(work / f"plugin-{articles}", "plugin", articles, WITH_PLUGIN, offers=True)
    say(f"{articles} articles: filling the plugin's cache")
    cold = ours.build()
    costs: dict[str, list[Cost]] = {"stock": [], "plugin": []}
    for number in range(rounds):
        # A B B A: whichever comes first gains nothing by it.
        for site in (stock, ours) if number % 2 == 0 else (ours, stock):
            say(f"{articles} articles: round {number + 1} of {rounds}, {site.name}")
            costs[site.name].append(site.build())
    return {
        "articles": articles,
        "rounds": rounds,
        "stock": _plain(costs["stock"]) | {"pages": stock.pages()},
        "plugin": _plain(costs["plugin"]) | {"pages": ours.pages()},
        "plugin_first_build": {"wall_s": round(cold.wall, 3), "cpu_s": round(cold.cpu, 3)},
        "plugin_to_stock": {name: _against(name, costs) for name in ("wall", "cpu", "peak")},
    }


def _against(name: str, costs: dict[str, list[Cost]]) -> dict[str, float]:
    """The ratio round by round, and that of the fastest two builds: what others do on the machine only ever adds."""
    ours, stock = ([getattr(cost, name) for cost in costs[site]] for site in ("plugin", "stock"))
    return ratios(ours, stock).plain() | {"fastest": round(min(ours) / min(stock), 3)}


def _site(folder: Path, name: str, articles: int, conf: str, *, offers: bool) -> Site:
    corpus.write(folder / "content", articles, offers=offers)
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    return Site(folder, name)


def _plain(costs: list[Cost]) -> dict[str, object]:
    return {
        "wall_s": spread([cost.wall for cost in costs]).plain(),
        "cpu_s": spread([cost.cpu for cost in costs]).plain(),
        "peak_mib": spread([cost.peak for cost in costs]).plain(),
    }
