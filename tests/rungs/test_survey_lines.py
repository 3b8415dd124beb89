"""What a writer types for a survey: it is read as meant, or the line is named with what is wrong and the cure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.offers import KINDS, Draft, Ending, Question, Terms, check, endings, questions

SOURCE = "How did you find us? | choice | Search, LinkedIn, A friend | required"
LINES = (
    SOURCE,
    "What hurts most? {#pain} | several | Too little time; Too few readers, or none",
    "How sure are you of your figures? | scale | 1-5 | not at all, entirely",
    "What should we write about? | text",
    "Tell us more",
)


def survey(*lines: str, ending: tuple[str, ...] = (), kind: str = "survey", **more: tuple[str, ...]) -> Draft:
    fields = {"questions": lines, **({"ending": ending} if ending else {}), **more}
    return Draft(kind, title="A survey", consent="letters", fields=fields)


def wrong(*lines: str, ending: tuple[str, ...] = ()) -> tuple[str, str, str]:
    (mistake,) = check(survey(*lines, ending=ending))
    return mistake.field, mistake.problem, mistake.cure


def test_each_form_is_read_as_it_was_meant():
    draft = survey(*LINES)
    assert list(check(draft)) == []
    assert KINDS["survey"].terms(draft).questions == (
        Question(
            "how-did-you-find-us", "How did you find us?", "choice", ("Search", "LinkedIn", "A friend"), is_required=True
        ),
        Question("pain", "What hurts most?", "several", ("Too little time", "Too few readers, or none")),
        Question(
            "how-sure-are-you-of-your-figures", "How sure are you of your figures?", "scale",
            ("1", "2", "3", "4", "5"), ("not at all", "entirely"),
        ),
        Question("what-should-we-write-about", "What should we write about?", "text"),
        Question("tell-us-more", "Tell us more", "text"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "problem", "cure"),
    [
        ("How? | chioce | A, B", "no form of question 'chioce'", "Did you mean 'choice'?"),
        ("How? | A, B", "no form of question 'a, b'", "how it is answered"),
        ("How? | choice", "nothing to choose from", "commas between"),
        ("How? | several | Only this", "only one choice", "commas between"),
        ("How? | choice | Yes, No, yes", "'yes' stands there twice", "Keep one"),
        ("How? | choice | A, B | always", "'always' means nothing", "`required`"),
        ("How? | scale", "'' is no range", "1-5"),
        ("How? | scale | low-high", "'low-high' is no range", "1-5"),
        ("How? | scale | 0-100", "a scale from 0 to 100", "2 to 11 numbers"),
        ("How? | scale | 5-1", "a scale from 5 to 1", "the smaller first"),
        ("How? | scale | 1-5 | low, middle, high", "two ends", "a comma between"),
        ("How? | text | A, B", "'A, B' means nothing", "Take it out"),
        (" | text", "asks nothing", "Begin with what is asked"),
        ("??? | text", "cannot be the key", "{#why}"),
        ("How? {#a b} | text", "'a b' cannot be the key", "{#why}"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_cure(line, problem, cure):
    where, what, how = wrong("Why? | text", line)
    assert where == line
    assert problem in what
    assert cure in how


def test_two_questions_must_differ_in_words_and_in_key():
    assert "is asked twice" in wrong("Why? | text", "why? {#other} | long")[1]
    field, problem, cure = wrong("Why? | text", "Why! | text")
    assert (field, "'why'" in problem, "{#why}" in cure) == ("Why! | text", True, True)


def test_thirty_questions_are_enough_and_none_are_too_few():
    assert list(check(survey(*(f"Question {n} | text" for n in range(30))))) == []
    assert "31 questions" in wrong(*(f"Question {n} | text" for n in range(31)))[1]
    (mistake,) = check(survey())
    assert (mistake.field, "asks nothing" in mistake.problem) == ("Questions", True)


def test_answers_choose_the_first_ending_that_fits_and_else_the_one_for_everybody():
    ending = (
        "a-checklist",
        "How did you find us? = linkedin -> kit",
        "pain = Too few readers, or none → book",
        "How sure are you of your figures? = 5 -> sums",
    )
    draft = survey(*LINES, ending=ending)
    assert list(check(draft)) == []
    terms = KINDS["survey"].terms(draft)
    assert terms.endings[1] == Ending("how-did-you-find-us", "LinkedIn", "kit")
    for answers, slug in (
        ({"how-did-you-find-us": ("LinkedIn",), "pain": ("Too few readers, or none",)}, "kit"),
        ({"pain": ("Too little time", "Too few readers, or none")}, "book"),
        ({"how-sure-are-you-of-your-figures": ("5",)}, "sums"),
        ({"how-did-you-find-us": ("Search",)}, "a-checklist"),
        ({}, "a-checklist"),
    ):
        assert endings.chosen(terms, answers) == slug
    assert endings.chosen(Terms(endings=terms.endings[1:]), {}) == ""


@pytest.mark.parametrize(
    ("ending", "problem", "cure"),
    [
        ("How did you find me? = LinkedIn -> kit", "'How did you find me?' is not asked", "Did you mean 'How did you"),
        ("How did you find us? = Linkedn -> kit", "'Linkedn' is no choice", "Did you mean 'LinkedIn'?"),
        ("Tell us more = yes -> kit", "answered in words", "`choice`"),
        ("How did you find us? = LinkedIn", "cannot be read", "-> OFFER"),
        ("How did you find us? = LinkedIn ->", "cannot be read", "-> OFFER"),
    ],
)
def test_an_ending_that_leads_nowhere_is_named_with_its_cure(ending, problem, cure):
    where, what, how = wrong(*LINES, ending=("for-all", ending))
    assert where == ending
    assert problem in what
    assert cure in how


def test_two_endings_for_the_same_answers_are_a_mistake():
    assert "for everybody else already" in wrong(*LINES, ending=("one", "two"))[1]
    same = "How did you find us? = Search -> {}".format
    assert "for these answers already" in wrong(*LINES, ending=(same("one"), same("two")))[1]


WORDS = st.text(
    st.characters(exclude_characters="|;,={}\n\r->→", exclude_categories=("C", "Z")), min_size=1, max_size=20
)


@given(st.lists(WORDS, min_size=2, max_size=6, unique_by=str.casefold), WORDS.filter(questions.key_of))
def test_whatever_words_are_offered_come_back_as_choices_and_can_end_the_survey(choices, label):
    line = f"{label} | choice | {'; '.join(choices)}"
    read = questions.read([line])
    assert read.mistakes == []
    (question,) = read.questions
    assert question.choices == tuple(choices)
    (ending,), mistakes = endings.read([f"{label} = {choices[-1]} -> slug"], read.questions)
    assert mistakes == []
    assert endings.chosen(Terms(endings=(ending,)), {question.key: (choices[-1],)}) == "slug"


@given(st.lists(st.text(max_size=80), max_size=8))
def test_no_line_whatever_brings_the_reading_down(lines):
    found = questions.read(lines)
    assert len(found.questions) + len(found.mistakes) >= len(lines)
    assert all(mistake.problem and mistake.cure for mistake in found.mistakes)
    keys = [question.key for question in found.questions]
    assert len(set(keys)) == len(keys) or found.mistakes


def test_a_question_kind_asks_three_things_and_reads_its_lines():
    plain = KINDS["question"].terms(survey(kind="question"))
    assert [(q.key, q.form, q.is_required) for q in plain.questions] == [
        ("question", "long", True), ("phone", "phone", False), ("when", "when", False),
    ]  # fmt: skip
    assert plain.answer_days == 1
    lines = {"hours": ("Mornings, Afternoons",), "phone": ("Required",), "answer-within": ("2 days",)}
    draft = survey(kind="question", **lines)
    assert list(check(draft)) == []
    terms = KINDS["question"].terms(draft)
    assert (terms.questions[1].is_required, terms.questions[2].choices) == (True, ("Mornings", "Afternoons"))
    assert terms.answer_days == 2


@pytest.mark.parametrize(
    ("field", "line", "problem"),
    [
        ("phone", "yes please", "does not say whether"),
        ("answer-within", "soon", "no number of days"),
        ("answer-within", "0 days", "no number of days"),
        ("answer-within", "99", "no number of days"),
        ("hours", "Mornings", "only one time"),
        ("hours", "Mornings; mornings", "twice"),
    ],
)
def test_what_a_question_cannot_mean_is_named(field, line, problem):
    (mistake,) = check(survey(kind="question", **{field: (line,)}))
    assert mistake.field.casefold() == field
    assert problem in mistake.problem
