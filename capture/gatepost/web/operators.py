"""For whoever runs it: is it alive, can it serve, how much of what."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
from gatepost.store import counters, outbox
from gatepost.web.wiring import engine, wired

Labels = tuple[tuple[str, str], ...]
operators = Blueprint("operators", __name__)


@operators.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@operators.get("/readyz")
def ready() -> ResponseReturnValue:
    """Database and catalogue can be read; else 503 and which of them cannot."""
    troubles = [] if engine().database.answers() else ["the database does not answer"]
    try:
        _ = engine().catalogue
    except (CatalogueMissing, CatalogueUnreadable) as error:
        troubles.append(f"the catalogue cannot be read ({type(error).__name__})")
    return Response("; ".join(troubles or ["ready"]) + "\n", 503 if troubles else 200, mimetype="text/plain")


@operators.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Counts in Prometheus' text format. What a proxy passes on comes from outside, and is told nothing."""
    if {"X-Forwarded-For", "Forwarded", "Via"} & set(request.headers.keys()):
        abort(404)
    with engine().database.reading() as tx:
        letters, dropped = outbox.tally(tx), counters.dropped_totals(tx)
    lines = _lines(
        "gatepost_letters", "gauge", "Letters in the outbox.", {(("state", s),): n for s, n in letters.items()}
    )
    lines += _lines(
        "gatepost_dropped_total", "counter", "What was refused.", {(("reason", r),): n for r, n in dropped.items()}
    )
    answered: dict[Labels, int] = {
        (("door", door), ("status", str(status))): n for (door, status), n in list(wired().requests.items())
    }
    lines += _lines("gatepost_answers_total", "counter", "Answers of this process.", answered)
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines(name: str, kind: str, words: str, values: Mapping[Labels, int]) -> list[str]:
    head = [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
    return head + [f"{name}{{{_labels(labels)}}} {count}" for labels, count in sorted(values.items())]


def _labels(labels: Labels) -> str:
    return ",".join(f'{name}="{value}"' for name, value in labels)
