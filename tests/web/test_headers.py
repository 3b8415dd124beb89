"""Who may call from where, under which name, and what every answer carries."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from gatepost.web import create_app
from tests.web.conftest import whole_database

ALLOWED = ["https://blog.example.org", "https://go.example.org", "https://www.example.net"]
STRANGERS = [
    "https://evil.test", "null", "https://blog.example.org.evil.test", "https://evilblog.example.org", "http://blog.example.org",
    "https://blog.example.org:8443", "https://blog.example.org/", "HTTPS://BLOG.EXAMPLE.ORG", "https://blog.example.org, https://evil.test", "",
]  # fmt: skip
GOOD = {"email": "ada@example.org", "offer": "checklist"}


@pytest.mark.parametrize("origin", ALLOWED)
def test_scripts_of_a_listed_origin_may_sign_up_and_touch(client, origin):
    for path in ("/signup", "/touch"):
        asked = client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert (asked.status_code, asked.data) == (204, b"")
        assert asked.headers["Access-Control-Allow-Origin"] == origin
        assert asked.headers["Access-Control-Allow-Methods"] == "POST"
        assert int(asked.headers["Access-Control-Max-Age"]) > 0
    answer = client.post("/signup", json=GOOD, headers={"Origin": origin})
    assert answer.status_code == 202
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", STRANGERS)
def test_scripts_of_any_other_origin_may_not(client, engine, origin):
    before = whole_database(engine)
    answers = [client.options(path, headers={"Origin": origin}) for path in ("/signup", "/touch")]
    answers.append(client.post("/signup", json=GOOD, headers={"Origin": origin}))
    assert answers[-1].status_code == 403
    for answer in answers:
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control-Allow")]
    assert whole_database(engine) == before


@pytest.mark.parametrize("origin", [None, "https://evil.test", *ALLOWED])
def test_every_shared_answer_varies_by_origin(client, origin):
    headers = {"Origin": origin} if origin else {}
    for path in ("/signup", "/touch"):
        for answer in (client.options(path, headers=headers), client.post(path, headers=headers, json=GOOD)):
            assert "Origin" in answer.headers["Vary"]


def test_a_plain_form_may_come_from_anywhere(client):
    answer = client.post("/signup", data=GOOD, headers={"Origin": "https://evil.test"})
    assert answer.status_code == 303
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_of_the_same_address_is_no_stranger(client):
    answer = client.post("/signup", json=GOOD, headers={"Origin": "http://localhost"})
    assert answer.status_code == 202


@pytest.mark.parametrize(
    "host", ["evil.example", "go.example.org.evil.test", "go.example.org:80@evil.test", "", "evil.test:443", "go.example.org, evil.test"]
)  # fmt: skip
def test_another_name_is_400_and_stores_nothing(client, engine, host):
    before = whole_database(engine)
    for path in ("/signup", "/healthz", "/thanks"):
        answer = client.open(path, method="POST" if path == "/signup" else "GET", data=GOOD, headers={"Host": host})
        assert answer.status_code == 400, path
        assert b"evil" not in answer.data
    assert whole_database(engine) == before


def test_forwarded_names_change_nothing(client):
    forged = {
        "X-Forwarded-Host": "evil.test",
        "X-Forwarded-Proto": "ftp",
        "X-Original-URL": "/owner",
        "Forwarded": "host=evil.test",
    }
    plain, other = client.get("/thanks"), client.get("/thanks", headers=forged)
    assert (plain.status_code, plain.data) == (other.status_code, other.data)
    assert client.post("/signup", data=GOOD, headers=forged).headers["Location"] == "/thanks/checklist"


def test_every_answer_of_every_door_carries_the_headers(ada, client):
    path = ada.is_confirmed_for(consent="letters")
    answers = [
        client.get(one)
        for one in (
            "/thanks",
            "/nowhere",
            "/healthz",
            "/confirm/x",
            path,
            ada.link("confirm"),
            ada.link("leave"),
            ada.link("my"),
        )
    ]
    answers += [
        client.post("/signup", data=GOOD),
        client.post("/signup", json={}),
        client.post("/touch", json={}),
        client.delete("/thanks"),
    ]
    for answer in answers:
        headers = answer.headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "no-store" in headers["Cache-Control"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        assert "Set-Cookie" not in headers


def test_without_https_nobody_is_bound_to_it(engine):
    plain = replace(engine, settings=replace(engine.settings, capture_url="http://127.0.0.1:8000"))
    assert "Strict-Transport-Security" not in create_app(plain).test_client().get("/thanks").headers


def test_the_style_sheet_is_ours_and_pages_ask_for_nothing_else(client, ada):
    page = client.get("/thanks").get_data(as_text=True)
    assert "<script" not in page
    assert "style=" not in page
    assert 'href="/_gatepost/gatepost.css"' in page
    sheet = client.get("/_gatepost/gatepost.css")
    assert sheet.mimetype == "text/css"
    assert "max-age" in sheet.headers["Cache-Control"]
    assert "url(" not in sheet.get_data(as_text=True)
    assert client.get("/_gatepost/../wsgi.py").status_code == 404


def test_a_capture_address_with_a_path_works_with_and_without_the_proxy_stripping_it(engine):
    under = replace(engine, settings=replace(engine.settings, capture_url="https://blog.example.org/go"))
    client = create_app(under).test_client()
    for path in ("/go/signup", "/signup"):
        assert client.post(path, data=GOOD).headers["Location"] == "/go/thanks/checklist"
    assert b'href="/go/_gatepost/gatepost.css"' in client.get("/go/thanks").data
    assert client.get("/go/_gatepost/gatepost.css").status_code == 200


def test_links_in_pages_lead_to_the_configured_site_only(ada, client):
    page = client.get(ada.is_confirmed_for().replace("download", "confirm")).get_data(as_text=True)
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert {urlsplit(link).netloc for link in links} <= {"", "blog.example.org"}


def test_metrics_are_for_those_who_ask_directly(ada, client):
    ada.asks(article="no-such")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'gatepost_letters{state="queued"} 1' in text
    assert 'gatepost_dropped_total{reason="unknown-article"} 1' in text
    assert 'gatepost_answers_total{door="readers.signup",status="303"} 1' in text
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert client.get("/metrics", headers={header: "203.0.113.7"}).status_code == 404


def test_an_error_of_our_own_is_a_page_without_its_insides(engine, caplog):
    broken = replace(engine, clock=lambda: 1 / 0)
    client = create_app(broken).test_client()
    page = client.post("/signup", data=GOOD)
    assert page.status_code == 500
    assert b"ZeroDivision" not in page.data
    problem = client.post("/signup", json=GOOD)
    assert (problem.status_code, problem.mimetype) == (500, "application/problem+json")
    assert "ZeroDivisionError" in caplog.text
    assert "ada@example.org" not in caplog.text
