"""What PDF/UA-1 demands of a file and a program can check, after the Matterhorn Protocol 1.1 and ISO 32000-1, 14.8.

Each check yields what it finds wrong, in words. What only a person can judge (whether an alternative text is a good one)
is not here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

KINDS = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
    Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form
"""
STANDARD = frozenset(KINDS.split())
# ISO 32000-1, 14.8.4.3: what may stand directly in these.
INSIDE = {
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
PAINT = """ Tj TJ ' " S s f F f* B B* b b* sh Do INLINE IMAGE """
PAINTS = frozenset(PAINT.split())


@dataclass
class Tag:
    """One element of the structure tree. `content` are (page, MCID) pairs, `annotations` what it points at."""

    kind: str
    raw: Any
    kids: list[Tag]
    content: list[tuple[int, int]]
    annotations: list[Any]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.kids:
            yield from kid.walk()


class TaggedPdf:
    """A file opened for checking."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        tree = self.pdf.Root.get("/StructTreeRoot")
        self.roles = {str(key)[1:]: str(value)[1:] for key, value in (tree or {}).get("/RoleMap", {}).items()}
        self.roots = [self._read(kid, None) for kid in _listed(tree.K)] if tree is not None else []
        self.tags = [tag for root in self.roots for tag in root.walk()]

    def _read(self, raw: Any, page: Any) -> Tag:
        page = raw.get("/Pg", page)
        tag = Tag(self._role(str(raw.S)[1:]), raw, [], [], [])
        for kid in _listed(raw.get("/K")):
            if not isinstance(kid, pikepdf.Dictionary):
                tag.content.append((self.pages[page.objgen], int(kid)))
            elif kid.get("/Type") == "/MCR":
                tag.content.append((self.pages[kid.get("/Pg", page).objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                tag.annotations.append(kid.Obj)
            else:
                tag.kids.append(self._read(kid, page))
        return tag

    def _role(self, kind: str) -> str:
        return self._role(self.roles[kind]) if kind in self.roles and kind not in STANDARD else kind

    def faults(self) -> list[str]:
        """Everything found wrong; empty for a file that keeps what it claims."""
        checks = (self.document, self.nesting, self.headings, self.words, self.tables, self.annotations, self.content)
        return [fault for check in checks for fault in check()] + list(self.fonts())

    def document(self) -> Iterator[str]:
        """Title, language, marking and the claim itself (checkpoints 06, 07, 11)."""
        root = self.pdf.Root
        metadata = root.Metadata.read_bytes()
        if b"<pdfuaid:part>1</pdfuaid:part>" not in metadata or b"dc:title" not in metadata:
            yield "the metadata claim no PDF/UA-1, or no title"
        if not root.get("/MarkInfo", {}).get("/Marked") or root.get("/MarkInfo", {}).get("/Suspects"):
            yield "not marked as tagged"
        if not str(root.get("/Lang", "")):
            yield "no language"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            yield "a viewer shows the file's name instead of its title"
        if [tag.kind for tag in self.roots] != ["Document"]:
            yield f"the tree begins with {[tag.kind for tag in self.roots]}"
        if "/XFA" in root.get("/AcroForm", {}) or self.pdf.is_encrypted:
            yield "XFA or encryption"

    def nesting(self) -> Iterator[str]:
        """Only standard kinds, and only where they may stand (02, 09)."""
        for tag in self.tags:
            if tag.kind not in STANDARD:
                yield f"the kind {tag.kind} is not a standard one"
            for kid in tag.kids:
                if tag.kind in INSIDE and kid.kind not in INSIDE[tag.kind]:
                    yield f"{kid.kind} inside {tag.kind}"
            if tag.kind in INSIDE and tag.content:
                yield f"text directly inside {tag.kind}"

    def headings(self) -> Iterator[str]:
        """The first is H1, and none skips a level on the way down (14)."""
        before = 0
        for tag in self.tags:
            if len(tag.kind) == 2 and tag.kind[0] == "H" and tag.kind[1].isdigit():
                level = int(tag.kind[1])
                if level > before + 1:
                    yield f"a heading of level {level} after one of level {before}"
                before = level

    def words(self) -> Iterator[str]:
        """Pictures say what they show (13); formulas do not occur."""
        for tag in self.tags:
            if tag.kind in ("Figure", "Formula") and not str(tag.raw.get("/Alt", tag.raw.get("/ActualText", ""))):
                yield f"a {tag.kind} without words"
            if tag.kind == "Note" and "/ID" not in tag.raw:
                yield "a note without an ID"

    def tables(self) -> Iterator[str]:
        """Heading cells say what they head (15)."""
        for tag in self.tags:
            if tag.kind == "TH" and not any("/Scope" in owned for owned in _listed(tag.raw.get("/A"))):
                yield "a heading cell without a scope"

    def annotations(self) -> Iterator[str]:
        """Every link and field is in the tree, in the right kind of tag, in order, and described (28)."""
        home = {found.objgen: tag for tag in self.tags for found in tag.annotations}
        parents = pikepdf.NumberTree(self.pdf.Root.StructTreeRoot.ParentTree)
        for page in self.pdf.pages:
            found = _listed(page.obj.get("/Annots"))
            if found and page.obj.get("/Tabs") != "/S":
                yield "Tab does not follow the tags"
            for annotation in found:
                yield from self._annotation(annotation, home.get(annotation.objgen), parents)

    def _annotation(self, annotation: Any, tag: Tag | None, parents: Any) -> Iterator[str]:
        kind = str(annotation.Subtype)[1:]
        key = annotation.get("/StructParent")
        if tag is None or key is None or parents[int(key)].objgen != tag.raw.objgen:
            yield f"a {kind} that is not in the tree, or not where its parent tree says"
            return
        if kind == "Link" and (tag.kind not in ("Link", "Reference") or not str(annotation.get("/Contents", ""))):
            yield f"a link inside {tag.kind}, or without words"
        if kind == "Widget":
            # Table 340: a form tag without a role has one child, the reference to its field.
            if tag.kind != "Form" or tag.kids or tag.content or len(tag.annotations) != 1:
                yield f"a field inside {tag.kind} with other things"
            if not str(annotation.get("/TU", "")):
                yield "a field without words"
            if not int(annotation.get("/F", 0)) & 4:
                yield "a field that is not printed"

    def content(self) -> Iterator[str]:
        """Everything painted is an artifact or belongs to exactly one tag (01)."""
        owners: dict[tuple[int, int], int] = {}
        for tag in self.tags:
            for place in tag.content:
                owners[place] = owners.get(place, 0) + 1
        if any(count > 1 for count in owners.values()):
            yield "content that belongs to two tags"
        painted = {place for number, page in enumerate(self.pdf.pages) for place in _painted(number, page)}
        for place in sorted(painted, key=str):
            if place not in owners and place[1] != "artifact":
                yield f"content on page {place[0] + 1} that is neither tagged nor an artifact: {place[1]}"

    def fonts(self) -> Iterator[str]:
        """Fonts are inside the file, and every sign in them has a meaning (31, 10)."""
        for item in self.pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                inner = item.get("/DescendantFonts", [item])[0]
                described = inner.get("/FontDescriptor", {})
                if item.Subtype != "/Type3" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys()):
                    yield f"the font {item.get('/BaseFont')} is not embedded"
                if (inner is not item or item.Subtype == "/Type3") and "/ToUnicode" not in item:
                    yield f"the font {item.get('/BaseFont')} does not say what its signs mean"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _painted(number: int, page: Any) -> Iterator[tuple[int, int | str]]:
    """Under which mark each painting stands: an MCID, "artifact", or "nothing"."""
    marks: list[int | str | None] = []
    properties = page.obj.get("/Resources", {}).get("/Properties", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            told = operands[1] if name == "BDC" else {}
            told = properties[str(told)] if isinstance(told, pikepdf.Name) else told
            number_of = told.get("/MCID") if told else None
            marks.append("artifact" if operands[0] == "/Artifact" else None if number_of is None else int(number_of))
        elif name == "EMC":
            marks.pop()
        elif name in PAINTS:
            yield number, next((mark for mark in reversed(marks) if mark is not None), "nothing")
