"""Offers by article: the owner sees what learning goes by, how sure it is, and what it would choose."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest
from sqlalchemy import delete, insert

from gatepost.engine import Engine
from gatepost.report import placements
from gatepost.store import Database
from gatepost.store import tables as t
from tests.owner.conftest import Browser

# article, offer, seen, requested, confirmed
COUNTS = (
    ("first-steps", "checklist", 900, 60, 54),
    ("first-steps", "ebook", 800, 9, 8),
    ("gated", "ebook", 40, 2, 1),
    ("gone", "old-offer", 300, 5, 4),
)


def fill(database: Database, counts: tuple[tuple[str, str, int, int, int], ...] = COUNTS) -> None:
    names = ("article", "offer", "seen", "requested", "confirmed")
    with database.writing() as tx:
        tx.execute(delete(t.offered_sum))
        tx.execute(insert(t.offered_sum), [dict(zip(names, row, strict=True)) for row in counts])


@pytest.fixture
def learned(inside: Browser, engine: Engine) -> Browser:
    fill(engine.database)
    return inside


def _rows(browser: Browser, query: str = "") -> list[str]:
    body = browser.get(f"/owner/placements{query}").text.split("<tbody>")[1].split("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>") if "<td" in row]


def test_each_pair_shows_its_evidence_what_is_believed_and_what_would_be_chosen(learned: Browser) -> None:
    checklist, ebook, gone, gated = _rows(learned)
    assert "Before you publish stands there now 900 60 54" in checklist
    assert "54 of 900" in checklist
    assert "over 99 %" in checklist
    assert "under 1 %" in ebook
    assert "for another that was not tried here" in gated
    assert "not on the site any more" in gone
    assert "cannot be had any more 300 5 4" in gone


def test_article_offer_text_and_order_stand_in_the_address(learned: Browser) -> None:
    assert len(_rows(learned, "?article=first-steps")) == 2
    assert len(_rows(learned, "?offer=ebook")) == 2
    assert len(_rows(learned, "?find=GAT")) == 1
    assert [row.split(" of ")[0][-2:] for row in _rows(learned, "?order=confirmed")] == [" 1", " 4", " 8", "54"]
    assert _rows(learned, "?order=nonsense") == _rows(learned)
    assert "No such pair" in learned.get("/owner/placements?find=%25").text


def test_a_file_holds_the_rows_of_every_page(inside: Browser, engine: Engine) -> None:
    fill(engine.database, tuple((f"article-{number:03}", "ebook", number, 0, 0) for number in range(120)))
    assert len(_rows(inside)) == len(_rows(inside, "?page=2")) == 50
    assert len(_rows(inside, "?page=3")) == 20
    rows = list(csv.DictReader(io.StringIO(inside.get("/owner/placements.csv").text)))
    assert len(rows) == 120
    assert rows[0]["article"] == "article-119"
    assert {"seen", "rate_low", "best", "stands_there"} <= set(rows[0])


def test_how_likely_an_offer_is_the_best_is_the_same_on_every_page_and_sums_to_one(both: Database) -> None:
    from gatepost.store import offered

    fill(both)
    pairs = [row[:2] for row in COUNTS[:3]]
    with both.reading() as tx:
        known, everywhere = offered.evidence(tx), offered.of_offers(tx)
        one = offered.evidence(tx, ["gated"])
        page, total = offered.page(tx, most=2, after=1)
    choosable = {"checklist", "ebook", "new"}
    made, untried = placements.place(pairs, known, everywhere, choosable)
    sums = Counter({article: rest.best for article, rest in untried.items()})
    for placement in made:
        assert placement.rate.low <= placement.rate.mean <= placement.rate.high
        sums[placement.article] += placement.best or 0.0
    assert all(total == pytest.approx(1) for total in sums.values())
    assert untried["gated"].offers == 2
    assert placements.place([("gated", "ebook")], one, everywhere, choosable)[0] == made[2:]
    assert (page, total) == ([("first-steps", "ebook"), ("gone", "old-offer")], 4)
