"""Bo owns the site and knows a good password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatepost.engine import Engine
from gatepost.store import owners
from gatepost.store.owners import Owner, Try
from gatepost.web import create_app
from tests.report import story

EMAIL, PASSWORD = "bo@example.org", "quiet harbour lamp seven"
HERE = "https://go.example.org"


@dataclass
class Browser:
    """A browser at the dashboard: keeps cookies, sends forms with the token of the page it loaded."""

    client: FlaskClient
    ip: str = "192.0.2.7"
    headers: dict[str, str] = field(default_factory=lambda: {"Origin": HERE})

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=HERE, environ_base={"REMOTE_ADDR": self.ip})

    def post(self, path: str, data: dict[str, str], **headers: str) -> TestResponse:
        return self.client.post(
            path, data=data, base_url=HERE, headers={**self.headers, **headers}, environ_base={"REMOTE_ADDR": self.ip}
        )

    def token(self, path: str) -> str:
        """The hidden token of the first form on a page."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def log_in(self, email: str = EMAIL, password: str = PASSWORD, next_: str = "") -> TestResponse:
        return self.post(
            "/owner/login", {"csrf": self.token("/owner/login"), "email": email, "password": password, "next": next_}
        )

    def cookie(self, name: str = "__Host-gp-owner") -> str:
        found = self.client.get_cookie(name, domain="go.example.org")
        return found.value if found else ""


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Of PASSWORD, made once: a good hash is slow on purpose."""
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def app(engine: Engine, password_hash: str) -> Flask:
    """The real application, with an owner."""
    with engine.database.writing() as tx:
        owners.add(tx, Owner(engine.new_id(), EMAIL, password_hash, engine.now()))
    return create_app(engine)


def wrong_passwords(engine: Engine, ip: str, count: int, email: str = "") -> None:
    """Somebody at this place has been guessing."""
    key = f"{ip} {sha256(email.encode()).hexdigest()[:32]}" if email else ip
    with engine.database.writing() as tx:
        owners.add_tries(tx, [Try(engine.new_id(), key, engine.now()) for _ in range(count)])


@pytest.fixture
def bo(app: Flask) -> Browser:
    """Not logged in yet."""
    return Browser(app.test_client())


@pytest.fixture
def inside(bo: Browser, engine: Engine) -> Browser:
    """Logged in, on a site with a busy month."""
    story.busy_month(engine.database)
    assert bo.log_in().status_code == 303
    return bo
