"""Part four: how long a report takes, and how much memory, over three years of a large blog.

The history is generated (`bench.history`), and its credit counted by `gatepost db recount`. Each question is put in
processes of its own: run by itself as `python -m bench.reporting FOLDER MODEL SINCE REPEATS`. Then everything again with
twice the reads, half the articles and half the leads: what a report's time grows with.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.children import Cost, run
from bench.figures import spread
from bench.sizes import LAST_DAY, Size

# What is asked: a model, and how many days back (0: all time).
QUESTIONS: dict[str, tuple[str, int]] = {
    "all time": ("linear", 0),
    "last 30 days": ("linear", 30),
    "last year": ("linear", 365),
    "Markov": ("markov", 0),
}
# What has to grow, and what must not.
VARIANTS: dict[str, Callable[[Size], Size]] = {
    "whole": lambda size: size,
    "reads doubled": lambda size: replace(size, reads=size.reads * 2),
    "articles halved": lambda size: replace(size, articles=size.articles // 2),
    "leads halved": lambda size: replace(size, leads=size.leads // 2),
}
QUICK = 50  # a part of the size: so many articles, reads and leads less
ROOT = Path(__file__).parents[1]


def measure(work: Path, size: Size, rounds: int, repeats: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Every variant, one after the other: only one database is on the disk at a time. Raises ChildFailed."""
    found = {name: _variant(work, name, change(size), rounds, repeats, say) for name, change in VARIANTS.items()}
    whole = found["whole"]["questions"]
    ratios = {
        name: {
            asked: round(figures["warm_ms"]["median"] / whole[asked]["warm_ms"]["median"], 3)
            for asked, figures in variant["questions"].items()
        }
        for name, variant in found.items()
        if name != "whole"
    }
    return {"variants": found, "to_whole": ratios}


def _variant(
    work: Path, name: str, size: Size, rounds: int, repeats: int, say: Callable[[str], None]
) -> dict[str, Any]:
    folder = work / name.replace(" ", "-")
    folder.mkdir()
    say(f"{name}: filling the database")
    numbers = [str(number) for number in size.plain().values()]
    rows, filled = _child("bench.history", [str(folder), *numbers], folder)
    say(f"{name}: counting credit")
    recounted = run([sys.executable, "-m", "gatepost.cli", "db", "recount"], ROOT, _env(folder), folder / "recount.log")
    questions = {}
    for asked, (model, days) in QUESTIONS.items():
        say(f"{name}: asking for {asked}")
        since = (LAST_DAY - timedelta(days=days - 1)).isoformat() if days else ""
        arguments = [str(folder), model, since, str(repeats)]
        questions[asked] = _figures([_child("bench.reporting", arguments, folder) for _ in range(rounds)])
    say(f"{name}: the command itself")
    command = [sys.executable, "-m", "gatepost.cli", "report", "--format", "json"]
    whole = [run(command, ROOT, _env(folder), folder / "report.json") for _ in range(rounds)]
    disk = sum(path.stat().st_size for path in folder.glob("gatepost.db*"))
    shutil.rmtree(folder)
    return {
        "size": size.plain(), "rows": rows, "disk_mib": round(disk / 2**20),
        "fill_s": round(filled.wall, 1), "recount_s": round(recounted.wall, 1), "recount_mib": round(recounted.peak),
        "questions": questions, "command_s": spread([cost.wall for cost in whole]).plain(),
        "command_mib": spread([cost.peak for cost in whole]).plain(),
    }  # fmt: skip


def _child(module: str, arguments: list[str], folder: Path) -> tuple[dict[str, Any], Cost]:
    """A part of this bench as a process of its own; what it printed as JSON."""
    log = folder / "child.json"
    cost = run([sys.executable, "-m", module, *arguments], ROOT, _env(folder), log)
    said: dict[str, Any] = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    return said, cost


def _env(folder: Path) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}
    # As the command line sets it.
    kept |= {"OPENBLAS_NUM_THREADS": "1"}
    return {**kept, "GATEPOST_DATABASE_URL": f"sqlite:///{folder / 'gatepost.db'}", "GATEPOST_DATA_DIR": str(folder)}


def _figures(runs: list[tuple[dict[str, Any], Cost]]) -> dict[str, Any]:
    names = ("import_ms", "cold_ms", "warm_ms")
    return {
        **{name: spread([said[name] for said, _ in runs]).plain() for name in names},
        "peak_mib": spread([cost.peak for _, cost in runs]).plain(),
        "articles": runs[0][0]["articles"],
    }


def one(folder: Path, model: str, since: date | None, repeats: int) -> dict[str, float | int]:
    """The first report of this process, with the database still to be opened, and those after it; milliseconds."""
    began = time.perf_counter()
    from datetime import UTC, datetime

    from gatepost import catalogue
    from gatepost.actions import reporting
    from gatepost.report.span import Span
    from gatepost.store import Database

    built = catalogue.read(folder)
    database = Database(f"sqlite:///{folder / 'gatepost.db'}")
    imported = time.perf_counter()
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        made = reporting.report(database, built, model=model, span=Span(since), now=datetime.now(UTC))
        times.append((time.perf_counter() - start) * 1000)
    database.close()
    cold, *warm = times
    return {
        "import_ms": (imported - began) * 1000,
        "cold_ms": cold,
        "warm_ms": spread(warm).median,
        "articles": len(made.rows),
    }


def main() -> None:
    """One question; its figures as JSON."""
    folder, model, since, repeats = sys.argv[1:5]
    print(json.dumps(one(Path(folder), model, date.fromisoformat(since) if since else None, int(repeats))))


if __name__ == "__main__":
    main()
