"""Settings: one typed value, read once from the environment; a wrong one stops the start and names its cure."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

KEY_LENGTH = 32
# What becomes of a read that brings no receipt: it is not believed, or it is.
RECEIPTS = ("demand", "accept")
_KEYS_FILE = "secret-keys"
_EXAMPLES = ("change", "example", "secret", "password", "default", "insecure", "0123456789")


class BadSetting(Exception):
    """An environment variable whose value cannot be used. Carries its name and the cure, never a secret's text."""

    def __init__(self, name: str, problem: str, cure: str):
        super().__init__(f"{name} {problem}")
        self.name = name
        self.cure = cure


@dataclass(frozen=True)
class Smtp:
    """An SMTP server. `security` is "starttls" (must be offered), "tls" from the first byte, or "none"."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides. URLs carry no trailing slash."""

    database_url: str
    secret_keys: tuple[str, ...]
    site_url: str
    capture_url: str
    smtp: Smtp | None
    mail_from: str
    data_dir: Path
    port: int
    origins: tuple[str, ...] = ()
    trusted_proxies: int = 0
    postal_address: str = ""
    receipts: str = "demand"

    @property
    def is_https(self) -> bool:
        """Are readers on an encrypted connection?"""
        return self.capture_url.startswith("https://")


def read(env: Mapping[str, str], *, local: bool = False) -> Settings:
    """Read the environment. `local` is for `gatepost up`: keys are made and kept, addresses default to this machine.

    Raises BadSetting.
    """
    data_dir = read_data_dir(env)
    here = f"http://127.0.0.1:{port(env)}"
    site_url = _url(env, "GATEPOST_SITE_URL", here if local else "")
    capture_url = _url(env, "GATEPOST_CAPTURE_URL", site_url)
    return Settings(
        database_url=_database_url(env, data_dir),
        secret_keys=_local_keys(env, data_dir) if local else _demanded_keys(env),
        site_url=site_url,
        capture_url=capture_url,
        smtp=_smtp(env),
        mail_from=_mail_from(env, local),
        data_dir=data_dir,
        port=port(env),
        origins=(origin(site_url), origin(capture_url), *_origins(env)),
        trusted_proxies=_whole(env, "GATEPOST_TRUSTED_PROXIES", 0, 10),
        postal_address=env.get("GATEPOST_POSTAL_ADDRESS", "").strip(),
        receipts=_receipts(env),
    )


def database_url(env: Mapping[str, str]) -> str:
    """Only the database's address: a build's report and `db` commands need no keys. Raises BadSetting."""
    return _database_url(env, read_data_dir(env))


def api_token(env: Mapping[str, str]) -> str:
    """The token with which a build reads the report over `/api/v1`; empty where there is none. Raises BadSetting."""
    text = env.get("GATEPOST_API_TOKEN", "").strip()
    if text and not (text.isascii() and text.isprintable() and " " not in text):
        raise BadSetting(
            "GATEPOST_API_TOKEN", "is no token", "Set it to the one word that `gatepost owner token add NAME` printed."
        )
    return text


def read_data_dir(env: Mapping[str, str]) -> Path:
    """Where catalogue, held files, keys and a local database lie."""
    return Path(env.get("GATEPOST_DATA_DIR") or ".gatepost").absolute()


def origin(url: str) -> str:
    """The origin (scheme, host, port) of an absolute URL, as a browser would send it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _whole(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()) or int(text) > most:
        raise BadSetting(name, f"is {text!r}", f"Use a whole number from 0 to {most}.")
    return int(text)


def port(env: Mapping[str, str]) -> int:
    """Where to listen. Raises BadSetting."""
    number = _whole(env, "PORT", 8000, 65535)
    if number == 0:
        raise BadSetting("PORT", "is 0", "Use a port from 1 to 65535, for example 8000.")
    return number


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    text = (env.get(name) or default).rstrip("/")
    parts = urlsplit(text)
    if not text:
        raise BadSetting(
            name, "is not set", f"Set it to the address readers use, for example {name}=https://blog.example.org"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise BadSetting(name, f"is {text!r}", "Use an address such as https://blog.example.org, without a query.")
    return text


def _origins(env: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    for text in (env.get("GATEPOST_ORIGINS") or "").replace(",", " ").split():
        if urlsplit(text).scheme not in ("http", "https") or text.rstrip("/").lower() != origin(text):
            raise BadSetting(
                "GATEPOST_ORIGINS",
                f"holds {text!r}",
                "List origins only, for example https://www.example.org, separated by commas.",
            )
        found.append(origin(text))
    return tuple(found)


def _receipts(env: Mapping[str, str]) -> str:
    name = "GATEPOST_RECEIPTS"
    text = (env.get(name) or RECEIPTS[0]).strip().lower()
    if text not in RECEIPTS:
        raise BadSetting(name, f"is {text!r}", "Use demand (the default), or accept to count reads without a receipt.")
    return text


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    text = env.get("GATEPOST_DATABASE_URL") or f"sqlite:///{data_dir / 'gatepost.db'}"
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if not text.startswith(("sqlite:///", "postgresql://")):
        raise BadSetting(
            "GATEPOST_DATABASE_URL",
            "names no known database",
            "Use sqlite:///path/to/file.db or postgresql://user:password@host/name.",
        )
    return text


def _demanded_keys(env: Mapping[str, str]) -> tuple[str, ...]:
    name = "GATEPOST_SECRET_KEYS"
    keys = tuple((env.get(name) or "").replace(",", " ").split())
    cure = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))" and put it first; keep older ones after it.'
    if not keys:
        raise BadSetting(name, "is not set", cure)
    for place, key in enumerate(keys, 1):
        if len(key) < KEY_LENGTH or len(set(key)) < 12 or any(word in key.lower() for word in _EXAMPLES):
            raise BadSetting(name, f"has a weak key in place {place}", cure)
    return keys


def _local_keys(env: Mapping[str, str], data_dir: Path) -> tuple[str, ...]:
    if env.get("GATEPOST_SECRET_KEYS"):
        return _demanded_keys(env)
    path = data_dir / _KEYS_FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(KEY_LENGTH) + "\n")
    return tuple(path.read_text().split())


def _smtp(env: Mapping[str, str]) -> Smtp | None:
    name = "GATEPOST_SMTP_URL"
    text = env.get(name)
    if not text:
        return None
    cure = "Use smtp://user:password@host:587 (STARTTLS), smtps://user:password@host:465, or smtp://localhost:25?security=none."
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadSetting(name, "cannot be read", cure) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.query not in ("", "security=none"):
        raise BadSetting(name, "cannot be read", cure)
    security = "tls" if parts.scheme == "smtps" else "none" if parts.query else "starttls"
    return Smtp(
        host=parts.hostname,
        port=port or {"tls": 465, "starttls": 587, "none": 25}[security],
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _mail_from(env: Mapping[str, str], local: bool) -> str:
    name = "GATEPOST_MAIL_FROM"
    text = env.get(name) or (
        "Gatepost <letters@localhost.localdomain>" if local or not env.get("GATEPOST_SMTP_URL") else ""
    )
    address = parseaddr(text)[1]
    if "@" not in address or any(mark in text for mark in "\r\n") or "=?" in text:
        raise BadSetting(
            name,
            f"is {text!r}" if text else "is not set",
            "Use an address you own, for example: Ada Example <letters@example.org>",
        )
    return text
