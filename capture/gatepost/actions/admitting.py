"""Admitting: tokens for programs that read the report over `/api/v1`.

A token is 256 random bits, so its SHA-256 is enough to keep: there is no list of likely tokens to hash and compare, as
there is of passwords. For the same reason wrong ones are not slowed down as wrong passwords are. Guessing one would take
longer than there is time, and a limit would have to write on every GET and would let a stranger shut a program out.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from gatepost.engine import Engine
from gatepost.store import programs
from gatepost.store.programs import Program

# Recognisable, so that a scanner for leaked secrets can find one in a repository.
PREFIX = "gp_"
LONGEST_NAME = 100


class TokenRefused(Exception):
    """A name that no token can have. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


class TokenUnknown(Exception):
    """There is no token of this name."""

    cure = "`gatepost owner token list` shows all of them."

    def __init__(self, name: str):
        super().__init__(f"There is no token called {name!r}.")


def add(engine: Engine, name: str) -> str:
    """Make a token and return its text, which cannot be shown again. Raises TokenRefused."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise TokenRefused(
            f"{name!r} cannot be a token's name.",
            f"Use 1 to {LONGEST_NAME} characters that say which program it is for, for example: build-server",
        )
    text = PREFIX + secrets.token_urlsafe(32)
    with engine.database.writing() as tx:
        if programs.by_name(tx, name):
            raise TokenRefused(
                f"There is a token called {name!r} already.",
                f"Choose another name, or take the old one back first: gatepost owner token remove {name}",
            )
        programs.add(tx, Program(_hash(text), name, engine.now()))
    return text


def remove(engine: Engine, name: str) -> None:
    """Take a token back: from now on it opens nothing. Raises TokenUnknown."""
    with engine.database.writing() as tx:
        if not programs.remove(tx, name.strip()):
            raise TokenUnknown(name)


def listed(engine: Engine) -> list[Program]:
    """Every token that opens the door, oldest first; their texts are not known any more."""
    with engine.database.reading() as tx:
        return programs.listed(tx)


def opens(engine: Engine, token: str) -> bool:
    """Is this the text of a token? Changes nothing, and takes as long for any wrong one."""
    with engine.database.reading() as tx:
        return programs.by_hash(tx, _hash(token)) is not None


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
