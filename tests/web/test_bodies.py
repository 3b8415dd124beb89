"""Whatever arrives as a body: read strictly, refused in plain words, never our mistake, never half stored."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.store import leads
from gatepost.web import asking
from tests.conftest import VECTORS, missing
from tests.web.conftest import whole_database

GOOD = {"email": "ada@example.org", "offer": "checklist"}
slow = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def vectors(name):
    path = VECTORS / name
    if not path.exists():
        missing(f"the vectors {name}")
    return path


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"email=ada%40example.org&offer=checklist&name=%ff", "application/x-www-form-urlencoded"),
        (b"email=ada%40example.org&offer=checklist&name=\xff", "application/x-www-form-urlencoded"),
        (b"email=ada%40example.org&offer=checklist", "application/x-www-form-urlencoded; charset=iso-8859-1"),
        (b"email=a%40example.org&email=b%40example.org&offer=checklist", "application/x-www-form-urlencoded"),
        (b"email=ada%40example.org&offer=checklist&name=a%00b", "application/x-www-form-urlencoded"),
        (b"email=ada%40example.org&offer=checklist" + b"&x=1" * 100, "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nada\xff@example.org\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"", "application/json"), (b"[]", "application/json"), (b"null", "application/json"), (b'"x"', "application/json"),
        (b"[" * 16_000, "application/json"), (b'{"a":' * 3000, "application/json"),
        (b'{"email":"a@example.org","email":"b@example.org","offer":"checklist"}', "application/json"),
        (b'{"email":"a@example.org","offer":"checklist","name":"\\ud800"}', "application/json"),
        (b'{"email":"a@example.org","offer":"checklist","name":"\\u0000"}', "application/json"),
        (b'{"email":"a@example.org","offer":"checklist","x":NaN}', "application/json"),
        (b'{"email":"a@example.org","offer":"checklist","x":1e999}', "application/json"),
        (b'{"email":"a@example.org","offer":"checklist","x":' + b"9" * 5000 + b"}", "application/json"),
        (b'{"email":"a@example.org","offer":"checklist"}', "application/json; charset=utf-16"),
        (json.dumps(GOOD).encode("utf-16"), "application/json"),
        (b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), "application/json"),
    ],
)  # fmt: skip
def test_half_understood_is_400_and_stores_nothing(client, engine, body, content_type):
    before = whole_database(engine)
    answer = client.post("/signup", data=body, content_type=content_type)
    assert answer.status_code == 400
    assert whole_database(engine) == before


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/xml", "application/octet-stream", "nonsense"])
def test_a_type_nobody_reads_is_415(client, content_type):
    assert client.post("/signup", data=json.dumps(GOOD), content_type=content_type).status_code == 415


@pytest.mark.parametrize("wrong", [7, True, [], {}, ["a@example.org"], 1.5])
def test_a_field_of_the_wrong_kind_is_named(client, wrong):
    for name in ("email", "offer", "article", "name", "page", "variant", "website"):
        problem = client.post("/signup", json=GOOD | {name: wrong})
        assert (problem.status_code, list(problem.json["errors"])) == (422, [name])
    assert client.post("/signup", json=GOOD | {"consent": [wrong]}).status_code == 422


def test_a_problem_never_echoes_what_was_sent(client):
    for body in ('{"email": "<script>x</script>@", "offer": "checklist"}', '{"email":"a@example.org","offer":"<i>"}'):
        problem = client.post("/signup", data=body, content_type="application/json")
        assert problem.mimetype == "application/problem+json"
        assert b"<" not in problem.data


def test_multipart_is_a_form_like_any_other(client, engine):
    answer = client.post("/signup", data=GOOD | {"name": "Zoë"}, content_type="multipart/form-data")
    assert answer.status_code == 303
    with engine.database.reading() as tx:
        assert [lead.name for lead in leads.listed(tx)] == ["Zoë"]


def test_three_hundred_ways_to_write_json(client, engine):
    cases = sorted(vectors("json/test_parsing").glob("*.json"))
    assert len(cases) > 300
    before = whole_database(engine)
    for case in cases:
        body = case.read_bytes()
        for path in ("/signup", "/touch"):
            answer = client.post(path, data=body, content_type="application/json")
            assert 400 <= answer.status_code < 500, (path, case.name)
            assert answer.mimetype == "application/problem+json"
        if case.name.startswith("n_") and len(body) < 16_000:
            assert answer.status_code == 400, case.name
    assert whole_database(engine) == before


def test_naughty_strings_in_every_field_are_stored_whole_or_refused(client, engine):
    strings = json.loads(vectors("blns/blns.json").read_text())
    for number, text in enumerate(strings):
        for names in (("article", "page", "variant", "journey", "wording", "consent"), ("name",)):
            body = {"email": f"reader{number}@example.org", "offer": "checklist"} | dict.fromkeys(names, text)
            assert client.post("/signup", data=body).status_code in (303, 400, 422), (names, text)
    with engine.database.reading() as tx:
        names = {lead.name for lead in leads.listed(tx)}
    assert "<script>alert(123)</script>" in names


def test_naughty_addresses_and_offers_are_refused_without_a_stumble(client):
    for text in json.loads(vectors("blns/blns.json").read_text()):
        for answer in (
            client.post("/signup", data={"email": text, "offer": "checklist"}),
            client.post("/signup", json={"email": "ada@example.org", "offer": text}),
        ):
            assert answer.status_code in (400, 404, 422), text
            assert b"<script>" not in answer.data


def test_addresses_of_the_standard_are_told_apart():
    tests = ET.parse(vectors("isemail/tests.xml")).getroot()
    judged = {"accepted": 0, "refused": 0}
    for test in tests:
        typed = "".join(
            chr(ord(c) - 0x2400) if 0x2400 <= ord(c) <= 0x2420 else c for c in test.findtext("address") or ""
        )
        category = test.findtext("category")
        email, refusal = asking.address(typed)
        assert bool(email) != bool(refusal)
        judged["accepted" if email else "refused"] += 1
        if category == "ISEMAIL_ERR":
            # Blanks at the ends are a slip of the finger on a phone, and are taken off.
            assert not email or typed != typed.strip(), typed
    assert judged["accepted"] >= 10
    assert judged["refused"] >= 100


fields = st.sampled_from(
    ["email", "offer", "article", "name", "consent", "journey", "page", "wording", "variant", "website", "x"]
)
plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(fields, inner, max_size=4), max_leaves=8
)


@slow
@given(body=st.dictionaries(fields, values, max_size=8), is_good=st.booleans())
def test_no_json_is_ever_our_mistake(client, body, is_good):
    whole = GOOD | body if is_good else body
    answer = client.post("/signup", data=json.dumps(whole), content_type="application/json")
    assert answer.status_code < 500
    assert client.post("/touch", data=json.dumps(body), content_type="application/json").status_code < 500


@slow
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "multipart/form-data",
        ]
    ),
)
def test_no_bytes_are_ever_our_mistake(client, body, kind):
    for path in ("/signup", "/touch", "/my/x", "/leave/x"):
        assert client.post(path, data=body, content_type=kind).status_code < 500


@slow
@given(st.dictionaries(fields, st.text(max_size=60), max_size=8))
def test_no_form_is_ever_our_mistake(client, typed):
    assert client.post("/signup", data=GOOD | typed).status_code < 500


@slow
@given(name=st.text(max_size=100), page=st.text(max_size=100), article=st.text(max_size=100))
def test_whatever_was_typed_is_in_the_form_again(client, name, page, article):
    from html import escape

    answer = client.post(
        "/signup", data={"email": "not an address", "offer": "ebook", "name": name, "page": page, "article": article}
    )
    assert answer.status_code in (400, 422)
    if answer.status_code == 422 and name:
        assert escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in answer.get_data(as_text=True)
