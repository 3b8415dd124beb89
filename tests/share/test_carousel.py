"""Carousels and cards: square pages of large type, and nothing on them that was not said."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost_pelican.compile.carousel import MOST_PAGES, Carousel, Idea, carousel_pdf
from gatepost_pelican.compile.social import card_png
from gatepost_pelican.share.ideas import carousel, cover
from gatepost_pelican.share.subject import Section
from tests.share.conftest import Make

TITLES = {
    "long word": "Datenschutzgrundverordnungskonforme Einwilligungserklärungen für Rechtsanwaltskanzleien",
    "one word": "x" * 255,
    "255 bytes": ("Why “nobody” reads & what <you> can do; " * 9)[:243],
    "right to left": "רשימת בדיקה לפני פרסום",
    "emoji": "Launch 🚀 day 👩‍💻 again",
    "marks": '"#pagebreak()" \\ $x$ @y <z> \u202e[link](x)',
}


def pages_of(made: Carousel) -> list[pypdf.PageObject]:
    data = carousel_pdf(made)
    assert len(data) < 1_000_000
    return list(pypdf.PdfReader(io.BytesIO(data)).pages)


def smallest_type(page: pypdf.PageObject) -> float:
    sizes: list[float] = []

    def see(text: str, user: Any, matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            sizes.append(abs(size * matrix[3] * user[3]))

    page.extract_text(visitor_text=see)
    return min(sizes)


def test_a_carousel_has_a_cover_an_idea_a_page_and_the_offer_at_the_end(subject: Make):
    pages = [" ".join(page.extract_text().split()) for page in pages_of(carousel(subject()))]
    assert "Two questions that everybody asks" in pages[0]
    assert "Swipe →" in pages[0]
    assert ["What they ask" in page for page in pages] == [False, False, True, False, False, False]
    assert "• Write it down. A note is enough." in pages[3]
    assert "blog.example.org/offers/the-plan.html" in re.sub(r"[\s\u200b]", "", pages[-1])
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page


def test_pages_are_square_and_can_be_read_on_a_phone(subject: Make):
    for page in pages_of(carousel(subject())):
        assert [float(side) for side in page.mediabox] == [0, 0, 1080, 1080]
        assert smallest_type(page) >= 1080 / 36


def test_an_article_without_headings_gives_a_page_for_each_paragraph_and_twenty_at_most(subject: Make):
    made = carousel(subject("\n\n".join(f"Idea number {n} is here. More of it." for n in range(60))))
    assert made.pages == MOST_PAGES
    assert [idea.text for idea in made.ideas][:2] == [
        "Idea number 0 is here. More of it.",
        "Idea number 1 is here. More of it.",
    ]


def test_without_an_offer_the_last_page_leads_to_the_article(subject: Make):
    call = carousel(subject(offer=None)).call
    assert (call.label, call.shown) == ("Read it whole", "blog.example.org/long-read.html")
    assert call.link.endswith("utm_content=carousel")


def test_items_of_a_checklist_have_boxes_and_say_how_many_are_left(subject: Make):
    groups = (Section("The reader", points=("One", "Two"), boxes=True, left=3),)
    (idea,) = carousel(subject(sections=(), groups=groups)).ideas
    assert idea == Idea("The reader", "", ("One", "Two"), boxes=True, more="And 3 more in the list")


def test_the_fullest_page_loses_no_word(subject: Make):
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    body = f"## {word} und {word}\n\n{'Wort ' * 27}Ende:\n\n" + "\n".join(
        f"- {word} {'wohin ' * 5}LAST{n}" for n in range(5)
    )
    page = pages_of(carousel(subject(body, language="de")))[1]
    text = page.extract_text()
    assert all(f"LAST{n}" in text for n in range(4))
    assert smallest_type(page) >= 1080 / 36


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_any_title_has_room_on_card_and_cover(subject: Make, title: str):
    whole = subject(title=title)
    card = card_png(cover(whole))
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", card[16:24]) == (1200, 627)
    pages = pages_of(carousel(whole))
    assert len(pages) == carousel(whole).pages
    assert all(smallest_type(page) >= 1080 / 36 for page in pages)


def test_the_same_subject_gives_the_same_bytes(subject: Make):
    assert carousel_pdf(carousel(subject())) == carousel_pdf(carousel(subject()))
    assert card_png(cover(subject())) == card_png(cover(subject()))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT.filter(str.strip), text=TEXT, points=st.lists(TEXT, max_size=5))
def test_any_text_gives_one_page_each(subject: Make, title: str, text: str, points: list[str]):
    section = Section(title, ((text,),), points=tuple(points))
    made = carousel(subject(title=title, sections=(section,)))
    assert len(pages_of(made)) == made.pages
