"""What a signup is refused for, how that is said, and that nothing typed is lost."""

from __future__ import annotations

import pytest

from gatepost.store import leads
from tests.conftest import LETTERS
from tests.web.conftest import whole_database


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("/a.html", "/a.html"), ("https://blog.example.org/a.html?x=1#y", "/a.html?x=1"), ("javascript:alert(1)", ""),
        ("//evil.test", ""), ("/" + "x" * 600, ""), ("/a\nb", "/ab"), ("http://[", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_page_of_the_form_is_kept_as_a_path(ada, sent, stored):
    ada.asks(page=sent)
    assert ada.signups()[0].page == stored


@pytest.mark.parametrize("offer", ["no-such", "linkedin", "", "../checklist"])
def test_an_offer_that_nobody_can_ask_for_is_404_with_those_there_are(client, engine, offer):
    before = whole_database(engine)
    page = client.post("/signup", data={"email": "ada@example.org", "offer": offer})
    assert page.status_code == 404
    assert b"https://blog.example.org/offers/ebook.html" in page.data
    problem = client.post("/signup", json={"email": "ada@example.org", "offer": offer})
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert problem.json["offers"] == ["checklist", "ebook"]
    assert whole_database(engine) == before


def test_a_mistake_shows_the_form_again_with_everything_typed(client):
    typed = {
        "email": "ada@", "offer": "checklist", "article": "gated", "name": "Ada <b>", "consent": "letters",
        "wording": LETTERS.hash, "journey": '[{"t":1}]', "page": "/gated.html", "variant": "b",
    }  # fmt: skip
    page = client.post("/signup", data=typed)
    text = page.get_data(as_text=True)
    assert page.status_code == 422
    assert 'aria-describedby="mistake-email"' in text
    assert 'id="mistake-email"' in text
    for value in ("ada@", "gated", "Ada &lt;b&gt;", LETTERS.hash, "[{&#34;t&#34;:1}]", "/gated.html"):
        assert f'value="{value}"' in text
    assert 'name="consent" value="letters" checked' in text


def test_a_mistake_in_json_names_its_field(client):
    problem = client.post("/signup", json={"email": "ada@", "offer": "checklist", "name": "x" * 201})
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    assert set(problem.json["errors"]) == {"email", "name"}
    assert problem.json["status"] == 422


@pytest.mark.parametrize("name", ["Ada\r\nBcc: x@evil.test", "Ada\x1b[31m", "Ada\u2028B", "x" * 201])
def test_a_name_that_does_not_belong_in_a_letter_is_refused(client, engine, name):
    assert (
        client.post("/signup", json={"email": "a@example.org", "offer": "checklist", "name": name}).status_code == 422
    )
    with engine.database.reading() as tx:
        assert leads.listed(tx) == []


def test_an_event_names_nobody(ada, engine, caplog):
    caplog.set_level("INFO", "gatepost.events")
    from dataclasses import replace

    from gatepost import sinks
    from gatepost.web import create_app

    told = create_app(replace(engine, listeners=tuple(sinks.SINKS.values()))).test_client()
    told.post("/signup", data={"email": ada.email, "offer": "checklist"})
    (line,) = [record.getMessage() for record in caplog.records]
    assert '"event": "offer-requested"' in line
    assert "ada" not in line


def test_while_the_database_is_away_the_form_is_kept_with_a_button_to_try_again(engine):
    from dataclasses import replace

    from gatepost.store import Database
    from gatepost.web import create_app

    away = Database("postgresql://nobody@127.0.0.1:9/none")
    client = create_app(replace(engine, database=away)).test_client()
    page = client.post("/signup", data={"email": "ada@example.org", "offer": "checklist", "consent": "letters"})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert b'value="ada@example.org"' in page.data
    assert b"Try again" in page.data
    problem = client.post("/signup", json={"email": "ada@example.org", "offer": "checklist"})
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_without_a_catalogue_nobody_is_thanked(engine, client):
    (engine.settings.data_dir / "catalogue.json").unlink()
    engine.follower._catalogue = None
    answer = client.post("/signup", data={"email": "ada@example.org", "offer": "checklist"})
    assert answer.status_code == 503
    assert b'value="ada@example.org"' in answer.data
    assert client.get("/readyz").status_code == 503
