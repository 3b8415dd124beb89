"""A case study: marked as what it is, with client and result before anything else."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from gatepost_pelican.compile import Chapter, Manuscript, case_study_pdf

from .conftest import Make, to_html
from .hostile import HOSTILE

STORY = """
They asked for fourteen quotations a month.[^1]

## What was done

| Question | Asked |
|---|--:|
| What does it cost? | 9 |

> Half of the visit is done before I am there.

[^1]: Counted by the office.
"""


@pytest.fixture
def case(manuscript: Make) -> Manuscript:
    chapter = Chapter("Twelve answers", to_html(STORY))
    return manuscript(chapter, title="Twelve answers", client="A joiner's shop", result="Quotations from 14 to 8")


def pages(m: Manuscript) -> list[str]:
    pdf = pypdf.PdfReader(io.BytesIO(case_study_pdf(m)))
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def test_label_title_client_and_result_come_before_the_story(case: Manuscript) -> None:
    (text,) = pages(case)
    order = ["CASE STUDY", "Twelve answers", "Client A joiner’s shop", "Result Quotations from 14 to 8", "They asked"]
    places = [text.index(piece) for piece in order]
    assert places == sorted(places)
    assert "Ada Example · Published 2 November 2026" in text
    assert "Counted by the office." in text


def test_every_further_page_says_what_it_is(case: Manuscript) -> None:
    long = replace(case, chapters=(Chapter("Twelve answers", to_html(STORY) + "<p>A paragraph of it.</p>" * 120),))
    first, *further = pages(long)
    assert further
    assert all(page.startswith("Case study Twelve answers") for page in further)
    assert f"1 of {len(further) + 1}" in first


@pytest.mark.parametrize(
    ("lang", "label", "client", "result", "published"),
    [
        ("de", "FALLSTUDIE", "Kunde", "Ergebnis", "Veröffentlicht am 2. November 2026"),
        ("fr-CA", "ÉTUDE DE CAS", "Client", "Résultat", "Publié le 2 novembre 2026"),
        ("es", "CASO PRÁCTICO", "Cliente", "Resultado", "Publicado el 2 de noviembre de 2026"),
    ],
)
def test_it_speaks_the_language_of_its_site(
    lang: str, label: str, client: str, result: str, published: str, case: Manuscript
) -> None:
    (text,) = pages(replace(case, lang=lang))
    for piece in (label, f"{client} A joiner", f"{result} Quotations", published):
        assert piece in text
    assert pypdf.PdfReader(io.BytesIO(case_study_pdf(replace(case, lang=lang)))).root_object["/Lang"] == lang


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_clients_and_results_are_printed(text: str, case: Manuscript) -> None:
    assert pages(replace(case, client=text, result=text))


def test_quotes_are_those_of_the_language(case: Manuscript) -> None:
    story = (Chapter("A", "<p>She said <q>yes</q> twice.</p>"),)
    assert "„yes“" in pages(replace(case, lang="de", chapters=story))[0]
    assert "«yes»" in pages(replace(case, lang="es", chapters=story))[0]
