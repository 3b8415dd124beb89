"""The shelf: the site's own articles, how much each is read and what each brings. They differ, as articles do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from gatepost.actions.demoing.year import Year
from gatepost.catalogue import Article, Catalogue
from gatepost.offers import KINDS, Offer

# Of two articles: much read and brings nobody; and, of those that bring most, how much more.
_WINNER, _IDLE = 1.5, 0.012


@dataclass(frozen=True)
class Shelved:
    """An article: since when it is read, how much, and how readily its readers ask."""

    slug: str
    since: date
    traffic: float
    pull: float
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """Articles in the order of their days, and the offers that readers can ask for."""

    articles: tuple[Shelved, ...]
    offers: dict[str, Offer]

    def on(self, day: date) -> list[Shelved]:
        """What can be read on a day."""
        return [one for one in self.articles if one.since <= day]


def fill(known: Catalogue, year: Year, dice: Random) -> Shelf:
    """Give the catalogue's articles their parts: two winners, one that is read and brings nobody, and the rest."""
    born = _births(list(known.articles.values()), year)
    old = [slug for slug, day in born.items() if day <= year.at(0.45)] or list(born)
    offers = {slug: one for slug, one in known.offers.items() if KINDS[one.kind].asks}
    # Those with a file to give come first: they win more easily.
    giving = [
        slug for slug in old if any(offer in offers and offers[offer].files for offer in known.articles[slug].offers)
    ]
    drawn = dice.sample(giving, k=min(2, len(giving)))
    rest = [slug for slug in old if slug not in drawn]
    parts = dict.fromkeys(drawn, "winner") | dict.fromkeys(dice.sample(rest, k=min(1, len(rest))), "idle")
    shelved = []
    for slug, since in born.items():
        part = parts.get(slug, "")
        traffic = {"winner": 0.75, "idle": 2.4}.get(part) or dice.uniform(0.25, 1.4)
        pull = {"winner": _WINNER, "idle": _IDLE}.get(part) or dice.uniform(0.3, 1.0)
        has = tuple(offer for offer in known.articles[slug].offers if offer in known.offers)
        shelved.append(Shelved(slug, since, traffic, pull, has))
    return Shelf(tuple(shelved), offers)


def _births(articles: list[Article], year: Year) -> dict[str, date]:
    """When each was first read. A site younger than the year is stretched over it, in its own order."""
    days = {one.slug: _day(one.published_on, year) for one in articles}
    ordered = sorted(days, key=lambda slug: (days[slug], slug))
    oldest = min(days.values(), default=year.first)
    begin = min(oldest, year.first - timedelta(days=60))
    share = (year.today - begin) / max(timedelta(days=1), year.today - oldest)
    born = {slug: year.today - (year.today - days[slug]) * share for slug in ordered}
    return {slug: max(day, year.first - timedelta(days=400)) for slug, day in born.items()}


def _day(published_on: str, year: Year) -> date:
    try:
        return min(date.fromisoformat(published_on[:10]), year.today - timedelta(days=3))
    except ValueError:
        return year.first
