"""Runs migrations inside the transaction that `schema.upgrade` opened."""

from alembic import context

from gatepost.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
