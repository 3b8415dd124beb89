"""The rows behind the numbers: of an article, of a count of people, of a count of days, and of one lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from gatepost.actions import exporting, reporting
from gatepost.ladder import RUNGS
from gatepost.offers.answered import answered
from gatepost.report import DayCount
from gatepost.web.owner.choice import chosen
from gatepost.web.wiring import engine


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
        page_size=reporting.PAGE,
        titles=_titles(),
        days=_by_day(behind.days),
    )


def leads() -> ResponseReturnValue:
    """The people behind a number: every request, newest first."""
    choice = chosen()
    found, total = reporting.requests(
        engine().database, article=choice.article, offer=choice.offer, span=choice.span, page=choice.page
    )
    return render_template(
        "owner/leads.html", choice=choice, requests=found, total=total, page_size=reporting.PAGE, titles=_titles()
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
    return render_template("owner/days.html", choice=choice, days=_by_day(found), dropped=dropped, titles=_titles())


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
