"""Statements, letter by letter those of Django, without what it works out for each of them and then does not use."""

from collections.abc import Iterator

from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.db.models.expressions import Col, F, OrderBy

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]


WRITTEN = "_written"  # stands beside the column, of which Django keeps one for each field


class SQLCompiler(compiler.SQLCompiler):
    """Columns are written at once, and not compared with an order that can name none of them."""

    def compile(self, node):
        """A column is written as `Col.as_sql` does; one of a model's own table, which has the same name in every statement, once."""
        if type(node) is not Col:
            return super().compile(node)
        if node.alias == node.target.model._meta.db_table and not self.query.extra_select:
            if (written := vars(node).get(WRITTEN)) is None:
                written = vars(node)[WRITTEN] = ".".join(
                    map(self.connection.ops.quote_name, (node.alias, node.target.column))
                )
            return written, []
        known = self.quote_cache
        names = (node.alias, node.target.column) if node.alias else (node.target.column,)
        return ".".join([known.get(name) or self.quote_name_unless_alias(name) for name in names]), []

    def _order_by_pairs(self) -> Iterator:
        """What is ordered by may be a column of the select list again, and stands there by its number: all are compared with it,
        which takes as long as to write them."""
        pairs, selected = super()._order_by_pairs(), self.select
        if self.query.combinator or self._may_order_by(selected or ()):
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

    def _may_order_by(self, selected) -> bool:
        """Whether the order may name one of these columns: by the name it has beside that of its field, or as an expression,
        which a plain column of a field equals only if it is one itself."""
        names = {name for _, _, name in selected if name}
        plain = all(type(one) is Col for one, *_ in selected)
        meta = self.query.get_meta()
        orders = [*self.query.extra_order_by, *self.query.order_by, *(meta.ordering if meta else ())]
        return any(_is_one_of(one, names, plain) for one in orders)


def _is_one_of(order, names: set[str], plain: bool) -> bool:
    order = order.expression if isinstance(order, OrderBy) else order
    if isinstance(order, str | F):
        return (order.lstrip("-+") if isinstance(order, str) else order.name) in names
    return not plain or isinstance(order, Col)
