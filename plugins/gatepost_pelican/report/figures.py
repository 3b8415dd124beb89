"""The figures of a report, wherever they came from: read strictly, since a cache or a service may hold anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gatepost.report.plain import FORMAT
from gatepost_pelican.report import conversion
from gatepost_pelican.report.conversion import Conversion, FiguresUnreadable


@dataclass(frozen=True)
class Texts:
    """The report as one page, and its articles as CSV."""

    html: str
    csv: str


@dataclass(frozen=True)
class Figures:
    """A report. `plain` is as `gatepost.report.as_dict` says, `articles` are its rows by slug.

    `texts` gives the other two forms, and may raise; they are wanted only once every page is written.
    """

    plain: Mapping[str, Any]
    articles: Mapping[str, Conversion]
    made_at: datetime
    site_rate: float
    is_ranked: bool
    texts: Callable[[], Texts]
    is_kept: bool = False

    def age_in_days(self, now: datetime) -> int:
        """Whole days; none where a clock ran ahead."""
        return max((now - self.made_at).days, 0)


def read(plain: Any, texts: Callable[[], Texts], *, is_kept: bool = False) -> Figures:
    """A report as it came out of JSON. Raises FiguresUnreadable."""
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise FiguresUnreadable(f"It is not a report of format {FORMAT}, which this version reads.")
    rows = plain.get("articles")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FiguresUnreadable("It has no list of articles.")
    return Figures(
        plain=plain,
        articles={str(row.get("slug")): conversion.read(row) for row in rows},
        made_at=_moment(plain.get("made_at")),
        site_rate=conversion.number(plain.get("site_rate")),
        is_ranked=plain.get("is_ranked") is True,
        texts=texts,
        is_kept=is_kept,
    )


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise FiguresUnreadable("It does not say when it was made.") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
