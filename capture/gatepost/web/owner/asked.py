"""What readers answered and asked: the results of one survey, the people behind them, and follow-ups that are done."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import following_up, surveying
from gatepost.actions.surveying import SurveyUnknown
from gatepost.web.owner import door
from gatepost.web.owner.choice import chosen
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/surveys/<slug>", view_func=survey, methods=["GET"])
    blueprint.add_url_rule("/surveys/<slug>.csv", view_func=survey_csv, methods=["GET"])
    blueprint.add_url_rule("/surveys/<slug>/answers", view_func=survey_answers, methods=["GET"])
    blueprint.add_url_rule("/follow-ups/<uuid:task_id>", view_func=settle, methods=["POST"])
    blueprint.register_error_handler(SurveyUnknown, _unknown)


def survey(slug: str) -> ResponseReturnValue:
    """One survey's results."""
    choice, wired = chosen(), engine()
    found = surveying.results(wired.database, wired.catalogue, slug, choice.since)
    latest = surveying.latest(wired.database, wired.catalogue, slug, choice.since)
    return render_template("owner/survey.html", panel="surveys", choice=choice, found=found, latest=latest)


def survey_csv(slug: str) -> ResponseReturnValue:
    """One row a person."""
    wired, since = engine(), chosen().since
    text = surveying.as_csv(wired.database, wired.catalogue, slug, since)
    answer = Response(text, mimetype="text/csv")
    # Offers have slugs of letters, digits and hyphens; what else stands in an address reaches no header.
    name = slug if slug.isascii() and slug.replace("-", "").isalnum() else "survey"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def survey_answers(slug: str) -> ResponseReturnValue:
    """The people behind a number."""
    choice, wired = chosen(), engine()
    question, answer = (request.args.get(name, "").replace("\0", "") for name in ("question", "answer"))
    found = surveying.behind(
        wired.database,
        wired.catalogue,
        slug,
        question=question,
        answer=answer or None,
        since=choice.since,
        page=choice.page,
    )
    named = {name: value for name, value in (("question", question), ("answer", answer)) if value}
    return render_template(
        "owner/survey-answers.html",
        panel="surveys",
        choice=choice,
        slug=slug,
        found=found,
        question=question,
        answer=answer,
        args={"slug": slug, **choice.query, **named},
        page_size=surveying.PAGE,
        titles={one: article.title for one, article in wired.catalogue.articles.items()},
    )


def settle(task_id: UUID) -> ResponseReturnValue:
    """Done, or open again, with a note."""
    form = door.fields()
    if not following_up.settle(engine(), task_id, is_done=form.get("do") == "done", note=form.get("note")):
        abort(404)
    with_done = form.get("done") or None
    return redirect(url_for("owner.follow-ups", done=with_done and 1, _anchor=with_done and f"task-{task_id}"), 303)


def _unknown(error: SurveyUnknown) -> ResponseReturnValue:
    words = f"{error} The list of surveys shows those there are."
    return render_template("owner/message.html", title="No such survey", words=words), 404
