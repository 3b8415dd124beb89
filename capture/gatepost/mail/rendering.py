"""From words to the two parts of a message: one layout for every letter, its CSS written into the elements."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from urllib.parse import urlsplit

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from gatepost.mail.letters import LetterContext, LetterText

_WIDTH = 72


@dataclass(frozen=True)
class Rendered:
    """The text part and the HTML part of one letter, saying the same."""

    text: str
    html: str


def render(letter: LetterText, context: LetterContext) -> Rendered:
    """Both parts. A field without a value is an error (UndefinedError), never a gap in a letter."""
    values = {"letter": letter, "context": context, "_": context.words, "host": urlsplit(context.site_url).netloc}
    text = _TEMPLATES.get_template("letter.txt").render(values)
    html = _TEMPLATES.get_template("letter.html").render(values)
    return Rendered(text, _INLINER.inline(html))


def _wrapped(text: str) -> str:
    # Links stand on lines of their own and are never broken, or they would not open.
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _quoted(text: str) -> str:
    """A reader's own words, each line marked as such, so that nothing in them passes for ours."""
    lines = [_wrapped(line).splitlines() or [""] for line in text.splitlines()]
    return "\n".join(f"> {line}".rstrip() for wrapped in lines for line in wrapped)


_TEMPLATES = Environment(
    loader=PackageLoader("gatepost.mail"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["wrapped"] = _wrapped
_TEMPLATES.filters["quoted"] = _quoted

# The dark rules cannot live in an element, so the at-rules stay in the head; nothing is ever fetched.
_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
