"""Passwords: which are taken, how often one may guess, and that guessing locks nobody else out."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from flask import Flask

from gatepost.actions import owning
from gatepost.engine import Engine
from gatepost.store import owners
from tests.conftest import Clock
from tests.owner.conftest import EMAIL, PASSWORD, Browser, wrong_passwords


def test_ten_wrong_passwords_make_this_place_wait_and_no_other(app: Flask, bo: Browser, clock: Clock) -> None:
    for _ in range(10):
        assert bo.log_in(password="not the right one").status_code == 401
        clock.forward(seconds=30)
    delayed = bo.log_in()
    assert delayed.status_code == 429
    assert 0 < int(delayed.headers["Retry-After"]) <= 15 * 60
    assert "minutes" in delayed.text
    owner = Browser(app.test_client(), ip="198.51.100.4")
    assert owner.log_in().status_code == 303
    clock.forward(seconds=int(delayed.headers["Retry-After"]))
    assert bo.log_in().status_code == 303


def test_one_place_cannot_try_many_addresses_either(bo: Browser, engine: Engine) -> None:
    wrong_passwords(engine, bo.ip, 29)
    codes = [bo.log_in(email=f"somebody{n}@example.org").status_code for n in range(2)]
    assert codes == [401, 429]


def test_a_subscribers_whole_ipv6_network_is_one_place() -> None:
    assert owning.place_of("2001:db8:1:2:aaaa::1") == owning.place_of("2001:db8:1:2:bbbb::9")
    assert owning.place_of("2001:db8:1:3::1") != owning.place_of("2001:db8:1:2::1")
    assert owning.place_of("::ffff:192.0.2.7") == "192.0.2.7"
    assert owning.place_of("not an address") == "unknown"


def test_a_forged_forwarding_header_is_no_new_place(bo: Browser, engine: Engine) -> None:
    wrong_passwords(engine, bo.ip, 10, EMAIL)
    form = {"csrf": bo.token("/owner/login"), "email": EMAIL, "password": PASSWORD}
    assert bo.post("/owner/login", form, **{"X-Forwarded-For": "203.0.113.1"}).status_code == 429


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("bo@example.org", "short", "has 5 characters"),
        ("bo@example.org", "aaaaaaaaaaaaaaaa", "repeats"),
        ("bo@example.org", "bo@example.org", "the address"),
        ("bo@example.org", "x" * 5 + "abcdefgh" * 40, "longer than"),
        ("not an address", PASSWORD, "no e-mail address"),
    ],
)
def test_a_refused_owner_is_told_the_cure(engine: Engine, email: str, password: str, words: str) -> None:
    with pytest.raises(owning.OwnerRefused, match=words) as refused:
        owning.add(engine, email, password)
    assert refused.value.cure


def test_adding_an_owner_again_sets_a_new_password(bo: Browser, engine: Engine) -> None:
    bo.log_in()
    owning.add(engine, "Bo@Example.org", "four other long words")
    assert bo.get("/owner/").status_code == 303
    assert bo.log_in().status_code == 401
    assert bo.log_in(password="four other long words").status_code == 303


def test_a_login_renews_a_hash_made_under_weaker_rules(bo: Browser, engine: Engine) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with engine.database.writing() as tx:
        owner = owners.by_email(tx, EMAIL)
        assert owner
        owners.set_password(tx, owner.id, weaker)
    assert bo.log_in().status_code == 303
    with engine.database.reading() as tx:
        renewed = owners.by_email(tx, EMAIL)
    assert renewed
    assert "m=65536" in renewed.password_hash
    assert owning.log_in(engine, EMAIL, PASSWORD, bo.ip)
