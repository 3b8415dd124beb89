"""A real SMTP server that does as it is told, badly if need be, and writes down every verb it hears."""

from __future__ import annotations

import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from gatepost.settings import Smtp


@dataclass
class Taken:
    """A letter that came in whole: envelope and bytes."""

    sender: str
    to: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


@dataclass
class PostOffice:
    """`answers[verb]` are given one after the other, then it behaves. A letter is `taken` whenever its dot came in.

    The verb "END" is the answer to the dot; the answer "DROP" closes the connection instead.
    """

    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    heard: list[tuple[str, str]] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    before_answer: Callable[[Taken], None] = lambda _: None
    options: dict[str, Any] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> PostOffice:
        self._controller = _Counter(self, hostname="127.0.0.1", port=free_port(), ssl_context=self.tls)
        self._controller.start()
        self.connections = 0  # the controller's own knock does not count
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def settings(self, security: str = "none", username: str = "", password: str = "", host: str = "127.0.0.1") -> Smtp:
        return Smtp(host, self._controller.port, security, username, password)

    def verbs(self) -> list[str]:
        return [verb for verb, _ in self.heard]

    def next_answer(self, verb: str) -> str | None:
        return self.answers[verb].pop(0) if self.answers[verb] else None

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        letter = Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.content)
        self.taken.append(letter)
        self.before_answer(letter)
        answer = self.next_answer("END") or "250 taken"
        if answer == "DROP":
            server.transport.abort()
        return answer


class _Counter(Controller):
    def factory(self) -> SMTP:
        self.handler.connections += 1
        return _Clerk(self.handler, ident="post office", hostname="mail.example.org", **self.handler.options)


class _Clerk(SMTP):
    """Hears each verb before the real server does, and may answer in its place."""

    def __init__(self, office: PostOffice, **options: Any):
        super().__init__(office, **options)
        self._office = office

    async def push(self, status: Any) -> None:
        if isinstance(status, str) and status.startswith("220 mail.example.org"):
            status = self._office.next_answer("BANNER") or status
        await super().push(status)

    async def _instead(self, verb: str, arg: str | None) -> bool:
        self._office.heard.append((verb, arg or ""))
        answer = self._office.next_answer(verb)
        if answer == "DROP":
            self.transport.abort()
        elif answer:
            await self.push(answer)
        return answer is not None


def _hearing(verb: str) -> Callable[[_Clerk, str | None], Any]:
    real = getattr(SMTP, f"smtp_{verb}")

    async def smtp_verb(self: _Clerk, arg: str | None) -> None:
        if not await self._instead(verb, arg):
            await real(self, arg)

    # What a verb may be said without is written on the real one.
    smtp_verb.__dict__.update(real.__dict__)
    return smtp_verb


for _verb in ("EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"):
    setattr(_Clerk, f"smtp_{_verb}", _hearing(_verb))


def knows(username: str, password: str) -> dict[str, Any]:
    """Options of an office that demands a login."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (username.encode(), password.encode())
        return AuthResult(success=good, handled=False)

    return {"authenticator": check, "auth_required": True}


class RawServer:
    """Speaks bytes, not SMTP: `talk` gets each new connection and does what no library would let it do."""

    def __init__(self, talk: Callable[[socket.socket], None]):
        self._talk = talk
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []

    def __enter__(self) -> RawServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for connection in (self._socket, *self._open):
            connection.close()

    def settings(self) -> Smtp:
        return Smtp("127.0.0.1", self._socket.getsockname()[1], "none")

    def _accept(self) -> None:
        try:
            while True:
                connection, _ = self._socket.accept()
                self._open.append(connection)
                threading.Thread(target=self._speak, args=(connection,), daemon=True).start()
        except OSError:
            return

    def _speak(self, connection: socket.socket) -> None:
        try:
            self._talk(connection)
        except OSError:
            return


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]
