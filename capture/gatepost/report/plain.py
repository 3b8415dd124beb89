"""The report for other programs: a dictionary for JSON, and a CSV file. Keys and columns are stable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.offers import Money
from gatepost.report.behind import ArticleBehind, Behind
from gatepost.report.cells import csv_text
from gatepost.report.facts import Request
from gatepost.report.funnel import Funnel
from gatepost.report.rates import Interval
from gatepost.report.rows import ArticleRow, Report

FORMAT = 1
COLUMNS = (
    "slug", "title", "url", "reads", "unique_readers", "signed_up_here", "confirmed", "helped",
    "rate", "rate_low", "rate_high", "above_site", "verdict", "credit", "value",
)  # fmt: skip


def as_dict(report: Report) -> dict[str, Any]:
    """Ready for json.dumps. Rates are shares of one, money is minor units by currency, times are ISO 8601 in UTC.

    `{format, site, made_at, since, model, is_ranked, site_rate, totals, articles, funnel, dropped, notes}`
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
    }


def article(row: ArticleRow) -> dict[str, Any]:
    """One article's row."""
    rate = None
    if row.rate:
        rate = {
            **_interval(row.rate.interval),
            "readers": row.rate.readers,
            "above_site": row.rate.above,
            "verdict": row.rate.verdict,
        }
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
        "rate": rate,
        "credit": row.credit,
        "value": _money(row.value),
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
    return csv_text(COLUMNS, (_cells(row) for row in report.rows))


def _cells(row: ArticleRow) -> tuple[object, ...]:
    rate = row.rate
    sure: tuple[object, ...] = ("", "", "", "", "")
    if rate:
        shares = (rate.interval.mean, rate.interval.low, rate.interval.high, rate.above)
        sure = (*(f"{share:.6f}" for share in shares), rate.verdict)
    counts = (row.reads, row.unique_readers, row.signed_up_here, row.confirmed, row.helped)
    value = "; ".join(str(money) for money in row.value)
    return (row.slug, row.title, row.url, *counts, *sure, f"{row.credit:.6f}", value)


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
        "unplaced_credit": totals.unplaced.leads,
        "value": _money(totals.value),
    }


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
            {"at": touch.at.isoformat(), "article": touch.article, "channel": touch.channel, "rung": touch.rung}
            for touch in request.journey
        ],
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _money(value: tuple[Money, ...]) -> dict[str, int]:
    return {money.currency: money.amount for money in value}
