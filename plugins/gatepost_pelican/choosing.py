"""Who decides `Offer: auto`: the closest subject, or what was learned of readers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from gatepost.offers.learning import Drawn, Evidence, choose
from gatepost_pelican import auto
from gatepost_pelican.auto import Subject

if TYPE_CHECKING:
    from gatepost_pelican.placing import Placing


class Chooser(Protocol):
    """Chooses among offers that can be had, by slug with what each is about; None where there is none."""

    def choose(self, placing: Placing, offers: Mapping[str, Subject]) -> str | None:
        """The slug of the offer for one article."""


class BySubject:
    """The closest offer."""

    def choose(self, placing: Placing, offers: Mapping[str, Subject]) -> str | None:
        """The slug of the closest offer; on a tie the first in alphabetical order."""
        return auto.closest(placing.subject, offers)


@dataclass(frozen=True)
class Known:
    """What is known of offers under articles; None where nothing is. `reasons` are whole sentences: why not, or why not newer.

    `kept_at` is when an earlier build kept it, None where it is of this moment.
    """

    evidence: Evidence | None = None
    reasons: tuple[str, ...] = ()
    kept_at: datetime | None = None


@dataclass(frozen=True)
class Choice:
    """What one published article shows; `drawn` are all offers that could be had, the chosen one first, empty without evidence."""

    article: str
    title: str
    language: str
    source: Path
    offer: str
    drawn: tuple[Drawn, ...] = ()


@dataclass
class Learning:
    """Thompson sampling over what readers did, and the closest subject where nothing is known of any reader."""

    seed: int
    find: Callable[[], Known]
    choices: list[Choice] = field(default_factory=list)
    _known: Known | None = None

    @property
    def known(self) -> Known:
        """Asked for once, and only by a site with an article that needs it."""
        if self._known is None:
            self._known = self.find()
        return self._known

    def choose(self, placing: Placing, offers: Mapping[str, Subject]) -> str | None:
        """The slug of the offer with the highest draw; kept in `choices` unless the article is a draft."""
        drawn = self._draw(placing, offers)
        slug = drawn[0].offer if drawn else auto.closest(placing.subject, offers)
        content = placing.content
        if slug is not None and content.status != "draft":
            language = str(getattr(content, "lang", ""))
            source = Path(content.source_path)
            self.choices.append(Choice(placing.key, str(content.title), language, source, slug, drawn))
        return slug

    def _draw(self, placing: Placing, offers: Mapping[str, Subject]) -> tuple[Drawn, ...]:
        evidence = self.known.evidence
        if evidence is None:
            return ()
        about = placing.subject
        alike = {slug: auto.likeness(about, subject) for slug, subject in offers.items()}
        most = max(alike.values(), default=0.0)
        # Where no offer has anything in common with the article, none is closer than another.
        close = {slug: found / most if most else 1.0 for slug, found in alike.items()}
        return choose(placing.key, close, evidence, self.seed)
