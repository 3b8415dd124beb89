"""Climbing: whatever a lead does is counted where it does it for the first time, in the transaction that stores it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from gatepost.report.climbing import Count, counts
from gatepost.store import Transaction, people, sums
from gatepost.store.sums import Ledger


@contextmanager
def counting(tx: Transaction, *leads: UUID) -> Iterator[None]:
    """Count what the block stores of these leads: the difference between what they count for before and after."""
    before = _counts(tx, leads)
    yield
    after = _counts(tx, leads)
    ledger = Ledger()
    for lead_id in before:
        for count in before[lead_id] - after[lead_id]:
            ledger.stand(count, -1)
        for count in after[lead_id] - before[lead_id]:
            ledger.stand(count)
    sums.add(tx, ledger)


def _counts(tx: Transaction, leads: Iterable[UUID]) -> dict[UUID, set[Count]]:
    # In one order, so that no two transactions wait for each other's leads.
    return {lead_id: counts(people.theirs(tx, lead_id)) for lead_id in sorted(set(leads))}
