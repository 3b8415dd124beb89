"""The API's door to what learning goes by: figures for a token, and nothing of anybody."""

from __future__ import annotations

from collections import Counter

import pytest
from flask.testing import FlaskClient

from gatepost.actions import admitting
from gatepost.engine import Engine
from gatepost.store import offered
from tests.web.test_api import bearer

OFFERED = "/api/v1/offered"


@pytest.fixture
def token(engine: Engine) -> str:
    with engine.database.writing() as tx:
        offered.add_seen(tx, Counter({("gated", "ebook"): 9, ("first-steps", "checklist"): 4, ("gone", "ebook"): 1}))
    return admitting.add(engine, "build-server")


def test_each_pair_has_a_row_and_a_builder_may_ask_for_some(client: FlaskClient, token: str) -> None:
    whole = client.get(OFFERED, headers=bearer(token)).json
    assert whole is not None
    assert [(row["article"], row["offer"], row["seen"]) for row in whole["rows"]] == [
        ("first-steps", "checklist", 4),
        ("gated", "ebook", 9),
        ("gone", "ebook", 1),
    ]
    assert set(whole["rows"][0]) == {"article", "offer", "seen", "requested", "confirmed"}
    some = client.get(OFFERED, query_string={"offer": "ebook", "article": "gone"}, headers=bearer(token)).json
    assert some is not None
    assert [row["article"] for row in some["rows"]] == ["gone"]


def test_without_a_token_there_is_nothing_and_a_wrong_question_has_its_cure(client: FlaskClient, token: str) -> None:
    assert client.get(OFFERED).status_code == 401
    wrong = client.get(OFFERED, query_string={"artikel": "gated"}, headers=bearer(token))
    assert wrong.status_code == 400
    assert wrong.json is not None
    assert "Known are: article, offer" in wrong.json["detail"]
