"""Posts are made of the article's own words, fit where they are to be read, and end with a link."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost_pelican.share.links import link
from gatepost_pelican.share.posts import LIMIT, MEDIUM, MOST_TAGS, SHORT, hashtags, length, posts
from gatepost_pelican.share.sentences import cut, fitting, sentences
from gatepost_pelican.share.subject import Section, Subject
from tests.share.conftest import BODY, Make

KINDS = {"post-short.txt": "short", "post-medium.txt": "medium", "post-long.txt": "long"}
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]) | st.just(" "), max_size=400)


def words_of(text: str) -> str:
    """A post without its hashtags and its link."""
    return "\n\n".join(part for part in text.strip().split("\n\n")[:-1] if not re.match(r"#\w", part))


def squeezed(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text)


def test_every_post_ends_with_its_own_link_in_a_line_of_its_own(subject: Make):
    made = posts(subject())
    for name, place in KINDS.items():
        assert made[name].endswith(f"\n\n{link(subject(), place)}\n")
        assert made[name].count("https://") == 1


def test_a_short_post_can_be_read_before_it_is_folded_and_a_medium_one_is_longer(subject: Make):
    made = posts(subject())
    assert 100 < len(words_of(made["post-short.txt"])) <= SHORT
    assert len(words_of(made["post-short.txt"])) < len(words_of(made["post-medium.txt"])) <= MEDIUM
    assert "\n\nWe write for people, e.g. for those who ask." in made["post-medium.txt"]
    assert "• What they ask\n• Three habits\n• What to do" in made["post-medium.txt"]


def test_a_long_post_takes_something_from_every_section_in_its_order(subject: Make):
    text = words_of(posts(subject())["post-long.txt"])
    places = [
        text.index(title)
        for title in ("We write for people", "\n\nWhat they ask", "\n\nThree habits", "\n\nWhat to do")
    ]
    assert places == sorted(places)
    assert "An empty heading" not in text
    assert "Most ask two things:\n• What does it cost?" in text
    assert "• Write it down. A note is enough." in text
    assert text.endswith("To take along: The plan")


def test_a_long_article_gives_a_long_post_of_thirteen_hundred_to_two_thousand_characters(subject: Make):
    body = "\n\n".join(
        f"## Heading {n}\n\n" + "A sentence of some length, as people write them. " * 9 for n in range(7)
    )
    text = words_of(posts(subject(body))["post-long.txt"])
    assert 1300 <= len(text) <= 2000
    assert "Heading 6" in text


def test_every_sentence_of_a_post_stands_in_the_article(subject: Make):
    whole = subject()
    known = squeezed(" ".join([BODY, whole.title, *whole.summary, "To take along The plan"]).replace("*", ""))
    for name in KINDS:
        for line in words_of(posts(whole)[name]).splitlines():
            assert all(squeezed(one).strip() in known for one in sentences(line)), line


def test_nothing_of_markdown_is_left_in_a_post(subject: Make):
    for text in posts(subject()).values():
        assert not re.search(r"\*|\]\(|^#+ |`|CODE|^- ", text, re.MULTILINE)


def test_the_comment_holds_the_link_and_that_of_the_offer(subject: Make):
    comment = posts(subject())["comment.txt"]
    assert f"Read it whole: {link(subject(), 'comment')}\n" in comment
    assert "To take along: The plan\nhttps://blog.example.org/offers/the-plan.html?utm_source=linkedin" in comment
    assert "utm_content=comment" in comment.splitlines()[-1]


@pytest.mark.parametrize(
    ("language", "whole", "take"),
    [("de", "Ganz lesen: ", "Zum Mitnehmen: "), ("fr-CH", "À lire en entier: ", "À emporter: "), ("es", "Léelo entero: ", "Para llevar: ")],
)  # fmt: skip
def test_the_kits_own_words_are_in_the_language_of_the_article(subject: Make, language: str, whole: str, take: str):
    comment = posts(subject(language=language))["comment.txt"]
    assert comment.startswith(whole)
    assert take in comment


def test_hashtags_are_tags_run_together_each_once_and_four_at_most():
    assert hashtags(("lead classes", "Lead-Classes", "2026", "e-mail", "LinkedIn", "größe", "one more")) == (
        "#LeadClasses", "#EMail", "#LinkedIn", "#Größe",
    )  # fmt: skip
    assert hashtags(("", "…", "42")) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Ask Dr. Example, e.g. on 3. March. Then go.", 2),
        ("Das gilt z. B. ab dem 3. März. Danach nicht.", 2),
        ("“Never.” That is all. (Or nearly.) Good", 4),
        ("It costs 3.50 in 2024. Then more.", 2),
        ("¿Cuánto cuesta? Depende. ¡Vale!", 3),
        ("Ça va ? Écrivez-nous. Élise lit.", 3),
        ("一つ目。二つ目。", 2),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int):
    assert len(sentences(text)) == count


@given(st.text(alphabet=string.printable + "äß“”。…", max_size=300))
def test_sentences_together_are_the_text(text: str):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.lists(WORDS, max_size=5), st.integers(1, 120))
def test_what_fits_is_never_longer_than_its_room(parts: list[str], room: int):
    assert len(fitting(parts, room)) <= room
    assert all(len(cut(part, room)) <= room for part in parts)


@settings(max_examples=60, deadline=None)
@given(WORDS.filter(str.strip), WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=6), st.lists(WORDS, max_size=9))
def test_any_text_makes_posts_that_linkedin_takes(title, summary, parts, tags):
    from datetime import date

    sections = tuple(Section(heading, (sentences(text),), points=(text,)) for heading, text in parts)
    whole = Subject(
        "any", title, sentences(summary), "en", "", "", "#000000", date(2026, 1, 1),
        "https://blog.example.org/any.html", tuple(tags), sections,
    )  # fmt: skip
    made = posts(whole)
    assert made == posts(whole)
    for name, place in KINDS.items():
        assert length(made[name]) <= LIMIT
        assert made[name].endswith(link(whole, place) + "\n")
    assert len(hashtags(tuple(tags))) <= MOST_TAGS
