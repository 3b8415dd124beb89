"""Journeys with times: JSON lines of `{lead, touches: [{t, article, channel}], converted_at, value}`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from gatepost.attribution.given import Given, LineUnreadable, amount
from gatepost.journey import Touch

_EXAMPLE = '{"lead": "1", "touches": [{"t": "2026-11-01T10:00:00Z", "article": "a", "channel": "search"}], "converted_at": "2026-11-02T09:00:00Z", "value": 40}'
# Date.now() gives milliseconds; anything past the year 5138 in seconds was meant so.
_MILLISECONDS = 1e11


def read(lines: Iterable[str]) -> Iterator[Given]:
    """One Given a line, blank lines left out. Raises LineUnreadable.

    Without `converted_at` nobody converted: the line is one way to nothing, and its value is not looked at.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _given(_object(line, number), number)


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as mistake:
        raise LineUnreadable(number, f"this is not JSON ({mistake}).", f"Write one object a line: {_EXAMPLE}") from None
    if not isinstance(found, dict):
        cure = f"Write one object a line, and no list around them: {_EXAMPLE}"
        raise LineUnreadable(number, "this is JSON, but no object.", cure)
    return found


def _given(found: dict[str, Any], line: int) -> Given:
    listed = found.get("touches")
    if not isinstance(listed, list):
        raise LineUnreadable(line, "there is no list of touches.", 'Write "touches": [] for a journey without any.')
    touches = tuple(_touch(touch, place, line) for place, touch in enumerate(listed, 1))
    moment = found.get("converted_at")
    if moment is None:
        return Given(touches, None, 0.0, 1.0)
    return Given(touches, _moment(moment, "converted_at", line), 1.0, 0.0, _value(found.get("value"), line))


def _touch(touch: object, place: int, line: int) -> Touch:
    name = f"touch {place}"
    if not isinstance(touch, dict):
        raise LineUnreadable(line, f"{name} is no object.", 'Write {"t": ..., "article": ..., "channel": ...}.')
    article = _words(touch.get("article"), f"the article of {name}", line)
    channel = touch.get("channel")
    if channel is None or channel == "":
        channel = "direct"
    return Touch(
        _moment(touch.get("t"), f"t of {name}", line), article, _words(channel, f"the channel of {name}", line)
    )


def _words(value: object, name: str, line: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise LineUnreadable(line, f"{name} is {json.dumps(value)}.", "Write a name between quotes.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        cure = "Write both halves of the character, or the character itself."
        raise LineUnreadable(line, f"{name} has half a character (\\ud800 to \\udfff).", cure) from None
    return value.strip()


def _moment(value: object, name: str, line: int) -> datetime:
    try:
        if isinstance(value, str):
            read = datetime.fromisoformat(value.strip())
            moment = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
        else:
            raise ValueError(value)
        # Dates of no journey, that cannot be looked back from.
        if not 1900 <= moment.year < 3000:
            raise ValueError(value)
    except (ValueError, OverflowError, OSError):
        cure = "Write a time as 2026-11-01T10:00:00Z (UTC where there is no zone) or in unix seconds."
        raise LineUnreadable(line, f"{name} is {json.dumps(value)[:80]}.", cure) from None
    return moment


def _value(value: object, line: int) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LineUnreadable(line, f"value is {json.dumps(value)}.", "Write a plain number such as 40 or 12.5.")
    return amount(value, line, "value")
