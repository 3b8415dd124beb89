"""Mailing: pays what the outbox owes. A letter is claimed, checked once more, sent, and settled; never sent by two."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gatepost.actions import composing, erasing, seating, telling, visiting
from gatepost.catalogue import Catalogue, CatalogueMissing, CatalogueUnreadable
from gatepost.engine import Engine
from gatepost.events import LetterFailed
from gatepost.journey import LOOKBACK
from gatepost.mail import Carrier, mailbox
from gatepost.mail.letters import FORGOTTEN_AFTER_DAYS, LETTERS
from gatepost.mail.message import Sealed
from gatepost.mail.smtp import Courier, NeverAccepted, ServerAway, Stopping, Trouble, Unsure, WrongSetup
from gatepost.mail.troubles import plain
from gatepost.store import DatabaseUnreachable, answers, leads, outbox, receipts
from gatepost.store.outbox import Owed

LEASE = timedelta(minutes=5)
# The latest start of a letter after its lease was renewed: what is left is longer than a letter may take.
_FENCE = timedelta(minutes=1)
# Between tries; the last one repeats. A quarter more at most is added, so that a thousand letters do not come at once.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
GIVEN_UP_AFTER = timedelta(days=3)
ASKED_AGAIN_AFTER = timedelta(minutes=15)
_UNSURE = "Perhaps sent: "
_TIDY_EVERY = timedelta(hours=1)
# A date that moved should be known before somebody sets out.
_LOOK_EVERY = timedelta(minutes=1)
_LONGEST_PAUSE = 60.0

_logger = logging.getLogger("gatepost.mailing")


@dataclass(frozen=True)
class Sent:
    """What became of the letters of one round. `later` will be tried again; `lost` went to another worker meanwhile.

    `trouble` is what stops every letter just now, with its cure; what was not tried is queued as before.
    """

    claimed: int = 0
    sent: int = 0
    later: int = 0
    failed: int = 0
    dropped: int = 0
    lost: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class _Fate:
    """How a try ended: a state of the outbox, the reason, and when to try again."""

    state: str
    answer: str = ""
    due_at: datetime | None = None


class _Lost(Exception):
    """The letter is another worker's by now, or its reader left a moment ago."""


@dataclass(frozen=True)
class _Round:
    engine: Engine
    carrier: Carrier
    known: Catalogue
    claim_id: UUID


def send_due(engine: Engine, carrier: Carrier, most: int = 50, stop: threading.Event | None = None) -> Sent:
    """Send up to `most` letters that are due. Raises DatabaseUnreachable; nothing else stops a round.

    A letter that breaks fails alone. What was claimed and not tried is given back.
    """
    try:
        known = engine.catalogue
    except (CatalogueMissing, CatalogueUnreadable) as error:
        return Sent(trouble=f"{error} {error.cure}")
    now, claim_id = engine.now(), engine.new_id()
    with engine.database.writing() as tx:
        claimed = outbox.claim(tx, claim_id, now, now + LEASE, most)
    if not claimed:
        return Sent()
    counts: Counter[str] = Counter()
    with carrier:
        trouble = _send_each(_Round(engine, carrier, known, claim_id), claimed, counts, stop)
    with engine.database.writing() as tx:
        outbox.release(tx, claim_id)
    return Sent(
        len(claimed), counts["sent"], counts["queued"], counts["failed"], counts["dropped"], counts["lost"], trouble
    )


def run(engine: Engine, stop: threading.Event, carrier: Carrier | None = None, pace: float = 1.0) -> None:
    """Send what is due, about every `pace` seconds, and tidy up every hour, until told to stop.

    Outlives a database or a mail server that is away; each trouble is logged once, and its end too.
    """
    chosen = carrier or _carrier(engine, stop)
    said, pause = "", pace
    chores = {
        tidy: _TIDY_EVERY,
        _follow_meetings: _LOOK_EVERY,
        visiting.keep_fresh: visiting.EVERY,
        telling.owe_reports: _LOOK_EVERY,
    }
    due_at = dict.fromkeys(chores, engine.now())
    while not stop.is_set():
        due = [chore for chore, at in due_at.items() if engine.now() >= at]
        due_at.update((chore, engine.now() + chores[chore]) for chore in due)
        sent = _outlived(engine, chosen, stop, due)
        if sent.trouble and sent.trouble != said:
            _logger.error("%s", sent.trouble)
        if said and sent.sent and not sent.trouble:
            _logger.info("Letters go out again.")
        # An empty round proves nothing: a trouble is over when a letter has gone out.
        said = sent.trouble or ("" if sent.sent else said)
        pause = min(pause * 2, _LONGEST_PAUSE) if sent.trouble else pace
        if sent.trouble or not sent.sent:
            stop.wait(pause)


def _outlived(
    engine: Engine, carrier: Carrier, stop: threading.Event, chores: Sequence[Callable[[Engine], None]]
) -> Sent:
    """One round, whatever happens: letters of tomorrow must not wait for somebody to restart a worker."""
    try:
        for chore in chores:
            chore(engine)
        return send_due(engine, carrier, stop=stop)
    except DatabaseUnreachable as error:
        return Sent(trouble=f"The database does not answer. {error.cure}")
    except Exception as error:
        _logger.exception("A round of letters broke.")
        return Sent(trouble=f"Unforeseen: {type(error).__name__}")


def tidy(engine: Engine) -> None:
    """Forget what was never confirmed: the journey, the answers and the address itself. Raises DatabaseUnreachable."""
    before = engine.now() - timedelta(days=FORGOTTEN_AFTER_DAYS)
    with engine.database.writing() as tx:
        leads.drop_unconfirmed_journeys(tx, before)
        answers.drop_unconfirmed(tx, before)
        # A day more than a journey reaches back, for clocks that differ.
        receipts.sweep(tx, engine.now() - LOOKBACK - timedelta(days=1))
        forgotten = leads.never_confirmed(tx, before)
    for lead_id in forgotten:
        erasing.erase(engine, lead_id)


def _follow_meetings(engine: Engine) -> None:
    # Without a catalogue there is nothing to follow, and the round of letters says so itself.
    with suppress(CatalogueMissing, CatalogueUnreadable):
        seating.follow(engine)


def back_off(owed: Owed) -> timedelta:
    """How long a letter waits after its latest try; the share added for spreading comes from its own id."""
    step = BACK_OFF[min(owed.tries, len(BACK_OFF)) - 1]
    return step * (1 + (owed.id.int + owed.tries * 37) % 100 / 400)


def _carrier(engine: Engine, stop: threading.Event) -> Carrier:
    if engine.settings.smtp is not None:
        return Courier(engine.settings.smtp, stop=stop)
    return mailbox.Mailbox(mailbox.folder(engine.settings.data_dir))


def _send_each(round_: _Round, claimed: list[Owed], counts: Counter[str], stop: threading.Event | None) -> str:
    """Try each letter; returns the trouble that ended the round early, or nothing."""
    for owed in claimed:
        if stop is not None and stop.is_set():
            break
        try:
            fate = _try(round_, owed)
        except _Lost:
            counts["lost"] += 1
            continue
        except Stopping:
            break
        except WrongSetup as error:
            return f"{error} {error.cure}"
        except ServerAway as error:
            fate = _later(round_.engine, owed, error)
            _settle(round_, owed, fate)
            counts[fate.state] += 1
            return str(error)
        _settle(round_, owed, fate)
        counts[fate.state] += 1
    return ""


def _try(round_: _Round, owed: Owed) -> _Fate:
    """One try of one letter. Raises _Lost, and the troubles that concern every letter: those are no fault of this one."""
    try:
        round_.carrier.send(_checked(round_, owed))
    except (DatabaseUnreachable, _Lost, Stopping, WrongSetup, ServerAway):
        raise
    except composing.NotYet as moved:
        return _Fate("queued", "", moved.due_at)
    except composing.NotToBeSent as reason:
        return _Fate("dropped", str(reason))
    except NeverAccepted as trouble:
        return _Fate("failed", str(trouble))
    except Trouble as trouble:
        return _later(round_.engine, owed, trouble)
    except Exception as error:
        # One letter that cannot be written must not stand in the way of the next.
        return _Fate("failed", plain(f"{type(error).__name__}: {error}"))
    return _Fate("sent")


def _checked(round_: _Round, owed: Owed) -> Sealed:
    """The letter as things stand now, its lease renewed in the same transaction that looked."""
    told = composing.report(round_.engine, round_.known, owed)
    engine, renewed = round_.engine, round_.engine.now()
    with engine.database.writing() as tx:
        # The mark comes first: whoever leaves after it left after the letter was on its way.
        if not outbox.still_ours(tx, owed.id, round_.claim_id, renewed + LEASE):
            raise _Lost
        to, context = composing.facts(engine, tx, round_.known, owed, told)
    letter = composing.sealed(engine, owed, to, context)
    if engine.now() > renewed + _FENCE:
        # This process slept: another worker may soon take the letter, and it is theirs then.
        raise _Lost
    return letter


def _later(engine: Engine, owed: Owed, trouble: Trouble) -> _Fate:
    """Queued again with a pause, or failed when there were pauses enough."""
    now, was_unsure = engine.now(), owed.answer.startswith(_UNSURE)
    if isinstance(trouble, Unsure):
        answer = _UNSURE + str(trouble)
        if was_unsure or LETTERS[owed.letter].purpose == "nurture":
            return _Fate("failed", answer)
        return _Fate("queued", answer, now + ASKED_AGAIN_AFTER)
    # Once perhaps sent, the row says so until it is settled: it is handed over twice at most.
    answer = (_UNSURE if was_unsure else "") + str(trouble)
    if now - owed.created_at >= GIVEN_UP_AFTER and owed.tries >= len(BACK_OFF):
        return _Fate("failed", answer)
    return _Fate("queued", answer, now + back_off(owed))


def _settle(round_: _Round, owed: Owed, fate: _Fate) -> None:
    engine = round_.engine
    sent_at = engine.now() if fate.state == "sent" else None
    if not _written(round_, owed, fate, sent_at):
        _logger.info("Letter %s was taken over or dropped while it was on its way.", owed.id)
    elif fate.state == "failed":
        _logger.warning("Letter %s (%s) failed: %s", owed.id, owed.letter, fate.answer)
        engine.emit(LetterFailed(engine.now(), owed.id, owed.letter, fate.answer))


def _written(round_: _Round, owed: Owed, fate: _Fate, sent_at: datetime | None) -> bool:
    """Write how a try ended. A letter that has gone out and is not marked goes out twice, so this is tried hard."""
    for tries_left in range(4, -1, -1):
        try:
            with round_.engine.database.writing() as tx:
                return outbox.settle(
                    tx, owed.id, round_.claim_id, fate.state, answer=fate.answer, sent_at=sent_at, due_at=fate.due_at
                )
        except DatabaseUnreachable:
            if not tries_left:
                raise
            time.sleep(0.5)
    return False
