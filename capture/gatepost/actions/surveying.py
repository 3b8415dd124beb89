"""Surveying: what surveys brought, for their owner. Needs a database and a catalogue, and no keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatepost.catalogue import Catalogue
from gatepost.offers import Question
from gatepost.report import csv_cell, csv_text
from gatepost.report.surveys import COUNTED, Given, Results, Took, compose
from gatepost.store import Database, Transaction, surveys

KIND = "survey"
# People on one page behind a number, and answers in words that are shown at once.
PAGE = 100
LATEST = 5
# Of a question that is no longer asked nobody knows any more whether it was answered in words.
_MOST_GONE = 20
_COLUMNS = ("email", "confirmed_at", "article", "channel", "times_answered")


class SurveyUnknown(Exception):
    """Neither the catalogue nor any request knows this survey."""

    cure = "`gatepost survey list` shows every survey there is."

    def __init__(self, slug: str):
        super().__init__(f"There is no survey {slug!r}.")
        self.slug = slug


@dataclass(frozen=True)
class Survey:
    """One line of the list. Not `is_published`: it has gone from the site, and its answers are still here."""

    slug: str
    title: str
    questions: int
    took: Took
    is_published: bool = True


@dataclass(frozen=True)
class Behind:
    """The people behind a number, one page of them, newest first; `total` of all pages."""

    title: str
    label: str
    given: tuple[Given, ...]
    total: int


def listed(database: Database, known: Catalogue, since: date | None = None) -> list[Survey]:
    """Every survey: those of the site in its order, then those that have gone. Raises DatabaseUnreachable."""
    published = {slug: offer for slug, offer in known.offers.items() if offer.kind == KIND}
    with database.reading() as tx:
        slugs = [*published, *(slug for slug in surveys.offered(tx) if slug not in published)]
        took = {slug: surveys.people(tx, slug, since) for slug in slugs}
    return [
        Survey(slug, _title(known, slug), len(_questions(known, slug)), took[slug], slug in published) for slug in slugs
    ]


def results(database: Database, known: Catalogue, slug: str, since: date | None = None) -> Results:
    """Counts and shares of every question. Raises SurveyUnknown or DatabaseUnreachable."""
    questions = _questions(known, slug)
    with database.reading() as tx:
        _must_be_there(tx, known, slug)
        took, answered = surveys.people(tx, slug, since), surveys.answered(tx, slug, since)
        counts = surveys.counts(tx, slug, [one.key for one in questions if one.form in COUNTED], since)
        for key in answered.keys() - {one.key for one in questions}:
            counts |= surveys.counts(tx, slug, [key], since, most=_MOST_GONE)
    return compose(slug, _title(known, slug), questions, took, answered, counts)


def latest(database: Database, known: Catalogue, slug: str, since: date | None = None) -> dict[str, list[Given]]:
    """The newest answers to each question that is answered in words, by its key. Raises DatabaseUnreachable."""
    keys = [one.key for one in _questions(known, slug) if one.form not in COUNTED]
    with database.reading() as tx:
        return {key: surveys.given(tx, slug, since, question=key, limit=LATEST) for key in keys}


def behind(
    database: Database,
    known: Catalogue,
    slug: str,
    *,
    question: str = "",
    answer: str | None = None,
    since: date | None = None,
    page: int = 1,
) -> Behind:
    """Whose answers a number counts. Raises SurveyUnknown or DatabaseUnreachable."""
    with database.reading() as tx:
        _must_be_there(tx, known, slug)
        total = _total(tx, slug, question, answer, since)
        given = surveys.given(tx, slug, since, question=question, answer=answer, limit=PAGE, offset=(page - 1) * PAGE)
    labels = {one.key: one.label for one in _questions(known, slug)}
    return Behind(_title(known, slug), labels.get(question, question), tuple(given), total)


def as_csv(database: Database, known: Catalogue, slug: str, since: date | None = None) -> str:
    """One row a person, one column a question; several answers with semicolons between. Raises SurveyUnknown."""
    with database.reading() as tx:
        _must_be_there(tx, known, slug)
        given = surveys.given(tx, slug, since)
    labels = {one.key: one.label for one in _questions(known, slug)}
    for key in sorted({key for one in given for key in one.answers} - labels.keys()):
        labels[key] = f"{key} (no longer asked)"
    return csv_text((*_COLUMNS, *map(csv_cell, labels.values())), _rows(given, labels))


def as_plain(found: Results) -> dict[str, Any]:
    """Results as JSON has them; shares are fractions of `n`."""
    return {
        "slug": found.slug,
        "title": found.title,
        **vars(found.took),
        "questions": [{**vars(one), "counted": [vars(line) for line in one.counted]} for one in found.results],
    }


def _rows(given: Iterable[Given], labels: Iterable[str]) -> Iterator[list[str]]:
    keys = list(labels)
    for one in given:
        texts = ["; ".join(one.answers.get(key, ())) for key in keys]
        yield [one.email, one.confirmed_at.isoformat(), one.article, one.channel, str(one.times), *texts]


def _total(tx: Transaction, slug: str, question: str, answer: str | None, since: date | None) -> int:
    if not question:
        return surveys.people(tx, slug, since).confirmed
    if answer is None:
        return surveys.answered(tx, slug, since).get(question, 0)
    return surveys.counts(tx, slug, [question], since).get(question, {}).get(answer, 0)


def _must_be_there(tx: Transaction, known: Catalogue, slug: str) -> None:
    offer = known.offers.get(slug)
    if (offer is None or offer.kind != KIND) and slug not in surveys.offered(tx):
        raise SurveyUnknown(slug)


def _questions(known: Catalogue, slug: str) -> tuple[Question, ...]:
    offer = known.offers.get(slug)
    return offer.terms.questions if offer and offer.kind == KIND else ()


def _title(known: Catalogue, slug: str) -> str:
    offer = known.offers.get(slug)
    return offer.title if offer else slug
