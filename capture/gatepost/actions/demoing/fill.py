"""Filling: the year is played day by day through the real actions, into a file that takes its place when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from gatepost import catalogue
from gatepost.actions import mailing, owning
from gatepost.actions.demoing import asked_for, letters, marked, money, readers, shelf, story
from gatepost.actions.demoing import year as years
from gatepost.actions.demoing.marked import Demo
from gatepost.actions.demoing.play import Play
from gatepost.actions.demoing.stage import Heard, MovedClock, Past, Stage
from gatepost.actions.demoing.year import Year
from gatepost.mail import mailbox
from gatepost.settings import Settings
from gatepost.store import counters, schema
from gatepost.store.counters import Tally
from gatepost.store.filling import Filling, add_note
from gatepost.tokens import Tokens

# Reads for each person who asks.
_READS = 34
_FLUSH, _TIDY = 30, 7
# Letters of the last days are written in full, so that the mailbox has some.
_LATEST = timedelta(days=4)


def fill(
    chosen: Settings,
    *,
    seed: int,
    days: int,
    people: int,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Demo:
    """Fill the demo's database with `days` whole days up to the one before `now`, and put it in its place.

    `chosen` are the demo's own settings (`marked.environment`). `progress` is told the days that are over. The same seed
    on the same day makes the same rows, but for the password's hash. Raises NotTheDemo, CatalogueMissing or CatalogueUnreadable.
    """
    path = chosen.data_dir / marked.FILE
    marked.found(path)
    making = path.with_name(f"{marked.FILE}.new")
    _remove(making)
    database = Filling(making)
    schema.upgrade(database)
    end = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    demo = Demo(seed, days, people, (end - timedelta(days=1)).date())
    play = _staged(chosen, database, demo, end)
    _perform(play, people, progress)
    _finish(play, demo)
    database.settle()
    _remove(path)
    os.replace(making, path)
    return demo


def _staged(chosen: Settings, database: Filling, demo: Demo, end: datetime) -> Play:
    dice, clock, heard = Random(demo.seed), MovedClock(end), Heard()  # noqa: S311
    year = Year(demo.until - timedelta(days=demo.days - 1), demo.until)
    built = catalogue.read(chosen.data_dir)
    gone = asked_for.held_before(built, year)
    follower = Past(built, gone)
    stage = Stage(chosen, database, Tokens(chosen.secret_keys), follower, clock, (heard,), dice=Random(demo.seed + 1))  # noqa: S311
    return Play(stage, clock, heard, shelf.fill(built, year, dice), year, dice, end, gone[0].slug if gone else "")


def _perform(play: Play, people: int, progress: Callable[[int], None]) -> None:
    database, days = play.stage.database, play.year.days
    assert isinstance(database, Filling)
    play.clock.at = datetime.combine(days[0], time(), UTC)
    with database.together():
        owning.add(play.stage, marked.EMAIL, marked.PASSWORD)
        play.clock.at = play.end
        money.spend(play)
    story.begin(play, people)
    if play.gone:
        play.later(datetime.combine(play.year.held_on, time(18), UTC), asked_for.hold)
    busy = [years.weight(play.year, day) for day in days]
    for number, day in enumerate(days, 1):
        until = datetime.combine(day, time(), UTC) + timedelta(days=1)
        with database.together():
            play.run(until)
            letters.send(play, min(until, play.end - _LATEST))
            reads = people * _READS * busy[number - 1] / sum(busy)
            readers.count(play.tally, play.dice, play.shelf, play.year, day, reads)
            if number % _FLUSH == 0 or number == len(days):
                _flush(play)
            if number % _TIDY == 0:
                mailing.tidy(play.stage)
        progress(number)


def _flush(play: Play) -> None:
    with play.stage.database.writing() as tx:
        counters.add(tx, play.tally)
    play.tally = Tally()


def _finish(play: Play, demo: Demo) -> None:
    play.clock.at = play.end
    folder = mailbox.folder(play.stage.settings.data_dir)
    for old in folder.glob("*.eml"):
        old.unlink()
    while mailing.send_due(play.stage, mailbox.Mailbox(folder)).claimed:
        pass
    with play.stage.database.writing() as tx:
        for day, text in years.notes(play.year):
            add_note(tx, play.stage.new_id(), day, text, datetime.combine(day, time(17), UTC))
        marked.mark(tx, demo)


def _remove(path: Path) -> None:
    # What SQLite keeps beside a file belongs to that file, and would spoil another of the same name.
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
