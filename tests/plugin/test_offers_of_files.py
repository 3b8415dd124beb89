"""Offers that become files, built with a real Pelican: what the catalogue says, what cards show, what goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatepost import catalogue
from gatepost.offers import LIST_PAGE
from gatepost_pelican.mistakes import SiteMistaken
from tests.plugin.sites import BOOK_SITE, CHECKLIST, Site, article, everything_in, small_site

CASE = """Title: Twelve answers
Slug: twelve-answers
Kind: case-study
Summary: A workshop wrote down what it was asked.
Lang: de
Client: Bauer & Töchter <GmbH>
Result: Quotations from 14 to 8, "counted by the office"
Consent: letters

The open teaser.

<!-- gate -->

## Where it began

HELDCASE is the story itself, and it is long enough to be found again wherever it should not be.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("files"))
    site.write("content/offers/twelve-answers.md", CASE)
    for name, text in BOOK_SITE.items():
        site.write(name, text)
    site.write("content/articles/about-cases.md", article("about-cases", "On cases.", Offer="twelve-answers"))
    site.build()
    return site


def test_the_catalogue_knows_client_and_result(built: Site):
    offer = built.catalogue.offers["twelve-answers"]
    assert (offer.terms.client, offer.language) == ("Bauer & Töchter <GmbH>", "de")
    assert offer.terms.result == 'Quotations from 14 to 8, "counted by the office"'
    assert [(file.name, file.media_type) for file in offer.files] == [("Twelve answers.pdf", "application/pdf")]


@pytest.mark.parametrize("page", ["offers/twelve-answers.html", "about-cases.html"])
def test_label_client_and_result_stand_wherever_the_case_is_shown(built: Site, page: str):
    text = built.page(page)
    assert "<dd>Bauer &amp; Töchter &lt;GmbH&gt;</dd>" in text
    assert "Quotations from 14 to 8, &#34;counted by the office&#34;" in text
    assert 'class="gp-kind">' in text
    assert "HELDCASE" not in text


def test_a_checklist_gives_its_pdf_first_and_then_its_page(built: Site):
    pdf, page = built.catalogue.offers["ten-checks"].files
    assert (pdf.media_type, page.media_type) == ("application/pdf", LIST_PAGE)
    kept = json.loads(catalogue.held_path(built.data, page.id).read_bytes())
    assert kept["title"] == "Before you publish: ten checks"
    assert "HELDCHECK" in json.dumps(kept)


def test_nothing_of_a_list_or_a_case_is_published(built: Site):
    for name, data in everything_in(built.output).items():
        assert b"HELDCHECK" not in data, name
        assert b"HELDCASE" not in data, name
    held = {file.id for offer in built.catalogue.offers.values() for file in offer.files}
    assert not [path for path in built.output.rglob("*") if path.name in held or path.suffix == ".json"]


@pytest.mark.parametrize(
    ("old", "new", "problem", "cure"),
    [
        ("Client: Bauer & Töchter <GmbH>\n", "", "wrong.md:1: it is not said whose case this is", "`Client: NAME`"),
        (
            "Result: Quot",
            "Result:\nX-Old: Quot",
            "wrong.md:7: it is not said what came of it",
            "`Result: What changed`",
        ),
        (CASE.split("<!-- gate -->")[1], "\n", "the case study holds nothing", "`<!-- gate -->`"),
        ("Client:", "Client: One\nClient:", "wrong.md:7: `Client` stands in the metadata twice", "Keep one"),
    ],
)
def test_a_case_without_what_makes_it_one_is_a_mistake(tmp_path: Path, old: str, new: str, problem: str, cure: str):
    site = small_site(tmp_path)
    assert old in CASE
    site.write("content/offers/wrong.md", CASE.replace("twelve-answers", "wrong").replace(old, new))
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    (line,) = map(str, mistaken.value.mistakes)
    assert problem in line
    assert cure in line


def test_a_picture_that_is_more_than_a_picture_is_named_with_its_file_and_cure(tmp_path: Path):
    site = small_site(tmp_path)
    site.write("content/pictures/live.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    site.write("content/offers/ten-checks.md", CHECKLIST + "\n![Alive](pictures/live.svg)\n")
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    said = "\n".join(map(str, mistaken.value.mistakes))
    assert "ten-checks.md" in said
    assert "“live.svg” is more than a drawing: it holds a <script>" in said
    assert "plain SVG" in said
    assert not (site.data / "catalogue.json").exists()
