"""Summaries of sites: read back as written, refused when they are none, and added up without a rate among them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.offers import Money
from gatepost.report.home import Now
from gatepost.report.sites import SiteRow, ordered, total
from gatepost.report.span import Span
from gatepost.report.summary import Best, Compared, Summary, SummaryUnreadable, as_dict, read
from tests.conftest import Clock

counts = st.integers(0, 10**9)
money = st.dictionaries(st.sampled_from(["EUR", "CHF", "USD"]), st.integers(-(10**9), 10**9), max_size=3).map(
    lambda found: tuple(Money(amount, currency) for currency, amount in sorted(found.items()))
)
figures = st.builds(Now, counts, counts, counts, counts, counts, counts, counts, money, money)
days = st.dates()


@given(figures, st.none() | figures, days, days)
def test_a_summary_is_read_back_as_it_was_written(now: Now, before: Now | None, first: Any, last: Any) -> None:
    periods = {"month": Compared(Span(first, last), now, before), "all": Compared(Span(), now)}
    made = Summary("A", "https://a.example", Clock()(), "leads", periods, (Best("One", "https://a.example/1"),))
    assert read(json.loads(json.dumps(as_dict(made)))) == made


@given(st.lists(figures, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_sums_over_sites_do_not_depend_on_their_order(found: list[Now], random: Any) -> None:
    rows = [SiteRow(str(n), "https://a.example", compared=Compared(Span(), one, one)) for n, one in enumerate(found)]
    mixed = random.sample(rows, len(rows))
    assert total(rows) == total(mixed)
    assert total(rows).now.reads == sum(one.reads for one in found)
    assert sum(m.amount for m in total(rows).now.deals) == sum(m.amount for one in found for m in one.deals)
    by_reads = [row.compared.now.reads for row in ordered(mixed, "-reads") if row.compared]
    assert by_reads == sorted(by_reads, reverse=True)


def test_a_site_without_figures_stands_last_and_the_time_before_is_summed_only_where_all_know_it() -> None:
    known = SiteRow("B", "https://b.example", compared=Compared(Span(), Now(reads=1), Now(reads=2)))
    young = SiteRow("C", "https://c.example", compared=Compared(Span(), Now(reads=5)))
    silent = SiteRow("A", "https://a.example")
    assert [row.name for row in ordered([silent, known, young], "reads")] == ["B", "C", "A"]
    assert total([known, young, silent]).before is None
    assert (total([known, young, silent]).of, total([known, young, silent]).now.reads) == (2, 6)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 2), ("site", ""), ("site", "x" * 501), ("url", "javascript:alert(1)"), ("made_at", "2026-11-01"),
        ("made_at", 5), ("goal", "fame"), ("best", {}), ("best", [{"title": "x", "url": "data:,x"}]), ("periods", []),
        ("periods", {"month": {"now": {}}}), ("periods", {"month": {"first": "soon"}}),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_summary_is_refused(key: str, value: Any) -> None:
    good = as_dict(Summary("A", "https://a.example", Clock()(), "leads", {"all": Compared(Span(), Now())}))
    assert read(good).site == "A"
    with pytest.raises(SummaryUnreadable):
        read({**good, key: value})
