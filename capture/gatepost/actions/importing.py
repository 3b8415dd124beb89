"""Importing: deals and spend from CSV files. A file with a line that means nothing imports nothing; twice is as good as once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from operator import attrgetter
from re import compile as regex
from typing import Generic, TypeVar
from uuid import UUID

from gatepost.actions import climbing, crediting
from gatepost.actions import importing_cells as cell
from gatepost.actions.importing_files import FileUnreadable, Finding, Line, LineRefused, Sheet, read
from gatepost.catalogue import CatalogueMissing
from gatepost.engine import Engine
from gatepost.leads import Deal, Spend
from gatepost.store import Transaction, money
from gatepost.store.money import Sold

DEAL_COLUMNS = ("email", "amount", "currency", "date", "kind", "id", "note")
SPEND_COLUMNS = (
    "date", "amount", "hours", "rate", "currency", "article", "channel", "campaign", "id", "note",
)  # fmt: skip
# What a line without an id of its own is told by; a list of deals shows it, and may be imported again.
_OWN_KEY = regex(r"line:[0-9a-f]{64}:[0-9]+")

_Made = TypeVar("_Made", Deal, Spend)


@dataclass(frozen=True)
class Imported(Generic[_Made]):
    """What came of a file. `added` are the new ones, `known` counts those that were there already.

    Where there are `problems` nothing was imported. `kept_out` are the lines of a good file that were not.
    """

    added: Sequence[_Made] = ()
    known: int = 0
    problems: Sequence[Finding] = ()
    kept_out: Sequence[Finding] = ()
    passed_over: Sequence[str] = ()

    @property
    def is_clean(self) -> bool:
        """Was every line imported, now or before?"""
        return not self.problems and not self.kept_out


def import_deals(engine: Engine, content: bytes, *, dry_run: bool = False) -> Imported[Deal]:
    """Store the deals of a file and credit them, in one transaction; with `dry_run` only say what would be.

    Lines of addresses that are nobody's are kept out. Raises FileUnreadable, DatabaseUnreachable.
    """
    sheet = read(content, DEAL_COLUMNS, [("email", "amount", "currency", "date")])
    drafts, problems = _drafts(sheet, lambda line: _deal(engine, line))
    if problems:
        return Imported(problems=problems, passed_over=sheet.passed_over)
    with engine.database.reading() if dry_run else engine.database.writing() as tx:
        known = money.leads_of(tx, {draft.who for draft in drafts})
        found = _keyed(
            [
                replace(draft, made=replace(draft.made, lead_id=known[draft.who]))
                for draft in drafts
                if draft.who in known
            ]
        )
        stored = money.known_deals(tx, {draft.made.key for draft in found})
        new = _named(tx, [draft.made for draft in found if draft.made.key not in stored])
        if not dry_run:
            with climbing.counting(tx, *(deal.lead_id for deal in new)):
                new = money.add_deals(tx, new)
            crediting.credit_deals(tx, new)
    kept_out = [_nobody(draft) for draft in drafts if draft.who not in known] + _changed(found, stored)
    return _imported(sheet, new, len(found), kept_out)


def import_spend(engine: Engine, content: bytes, *, dry_run: bool = False) -> Imported[Spend]:
    """Store the spend of a file; with `dry_run` only say what would be. Raises FileUnreadable, DatabaseUnreachable."""
    sheet = read(content, SPEND_COLUMNS, [("date", "amount", "currency"), ("date", "hours", "rate", "currency")])
    articles = _articles(engine)
    drafts, problems = _drafts(sheet, lambda line: _spend(engine, line, articles))
    if problems:
        return Imported(problems=problems, passed_over=sheet.passed_over)
    found = _keyed(drafts)
    with engine.database.reading() if dry_run else engine.database.writing() as tx:
        stored = money.known_spend(tx, {draft.made.key for draft in found})
        new = [draft.made for draft in found if draft.made.key not in stored]
        if not dry_run:
            new = money.add_spend(tx, new)
    return _imported(sheet, new, len(found), _changed(found, stored))


@dataclass(frozen=True)
class _Draft(Generic[_Made]):
    """A line that means something, before it is known whose it is and whether it is new."""

    line: int
    made: _Made
    own_id: str
    who: str = ""


def _drafts(sheet: Sheet, make: Callable[[Line], _Draft[_Made]]) -> tuple[list[_Draft[_Made]], list[Finding]]:
    drafts: list[_Draft[_Made]] = []
    problems = list(sheet.findings)
    ids: dict[str, int] = {}
    for line in sheet.lines:
        try:
            draft = make(line)
            _must_be_its_own(ids, draft.own_id, line.number)
            drafts.append(draft)
        except LineRefused as refused:
            problems.append(Finding(line.number, str(refused), refused.cure))
    return drafts, sorted(problems, key=attrgetter("line"))


def _must_be_its_own(ids: dict[str, int], own_id: str, line: int) -> None:
    first = ids.setdefault(own_id, line) if own_id else line
    if first != line:
        raise LineRefused(
            f"the id {own_id!r} stands on line {first}, too", "Give every line its own id, or leave one out."
        )


def _deal(engine: Engine, line: Line) -> _Draft[Deal]:
    cells = line.cells
    who, amount, day, kind = cell.address(cells), cell.amount(cells), cell.day(cells), cell.kind(cells)
    note, own_id = cell.words(cells, "note", 500), cell.words(cells, "id", 90)
    # Whose it is, the database will say.
    made = Deal(engine.new_id(), "", UUID(int=0), amount, day, kind, note, engine.now())
    return _Draft(line.number, made, own_id, who)


def _spend(engine: Engine, line: Line, articles: Collection[str]) -> _Draft[Spend]:
    cells = line.cells
    day, cost = cell.day(cells), cell.cost(cells)
    on = (cell.article(cells, articles), cell.channel(cells), cell.words(cells, "campaign", 100))
    if not any(on):
        cure = "Name an article by its slug, a channel or a campaign, so that the spend can be held against what it brought."
        raise LineRefused("nothing says what this was spent on", cure)
    note, own_id = cell.words(cells, "note", 500), cell.words(cells, "id", 90)
    return _Draft(line.number, Spend(engine.new_id(), "", day, cost, *on, note, engine.now()), own_id)


def _articles(engine: Engine) -> Collection[str]:
    try:
        return engine.catalogue.articles.keys()
    except CatalogueMissing:
        return ()


def _keyed(drafts: Sequence[_Draft[_Made]]) -> list[_Draft[_Made]]:
    """The same with keys: of equal lines without an id the first is always the first, however often the file comes."""
    seen: Counter[str] = Counter()
    found = []
    for draft in drafts:
        key = draft.own_id if _OWN_KEY.fullmatch(draft.own_id) else f"id:{draft.own_id}"
        if not draft.own_id:
            same = _fingerprint(draft.made)
            seen[same] += 1
            key = f"line:{same}:{seen[same]}"
        found.append(replace(draft, made=replace(draft.made, key=key)))
    return found


def _fingerprint(made: Deal | Spend) -> str:
    # The lead's id and not the address, which must be gone from here, too, once it is erased.
    said = {name: value for name, value in vars(made).items() if name not in ("id", "key", "imported_at")}
    return sha256("\x1f".join(f"{name}={said[name]}" for name in sorted(said)).encode()).hexdigest()


def _named(tx: Transaction, new: Sequence[Deal]) -> list[Deal]:
    """Deals of which the file does not say so named first or repeat: the first is a lead's earliest that is no refund."""
    sold: dict[UUID, Sold] = dict(money.sold_to(tx, {deal.lead_id for deal in new}))
    for deal in new:
        if deal.kind == "first":
            sold[deal.lead_id] = replace(sold.get(deal.lead_id, Sold(None, False)), has_first=True)
    kinds: dict[UUID, str] = {}
    for deal in sorted(new, key=lambda deal: deal.day):
        before = sold.get(deal.lead_id, Sold(None, False))
        is_first = deal.amount.amount >= 0 and not before.has_first and (before.day is None or deal.day < before.day)
        kinds[deal.id] = deal.kind or ("first" if is_first else "repeat")
        if deal.amount.amount >= 0:
            day = min(before.day or deal.day, deal.day)
            sold[deal.lead_id] = Sold(day, before.has_first or kinds[deal.id] == "first")
    return [replace(deal, kind=kinds[deal.id]) for deal in new]


def _nobody(draft: _Draft[Deal]) -> Finding:
    cure = "`gatepost leads list` shows everybody. Import the file again when this address has signed up."
    return Finding(draft.line, f"nobody here has the address {draft.who}", cure)


def _changed(found: Sequence[_Draft[_Made]], stored: Mapping[str, _Made]) -> list[Finding]:
    """Lines whose id is known and stands for something else: neither old nor new is thrown away unsaid."""
    cure = "What is stored stays as it is. Import the difference as a line of its own, with another id."
    return [
        Finding(draft.line, f"the id {draft.own_id!r} is stored already, with another {differs}", cure)
        for draft in found
        if (there := stored.get(draft.made.key)) and (differs := _difference(draft.made, there))
    ]


def _difference(one: Deal | Spend, other: Deal | Spend) -> str:
    names = ("lead_id", "amount", "day", "article", "channel", "campaign")
    said = {"lead_id": "address", "day": "date"}
    return ", ".join(said.get(name, name) for name in names if getattr(one, name, "") != getattr(other, name, ""))


def _imported(sheet: Sheet, new: Sequence[_Made], found: int, kept_out: Sequence[Finding]) -> Imported[_Made]:
    ordered = sorted(kept_out, key=attrgetter("line"))
    return Imported(new, found - len(new), kept_out=ordered, passed_over=sheet.passed_over)


__all__ = ["DEAL_COLUMNS", "SPEND_COLUMNS", "FileUnreadable", "Finding", "Imported", "import_deals", "import_spend"]
