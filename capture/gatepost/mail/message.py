"""From a rendered letter to the bytes of one message, with exactly our headers and no other.

The standard library turns `=?utf-8?q?=0ABcc:...?=` inside a value into a second header line (CVE-2024-6923), so
values are refused beforehand and the finished bytes are parsed back and compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string, policy
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from gatepost.mail.letters import Attachment
from gatepost.mail.rendering import Rendered
from gatepost.mail.troubles import NeverAccepted, WrongSetup

# What would need quotes in an address, or make a list or a group of it (RFC 5322).
_SPECIAL = frozenset(' <>()[]",:;\\')
# Line breaks of any kind, other controls, and halves of characters.
_REFUSED_KINDS = frozenset({"Cc", "Cs", "Zl", "Zp"})


class HeaderRefused(Exception):
    """A value that could make a header of its own. The text names the header, never the value."""

    cure = "Take line breaks, control characters and `=?` out of the offer's title and of GATEPOST_MAIL_FROM."

    def __init__(self, name: str, problem: str):
        super().__init__(f"The header {name} {problem}.")
        self.name = name


@dataclass(frozen=True)
class Sealed:
    """A finished letter: `content` has CRLF lines and is 7-bit unless `needs_utf8`; sender and `to` are bare addresses."""

    id: UUID
    sender: str
    to: str
    content: bytes
    needs_utf8: bool = False


@dataclass(frozen=True)
class Heading:
    """What stands above a letter. `mail_from` may carry a display name; `leave_url` ends all letters, "" where none does."""

    letter_id: UUID
    subject: str
    mail_from: str
    to: str
    at: datetime
    leave_url: str


def seal(heading: Heading, parts: Rendered, attachments: Sequence[Attachment] = ()) -> Sealed:
    """One message as bytes. Raises HeaderRefused, NeverAccepted for an address that cannot be written, and
    WrongSetup for a sender that cannot.
    """
    sender_name, sender = _sender(heading.mail_from)
    to = wire_address(heading.to)
    needs_utf8 = not (to.isascii() and sender.isascii())
    message = EmailMessage(policy=_POLICY.clone(utf8=needs_utf8))
    try:
        values = _headers(heading, sender_name, sender, to)
        for name, value in values.items():
            message[name] = value
        message.set_content(parts.text, cte="quoted-printable")
        message.add_alternative(parts.html, subtype="html", cte="quoted-printable")
        message.set_boundary(f"letter-{heading.letter_id.hex}")
        _attach(message, heading.letter_id, attachments)
        content = message.as_bytes()
    except (MessageError, ValueError, IndexError) as error:
        # The library's own words may quote the value.
        raise HeaderRefused("set", f"cannot be written ({type(error).__name__})") from None
    _compare(content, values)
    return Sealed(heading.letter_id, sender, to, content, needs_utf8)


def _attach(message: EmailMessage, letter_id: UUID, attachments: Sequence[Attachment]) -> None:
    for file in attachments:
        kind, *params = (part.strip() for part in file.media_type.split(";"))
        main, _, sub = kind.partition("/")
        named = dict(part.split("=", 1) for part in params)
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name, params=named)
    if attachments:
        message.set_boundary(f"whole-{letter_id.hex}")


def parsed(content: bytes) -> EmailMessage:
    """A message read back from its bytes; those of a Sealed are UTF-8 at most."""
    return message_from_string(content.decode("utf-8", "replace"), policy=policy.SMTPUTF8)


def wire_address(address: str) -> str:
    """The address as SMTP carries it: a domain beyond ASCII in its A-label form. Raises NeverAccepted."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or any(c in _SPECIAL or unicodedata.category(c) in _REFUSED_KINDS for c in address):
        raise NeverAccepted("This address cannot be written into a letter.")
    if domain.isascii():
        return address
    try:
        found = validate_email(f"x@{domain}", check_deliverability=False)
    except EmailNotValidError:
        raise NeverAccepted("The domain of this address does not exist in any form a server reads.") from None
    return f"{local}@{found.ascii_domain}"


def _headers(heading: Heading, sender_name: str, sender: str, to: str) -> dict[str, Any]:
    domain = sender.rpartition("@")[2]
    _refuse_bad("Subject", heading.subject)
    _refuse_bad("List-Unsubscribe", heading.leave_url)
    if not heading.leave_url.isascii() or any(c in " <>" for c in heading.leave_url):
        raise HeaderRefused("List-Unsubscribe", "is not a plain link")
    headers: dict[str, Any] = {
        "From": _address(sender_name, sender),
        "To": _address("", to),
        "Subject": " ".join(heading.subject.split()),
        "Date": heading.at,
        # The same letter has the same id however often it is sent: mail programs then show one copy.
        "Message-ID": f"<{heading.letter_id.hex}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<letters.{domain}>",
    }
    if heading.leave_url:
        headers["List-Unsubscribe"] = f"<{heading.leave_url}>"
    if heading.leave_url.startswith("https://"):
        # RFC 8058 allows one-click for https links only.
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _sender(mail_from: str) -> tuple[str, str]:
    """Name and address of GATEPOST_MAIL_FROM. It stands above every letter, so no letter is to blame for it."""
    try:
        _refuse_bad("From", mail_from)
        [(name, address)] = getaddresses([mail_from])
        return name, wire_address(address)
    except (HeaderRefused, NeverAccepted, ValueError):
        raise WrongSetup("GATEPOST_MAIL_FROM is no address that can stand above a letter.") from None


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def _refuse_bad(name: str, value: str) -> None:
    if "=?" in value:
        raise HeaderRefused(name, "holds `=?`, which begins an encoded word")
    if any(unicodedata.category(character) in _REFUSED_KINDS for character in value):
        raise HeaderRefused(name, "holds a line break or another control character")


def _compare(content: bytes, values: dict[str, Any]) -> None:
    """What a receiver will read must be what we meant. Raises HeaderRefused."""
    read = parsed(content)
    ours = [*values, "MIME-Version", "Content-Type"]
    if [name.lower() for name in read.keys()] != [name.lower() for name in ours]:  # noqa: SIM118 - repeats matter
        raise HeaderRefused("set", "is not the one that was written")
    for name, value in values.items():
        meant = value if isinstance(value, str) else None
        if meant is not None and "".join(str(read[name]).split()) != "".join(meant.split()):
            raise HeaderRefused(name, "reads otherwise than it was written")
    for name in ("From", "To"):
        found = [address.addr_spec for address in read[name].addresses]
        if found != [values[name].addr_spec]:
            raise HeaderRefused(name, "does not name exactly one address")


class _Unbroken(UnstructuredHeader):
    """A link or an id: written on one line, for the library would break or encode a long one."""

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


def _our_policy() -> policy.EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    for name in ("list-unsubscribe", "list-id", "message-id"):
        registry.map_to_type(name, _Unbroken)  # type: ignore[arg-type]
    return policy.SMTP.clone(header_factory=registry)


_POLICY = _our_policy()
