"""Money: clients with first and repeat deals, and what was spent on channels and articles. Imported as an owner would."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from gatepost.actions import importing
from gatepost.actions.demoing.play import Person, Play
from gatepost.actions.demoing.year import CHANNELS
from gatepost.report import csv_text
from gatepost.store import leads

_DEALS, _SPEND = ("email", "amount", "currency", "date", "id"), ("date", "amount", "hours", "rate", "currency", "article", "channel", "note")  # fmt: skip


def promise(play: Play, who: Person) -> None:
    """Decide whether somebody who confirmed becomes a client, and when: who has read more does so more often."""
    chance = CHANNELS[who.channel][2] * (0.55 + 0.11 * len(who.reads))
    if who.buys:
        play.later(play.clock.at + timedelta(days=20), partial(_buy, who=who, times=1))
    elif play.dice.random() < chance:
        play.later(play.after(days=40), partial(_buy, who=who, times=1))


def _buy(play: Play, who: Person, times: int) -> None:
    assert who.lead_id is not None
    with play.stage.database.reading() as tx:
        lead = leads.by_id(tx, who.lead_id)
    if lead is None or lead.state == "erased":
        return
    amount = round(play.dice.lognormvariate(7.9 if times == 1 else 7.4, 0.55), -1)
    row = (who.email, f"{amount:.2f}", "EUR", play.today.isoformat(), f"invoice-{play.scenes}")
    importing.import_deals(play.stage, csv_text(_DEALS, [row]).encode())
    if times < 4 and play.dice.random() < 0.5:
        play.later(play.after(days=75), partial(_buy, who=who, times=times + 1))


def spend(play: Play) -> None:
    """What a year costs: an advertisement, a mail program, the conference, and the hours of each article."""
    rows = [*_months(play), *_articles(play)]
    rows.append((play.year.conference.isoformat(), "1450", "", "", "EUR", "", "event", "Table and travel"))
    importing.import_spend(play.stage, csv_text(_SPEND, sorted(rows)).encode())


def _months(play: Play) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for day in play.year.days:
        if day.day != 1:
            continue
        found.append((day.isoformat(), "29", "", "", "EUR", "", "email", "Mail program"))
        found.append((day.isoformat(), "", "3", "70", "EUR", "", "social", "Posts"))
        if day >= play.year.at(0.2):
            found.append((day.isoformat(), "", "2", "70", "EUR", "", "outreach", "Letters by hand"))
        if day > play.year.paid_from:
            found.append(
                (day.isoformat(), str(play.dice.randint(380, 520)), "", "", "EUR", "", "paid-search", "Search")
            )
    return found


def _articles(play: Play) -> list[tuple[str, ...]]:
    return [
        (
            _on(play, one.since).isoformat(),
            "",
            str(play.dice.randint(5, 11)),
            "70",
            "EUR",
            one.slug,
            "",
            "Written and edited",
        )
        for one in play.shelf.articles
    ]


def _on(play: Play, since: date) -> date:
    return max(play.year.first, since - timedelta(days=2))
