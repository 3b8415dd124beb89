"""Bringing the schema up to date, and refusing one this version does not know."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from gatepost.store.database import Database


class SchemaMissing(Exception):
    """The database has no tables, or those of an older version."""

    cure = "Run `gatepost db upgrade`."


class SchemaTooNew(Exception):
    """The database was made by a newer version than this one."""

    cure = "Upgrade Gatepost, or restore the backup made before its upgrade."


def upgrade(database: Database) -> None:
    """Bring the schema to this version; nothing happens when it is there. Raises SchemaTooNew."""
    with database.writing() as tx:
        if _current(tx) == _head():
            return
        _refuse_newer(tx)
        config = _config()
        config.attributes["connection"] = tx
        command.upgrade(config, "head")


def check(database: Database) -> None:
    """Raises SchemaMissing or SchemaTooNew unless the schema is exactly this version's."""
    with database.reading() as tx:
        if _current(tx) == _head():
            return
        _refuse_newer(tx)
        raise SchemaMissing("The database has no tables of this version yet.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _current(tx: Connection) -> str | None:
    return MigrationContext.configure(tx).get_current_revision()


def _refuse_newer(tx: Connection) -> None:
    current = _current(tx)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current and current not in known:
        raise SchemaTooNew(f"The database is at {current}, which this version does not know.")
