"""Turns marked places of a PDF into form fields: the typesetter draws boxes, but knows no forms."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, Stream, String

MARK = "tick:"
PRINTED = 4  # annotation flag 3: shown on paper as well


def add_boxes(pdf: Pdf, ticks: Sequence[tuple[str, bool]]) -> bytes:
    """The PDF with a check box at every link to `tick:N`, named and described by `ticks[N - 1]`.

    The drawn box stays under the field, so that the page prints the same in viewers that know no forms.
    """
    fields: list[tuple[int, pikepdf.Object]] = []
    kinds = _annotation_tags(pdf)
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", []):
            number = _number(annotation)
            if number is not None:
                _make_field(pdf, annotation, page, number, ticks[number - 1])
                _retag(kinds, annotation, ticks[number - 1][0])
                fields.append((number, annotation))
        # Tab follows the reading order of the tags.
        page.obj.Tabs = Name.S
    ordered = [field for _, field in sorted(fields, key=lambda pair: pair[0])]
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(ordered), NeedAppearances=False))
    return saved(pdf)


def packed(data: bytes) -> bytes:
    """The same file in half the room: the typesetter writes each tag out by itself."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    """The file's bytes, the same every time: its id is a hash of what is in it."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _number(annotation: pikepdf.Object) -> int | None:
    action = annotation.get("/A")
    address = str(action.get("/URI", "")) if action is not None else ""
    return int(address.removeprefix(MARK)) if address.startswith(MARK) else None


def _make_field(pdf: Pdf, annotation: pikepdf.Object, page: pikepdf.Page, number: int, tick: tuple[str, bool]) -> None:
    wording, ticked = tick
    left, bottom, right, top = (float(side) for side in annotation.Rect.as_list())
    state = Name.Yes if ticked else Name.Off
    for link_only in ("/A", "/Border", "/Contents", "/H", "/QuadPoints"):
        if link_only in annotation:
            del annotation[link_only]
    annotation.Subtype = Name.Widget
    annotation.FT = Name.Btn
    annotation.T = String(f"item-{number}")
    annotation.TU = String(wording)
    annotation.V = annotation.DV = annotation.AS = state
    annotation.F = PRINTED
    annotation.P = page.obj
    annotation.MK = Dictionary(CA=String("4"))
    normal = Dictionary(Yes=_appearance(pdf, right - left, top - bottom, ticked=True))
    normal.Off = _appearance(pdf, right - left, top - bottom, ticked=False)
    annotation.AP = Dictionary(N=normal)


def _appearance(pdf: Pdf, width: float, height: float, *, ticked: bool) -> pikepdf.Object:
    # A drawn tick needs no font, so no viewer can replace it by one of its own.
    stroke = (
        f"q 0.11 0.11 0.12 RG {width * 0.13:.2f} w 1 J 1 j {width * 0.22:.2f} {height * 0.52:.2f} m "
        f"{width * 0.42:.2f} {height * 0.27:.2f} l {width * 0.8:.2f} {height * 0.77:.2f} l S Q"
    )
    form = Stream(pdf, stroke.encode() if ticked else b"")
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, round(width, 3), round(height, 3)])
    form.Resources = Dictionary()
    return pdf.make_indirect(form)


def _annotation_tags(pdf: Pdf) -> NumberTree | None:
    tree = pdf.Root.get("/StructTreeRoot")
    return NumberTree(tree.ParentTree) if tree is not None and "/ParentTree" in tree else None


def _retag(kinds: NumberTree | None, annotation: pikepdf.Object, wording: str) -> None:
    # The tag said "link"; to a screen reader it is a form field now.
    key = annotation.get("/StructParent")
    if kinds is None or key is None or int(key) not in kinds:
        return
    tag = kinds[int(key)]
    if tag.get("/S") == Name.Link:
        tag.S = Name.Form
        tag.Alt = String(wording)
