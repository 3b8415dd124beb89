"""Owning: who may open the dashboard, logging in and out, and the session in between.

The cookie is `secret.seconds.signature`. The database knows only the secret's hash and when the session began, which
ends its life after a week. Idleness is told by the seconds, which are signed anew as pages are shown: so looking
at the dashboard changes nothing in the database, and an old copy of a cookie is worth nothing after twelve hours.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email

from gatepost.engine import Engine
from gatepost.leads import email_key
from gatepost.store import owners
from gatepost.store.owners import Owner, Session, Try

if TYPE_CHECKING:
    from argon2 import PasswordHasher

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
SHORTEST, LONGEST = 12, 256
# Wrong passwords for one address from one place, and for any address from one place, before it has to wait.
# Never for an address alone: anybody could lock its owner out.
MOST_WRONG, MOST_WRONG_HERE = 10, 30
WINDOW = timedelta(minutes=15)
# A cookie is signed anew when it is older than this, not with every page.
_FRESH = timedelta(minutes=5)
_PURPOSE = b"gatepost.owner.session"


class OwnerRefused(Exception):
    """An address or a password that cannot be an owner's. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


class LoginRefused(Exception):
    """Address and password do not belong together; which of them is wrong is nobody's business."""

    cure = "Check both, or set a new password with: gatepost owner add EMAIL"

    def __init__(self) -> None:
        super().__init__("This address and this password do not belong together.")


class LoginDelayed(Exception):
    """Too many wrong passwords from this place. `retry_after` is in seconds."""

    cure = "Wait, or log in from another network."

    def __init__(self, retry_after: int):
        super().__init__(f"Too many wrong passwords. Please try again in {-(-retry_after // 60)} minutes.")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Visit:
    """A logged-in owner's request. `csrf` must come back with every form."""

    owner: Owner
    session: Session
    secret: str
    stamped_at: datetime

    @property
    def csrf(self) -> str:
        """Known to pages of this session alone."""
        return hmac.new(self.secret.encode(), b"gatepost.owner.csrf", sha256).hexdigest()


def add(engine: Engine, email: str, password: str) -> None:
    """Make an owner, or give one a new password, which ends their sessions. Raises OwnerRefused."""
    try:
        address = email_key(validate_email(email.strip(), check_deliverability=False, test_environment=True).normalized)
    except EmailNotValidError as error:
        raise OwnerRefused(f"{email!r} is no e-mail address.", str(error)) from None
    check_password(password, address)
    hashed = _hasher().hash(_normal(password))
    with engine.database.writing() as tx:
        known = owners.by_email(tx, address)
        if known is None:
            owners.add(tx, Owner(engine.new_id(), address, hashed, engine.now()))
        else:
            owners.set_password(tx, known.id, hashed)
            owners.end_sessions(tx, known.id)


def check_password(password: str, address: str) -> None:
    """Length counts, not odd characters. Raises OwnerRefused."""
    text = _normal(password)
    cure = f"Use {SHORTEST} characters or more; four words that do not belong together are good."
    if len(text) < SHORTEST:
        raise OwnerRefused(f"The password has {len(text)} characters.", cure)
    if len(text) > LONGEST:
        raise OwnerRefused(f"The password is longer than {LONGEST} characters.", f"Use {SHORTEST} to {LONGEST}.")
    if len(set(text.lower())) < 6:
        raise OwnerRefused("The password repeats a few characters.", cure)
    local = address.partition("@")[0]
    if text.lower() in (address, address.replace("@", "")) or (len(local) > 5 and text.lower().startswith(local)):
        raise OwnerRefused("The password is the address itself, or begins with it.", cure)


def log_in(engine: Engine, email: str, password: str, source: str, before: Visit | None = None) -> str:
    """A new session's cookie; `source` is the caller's IP address, `before` the session it replaces.

    Raises LoginRefused or LoginDelayed. Takes as long for an unknown owner as for a wrong password.
    """
    address = email_key(unicodedata.normalize("NFC", email.strip()))
    tries = _claim_tries(engine, address, source)
    nobody = _nobody()
    with engine.database.reading() as tx:
        owner = owners.by_email(tx, address)
    is_right = _verify(owner.password_hash if owner else nobody, password)
    if owner is None or not is_right:
        raise LoginRefused
    with engine.database.writing() as tx:
        owners.forget_tries(tx, [one.id for one in tries], tries[0].key)
        owners.end_old_sessions(tx, engine.now() - LIFE)
        if before:
            owners.end_session(tx, before.session.hash)
        if _hasher().check_needs_rehash(owner.password_hash):
            owners.set_password(tx, owner.id, _hasher().hash(_normal(password)))
        made = _new_session(engine, owner)
        owners.add_session(tx, made.session)
    return cookie(engine, made)


def visit(engine: Engine, cookie: str) -> Visit | None:
    """Who is behind a cookie, None for nobody. Changes nothing."""
    secret, _, rest = cookie.partition(".")
    seconds, _, signature = rest.partition(".")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        return None
    hashed = _hash(secret)
    if not any(
        hmac.compare_digest(_sign(key, hashed, seconds), signature.encode()) for key in engine.settings.secret_keys
    ):
        return None
    now, stamped_at = engine.now(), datetime.fromtimestamp(int(seconds), UTC)
    with engine.database.reading() as tx:
        found = owners.session(tx, hashed)
    if found is None or now - stamped_at > IDLE or now - found[0].created_at > LIFE:
        return None
    return Visit(found[1], found[0], secret, stamped_at)


def fresh_cookie(engine: Engine, visit: Visit) -> str | None:
    """The cookie stamped with this moment, or None while the old stamp is fresh enough."""
    return cookie(engine, visit) if engine.now() - visit.stamped_at > _FRESH else None


def cookie(engine: Engine, visit: Visit) -> str:
    """The text of the cookie, stamped with this moment."""
    seconds = str(int(engine.now().timestamp()))
    return f"{visit.secret}.{seconds}.{_sign(engine.settings.secret_keys[0], visit.session.hash, seconds).decode()}"


def is_own_form(visit: Visit, token: str) -> bool:
    """Does this form come from a page of this session?"""
    return hmac.compare_digest(visit.csrf.encode(), token.encode("utf-8", "replace"))


def log_out(engine: Engine, visit: Visit) -> None:
    """End the session for every copy of its cookie."""
    with engine.database.writing() as tx:
        owners.end_session(tx, visit.session.hash)


def change_password(engine: Engine, visit: Visit, current: str, new: str, source: str) -> str:
    """Set a new password; every other session ends and this one gets a new cookie, which is returned.

    Raises LoginRefused, LoginDelayed or OwnerRefused.
    """
    tries = _claim_tries(engine, visit.owner.email, source)
    if not _verify(visit.owner.password_hash, current):
        raise LoginRefused
    check_password(new, visit.owner.email)
    hashed = _hasher().hash(_normal(new))
    made = _new_session(engine, visit.owner)
    with engine.database.writing() as tx:
        owners.forget_tries(tx, [one.id for one in tries], tries[0].key)
        owners.set_password(tx, visit.owner.id, hashed)
        owners.end_sessions(tx, visit.owner.id)
        owners.add_session(tx, made.session)
    return cookie(engine, made)


def place_of(source: str) -> str:
    """An IPv4 address, or the /64 network that one IPv6 subscriber holds."""
    try:
        address = ipaddress.ip_address(source.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _claim_tries(engine: Engine, address: str, source: str) -> tuple[Try, Try]:
    # Counted before the password is looked at, so that many at once are not a way around the limit.
    now, place = engine.now(), place_of(source)
    limits = ((f"{place} {_hash(address)[:32]}", MOST_WRONG), (place, MOST_WRONG_HERE))
    with engine.database.writing() as tx:
        owners.drop_old_tries(tx, now - WINDOW)
        for key, most in limits:
            past = owners.tries(tx, key, now - WINDOW)
            if len(past) >= most:
                raise LoginDelayed(max(1, int((past[-most] + WINDOW - now).total_seconds())))
        made = (Try(engine.new_id(), limits[0][0], now), Try(engine.new_id(), limits[1][0], now))
        owners.add_tries(tx, made)
    return made


def _new_session(engine: Engine, owner: Owner) -> Visit:
    secret, now = secrets.token_urlsafe(32), engine.now()
    return Visit(owner, Session(_hash(secret), owner.id, now, now), secret, now)


def _verify(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, _normal(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # RFC 9106, second recommended option; 64 MiB for each try.
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password opens, to be verified where there is no owner."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _normal(password: str) -> str:
    # A keyboard may send é as one character or as two.
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode())


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _sign(key: str, session_hash: str, seconds: str) -> bytes:
    return (
        hmac.new(key.encode(), b"|".join((_PURPOSE, session_hash.encode(), seconds.encode())), sha256)
        .hexdigest()
        .encode()
    )
