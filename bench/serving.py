"""Part two: durable signups and touches a second over loopback, and what each costs the server in CPU time.

Both servers run side by side, and each cell is measured in turns: bare, gatepost, gatepost, bare. CPU is that of
the whole server, master and workers, including what it does a moment after the answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.children import ChildFailed, cpu_seconds, memory
from bench.figures import ratios, spread
from bench.load import Order
from bench.servers import Server, both

ROOT = Path(__file__).parents[1]
# Touches are added to the day's counters up to 0.2 s after their answer: that work belongs to them.
AFTERWARDS = 0.4
WARM_UP = 100
MOST_SECONDS = 30.0
TOUCHES = {"touch": 1, "touch-batch": 20}


@dataclass(frozen=True)
class Plan:
    """What is measured: `requests` is for one client; with more clients three times as many are sent."""

    kinds: tuple[str, ...] = ("signup-json", "signup-form", "touch", "touch-batch")
    workers: tuple[int, ...] = (1, 2)
    clients: tuple[int, ...] = (1, 8, 32)
    requests: int = 500
    rounds: int = 3
    database: str = ""


def measure(work: Path, plan: Plan, say: Callable[[str], None]) -> dict[str, object]:
    """Every kind of request, for every number of workers and clients. Raises ChildFailed."""
    rows: list[dict[str, object]] = []
    kept: list[dict[str, object]] = []
    for workers in plan.workers:
        with both(work, workers, plan.database) as pair:
            for kind in plan.kinds:
                for server in pair:
                    _load(server, kind, 8, WARM_UP)
                for clients in plan.clients:
                    say(f"{kind}, {workers} worker{'s' * (workers > 1)}, {clients} clients")
                    rows += _cell(pair, kind, clients, plan)
            kept += [_kept(server) for server in pair]
    rows.sort(key=lambda row: plan.kinds.index(str(row["kind"])))
    return {"rows": rows, "kept": kept, "rounds": plan.rounds}


def _cell(pair: tuple[Server, Server], kind: str, clients: int, plan: Plan) -> Iterator[dict[str, object]]:
    """The bare server's row and ours, from the same minute."""
    count = plan.requests if clients == 1 else plan.requests * 3
    runs: dict[str, list[dict[str, Any]]] = {server.name: [] for server in pair}
    for number in range(plan.rounds):
        for server in pair if number % 2 == 0 else reversed(pair):
            runs[server.name].append(_load(server, kind, clients, count))
    columns = {name: {key: [run[key] for run in found] for key in found[0]} for name, found in runs.items()}
    for server in pair:
        own, bare = columns[server.name], columns["bare"]
        row: dict[str, object] = {"kind": kind, "workers": server.workers, "clients": clients, "server": server.name}
        row |= {key: spread(own[key]).plain() for key in ("per_s", "p50_ms", "p99_ms", "cpu_ms")}
        row["refused"] = sum(own["refused"])
        if server.name != "bare":
            row["cpu_to_bare"] = ratios(own["cpu_ms"], bare["cpu_ms"]).plain()
            row["rate_to_bare"] = ratios(own["per_s"], bare["per_s"]).plain()
        yield row


def _load(server: Server, kind: str, clients: int, count: int) -> dict[str, Any]:
    """Send so many requests; notes on the server what it acknowledged."""
    order = Order(server.port, kind, clients, count, MOST_SECONDS, server.numbers(count))
    before = cpu_seconds(server.pid)
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(asdict(order)), capture_output=True, text=True,
        cwd=ROOT, env=dict(os.environ), timeout=MOST_SECONDS * 2, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ChildFailed(f"The load ended with {done.returncode}:\n{done.stderr[-1000:]}")
    result = json.loads(done.stdout)
    time.sleep(AFTERWARDS)
    cpu = cpu_seconds(server.pid) - before
    answered = len(result["acknowledged"])
    if not answered:
        raise ChildFailed(f"No {kind} was acknowledged by {server.name}; the answers were {result['statuses']}.")
    if kind in TOUCHES:
        server.touches += answered * TOUCHES[kind]
    else:
        server.signups.update(result["acknowledged"])
    return {
        "per_s": answered / result["wall"],
        "p50_ms": result["p50"] * 1000,
        "p99_ms": result["p99"] * 1000,
        "cpu_ms": cpu * 1000 / answered,
        "refused": count - answered,
    }


def _kept(server: Server) -> dict[str, object]:
    """What was acknowledged, what was found, and how much memory the server has in the end."""
    row: dict[str, object] = {"server": server.name, "workers": server.workers, "pss_mib": round(memory(server.pid), 1)}
    row |= {"acknowledged": len(server.signups), "found": server.kept()}
    if server.name != "bare":
        row |= {"touches": server.touches, "counted": server.counted()}
    return row
