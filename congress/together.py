"""Several small questions to the database as one statement: what a page counts and the short lists it chooses from."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, JSONField, QuerySet, Subquery
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


class _Number(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) asked)"
    output_field = IntegerField()


class _Rows(Subquery):
    template = "(SELECT coalesce(jsonb_agg(to_jsonb(asked)), '[]') FROM (%(subquery)s) asked)"
    output_field = JSONField()


def numbers(questions: Mapping[Any, QuerySet]) -> dict[Any, int]:
    """How many rows each of the querysets has."""
    return _ask({key: _Number(_keys(rows)) for key, rows in questions.items()})


def lists(questions: Mapping[Any, QuerySet]) -> dict[Any, list[dict]]:
    """The rows of each of the querysets (of `values()` that JSON can hold; a key comes as text), in their order."""
    return {
        key: json.loads(found) for key, found in _ask({key: _Rows(rows) for key, rows in questions.items()}).items()
    }


def _keys(rows: QuerySet) -> QuerySet:
    return (rows if rows.query.has_select_fields else rows.values("pk")).order_by()


def _ask(questions: Mapping[Any, Subquery]) -> dict[Any, Any]:
    if not questions:
        return {}
    query = Query(None)
    for at, question in enumerate(questions.values()):
        query.add_annotation(question, f"a{at}")
    return dict(zip(questions, query.get_compiler("default").execute_sql(SINGLE), strict=True))
