"""Every letter says why it came, what its one button does, and how never to get another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from jinja2 import UndefinedError

from gatepost.languages import words
from gatepost.mail.letters import LETTERS, FileLink, FollowUp, LetterContext, Quote
from gatepost.mail.message import Heading, seal
from gatepost.mail.rendering import render
from gatepost.offers.entered import Entered

TOKEN = "WyIwMTkzNTFhMmIzYzQ3ZDVlOGY5MDAwMTEyMjMzNDQ1NSIsMTc2Mzg0MDAwMF0.k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0YaQ"
GO = "https://go.example.org"
CONTEXT = LetterContext(
    words=words("en"),
    site_name="Gatepost",
    site_url="https://blog.example.org",
    offer_title="Before you publish",
    offer_noun="checklist",
    leave_url=f"{GO}/leave/{TOKEN}",
    my_url=f"{GO}/my/{TOKEN}",
    link_ends_on=date(2026, 12, 22),
    offer_summary="Twenty checks.",
    article_title="First steps",
    confirm_url=f"{GO}/confirm/{TOKEN}",
    files=(
        FileLink("List.pdf", f"{GO}/download/{TOKEN}", "12 kB"),
        FileLink("List.epub", f"{GO}/download/{TOKEN}2", "9 kB"),
    ),
    uses=20,
    postal_address="1 Example Street, 10115 Berlin",
    asked="Somebody, most likely you, asked Gatepost for “Before you publish”.",
    confirm_words="Yes, send it to me",
    yours_url=f"{GO}/yours/{TOKEN}",
    answers=(Quote("How did you find us?", "A friend"), Quote("Tell us more", "Two lines,\n-- \nand <b>a third</b>.")),
    ending_title="Before you publish: the list",
    follow_up=FollowUp("ada@reader.example", f"{GO}/owner/follow-ups#task-7", date(2026, 11, 24)),
    part=Entered(
        "in", "A book", datetime(2026, 12, 22, 21, 59, tzinfo=UTC), "Europe/Berlin", f"{GO}/draw/contest",
        ("0b1e9ff3-6f1c-4c53-9a0a-2f8b8e8f2f10",), f"{GO}/refer/{TOKEN}", 5, "5e" * 32,
    ),
)  # fmt: skip
NO_ARTICLE = replace(CONTEXT, article_title="", offer_summary="", postal_address="", files=CONTEXT.files[:1])


def sent(name: str, context: LetterContext = CONTEXT):
    """The letter as its reader's mail program takes it apart."""
    text = LETTERS[name].compose(context)
    heading = Heading(
        UUID(int=7), text.subject, "Gatepost <letters@example.org>", "ada@reader.example",
        datetime(2026, 11, 22, tzinfo=UTC), context.leave_url,
    )  # fmt: skip
    message = message_from_bytes(seal(heading, render(text, context)).content, policy=policy.default)
    parts = {part.get_content_subtype(): part.get_content() for part in message.walk() if not part.is_multipart()}
    return message, parts["plain"], parts["html"]


# What goes to an owner has nobody to leave, and no permission to be asked about.
TO_READERS = [name for name, letter in LETTERS.items() if letter.purpose != "owner"]
every_letter = pytest.mark.parametrize("name", TO_READERS)
in_both_cases = pytest.mark.parametrize("context", [CONTEXT, NO_ARTICLE], ids=["full", "bare"])


@every_letter
@in_both_cases
def test_a_letter_has_a_text_and_an_html_part_without_an_unfilled_field(name, context):
    message, text, html = sent(name, context)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    for part in (text, html, str(message["Subject"])):
        assert not re.search(r"\{\{|\}\}|\{%|None|Undefined|“”|\(\)", part)
        assert "Before you publish" in " ".join(part.split())


@every_letter
def test_a_letter_can_be_unsubscribed_from_with_one_click(name):
    message, _, _ = sent(name)
    assert message["List-Unsubscribe"] == f"<{CONTEXT.leave_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@every_letter
@in_both_cases
def test_every_link_leads_to_the_capture_address_and_nothing_is_fetched(name, context):
    _, text, html = sent(name, context)
    links = re.findall(r'href="([^"]*)"', html)
    assert links
    assert all(link.startswith(f"{GO}/") for link in links)
    assert set(re.findall(r"https?://\S+", text)) == set(links)
    assert not re.search(r"<img|src=|url\(|@import|<link|<script", html)


@every_letter
def test_there_is_one_button_and_its_link_stands_bare_beside_it(name):
    _, text, html = sent(name)
    buttons = re.findall(r'<a class="button" href="([^"]*)"', html)
    assert len(buttons) == 1
    assert f">{buttons[0]}</a>" in html
    assert buttons[0] in text.splitlines()


@every_letter
def test_a_letter_says_why_it_came_and_what_to_do_if_it_was_somebody_else(name):
    _, text, html = sent(name)
    for part in (text, html):
        flat = " ".join(part.split())
        assert "You get this letter because" in flat
        assert "not you" in flat
        assert "do nothing" in flat
        assert "Stop all letters" in flat


def test_an_owners_letter_says_what_to_do_and_carries_no_link_of_the_readers():
    message, text, html = sent("question-notice", replace(CONTEXT, leave_url="", my_url="", yours_url=""))
    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None
    for part in (text, html):
        flat = " ".join(part.split())
        assert "because you are an owner of Gatepost" in flat
        assert "ada@reader.example" in flat
        assert "24 November 2026" in flat
        assert "Stop all letters" not in flat
    assert set(re.findall(r"https?://\S+", text)) == {f"{GO}/owner/follow-ups#task-7"}


@pytest.mark.parametrize("name", ["survey", "question", "question-notice"])
def test_what_somebody_typed_is_quoted_line_by_line_and_never_obeyed(name):
    message, text, html = sent(name, replace(CONTEXT, files=()))
    assert "Tell us more\n> Two lines,\n> --\n> and <b>a third</b>." in text.replace("\r\n", "\n")
    assert "and &lt;b&gt;a third&lt;/b&gt;." in html
    assert "Two lines" not in str(message["Subject"])


def test_a_survey_that_leads_nowhere_thanks_and_shows_the_answers():
    message, text, _ = sent("survey", replace(CONTEXT, files=(), ending_title=""))
    assert str(message["Subject"]) == "Your answers count: Before you publish"
    assert f"{GO}/yours/{TOKEN}" in text.splitlines()
    assert "opens until" not in text


def test_a_survey_that_leads_to_an_offer_names_it_and_brings_its_files():
    message, text, _ = sent("survey")
    assert str(message["Subject"]) == "Here it is: Before you publish: the list"
    assert "They led to this: “Before you publish: the list”." in " ".join(text.split())
    assert "List.epub" in text


def test_the_confirmation_promises_what_the_worker_does_after_thirty_days():
    _, text, _ = sent("confirm")
    assert "never confirmed is forgotten after 30 days" in " ".join(text.split())
    assert "22 December 2026" in " ".join(text.split())


def test_a_delivery_names_every_file_with_its_size_and_end():
    _, text, html = sent("delivery")
    for part in (text, html):
        assert "List.pdf" in part
        assert "12 kB" in part
        assert "List.epub" in part
    assert "up to 20 times" in " ".join(text.split())


@every_letter
def test_markup_in_a_title_is_shown_and_never_obeyed(name):
    evil = replace(
        CONTEXT, offer_title='<script>alert(1)</script>"&{{ 1234*1111 }}', article_title="<b>x", site_name="A & B"
    )
    message, text, html = sent(name, evil)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "{{ 1234*1111 }}" in html
    assert "1370974" not in html
    assert "<script>alert(1)</script>" in " ".join(text.split()) + str(message["Subject"])


@every_letter
def test_a_letter_has_no_place_for_a_name_that_a_reader_typed(name):
    assert not {field for field in LetterContext.__dataclass_fields__ if "name" in field} - {"site_name"}
    assert LETTERS[name].purpose in ("service", "nurture", "owner")


def test_a_field_without_a_value_is_an_error_and_no_gap():
    class Halfway:
        heading = "Only a heading"

    with pytest.raises(UndefinedError):
        render(Halfway(), CONTEXT)  # type: ignore[arg-type]
