"""A mail server may answer anything; every answer is sorted by what may be done about it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from gatepost.mail.message import Heading, Sealed, seal
from gatepost.mail.rendering import Rendered
from gatepost.mail.smtp import (
    Courier,
    NeverAccepted,
    Patience,
    ServerAway,
    Stopping,
    TriedLater,
    Trouble,
    Unsure,
    WrongSetup,
)
from gatepost.settings import Smtp
from tests.mail.conftest import HURRIED
from tests.mail.post_office import PostOffice, RawServer, free_port


def letter(to: str = "ada@reader.example", text: str = "Hello.\n") -> Sealed:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    heading = Heading(UUID(int=9), "Hello", "Gatepost <letters@example.org>", to, at, "https://go.example.org/leave/x")
    return seal(heading, Rendered(text, "<p>Hello.</p>"))


def trouble_with(server, sealed: Sealed | None = None, patience: Patience = HURRIED) -> Trouble:
    with Courier(server, patience) as courier, pytest.raises(Trouble) as caught:
        courier.send(sealed or letter())
    return caught.value


def test_a_letter_arrives_byte_for_byte(office, courier):
    sealed = letter(text=".\n..two dots\n.one dot\nFrom here\n")
    with courier:
        courier.send(sealed)
    [taken] = office.taken
    assert (taken.sender, taken.to, taken.content) == ("letters@example.org", ["ada@reader.example"], sealed.content)


def test_a_batch_goes_over_one_connection(office, courier):
    with courier:
        for _ in range(5):
            courier.send(letter())
    assert (len(office.taken), office.connections) == (5, 1)


@pytest.mark.parametrize(
    ("verb", "answer", "named"),
    [
        ("BANNER", "421 too busy", ServerAway),
        ("BANNER", "554 not you", WrongSetup),
        ("EHLO", "421 closing", ServerAway),
        ("MAIL", "451 try later", TriedLater),
        ("MAIL", "421 closing", ServerAway),
        ("MAIL", "550 sender unknown", WrongSetup),
        ("MAIL", "530 log in first", WrongSetup),
        ("RCPT", "450 greylisted", TriedLater),
        ("RCPT", "452 too many", TriedLater),
        ("RCPT", "421 closing", ServerAway),
        ("RCPT", "550 no such person", NeverAccepted),
        ("RCPT", "530 log in first", WrongSetup),
        ("DATA", "451 local error", TriedLater),
        ("DATA", "554 no valid recipients", NeverAccepted),
        ("DATA", "250 what?", ServerAway),
        ("END", "451 try later", TriedLater),
        ("END", "452 disk full", TriedLater),
        ("END", "421 closing", ServerAway),
        ("END", "554 looks like spam", NeverAccepted),
        ("END", "354 go on", Unsure),
        ("END", "DROP", Unsure),
        ("BANNER", "hello there", ServerAway),
        ("MAIL", "DROP", ServerAway),
        ("RCPT", "DROP", ServerAway),
        ("DATA", "DROP", ServerAway),
    ],
)
def test_an_answer_is_named_for_what_may_be_done(office, verb, answer, named):
    office.answers[verb] = [answer] * 2
    assert type(trouble_with(office.settings())) is named


def test_a_refused_letter_does_not_spoil_the_next_on_the_same_connection(office, courier):
    office.answers["RCPT"] = ["550 no such person", "450 later"]
    office.answers["END"] = ["554 spam"]
    with courier:
        for named in (NeverAccepted, TriedLater, NeverAccepted):
            with pytest.raises(named):
                courier.send(letter())
        courier.send(letter())
    assert office.connections == 1
    assert office.verbs().count("RSET") == 3


def test_a_server_that_refuses_to_forget_is_called_anew(office, courier):
    office.answers["RCPT"], office.answers["RSET"] = ["450 later"], ["500 what?"]
    with courier:
        with pytest.raises(TriedLater):
            courier.send(letter())
        courier.send(letter())
    assert (office.connections, len(office.taken)) == (2, 1)


def test_a_connection_that_ended_between_two_letters_is_made_again(office, courier):
    with courier:
        courier.send(letter())
        office.answers["MAIL"] = ["421 only one letter a call"]
        courier.send(letter())
    assert (office.connections, len(office.taken)) == (2, 2)


def test_nobody_at_home_is_told_as_such():
    assert isinstance(trouble_with(Smtp("127.0.0.1", free_port(), "none")), ServerAway)


def test_an_unknown_host_is_told_as_such():
    assert isinstance(trouble_with(Smtp("mail.invalid", 25, "none")), ServerAway)


def silent(connection: socket.socket) -> None:
    connection.recv(1)


def trickling(connection: socket.socket) -> None:
    for byte in b"220 " + b"x" * 1000:
        connection.sendall(bytes([byte]))
        time.sleep(0.2)


def endless_line(connection: socket.socket) -> None:
    for _ in range(1600):
        connection.sendall(b"2" * 65536)


def endless_lines(connection: socket.socket) -> None:
    for _ in range(10000):
        connection.sendall(b"220-and another thing, and another, and another\r\n" * 100)


def half_a_banner(connection: socket.socket) -> None:
    connection.sendall(b"22")
    connection.close()


@pytest.mark.parametrize("talk", [silent, trickling, endless_line, endless_lines, half_a_banner])
def test_a_server_that_never_comes_to_the_point_is_left_in_time(talk: Callable[[socket.socket], None]):
    began = time.monotonic()
    with RawServer(talk) as server:
        assert isinstance(trouble_with(server.settings()), ServerAway)
    assert time.monotonic() - began < 4


def talker(*answers: bytes, then: Callable[[socket.socket], None] = silent) -> Callable[[socket.socket], None]:
    """Banner, EHLO, MAIL, RCPT, DATA: one answer each, then something else."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(answers[0])
        for answer in answers[1:]:
            connection.recv(4096)
            connection.sendall(answer)
        heard = b""
        while not heard.endswith(b"\r\n.\r\n"):
            heard += connection.recv(65536)
        then(connection)

    return talk


GOOD = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n")


def test_silence_after_the_dot_leaves_us_unsure():
    with RawServer(talker(*GOOD)) as server:
        assert isinstance(trouble_with(server.settings()), Unsure)


def test_an_endless_answer_after_the_dot_leaves_us_unsure():
    with RawServer(talker(*GOOD, then=endless_line)) as server:
        assert isinstance(trouble_with(server.settings()), Unsure)


def test_a_letter_that_did_not_leave_whole_may_be_tried_again():
    def stops_reading(connection: socket.socket) -> None:
        connection.sendall(GOOD[0])
        for answer in GOOD[1:]:
            connection.recv(4096)
            connection.sendall(answer)
        time.sleep(3)

    with RawServer(stops_reading) as server:
        huge = letter(text="x" * 70 * 400_000)
        assert isinstance(trouble_with(server.settings(), huge), ServerAway)


def test_an_address_beyond_ascii_goes_out_where_the_server_can(office, courier):
    with courier:
        courier.send(letter("josé@reader.example"))
        courier.send(letter())
    assert office.taken[0].to == ["josé@reader.example"]
    assert ["SMTPUTF8" in arg for verb, arg in office.heard if verb == "MAIL"] == [True, False]


def test_an_address_beyond_ascii_is_refused_with_its_reason_where_the_server_cannot():
    with PostOffice() as old:
        trouble = trouble_with(old.settings(), letter("josé@reader.example"))
    assert isinstance(trouble, NeverAccepted)
    assert "SMTPUTF8" in str(trouble)


def test_a_trouble_never_repeats_the_address(office):
    office.answers["RCPT"] = ["550 5.1.1 <ada@reader.example>: ada@reader.example\x07 is unknown"]
    assert str(trouble_with(office.settings())) == "550 5.1.1 <(address)>: (address) is unknown"


def test_a_stop_ends_a_hanging_server_within_a_second():
    stop = threading.Event()
    with RawServer(silent) as server, Courier(server.settings(), Patience(), stop) as courier:
        threading.Timer(0.3, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Stopping):
            courier.send(letter())
        assert time.monotonic() - began < 1.3


def test_a_stop_still_waits_for_the_answer_to_a_letter_handed_over(office):
    stop = threading.Event()
    office.before_answer = lambda _: (stop.set(), time.sleep(0.6))
    with Courier(office.settings(), HURRIED, stop) as courier:
        courier.send(letter())
    assert len(office.taken) == 1


def test_a_worker_that_slept_past_its_time_does_not_hand_the_letter_over():
    def slow_consent(connection: socket.socket) -> None:
        connection.sendall(GOOD[0])
        for answer in GOOD[1:]:
            connection.recv(4096)
            time.sleep(0.5)
            connection.sendall(answer)
        heard.append(connection.recv(65536))

    heard: list[bytes] = []
    with RawServer(slow_consent) as server:
        trouble = trouble_with(server.settings(), patience=Patience(connect=2, answer=2, letter=1.8))
    assert isinstance(trouble, ServerAway)
    assert heard in ([], [b""])
