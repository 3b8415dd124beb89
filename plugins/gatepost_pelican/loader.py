"""Where templates come from: the theme first, then Gatepost's own; and the script in themes that do not know it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader

OWN_TEMPLATES = Path(__file__).parent / "templates"

# A theme that says one of these does the rest itself.
_KNOWS = ("gatepost.script_url", "gatepost/head.html", "gatepost/script.html")
# A site without offers stays as it is, byte for byte: the plus keeps the blanks before the line.
_STYLE = ("</head>", '{%+ if gatepost and gatepost.offers %}{% include "gatepost/style.html" %}{% endif %}')
_SCRIPT = ("</body>", '{%+ if gatepost and gatepost.offers %}{% include "gatepost/script.html" %}{% endif %}')


class ScriptingLoader(ChoiceLoader):
    """Puts style and script before the end of whichever template ends head and page. Compiled once, so no page pays for it."""

    def __init__(self, loaders: list[BaseLoader], add_script: bool):
        super().__init__(loaders)
        self.add_script = add_script

    # ChoiceLoader would let each loader compile its own source, unseen by `get_source`.
    load = BaseLoader.load

    def get_source(self, environment: Environment, template: str) -> Any:
        source, name, is_fresh = super().get_source(environment, template)
        for end, part in (_STYLE, _SCRIPT) if self.add_script else ():
            if end in source:
                before, after = source.rsplit(end, 1)
                source = f"{before}{part}{end}{after}"
        return source, name, is_fresh


def add_templates(generator: Any) -> None:
    """Called for each of Pelican's generators, every one of which has an environment of its own."""
    loaders = [*generator.env.loader.loaders, FileSystemLoader(OWN_TEMPLATES)]
    generator.env.loader = ScriptingLoader(loaders, add_script=not theme_knows(generator._templates_path))


def theme_knows(folders: list[str]) -> bool:
    """Do the templates in these folders say themselves where the script goes?"""
    templates = (file for folder in folders for file in Path(folder).expanduser().rglob("*") if file.is_file())
    return any(_knows(file.read_text(encoding="utf-8", errors="replace")) for file in templates)


def _knows(source: str) -> bool:
    return any(name in source for name in _KNOWS)
