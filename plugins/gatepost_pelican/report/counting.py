"""Reading the figures from the database, where a build can reach one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gatepost.actions.waiting import within
from gatepost.catalogue import Catalogue
from gatepost.offers.learning import Evidence
from gatepost_pelican.report import figures
from gatepost_pelican.report.figures import Figures, Texts

# To open it and find its tables.
PATIENCE = 3.0
# To count: a site of ten thousand articles takes one second, the first start of scipy from a slow disk a few more.
LONGEST = 10.0


def is_there(url: str) -> bool:
    """Is there a database to open? Opening an SQLite file that is not there would make it."""
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///").partition("?")[0]).is_file()


def count(url: str, built: Catalogue, now: datetime) -> Figures:
    """The figures of this moment, of the articles that this build publishes.

    Raises TooSlow, DatabaseUnreachable, SchemaMissing or SchemaTooNew.
    """
    # Here, because a build without a database must not wait for what reads one.
    from gatepost.actions import reporting
    from gatepost.store import Database, schema

    database = Database(url)
    within(PATIENCE, lambda: schema.check(database))
    made = within(LONGEST, lambda: reporting.report(database, built, now=now))
    database.close()
    return figures.read(reporting.json(made), lambda: Texts(reporting.html(made), reporting.csv(made)))


def offered(url: str) -> Evidence:
    """What each offer brought under each article. Raises TooSlow, DatabaseUnreachable, SchemaMissing or SchemaTooNew."""
    from gatepost.actions import learning
    from gatepost.store import Database, schema

    database = Database(url)
    within(PATIENCE, lambda: schema.check(database))
    known = within(LONGEST, lambda: learning.evidence(database))
    database.close()
    return known
