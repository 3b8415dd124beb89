"""Visiting: the figures of other sites, asked for in the background and kept, so that no page ever waits for them."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Sequence
from datetime import date, timedelta

from gatepost.actions import fetching, looking, ranking
from gatepost.actions.waiting import Later, TooSlow, within
from gatepost.engine import Engine
from gatepost.report import span
from gatepost.report.sites import SiteRow
from gatepost.report.summary import Best, Compared, Summary, SummaryUnreadable, as_dict, read
from gatepost.settings import origin
from gatepost.store import sisters
from gatepost.store.sisters import Sister

# For one site, from looking up its name to the last byte.
PATIENCE = 10.0
# A summary has some 5 kB.
MOST_BYTES = 2**20
# So often the worker asks; a little less, so that a clock's trembling leaves no round out.
EVERY = timedelta(minutes=15)
_STALE = EVERY - timedelta(minutes=1)
MOST_SITES = 100
LONGEST_NAME = 100

_ERRNO = re.compile(r"\[Errno -?\d+\] ")

_logger = logging.getLogger("gatepost.visiting")


class SiteRefused(Exception):
    """A site that cannot be added. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


class SiteUnknown(Exception):
    """There is no site of this name."""

    cure = "`gatepost sites list` shows all of them."

    def __init__(self, name: str):
        super().__init__(f"There is no site called {name!r}.")


class NoAnswer(Exception):
    """A site did not give its figures, and why, in words for the owner."""


def summary(engine: Engine, names: Sequence[str] = tuple(span.PERIODS)) -> Summary:
    """This site's figures of named periods, each with the time before. Raises DatabaseUnreachable, CatalogueMissing."""
    now, known = engine.now(), engine.catalogue
    site = engine.settings.site_url
    best = ranking.best(engine.database, known, now=now)
    return Summary(
        site=known.site_name,
        url=site,
        made_at=now,
        goal=looking.goal(engine.database).key,
        periods={name: _compared(engine, name, now.date()) for name in names},
        best=tuple(
            Best(row.title, f"{site}{row.url}" if row.url.startswith("/") else row.url) for row in best if row.url
        ),
    )


def add(engine: Engine, name: str, url: str, token: str) -> Summary:
    """Add a site, once it has answered. Raises SiteRefused."""
    name, url = name.strip(), _capture_address(url)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise SiteRefused(f"{name[:50]!r} cannot be a site's name.", f"Use 1 to {LONGEST_NAME} characters.")
    if origin(url) == origin(engine.settings.capture_url):
        raise SiteRefused("That is this site itself.", "It is always shown; add the others.")
    _must_be_new(engine, name, url)
    try:
        found = within(PATIENCE, lambda: _ask(url, token.strip()))
    except (NoAnswer, TooSlow) as error:
        raise SiteRefused(
            f"{url} did not give its figures: {error}",
            "Use its GATEPOST_CAPTURE_URL, and a token made there with: gatepost owner token add NAME",
        ) from None
    now = engine.now()
    with engine.database.writing() as tx:
        sisters.add(tx, Sister(name, url, token.strip(), now, now, now, "", _kept(found)))
    return found


def listed(engine: Engine) -> list[Sister]:
    """Every other site, by name."""
    with engine.database.reading() as tx:
        return sisters.listed(tx)


def remove(engine: Engine, name: str) -> None:
    """Forget a site and its token. Raises SiteUnknown."""
    with engine.database.writing() as tx:
        if not sisters.remove(tx, name.strip()):
            raise SiteUnknown(name)


def refresh(engine: Engine, *, due_only: bool = False, patience: float = PATIENCE) -> list[Sister]:
    """Ask every site, all at once, each for so long at most; gives them as they stand then. Raises DatabaseUnreachable.

    A site that is slow or away keeps its figures, and its trouble is noted; it holds up no other.
    """
    now = engine.now()
    with engine.database.writing() as tx:
        chosen = sisters.claim(tx, now, now - _STALE if due_only else now + timedelta(days=1))
    end = time.monotonic() + patience
    asked = [(sister, Later(lambda one=sister: _visit(engine, one))) for sister in chosen]  # type: ignore[misc]
    for sister, visit in asked:
        try:
            visit.result(max(0.0, end - time.monotonic()))
        except TooSlow:
            _note(engine, sister, f"There was no answer within {patience:g} seconds.")
    return listed(engine)


def keep_fresh(engine: Engine) -> None:
    """The worker's chore: ask those that are due, in a thread of its own, so that letters do not wait for other sites."""
    if not listed(engine):
        return

    def visit() -> None:
        try:
            refresh(engine, due_only=True)
        except Exception:
            # Nobody waits for this thread, so nobody else would say it.
            _logger.exception("Other sites could not be asked for their figures.")

    threading.Thread(target=visit, name="gatepost-sites", daemon=True).start()


def rows(engine: Engine, period: str) -> tuple[SiteRow, ...]:
    """This site as it stands now, and every other as it last answered. Asks nobody."""
    here = engine.catalogue.site_name
    own = SiteRow(
        here,
        engine.settings.site_url,
        is_here=True,
        goal=looking.goal(engine.database).key,
        compared=_compared(engine, period, engine.now().date()),
    )
    return (own, *(_row(sister, period) for sister in listed(engine)))


def _row(sister: Sister, period: str) -> SiteRow:
    row = SiteRow(sister.name, sister.url, answered_at=sister.answered_at, trouble=sister.trouble)
    if not sister.figures:
        return row
    try:
        found = read(json.loads(sister.figures))
    except (ValueError, SummaryUnreadable):
        return row
    return SiteRow(
        sister.name, found.url, False, found.goal, found.periods.get(period), found.best, sister.answered_at, sister.trouble
    )  # fmt: skip


def _compared(engine: Engine, name: str, today: date) -> Compared:
    chosen = span.named(name, today)
    before = span.before(chosen)
    figures = (looking.figures(engine.database, one) if one else None for one in (chosen, before))
    now, then = figures
    assert now is not None
    return Compared(chosen, now, then)


def _visit(engine: Engine, sister: Sister) -> None:
    try:
        found = _ask(sister.url, sister.token)
    except NoAnswer as trouble:
        _note(engine, sister, str(trouble))
        return
    with engine.database.writing() as tx:
        sisters.answered(tx, sister.name, _kept(found), engine.now())


def _note(engine: Engine, sister: Sister, trouble: str) -> None:
    with engine.database.writing() as tx:
        sisters.failed(tx, sister.name, trouble, engine.now())


def _ask(url: str, token: str) -> Summary:
    """Raises NoAnswer."""
    try:
        body = fetching.fetch(f"{url}/api/v1/summary", token, patience=PATIENCE, most=MOST_BYTES)
        return read(json.loads(body))
    except fetching.NotAsked:
        raise NoAnswer("A token is sent over https only.") from None
    except fetching.Refused as refused:
        raise NoAnswer(_words(refused.code)) from None
    except TimeoutError:
        raise NoAnswer(f"There was no answer within {PATIENCE:g} seconds.") from None
    except fetching.NotReached as reason:
        raise NoAnswer(f"It cannot be reached: {_ERRNO.sub('', str(reason))}.") from None
    except SummaryUnreadable as error:
        raise NoAnswer(f"{error} {error.cure}") from None
    except (ValueError, RecursionError):
        raise NoAnswer("Its answer is no JSON: is this the address of its capture service?") from None


def _words(code: int) -> str:
    if code == 401:
        return "It does not know the token any more: make a new one there, remove the site here, and add it again."
    if 300 <= code < 400:
        return "It leads elsewhere: remove the site here, and add it with the address that it leads to."
    if code == 404:
        return "It has no summary: bring it to the same version of Gatepost as this one."
    return f"It answered with {code}: look at its log."


def _kept(found: Summary) -> str:
    return json.dumps(as_dict(found), ensure_ascii=False)


def _capture_address(url: str) -> str:
    """The address as it is kept. Raises SiteRefused."""
    address = url.strip().rstrip("/").removesuffix("/api/v1").removesuffix("/owner")
    if not fetching.may_be_asked(address) or any(mark in address for mark in "?#@ ") or len(address) > 500:
        raise SiteRefused(
            f"{url[:100]!r} is no address that a token may be sent to.",
            "Use https, for example https://go.example.org; http only for this machine itself.",
        )
    return address


def _must_be_new(engine: Engine, name: str, url: str) -> None:
    known = listed(engine)
    if len(known) >= MOST_SITES:
        raise SiteRefused(f"There are {MOST_SITES} sites already.", "Remove one first: gatepost sites remove NAME")
    for sister in known:
        if name == sister.name or url == sister.url:
            raise SiteRefused(
                f"{url} is there already, as {sister.name!r}."
                if url == sister.url
                else f"There is a site called {name!r}.",
                f"Remove it first: gatepost sites remove {sister.name}",
            )
