"""A survey with a question of every form, as offers of every kind may have them."""

from __future__ import annotations

from dataclasses import replace

from gatepost.offers import Offer
from gatepost.offers.terms import Question, Terms
from tests.conftest import LETTERS

QUESTIONS = (
    Question("trade", "What do you do?", "choice", ("Carpenter", "Tax adviser", "Something else"), is_required=True),
    Question(
        "where", "Where do clients find you?", "several", ("Search", "LinkedIn", "Word of mouth"), is_required=True
    ),
    Question("again", "Would you do it again?", "scale", tuple("0 1 2 3 4 5 6 7 8 9 10".split()), ("no", "at once")),  # noqa: SIM905
    Question("firm", "Name of your firm", "text", hint="As on your sign."),
    Question("story", "What went well & what did not?", "long"),
    Question("phone", "Your telephone number", "phone", is_required=True, hint="With the code of your country."),
    Question("when", "When do we reach you best?", "when"),
)
ANSWERS = {"trade": "Carpenter", "where": ["Search", "LinkedIn"], "again": "7", "firm": "Ada & Co", "story": "One\nTwo", "phone": "+49 30 123456", "when": "After five"}  # fmt: skip
TERMS = Terms(questions=QUESTIONS)


def survey(offer: Offer) -> Offer:
    """An offer of the small catalogue, turned into a survey with every form of question."""
    return replace(
        offer, slug="survey", title="How did it go?", summary="Seven questions, two minutes.", kind="survey",
        url="/offers/survey.html", files=(), wordings=(LETTERS,), terms=TERMS,
    )  # fmt: skip


def as_form(answers: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Answers by the names of their fields."""
    return {f"answer.{key}": value for key, value in answers.items()}
