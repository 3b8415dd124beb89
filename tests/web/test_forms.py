"""Forms with questions: read, refused beside the field, shown again with everything typed, and passed once it is right."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import html5lib
import pytest

from gatepost import catalogue
from gatepost.store import Database, answers
from gatepost.web import create_app, forms
from tests.questions import ANSWERS, QUESTIONS, as_form, survey
from tests.web.conftest import dropped, whole_database

GOOD = {"email": "ada@example.org", "offer": "survey", **as_form(ANSWERS)}


@pytest.fixture(autouse=True)
def _with_survey(engine):
    known = engine.catalogue
    made = survey(known.offers["checklist"])
    catalogue.write(replace(known, offers={**known.offers, "survey": made}), engine.settings.data_dir)


def page_of(answer):
    """The page as its elements; broken HTML fails here."""
    text = answer if isinstance(answer, str) else answer.get_data(as_text=True)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(text)
    assert not parser.errors, parser.errors[:3]
    return page


def by_id(page, name):
    (found,) = [element for element in page.iter() if element.get("id") == name]
    return found


def kept(page):
    """What the form would send again: the values of its fields by their names."""
    sent: dict[str, list[str]] = {}
    for element in page.iter("input"):
        if element.get("type") not in ("checkbox", "radio") or element.get("checked") is not None:
            sent.setdefault(element.get("name"), []).append(element.get("value") or "")
    for element in page.iter("textarea"):
        sent.setdefault(element.get("name"), []).append(element.text or "")
    return sent


def stored(engine, ada):
    with engine.database.reading() as tx:
        return {key: list(texts) for key, texts in answers.of(tx, ada.signups()[-1].id).items()}


@pytest.mark.parametrize("as_json", [True, False])
def test_answers_of_every_form_are_stored(ada, client, engine, as_json):
    if as_json:
        sent = {"email": ada.email, "offer": "survey", "answers": ANSWERS}
        assert client.post("/signup", json=sent).status_code == 202
    else:
        assert client.post("/signup", data=GOOD).status_code == 303
    assert stored(engine, ada) == {key: value if isinstance(value, list) else [value] for key, value in ANSWERS.items()}


def test_every_mistake_is_told_at_once_beside_its_field_and_in_the_order_of_the_page(client, engine):
    before = whole_database(engine)
    wrong = GOOD | {"email": "ada@", "answer.trade": "Pirate", "answer.where": [], "answer.phone": "none"}
    answer = client.post("/signup", data=wrong)
    assert answer.status_code == 422
    page = page_of(answer)
    (alert,) = [element for element in page.iter("div") if element.get("role") == "alert"]
    places = [link.get("href").removeprefix("#") for link in alert.iter("a")]
    assert places == ["answer-trade", "answer-where", "answer-phone", "email"]
    for place in places:
        by_id(page, place)
        assert any(f"mistake-{place}" in (e.get("aria-describedby") or "").split() for e in page.iter())
    (focused,) = [element for element in page.iter() if element.get("autofocus") is not None]
    assert focused.get("name") == "answer.trade"
    assert whole_database(engine) == before
    problem = client.post("/signup", json={"email": "ada@", "offer": "survey", "answers": {"phone": "none"}})
    assert list(problem.json["errors"]) == ["answer.trade", "answer.where", "answer.phone", "email"]


def test_everything_typed_is_in_the_form_again_and_what_is_sent_again_passes(client, ada, engine):
    typed = GOOD | {
        "email": "ada@", "referral": "friend", "article": "gated", "page": "/gated.html",
        "consent": "letters", "answer.story": "\nFirst line\nSecond & <last>",
    }  # fmt: skip
    again = kept(page_of(client.post("/signup", data=typed)))
    for name, value in typed.items():
        assert again[name] == (value if isinstance(value, list) else [value]), name
    passed = client.post("/signup", data=again | {"email": ada.email, "referral": ""})
    assert passed.status_code == 303
    assert stored(engine, ada)["story"] == ["First line\nSecond & <last>"]
    assert len(ada.consents()) == 1


def test_an_answer_may_be_taken_back_where_none_is_needed(client, ada, engine):
    page = page_of(client.post("/signup", data=GOOD | {"email": "ada@"}))
    values = [e.get("value") for e in page.iter("input") if e.get("name") == "answer.again"]
    assert values == [*QUESTIONS[2].choices, ""]
    assert "" not in [e.get("value") for e in page.iter("input") if e.get("name") == "answer.trade"]
    assert client.post("/signup", data=GOOD | {"answer.again": ""}).status_code == 303
    assert "again" not in stored(engine, ada)


@pytest.mark.parametrize("name", ["answer.story", "answer.firm", "answer.phone", "email", "name"])
@pytest.mark.parametrize("letter", ["x", "ß"])
def test_a_hundred_kilobytes_in_a_field_are_a_mistake_beside_it_and_all_else_is_kept(client, engine, name, letter):
    before = whole_database(engine)
    huge = letter * (100_000 // len(letter.encode()))
    answer = client.post("/signup", data=GOOD | {name: huge})
    assert answer.status_code == 422
    page = page_of(answer)
    place = name.replace(".", "-")
    by_id(page, f"mistake-{place}")
    again = kept(page)
    assert 0 < len(again[name][0]) <= 4000
    for other in GOOD.keys() - {name, "answer.where"}:
        assert again[other] == [GOOD[other]]
    # With the field mended, that very form passes.
    assert len(answer.data) < 40_000
    raw = {"email": GOOD["email"], "offer": "survey", "answers": ANSWERS}
    raw = raw | ({name: huge} if "." not in name else {"answers": ANSWERS | {name.removeprefix("answer."): huge}})
    problem = client.post("/signup", json=raw)
    assert (problem.status_code, list(problem.json["errors"])) == (422, [name])
    assert whole_database(engine) == before


def test_a_survey_with_many_boxes_is_no_flood_and_a_flood_is(client):
    boxes = {f"answer.q{n}": [f"choice {m}" for m in range(12)] for n in range(30)}
    assert client.post("/signup", data=GOOD | boxes).status_code == 303
    assert client.post("/signup", data=GOOD | boxes, content_type="multipart/form-data").status_code == 303
    assert client.post("/signup", data=GOOD | {"answer.q": ["x"] * 700}).status_code == 400
    assert client.post("/signup", data=GOOD | {"answer.story": "x" * 400_000}).status_code == 413


def test_a_forged_question_is_counted_and_stored_nowhere(client, ada, engine):
    assert client.post("/signup", data=GOOD | {"answer.forged": "yes"}).status_code == 303
    assert "forged" not in whole_database(engine)
    assert dropped(engine) == {"unknown-question": 1}


@pytest.mark.parametrize("typed", ["ada@gmial.com", "Ada@GMIAL.com"])
def test_a_mistyped_domain_is_asked_about_once_and_passes_when_it_is_right(client, ada, typed):
    asked = client.post("/signup", json={"email": typed, "offer": "ebook"})
    assert asked.status_code == 422
    meant = asked.json["suggestion"]
    assert meant.lower() == "ada@gmail.com"
    assert asked.json["errors"] == {"email": f"Did you mean {meant}?"}
    again = client.post("/signup", json={"email": typed, "offer": "ebook", "sure": "bo@gmial.com"})
    assert again.status_code == 422
    passed = client.post("/signup", json={"email": typed, "offer": "ebook", "sure": typed})
    assert passed.status_code == 202


@pytest.mark.parametrize(("button", "email"), [("suggested", "ada@gmail.com"), ("sure", "ada@gmial.com")])
def test_the_page_has_a_button_for_either_address(client, ada, button, email):
    page = page_of(client.post("/signup", data={"email": "ada@gmial.com", "offer": "ebook", "consent": "letters"}))
    buttons = list(page.iter("button"))
    # Enter in any field presses the first one, which chooses nothing.
    assert buttons[0].get("name") is None
    (pressed,) = [element for element in buttons if element.get("name") == button]
    assert email in "".join(pressed.itertext())
    assert client.post("/signup", data=kept(page) | {button: pressed.get("value")}).status_code == 303
    ada.email = email
    assert len(ada.signups()) == len(ada.consents()) == 1


def test_a_suggestion_that_is_not_ours_is_no_address(client, ada):
    assert client.post("/signup", data=GOOD | {"suggested": "eve@example.org"}).status_code == 303
    assert len(ada.signups()) == 1
    assert (
        client.post("/signup", data=GOOD | {"email": "ada@gmial.com", "suggested": "eve@gmail.com"}).status_code == 422
    )


def test_while_the_database_is_away_every_answer_is_kept_with_an_address_to_write_to(engine):
    client = create_app(replace(engine, database=Database("postgresql://nobody@127.0.0.1:9/none"))).test_client()
    away = client.post("/signup", data=GOOD)
    assert away.status_code == 503
    page = page_of(away)
    again = kept(page)
    for name, value in GOOD.items():
        assert again[name] == (value if isinstance(value, list) else [value]), name
    (link,) = [e.get("href") for e in page.iter("a") if (e.get("href") or "").startswith("mailto:")]
    assert link == "mailto:letters@example.org?subject=How%20did%20it%20go%3F"


def test_without_a_catalogue_answers_go_along_unseen(engine, client):
    (engine.settings.data_dir / "catalogue.json").unlink()
    engine.follower._catalogue = None
    away = client.post("/signup", data=GOOD)
    assert away.status_code == 503
    again = kept(page_of(away))
    for key, value in as_form(ANSWERS).items():
        assert again[key] == (value if isinstance(value, list) else [value])


def test_the_first_form_of_a_door_scolds_nobody(client, engine):
    with client.application.test_request_context("/"):
        text = forms.first(engine.catalogue.offers["survey"], referral="a-friend")
    page = page_of(text)
    assert not [e for e in page.iter() if e.get("role") == "alert" or e.get("autofocus") is not None]
    assert kept(page)["referral"] == ["a-friend"]
    assert kept(page)["offer"] == ["survey"]
    for words in ("How did it go?", "Seven questions, two minutes.", *(question.label for question in QUESTIONS)):
        assert escape(words) in text
    assert "checked" not in text


def test_what_is_wrong_is_told_in_the_language_of_the_offer(client, engine):
    known = engine.catalogue
    german = replace(known.offers["survey"], language="de")
    catalogue.write(replace(known, offers={**known.offers, "survey": german}), engine.settings.data_dir)
    page = page_of(client.post("/signup", data=GOOD | {"email": "ada@"}))
    assert page.get("lang") == "de"
