"""Brings the catalogues of languages up to date with every sentence that code and templates mark for readers.

The same tree always gives the same files: sentences stand by the file that says them first, and then by the alphabet.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
PYTHON = ("capture", "plugins")
TEMPLATES = (
    "capture/gatepost/web/templates",
    "capture/gatepost/mail/templates",
    "plugins/gatepost_pelican/templates",
    "theme/templates",
)
CATALOGUES = ROOT / "capture" / "gatepost" / "languages"
ONE, SEVERAL = ("_", "t", "said"), "several"
PLURALS = {"de": "(n != 1)", "es": "(n != 1)", "fr": "(n > 1)"}
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: gatepost\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural={plural};\\n"

"""
# One sentence, or the two forms of one with a number in it.
Id = str | tuple[str, str]


@dataclass
class Marked:
    """A sentence and the files that say it."""

    id: Id
    files: list[str] = field(default_factory=list)


def extract() -> dict[str, Marked]:
    """Every marked sentence of the tree by its English, in the order of the catalogues."""
    found: dict[str, Marked] = {}
    for path in _paths():
        name = path.relative_to(ROOT).as_posix()
        sentences = _of_python(path) if path.suffix == ".py" else _of_template(path)
        for id_ in sorted(set(sentences), key=_key):
            marked = found.setdefault(_key(id_), Marked(id_))
            marked.id = id_ if isinstance(id_, tuple) else marked.id
            marked.files.append(name)
    return found


def updated(language: str, found: dict[str, Marked]) -> bytes:
    """The catalogue of a language as it should be: known translations kept, near ones marked as fuzzy."""
    path = CATALOGUES / f"{language}.po"
    known = read_po(BytesIO(path.read_bytes()), locale=language) if path.is_file() else Catalog(locale=language)
    before = {_key(message.id): message for message in known if message.id}
    gone = [key for key in before if key not in found and any(_strings(before[key]))]
    made = Catalog(locale=language)
    for key, marked in found.items():
        message = _translated(before.get(key), marked) or _near(before, gone, key, marked)
        message.locations = [(file, 0) for file in marked.files]
        made[message.id] = message
    text = BytesIO()
    write_po(text, made, omit_header=True, include_lineno=False, width=100)
    header = HEADER.format(language=language, plural=PLURALS.get(language, "(n != 1)"))
    return header.encode() + text.getvalue().strip() + b"\n"


def _translated(old: Message | None, marked: Marked) -> Message | None:
    if old is None or isinstance(old.id, str) != isinstance(marked.id, str):
        return None
    flags = {"fuzzy"} if old.fuzzy else set()
    return Message(marked.id, old.string, flags=flags, user_comments=old.user_comments)


def _near(before: dict[str, Message], gone: list[str], key: str, marked: Marked) -> Message:
    for near in get_close_matches(key, gone, n=1, cutoff=0.75):
        if isinstance(before[near].id, str) == isinstance(marked.id, str):
            return Message(marked.id, before[near].string, flags={"fuzzy"})
    return Message(marked.id, "" if isinstance(marked.id, str) else ("", ""))


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _key(id_: Id) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _paths() -> Iterator[Path]:
    for folder in PYTHON:
        yield from sorted((ROOT / folder).rglob("*.py"))
    for folder in TEMPLATES:
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in (".html", ".txt"))


def _of_python(path: Path) -> Iterator[Id]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            yield from _marked(called, [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args])


def _of_template(path: Path) -> Iterator[Id]:
    parsed = Environment().parse(path.read_text(encoding="utf-8"))  # noqa: S701 (nothing is rendered)
    for node in parsed.find_all(nodes.Call):
        called = getattr(node.node, "name", "") or getattr(node.node, "attr", "")
        yield from _marked(called, [arg.value if isinstance(arg, nodes.Const) else None for arg in node.args])


def _marked(called: str, arguments: list[object]) -> Iterator[Id]:
    texts = [argument for argument in arguments[:2] if isinstance(argument, str) and argument]
    if called in ONE and texts[:1] == arguments[:1]:
        yield texts[0]
    elif called == SEVERAL and len(texts) == 2:
        yield (texts[0], texts[1])


def main() -> int:
    """Writes the catalogues and says what still has to be translated; 1 where something does."""
    found, missing = extract(), 0
    for language in sorted(PLURALS):
        text = updated(language, found)
        (CATALOGUES / f"{language}.po").write_bytes(text)
        for message in read_po(BytesIO(text), locale=language):
            if message.id and (message.fuzzy or not all(_strings(message))):
                missing += 1
                print(f"{language}: {'look again at' if message.fuzzy else 'missing'}: {_key(message.id)}")
    print(f"{len(found)} sentences, {missing} translations to write.")
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
