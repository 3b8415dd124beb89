"""The report over real databases: what each number means."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import event, text

from gatepost.actions import printing, reporting
from gatepost.catalogue import Catalogue
from gatepost.leads import Lead
from gatepost.offers import Money
from gatepost.report import Report
from gatepost.report.span import Span
from gatepost.store import Database, leads
from tests.conftest import small_catalogue
from tests.report import story

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def either(both: Database) -> Database:
    """A migrated, empty database of each kind."""
    return both


@pytest.fixture
def built(tmp_path: Path) -> Catalogue:
    return small_catalogue(tmp_path / "data", NOW)


def _report(database: Database, built: Catalogue, model: str = "linear", since: date | None = None) -> Report:
    return reporting.report(database, built, model=model, span=Span(since), now=NOW)


def test_each_number_is_what_its_name_says(either: Database, built: Catalogue) -> None:
    story.busy_month(either)
    found = _report(either, built)
    row = found.row("first-steps")
    assert row is not None
    assert (row.reads, row.unique_readers) == (420, 300)
    assert (row.signed_up_here, row.confirmed, row.helped) == (6, 5, 6)
    second = found.row("second-thoughts")
    assert second is not None
    assert (second.signed_up_here, second.confirmed, second.helped) == (1, 1, 4)
    assert (found.totals.requested, found.totals.confirmed, found.totals.conversions) == (8, 7, 7)
    assert found.totals.without_journey == 2
    assert (found.totals.elsewhere.confirmed, found.totals.unplaced.credit) == (1, 1.0)
    assert found.dropped == {"prerender": 12, "crawler": 30}


def test_articles_are_ranked_by_their_rate_as_far_as_it_is_known(either: Database, built: Catalogue) -> None:
    story.busy_month(either)
    found = _report(either, built)
    assert found.is_ranked
    assert [row.slug for row in found.rows] == ["first-steps", "second-thoughts", "gated", "gated-old"]
    verdicts = [row.rate.verdict if row.rate else "" for row in found.rows]
    assert verdicts == ["too early", "too early", "below", "too early"]
    rates = [row.rate.interval.mean for row in found.rows[:3] if row.rate]
    assert rates == sorted(rates, reverse=True)
    assert found.site_rate > sum(row.helped for row in found.rows) / found.totals.readers, (
        "the mean article, not the mean reader"
    )


@pytest.mark.parametrize("model", ["first", "last", "linear"])
def test_credit_and_value_add_up_to_the_leads(either: Database, built: Catalogue, model: str) -> None:
    story.busy_month(either)
    found = _report(either, built, model)
    assert sum(row.credit for row in found.rows) + found.totals.unplaced.credit == pytest.approx(7)
    # Four checklists, one ebook, one checklist without a journey, and one signup worth nothing.
    assert found.totals.value == (Money(5 * 4000 + 9000, "EUR"),)
    assert sum(money.amount for row in found.rows for money in row.value) == 29000


def test_models_move_credit_between_first_and_last(database: Database, built: Catalogue) -> None:
    story.busy_month(database)
    by_model = {model: _report(database, built, model).row("second-thoughts") for model in ("first", "last", "linear")}
    credits = {model: row.credit if row else None for model, row in by_model.items()}
    assert credits == {"first": 4.0, "last": 0.0, "linear": 2.0}


def test_a_removed_article_with_leads_stands_under_its_slug(either: Database, built: Catalogue) -> None:
    story.busy_month(either)
    row = _report(either, built).row("gated-old")
    assert row is not None
    assert (row.title, row.is_published, row.helped) == ("gated-old", False, 1)
    assert row.rate is not None
    assert row.rate.readers == 1, "readers without script are not counted, but one of them is a lead"
    assert row.rate.verdict == "too early", "whose readers were not counted is not compared"
    assert any("without script" in note for note in _report(either, built).notes)


def test_since_bounds_counters_and_confirmations(either: Database, built: Catalogue) -> None:
    story.busy_month(either)
    found = _report(either, built, since=date(2026, 11, 10))
    assert found.totals.reads == 0
    # Ada's second request is no second lead: she was one before.
    assert (found.totals.requested, found.totals.confirmed) == (2, 2)
    assert found.totals.conversions == 2
    assert not found.is_ranked
    assert found.dropped == {}


def test_an_erased_lead_stays_in_the_totals(database: Database, built: Catalogue) -> None:
    story.busy_month(database)
    with database.writing() as tx:
        ada = leads.by_key(tx, "ada@example.org")
        assert isinstance(ada, Lead)
        leads.save(tx, ada.erased(NOW))
        tx.execute(
            text("DELETE FROM touch WHERE signup_id IN (SELECT id FROM signup WHERE lead_id = :it)"), {"it": ada.id.hex}
        )
    found = _report(database, built)
    row = found.row("first-steps")
    assert row is not None
    assert (row.confirmed, row.helped, found.totals.confirmed) == (5, 6, 7)


def test_an_empty_database_makes_an_empty_report(either: Database, built: Catalogue) -> None:
    found = _report(either, built)
    assert [row.rate for row in found.rows] == [None, None, None]
    assert found.notes == ("Fewer than 5 confirmed leads: articles stand in order of reads and are not ranked.",)
    assert json.loads(json.dumps(reporting.json(found)))["totals"]["reads"] == 0
    assert "nobody counted yet" in reporting.html(found)


def test_under_five_leads_nothing_is_ranked(database: Database, built: Catalogue) -> None:
    with database.writing() as tx:
        story.reads(tx, "gated", 50, 40)
        story.reads(tx, "first-steps", 5, 5)
        story.signup(tx, story.lead(tx, "ada"), ["first-steps"])
    found = _report(database, built)
    assert [row.slug for row in found.rows] == ["gated", "first-steps", "second-thoughts"]
    assert any("not ranked" in note for note in found.notes)
    assert any("weak guess" in note for note in found.notes)


def test_the_number_of_queries_does_not_grow_with_the_leads(database: Database, built: Catalogue) -> None:
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _u, sql, *_: seen.append(sql))
    _report(database, built)
    few = len([sql for sql in seen if sql.startswith(("SELECT", "WITH"))])
    story.busy_month(database)
    seen.clear()
    _report(database, built)
    assert len([sql for sql in seen if sql.startswith(("SELECT", "WITH"))]) == few <= 20


def test_every_number_of_an_article_opens_to_its_rows(either: Database, built: Catalogue) -> None:
    story.busy_month(either)
    behind = reporting.article(either, built, "first-steps", now=NOW)
    row = behind.row
    assert len({one.request.lead_id for one in behind.rows if one.is_here}) == row.signed_up_here
    assert (
        len({one.request.lead_id for one in behind.rows if one.is_here and one.request.confirmed_at}) == row.confirmed
    )
    assert len({one.request.lead_id for one in behind.rows if one.helped}) == row.helped
    assert sum(one.credit for one in behind.rows) == pytest.approx(row.credit)
    assert sum(one.value.amount for one in behind.rows if one.value) == row.value[0].amount
    assert sum(day.count for day in behind.days if day.rung == "read") == row.reads
    assert sum(day.firsts for day in behind.days if day.rung == "read") == row.unique_readers
    assert behind.total == len(behind.rows) == 7
    plain = reporting.article_json(behind)
    assert plain["requests_total"] == len(plain["requests"])
    json.dumps(plain)


def test_an_article_nobody_knows_is_named(database: Database, built: Catalogue) -> None:
    with pytest.raises(reporting.ArticleUnknown, match="no-such"):
        reporting.article(database, built, "no-such", now=NOW)


def test_the_funnel_counts_people_on_capture_rungs(either: Database) -> None:
    story.busy_month(either)
    steps = {step.rung: step for step in reporting.steps(either).steps}
    assert next(iter(steps)) == "view"
    assert (steps["signup"].count, steps["confirmed"].count, steps["download"].count) == (8, 7, 4)
    assert (steps["linkedin-seen"].count, steps["linkedin-click"].count) == (40, 4)
    share = steps["linkedin-click"].share
    assert share is not None
    assert share.low < 0.1 == share.mean < share.high
    of_one = {step.rung: step.count for step in reporting.steps(either, article="gated").steps}
    assert (of_one["read"], of_one["signup"], of_one["linkedin-seen"]) == (2600, 0, 0)
    of_offer = {step.rung: step for step in reporting.steps(either, offer="ebook").steps}
    assert "read" not in of_offer
    assert of_offer["offer-seen"].before == "", "an offer's first rung is compared with nothing"
    assert of_offer["confirmed"].count == 2


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_table_fits_a_terminal_and_cuts_no_number(database: Database, built: Catalogue, width: int) -> None:
    story.busy_month(database)
    long = replace(
        built.articles["gated"], title="[bold]A title that is far too long for any terminal of this width " * 2
    )
    found = _report(database, replace(built, articles={**built.articles, "gated": long}))
    text = _printed(printing.table(found, width=width), width)
    assert "8 asked, 7 confirmed" in text
    assert "0.81 % - 2.9 %" in text
    assert "[bold]A title" in text
    assert ("150.00 EUR" in text) == (width == 160)
    assert all(line.count("…") <= ("[bold]" in line) for line in text.splitlines())
    assert "0.81 % - 2.9 %" in _printed(printing.table(found, width=80), 80)


def test_the_table_of_one_article_names_its_leads(database: Database, built: Catalogue) -> None:
    story.busy_month(database)
    shown = printing.article_table(reporting.article(database, built, "first-steps", now=NOW))
    assert "fay@example.org" in _printed(shown, 160)


def _printed(table: object, width: int) -> str:
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(table)
    return console.export_text()


def test_the_page_escapes_titles_and_asks_nothing_of_any_server(database: Database, built: Catalogue) -> None:
    story.busy_month(database)
    hostile = replace(built.articles["first-steps"], title="<script>alert(1)</script>")
    page = reporting.html(_report(database, replace(built, articles={**built.articles, "first-steps": hostile})))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "src=" not in page
