"""The report: one row an article, the totals, channels and classes, and the notes that say what the numbers cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from gatepost.offers import Money
from gatepost.report.facts import People
from gatepost.report.funnel import Funnel
from gatepost.report.given import Given
from gatepost.report.groups import Group
from gatepost.report.journeys import Journeys
from gatepost.report.money import Return
from gatepost.report.rates import Rate
from gatepost.report.span import Span


class Published(Protocol):
    """What a report says of a published article."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class ArticleRow:
    """One article. Reads are events; readers are first reads; the rest are distinct leads, `given` what the model gives.

    `rate` is helped per reader, None where nobody was counted. An article taken off the site has no `url`. `touched_by`
    is helped of all confirmed leads, None while there are none. `returns` are on the spend, a currency each.
    """

    slug: str
    title: str
    url: str
    is_published: bool
    reads: int = 0
    unique_readers: int = 0
    signed_up_here: int = 0
    confirmed: int = 0
    helped: int = 0
    rate: Rate | None = None
    touched_by: float | None = None
    given: Given = field(default_factory=Given)
    spend: tuple[Money, ...] = ()
    returns: tuple[Return, ...] = ()

    @property
    def is_uncounted(self) -> bool:
        """Were more leads helped than readers counted? They read without script."""
        return self.helped > self.unique_readers

    @property
    def credit(self) -> float:
        """Leads, as a sum of shares."""
        return self.given.credit

    @property
    def value(self) -> tuple[Money, ...]:
        """What the leads' offers are worth, by the same shares."""
        return self.given.value.amounts

    @property
    def deals(self) -> tuple[Money, ...]:
        """What the leads brought, by the same shares."""
        return self.given.deals.amounts


@dataclass(frozen=True)
class Totals:
    """The whole site. Leads are distinct people, so the articles' leads do not add up to them; credit and money do.

    `conversions` are leads by their first confirmed signup; `without_journey` of them sent none. `unplaced` is the credit
    of leads of whom no article is known.
    """

    reads: int
    readers: int
    requested: int
    confirmed: int
    conversions: int
    without_journey: int
    elsewhere: People
    unplaced: Given
    value: tuple[Money, ...]
    deals: tuple[Money, ...]


@dataclass(frozen=True)
class Report:
    """Rows are ranked by rate, or stand in order of reads while there are too few leads (`is_ranked`).

    `site_rate` is the rate of the mean article. `return_of` says by currency what money a return is reckoned from.
    """

    site_name: str
    made_at: datetime
    span: Span
    model: str
    rows: tuple[ArticleRow, ...]
    totals: Totals
    funnel: Funnel
    site_rate: float
    is_ranked: bool
    journeys: Journeys
    channels: tuple[Group, ...] = ()
    classes: tuple[Group, ...] = ()
    return_of: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def since(self) -> date | None:
        """The first day that counts; None is the beginning."""
        return self.span.first

    def row(self, slug: str) -> ArticleRow | None:
        """The row of one article."""
        return next((row for row in self.rows if row.slug == slug), None)

    @property
    def has_deals(self) -> bool:
        """Is any money of deals given to anybody?"""
        return bool(self.totals.deals or any(row.given.sold.amounts for row in self.rows))

    @property
    def has_spend(self) -> bool:
        """Was anything spent on an article?"""
        return any(row.spend for row in self.rows)

    @property
    def has_effects(self) -> bool:
        """Is this by the model that has removal effects?"""
        return any(row.given.removal_effect is not None for row in self.rows)
