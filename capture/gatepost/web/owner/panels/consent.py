"""Who may be written to, and whether letters arrive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import permitting
from gatepost.engine import Engine
from gatepost.report.permitted import STATES
from gatepost.store.outbox import STATES as LETTER_STATES
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """Permissions and letters of the span."""
    found = permitting.found(engine.database, span=choice.span, compare=choice.compare, now=engine.now())
    return {
        "permitted": found.permitted,
        "posted": found.posted,
        "advice": found.advice,
        "before": found.before,
        "states": STATES,
        "letter_states": LETTER_STATES,
        "most": max(found.permitted.states.values(), default=0),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Leads, permissions by wording, letters, and what mail servers answered."""
    permitted, posted = data["permitted"], data["posted"]
    ways = permitted.ways
    columns = ("purpose", "version", "text", "given", "confirmed", *(f"withdrawn_{way}" for way in ways))
    wordings = [
        (one.purpose, one.version, one.text, one.given, one.confirmed, *(one.withdrawn.get(way, 0) for way in ways))
        for one in permitted.wordings
    ]
    letters = [(kind, *(by.get(state, 0) for state in LETTER_STATES)) for kind, by in posted.kinds.items()]
    answers = [(one.state, one.words, one.count, " ".join(one.letters)) for one in posted.answers]
    confirms = (permitted.people.requested, permitted.people.confirmed, *interval(permitted.confirms))
    return (
        Sheet("leads", "Leads by state", ("state", "leads"), list(permitted.states.items())),
        Sheet(
            "confirming",
            "Who confirms",
            ("asked", "confirmed", "share", "share_low", "share_high", "median_seconds"),
            [(*confirms, permitted.seconds)],
        ),
        Sheet("wordings", "Permissions by wording", columns, wordings),
        Sheet("letters", "Letters by kind", ("letter", *LETTER_STATES), letters),
        Sheet("answers", "What mail servers answered", ("state", "answer", "letters", "kinds"), answers),
        Sheet("domains", "Domains that refuse", ("domain", "letters"), list(posted.domains.items())),
    )
