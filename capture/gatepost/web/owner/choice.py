"""What an owner chose to look at: model, first day, article, offer and page, from the address; nonsense is named, not obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request

from gatepost.attribution import DEFAULT, MODELS


@dataclass(frozen=True)
class Choice:
    """Everything has a default; `mistake` says what could not be read."""

    model: str = DEFAULT
    since: date | None = None
    article: str = ""
    offer: str = ""
    page: int = 1
    mistake: str = ""

    @property
    def query(self) -> Mapping[str, str]:
        """What a link must carry so that the next page counts alike."""
        found = {
            "model": self.model if self.model != DEFAULT else "",
            "since": self.since.isoformat() if self.since else "",
        }
        return {name: value for name, value in found.items() if value}

    @property
    def only(self) -> Mapping[str, str]:
        """The same with article and offer."""
        return {**self.query, **{k: v for k, v in (("article", self.article), ("offer", self.offer)) if v}}


def chosen() -> Choice:
    """The choice in the address of this request."""
    asked = request.args
    since, mistake = _day(asked.get("since", ""))
    model = asked.get("model", "") or DEFAULT
    if model not in MODELS:
        model, mistake = DEFAULT, f"There is no model “{model}”; this is “{DEFAULT}”."
    page = asked.get("page", "1")
    return Choice(
        model=model,
        since=since,
        # PostgreSQL knows no NUL in a text.
        article=asked.get("article", "").replace("\0", ""),
        offer=asked.get("offer", "").replace("\0", ""),
        page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
        mistake=mistake,
    )


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f"“{text}” is no day; write it like 2026-11-01. This counts from the beginning."
