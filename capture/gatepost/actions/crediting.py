"""Crediting: as a lead confirms, each model's credit goes onto running sums, so that no report walks all leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, date, timedelta
from itertools import groupby
from uuid import UUID

from gatepost.attribution import ADDITIVE
from gatepost.journey import MOST_TOUCHES
from gatepost.leads import Deal
from gatepost.offers import Money
from gatepost.report import Request, climbing
from gatepost.report.credit import by_article, split
from gatepost.store import Database, Transaction, deals, offered, people, sums
from gatepost.store import requests as asked
from gatepost.store.sums import Ledger

# What a browser that forgets after seven days cannot know of.
FORGOTTEN_AFTER = timedelta(days=7)


def credit_request(tx: Transaction, lead_id: UUID, signup_id: UUID) -> None:
    """Count a request confirmed in this transaction: which articles helped and, if it is its lead's first, the lead.

    The lead's row has to be written before: of two requests confirmed at once, the later then sees the other.
    """
    theirs = asked.confirmed_of(tx, [lead_id])
    this = next(request for request in theirs if request.signup_id == signup_id)
    others = [request for request in theirs if request is not this]
    ledger = Ledger()
    # Not by the clock, which another node may have set back: who sees no other is the first.
    _count(ledger, replace(this, converts=not others), _articles(others))
    sums.add(tx, ledger)


def credit_deals(tx: Transaction, stored: Sequence[Deal]) -> None:
    """Count deals that were stored in this transaction: their money goes where the credit for their lead went."""
    ledger = Ledger()
    for some in _portions(stored, 500):
        found = asked.confirmed_of(tx, sorted({deal.lead_id for deal in some}))
        _count_deals(ledger, some, found)
    sums.add(tx, ledger)


def move(tx: Transaction, lead_id: UUID, channel: str) -> None:
    """Count a lead under another channel: call it before the owner's word on where it came from is written."""
    conversion = next((request for request in asked.confirmed_of(tx, [lead_id]) if request.converts), None)
    if conversion:
        ledger = Ledger()
        ledger.arrive(_day(conversion), conversion.origin, conversion.value, -1)
        ledger.arrive(_day(conversion), channel or conversion.channel, conversion.value)
        sums.add(tx, ledger)


def catch_up(database: Database, progress: Callable[[int], None] = lambda _: None) -> bool:
    """Count again where a model, or people, have no sums yet though there are leads; returns whether that was so."""
    with database.reading() as tx:
        no_people = not sums.has_people(tx) and bool(people.next_leads(tx, None, 1))
        is_behind = no_people or (sums.models(tx) < ADDITIVE.keys() and bool(asked.confirmed(tx, most=1)))
    if is_behind:
        recount(database, progress)
    return is_behind


def recount(database: Database, progress: Callable[[int], None] = lambda _: None) -> None:
    """Make the sums anew from the leads. `progress` is told the leads counted so far.

    Of a lead whose journey was erased only the page of the signup is known. Raises DatabaseUnreachable.
    """
    done = 0
    with database.writing() as tx:
        sums.clear(tx)
        offered.recount(tx)
        for theirs in _portions_of_leads(tx):
            ledger = Ledger()
            for _, requests in groupby(theirs, key=lambda request: request.lead_id):
                _count_all(ledger, requests)
                done += 1
            ids = sorted({request.lead_id for request in theirs})
            _count_deals(ledger, deals.between(tx, ids[0], ids[-1]), theirs)
            sums.add(tx, ledger)
            progress(done)
        _count_people(tx)
        ledger = Ledger()
        _count_deals(ledger, deals.without_request(tx), ())
        sums.add(tx, ledger)


def _count_people(tx: Transaction) -> None:
    kinds, after = people.kinds(tx), None
    while ids := people.next_leads(tx, after, 2000):
        ledger = Ledger()
        for theirs in people.between(tx, ids[0], ids[-1], kinds):
            for count in climbing.counts(theirs):
                ledger.stand(count)
        sums.add(tx, ledger)
        after = ids[-1]


def _portions_of_leads(tx: Transaction) -> Iterator[list[Request]]:
    after: UUID | None = None
    while theirs := asked.confirmed(tx, after):
        yield theirs
        after = theirs[-1].lead_id


def _count_all(ledger: Ledger, theirs: Iterable[Request]) -> None:
    helped: Set[str] = frozenset()
    for request in theirs:
        _count(ledger, request, helped)
        helped |= _articles([request])


def _count(ledger: Ledger, request: Request, helped_before: Set[str]) -> None:
    ledger.help(_day(request), _articles([request]) - helped_before)
    if request.converts:
        _give(ledger, "lead", _day(request), request, request.value)
        ledger.arrive(_day(request), request.origin, request.value)
        ledger.cover(_day(request), {**coverage(request), **_depths(request)})
        for previous, article in _steps(request):
            ledger.step(_day(request), previous, article)


def _depths(request: Request) -> dict[str, int]:
    """How many touches the conversion took, and how many distinct articles: one fact each."""
    touches = request.touches
    articles = len({touch.article for touch in touches})
    return {depth_fact("touches-lead", len(touches)): 1, depth_fact("articles-lead", articles): 1} if touches else {}


def depth_fact(what: str, depth: int) -> str:
    """The name under which conversions of one depth are counted: "touches-lead-07"; what is deeper than 50 counts there."""
    return f"{what}-{min(depth, MOST_TOUCHES):02}"


def _steps(request: Request) -> Iterator[tuple[str, str]]:
    """From where the journey began, article by article, to the request. The same article twice running is no step."""
    articles = [article for article, _ in groupby(touch.article for touch in request.touches)]
    return zip(["", *articles], [*articles, ""], strict=True) if articles else iter(())


def _articles(requests: Iterable[Request]) -> Set[str]:
    found: set[str] = set()
    for request in requests:
        found.update((request.article, *(touch.article for touch in request.touches)))
    return found - {""}


def _count_deals(ledger: Ledger, found: Iterable[Deal], requests: Iterable[Request]) -> None:
    conversions = {request.lead_id: request for request in requests if request.converts}
    for deal in found:
        _give(ledger, "deal", deal.day, conversions.get(deal.lead_id), deal.amount)


def _give(ledger: Ledger, goal: str, day: date, request: Request | None, worth: Money | None) -> None:
    """One conversion, by every model that judges each journey by itself."""
    currency = worth.currency if worth else ""
    for model, shares in ADDITIVE.items():
        placed = {article: share for article, share in _shared(request, shares).items() if share} or {"": 1.0}
        amounts = split(worth.amount, list(placed.values())) if worth else [0] * len(placed)
        for (article, share), amount in zip(placed.items(), amounts, strict=True):
            ledger.give(day, goal, model, article, currency, share, amount)


def _shared(request: Request | None, shares: Callable[..., list[float]]) -> Mapping[str, float]:
    return by_article(request, shares) if request else {}


def coverage(request: Request) -> dict[str, int]:
    """What is known of the journey of a conversion, as the facts of `report.Coverage`."""
    read = [touch for touch in request.journey if touch.rung != "signup"]
    believed = [touch for touch in read if not touch.suspect]
    reaches_back = bool(believed) and request.requested_at - believed[0].at > FORGOTTEN_AFTER
    return {
        "leads": 1,
        "without_journey": int(not believed),
        "touches": len(read),
        "suspect": len(read) - len(believed),
        "forgetful": int(bool(believed) and request.forgetful),
        "remembering": int(bool(believed) and not request.forgetful),
        "reaching_back": int(reaches_back and not request.forgetful),
    }


def _day(request: Request) -> date:
    assert request.confirmed_at is not None
    return request.confirmed_at.astimezone(UTC).date()


def _portions(found: Sequence[Deal], size: int) -> Iterator[Sequence[Deal]]:
    for start in range(0, len(found), size):
        yield found[start : start + size]
