"""The way out over SMTP, and the one home of smtplib: one connection for a batch, every failure sorted by its cure."""

from __future__ import annotations

import re
import smtplib
import ssl
import threading
import time
from contextlib import suppress
from typing import NoReturn, Protocol, Self

from gatepost.mail.dialogue import Dialogue, Patience
from gatepost.mail.message import Sealed
from gatepost.mail.troubles import NeverAccepted, ServerAway, Stopping, TriedLater, Trouble, Unsure, WrongSetup

__all__ = [
    "Courier",
    "NeverAccepted",
    "Patience",
    "ServerAway",
    "Stopping",
    "TriedLater",
    "Trouble",
    "Unsure",
    "WrongSetup",
]

_ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class Server(Protocol):
    """Where to and how: `security` is "starttls" (demanded), "tls" from the first byte, or "none"."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> str: ...


class Courier:
    """Sends letters to one server. Open it with `with`; the connection is made by the first letter."""

    def __init__(self, server: Server, patience: Patience | None = None, stop: threading.Event | None = None):
        self._server = server
        self._patience = patience or Patience()
        self._stop = stop or threading.Event()
        self._dialogue: Dialogue | None = None
        self._ends = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._dialogue is not None:
            self._dialogue.say_goodbye()
            self._dialogue = None

    def send(self, letter: Sealed) -> None:
        """Hand one letter over; when this returns, the server has taken it. Raises a Trouble."""
        # One end for all of it, a second connection included: a letter must not outlast its lease.
        self._ends = time.monotonic() + self._patience.letter
        try:
            self._hand_over(self._offer(letter), letter)
        except (ServerAway, Unsure, WrongSetup, Stopping):
            self._hang_up()
            raise
        except Trouble:
            self._begin_anew()
            raise

    def _offer(self, letter: Sealed) -> Dialogue:
        """Sender, address and DATA. A connection that ended since the last letter is made once more."""
        reused = self._dialogue is not None
        try:
            return self._name_both(letter)
        except ServerAway:
            self._hang_up()
            if not reused:
                raise
            return self._name_both(letter)

    def _name_both(self, letter: Sealed) -> Dialogue:
        dialogue = self._connected()
        options = ""
        if letter.needs_utf8:
            if not dialogue.has_extn("smtputf8"):
                raise NeverAccepted("Our mail server cannot write to addresses beyond ASCII (it lacks SMTPUTF8).")
            dialogue.command_encoding = "utf-8"
            options = " SMTPUTF8" + (" BODY=8BITMIME" if dialogue.has_extn("8bitmime") else "")
        with _broken_is_away():
            code, text = dialogue.docmd("MAIL", f"FROM:<{letter.sender}>{options}")
            if 500 <= code < 600 and not letter.needs_utf8:
                # It is our own address, the same for every letter, that is refused here.
                raise WrongSetup(f"The mail server refuses our sender: {code} {_words(text)}")
            _demand(250, code, text)
            _demand(250, *dialogue.docmd("RCPT", f"TO:<{letter.to}>"))
            _demand(354, *dialogue.docmd("DATA"))
        return dialogue

    def _hand_over(self, dialogue: Dialogue, letter: Sealed) -> None:
        with _broken_is_away():
            # An error in here means that the closing dot has not left this machine whole.
            dialogue.send(_with_dots(letter.content))
        try:
            code, text = dialogue.last_word()
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(f"The connection was lost after the letter was handed over: {error}") from None
        if not 200 <= code < 300 and not 400 <= code < 600:
            raise Unsure(f"The mail server answered {code} {_words(text)}")
        if code >= 400:
            _refused(code, text)

    def _connected(self) -> Dialogue:
        if self._dialogue is None:
            dialogue = Dialogue(self._server.host, self._patience, self._stop)
            dialogue.end_at(self._ends)
            try:
                self._open(dialogue)
            except BaseException:
                dialogue.close()
                raise
            self._dialogue = dialogue
        self._dialogue.end_at(self._ends)
        return self._dialogue

    def _open(self, dialogue: Dialogue) -> None:
        server = self._server
        if server.username and server.security == "none" and server.host not in _ON_THIS_MACHINE:
            raise WrongSetup("A password is not sent over a connection without encryption; leave out security=none.")
        with _broken_is_away():
            tls = ssl.create_default_context() if server.security in ("tls", "starttls") else None
            _greeted(*dialogue.begin(server.port, tls if server.security == "tls" else None))
            _greeted(*dialogue.greet())
            if tls is not None and server.security == "starttls":
                self._encrypt(dialogue, tls)
            if server.username:
                self._log_in(dialogue)

    def _encrypt(self, dialogue: Dialogue, tls: ssl.SSLContext) -> None:
        if not dialogue.has_extn("starttls"):
            raise WrongSetup("The mail server offers no STARTTLS, and letters are not sent in the open.")
        dialogue.encrypt(tls)
        _greeted(*dialogue.greet())

    def _log_in(self, dialogue: Dialogue) -> None:
        server = self._server
        try:
            dialogue.login(server.username, server.password)
        except smtplib.SMTPNotSupportedError:
            raise WrongSetup("The mail server takes no user name and password on this port.") from None
        except UnicodeEncodeError:
            raise WrongSetup("User name and password of the mail server must be ASCII.") from None
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:
                raise ServerAway(f"{error.smtp_code} {_words(error.smtp_error)}") from None
            raise WrongSetup(f"The mail server refuses user name or password: {error.smtp_code}") from None

    def _begin_anew(self) -> None:
        """Forget the refused letter on the server's side, so that the next one finds a clean table."""
        if self._dialogue is None:
            return
        try:
            code, _ = self._dialogue.rset()
        except (OSError, smtplib.SMTPException, Trouble):
            code = 0
        if code != 250:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._dialogue is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._dialogue.close()
            self._dialogue = None


class _broken_is_away:  # noqa: N801 - reads as a word after `with`
    """Everything that can break before the closing dot: nothing was sent, so it may be tried again."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, ssl.SSLCertVerificationError):
            raise WrongSetup(f"The mail server's certificate is not good: {error.verify_message}") from None
        if isinstance(error, ssl.SSLError):
            raise WrongSetup(f"No encrypted connection with the mail server: {error.reason or error}") from None
        if isinstance(error, smtplib.SMTPResponseException):
            _greeted(error.smtp_code, error.smtp_error)
            raise ServerAway(f"{error.smtp_code} {_words(error.smtp_error)}") from None
        if isinstance(error, OSError | smtplib.SMTPException):
            raise ServerAway(f"The mail server cannot be reached: {error}") from None


def _greeted(code: int, text: bytes | str) -> None:
    """Judge an answer that concerns every letter alike. Raises ServerAway or WrongSetup."""
    if 500 <= code < 600:
        raise WrongSetup(f"The mail server will not speak with us: {code} {_words(text)}")
    if not 200 <= code < 300:
        raise ServerAway(f"{code} {_words(text)}")


def _demand(wanted: int, code: int, text: bytes) -> None:
    """Judge an answer about one letter. Raises a Trouble unless it is the one that leads on."""
    if code // 100 != wanted // 100:
        _refused(code, text)


def _refused(code: int, text: bytes) -> NoReturn:
    reason = f"{code} {_words(text)}"
    if code == 421 or not 400 <= code < 600:
        raise ServerAway(reason)
    if code == 530:
        raise WrongSetup(f"The mail server wants a login or encryption first: {reason}")
    raise TriedLater(reason) if code < 500 else NeverAccepted(reason)


def _words(text: bytes | str) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _with_dots(content: bytes) -> bytes:
    """The letter as DATA wants it: lines that begin with a dot get another, and a lone dot ends it."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"
