"""How large a generated history is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

LAST_DAY = date(2026, 10, 31)
SLUG = "article-{:05}"


@dataclass(frozen=True)
class Size:
    """Articles published over the days, reads counted in all, and confirmed leads."""

    articles: int = 10_000
    reads: int = 100_000_000
    leads: int = 200_000
    days: int = 1096

    def part(self, divisor: int) -> Size:
        """The same days with a part of everything else; never fewer than 20 articles."""
        return replace(
            self,
            articles=max(self.articles // divisor, 20),
            reads=self.reads // divisor,
            leads=self.leads // divisor,
        )

    def plain(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)
