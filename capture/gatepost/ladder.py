"""The ladder of micro-conversions: every rung a reader can stand on, lowest first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rung:
    """One step. `counted_by` is "browser" (a beacon without an id) or "capture" (a stored fact)."""

    key: str
    label: str
    counted_by: str


# In the order of growing commitment; reports show them so.
RUNGS: dict[str, Rung] = {
    rung.key: rung
    for rung in (
        Rung("view", "Opened the page", "browser"),
        Rung("read", "Read", "browser"),
        Rung("consumed", "Read to the end", "browser"),
        Rung("linkedin-seen", "Saw the LinkedIn call", "browser"),
        Rung("linkedin-click", "Went to LinkedIn", "browser"),
        Rung("offer-seen", "Saw an offer", "browser"),
        Rung("offer-click", "Opened an offer", "browser"),
        Rung("form-start", "Began the form", "browser"),
        Rung("signup", "Asked for it", "capture"),
        Rung("confirmed", "Confirmed", "capture"),
        Rung("download", "Downloaded", "capture"),
    )
}

BEACON_RUNGS = frozenset(key for key, rung in RUNGS.items() if rung.counted_by == "browser")
# Beyond this many articles a reader's depth is one bucket: "13 or more" closes the seven-to-thirteen claim.
DEEPEST = 13


def depth_bucket(depth: int) -> int:
    """The bucket of a journey's depth (distinct articles): 1 to DEEPEST."""
    return max(1, min(depth, DEEPEST))


@dataclass(frozen=True)
class Commitment:
    """What a reader has done, whatever the article: one or several kinds of offers, or a fact of its own.

    `counted_by` as of a Rung. `is_apart`: shown beside the ladder, since proof is read on every rung of it.
    """

    key: str
    label: str
    kinds: tuple[str, ...] = ()
    counted_by: str = "capture"
    is_apart: bool = False


# In the order of growing commitment, from a read to a client.
COMMITMENTS: dict[str, Commitment] = {
    one.key: one
    for one in (
        Commitment("read", "Read", counted_by="browser"),
        Commitment("linkedin", "Went to LinkedIn", ("linkedin",), "browser"),
        Commitment("contest", "Entered a contest", ("contest",)),
        Commitment("question", "Asked a question", ("question",)),
        Commitment("checklist", "Took a checklist or a file", ("checklist", "download")),
        Commitment("ebook", "Took an ebook", ("ebook",)),
        Commitment("case-study", "Took a case study", ("case-study",), is_apart=True),
        Commitment("survey", "Answered a survey", ("survey",)),
        Commitment("webinar", "Took a seat at a webinar", ("webinar",)),
        Commitment("event", "Took a seat at an event", ("event",)),
        Commitment("came", "Came to it"),
        Commitment("client", "Became a client"),
    )
}
# The beacon behind a commitment that browsers count.
BEACON_OF = {"read": "read", "linkedin": "linkedin-click"}


def commitment_of(kind: str) -> str:
    """The commitment that a confirmed request for an offer of this kind is; "" for a kind that is none."""
    return next((one.key for one in COMMITMENTS.values() if kind in one.kinds), "")
