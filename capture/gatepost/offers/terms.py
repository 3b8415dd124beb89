"""What only some kinds of offers have: questions, a date, an end, a client. Read from the writer's lines, kept in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# How a question is answered; the template of each stands in `gatepost/fields.html`.
CHOICE, SEVERAL, SCALE, TEXT, LONG, PHONE, WHEN = "choice", "several", "scale", "text", "long", "phone", "when"
FORMS = (CHOICE, SEVERAL, SCALE, TEXT, LONG, PHONE, WHEN)


@dataclass(frozen=True)
class Question:
    """One question of a form. `key` names it for ever (letters, digits, hyphens), `label` is what readers see.

    `choices` are what may be answered to a choice or several; of a scale its numbers, as text. `ends` are the words at the
    two ends of a scale. `hint` stands below the field.
    """

    key: str
    label: str
    form: str = TEXT
    choices: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    is_required: bool = False
    hint: str = ""

    @property
    def most(self) -> int:
        """The most characters that an answer in words may have."""
        return {TEXT: 300, LONG: 4000, PHONE: 40, WHEN: 200}.get(self.form, 300)


@dataclass(frozen=True)
class Ending:
    """Who answered `choice` to `question` is given `offer`; with both empty, everybody whom no other ending fits."""

    question: str
    choice: str
    offer: str


@dataclass(frozen=True)
class Meeting:
    """A webinar or an event. Times are aware UTC; `zone` is the IANA name that they are shown in; `link` is held.

    `seats` None means as many as come.
    """

    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str = ""
    link: str = ""
    seats: int | None = None


@dataclass(frozen=True)
class Contest:
    """Entries are taken until `ends_at` (aware UTC, shown in `zone`); a referral earns one more, `referrals` at most."""

    ends_at: datetime
    zone: str
    prize: str
    winners: int = 1
    referrals: int = 5


@dataclass(frozen=True)
class Terms:
    """`action` is a LinkedIn offer's (connect, follow, share); `client` and `result` are a case study's.

    `answer_days`: a question is answered within so many days.
    """

    questions: tuple[Question, ...] = ()
    endings: tuple[Ending, ...] = ()
    meeting: Meeting | None = None
    contest: Contest | None = None
    action: str = ""
    client: str = ""
    result: str = ""
    answer_days: int = 1

    def is_over(self, now: datetime) -> bool:
        """Has the meeting ended, or the contest?"""
        ends = [one.ends_at for one in (self.meeting, self.contest) if one]
        return any(at <= now for at in ends)

    @classmethod
    def from_plain(cls, raw: Mapping[str, Any]) -> Terms:
        """Terms as a catalogue holds them: what `dataclasses.asdict` gave, times as ISO 8601."""
        meeting, contest = raw["meeting"], raw["contest"]
        return cls(
            questions=tuple(
                Question(**{**one, "choices": tuple(one["choices"]), "ends": tuple(one["ends"])})
                for one in raw["questions"]
            ),
            endings=tuple(Ending(**one) for one in raw["endings"]),
            meeting=Meeting(**{**meeting, **_times(meeting, "starts_at", "ends_at")}) if meeting else None,
            contest=Contest(**{**contest, **_times(contest, "ends_at")}) if contest else None,
            action=raw["action"],
            client=raw["client"],
            result=raw["result"],
            answer_days=raw["answer_days"],
        )


def _times(raw: Mapping[str, Any], *names: str) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(raw[name]) for name in names}
