"""`python -m bench`: measure, print one table a part, and keep the figures as JSON."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import building, compiling, hugo, machine, rebuilding, reporting, tables, tables_of_sites
from bench.children import ChildFailed
from bench.sites import NotBuilt
from bench.sizes import Size

RESULTS = Path(__file__).parent / "results"
# Left out unless it is named: it takes half an hour and seven gigabytes.
HUGE = "report"
Say = Callable[[str], None]


def _build(work: Path, sizes: tuple[int, ...], quick: bool, say: Say) -> list[dict[str, object]]:
    return [building.measure(work, size, 3 if quick or size > 1000 else 5, say) for size in sizes]


def _sites(work: Path, sizes: tuple[int, ...], quick: bool, journal: Path, say: Say) -> list[dict[str, Any]]:
    plans = {size: rebuilding.Plan.of(size, quick, journal) for size in sorted(set(sizes))}
    say(f"about {sum(plan.minutes(size) for size, plan in plans.items()):.0f} minutes on two quiet cores")
    if hugo.program() is None:
        say("there is no Hugo here, so nothing is measured against it: make bench installs it")
    return [rebuilding.measure(work, size, plan, say) for size, plan in plans.items()]


def _serve(work: Path, quick: bool, database: str, say: Say) -> dict[str, object]:
    # Imported here: the peak of a child is never under its parent's memory, and builds come first.
    from bench import serving

    # One database can be empty only once: the second number of workers would meet the first one's leads.
    workers = (1,) if database else (1, 2)
    plan = serving.Plan(workers=workers, database=database)
    if quick:
        plan = serving.Plan(("signup-json", "touch"), (1,), (1, 8), requests=200, rounds=2, database=database)
    return serving.measure(work, plan, say)


def _compile(work: Path, quick: bool, say: Say) -> dict[str, object]:
    return compiling.measure(work, 2 if quick else 5, 3 if quick else 7, say)


def _report(work: Path, quick: bool, say: Say) -> dict[str, object]:
    size = Size().part(reporting.QUICK) if quick else Size()
    return reporting.measure(work, size, 2 if quick else 5, 3 if quick else 5, say)


class _Saying:
    """What is being measured, with the time: one line that changes on a terminal, a line each in a file."""

    def __init__(self, show: Say, is_terminal: bool):
        self._show = show
        self._is_terminal = is_terminal

    def __call__(self, what: str) -> None:
        if self._is_terminal:
            self._show(what)
        else:
            click.echo(f"{datetime.now(UTC):%H:%M:%S} {what}", err=True)


TABLES: dict[str, tuple[Callable[[Any], Table], ...]] = {
    "build": (tables.build,),
    "sites": (tables_of_sites.cases, tables_of_sites.others),
    "compile": (tables.compile_,),
    "serve": (tables.serve, tables.kept),
    "report": (tables.report, tables.histories),
}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--quick", is_flag=True, help="Fewer rounds and sizes: two minutes instead of twenty; wider ranges.")
@click.option(
    "--only", type=click.Choice(list(TABLES)), multiple=True, help="These parts only. [default: all but report]"
)
@click.option("--articles", type=click.IntRange(1, 100_000), multiple=True, help="Sizes of site. [default: 100, 1000]")
@click.option("--database", default="", help="A postgresql:// address of an empty database, instead of SQLite files.")
@click.option("--resume", is_flag=True, help="Go on with the rounds of `sites` that an earlier run did not come to.")
@click.option(
    "--json",
    "target",
    type=click.Path(path_type=Path),
    default=None,
    help="Where the figures go. [default: bench/results/latest.json; of sites or the report alone, a file beside it]",
)
def bench(
    quick: bool, only: tuple[str, ...], articles: tuple[int, ...], database: str, resume: bool, target: Path | None
) -> None:
    """Measure builds, signups and touches, compiling, and reports, as ratios within this one run."""
    target = target or RESULTS / (f"{only[0]}.json" if only in ((HUGE,), ("sites",)) else "latest.json")
    journal = target.with_suffix(".rounds.jsonl")
    if not resume:
        journal.unlink(missing_ok=True)
    # Written to a file, the tables keep their width.
    console = Console(width=None if sys.stdout.isatty() else 150)
    found: dict[str, Any] = {"machine": machine.description(), "quick": quick}
    with tempfile.TemporaryDirectory(prefix="gatepost-bench-") as folder, console.status("") as status:
        work, say = Path(folder), _Saying(status.update, sys.stdout.isatty())
        measures: dict[str, Callable[[], Any]] = {
            "build": lambda: _build(work, articles or ((100,) if quick else (100, 1000)), quick, say),
            "sites": lambda: _sites(work, articles or ((100,) if quick else (1000,)), quick, journal, say),
            "compile": lambda: _compile(work, quick, say),
            "serve": lambda: _serve(work, quick, database, say),
            "report": lambda: _report(work, quick, say),
        }
        for part, measure in measures.items():
            if part not in (only or TABLES.keys() - {HUGE}):
                continue
            try:
                found[part] = measure()
            except (ChildFailed, NotBuilt) as failed:
                console.print(str(failed), markup=False)
                sys.exit(1)
            # After each part: what was measured is not lost by what comes later.
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            for table in TABLES[part]:
                console.print(table(found[part]), "")
    known = found["machine"]
    console.print(
        f"{known['cores']} cores, Python {known['python']}, load before {known['load_before']}. Figures: {target.name}",
        markup=False,
    )


if __name__ == "__main__":
    bench()
