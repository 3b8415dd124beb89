"""What a settings file says about where things are, read without running it: a command that begins a file must not wait."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Conf:
    """The settings that are written out as plain values; what a program computes is not known here."""

    values: dict[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        """The folder of all texts."""
        return Path(self._text("PATH", "content"))

    @property
    def theme(self) -> Path:
        """The folder of the theme, where the setting is one."""
        return Path(self._text("THEME", "theme"))

    @property
    def articles(self) -> Path:
        """The folder that new articles go to."""
        return self.content / self._first("ARTICLE_PATHS", "articles")

    @property
    def pages(self) -> Path:
        """The folder that new pages go to."""
        return self.content / self._first("PAGE_PATHS", "pages")

    @property
    def offers(self) -> Path:
        """The folder of offers."""
        return self.content / self._text("GATEPOST_OFFERS_PATH", "offers")

    def draft_address(self, slug: str, lang: str, *, page: bool = False) -> str:
        """The file in which the site shows a draft, if it says so in plain words or not at all."""
        name, folder = ("DRAFT_PAGE", "drafts/pages") if page else ("DRAFT", "drafts")
        if lang and lang.lower() != self._text("DEFAULT_LANG", "en").lower():
            pattern = self._text(f"{name}_LANG_SAVE_AS", f"{folder}/{{slug}}-{{lang}}.html")
        else:
            pattern = self._text(f"{name}_SAVE_AS", f"{folder}/{{slug}}.html")
        return pattern.replace("{slug}", slug).replace("{lang}", lang.lower())

    def usual_category(self) -> str:
        """The subject that most articles in that folder have."""
        counts = Counter(found for path in sorted(self.articles.glob("*.md"))[:200] if (found := _category(path)))
        return counts.most_common(1)[0][0] if counts else "Writing"

    def _text(self, name: str, usual: str) -> str:
        value = self.values.get(name)
        return value if isinstance(value, str) and value else usual

    def _first(self, name: str, usual: str) -> str:
        value = self.values.get(name)
        first = next(iter(value), "") if isinstance(value, list | tuple) else ""
        # Pelican looks for articles in all of the content unless told otherwise.
        return first if isinstance(first, str) and first not in ("", ".") else usual


def read(path: Path = Path("pelicanconf.py")) -> Conf:
    """The settings file; empty where there is none, or none that Python reads."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return Conf()
    values: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and (found := _literal(node.value)) is not None:
                    values[target.id] = found
    return Conf(values)


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _category(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            lines = [next(file, "") for _ in range(12)]
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.lower().startswith("category:")), "")
