"""A lead's story: reads for days or weeks, asks, confirms, opens, comes back, buys, leaves. Through the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from gatepost.actions import confirming, downloading, erasing, leaving, signing_up
from gatepost.actions.demoing import asked_for, money, people, readers
from gatepost.actions.demoing import year as years
from gatepost.actions.demoing.play import Person, Play, Read
from gatepost.leads import GrantRefused, Lead
from gatepost.store import leads

_TOUCHES = dict(zip(range(1, 16), (20, 17, 13, 10, 8, 6, 5, 4.5, 4, 3, 2.5, 2, 1.5, 1.2, 1), strict=True))
# So many days ago questions were asked that nobody has answered yet.
_WAITING = (6.3, 4.6, 0.7)
_CONFIRMS, _DOWNLOADS, _COMES_BACK = 0.86, 0.8, 0.34


def begin(play: Play, number: int) -> None:
    """So many people, each on a day as busy as that day is."""
    days = [day for day in play.year.days if any(one.offers and one.pull > 0.1 for one in play.shelf.on(day))]
    if not days:
        return
    names = people.cast(play.dice)
    weights = [years.weight(play.year, day) for day in days]
    for day in play.dice.choices(days, weights, k=number):
        name, email = next(names)
        (channel,) = years.drawn(play.dice, years.asking(play.year, day))
        who = Person(name, email, channel, play.dice.random() < 0.025, play.dice.random() < 0.24)
        if who.bounces:
            play.bouncing.add(email)
        play.later(_moment(play, day), partial(_arrive, who=who))
    _be_sure(play, names)


def _be_sure(play: Play, names: Iterator[tuple[str, str]]) -> None:
    """However few people there are, every offer was asked for, somebody bought, and somebody waits for an answer."""
    offers = play.shelf.offers
    for place, slug in enumerate(offers):
        who = Person(*next(names), "search", bounces=False, forgetful=False, is_sure=True, buys=place < 2)
        at = _moment(play, play.year.at(0.6 + 0.25 * place / len(offers)))
        if offers[slug].terms.is_over(at + timedelta(days=1)):
            continue
        play.later(at, partial(_arrive, who=who, slug=slug))
    asks = [slug for slug, one in offers.items() if one.kind == "question"]
    for days in _WAITING if asks else ():
        who = Person(*next(names), "search", bounces=False, forgetful=False, is_sure=True, waits=True)
        play.later(play.end - timedelta(days=days), partial(_arrive, who=who, slug=asks[0]))


def _moment(play: Play, day: date) -> datetime:
    minute = min(1430, max(300, int(play.dice.gauss(810, 230))))
    return datetime.combine(day, time(), play.end.tzinfo) + timedelta(minutes=minute, seconds=play.dice.randrange(60))


def _arrive(play: Play, who: Person, slug: str = "") -> None:
    if play.dice.random() > 0.11:
        (times,) = play.dice.choices(list(_TOUCHES), list(_TOUCHES.values()))
        _read(play, who, times)
    article = who.reads[-1].article if who.reads else _article(play, play.today)
    offer = slug or asked_for.first(play, article)
    if offer:
        _ask(play, who, offer, article if offer in asked_for.offers_of(play, article) else "")


def _article(play: Play, day: date) -> str:
    there = play.shelf.on(day)
    return play.dice.choices(there, [one.traffic * one.pull for one in there])[0].slug if there else ""


def _read(play: Play, who: Person, times: int) -> None:
    """Reads up to this moment, the last one just now. A browser that forgets knows of the last seven days only."""
    at, moments = play.clock.at - timedelta(minutes=play.dice.randint(2, 20)), []
    for _ in range(times):
        moments.append(at)
        at -= timedelta(days=play.dice.expovariate(1 / 4.5), minutes=play.dice.randint(35, 300))
    first = datetime.combine(play.year.first, time(), play.end.tzinfo)
    oldest = max(first, play.clock.at - timedelta(days=7 if who.forgetful else 85))
    new = [moment for moment in reversed(moments) if moment >= oldest] or [moments[0]]
    is_suspect = play.dice.random() < 0.05
    for moment in new:
        article = _article(play, moment.date())
        if article:
            _one_read(play, who, moment, article, is_suspect)


def _one_read(play: Play, who: Person, at: datetime, article: str, is_suspect: bool) -> None:
    is_known = bool(who.reads)
    again = ("direct", "direct", "email" if who.is_confirmed else who.channel)
    channel = play.dice.choice(again) if is_known else who.channel
    believed = not is_suspect and play.dice.random() > 0.015
    receipt = play.stage.receipts.give(article, at, channel, play.stage.nonce()) if believed else ""
    if believed:
        before = [one.article for one in who.reads]
        depth = len({*before, article})
        previous = before[-1] if before else ""
        readers.read(
            play.tally, at.date(), article, channel, previous, is_first=article not in before, depth=depth
        )  # fmt: skip
    who.reads.append(Read(at, article, channel, receipt))


def _journey(play: Play, who: Person) -> list[dict[str, Any]]:
    kept = timedelta(days=7 if who.forgetful else 89)
    entries = [asdict(one) for one in who.reads if play.clock.at - one.at < kept]
    return [
        {"article": one["article"], "t": int(one["at"].timestamp()), "channel": one["channel"], "r": one["receipt"]}
        for one in entries
    ]


def _ask(play: Play, who: Person, slug: str, article: str) -> None:
    offer = play.stage.catalogue.offers[slug]
    asking = signing_up.Asking(
        who.email,
        slug,
        article,
        who.name if play.dice.random() < 0.8 else "",
        page=play.stage.catalogue.articles[article].url if article else offer.url,
        variant=asked_for.variant(play, offer),
        purposes=("*",) if play.dice.random() < 0.72 else (),
        journey=_journey(play, who),
        forgetful=who.forgetful,
        answers=people.answers(play.dice, offer.terms.questions),
        referral=asked_for.referral(play, offer),
    )
    signing_up.sign_up(play.stage, asking)
    readers.asked(play.tally, play.today, article, slug, who.channel)
    signup_id = play.heard.take()
    if signup_id is None:
        return
    who.requests += 1
    who.asked.add(slug)
    with play.stage.database.reading() as tx:
        stored = leads.signup(tx, signup_id)
    assert stored is not None
    who.lead_id = stored.lead_id
    if stored.confirmed_at is None and not who.bounces and (who.is_sure or play.dice.random() < _CONFIRMS):
        play.later(play.after(hours=0.6), partial(_confirm, who=who, signup_id=signup_id))
    elif stored.confirmed_at is not None:
        _go_on(play, who)


def _confirm(play: Play, who: Person, signup_id: UUID) -> None:
    token = play.stage.tokens.sign("confirm", signup_id, play.clock.at)
    given = confirming.confirm(play.stage, token)
    is_new, who.is_confirmed = not who.is_confirmed, True
    asked_for.confirmed(play, given.signup, waits=who.waits)
    for grant in given.grants[:1]:
        if play.dice.random() < _DOWNLOADS:
            play.later(play.after(hours=0.3), partial(_download, grant_id=grant.id))
    if is_new:
        money.promise(play, who)
        if play.dice.random() < 0.045:
            play.later(play.after(days=50), partial(_leave, who=who, how="one-click"))
        elif play.dice.random() < 0.012:
            play.later(play.after(days=70), partial(_erase, who=who))
    _go_on(play, who)


def _go_on(play: Play, who: Person) -> None:
    """Some come back for something else, weeks later."""
    if who.requests < 4 and play.dice.random() < _COMES_BACK:
        play.later(play.after(days=24), partial(_come_back, who=who))


def _come_back(play: Play, who: Person) -> None:
    if _lead(play, who).state != "confirmed":
        return
    _read(play, who, play.dice.choice((1, 1, 2, 3, 4)))
    article = who.reads[-1].article if who.reads else ""
    if slug := asked_for.next_one(play, who, article):
        _ask(play, who, slug, article if slug in asked_for.offers_of(play, article) else "")


def _download(play: Play, grant_id: UUID) -> None:
    token = play.stage.tokens.sign("download", grant_id, play.clock.at)
    try:
        grant = downloading.look(play.stage, token)
        if play.dice.random() < 0.08:
            downloading.note_scanner(play.stage, grant)
        downloading.count(play.stage, grant)
    except GrantRefused:
        # Erased meanwhile, or the file has gone: as for any reader, nothing opens.
        return


def _leave(play: Play, who: Person, how: str) -> None:
    lead = _lead(play, who)
    if lead.state == "confirmed":
        leaving.leave(play.stage, lead, how)


def _erase(play: Play, who: Person) -> None:
    erasing.erase(play.stage, _lead(play, who).id)
    who.requests = 99


def _lead(play: Play, who: Person) -> Lead:
    assert who.lead_id is not None
    with play.stage.database.reading() as tx:
        found = leads.by_id(tx, who.lead_id)
    assert found is not None
    return found
