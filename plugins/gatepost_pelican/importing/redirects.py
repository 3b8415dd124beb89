"""From where a page stood to where it stands: as a table, and as web servers read it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote

_SAFE = "/-._~!$&'()*+,;=:@%"


def files(moved: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """File names and texts for pairs of an old path, perhaps with a query, and a new one; none where nothing moved."""
    pairs = [(old, new) for old, new in dict(moved).items() if not _is_same(old, new)]
    if not pairs:
        return {}
    return {"moved.csv": _table(pairs), "nginx.conf": _nginx(pairs), "_redirects": _static_host(pairs)}


def _is_same(old: str, new: str) -> bool:
    def plain(path: str) -> str:
        return re.sub(r"(?:/index\.html|/)$", "", unquote(path)) or "/"

    return plain(old) == plain(new)


def _table(pairs: list[tuple[str, str]]) -> str:
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerows([("old", "new"), *pairs])
    return rows.getvalue()


def _nginx(pairs: list[tuple[str, str]]) -> str:
    """Two maps for the `http` block; nginx has a path unescaped by the time it looks."""
    paths = [(unquote(old), new) for old, new in pairs if "?" not in old]
    numbers = [(number, new) for old, new in pairs for number in _number(old)]
    forms = ((form, new) for old, new in paths for form in (old.rstrip("/") or "/", f"{old.rstrip('/')}/"))
    lines = [
        "# Two maps for the http block. In the server block: if ($moved) { return 301 $moved; } and so for the second one."
    ]
    lines += _map("$uri $moved", dict(forms).items())
    lines += _map("$arg_p$arg_page_id $moved_number", numbers) if numbers else []
    return "\n".join(lines) + "\n"


def _map(names: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    rows = (f"    {_quoted(old)} {_quoted(_escaped(new))};" for old, new in pairs)
    return [f"map {names} {{", '    default "";', *rows, "}"]


def _number(old: str) -> list[str]:
    return [value for name, value in parse_qsl(old.partition("?")[2]) if name in ("p", "page_id") and value.isdigit()]


def _static_host(pairs: list[tuple[str, str]]) -> str:
    """What Netlify and Cloudflare Pages read; they know no numbers in queries alike, and so these are left out."""
    return "".join(f"{_escaped(old)} {_escaped(new)} 301\n" for old, new in pairs if "?" not in old)


def _escaped(path: str) -> str:
    return quote(path, safe=_SAFE)


def _quoted(text: str) -> str:
    # nginx would take a dollar for a variable; none of it is worth more than to be left out.
    return '"' + re.sub(r'["\\$\n\r{};]', "", text) + '"'
