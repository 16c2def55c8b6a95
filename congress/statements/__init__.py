"""Django's backend for PostgreSQL, with statements put together by `congress.statements.compiler`."""
