"""One SMTP conversation with limits: on time, on the length of an answer, and on how long a stop may take.

smtplib waits for each packet anew and reads answers of any number of lines; a server that trickles a byte a second
would hold a worker past its lease, and then two workers would send one letter.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from gatepost.mail.troubles import Stopping

_SLICE = 0.25
_LONGEST_ANSWER = 64 * 1024
# Once a letter is handed over, its answer is worth waiting for: without it the letter goes out twice.
_LAST_WORD_WHEN_STOPPING = 5.0


@dataclass(frozen=True)
class Patience:
    """Seconds: to connect, for one answer, and for one letter as a whole (shorter than an outbox lease)."""

    connect: float = 10.0
    answer: float = 60.0
    letter: float = 200.0


class Dialogue(smtplib.SMTP):
    """A conversation with one server. Raises SMTPServerDisconnected when patience ends, Stopping when told to stop."""

    def __init__(self, host: str, patience: Patience, stop: threading.Event):
        super().__init__(local_hostname="localhost", timeout=patience.connect)
        self._host = host  # the name that certificates are checked against
        self._patience = patience
        self._stop = stop
        self._rest = bytearray()
        self._ends = 0.0
        self._handed_over = False
        self._tls: ssl.SSLContext | None = None

    def begin(self, port: int, tls: ssl.SSLContext | None) -> tuple[int, bytes]:
        """Connect, encrypted from the first byte if `tls` is given; returns the server's banner."""
        self._tls = tls
        return self.connect(self._host, port)

    def greet(self) -> tuple[int, bytes]:
        """EHLO, or HELO where that is not known (5xx)."""
        self.local_hostname = self._our_name()
        code, text = self.ehlo()
        return self.helo() if 500 <= code < 600 else (code, text)

    def end_at(self, ends: float) -> None:
        """Begin a letter that must be through when the monotonic clock shows `ends`."""
        self._ends = ends
        self._handed_over = False

    def last_word(self) -> tuple[int, bytes]:
        """The answer to a letter that was handed over whole; a stop waits a little for this one."""
        self._handed_over = True
        return self.getreply()

    def say_goodbye(self) -> None:
        """QUIT without waiting for the answer."""
        with suppress(OSError, smtplib.SMTPException, Stopping):
            self._handed_over = True
            self.putcmd("QUIT")
        self.close()

    def encrypt(self, tls: ssl.SSLContext) -> None:
        """STARTTLS. Raises SMTPResponseException, ssl.SSLError, or OSError when the handshake breaks."""
        code, text = self.docmd("STARTTLS")
        if code != 220 or self.sock is None:
            raise smtplib.SMTPResponseException(code, text)
        # What came after the answer, in the same packet, was said in the open: it is not believed.
        self._rest.clear()
        self.sock.settimeout(self._patience.connect)
        self.sock = tls.wrap_socket(self.sock, server_hostname=self._host)
        # Nor is what the server claimed to be able to do (RFC 3207).
        self.esmtp_features = {}
        self.ehlo_resp = self.helo_resp = None

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        """Write within what is left of the letter's time. Raises SMTPServerDisconnected or Stopping."""
        self._stop_if_told()
        left = self._ends - time.monotonic()
        if left <= 0:
            self.close()
            raise smtplib.SMTPServerDisconnected("The time for this letter ran out.")
        if self.sock:
            self.sock.settimeout(min(left, self._patience.answer))
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """The server's answer: its code and its lines. Raises SMTPServerDisconnected for silence and nonsense."""
        until = min(time.monotonic() + self._patience.answer, self._ends)
        lines: list[bytes] = []
        while True:
            line = self._line(until)
            if not line[:3].isdigit() or line[3:4] not in (b"", b" ", b"-"):
                self._give_up("The mail server did not answer in SMTP.")
            lines.append(line[4:].strip())
            if sum(map(len, lines)) > _LONGEST_ANSWER:
                self._give_up("The mail server's answer did not end.")
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._rest:
            if len(self._rest) > _LONGEST_ANSWER:
                self._give_up("The mail server's answer did not end.")
            self._rest += self._received(until)
        line, _, rest = bytes(self._rest).partition(b"\n")
        self._rest = bytearray(rest)
        return line.rstrip(b"\r")

    def _received(self, until: float) -> bytes:
        while self.sock is not None:
            self._stop_if_told()
            if self._handed_over and self._stop.is_set():
                until = min(until, time.monotonic() + _LAST_WORD_WHEN_STOPPING)
            left = until - time.monotonic()
            if left <= 0:
                self._give_up("The mail server did not answer in time.")
            self.sock.settimeout(min(left, _SLICE))
            try:
                found: bytes = self.sock.recv(4096)
            except TimeoutError:
                continue
            except OSError as error:
                self._give_up(f"The connection broke: {error}")
            if not found:
                self._give_up("The mail server closed the connection.")
            return found
        raise smtplib.SMTPServerDisconnected("There is no connection.")

    def _stop_if_told(self) -> None:
        if self._stop.is_set() and not self._handed_over:
            raise Stopping("The worker was told to stop.")

    def _give_up(self, reason: str) -> NoReturn:
        self.close()
        raise smtplib.SMTPServerDisconnected(reason)

    def _our_name(self) -> str:
        # Never getfqdn(): it asks a name server and may hang; an address in brackets is always true.
        name = socket.gethostname()
        if "." in name and name.isascii():
            return name
        address = self.sock.getsockname()[0] if self.sock else "127.0.0.1"
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        if self._tls is None:
            return plain
        try:
            return self._tls.wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise
