"""The same articles as four sites: stock Pelican, Pelican with Gatepost, the same with offers, and Hugo."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pelican

from bench import corpus, hugo
from gatepost.cli.watching import BUILDING

CONF = f"""
SITENAME = "Bench"
SITEURL = "https://blog.example.org"
AUTHOR = {hugo.AUTHOR!r}
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["articles"]
THEME = "theme"
DEFAULT_PAGINATION = 10
USE_FOLDER_AS_CATEGORY = False
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
# Hugo's names for everything but articles, so that both make the same files.
CATEGORY_URL = CATEGORY_SAVE_AS = "categories/{{slug}}.html"
TAG_URL = TAG_SAVE_AS = "tags/{{slug}}.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "authors/{{slug}}.html"
TAGS_SAVE_AS, CATEGORIES_SAVE_AS, AUTHORS_SAVE_AS = (f"{{name}}/index.html" for name in ("tags", "categories", "authors"))
PAGINATION_PATTERNS = [(1, "{{url}}", "{{save_as}}"), (2, "{{name}}/page/{{number}}.html", "{{name}}/page/{{number}}.html")]
MARKDOWN = {{
    "extension_configs": {{
        "markdown.extensions.extra": {{}},
        "markdown.extensions.codehilite": {{"css_class": "highlight", "guess_lang": False}},
        "markdown.extensions.meta": {{}},
        "markdown.extensions.smarty": {{}},
        "markdown.extensions.toc": {{}},
    }},
    "output_format": "html5",
}}
"""
STOCK = CONF + "PLUGINS = []\n"
PLUGIN = CONF + 'PLUGINS = ["gatepost_pelican"]\n'
WITH_OFFERS = f"""{PLUGIN}
GATEPOST_CAPTURE_URL = "https://go.example.org"
GATEPOST_CONSENTS = {{"letters": {{"version": "bench", "wording": {corpus.LETTERS!r}}}}}
"""
_PELICAN = (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", "output", "--quiet")
_BUILDING = (*BUILDING, "-s", "pelicanconf.py", "-o", "output")
# What a command line begins with is what its script does, without a guess where the script lies.
_GATEPOST = (sys.executable, "-c", "from gatepost.cli import main; main()")
_FOOTER = "Proudly powered by"


class NotBuilt(Exception):
    """A command ended well and did not do what it was to do: its time would mean nothing."""


@dataclass(frozen=True)
class Site:
    """A site in `folder`. `command` is what its writer runs; `template` shows its footer on every page."""

    name: str
    folder: Path
    command: tuple[str, ...]
    articles: str
    template: str
    title: str
    watching: tuple[str, ...] = ()
    # The command of Gatepost that starts `command` as a child.
    outer: tuple[str, ...] = ()

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def env(self) -> dict[str, str]:
        """Without settings of whoever measures, and with Hugo's own cache in the site's folder."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("GATEPOST_", "HUGO_"))}
        return env | {"HUGO_CACHEDIR": str(self.folder / "cache")}

    def forget(self) -> None:
        """As if nothing had ever been built here."""
        self.clear()
        for name in (".gatepost", "cache", "resources", ".hugo_build.lock"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def clear(self) -> None:
        """Take the pages away, and nothing else."""
        shutil.rmtree(self.output, ignore_errors=True)

    def edit(self, what: str, slug: str, word: str) -> Callable[[], None]:
        """Put `word` into the text of an article, its title, or the template. Returns what takes it back."""
        path = self.folder / (self.template if what == "template" else f"{self.articles}/{slug}.md")
        before = path.read_text(encoding="utf-8")
        path.write_text(self._edited(what, before, word), encoding="utf-8")
        return lambda: _put_back(path, before)

    def _edited(self, what: str, text: str, word: str) -> str:
        if what == "template":
            return text.replace(_FOOTER, f"{_FOOTER} {word}")
        if what == "title":
            head, sign, rest = text.partition(self.title)
            return f"{head}{sign}{word} {rest}"
        return f"{text.rstrip()}\n\nAnd one sentence more, {word}.\n"

    def demand(self, slug: str, word: str) -> None:
        """Raises NotBuilt unless the page of this article shows `word`."""
        page = self.output / f"{slug}.html"
        if not page.is_file() or word not in page.read_text(encoding="utf-8"):
            raise NotBuilt(f"{self.name}: {page.name} does not show {word!r}")

    def pages(self) -> list[str]:
        """The names of all HTML files."""
        return sorted(path.relative_to(self.output).as_posix() for path in self.output.rglob("*.html"))


def write(work: Path, articles: int) -> dict[str, Site]:
    """All sites there can be, by name, each written afresh. Without Hugo, three."""
    wanted = {"pelican": STOCK, "gatepost": PLUGIN, "offers": WITH_OFFERS}
    sites = {name: _pelican(work / f"{name}-{articles}", name, articles, conf) for name, conf in wanted.items()}
    found = hugo.program()
    if found is not None:
        sites["hugo"] = _hugo(work / f"hugo-{articles}", articles, found)
    return sites


def _pelican(folder: Path, name: str, articles: int, conf: str) -> Site:
    shutil.rmtree(folder, ignore_errors=True)
    corpus.write(folder / "content", articles, offers=name == "offers")
    for path in (folder / "content" / "articles").iterdir() if name != "offers" else ():
        path.write_text(corpus.plain(path.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copytree(Path(str(pelican.__file__)).parent / "themes" / "simple", folder / "theme")
    (folder / "pelicanconf.py").write_text(conf, encoding="utf-8")
    is_stock = name == "pelican"
    up = (*_PELICAN[:-1], "--autoreload", "--listen", "--port", "{port}") if is_stock else (*_GATEPOST, "up")
    outer = () if is_stock else (*_GATEPOST, "build", "-s", "pelicanconf.py", "-o", "output")
    command = _PELICAN if is_stock else _BUILDING
    return Site(name, folder, command, "content/articles", "theme/templates/base.html", "Title: ", up, outer)


def _hugo(folder: Path, articles: int, program: Path) -> Site:
    shutil.rmtree(folder, ignore_errors=True)
    hugo.write(folder, articles)
    command = (str(program), "--quiet", "--destination", "output")
    server = (
        str(program),
        "server",
        "--port",
        "{port}",
        "--bind",
        "127.0.0.1",
        "--baseURL",
        "http://127.0.0.1:{port}/",
    )
    return Site("hugo", folder, command, "content", "layouts/baseof.html", 'title: "', server)


def port_in(command: Sequence[str], port: int) -> list[str]:
    """A command with its port filled in."""
    return [part.format(port=port) if "{port}" in part else part for part in command]


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file's bytes, by name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _put_back(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
