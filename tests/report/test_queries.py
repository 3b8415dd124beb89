"""The queries over exported rows say what `gatepost report` says of the running sums."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from gatepost.actions import crediting, erasing
from gatepost.attribution import ADDITIVE
from gatepost.cli import gatepost
from gatepost.engine import Engine
from gatepost.report.span import Span
from gatepost.store import Database, leads, schema
from tests.conftest import ROOT, Clock, small_catalogue
from tests.report import past

SINCE = ["", "2026-06-17"]


class Site:
    """A database, a build's catalogue and an export of both."""

    def __init__(self, folder: Path, database: Database):
        self.folder, self.database = folder, database
        small_catalogue(folder / "data", Clock()())

    def run(self, *words: str) -> str:
        env = {"GATEPOST_DATABASE_URL": self.database.url, "GATEPOST_DATA_DIR": str(self.folder / "data")}
        kept = {name: None for name in os.environ if name.startswith("GATEPOST_")}
        result = CliRunner().invoke(gatepost, words, env={**kept, **env})
        assert result.exit_code == 0, result.output
        return result.output

    def report(self, since: str, model: str = "linear") -> Any:
        return json.loads(
            self.run("report", "--format", "json", "--model", model, *(["--since", since] if since else []))
        )

    def ask(self, query: str, since: str, model: str = "linear") -> list[dict[str, Any]]:
        """A query's rows; run as a file by itself, from the folder of the export."""
        if not (self.folder / "rows").exists():
            self.run("db", "export", str(self.folder / "rows"))
        with duckdb.connect(config={"file_search_path": str(self.folder / "rows")}) as session:
            session.execute("SET TimeZone = 'America/New_York'")
            session.execute(f"SET VARIABLE model = '{model}'")
            if since:
                session.execute(f"SET VARIABLE since = DATE '{since}'")
            found = session.execute((self.folder / "rows" / query).read_text())
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    is_sqlite = request.param == "sqlite"
    database = Database(f"sqlite:///{folder / 'year.db'}" if is_sqlite else request.getfixturevalue("postgres_url"))
    if not is_sqlite:
        with database.writing() as tx:
            tx.exec_driver_sql("DROP SCHEMA public CASCADE")
            tx.exec_driver_sql("CREATE SCHEMA public")
    schema.upgrade(database)
    past.fill(database)
    yield Site(folder, database)
    database.close()


@pytest.mark.parametrize("since", SINCE)
def test_counts_of_every_article_are_the_same(site, since):
    report = {row["slug"]: row for row in site.report(since)["articles"]}
    asked = {row["slug"]: row for row in site.ask("articles.sql", since)}
    assert asked.keys() == report.keys()
    for slug, row in asked.items():
        for name in ("reads", "unique_readers", "signed_up_here", "confirmed", "helped"):
            assert row[name] == report[slug][name], (slug, name)
        assert row["touched_by"] == pytest.approx(report[slug]["touched_by"], abs=1e-12)
    assert sum(row["helped"] for row in asked.values()) > 100


@pytest.mark.parametrize("since", SINCE)
@pytest.mark.parametrize("model", list(ADDITIVE))
def test_credit_with_its_error_and_range_is_the_same_under_every_model(site, model, since):
    report = {row["slug"]: row for row in site.report(since, model)["articles"]}
    for row in site.ask("articles.sql", since, model):
        told = report[row["slug"]]
        assert row["credit"] == pytest.approx(told["credit"], abs=1e-9)
        assert row["credit_error"] == pytest.approx(told["credit_error"], abs=1e-9)
        assert [row["credit_least"], row["credit_most"]] == pytest.approx(told["credit_range"], abs=1e-9)


@pytest.mark.parametrize("since", SINCE)
def test_each_model_gives_away_every_conversion(site, since):
    whole = site.report(since)
    found = site.ask("credit.sql", since)
    told = {
        (model, row["slug"]): credit for row in whole["articles"] for model, credit in row["credit_by_model"].items()
    }
    for row in found:
        if row["article"]:
            assert row["credit"] == pytest.approx(told.pop((row["model"], row["article"])), abs=1e-9)
    assert not any(told.values())
    for model in ADDITIVE:
        given = sum(row["credit"] for row in found if row["model"] == model)
        assert given == pytest.approx(whole["totals"]["conversions"], abs=1e-9)
    assert whole["totals"]["conversions"] > 100


@pytest.mark.parametrize("since", SINCE)
@pytest.mark.parametrize("model", ["linear", "time_decay"])
def test_money_is_the_same_to_less_than_a_minor_unit_a_conversion_and_in_total_to_the_unit(site, model, since):
    whole = site.report(since, model)
    report = {row["slug"]: row for row in whole["articles"]}
    found = site.ask("money.sql", since, model)
    leads = whole["totals"]["conversions"]
    for kind in ("value", "deals"):
        assert {row["currency"] for row in found if row[kind]} == whole["totals"][kind].keys()
        for currency, amount in whole["totals"][kind].items():
            assert round(sum(row[kind] for row in found if row["currency"] == currency)) == amount
        for row in (row for row in found if row["article"]):
            told = report[row["article"]]
            assert abs(row[kind] - told[kind].get(row["currency"], 0)) < leads
            # The errors are lengths of lists of parts; no part differs by a unit.
            assert abs(row[f"{kind}_error"] - told[f"{kind}_error"].get(row["currency"], 0)) < math.sqrt(leads)


@pytest.mark.parametrize("since", SINCE)
def test_spend_and_the_return_on_it_are_the_same(site, since):
    whole = site.report(since)
    report = {row["slug"]: row for row in whole["articles"]}
    found = [row for row in site.ask("money.sql", since) if row["article"]]
    spent = {(slug, currency): amount for slug, row in report.items() for currency, amount in row["spend"].items()}
    assert {(row["article"], row["currency"]): row["spend"] for row in found if row["spend"]} == spent
    returns = {(slug, name): one for slug, row in report.items() for name, one in row["returns"].items()}
    assert {(row["article"], row["currency"]) for row in found if row["return"] is not None} == returns.keys()
    for row in (row for row in found if row["return"] is not None):
        told = returns[row["article"], row["currency"]]
        assert row["return_of"] == told["of"]
        # Money that differs by less than a unit a lead makes returns that differ by so much of the spend.
        bound = whole["totals"]["conversions"] / row["spend"]
        assert row["return"] == pytest.approx(told["mean"], abs=bound)
        assert [row["return_low"], row["return_high"]] == pytest.approx([told["low"], told["high"]], abs=2 * bound)
    assert len(returns) > 5


@pytest.mark.parametrize("since", SINCE)
def test_channels_and_classes_have_the_same_leads_clients_and_money(site, since):
    whole = site.report(since)
    told = {(one["class"], one["name"]): one for one in whole["channels"]}
    told |= {(one["class"], None): one for one in whole["classes"]}
    counts = {(row["lead_class"], row["channel"]): row for row in site.ask("channels.sql", since)}
    assert counts.keys() | {key for key, one in told.items() if not (one["reads"] or one["leads"])} == told.keys()
    for key, row in counts.items():
        assert [row[name] for name in ("reads", "leads", "clients")] == [
            told[key][name] for name in ("reads", "leads", "clients")
        ]
        rate = told[key]["close_rate"] or {"mean": None, "low": None, "high": None}
        assert [row["close_rate"], row["close_rate_low"], row["close_rate_high"]] == pytest.approx(list(rate.values()))
    money = {(row["lead_class"], row["channel"], row["currency"]): row for row in site.ask("channel_money.sql", since)}
    for kind in ("value", "deals", "spend"):
        amounts = {(*key, currency): n for key, one in told.items() for currency, n in one[kind].items()}
        assert {key: row[kind] for key, row in money.items() if row[kind]} == amounts
    returns = {
        (*key, currency): (n["of"], n["mean"]) for key, one in told.items() for currency, n in one["returns"].items()
    }
    found = {key: (row["return_of"], row["return"]) for key, row in money.items() if row["return_of"]}
    assert found.keys() == returns.keys()
    for key, (of, mean) in found.items():
        assert (of, mean) == (returns[key][0], pytest.approx(returns[key][1], abs=1e-12))
    assert len(returns) > 5


@pytest.mark.parametrize("since", SINCE)
def test_coverage_is_the_same(site, since):
    (found,) = site.ask("coverage.sql", since)
    told = site.report(since)["coverage"]
    assert found == {name: told[name] for name in found}
    assert all(found.values())


@pytest.mark.parametrize("since", SINCE)
def test_the_funnel_with_its_intervals_is_the_same(site, since):
    told = site.report(since)["funnel"]
    found = site.ask("funnel.sql", since)
    assert [(row["rung"], row["before"] or "", row["count"], row["before_count"]) for row in found] == [
        (row["rung"], row["before"], row["count"], row["before_count"]) for row in told
    ]
    for row, step in zip(found, told, strict=True):
        share = step["share"] or {"mean": None, "low": None, "high": None}
        assert [row["share"], row["share_low"], row["share_high"]] == pytest.approx(list(share.values()), abs=1e-12)
    assert sum(row["share"] is not None for row in found) > 5


@pytest.mark.parametrize("since", SINCE)
def test_the_chain_of_the_markov_model_has_the_same_steps(site, since):
    from gatepost.attribution import markov
    from gatepost.store import reports

    found = site.ask("steps.sql", since)
    span = Span(datetime.fromisoformat(since).date() if since else None)
    with site.database.reading() as tx:
        steps = reports.facts(tx, span, model="markov").steps
    chain = markov.from_pairs(steps.pairs, steps.endings)
    place = {slug: at for at, slug in enumerate(chain.articles)}
    told = {
        (chain.articles[a], chain.articles[b]): n / chain.visits[a]
        for a, b, n in zip(chain.before, chain.after, chain.counts, strict=True)
    }
    inner = {
        (row["previous"], row["next"]): row["chance"] for row in found if {row["previous"], row["next"]} <= place.keys()
    }
    assert inner == pytest.approx(told, abs=1e-12)
    for row in found:
        if row["previous"] == "(start)":
            assert row["count"] == chain.starts[place[row["next"]]]
        if row["next"] == "(conversion)":
            assert row["count"] == pytest.approx(chain.conversions[place[row["previous"]]], abs=1e-9)
    for previous in {row["previous"] for row in found}:
        assert math.fsum(row["chance"] for row in found if row["previous"] == previous) == pytest.approx(1, abs=1e-12)


def test_once_a_journey_is_erased_the_rows_say_what_a_recount_says(tmp_path, engine: Engine):
    past.fill(engine.database, people=40)
    with engine.database.reading() as tx:
        some = [lead.id for lead in leads.listed(tx, state="confirmed")][::4]
    for lead_id in some:
        erasing.erase(engine, lead_id)
    here = Site(tmp_path, engine.database)
    found = {row["slug"]: row["credit"] for row in here.ask("articles.sql", "")}
    kept = {row["slug"]: row["credit"] for row in here.report("")["articles"]}
    assert found != pytest.approx(kept, abs=1e-9)
    crediting.recount(engine.database)
    assert found == pytest.approx({row["slug"]: row["credit"] for row in here.report("")["articles"]}, abs=1e-9)


def test_every_query_is_documented_and_lies_in_the_export(tmp_path, engine: Engine):
    here = Site(tmp_path, engine.database)
    here.run("db", "export", str(tmp_path / "rows"))
    names = {path.name for path in (tmp_path / "rows").glob("*.sql")}
    assert len(names) > 6
    for page in (ROOT / "docs" / "queries.md", tmp_path / "rows" / "README.md"):
        assert set(re.findall(r"`(\w+\.sql)`", page.read_text())) == names, page.name
    tables = {path.stem for path in (tmp_path / "rows").glob("*.parquet")}
    written = (ROOT / "docs" / "queries.md").read_text().split("## What is written")[1].split("## ")[0]
    assert tables == {
        name
        for line in written.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }


def test_a_site_without_any_rows_has_empty_answers_and_no_errors(tmp_path, engine: Engine):
    here = Site(tmp_path, engine.database)
    assert [row["credit"] for row in here.ask("articles.sql", "")] == [0, 0, 0]
    for name in ("credit.sql", "money.sql", "steps.sql", "channels.sql", "channel_money.sql"):
        assert here.ask(name, "") == []
    assert here.ask("coverage.sql", "")[0]["leads"] == 0
    assert {row["count"] for row in here.ask("funnel.sql", "")} == {0}
