"""Part five: the same site built by stock Pelican, by Pelican with Gatepost, and by Hugo; from nothing, and after an edit.

Every round begins from nothing and goes through all cases, each site in turn, so that a run that was broken off goes on
with the round after the last whole one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import reloading, sites
from bench.children import Cost, run, watched
from bench.figures import ratios, spread
from bench.sites import Site

# Nothing kept; all caches but no page; one edit each, in a new process; the edit by the command that people type.
CASES = ("cold", "warm", "body", "title", "template", "command")
# Who keeps nothing between builds does the same work again: it is measured once, and stands for the others.
LIKE: Mapping[str, Mapping[str, str]] = {
    "pelican": {"warm": "cold", "title": "body", "template": "body", "command": "body"},
    "hugo": {"warm": "cold", "command": "body"},
}
OURS, OTHERS = ("gatepost", "offers"), ("pelican", "hugo")
# Seconds that one round took for a thousand articles, all four sites, on two cores.
_ROUND = 45
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How many rounds, and saves of a running server, if any. `journal` keeps every round that is whole."""

    rounds: int
    reloads: int
    journal: Path | None = None
    cases: tuple[str, ...] = CASES

    @classmethod
    def of(cls, articles: int, quick: bool, journal: Path | None) -> Plan:
        """Fewer rounds of larger sites; of the largest, one."""
        if articles > 10_000:
            return cls(1, 3, journal)
        return cls(2 if quick else 5 if articles <= 1000 else 3, 3 if quick else 10, journal)

    def minutes(self, articles: int) -> float:
        """About how long it takes, with one round more for the memory."""
        return (self.rounds + 1) * _ROUND * articles / 1000 / 60


def measure(work: Path, articles: int, plan: Plan, say: Say) -> dict[str, Any]:
    """All rounds, peaks of memory, and times until a page is there again. Raises ChildFailed, or NotBuilt."""
    say(f"{articles:,} articles: writing the sites")
    there = sites.write(work, articles)
    rows = [row for row in _kept(plan.journal) if row["articles"] == articles and row["site"] in there]
    same = None
    for number in range(plan.rounds):
        if any(row["round"] == number for row in rows):
            continue
        say(f"{articles:,} articles: round {number + 1} of {plan.rounds}")
        made = list(_round(there, articles, number, plan.cases, say))
        same = _same(there) if same is None else same
        _keep(plan.journal, made)
        rows += made
    found: dict[str, Any] = {"articles": articles, "rounds": plan.rounds, "same_bytes_as_pelican": same}
    found["cases"] = {case: _figures(rows, case, plan.rounds) for case in plan.cases}
    found["memory_mib"] = {name: _memory(site, articles, say) for name, site in there.items()}
    found["pages"] = {name: len(site.pages()) for name, site in there.items()}
    watched_sites = there.items() if plan.reloads else ()
    found["reload"] = {name: _reload(site, articles, plan, say) for name, site in watched_sites}
    return found


def _round(
    there: Mapping[str, Site], articles: int, number: int, cases: Sequence[str], say: Say
) -> Iterator[dict[str, Any]]:
    taken_back: list[Callable[[], None]] = []
    try:
        for place, case in enumerate(cases):
            # A B B A: whichever comes first gains nothing by it.
            for site in list(there.values())[:: 1 if (number + place) % 2 == 0 else -1]:
                if case in LIKE.get(site.name, ()):
                    continue
                say(f"{articles:,} articles, round {number + 1}: {case}, {site.name}")
                cost = _one(site, case, _slug(number, articles), f"edit{number}{case}", taken_back)
                yield {"articles": articles, "round": number, "case": case, "site": site.name, **asdict(cost)}
    finally:
        for take_back in reversed(taken_back):
            take_back()


def _one(site: Site, case: str, slug: str, word: str, taken_back: list[Callable[[], None]]) -> Cost:
    if case == "cold":
        site.forget()
    elif case == "warm":
        site.clear()
    else:
        taken_back.append(site.edit("body" if case == "command" else case, slug, word))
    command = site.outer if case == "command" else site.command
    cost = run(command, site.folder, site.env, site.folder / "build.log")
    site.demand(slug, "" if case in ("cold", "warm") else word)
    return cost


def _slug(number: int, articles: int) -> str:
    """Another article in each round, none with a gate, all with `Offer: auto` where there are offers."""
    return f"article-{(6 + 50 * number) % articles:05}"


def _same(there: Mapping[str, Site]) -> bool:
    """Does Pelican, with Gatepost and without offers, write what it writes alone? Built once more, as every round begins."""
    for name in ("pelican", "gatepost"):
        there[name].forget()
        run(there[name].command, there[name].folder, there[name].env, there[name].folder / "build.log")
    return sites.files(there["pelican"].output) == sites.files(there["gatepost"].output)


def _memory(site: Site, articles: int, say: Say) -> dict[str, float]:
    """The largest memory of all processes of a build together: from nothing, and after an edit. Apart from what is timed."""
    say(f"{articles:,} articles: memory, {site.name}")
    site.forget()
    every = 0.05 if articles <= 10_000 else 1.0
    cold = watched(site.command, site.folder, site.env, site.folder / "build.log", every)
    take_back = site.edit("body", _slug(0, articles), "editmemory")
    body = watched(site.command, site.folder, site.env, site.folder / "build.log", every)
    take_back()
    return {"cold": round(cold.peak, 1), "body": round(body.peak, 1)}


def _reload(site: Site, articles: int, plan: Plan, say: Say) -> dict[str, Any]:
    """Pelican builds everything at each save: twice says as much as ten times."""
    times = min(plan.reloads, 2) if site.name == "pelican" else plan.reloads
    return reloading.measure(site, _slug(0, articles), times, say)


def _figures(rows: Iterable[Mapping[str, Any]], case: str, rounds: int) -> dict[str, Any]:
    """Of one case: what each site took, and how many times as fast ours are as the others."""
    taken: dict[str, dict[str, list[float]]] = {}
    for row in sorted(rows, key=lambda row: row["round"]):
        if row["round"] < rounds and row["case"] == LIKE.get(row["site"], {}).get(case, case):
            for name in ("wall", "cpu", "peak"):
                taken.setdefault(row["site"], {}).setdefault(name, []).append(row[name])
    sides = {site: {name: spread(values).plain() for name, values in costs.items()} for site, costs in taken.items()}
    faster = {
        f"{other} : {our}": ratios(taken[other]["wall"], taken[our]["wall"]).plain()
        for our in OURS for other in OTHERS if our in taken and other in taken
    }  # fmt: skip
    return {"sites": sides, "times_as_fast": faster}


def _kept(journal: Path | None) -> list[dict[str, Any]]:
    """The rounds of a run that was broken off. A last line that was cut short does not count."""
    rows: list[dict[str, Any]] = []
    if journal is not None and journal.is_file():
        for line in journal.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                rows += json.loads(line)
    return rows


def _keep(journal: Path | None, rows: list[dict[str, Any]]) -> None:
    if journal is not None:
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows) + "\n")
