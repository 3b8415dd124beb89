"""The rows behind the numbers: of an article, of a count of people, of a count of days, and of one lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from gatepost.actions import exporting, looking_further, reporting
from gatepost.ladder import RUNGS
from gatepost.offers.answered import answered
from gatepost.report import DayCount
from gatepost.web.owner import over_time
from gatepost.web.owner.choice import chosen
from gatepost.web.wiring import engine

# Days on one page: a quarter of a year.
DAYS = 92


@dataclass(frozen=True)
class Calendar:
    """Counters as a table: a line a day, a column a rung that was ever counted."""

    rungs: tuple[str, ...]
    days: Mapping[date, Mapping[str, DayCount]]


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/articles/<path:slug>", view_func=article, methods=["GET"])
    blueprint.add_url_rule("/leads", view_func=leads, methods=["GET"])
    blueprint.add_url_rule("/leads/<uuid:lead_id>", view_func=lead, methods=["GET"])
    blueprint.add_url_rule("/days", view_func=days, methods=["GET"])


def article(slug: str) -> ResponseReturnValue:
    """One article's row, opened."""
    choice, wired = chosen(), engine()
    try:
        behind = reporting.article(
            wired.database,
            wired.catalogue,
            slug,
            model=choice.model,
            span=choice.span,
            now=wired.now(),
            page=choice.page,
        )
    except reporting.ArticleUnknown as unknown:
        return render_template("owner/message.html", title="No such article", words=f"{unknown} {unknown.cure}"), 404
    return render_template(
        "owner/article.html",
        choice=choice,
        behind=behind,
        page_size=reporting.PAGE_OF_ARTICLE,
        titles=_titles(),
        over_time=over_time.reads(wired, slug, behind.days, choice.span),
        **_newest(_by_day(behind.days)),
    )


def leads() -> ResponseReturnValue:
    """The people behind a number: every request, newest first; with `channel` the leads that are counted under it."""
    choice, database = chosen(), engine().database
    channel = request.args.get("channel", "").replace("\0", "")
    if channel:
        found, total = looking_further.came_through(database, channel, span=choice.span, page=choice.page)
    else:
        found, total = reporting.requests(
            database, article=choice.article, offer=choice.offer, span=choice.span, page=choice.page
        )
    return render_template(
        "owner/leads.html",
        choice=choice,
        channel=channel,
        args={**choice.only, **({"channel": channel} if channel else {})},
        requests=found,
        total=total,
        page_size=reporting.PAGE,
        titles=_titles(),
    )


def lead(lead_id: UUID) -> ResponseReturnValue:
    """Everything held about one lead."""
    held = exporting.everything(engine(), lead_id)
    if not held:
        abort(404)
    offers = engine().catalogue.offers
    said = {
        one["id"]: answered(offers[one["offer"]].terms.questions if one["offer"] in offers else (), one["answers"])
        for one in held["signups"]
    }
    return render_template("owner/lead.html", held=held, said=said, titles=_titles())


def days() -> ResponseReturnValue:
    """The days behind the counts of reads, rungs and what was refused."""
    choice, database = chosen(), engine().database
    found = reporting.days(database, article=choice.article, offer=choice.offer, span=choice.span)
    dropped = reporting.dropped_days(database, span=choice.span)
    whole = _by_day(found)
    days = dict(list(whole.days.items())[(choice.page - 1) * DAYS : choice.page * DAYS])
    return render_template(
        "owner/days.html",
        choice=choice,
        days=Calendar(whole.rungs, days),
        total=len(whole.days),
        page_size=DAYS,
        dropped=_beside(dropped, days),
        titles=_titles(),
    )


def _beside(dropped: list[tuple[date, str, int]], days: Mapping[date, object]) -> list[tuple[date, str, int]]:
    """What was refused in the time of the days shown; all of it where no day counted anything."""
    return [one for one in dropped if min(days) <= one[0] <= max(days)] if days else dropped[:DAYS]


def _newest(whole: Calendar) -> dict[str, object]:
    """A quarter of a year, and of how many days there are more."""
    shown = Calendar(whole.rungs, dict(list(whole.days.items())[:DAYS]))
    return {"days": shown, "more_days": len(whole.days) if len(whole.days) > DAYS else 0}


def _titles() -> dict[str, str]:
    built = engine().catalogue
    offers = {slug: offer.title for slug, offer in built.offers.items()}
    return offers | {slug: article.title for slug, article in built.articles.items()}


def _by_day(found: Iterable[DayCount]) -> Calendar:
    days: dict[date, dict[str, DayCount]] = {}
    for count in found:
        days.setdefault(count.day, {})[count.rung] = count
    seen = {rung for rungs in days.values() for rung in rungs}
    return Calendar(tuple(rung for rung in RUNGS if rung in seen), days)
