"""A message carries exactly our headers, whatever a title, a sender or an address tries to add."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.mail.message import HeaderRefused, Heading, parsed, seal
from gatepost.mail.rendering import Rendered
from gatepost.mail.troubles import NeverAccepted, WrongSetup

HEADING = Heading(
    UUID("019ab000-0000-7000-8000-00000000abcd"),
    "Your checklist: Before you publish",
    "Gatepost <letters@example.org>",
    "ada@reader.example",
    datetime(2026, 11, 22, 12, tzinfo=UTC),
    "https://go.example.org/leave/" + "x" * 160,
)
PARTS = Rendered("Hello.\n\n.\nA lone dot above.\n", "<p>Hello.</p>")
OURS = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "mime-version",
    "content-type",
]

INJECTIONS = [
    "x\r\nBcc: victim@example.com",
    "x\nBcc: victim@example.com",
    "x\rBcc: victim@example.com",
    "x\r\n\r\nA body of its own",
    "=?utf-8?q?=0D=0ABcc:_victim=40example.com?=",
    "=?utf-8?b?DQpCY2M6IHZpY3RpbUBleGFtcGxlLmNvbQ==?=",
    "Bob =?utf-8?q?=0ABcc:_z?=",
    "x\x00y",
    "x\x0bBcc: v@example.com",
    "x\x85Bcc: v@example.com",
    "x\u2028Bcc: v@example.com",
    "x\u2029Bcc: v@example.com",
    "x\x1b]0;title\x07",
    "half a character \ud800",
]


def read(heading: Heading):
    return parsed(seal(heading, PARTS).content)


@pytest.mark.parametrize("evil", INJECTIONS)
@pytest.mark.parametrize("place", ["subject", "leave_url"])
def test_a_value_that_could_make_a_header_is_refused(place, evil):
    with pytest.raises(HeaderRefused) as refused:
        seal(replace(HEADING, **{place: evil}), PARTS)
    assert "victim" not in str(refused.value)


@pytest.mark.parametrize(
    "evil", [*(f'"{evil}" <letters@example.org>' for evil in INJECTIONS), "", "Nobody", "a@b.example, c@d.example <x>"]
)
def test_a_sender_that_cannot_be_written_is_the_owners_to_mend_and_no_letters_fault(evil):
    with pytest.raises(WrongSetup):
        seal(replace(HEADING, mail_from=evil), PARTS)


@pytest.mark.parametrize(
    "evil",
    [
        *INJECTIONS,
        "a@b.example, c@d.example",
        "a@b.example> c@d.example",
        "<a@b.example",
        "a b@c.example",
        "a@b@c.example ",
        "@x.example",
        "a@",
        "",
        "group:a@b.example;",
    ],
)
def test_an_address_that_is_more_than_one_address_is_never_written(evil):
    with pytest.raises((NeverAccepted, HeaderRefused)):
        seal(replace(HEADING, to=evil), PARTS)


@given(st.text(max_size=60))
def test_any_title_gives_our_headers_or_a_refusal(title):
    try:
        message = read(replace(HEADING, subject="Your checklist: " + title))
    except HeaderRefused:
        return
    assert [name.lower() for name in message.keys()] == OURS  # noqa: SIM118
    assert "".join(str(message["Subject"]).split()) == "".join(("Your checklist: " + title).split())


@pytest.mark.parametrize(
    "title",
    [
        "Größe zählt",
        "読者をクライアントに" * 12,
        "Ein sehr langer Titel " * 12,
        "👩‍💻 emoji",
        "עברית",
        "a=b?c",
        "x" * 300,
        "é" * 200,
    ],
)
def test_a_title_in_any_script_and_length_arrives_as_it_was(title):
    content = seal(replace(HEADING, subject=title), PARTS).content
    assert content.isascii()
    assert str(message_from_bytes(content, policy=policy.default)["Subject"]).replace(" ", "") == title.strip().replace(
        " ", ""
    )


def test_bytes_are_the_same_for_the_same_letter_and_carry_its_own_id():
    first, second = seal(HEADING, PARTS), seal(HEADING, PARTS)
    assert first == second
    assert read(HEADING)["Message-ID"] == "<019ab000000070008000" + "00000000abcd@example.org>"
    assert all(len(line) <= 998 for line in first.content.split(b"\r\n"))
    assert b"\n" not in first.content.replace(b"\r\n", b"")


def test_a_long_leave_link_is_neither_broken_nor_encoded():
    assert f"\r\nList-Unsubscribe: <{HEADING.leave_url}>\r\n".encode() in seal(HEADING, PARTS).content


def test_one_click_is_promised_over_https_only():
    plain = read(replace(HEADING, leave_url="http://127.0.0.1:8000/leave/x"))
    assert plain["List-Unsubscribe"] == "<http://127.0.0.1:8000/leave/x>"
    assert plain["List-Unsubscribe-Post"] is None


def test_a_domain_beyond_ascii_is_written_in_the_form_that_every_server_reads():
    letter = seal(replace(HEADING, to="ada@straße.example"), PARTS)
    assert (letter.to, letter.needs_utf8) == ("ada@xn--strae-oqa.example", False)


def test_a_name_beyond_ascii_before_the_at_needs_a_server_that_can():
    letter = seal(replace(HEADING, to="josé@reader.example"), PARTS)
    assert (letter.to, letter.needs_utf8) == ("josé@reader.example", True)
    assert "To: josé@reader.example\r\n".encode() in letter.content
    assert read(replace(HEADING, to="josé@reader.example"))["To"].addresses[0].addr_spec == "josé@reader.example"


def test_a_sender_with_a_name_in_any_script_keeps_it():
    message = read(replace(HEADING, mail_from='"Größe & Söhne, Ltd." <letters@example.org>'))
    assert message["From"].addresses[0].display_name == "Größe & Söhne, Ltd."
