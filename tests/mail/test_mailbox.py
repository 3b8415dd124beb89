"""Without a mail server letters lie in a folder, readable on this machine and nowhere else."""

from __future__ import annotations

import os

import pytest

from gatepost.actions import mailing
from gatepost.mail import mailbox
from tests.mail.cast import ADA, ask, state


@pytest.fixture
def folder(engine):
    return mailbox.folder(engine.settings.data_dir)


def test_a_letter_without_a_mail_server_can_be_read_in_the_mailbox(engine, folder):
    owed = ask(engine)
    assert mailing.send_due(engine, mailbox.Mailbox(folder)).sent == 1
    [kept] = mailbox.listed(folder)
    assert (kept.id, kept.to, kept.subject) == (owed.id, ADA, "Please confirm: Before you publish")
    assert kept.date == engine.now()
    assert engine.link("confirm", owed.signup_id) in kept.text
    assert engine.link("confirm", owed.signup_id) in kept.html
    assert mailbox.read(folder, str(owed.id)) == kept
    assert state(engine, owed).state == "sent"


def test_the_newest_letter_stands_first_and_half_a_letter_nowhere(engine, folder):
    first, second = ask(engine, "a@reader.example"), ask(engine, "b@reader.example")
    mailing.send_due(engine, mailbox.Mailbox(folder))
    os.utime(folder / f"{first.id}.eml", (2_000_000_000, 2_000_000_000))
    (folder / f".{second.id}.new").write_bytes(b"Subject: half")
    assert [kept.id for kept in mailbox.listed(folder)] == [first.id, second.id]
    assert (folder / f"{first.id}.eml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", "..", "../secret-keys", "/etc/passwd", "a\x00b", "0" * 31, "%2e%2e", "\ud800"])
def test_only_an_id_opens_a_letter(folder, name):
    folder.mkdir(parents=True)
    assert mailbox.read(folder, name) is None


def test_an_empty_mailbox_is_no_error(folder):
    assert mailbox.listed(folder) == []
    assert mailbox.forget(folder, ADA) == 0
    assert mailbox.forget(folder, "no address") == 0


def test_a_persons_letters_can_be_taken_out_again(engine, folder):
    ask(engine), ask(engine, "bo@reader.example")
    mailing.send_due(engine, mailbox.Mailbox(folder))
    assert mailbox.forget(folder, ADA) == 1
    assert [kept.to for kept in mailbox.listed(folder)] == ["bo@reader.example"]


def test_a_folder_that_cannot_be_written_leaves_the_letter_owed(engine, folder):
    owed = ask(engine)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file stands in the way")
    assert "cannot be written" in mailing.send_due(engine, mailbox.Mailbox(folder)).trouble
    assert state(engine, owed).state == "queued"
