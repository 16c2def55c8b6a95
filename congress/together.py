"""Several small questions to the database as one statement: what a page counts and the short lists it chooses from; and
what is counted beside a row."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, JSONField, OuterRef, QuerySet, Subquery, Value
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE

COUNTED = 10_000  # what nobody pages through is not counted either


class _Number(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) asked)"
    output_field = IntegerField()


_UP_TO = "(SELECT count(*) FROM (%(subquery)s LIMIT {bound}) asked)"


class _Rows(Subquery):
    template = "(SELECT coalesce(jsonb_agg(to_jsonb(asked)), '[]') FROM (%(subquery)s) asked)"
    output_field = JSONField()


def numbers(questions: Mapping[Any, QuerySet], most: int = COUNTED) -> dict[Any, int]:
    """How many rows each of the querysets has; one more than `most` where there are more than that."""
    return _ask({key: up_to(rows, most) for key, rows in questions.items()})


def up_to(rows: QuerySet, most: int) -> Subquery:
    """What a query is annotated with: how many of these rows there are; one more than `most` where there are more than that."""
    return _Number(bare(rows), template=_UP_TO.format(bound=most + 1))


def said(number: int, most: int = COUNTED) -> str:
    """A number of rows in words; what is more than is counted ends with a plus."""
    return f"{most}+" if number > most else str(number)


def lists(questions: Mapping[Any, QuerySet]) -> dict[Any, list[dict]]:
    """The rows of each of the querysets (of `values()` that JSON can hold; a key comes as text), in their order."""
    return {
        key: json.loads(found) for key, found in _ask({key: _Rows(rows) for key, rows in questions.items()}).items()
    }


def number_of(rows: QuerySet, link: str) -> Subquery:
    """What a query is annotated with: how many of these rows lead to its record by `link`. Counted for the rows that are
    read and no others, while an aggregate would join and group the whole of a long list for each of its pages."""
    return _Number(bare(rows.filter(**{link: OuterRef("pk")})))


def bare(rows: QuerySet) -> QuerySet:
    """The rows to be counted, without order and columns, so that an index that knows them all is enough."""
    query = rows.query
    if query.has_select_fields:
        return rows.order_by()
    if query.distinct or query.group_by is not None:
        return rows.order_by().values("pk")
    return rows.order_by().annotate(counted=Value(1)).values("counted")


def _ask(questions: Mapping[Any, Subquery]) -> dict[Any, Any]:
    if not questions:
        return {}
    query = Query(None)
    for at, question in enumerate(questions.values()):
        query.add_annotation(question, f"a{at}")
    return dict(zip(questions, query.get_compiler("default").execute_sql(SINGLE), strict=True))
