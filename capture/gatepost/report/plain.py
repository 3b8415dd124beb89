"""The report for other programs: a dictionary for JSON, and a CSV file. Keys and columns are stable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.attribution import MODELS
from gatepost.offers import Money
from gatepost.report import notes
from gatepost.report.behind import ArticleBehind, Behind
from gatepost.report.cells import csv_text
from gatepost.report.facts import Request
from gatepost.report.funnel import Funnel
from gatepost.report.groups import Group
from gatepost.report.journeys import Journeys
from gatepost.report.money import Return
from gatepost.report.rates import Interval, Rate
from gatepost.report.rows import ArticleRow, Report

FORMAT = 1
# New ones are added at the end.
COLUMNS = (
    "slug", "title", "url", "reads", "unique_readers", "signed_up_here", "confirmed", "helped",
    "rate", "rate_low", "rate_high", "above_site", "verdict", "credit", "value",
    "credit_error", "credit_low", "credit_high", "value_error", "deals", "deals_error", "spend",
    "return", "return_low", "return_high", "touched_by", "removal_effect",
)  # fmt: skip


def as_dict(report: Report) -> dict[str, Any]:
    """Ready for json.dumps. Rates are shares of one, money is minor units by currency, times are ISO 8601 in UTC.

    `{format, site, made_at, since, model, is_ranked, site_rate, totals, articles, funnel, dropped, notes, models, coverage,
    suspect, channels, classes, return_of, cause}`
    """
    return {
        "format": FORMAT,
        "site": report.site_name,
        "made_at": report.made_at.isoformat(),
        "since": report.since.isoformat() if report.since else None,
        "model": report.model,
        "is_ranked": report.is_ranked,
        "site_rate": report.site_rate,
        "totals": _totals(report),
        "articles": [article(row) for row in report.rows],
        "funnel": steps(report.funnel),
        "dropped": dict(sorted(report.dropped.items())),
        "notes": list(report.notes),
        "models": [
            {"name": model.name, "label": model.label, "says": model.says, "is_additive": model.shares is not None}
            for model in MODELS.values()
        ],
        "coverage": _coverage(report.journeys),
        "suspect": _suspect(report.journeys),
        "channels": [_group(group) for group in report.channels],
        "classes": [_group(group) for group in report.classes],
        "return_of": dict(report.return_of),
        "cause": notes.CAUSE,
    }


def article(row: ArticleRow) -> dict[str, Any]:
    """One article's row. `return` is the only one of `returns`; None where money was spent in several currencies or none."""
    given = row.given
    return {
        "slug": row.slug,
        "title": row.title,
        "url": row.url,
        "is_published": row.is_published,
        "reads": row.reads,
        "unique_readers": row.unique_readers,
        "signed_up_here": row.signed_up_here,
        "confirmed": row.confirmed,
        "helped": row.helped,
        "rate": _rate(row.rate) if row.rate else None,
        "credit": row.credit,
        "value": _money(row.value),
        "credit_error": given.error,
        "credit_range": list(given.ends),
        "credit_by_model": dict(given.by_model),
        "value_error": dict(given.value.errors),
        "deals": _money(row.deals),
        "deals_error": dict(given.deals.errors),
        "spend": _money(row.spend),
        "return": _return(row.returns[0]) if len(row.returns) == 1 else None,
        "returns": _returns(row.returns),
        "touched_by": row.touched_by,
        "removal_effect": given.removal_effect,
    }


def steps(funnel: Funnel) -> list[dict[str, Any]]:
    """The rungs of a funnel; `share` is of the rung named in `before`."""
    return [
        {
            "rung": step.rung,
            "counted_by": step.counted_by,
            "count": step.count,
            "before": step.before,
            "before_count": step.before_count,
            "share": _interval(step.share) if step.share else None,
        }
        for step in funnel.steps
    ]


def opened(behind: ArticleBehind) -> dict[str, Any]:
    """An article's row with the rows behind it."""
    return {
        "article": article(behind.row),
        "model": behind.report.model,
        "since": behind.report.since.isoformat() if behind.report.since else None,
        "requests": [_behind(one) for one in behind.rows],
        "requests_total": behind.total,
        "days": [
            {"day": day.day.isoformat(), "rung": day.rung, "count": day.count, "firsts": day.firsts}
            for day in behind.days
        ],
        "funnel": steps(behind.funnel),
    }


def as_csv(report: Report) -> str:
    """One line an article; money as `40.00 EUR`, several currencies joined by a semicolon."""
    return csv_text(COLUMNS, (cells(row) for row in report.rows))


def cells(row: ArticleRow) -> tuple[object, ...]:
    """One article's cells, in the order of COLUMNS."""
    rate = row.rate
    sure: tuple[object, ...] = ("", "", "", "", "")
    if rate:
        shares = (rate.interval.mean, rate.interval.low, rate.interval.high, rate.above)
        sure = (*(f"{share:.6f}" for share in shares), rate.verdict)
    counts = (row.reads, row.unique_readers, row.signed_up_here, row.confirmed, row.helped)
    return (row.slug, row.title, row.url, *counts, *sure, _number(row.credit), _amounts(row.value), *_more(row))


def _more(row: ArticleRow) -> tuple[object, ...]:
    given = row.given
    back = row.returns[0] if len(row.returns) == 1 else None
    return (
        *(_number(number) for number in (given.error, *given.ends)),
        _amounts(given.value.error_amounts),
        _amounts(row.deals),
        _amounts(given.deals.error_amounts),
        _amounts(row.spend),
        *(_number(number) for number in ((back.mean, back.low, back.high) if back else (None, None, None))),
        _number(row.touched_by),
        _number(given.removal_effect),
    )


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.6f}"


def _amounts(value: tuple[Money, ...]) -> str:
    return "; ".join(str(money) for money in value)


def _totals(report: Report) -> Mapping[str, Any]:
    totals = report.totals
    return {
        "reads": totals.reads,
        "readers": totals.readers,
        "requested": totals.requested,
        "confirmed": totals.confirmed,
        "conversions": totals.conversions,
        "without_journey": totals.without_journey,
        "requested_elsewhere": totals.elsewhere.requested,
        "confirmed_elsewhere": totals.elsewhere.confirmed,
        "unplaced_credit": totals.unplaced.credit,
        "value": _money(totals.value),
        "deals": _money(totals.deals),
        "unplaced_value": _money(totals.unplaced.value.amounts),
        "unplaced_deals": _money(totals.unplaced.deals.amounts),
    }


def _coverage(journeys: Journeys) -> dict[str, Any]:
    cut = journeys.probably_cut
    return {
        **vars(journeys.coverage),
        "unseen": _interval(journeys.unseen) if journeys.unseen else None,
        "probably_cut": _interval(cut) if cut else None,
        "says": list(journeys.says),
    }


def _suspect(journeys: Journeys) -> dict[str, Any]:
    found = journeys.coverage
    share = _interval(journeys.suspect) if journeys.suspect else None
    return {"touches": found.touches, "count": found.suspect, "share": share, "reasons": dict(journeys.reasons)}


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "label": group.label,
        "class": group.lead_class,
        "reads": group.reads,
        "leads": group.leads,
        "clients": group.clients,
        "close_rate": _interval(group.close_rate) if group.close_rate else None,
        "value": _money(group.value),
        "deals": _money(group.deals),
        "spend": _money(group.spend),
        "returns": _returns(group.returns),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        **_interval(rate.interval),
        "readers": rate.readers,
        "above_site": rate.above,
        "verdict": rate.verdict,
    }


def _returns(found: tuple[Return, ...]) -> dict[str, dict[str, Any]]:
    return {one.currency: {**_return(one), "of": one.money} for one in found}


def _return(one: Return) -> dict[str, float | None]:
    return {"mean": one.mean, "low": one.low, "high": one.high}


def _behind(one: Behind) -> dict[str, Any]:
    return {
        **_request(one.request),
        "here": one.is_here,
        "helped": one.helped,
        "credit": one.credit,
        "value": _money((one.value,) if one.value else ()),
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "lead": str(request.lead_id),
        "email": request.email,
        "state": request.state,
        "offer": request.offer,
        "article": request.article,
        "channel": request.channel,
        "requested_at": request.requested_at.isoformat(),
        "confirmed_at": request.confirmed_at.isoformat() if request.confirmed_at else None,
        "journey": [
            {
                "at": touch.at.isoformat(),
                "article": touch.article,
                "channel": touch.channel,
                "rung": touch.rung,
                "suspect": touch.suspect,
            }
            for touch in request.journey
        ],
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _money(value: tuple[Money, ...]) -> dict[str, int]:
    return {money.currency: money.amount for money in value}
