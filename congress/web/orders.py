"""What the database sorts a list by where a column tells of several rows that belong to the record: the first of them."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import OrderBy


def first_of(rows: QuerySet, link: str, value: str, record: str = "pk") -> OrderBy:
    """By a value of the first of these rows, in their order, whose `link` is the record's `record`; nothing comes last."""
    first = rows.filter(**{link: OuterRef(record)}).values(value)[:1]
    return OrderBy(Subquery(first), nulls_last=True)
