"""The panel of channels: lead classes first, each with its own close rate, cost and time to close."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from gatepost.engine import Engine
from gatepost.leads import Deal, Spend
from gatepost.offers import Money
from gatepost.report.arrivals import arrivals
from gatepost.report.closing import Buyer, Paid
from gatepost.report.facts import ChannelCount
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, leads, money, requests
from tests.owner.conftest import Browser
from tests.report import past
from tests.report.story import START

DAY = START.date()


@pytest.fixture
def sold(inside: Browser, engine: Engine) -> Browser:
    """Ada and Bo, who came by search, bought; search cost 300 EUR, and a paid channel brought nobody."""
    with engine.database.writing() as tx:
        for name, amount, days in (("ada", 100_000, 8), ("bo", 40_000, 20)):
            who = leads.by_key(tx, f"{name}@example.org")
            assert who
            day = DAY + timedelta(days=days)
            money.add_deals(tx, [Deal(uuid4(), name, who.id, Money(amount, "EUR"), day, "first", "", START)])
        costs = [("search", 30_000), ("paid-social", 5_000)]
        money.add_spend(
            tx,
            [Spend(uuid4(), channel, DAY, Money(cost, "EUR"), "", channel, "", "", START) for channel, cost in costs],
        )
    return inside


def _rows(browser: Browser, query: str = "") -> dict[str, dict[str, str]]:
    found = csv.DictReader(io.StringIO(browser.get(f"/owner/channels.csv?{query}").text))
    return {row["name"]: row for row in found}


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_each_class_has_its_own_figures_and_there_is_no_row_for_all(sold: Browser) -> None:
    classes, channels = _rows(sold), _rows(sold, "sheet=channels")
    assert list(classes) == ["cultivated", "interest"]
    assert list(channels) == ["search", "paid-social"]
    search = channels["search"]
    assert (search["leads"], search["clients"], search["deals"]) == ("7", "2", "1400.00 EUR")
    assert search["cost_per_lead"] == "42.86 EUR"
    assert float(search["return"]) == pytest.approx((1400 - 300) / 300, abs=1e-5)
    assert float(search["return_low"]) < float(search["return"]) < float(search["return_high"])
    assert (search["days_to_close"], search["days_low"], search["days_high"], search["closed"]) == ("8", "8", "20", "2")
    assert classes["cultivated"]["clients"] == "2"
    assert classes["interest"]["cost_per_lead"] == ""
    assert classes["interest"]["close_rate"] == ""


def test_the_page_says_the_same_and_a_class_keeps_only_its_channels(sold: Browser) -> None:
    page = _text(sold.get("/owner/channels").text)
    assert page.index("Lead classes") < page.index("Organic search") < page.index("Paid social")
    assert "29 %" in page
    assert "8 to 20; 2 clients" in page
    only = _text(sold.get("/owner/channels?class=interest").text).partition("Channels of “Interest”")[2]
    assert "Paid social" in only
    assert "Organic search" not in only
    assert "Nobody came" in _text(sold.get("/owner/channels?class=targeted").text)


def test_the_days_before_stand_beside_those_chosen(sold: Browser) -> None:
    # The ten days from the 12th had two leads and one first deal; the ten before them five leads and one deal.
    rows = _rows(sold, "sheet=channels&since=2026-11-12&until=2026-11-21&compare=1")
    search = rows["search"]
    assert (search["leads"], search["leads_before"], search["clients_before"]) == ("2", "5", "2")
    assert search["deals_before"] == "1000.00 EUR"
    page = _text(sold.get("/owner/channels?since=2026-11-12&until=2026-11-21&compare=1").text)
    assert "2 5 before" in page


def test_a_channel_and_a_class_of_one_name_are_compared_each_with_itself() -> None:
    before = (ChannelCount("direct", 9, leads=4), ChannelCount("pigeon", 2, leads=3))
    now = (ChannelCount("direct", 9, leads=5), ChannelCount("pigeon", 2, leads=1))
    found = arrivals(now, (), ALL_TIME, before=before)
    (unknown,) = found.classes
    assert (unknown.group.leads, unknown.before and unknown.before.leads) == (6, 7)
    direct = next(one for one in found.channels if one.group.name == "direct")
    assert (direct.group.leads, direct.before and direct.before.leads) == (5, 4)


def test_a_return_is_reckoned_from_the_value_of_offers_where_nothing_was_sold() -> None:
    spent = ChannelCount("search", 10, 4, 0, (Money(16_000, "EUR"),), (), (Money(8_000, "EUR"),))
    (search,) = arrivals((spent,), (), ALL_TIME).channels
    assert [(one.money, one.mean, one.low) for one in search.group.returns] == [("value", 1.0, None)]
    buyer = Buyer("search", date(2026, 11, 2), (Paid(date(2026, 11, 9), "EUR", 24_000),))
    sold_too = ChannelCount("search", 10, 4, 1, (), (Money(24_000, "EUR"),), (Money(8_000, "EUR"),))
    (search,) = arrivals((sold_too,), (buyer,), ALL_TIME).channels
    (back,) = search.group.returns
    assert (back.money, back.mean, back.low) == ("deals", 2.0, -1.0)
    assert back.high == pytest.approx(2 + 1.6449 * 3, abs=1e-3)


def test_a_channels_leads_open_to_as_many_rows(sold: Browser) -> None:
    page = sold.get("/owner/leads?channel=search").text
    assert "7 leads that came through “Organic search”" in _text(page)
    assert page.count('<th scope="row">') == 7
    assert "0 leads" in _text(sold.get("/owner/leads?channel=pigeon").text)
    assert 'href="/owner/leads?channel=search"' in sold.get("/owner/channels").text


def test_the_leads_behind_a_channel_are_its_conversions_the_newest_first(both: Database) -> None:
    past.fill(both, people=40)
    with both.reading() as tx:
        conversions = [one for one in requests.confirmed(tx) if one.converts]
        for span in (ALL_TIME, Span(date(2026, 3, 1), date(2026, 9, 15))):
            for channel in ("search", "expert", "pigeon"):
                wanted = [
                    one
                    for one in sorted(conversions, key=lambda one: (one.confirmed_at, one.signup_id), reverse=True)
                    if one.origin == channel and one.confirmed_at and one.confirmed_at.date() in span
                ]
                found, total = requests.through(tx, span, channel=channel, most=3)
                assert total == len(wanted)
                assert found == wanted[:3]
                rest, _ = requests.through(tx, span, channel=channel, most=100, skip=3)
                assert rest == wanted[3:]
