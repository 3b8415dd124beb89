"""The store: the database and nothing else. Queries take a transaction and give domain objects back."""

from sqlalchemy import Connection as Transaction

from gatepost.store.database import Database, DatabaseUnreachable
from gatepost.store.schema import SchemaMissing, SchemaTooNew

__all__ = ["Database", "DatabaseUnreachable", "SchemaMissing", "SchemaTooNew", "Transaction"]
