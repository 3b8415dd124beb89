"""The doors of a contest: the link for friends, the public page of the draw, and what both refuse."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from gatepost.actions import drawing
from gatepost.cli import gatepost
from gatepost.engine import Engine
from gatepost.offers.drawing import faults
from gatepost.web import create_app
from tests.rungs.asking import publish, withdraw
from tests.rungs.entering import SLUG, Stage, contest, to_the_end

ADA, BEA = "ada@example.org", "bea@example.org"


@pytest.fixture
def stage(engine: Engine) -> Stage:
    publish(engine, contest(prize="<b>A book</b> & more"), contest("none", referrals="0"))
    return Stage(engine)


@pytest.fixture
def client(engine: Engine, stage: Stage):
    return create_app(engine).test_client()


def test_a_friend_finds_the_form_behind_the_link_and_their_entry_brings_another(client, stage):
    stage.enters(ADA)
    token = stage.token(ADA)
    page = client.get(f"/refer/{token}")
    assert page.status_code == 200
    assert f'name="referral" value="{token}"' in page.text
    assert 'name="offer" value="contest"' in page.text
    assert "&lt;b&gt;A book&lt;/b&gt; &amp; more" in page.text
    assert "checked" not in page.text
    sent = client.post("/signup", data={"email": BEA, "offer": SLUG, "referral": token, "page": "/refer"})
    assert sent.status_code == 303
    (waiting,) = stage.signups(BEA)
    pressed = client.post(stage.engine.link("confirm", waiting.id).removeprefix(stage.engine.settings.capture_url))
    assert "Your entry counts" in client.get(pressed.headers["Location"]).text
    assert len(stage.entries(ADA)) == 2


def test_a_form_that_came_back_still_knows_who_sent_the_friend(client, stage):
    stage.enters(ADA)
    token = stage.token(ADA)
    again = client.post("/signup", data={"email": "no address", "offer": SLUG, "referral": token})
    assert again.status_code == 422
    assert f'name="referral" value="{token}"' in again.text


def test_a_link_that_is_none_says_so_and_shows_what_there_is(client, stage):
    stage.enters(ADA)
    for token in ("nonsense", stage.token(ADA)[:-2], "%00", "%F0%9F", "a" * 5000):
        page = client.get(f"/refer/{token}")
        assert page.status_code == 404
    assert stage.enters(ADA, "none").refer_url == ""


def test_links_and_forms_are_over_with_the_contest(client, stage, clock):
    stage.enters(ADA)
    token = stage.token(ADA)
    to_the_end(clock)
    page = client.get(f"/refer/{token}")
    assert page.status_code == 410
    assert "ended on 31 March 2027" in page.text
    asked = client.post("/signup", json={"email": BEA, "offer": SLUG}, headers={"Origin": "https://www.example.net"})
    assert (asked.status_code, asked.get_json()["code"]) == (410, "offer-over")
    assert stage.signups(BEA) == []


def test_the_page_of_the_draw_shows_counts_and_hashes_and_nobody(client, stage, clock):
    empty = client.get(f"/draw/{SLUG}").text
    assert "The contest is open" in empty
    assert "SHA-256 of the sealed seed" not in empty
    part = stage.enters(ADA)
    running = client.get(f"/draw/{SLUG}")
    assert part.commitment in running.text
    assert part.entries[0] not in running.text
    assert "entries" not in client.get(f"/draw/{SLUG}.json").get_json()
    to_the_end(clock)
    listed = client.get(f"/draw/{SLUG}.json").get_json()
    assert [one["entry"] for one in listed["entries"]] == list(part.entries)
    assert listed["digest"] in client.get(f"/draw/{SLUG}").text
    drawn = drawing.draw(stage.engine, SLUG, "<i>4 8 15</i>")
    page, record = client.get(f"/draw/{SLUG}").text, client.get(f"/draw/{SLUG}.json")
    assert faults(record.get_json(), part.commitment, listed["digest"]) == []
    assert record.text == drawn.record
    assert "&lt;i&gt;4 8 15&lt;/i&gt;" in page
    assert part.entries[0] in page
    assert ADA not in page + record.text
    withdraw(stage.engine, SLUG)
    assert client.get(f"/draw/{SLUG}").status_code == 200


def test_what_is_no_contest_has_no_draw(client, stage):
    for slug in ("checklist", "nothing", "contest.json.json", "%F0%9F", "..%2Fcontest"):
        assert client.get(f"/draw/{slug}").status_code == 404
        assert client.get(f"/draw/{slug}.json").status_code == 404


def test_the_command_line_shows_withdraws_draws_and_refuses(stage, clock, monkeypatch, tmp_path):
    monkeypatch.setattr("gatepost.cli.contests.engine_without_links", lambda: stage.engine)
    stage.enters(ADA)
    stage.enters(BEA, referral=stage.token(ADA))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(gatepost, ["contest", *words])
        return done.exit_code, done.output

    assert "contest                         open   ends 2027-03-31 21:59 UTC  2 people, 3 entries" in run("list")[1]
    assert json.loads(run("list", "--json")[1].splitlines()[0])["entries"] == 3
    assert run("entries", SLUG)[1].count(ADA) == 2
    file = tmp_path / "draw.json"
    code, said = run("draw", SLUG, "-o", str(file))
    assert (code, "Draw once it is over" in said, file.exists()) == (1, True, False)
    assert run("withdraw", SLUG, "nobody@example.org")[0] == 1
    assert "2 entries withdrawn." in run("withdraw", SLUG, BEA)[1]
    to_the_end(clock)
    code, said = run("draw", SLUG, "--public", "4 8 15", "-o", str(file))
    assert (code, f"won         {ADA}" in said) == (0, True)
    first = file.read_bytes()
    code, said = run("draw", SLUG, "--public", "other", "-o", str(file))
    assert (code, "stays as it was drawn" in said, file.read_bytes() == first) == (0, True, True)
    code, said = run("withdraw", SLUG, ADA)
    assert (code, "next substitute" in said) == (1, True)
    (row, *_) = [json.loads(line) for line in run("entries", SLUG, "--json")[1].splitlines()]
    assert (row["email"], row["place"], row["prize"]) == (ADA, 1, "won")
    assert run("entries", "nothing")[0] == 1
