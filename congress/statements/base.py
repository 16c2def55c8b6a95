"""What Django looks for in a backend (`ENGINE`)."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.postgresql.operations import DatabaseOperations


class Operations(DatabaseOperations):
    """As Django's."""

    compiler_module = "congress.statements.compiler"


class DatabaseWrapper(PostgreSQL):
    """As Django's."""

    ops_class = Operations
