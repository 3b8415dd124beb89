"""The door of the API: what one looks like, and nobody passes without a token. No cookie, and no page of another origin."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from gatepost.actions import admitting
from gatepost.web.wiring import engine

_REALM = 'Bearer realm="gatepost"'
# RFC 6750: a token's characters, and more of them than any of ours has.
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,512}=*) *", re.IGNORECASE)


class TokenMissing(Exception):
    """A request without `Authorization: Bearer ...`."""

    cure = "Send `Authorization: Bearer <token>`; the site's owner makes one with: gatepost owner token add NAME"
    challenge = _REALM

    def __init__(self) -> None:
        super().__init__("This door opens to programs with a token.")


class TokenWrong(Exception):
    """A token that nobody made, or that was taken back."""

    cure = "Take the text that `gatepost owner token add NAME` printed, or have a new one made."
    challenge = f'{_REALM}, error="invalid_token"'

    def __init__(self) -> None:
        super().__init__("No such token is known; it may have been taken back.")


@dataclass(frozen=True)
class Door:
    """A GET. `path` is as OpenAPI writes it, below /api/v1; `answers` gives each media type of a 200 its schema."""

    path: str
    answer: Callable[..., ResponseReturnValue]
    says: str
    answers: Mapping[str, Mapping[str, Any]]
    parameters: Sequence[Mapping[str, Any]] = ()
    is_public: bool = False

    @property
    def name(self) -> str:
        """The path as one word: `articles_slug`."""
        return re.sub(r"\W+", "_", self.path).strip("_")

    @property
    def rule(self) -> str:
        """The path as Flask writes it. A slug may hold a slash where a site's addresses do."""
        return re.sub(r"{(\w+)}", r"<path:\1>", self.path)


def guard(blueprint: Blueprint, doors: Sequence[Door]) -> None:
    """Open each door to GET and HEAD, behind the demand for a token unless it is public."""
    public = frozenset(f"{blueprint.name}.{door.name}" for door in doors if door.is_public)
    for door in doors:
        blueprint.add_url_rule(door.rule, door.name, door.answer, methods=["GET"])
    blueprint.before_request(lambda: None if request.endpoint in public else _demand_token())
    blueprint.after_request(_challenge)


def _demand_token() -> None:
    # Nothing is told of what a token may ask for before there is one.
    sent = request.headers.get("Authorization", "")
    if not sent.lower().startswith("bearer"):
        raise _told(TokenMissing())
    match = _BEARER.fullmatch(sent)
    if match is None or not admitting.opens(engine(), match[1]):
        raise _told(TokenWrong())


def _told(refused: TokenMissing | TokenWrong) -> Exception:
    g.challenge = refused.challenge
    return refused


def _challenge(answer: Response) -> Response:
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = g.challenge
    return answer
