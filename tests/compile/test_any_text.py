"""No text, however strange, is taken for code or lost."""

from __future__ import annotations

import io
import string

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost_pelican.compile import COMPILERS, Chapter, article_pdf

from .conftest import Make
from .hostile import HOSTILE, UNTIDY, escaped

PDFS = [name for name in COMPILERS if name.endswith(".pdf")]
# Ligatures and hyphens come back from a PDF as other letters, so the law speaks of what is printed one to one.
PLAIN = "".join(sorted(set(string.ascii_letters + string.digits + string.punctuation) - set("fijlt-")))


def words_of(data: bytes) -> str:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    # Where a word is parted at the end of a line, the file says that the hyphen is none of its letters.
    return "".join(text.replace("\u00ad", "").split())


@pytest.mark.parametrize("name", PDFS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_compiles_wherever_it_stands(name: str, text: str, manuscript: Make) -> None:
    html = (
        f"<h2 id='{escaped(text)}'>{escaped(text)}</h2><ul><li>[ ] {escaped(text)}</li></ul><pre>{escaped(text)}</pre>"
    )
    made = COMPILERS[name].compile(
        manuscript(Chapter(text, html), slug=text, title=text, summary=text, author=text, site_name=text)
    )
    assert made.startswith(b"%PDF-")


@pytest.mark.parametrize("name", PDFS)
def test_untidy_markup_degrades_to_its_text(name: str, manuscript: Make) -> None:
    words = words_of(COMPILERS[name].compile(manuscript(Chapter("Untidy", UNTIDY))))
    for piece in ("boldboth", "blockininline", "old", "deeper", "unknown", "wide"):
        assert piece in words
    assert "alert" not in words


@pytest.mark.parametrize("name", COMPILERS)
def test_nesting_without_end_does_not_stop_the_build(name: str, manuscript: Make) -> None:
    deep = "<blockquote>" * 300 + "bottom" + "</blockquote>" * 300 + "<ul><li>" * 200 + "leaf" + "<em>" * 500 + "core"
    assert COMPILERS[name].compile(manuscript(Chapter("Deep", deep)))


def test_a_symbol_that_no_font_has_is_named_instead_of_lost(manuscript: Make) -> None:
    assert "[partypopper]" in words_of(article_pdf(manuscript(Chapter("A", "<p>Done 🎉</p>"))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(PLAIN, min_size=1, max_size=12), min_size=1, max_size=20))
def test_plain_words_come_back_as_they_were_written(manuscript: Make, words: list[str]) -> None:
    html = f"<p>{escaped(' '.join(words))}</p><p>{escaped(words[0])}</p>"
    made = words_of(article_pdf(manuscript(Chapter("A", html), title="Q")))
    assert "".join(words) in made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_title_and_any_text_make_a_file(manuscript: Make, text: str) -> None:
    made = article_pdf(manuscript(Chapter(text, f"<p>{escaped(text)}</p>{text}"), title=f"A{text}", summary=text))
    assert made.startswith(b"%PDF-")
