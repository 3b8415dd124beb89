"""A checklist that can be ticked on screen, on paper, and by programs."""

from __future__ import annotations

import io

import pypdf
from pypdf.generic import DictionaryObject

from gatepost_pelican.compile import Chapter, Manuscript, checklist_pdf

from .conftest import Make

WORDINGS = [
    "Name one reader",
    "Write the question as they would say it",
    "Put the price in",
    "Read it aloud",
    "Ask for the address",
]


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def widgets(pdf: pypdf.PdfReader) -> list[DictionaryObject]:
    found = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    return [note for note in found if isinstance(note, DictionaryObject) and note["/Subtype"] == "/Widget"]


def test_every_item_has_one_box_with_its_own_words(checklist: Manuscript) -> None:
    fields = read(checklist_pdf(checklist)).get_fields() or {}
    assert [field["/TU"] for field in fields.values()] == WORDINGS
    assert {field["/FT"] for field in fields.values()} == {"/Btn"}
    assert len(set(fields)) == len(WORDINGS)


def test_each_box_can_be_ticked_and_stays_ticked(checklist: Manuscript) -> None:
    made = checklist_pdf(checklist)
    for name in read(made).get_fields() or {}:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
        writer.update_page_form_field_values(writer.pages[0], {name: "/Yes"}, auto_regenerate=False)
        out = io.BytesIO()
        writer.write(out)
        ticked = (read(out.getvalue()).get_fields() or {})[name]
        states = {box["/T"]: box["/AS"] for box in widgets(read(out.getvalue()))}
        assert ticked["/V"] == "/Yes"
        assert states[name] == "/Yes"
        assert states["item-1"] == ("/Yes" if name == "item-1" else "/Off")


def test_a_box_ticked_by_the_writer_comes_ticked(checklist: Manuscript) -> None:
    fields = read(checklist_pdf(checklist)).get_fields() or {}
    assert [field["/V"] for field in fields.values()] == ["/Off", "/Off", "/Yes", "/Off", "/Off"]


def test_both_states_are_drawn_so_that_no_viewer_has_to_invent_them(checklist: Manuscript) -> None:
    pdf = read(checklist_pdf(checklist))
    form = pdf.root_object["/AcroForm"].get_object()
    assert isinstance(form, DictionaryObject)
    assert str(form["/NeedAppearances"]) == "False"
    for box in widgets(pdf):
        states = box["/AP"]["/N"]
        assert set(states) == {"/Yes", "/Off"}
        assert b" l S" in states["/Yes"].get_object().get_data()


def test_boxes_stand_in_reading_order_inside_the_page(checklist: Manuscript) -> None:
    pdf = read(checklist_pdf(checklist))
    boxes = widgets(pdf)
    tops = [float(box["/Rect"][3]) for box in boxes]
    assert tops == sorted(tops, reverse=True)
    assert pdf.pages[0]["/Tabs"] == "/S"
    page = pdf.pages[0].mediabox
    for box in boxes:
        left, bottom, right, top = (float(side) for side in box["/Rect"])
        assert 0 < left < right < page.width
        assert 0 < bottom < top < page.height
        assert right - left >= 9


def test_a_screen_reader_is_told_that_they_are_form_fields(checklist: Manuscript) -> None:
    pdf = read(checklist_pdf(checklist))
    found: list[str] = []
    stack = [pdf.root_object["/StructTreeRoot"].get_object()]
    while stack:
        tag = stack.pop()
        if not isinstance(tag, DictionaryObject):
            continue
        if tag.get("/S") == "/Form":
            found.append(str(tag["/Alt"]))
        kids = tag.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        stack.extend(kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]))
    assert sorted(found) == sorted(WORDINGS)


def test_a_short_list_stays_on_one_page_and_leads_back_to_the_site(checklist: Manuscript) -> None:
    pdf = read(checklist_pdf(checklist))
    assert len(pdf.pages) == 1
    links = [note.get_object().get("/A", {}).get("/URI") for note in pdf.pages[0]["/Annots"]]
    assert "https://blog.example.org" in links
    assert "https://blog.example.org/price.html" in links
    assert "The Gatepost" in pdf.pages[0].extract_text()
    assert not any(str(link).startswith("tick:") for link in links)


def test_a_list_of_three_dozen_still_fits_one_page(manuscript: Make) -> None:
    items = "".join(f"<li>[ ] Point number {number} of many</li>" for number in range(36))
    pdf = read(checklist_pdf(manuscript(Chapter("Many", f"<ul>{items}</ul>"))))
    assert len(pdf.pages) == 1
    assert len(pdf.get_fields() or {}) == 36


def test_a_long_list_says_which_page_of_how_many(manuscript: Make) -> None:
    items = "".join(f"<li>[ ] Point number {number} of very many</li>" for number in range(120))
    pdf = read(checklist_pdf(manuscript(Chapter("Very many", f"<ul>{items}</ul>"))))
    assert len(pdf.pages) > 1
    assert f"1 of {len(pdf.pages)}" in pdf.pages[0].extract_text()
    assert f"{len(pdf.pages)} of {len(pdf.pages)}" in pdf.pages[-1].extract_text()
    assert [box["/T"] for box in widgets(pdf)] == [f"item-{number}" for number in range(1, 121)]


def test_items_inside_items_have_boxes_of_their_own(manuscript: Make) -> None:
    html = "<ul><li>[ ] Outer<ul><li>[ ] Inner</li><li>no box</li></ul></li><li><p>[x] Loose</p><p>more</p></li></ul>"
    fields = read(checklist_pdf(manuscript(Chapter("Nested", html)))).get_fields() or {}
    assert [field["/TU"] for field in fields.values()] == ["Outer", "Inner", "Loose"]
