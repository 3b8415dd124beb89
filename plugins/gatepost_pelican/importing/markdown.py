"""A tree as Markdown that renders to the same tree again. A block that Markdown cannot say stays HTML as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import inline, spelling, tree
from gatepost_pelican.importing.footnotes import Footnote
from gatepost_pelican.importing.inline import INLINE, Unsayable

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_RULES = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*)([\w#.+-]+)")
# Python-Markdown would make one of two lists, or of two quotations, that follow each other.
_APART = "<!-- -->"
_MERGING = {"ul": "list", "ol": "list", "blockquote": "quotation"}


def written(root: Element, footnotes: tuple[Footnote, ...] = ()) -> str:
    """The tree's children as Markdown, with a newline at the end; empty for an empty tree."""
    blocks = [*_blocks(root, _or_html), *map(_footnote, footnotes)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _blocks(root: Element, write: Callable[[Element], str]) -> Iterator[str]:
    """Each block; what stands between blocks is a paragraph."""
    last = ""
    for block in _gathered(root):
        text = write(block)
        if not text:
            continue
        kind = "" if text.startswith("<") else _MERGING.get(str(block.tag), "")
        if kind and kind == last:
            yield _APART
        yield text
        last = kind


def _gathered(root: Element) -> Iterator[Element]:
    run = tree.made("p", root.text or "")
    for child in root:
        tail, child.tail = child.tail, None
        if tree.is_comment(child) or child.tag in INLINE:
            child.tail = tail
            run.append(child)
            continue
        yield run
        yield child
        run = tree.made("p", tail or "")
    yield run


def _or_html(block: Element) -> str:
    try:
        return _WRITERS[str(block.tag)](block) if block.tag in _WRITERS else tree.as_html(block)
    except Unsayable:
        return tree.as_html(block)


def _strictly(block: Element) -> str:
    """Inside a list or a quotation raw HTML is not safe: the whole of it becomes HTML then."""
    if block.tag not in _WRITERS or block.tag in ("pre", "table"):
        raise Unsayable(str(block.tag))
    return _WRITERS[str(block.tag)](block)


def _paragraph(block: Element) -> str:
    return "\n".join(spelling.line(line) for line in inline.written(block).split("\n")).strip("\n")


def _heading(block: Element) -> str:
    text = inline.written(block, "<br>")
    if text.endswith("#"):
        text = f"{text[:-1]}\\#"
    named = block.get("id", "")
    return f"{_HEADINGS[str(block.tag)]} {text}{f' {{: #{named} }}' if named else ''}" if text else ""


def _list(block: Element) -> str:
    if block.get("start", "1") != "1" or block.get("reversed") is not None or block.get("type") or block.get("id"):
        raise Unsayable("list")
    items = [child for child in block if not tree.is_comment(child)]
    if not items or any(item.tag != "li" or item.get("id") for item in items):
        raise Unsayable("list")
    marks = (f"{number}." if block.tag == "ol" else "-" for number in range(1, len(items) + 1))
    return "\n".join(_item(item, mark) for item, mark in zip(items, marks, strict=True))


def _item(item: Element, mark: str) -> str:
    blocks = [block for block in _gathered(item) if block.tag != "p" or tree.words(block) or len(block)]
    if not blocks or blocks[0].tag != "p" or any(block.tag not in ("ul", "ol") for block in blocks[1:]):
        raise Unsayable("li")
    if len(blocks) > 2:
        raise Unsayable("li")
    first = spelling.line(inline.written(blocks[0], "<br>"))
    if not first:
        raise Unsayable("li")
    nested = "".join("\n" + _indented(_strictly(block)) for block in blocks[1:])
    return f"{mark} {first}{nested}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _quotation(block: Element) -> str:
    inside = "\n\n".join(_blocks(block, _strictly))
    return (
        "\n".join(f"> {line}".rstrip(" ") if not line else f"> {line}" for line in inside.split("\n")) if inside else ""
    )


def _code(block: Element) -> str:
    code = next((child for child in block if child.tag == "code"), block)
    if len(code) or (code is not block and (len(block) > 1 or (block.text or "").strip() or (code.tail or "").strip())):
        raise Unsayable("pre")
    text = spelling.code(code.text or "")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    named = _LANGUAGE.search(f"{code.get('class', '')} {block.get('class', '')}")
    return f"{fence}{named[1] if named else ''}\n{text}\n{fence}" if text.strip() else ""


def _table(block: Element) -> str:
    if any(one.tag not in ("thead", "tbody", "tr", "th", "td", *INLINE) for one in tree.elements(block)):
        raise Unsayable("table")
    heads = [row for part in block if part.tag == "thead" for row in part]
    rows = [row for part in block if part.tag == "tbody" for row in part]
    if len(heads) != 1 or not rows or len({len(row) for row in (*heads, *rows)}) != 1:
        raise Unsayable("table")
    if not all(tree.words(cell) for cell in heads[0]) or any(cell.tag != "td" for row in rows for cell in row):
        raise Unsayable("table")
    if any({"colspan", "rowspan"} & set(cell.attrib) for row in (*heads, *rows) for cell in row):
        raise Unsayable("table")
    rule = "| " + " | ".join(_RULES[_alignment(cell)] for cell in heads[0]) + " |"
    return "\n".join((_row(heads[0]), rule, *map(_row, rows)))


def _alignment(cell: Element) -> str:
    found = _ALIGNED.search(cell.get("style", ""))
    return found[1] if found else ""


def _row(row: Element) -> str:
    cells = [inline.written(cell, "<br>") for cell in row]
    if any("|" in cell and "`" in cell for cell in cells):
        raise Unsayable("cell")
    return "| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |"


def _rule(block: Element) -> str:
    return "* * *"


def _footnote(footnote: Footnote) -> str:
    first, *others = _blocks(footnote.content, _strictly)
    return "\n\n".join((f"[^{footnote.name}]: {first}", *map(_indented, others)))


_WRITERS: dict[str, Callable[[Element], str]] = {
    "p": _paragraph,
    **dict.fromkeys(_HEADINGS, _heading),
    "ul": _list,
    "ol": _list,
    "blockquote": _quotation,
    "pre": _code,
    "table": _table,
    "hr": _rule,
}
