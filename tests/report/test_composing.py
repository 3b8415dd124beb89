"""The report composed from facts: figures worked out by hand, and laws."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace

import pytest

from gatepost.attribution import ADDITIVE, MODELS
from gatepost.channels import CHANNELS
from gatepost.offers import Money
from gatepost.report import (
    ArticleRow,
    ChannelCount,
    Counted,
    Coverage,
    Facts,
    Report,
    StepsMissing,
    as_csv,
    as_dict,
    open_up,
)  # fmt: skip
from gatepost.report.groups import CLASSES
from gatepost.report.notes import CAUSE
from tests.conftest import VECTORS, missing
from tests.report import people, summing
from tests.report.people import ADA, BO, CY, made


def row(report: Report, slug: str) -> ArticleRow:
    found = report.row(slug)
    assert found
    return found


def test_credit_comes_with_its_standard_error_and_the_range_over_models() -> None:
    a = row(made(people.three()), "a")
    assert a.credit == 1.5
    assert a.given.error == pytest.approx(math.sqrt(0.5**2 + 1**2))
    assert a.given.by_model["first"] == 2
    assert a.given.by_model["last"] == 1
    assert a.given.ends == (1, 2)
    assert row(made(people.three()), "c").given.ends == (0, 0)


def test_value_and_deals_come_with_the_root_of_their_squared_parts() -> None:
    a = row(made(people.three()), "a")
    assert a.value == (Money(2000 + 9000, "EUR"),)
    assert a.given.value.errors == {"EUR": pytest.approx(math.hypot(2000, 9000))}
    assert a.deals == (Money(50_000, "EUR"),)
    assert a.given.deals.errors == {"EUR": 50_000}


def test_a_return_is_of_deals_where_there_are_any_and_of_the_offers_else() -> None:
    facts = people.three()
    (back,) = row(made(facts), "a").returns
    assert (back.money, back.mean) == ("deals", (50_000 - 20_000) / 20_000)
    # A half of one deal says little: the interval reaches down to the loss of everything.
    assert back.low == -1
    assert back.high == pytest.approx(1.5 + 1.6448536269514722 * 50_000 / 20_000)
    (offers,) = row(made(replace(facts, deals={})), "a").returns
    assert (offers.money, offers.mean) == ("value", (11_000 - 20_000) / 20_000)
    assert row(made(facts), "b").returns == ()
    assert made(facts).return_of == {"EUR": "deals"}


def test_a_return_in_another_currency_is_not_mixed_with_it() -> None:
    facts = replace(people.three(), spend={"a": (Money(100, "CHF"), Money(20_000, "EUR"))})
    report = made(facts)
    swiss, euro = row(report, "a").returns
    assert (swiss.currency, swiss.money, swiss.mean) == ("CHF", "value", -1)
    assert (swiss.low, swiss.high) == (None, None)
    assert euro.mean == 1.5
    plain = as_dict(report)["articles"]
    a = next(one for one in plain if one["slug"] == "a")
    assert a["return"] is None
    assert a["returns"]["EUR"]["of"] == "deals"


def test_touched_by_is_the_share_of_all_confirmed_leads() -> None:
    report = made(people.three())
    assert row(report, "a").touched_by == pytest.approx(2 / 3)
    assert row(report, "b").touched_by == pytest.approx(1 / 3)
    assert row(made(Facts()), "a").touched_by is None


def test_markov_shares_leads_by_what_the_chain_loses_without_an_article() -> None:
    report = made(people.three(), "markov")
    a, b = row(report, "a"), row(report, "b")
    # From a one in ten converts and five in ten go on to b, from b one in ten converts; two of three visits begin at a.
    assert (a.given.removal_effect, b.given.removal_effect) == pytest.approx((0.75, 0.5))
    assert (a.credit, b.credit) == pytest.approx((2 * 0.75 / 1.25, 2 * 0.5 / 1.25))
    assert report.totals.unplaced.credit == pytest.approx(1)
    # By value: 90.00 EUR ended at a, 40.00 EUR at b.
    assert a.value == (Money(9533, "EUR"),)
    assert b.value == (Money(3467, "EUR"),)
    assert a.deals[0].amount + b.deals[0].amount == 100_000
    assert (a.given.error, a.given.value.errors) == (None, {})
    assert a.given.ends == (1, 2)
    assert row(report, "c").given.removal_effect == 0
    (back,) = a.returns
    assert (back.low, back.high) == (None, None)


def test_markov_without_steps_is_refused_with_its_cure() -> None:
    with pytest.raises(StepsMissing) as refused:
        made(replace(people.three(), steps=None), "markov")
    assert "markov" in refused.value.cure
    with pytest.raises(KeyError):
        made(people.three(), "magic")


def test_a_touch_that_is_not_believed_earns_nothing_and_is_shown() -> None:
    dee = people.asked(4, "b", "a", "b", suspect="a")
    report = made(summing.facts([dee]))
    assert (row(report, "a").credit, row(report, "a").helped) == (0, 0)
    assert (row(report, "b").credit, row(report, "b").helped) == (1, 1)
    plain = as_dict(report)["suspect"]
    assert (plain["count"], plain["touches"], plain["share"]["mean"]) == (1, 2, 0.5)
    (behind,) = open_up("a", [dee], "linear")
    assert (behind.helped, behind.credit) == (False, 0)


def test_an_opened_row_has_no_credit_of_its_own_under_markov() -> None:
    (behind,) = open_up("a", [ADA], "markov")
    assert (behind.helped, behind.credit, behind.value) == (True, None, None)
    assert open_up("a", [ADA], "linear")[0].value == Money(2000, "EUR")


def test_what_is_known_of_journeys_is_said_in_figures() -> None:
    report = made(people.busy())
    assert any(note.startswith("20 of 120 confirmed leads (17 %, 90 % interval 12 % to 23 %)") for note in report.notes)
    assert (
        "31 of 100 journeys come from browsers that forget after seven days without a visit; of the others 22 % reach back "
        "further, so about 7 of those 31 have probably lost their beginning."
    ) in report.notes
    assert any("12 of 300 touches" in note for note in report.notes)
    plain = as_dict(report)
    assert plain["suspect"]["reasons"] == {"journey-future": 2, "receipt-missing": 12}
    cut = plain["coverage"]["probably_cut"]
    assert cut["mean"] == pytest.approx(31 * 15 / 69)
    assert cut["low"] < cut["mean"] < cut["high"]


def test_forgetful_journeys_with_none_to_compare_are_not_guessed_at() -> None:
    report = made(replace(people.busy(), coverage=Coverage(leads=9, forgetful=1)))
    assert any("1 of 1 journey comes from" in note and "unknown" in note for note in report.notes)
    assert as_dict(report)["coverage"]["probably_cut"] is None


def test_classes_add_up_their_channels_and_are_never_averaged() -> None:
    report = made(people.busy())
    cultivated, interest, unknown = report.classes
    assert (cultivated.name, cultivated.leads, cultivated.clients) == ("cultivated", 100, 9)
    assert cultivated.close_rate
    assert cultivated.close_rate.mean == 0.09
    assert cultivated.deals == (Money(100_000, "EUR"),)
    (back,) = interest.returns
    assert (back.mean, back.low) == (1.0, None)
    assert (unknown.label, unknown.close_rate) == ("Unknown", None)
    assert [one.name for one in report.channels] == ["search", "social", "email", "direct"]
    assert not {"close_rate", "rate"} & as_dict(report)["totals"].keys()


def test_every_channel_belongs_to_a_class_with_a_label() -> None:
    assert {channel.lead_class for channel in CHANNELS.values()} <= CLASSES.keys()
    strange = made(replace(people.busy(), channels=(ChannelCount("pigeon", leads=2),)))
    assert [(one.label, one.lead_class) for one in strange.channels] == [("pigeon", "direct")]


def test_a_small_site_is_told_how_little_its_order_says() -> None:
    slugs = [f"article-{number}" for number in range(9)]
    read = {slug: {"read": Counted(300, 200 + place)} for place, slug in enumerate(slugs)}
    facts = Facts(rungs=read, helped={slug: place for place, slug in enumerate(slugs)}, coverage=Coverage(leads=40))
    assert any("about half of the 5" in note for note in made(facts).notes)
    assert not any("about half" in note for note in made(replace(facts, coverage=Coverage(leads=3000))).notes)


def test_under_five_leads_nothing_stands_above_or_below() -> None:
    read = {"a": {"read": Counted(10, 10)}, "b": {"read": Counted(5000, 5000)}}
    few = Facts(rungs=read, helped={"a": 4, "b": 1}, coverage=Coverage(leads=4))
    assert {one.rate.verdict for one in made(few).rows if one.rate} == {"too early"}
    assert [one.slug for one in made(few).rows] == ["b", "a", "c"], "in order of reads"
    enough = made(replace(few, coverage=Coverage(leads=5)))
    assert row(enough, "a").rate != row(made(few), "a").rate


def test_a_rate_taken_of_the_leads_themselves_is_ranked_last() -> None:
    read = {"a": {"read": Counted(100, 100)}, "b": {"read": Counted(100, 100)}}
    facts = Facts(rungs=read, helped={"a": 9, "b": 2, "c": 8}, coverage=Coverage(leads=19))
    assert [one.slug for one in made(facts).rows] == ["a", "b", "c"]


def test_json_keeps_its_keys_and_says_what_is_new() -> None:
    plain = json.loads(json.dumps(as_dict(made(people.busy()))))
    assert {
        "format", "site", "made_at", "since", "model", "is_ranked", "site_rate", "totals", "articles", "funnel", "dropped",
        "notes", "coverage", "channels", "classes", "models", "suspect", "return_of", "cause",
    } == plain.keys()  # fmt: skip
    assert [model["name"] for model in plain["models"]] == list(MODELS)
    assert plain["cause"] == CAUSE
    a = next(one for one in plain["articles"] if one["slug"] == "a")
    assert a["credit_range"] == [1, 2]
    assert a["credit_by_model"].keys() == ADDITIVE.keys()
    assert a["spend"] == {"EUR": 20_000}
    assert a["return"]["mean"] == 1.5
    assert a["removal_effect"] is None
    under_markov = as_dict(made(people.busy(), "markov"))["articles"][0]
    assert under_markov["credit_error"] is None
    assert under_markov["credit_by_model"].keys() == MODELS.keys()
    assert 0 < under_markov["removal_effect"] <= 1


def test_csv_appends_its_new_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(made(people.three())), newline="")))
    names = list(rows[0])
    assert names[:15] == [
        "slug", "title", "url", "reads", "unique_readers", "signed_up_here", "confirmed", "helped",
        "rate", "rate_low", "rate_high", "above_site", "verdict", "credit", "value",
    ]  # fmt: skip
    a = next(one for one in rows if one["slug"] == "a")
    assert (a["credit_low"], a["credit_high"], a["deals"], a["spend"]) == (
        "1.000000",
        "2.000000",
        "500.00 EUR",
        "200.00 EUR",
    )
    assert (a["return"], a["return_low"], a["value_error"]) == ("1.500000", "-1.000000", "92.20 EUR")
    assert (a["touched_by"], a["removal_effect"]) == ("0.666667", "")


def test_rates_agree_with_the_vectors() -> None:
    path = VECTORS / "attribution" / "smallsample_expected.csv"
    if not path.is_file():
        missing("the vectors of attribution")
    expected = {one["article"]: one for one in csv.DictReader(path.read_text().splitlines())}
    readers = {slug: int(one["reads"]) for slug, one in expected.items()}
    facts = Facts(
        rungs={slug: {"read": Counted(count, count)} for slug, count in readers.items()},
        helped={slug: int(one["leads"]) for slug, one in expected.items()},
        coverage=Coverage(leads=239),
    )
    report = made(facts)
    meta = json.loads((path.parent / "smallsample_meta.json").read_text())
    assert report.site_rate == pytest.approx(meta["site_mean"], rel=1e-3)
    for slug, one in expected.items():
        rate = row(report, slug).rate
        if not readers[slug]:
            assert rate is None, "nobody was counted, and no rate is shown"
            continue
        assert rate
        figures = (rate.interval.mean, rate.interval.low, rate.above)
        wanted = tuple(float(one[name]) for name in ("eb_mean", "eb_q05", "p_above_site_mean"))
        assert figures == pytest.approx(wanted, rel=1e-3)
    means = [one.rate.interval.mean for one in report.rows if one.rate]
    assert means == sorted(means, reverse=True)


def test_a_refund_larger_than_all_deals_is_a_loss_above_the_cost() -> None:
    facts = replace(people.three(), deals=summing.credit([replace(BO, value=Money(-5000, "EUR"))]))
    (back,) = row(made(facts), "a").returns
    assert back.low is not None
    assert back.high is not None
    assert back.low <= back.mean == (-5000 - 20_000) / 20_000 < back.high


def test_a_lead_of_whom_nothing_is_known_is_placed_nowhere() -> None:
    report = made(summing.facts([CY]))
    assert report.totals.unplaced.credit == 1
    assert [one.credit for one in report.rows] == [0, 0, 0]
