"""`GATEPOST_AUTO = "learn"`: builds choose by what readers did, say why, and never fail for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert
from werkzeug.serving import make_server

from gatepost.actions import admitting
from gatepost.engine import Engine
from gatepost.store import Database, schema
from gatepost.store import tables as t
from gatepost.web import create_app
from gatepost_pelican import settings as site_settings
from gatepost_pelican.check import check_site
from gatepost_pelican.report import evidence
from tests.plugin.reporting import say, serving
from tests.plugin.sites import Site, article, everything_in, small_site

# (article, offer): seen, requested, confirmed. By subject, `money` would take the plan.
COUNTS = {("money", "ten-checks"): (900, 60, 54), ("money", "the-plan"): (900, 9, 8), ("gone", "old"): (50, 2, 1)}


@pytest.fixture
def learning(site: Site) -> Site:
    """A small site with two articles that leave the choice to Gatepost, and the setting on."""
    return _learning(site)


def _learning(site: Site) -> Site:
    site.configure('\nGATEPOST_AUTO = "learn"\n')
    site.write("content/articles/money.md", article("money", "M.", Offer="auto", Category="Money", Tags="costs"))
    site.write("content/articles/words.md", article("words", "W.", Offer="auto", Tags="titles"))
    return site


def count(database: Database, counts: dict[tuple[str, str], tuple[int, int, int]]) -> None:
    names = ("article", "offer", "seen", "requested", "confirmed")
    with database.writing() as tx:
        tx.execute(delete(t.offered_sum))
        for (slug, offer), numbers in counts.items():
            tx.execute(insert(t.offered_sum).values(dict(zip(names, (slug, offer, *numbers), strict=True))))


def known(site: Site, counts: dict[tuple[str, str], tuple[int, int, int]] = COUNTS) -> None:
    """Let the site's own database hold counts."""
    made = Database(f"sqlite:///{site.data / 'gatepost.db'}")
    schema.upgrade(made)
    count(made, counts)
    made.close()


def chosen(site: Site) -> dict[str, Any]:
    return dict(json.loads((site.folder / "report" / "auto.json").read_text()))


def test_an_article_shows_what_its_readers_took_and_the_build_says_why(
    learning: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    known(learning)
    checked = check_site(str(learning.folder / "pelicanconf.py"))
    assert (checked.mistakes, checked.hints) == ((), ())
    assert any("money.md:5: note: `Offer: auto` would show 'ten-checks' (it drew" in note for note in checked.notes)
    assert not (learning.folder / "report").exists()
    learning.build()
    assert learning.catalogue.articles["money"].offers == ("ten-checks",)
    assert 'value="ten-checks"' in learning.page("money.html")
    out = capsys.readouterr().out
    assert "Offer: auto, learned from readers" in out
    assert "54 of 900" in out
    made = chosen(learning)
    assert (made["by"], made["seed"]) == ("learning", 0)
    money, words = made["articles"]
    assert money["offer"] == "ten-checks"
    assert [(one["offer"], one["seen"], one["confirmed"]) for one in money["offers"]] == [
        ("ten-checks", 900, 54),
        ("the-plan", 900, 8),
    ]
    first, second = money["offers"]
    assert first["draw"] > second["draw"]
    assert first["rate"]["low"] < first["rate"]["mean"] < first["rate"]["high"]
    # The LinkedIn call has no form, so it is in no draw.
    assert {one["offer"] for one in words["offers"]} == {"ten-checks", "the-plan"}


def test_two_builds_with_the_same_evidence_give_the_same_bytes_and_the_seed_may_give_others(learning: Site) -> None:
    known(learning, {("money", "the-plan"): (60, 0, 0)})
    found = []
    for _ in range(2):
        learning.build()
        found.append((everything_in(learning.output), chosen(learning)))
    assert found[0] == found[1]
    shown = set()
    for seed in range(6):
        learning.configure(f'\nGATEPOST_AUTO = "learn"\nGATEPOST_AUTO_SEED = {seed}\n')
        assert check_site(str(learning.folder / "pelicanconf.py")).mistakes == ()
        learning.build()
        shown.add(learning.catalogue.articles["money"].offers)
    assert shown == {("ten-checks",), ("the-plan",)}


def test_what_is_over_or_gone_is_not_chosen_however_good_it_was(learning: Site) -> None:
    talk = "Title: About money\nSlug: talk\nKind: webinar\nConsent: letters\nStarts: {}\nLink: https://m.example/r\n\nOpen.\n"
    best = (1000, 900, 900)
    known(learning, {**COUNTS, ("money", "talk"): best, ("money", "old"): best, ("money", "follow-us"): best})
    for starts, offer in (("2099-01-01 10:00", "talk"), ("2020-01-01 10:00", "ten-checks")):
        learning.write("content/offers/talk.md", talk.format(starts))
        learning.build()
        assert learning.catalogue.articles["money"].offers == (offer,)


def test_without_evidence_the_closest_offers_are_taken_and_one_line_says_so(
    learning: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    learning.build()
    assert learning.catalogue.articles["money"].offers == ("the-plan",)
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "Offer: auto" in one]
    assert "took the closest offers" in line
    assert "There is no database yet" in line
    assert chosen(learning)["by"] == "subject"
    known(learning, {})
    learning.build()
    assert "No offer was seen under any article yet." in capsys.readouterr().out


def test_unless_it_is_asked_for_nothing_is_learned_or_written(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    _learning(site).configure()
    known(site)
    site.build()
    assert site.catalogue.articles["money"].offers == ("the-plan",)
    assert not (site.folder / "report" / "auto.json").exists()
    assert not (site.data / "offered.json").exists()
    assert "learned" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "problem"),
    [('GATEPOST_AUTO = "lern"', "GATEPOST_AUTO is 'lern'"), ('GATEPOST_AUTO_SEED = "x"', "GATEPOST_AUTO_SEED is 'x'")],
)
def test_a_wrong_word_in_the_settings_is_named_with_its_line(site: Site, line: str, problem: str) -> None:
    site.configure(f"\n{line}\n")
    (mistake,) = check_site(str(site.folder / "pelicanconf.py")).mistakes
    text = str(mistake)
    assert problem in text
    assert f"pelicanconf.py:{len((site.folder / 'pelicanconf.py').read_text().splitlines())}:" in text


@pytest.fixture
def service(engine: Engine) -> Iterator[str]:
    """The capture service on a socket, knowing what readers took."""
    count(engine.database, COUNTS)
    server = make_server("127.0.0.1", 0, create_app(engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_a_builder_without_the_database_learns_from_the_service_and_remembers(
    tmp_path: Path,
    engine: Engine,
    service: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    built = _learning(small_site(tmp_path / "site"))
    monkeypatch.setenv("GATEPOST_API_TOKEN", admitting.add(engine, "build"))
    monkeypatch.setenv("GATEPOST_CAPTURE_URL", service)
    built.build()
    first = chosen(built)
    assert first["articles"][0]["offer"] == "ten-checks"
    assert first["articles"][0]["offers"][0]["confirmed"] == 54
    # The service goes away: what it said is remembered, and its age is told.
    kept = json.loads((built.data / "offered.json").read_text())
    kept["made_at"] = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    (built.data / "offered.json").write_text(json.dumps(kept))
    monkeypatch.setenv("GATEPOST_CAPTURE_URL", "http://127.0.0.1:1")
    capsys.readouterr()
    built.build()
    assert chosen(built) == first
    out = capsys.readouterr().out
    assert "what `Offer: auto` learned from is 3 days old" in out
    assert "http://127.0.0.1:1 did not answer" in out
    # And what was kept may be broken, too.
    (built.data / "offered.json").write_text('{"format": 1, "rows": [{"article": 1}]}')
    built.build()
    assert chosen(built)["by"] == "subject"
    assert "delete the file" in capsys.readouterr().out


ANSWERS = {
    "a page": b"<!doctype html>",
    "another format": b'{"format": 9, "rows": []}',
    "no rows": b'{"format": 1}',
    "a row without an article": b'{"format": 1, "rows": [{"offer": "x", "seen": 1, "requested": 0, "confirmed": 0}]}',
    "less than nothing": b'{"format": 1, "rows": [{"article": "a", "offer": "b", "seen": -1, "requested": 0, "confirmed": 0}]}',
}


def test_whatever_a_service_answers_the_build_is_none_the_worse(site: Site) -> None:
    waiting = list(ANSWERS.values())
    with serving(lambda handler, _: say(handler, waiting.pop())) as server:
        plain = {"PATH": str(site.folder / "content"), "OUTPUT_PATH": str(site.output), "SITENAME": "x"}
        places = {"GATEPOST_CAPTURE_URL": server.url, "GATEPOST_DATA_DIR": str(site.data)}
        chosen_settings, _ = site_settings.read({**plain, **places}, {})
        for _ in ANSWERS:
            found = evidence.find(chosen_settings, {"GATEPOST_API_TOKEN": "gp_0123456789"}, datetime.now(UTC))
            assert found.evidence is None
            assert len(" ".join(found.reasons)) > 20
    assert [path for path, _ in server.asked] == ["/api/v1/offered"] * len(ANSWERS)
