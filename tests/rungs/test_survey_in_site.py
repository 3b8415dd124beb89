"""A survey in a site that is really built: its mistakes by line, its questions on the page, its terms in the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost.offers import Ending
from gatepost_pelican.mistakes import SiteMistaken
from tests.plugin.sites import Site, small_site

SURVEY = """Title: One minute, please
Slug: one-minute
Kind: survey
Consent: letters
Questions: How did you find us? | choice | Search, <b>LinkedIn</b> | required
    What hurts most? {#pain} | several | Time; Readers, or none
    How sure are you? | scale | 1-5 | not at all, entirely
Ending: pain = Time -> ten-checks
    the-plan

Why we ask.
"""
QUESTION = "Title: Ask us\nSlug: ask-us\nKind: question\nConsent: letters\nAnswer-Within: 3 days\n\nWe answer.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("asking"))
    site.write("content/offers/one-minute.md", SURVEY)
    site.write("content/offers/ask-us.md", QUESTION)
    site.build()
    return site


def test_the_catalogue_knows_what_is_asked_and_where_it_ends(built):
    terms = built.catalogue.offers["one-minute"].terms
    assert [one.key for one in terms.questions] == ["how-did-you-find-us", "pain", "how-sure-are-you"]
    assert terms.questions[1].choices == ("Time", "Readers, or none")
    assert terms.endings == (Ending("pain", "Time", "ten-checks"), Ending("", "", "the-plan"))
    assert built.catalogue.offers["ask-us"].terms.answer_days == 3


def test_the_landing_page_asks_every_question_before_the_address(built):
    page = built.page("offers/one-minute.html")
    form = page[page.index("<form") : page.index("</form>")]
    names = ["answer.how-did-you-find-us", "answer.pain", "answer.how-sure-are-you", 'name="email"']
    assert [form.index(name) for name in names] == sorted(form.index(name) for name in names)
    assert "&lt;b&gt;LinkedIn&lt;/b&gt;" in form
    assert "<b>LinkedIn" not in page
    assert "3 questions, and your e-mail address last." in page
    assert "within 3 days" in built.page("offers/ask-us.html")


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "cure"),
    [
        ("| choice |", "| chioce |", 5, "there is no form of question 'chioce'", "Did you mean 'choice'?"),
        ("scale | 1-5", "scale | 1-50", 7, "a scale from 1 to 50", "2 to 11 numbers"),
        ("-> ten-checks", "-> ten-cheks", 8, "there is no offer 'ten-cheks'", "Did you mean 'ten-checks'?"),
        ("pain = Time", "pain = Tme", 8, "'Tme' is no choice of 'What hurts most?'", "Did you mean 'Time'?"),
        ("    the-plan", "    one-minute", 9, "'one-minute' is a survey, which has no file", "Use one of: ten-checks, the-plan"),
        ("    the-plan", "    the-plan\n    survey", 10, "there is an ending for everybody else already", "Keep one"),
        ("    the-plan", "    follow-us", 9, "'follow-us' is a linkedin, which has no file", "Use one of: ten-checks"),
        ("Kind: survey\n", "Kind: survey\nQuestions: Why? | text\n", 6, "`Questions` stands in the metadata twice", "Keep one"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_cure(tmp_path: Path, old, new, line, problem, cure):
    assert old in SURVEY
    site = small_site(tmp_path)
    site.write("content/offers/wrong.md", SURVEY.replace(old, new))
    with pytest.raises(SiteMistaken) as mistaken:
        site.build()
    (told,) = [one for one in mistaken.value.mistakes if problem in one.problem]
    assert (told.path.name, told.line) == ("wrong.md", line)
    assert cure in told.cure
    assert not (site.data / "catalogue.json").exists()
