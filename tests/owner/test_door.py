"""The door: who gets in, for how long, and what other sites cannot make an owner do."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import text

from gatepost.actions import owning
from gatepost.engine import Engine
from gatepost.store import Database
from tests.conftest import Clock
from tests.owner.conftest import EMAIL, PASSWORD, Browser


def _dump(database: Database) -> list[list[object]]:
    with database.reading() as tx:
        return [
            [tuple(row) for row in tx.execute(text(f"SELECT * FROM {name}"))]
            for name in ("owner", "session", "login_try")
        ]


def test_everything_but_the_login_asks_for_one(app: Flask, bo: Browser) -> None:
    doors = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("owner.")]
    assert len(doors) > 10
    for rule in doors:
        if rule.endpoint in ("owner.log_in_page", "owner.log_in", "owner.static"):
            continue
        path = re.sub(r"<uuid:\w+>", "0" * 8 + "-0000-7000-8000-" + "0" * 12, rule.rule)
        path = re.sub(r"<[\w:]+>", "first-steps", path)
        answer = bo.post(path, {}) if "POST" in (rule.methods or ()) else bo.get(path)
        assert answer.status_code == 303, path
        assert "/owner/login" in answer.location
        assert "first steps" not in answer.text.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/owner",
        "/owner/funnel/",
        "/owner//funnel",
        "/OWNER/",
        "/owner%2ffunnel",
        "/owner/funnel;x",
        "/owner/funnel.json",
    ],
)
def test_no_other_spelling_of_a_path_is_a_way_in(bo: Browser, path: str) -> None:
    answer = bo.get(path)
    assert answer.status_code in (303, 308, 404)
    assert "How many" not in answer.text


def test_a_login_leads_to_the_page_that_was_asked_for(bo: Browser) -> None:
    asked = bo.get("/owner/funnel?offer=ebook")
    assert asked.location == "/owner/login?next=/owner/funnel?offer%3Debook"
    answer = bo.log_in(next_="/owner/funnel?offer=ebook")
    assert (answer.status_code, answer.location) == (303, "/owner/funnel?offer=ebook")
    assert bo.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    "next_",
    [
        "https://evil.example/",
        "//evil.example/owner/",
        "/\\evil.example",
        "/owner/../x",
        "/owner/\r\nX: y",
        "javascript:alert(1)",
    ],
)
def test_a_login_leads_nowhere_else(bo: Browser, next_: str) -> None:
    assert bo.log_in(next_=next_).location == "/owner/"


def test_the_cookie_is_for_this_host_and_no_script(bo: Browser) -> None:
    header = next(h for h in bo.log_in().headers.getlist("Set-Cookie") if h.startswith("__Host-gp-owner="))
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"):
        assert part in header
    assert "Domain" not in header


def test_the_database_never_holds_what_the_cookie_holds(bo: Browser, engine: Engine) -> None:
    bo.log_in()
    secret = bo.cookie().split(".")[0]
    assert len(secret) >= 43
    assert secret not in str(_dump(engine.database))


def test_each_login_is_a_new_session_and_ends_the_one_before(bo: Browser) -> None:
    bo.log_in()
    first = bo.cookie()
    bo.post("/owner/logout", {"csrf": bo.token("/owner/")})
    bo.log_in()
    assert bo.cookie().split(".")[0] != first.split(".")[0]
    bo.client.set_cookie("__Host-gp-owner", first, domain="go.example.org")
    assert bo.get("/owner/").status_code == 303


@pytest.mark.parametrize("change", ["x{}", "{}x", "{0}.{0}", "..", "a.1.b", "\u0661", "{}\x00"])
def test_a_changed_cookie_opens_nothing(bo: Browser, engine: Engine, change: str) -> None:
    bo.log_in()
    assert owning.visit(engine, bo.cookie()) is not None
    assert owning.visit(engine, change.format(bo.cookie())) is None


def test_a_session_ends_after_twelve_idle_hours(bo: Browser, clock: Clock) -> None:
    bo.log_in()
    clock.forward(hours=11)
    assert bo.get("/owner/").status_code == 200
    clock.forward(hours=11)
    assert bo.get("/owner/").status_code == 200, "looking is not idling"
    clock.forward(hours=12, seconds=1)
    assert bo.get("/owner/").status_code == 303


def test_a_session_ends_after_a_week_however_busy(bo: Browser, clock: Clock) -> None:
    bo.log_in()
    for _ in range(16):
        clock.forward(hours=10)
        assert bo.get("/owner/").status_code == 200
    clock.forward(hours=10)
    assert bo.get("/owner/").status_code == 303


def test_an_old_copy_of_a_cookie_is_worth_nothing_after_twelve_hours(bo: Browser, clock: Clock, engine: Engine) -> None:
    bo.log_in()
    copy = bo.cookie()
    clock.forward(hours=7)
    bo.get("/owner/")
    clock.forward(hours=6)
    assert owning.visit(engine, copy) is None
    assert owning.visit(engine, bo.cookie()) is not None


def test_looking_changes_nothing_in_the_database(inside: Browser, engine: Engine, clock: Clock) -> None:
    before = _dump(engine.database)
    clock.forward(hours=1)
    for path in (
        "/owner/",
        "/owner/funnel",
        "/owner/leads",
        "/owner/days",
        "/owner/articles/first-steps",
        "/owner/login",
        "/owner/password",
    ):
        assert inside.get(path).status_code in (200, 303)
    assert _dump(engine.database) == before


def test_logging_out_ends_every_copy_of_the_cookie(bo: Browser, engine: Engine) -> None:
    bo.log_in()
    copy = bo.cookie()
    assert bo.post("/owner/logout", {"csrf": bo.token("/owner/")}).status_code == 303
    assert bo.cookie() == ""
    assert owning.visit(engine, copy) is None


def test_a_new_password_ends_every_other_session(app: Flask, bo: Browser, engine: Engine) -> None:
    other = Browser(app.test_client())
    other.log_in()
    bo.log_in()
    old = bo.cookie()
    form = {"csrf": bo.token("/owner/password"), "current": PASSWORD, "new": "four other long words"}
    assert "logged out" in bo.post("/owner/password", form).text
    assert bo.get("/owner/").status_code == 200
    assert other.get("/owner/").status_code == 303
    assert owning.visit(engine, old) is None
    assert other.log_in().status_code == 401
    assert other.log_in(password="four other long words").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [("wrong password here", "four other long words", "not your password"), (PASSWORD, "short", "12 characters")],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_weak_one(
    bo: Browser, current: str, new: str, words: str
) -> None:
    bo.log_in()
    answer = bo.post("/owner/password", {"csrf": bo.token("/owner/password"), "current": current, "new": new})
    assert answer.status_code == 422
    assert words in answer.text
    bo.post("/owner/logout", {"csrf": bo.token("/owner/")})
    assert bo.log_in().status_code == 303


@pytest.mark.parametrize("path", ["/owner/logout", "/owner/password"])
def test_a_form_without_the_sessions_token_is_refused(bo: Browser, path: str) -> None:
    bo.log_in()
    for token in ("", "0" * 64, "é"):
        assert bo.post(path, {"csrf": token, "current": PASSWORD, "new": "four other long words"}).status_code == 403
    assert bo.get("/owner/").status_code == 200


@pytest.mark.parametrize(
    "sender",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://go.example.org.evil.example"},
        {"Origin": "https://go.example.org:444"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_the_token(bo: Browser, sender: dict[str, str]) -> None:
    bo.log_in()
    assert bo.post("/owner/logout", {"csrf": bo.token("/owner/")}, **sender).status_code == 403
    login = {"csrf": bo.token("/owner/password"), "email": EMAIL, "password": PASSWORD}
    assert bo.post("/owner/login", login, **sender).status_code == 403


def test_a_login_that_no_page_of_ours_sent_is_refused(bo: Browser) -> None:
    form = {"email": EMAIL, "password": PASSWORD}
    assert bo.post("/owner/login", form).status_code == 403
    assert bo.post("/owner/login", {**form, "csrf": "made-up"}).status_code == 403
    bo.get("/owner/login")
    assert bo.post("/owner/login", {**form, "csrf": "made-up"}).status_code == 403
    assert bo.cookie() == ""


def test_a_get_logs_nobody_out(bo: Browser) -> None:
    bo.log_in()
    assert bo.get("/owner/logout").status_code == 405
    assert bo.get("/owner/").status_code == 200


def test_unknown_owners_and_wrong_passwords_look_alike(bo: Browser) -> None:
    known, unknown = bo.log_in(password="not the right one"), bo.log_in(email="nobody@example.org")
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace(EMAIL, "") == unknown.text.replace("nobody@example.org", "")


def test_what_was_typed_stays_and_is_escaped(bo: Browser) -> None:
    answer = bo.log_in(email='"><script>alert(1)</script>')
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.parametrize("path", ["/owner/login", "/owner/"])
def test_pages_carry_the_strict_headers(inside: Browser, path: str) -> None:
    headers = inside.get(path).headers
    assert (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'"
        in headers["Content-Security-Policy"]
    )
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
