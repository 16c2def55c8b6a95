"""Statements, letter by letter those of Django, without what it works out for each of them and then does not use."""

from collections.abc import Iterator

from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.models.expressions import Col, OrderBy

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


class SQLCompiler(compiler.SQLCompiler):
    """Columns are written at once, and not compared with an order that can name none of them."""

    def compile(self, node):
        """A column is written as `Col.as_sql` does."""
        if type(node) is not Col:
            return super().compile(node)
        known = self.quote_cache
        names = (node.alias, node.target.column) if node.alias else (node.target.column,)
        return ".".join([known.get(name) or self.quote_name_unless_alias(name) for name in names]), []

    def _order_by_pairs(self) -> Iterator:
        """What is ordered by may be a column of the select list again, and stands there by its number: all are compared with it,
        which takes as long as to write them. Nothing but a column equals one without a name of its own."""
        pairs, selected = super()._order_by_pairs(), self.select
        if self.query.combinator or not self._only_columns() or self._by_column():
            yield from pairs
            return
        self.select = ()  # asked for before the first pair alone
        try:
            first = next(pairs, None)
        finally:
            self.select = selected
        if first:
            yield first
            yield from pairs

    def _only_columns(self) -> bool:
        return all(type(one) is Col and not name for one, _, name in self.select or ())

    def _by_column(self) -> bool:
        meta = self.query.get_meta()
        ordering = self.query.order_by or (meta.ordering if meta else ())
        return any(type(one.expression if isinstance(one, OrderBy) else one) is Col for one in ordering)
