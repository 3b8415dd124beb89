"""What an owner chose to look at, from the address: model, span of days, article, offer, class of leads, order and
page; nonsense is named, not obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import request

from gatepost.attribution import DEFAULT, MODELS
from gatepost.report import span
from gatepost.report.span import Span
from gatepost.web.owner import door
from gatepost.web.wiring import engine


@dataclass(frozen=True)
class Choice:
    """Everything has a default; `mistake` says what could not be read.

    `period` is one of PERIODS, or "" where the owner chose the days. `compare` is what the span is compared with, None where
    the owner did not ask or there is nothing fair. `order` is a column of the table shown, with "-" before it for the largest first;
    `find` a text that rows must hold. `share` is the token of the link that a visitor without a login came by.
    """

    model: str = DEFAULT
    period: str = span.ALL
    span: Span = field(default_factory=Span)
    compare: Span | None = None
    article: str = ""
    offer: str = ""
    lead_class: str = ""
    order: str = ""
    find: str = ""
    page: int = 1
    share: str = ""
    mistake: str = ""

    @property
    def since(self) -> date | None:
        """The first day of the span."""
        return self.span.first

    @property
    def query(self) -> Mapping[str, str]:
        """What a link must carry so that the next page counts alike."""
        found = {"model": self.model if self.model != DEFAULT else "", **self._when, "share": self.share}
        return {name: value for name, value in found.items() if value}

    @property
    def only(self) -> Mapping[str, str]:
        """The same with article and offer."""
        return {**self.query, **{k: v for k, v in (("article", self.article), ("offer", self.offer)) if v}}

    @property
    def all(self) -> Mapping[str, str]:
        """Everything but the page: what the next page of the same table carries."""
        more = (("class", self.lead_class), ("order", self.order), ("find", self.find))
        return {**self.only, **{k: v for k, v in more if v}}

    @property
    def _when(self) -> Mapping[str, str]:
        if self.period:
            when = {"period": self.period if self.period != span.ALL else ""}
        else:
            when = {
                name: day.isoformat() if day else ""
                for name, day in (("since", self.span.first), ("until", self.span.last))
            }
        return {**when, "compare": "1" if self.compare else ""}


def chosen(period: str = span.ALL, *, compare: bool = False) -> Choice:
    """The choice in the address of this request; `period` and `compare` are this page's own where it says nothing."""
    asked = request.args
    chosen_span, name, mistake = _span(asked, period)
    model = asked.get("model", "") or DEFAULT
    if model not in MODELS:
        model, mistake = DEFAULT, f"There is no model “{model}”; this is “{DEFAULT}”."
    compares = asked.get("compare", "1" if compare else "") not in ("", "0")
    return Choice(
        model=model,
        period=name,
        span=chosen_span,
        compare=span.before(chosen_span) if compares else None,
        article=_text("article"),
        offer=_text("offer"),
        lead_class=_text("class"),
        order=_text("order"),
        find=_text("find").strip(),
        page=_page(asked.get("page", "1")),
        # An owner's own links carry none, whatever the address held.
        share=door.shared(),
        mistake=mistake,
    )


def _span(asked: Mapping[str, str], period: str) -> tuple[Span, str, str]:
    """The span with its name ("" for days of the owner's own), and what could not be read."""
    first, wrong_first = _day(asked.get("since", ""))
    last, wrong_last = _day(asked.get("until", ""))
    mistake = wrong_first or wrong_last
    if first and last and first > last:
        first, last, mistake = last, first, "The first day was after the last; they are taken the other way round."
    if first or last:
        return Span(first, last), "", mistake
    name = asked.get("period", "") or period
    if name not in span.PERIODS:
        return Span(), span.ALL, f"There is no period “{name}”. This counts from the beginning."
    return span.named(name, engine().now().date()), name, mistake


def _text(name: str) -> str:
    # PostgreSQL knows no NUL in a text.
    return request.args.get(name, "").replace("\0", "")


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 7 else 1


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f"“{text}” is no day; write it like 2026-11-01. This counts from the beginning."
