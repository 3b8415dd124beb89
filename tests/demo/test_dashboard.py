"""Whoever opens the demo's dashboard sees every panel alive, and that its data is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from gatepost import engine
from gatepost.web import create_app
from gatepost.web.owner.panels import PANELS
from tests.demo.conftest import Filled

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("demo-year")]


@pytest.fixture(scope="module")
def newcomer(filled: Filled) -> Iterator[FlaskClient]:
    """Logged in with what the login page itself shows."""
    wired = engine.start(filled.settings)
    client = create_app(wired, local=True, output=filled.settings.data_dir / "output").test_client()
    page = client.get("/owner/login").text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    assert client.post("/owner/login", data=fields).status_code == 303
    yield client
    wired.database.close()


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_has_rows_and_says_that_they_are_invented(newcomer, panel):
    page = newcomer.get(f"/owner/{panel}" if panel != "home" else "/owner/", query_string={"period": "all"})
    assert page.status_code == 200
    assert "Demo data" in page.text
    main = page.text.split("<main", 1)[1]
    assert re.search(r"<(td|dd|li)\b", main)
    assert not re.search(r'class="(empty|nothing)"|Nobody has|Nothing (was|has)|There (is|are) no(thing|body)? ', main)


def test_the_site_itself_is_served_beside_it(newcomer):
    assert newcomer.get("/").status_code == 200
    assert newcomer.get("/mailbox").status_code == 200


def test_the_command_says_how_to_go_on(filled):
    assert "60 people who asked in 120 days" in filled.said
    assert "gatepost demo" in filled.said
