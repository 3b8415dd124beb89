"""A share link shows figures to whoever has it, and nobody: no login, no form, no person, until it ends or is taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from flask import Flask

from gatepost.actions import showing
from gatepost.actions.showing import ShareRefused
from gatepost.cli import gatepost
from gatepost.engine import Engine
from gatepost.store import leads
from gatepost.web.owner.panels import PANELS
from tests.owner.conftest import Browser
from tests.report import story


@pytest.fixture
def someone(app: Flask) -> Browser:
    """Somebody without a login."""
    return Browser(app.test_client(), "192.0.2.99", {"Origin": "https://go.example.org"})


@pytest.fixture
def link(engine: Engine, someone: Browser) -> str:
    """The query of a link to a busy month."""
    story.busy_month(engine.database)
    return showing.add(engine, "The board").partition("?")[2]


def test_a_link_leads_through_all_figures_and_to_nobody(someone: Browser, engine: Engine, link: str) -> None:
    with engine.database.reading() as tx:
        people = [leads.by_key(tx, f"{name}@example.org") for name in ("ada", "bo", "eve", "fay")]
    seen, waiting = set[str](), [f"/owner/?{link}"]
    while waiting:
        path = waiting.pop()
        answer = someone.get(path)
        assert answer.status_code == 200, path
        assert "example.org" not in answer.text.replace("go.example.org", "").replace("blog.example.org", ""), path
        assert not any(one and str(one.id) in answer.text for one in people), path
        assert 'method="post"' not in answer.text, path
        for found in re.findall(r'href="([^"]+)"', answer.text):
            target = urljoin(path, found.replace("&amp;", "&")).partition("#")[0]
            if target.startswith("/owner") and "/static/" not in target and target not in seen:
                assert link in target, f"{found} on {path} leads out of the view"
                seen.add(target)
                waiting.append(target)
    shown = [key for key, panel in PANELS.items() if not panel.names_people and key != "home"]
    assert all(any(f"/owner/{key}" in path for path in seen) for key in shown)


@pytest.mark.parametrize("path", ["leads", "surveys", "meetings", "follow-ups", "sharing", "password", "leads/1"])
def test_a_link_opens_nothing_but_figures(someone: Browser, link: str, path: str) -> None:
    assert someone.get(f"/owner/{path}?{link}").status_code in (403, 404)


def test_a_link_is_for_looking_only(someone: Browser, link: str) -> None:
    for path in ("goal", "sharing", "logout", ""):
        assert someone.client.post(f"/owner/{path}?{link}").status_code in (303, 403, 405)
    assert "Set-Cookie" not in someone.get(f"/owner/?{link}").headers


def test_a_link_ends_when_it_is_said_to_and_when_it_is_taken_back(engine: Engine, clock, someone: Browser) -> None:
    today = clock().date()
    ending = showing.add(engine, "For a week", today + timedelta(days=7)).partition("?")[2]
    lasting = showing.add(engine, "For ever").partition("?")[2]
    assert someone.get(f"/owner/?{ending}").status_code == 200
    clock.forward(days=8)
    assert someone.get(f"/owner/?{ending}").status_code == 403
    assert someone.get(f"/owner/?{lasting}").status_code == 200
    showing.remove(engine, "For ever")
    assert someone.get(f"/owner/?{lasting}").status_code == 403
    assert someone.get("/owner/?share=" + "x" * 5000).status_code == 403


def test_only_a_hash_of_a_link_is_kept(engine: Engine) -> None:
    token = showing.add(engine, "The board").partition("share=")[2]
    with engine.database.reading() as tx:
        rows = tx.exec_driver_sql("SELECT * FROM share").all()
    assert token not in str(rows)


@pytest.mark.parametrize(("name", "days"), [("", 1), (" ", 1), ("x" * 101, 1), ("a\nb", 1), ("Late", -1)])
def test_a_link_that_cannot_be_is_named_with_its_cure(engine: Engine, clock, name: str, days: int) -> None:
    with pytest.raises(ShareRefused) as refused:
        showing.add(engine, name, clock().date() + timedelta(days=days))
    assert refused.value.cure


def test_an_owner_makes_a_link_sees_it_once_and_takes_it_back(inside: Browser, someone: Browser) -> None:
    page = inside.post(
        "/owner/sharing", {"csrf": inside.token("/owner/sharing"), "name": "The <board>", "until": ""}
    ).text
    (token,) = set(re.findall(r"share=([\w-]+)", page))
    assert someone.get(f"/owner/?share={token}").status_code == 200
    again = inside.get("/owner/sharing").text
    assert token not in again
    assert "The &lt;board&gt;" in again
    refused = inside.post(
        "/owner/sharing", {"csrf": inside.token("/owner/sharing"), "name": "The <board>", "until": "soon"}
    )
    assert refused.status_code == 422
    assert 'value="The &lt;board&gt;"' in refused.text
    inside.post("/owner/sharing/remove", {"csrf": inside.token("/owner/sharing"), "name": "The <board>"})
    assert someone.get(f"/owner/?share={token}").status_code == 403


def test_the_command_line_makes_lists_and_removes_links(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEPOST_DATABASE_URL", f"sqlite:///{tmp_path / 'one.db'}")
    monkeypatch.setenv("GATEPOST_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("GATEPOST_SITE_URL", "https://blog.example.org")
    run = CliRunner()
    made = run.invoke(gatepost, ["owner", "share", "add", "The board", "--until", "2999-01-01"])
    assert "https://blog.example.org/owner/?share=" in made.output
    assert "The board" in run.invoke(gatepost, ["owner", "share", "list"]).output
    assert run.invoke(gatepost, ["owner", "share", "add", "The board"]).exit_code == 2
    assert run.invoke(gatepost, ["owner", "share", "remove", "The board"]).exit_code == 0
    assert run.invoke(gatepost, ["owner", "share", "remove", "The board"]).exit_code == 1
