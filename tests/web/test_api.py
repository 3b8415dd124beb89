"""The API for programs: figures for a token, nothing for anybody else, and never a word about a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from gatepost.actions import admitting, reporting
from gatepost.attribution import MODELS
from gatepost.engine import Engine
from gatepost.store import programs
from gatepost.web.api import DOORS
from tests.cli.test_commands import gatepost
from tests.report import story
from tests.web.conftest import whole_database

REPORT = "/api/v1/report"


@pytest.fixture
def token(engine: Engine) -> str:
    """The text of a good token, of a site with a month of readers."""
    story.busy_month(engine.database)
    return admitting.add(engine, "build-server")


@pytest.fixture
def asks(client: FlaskClient, token: str) -> Any:
    """Asks as a program does that holds the token."""
    return lambda path, **query: client.get(path, query_string=query, headers=bearer(token))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_report_is_the_same_as_on_the_command_line(asks: Any, engine: Engine) -> None:
    answer = asks(REPORT)
    made = reporting.report(engine.database, engine.catalogue, now=engine.now())
    assert answer.status_code == 200
    assert answer.json == json.loads(json.dumps(reporting.json(made)))
    assert answer.json["articles"][0]["slug"] == "first-steps"
    assert asks(REPORT, format="csv").text == reporting.csv(made)
    assert asks(REPORT, format="html").text == reporting.html(made)


def test_each_form_says_what_it_is(asks: Any) -> None:
    kinds = {form: asks(REPORT, format=form).headers["Content-Type"] for form in ("json", "csv", "html")}
    assert kinds == {"json": "application/json", "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}


def test_model_and_first_day_are_obeyed(asks: Any) -> None:
    for model in MODELS:
        assert asks(REPORT, model=model).json["model"] == model
    since = asks(REPORT, since="2026-11-10").json
    assert since["since"] == "2026-11-10"
    assert since["totals"]["requested"] < asks(REPORT).json["totals"]["requested"]


@pytest.mark.parametrize(
    ("query", "cure"),
    [
        ({"model": "lineer"}, "Did you mean 'linear'?"),
        ({"model": "x" * 9000}, "Use one of: first, last"),
        ({"since": "yesterday"}, "2026-11-01"),
        ({"since": "2026-13-01"}, "YYYY-MM-DD"),
        ({"since": "20261101"}, "YYYY-MM-DD"),
        ({"since": "٢٠٢٦-11-01"}, "YYYY-MM-DD"),
        ({"format": "xml"}, "json, csv, html"),
        ({"sinse": "2026-11-01"}, "Known are: model, since, until, format"),
        ({"since": ["2026-11-01", "2026-11-02"]}, "Send it once"),
    ],
)
def test_a_wrong_question_is_a_problem_with_its_cure(asks: Any, query: dict[str, Any], cure: str) -> None:
    answer = asks(REPORT, **query)
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 400
    assert cure in answer.json["detail"]
    assert len(answer.json["detail"]) < 300


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_there_are_can_be_asked_for(asks: Any, since: str) -> None:
    assert asks(REPORT, since=since).status_code == 200


def test_without_a_token_there_is_nothing_and_the_answer_says_what_is_needed(client: FlaskClient, token: str) -> None:
    for headers in ({}, {"Authorization": "Basic Ym86Ym8="}, {"Cookie": f"token={token}"}):
        answer = client.get(REPORT, headers=headers)
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="gatepost"'
        assert "gatepost owner token add" in answer.json["detail"]
    assert client.get(REPORT, query_string={"access_token": token}).status_code == 401


def test_a_wrong_token_opens_nothing_however_it_is_wrong(client: FlaskClient, token: str) -> None:
    wrong = ["gp_" + "A" * 43, token[:-1], token + "x", token.swapcase(), "", " ", "x" * 5000, "é", f"{token} {token}"]
    answers = [client.get(REPORT, headers=bearer(text)) for text in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {
        'Bearer realm="gatepost", error="invalid_token"'
    }
    assert len({answer.data for answer in answers}) == 1


def test_the_scheme_is_read_whatever_its_case(client: FlaskClient, token: str) -> None:
    assert client.get(REPORT, headers={"Authorization": f"bearer {token}"}).status_code == 200


def test_what_a_token_may_ask_is_not_told_before_there_is_one(client: FlaskClient, token: str) -> None:
    assert client.get(REPORT, query_string={"model": "nonsense"}).status_code == 401
    assert client.get("/api/v1/articles/nowhere").status_code == 401


def test_an_article_is_opened_without_a_word_about_a_person(asks: Any, engine: Engine) -> None:
    answer = asks("/api/v1/articles/first-steps")
    assert answer.json["article"]["helped"] == 6
    assert answer.json["requests_total"] >= 6
    assert answer.json["days"]
    with engine.database.reading() as tx:
        people = [str(row.id) for row in tx.exec_driver_sql("SELECT id FROM lead")]
    for text in ("@", "ada", *people):
        assert text not in answer.text


def test_no_answer_names_anybody(asks: Any) -> None:
    for form in ("json", "csv", "html"):
        assert "@" not in re.sub(r"@(media|page)", "", asks(REPORT, format=form).text)


def test_an_article_that_is_not_there_is_a_problem_with_its_cure(asks: Any) -> None:
    for slug in ("nowhere", "first-steps%00", "a/b", "x" * 3000):
        answer = asks(f"/api/v1/articles/{slug}")
        assert answer.status_code in (200, 404) if "%00" in slug else answer.status_code == 404
        assert answer.mimetype in ("application/problem+json", "application/json")
    assert "report's JSON" in asks("/api/v1/articles/nowhere").json["detail"]


def test_asking_changes_nothing_and_leaves_no_cookie(client: FlaskClient, token: str, engine: Engine) -> None:
    before = whole_database(engine)
    for path in (REPORT, "/api/v1/articles/gated", "/api/v1/openapi.json"):
        for headers in ({}, bearer(token), bearer("gp_wrong")):
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = client.open(path, method=method, headers={**headers, "Origin": "https://www.example.net"})
                assert answer.status_code < 500
                assert "Set-Cookie" not in answer.headers
                assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
    assert whole_database(engine) == before


def test_a_head_is_a_get_without_its_body(client: FlaskClient, token: str) -> None:
    got, head = (client.open(REPORT, method=method, headers=bearer(token)) for method in ("GET", "HEAD"))
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_figures_are_kept_by_nobody_on_the_way_and_the_description_is(asks: Any, client: FlaskClient) -> None:
    assert asks(REPORT).headers["Cache-Control"] == "no-store"
    assert client.get(REPORT).headers["Cache-Control"] == "no-store"
    public = client.get("/api/v1/openapi.json")
    assert public.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": public.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_another_method_is_a_problem_that_names_the_right_ones(client: FlaskClient, token: str, method: str) -> None:
    for path in (REPORT, "/api/v1/articles/gated", "/api/v1/openapi.json"):
        answer = client.open(path, method=method, headers=bearer(token))
        assert answer.status_code == 405
        assert answer.mimetype == "application/problem+json"
        assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/reports", "/api/v1/report/", "/api/v1/report.csv"])
def test_a_door_that_is_not_there_is_a_problem(client: FlaskClient, token: str, path: str) -> None:
    answer = client.get(path, headers=bearer(token))
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_before_the_first_build_the_answer_is_to_wait(asks: Any, engine: Engine) -> None:
    (engine.settings.data_dir / "catalogue.json").unlink()
    answer = asks(REPORT)
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]


def test_every_door_does_what_the_description_says(asks: Any, client: FlaskClient, token: str) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {door.path for door in DOORS}
    for path, methods in described["paths"].items():
        assert set(methods) == {"get"}
        operation = methods["get"]
        whole = "/api/v1" + path.replace("{slug}", "first-steps")
        is_public = operation.get("security") == []
        assert client.get(whole).status_code == (200 if is_public else 401)
        for media, content in operation["responses"]["200"]["content"].items():
            query = {"format": media.rpartition("/")[2]} if len(operation["responses"]["200"]["content"]) > 1 else {}
            answer = asks(whole, **query)
            assert (answer.status_code, answer.mimetype) == (200, media)
            if media == "application/json":
                assert list(breaches(answer.json, content["schema"], described)) == []


def test_every_refusal_is_described_and_looks_as_described(asks: Any, client: FlaskClient, token: str) -> None:
    described = client.get("/api/v1/openapi.json").json
    problem = {"$ref": "#/components/schemas/Problem"}
    for path, methods in described["paths"].items():
        whole = "/api/v1" + path.replace("{slug}", "nowhere")
        found = [client.get(whole), asks(whole), asks(whole, model="none")]
        for answer in (one for one in found if one.status_code != 200):
            assert str(answer.status_code) in methods["get"]["responses"]
            assert list(breaches(answer.json, problem, described)) == []


def test_every_parameter_takes_what_it_is_described_to_take(asks: Any, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    for path, methods in described["paths"].items():
        for parameter in (one for one in methods["get"]["parameters"] if one["in"] == "query"):
            for value in parameter["schema"].get("enum", ["2026-11-01"]):
                whole = "/api/v1" + path.replace("{slug}", "first-steps")
                assert asks(whole, **{parameter["name"]: value}).status_code == 200


def breaches(value: Any, schema: dict[str, Any], described: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value is not what its schema says; of JSON Schema, the words that the description uses."""
    if "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
    allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if value is None and "null" in allowed:
        return
    if not any(isinstance(value, kinds[kind]) for kind in allowed if kind != "null"):
        yield f"{at} is {value!r}"
    if "minimum" in schema and not schema["minimum"] <= value <= schema.get("maximum", value):
        yield f"{at} is out of bounds"
    if isinstance(value, dict):
        yield from (f"{at} lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            more = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if more:
                yield from breaches(inner, more, described, f"{at}/{name}")
            elif "properties" in schema:
                yield f"{at}/{name} is not described"
    for number, inner in enumerate(value if isinstance(value, list) else ()):
        yield from breaches(inner, schema["items"], described, f"{at}/{number}")


def test_a_token_taken_back_opens_nothing(asks: Any, engine: Engine) -> None:
    other = admitting.add(engine, "agency")
    admitting.remove(engine, "build-server")
    assert asks(REPORT).status_code == 401
    assert admitting.opens(engine, other)
    with pytest.raises(admitting.TokenUnknown):
        admitting.remove(engine, "build-server")


def test_the_database_does_not_hold_the_token(token: str, engine: Engine) -> None:
    assert re.fullmatch(r"gp_[\w-]{43}", token)
    assert token not in whole_database(engine)
    with engine.database.reading() as tx:
        (kept,) = programs.listed(tx)
    assert kept.name == "build-server"
    assert not admitting.opens(engine, kept.hash)


@pytest.mark.parametrize("name", ["", "  ", "build-server", " build-server ", "x" * 101, "two\nlines"])
def test_a_name_says_which_program_it_is_and_stands_once(token: str, engine: Engine, name: str) -> None:
    with pytest.raises(admitting.TokenRefused) as refused:
        admitting.add(engine, name)
    assert refused.value.cure


def test_tokens_are_made_listed_and_taken_back_on_the_command_line(tmp_path: Path) -> None:
    made = gatepost(tmp_path, "owner", "token", "add", "agency")
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(r"gp_[\w-]{43}\n", made.stdout)
    assert "once" in made.stderr
    assert re.fullmatch(r"\d{4}-\d\d-\d\d  agency\n", gatepost(tmp_path, "owner", "token", "list").stdout)
    twice = gatepost(tmp_path, "owner", "token", "add", "agency")
    assert twice.returncode == 2
    assert "gatepost owner token remove agency" in twice.stderr
    assert gatepost(tmp_path, "owner", "token", "remove", "agency").returncode == 0
    assert gatepost(tmp_path, "owner", "token", "remove", "agency").returncode == 1
    assert "There is no token" in gatepost(tmp_path, "owner", "token", "list").stdout
