"""What the database sorts a list by where a column tells of several rows that belong to the record: the first of them; and
how an order is read from an index."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import FieldDoesNotExist
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import LPad

from congress.guard.record import Record

LONGEST_NUMBER = 20  # characters


def first_of(rows: QuerySet, link: str, value: str, record: str = "pk") -> OrderBy:
    """By a value of the first of these rows, in their order, whose `link` is the record's `record`; nothing comes last."""
    first = rows.filter(**{link: OuterRef(record)}).values(value)[:1]
    return OrderBy(Subquery(first), nulls_last=True)


def by_number(path: str) -> OrderBy:
    """By a text that is a number as a rule, such as that of a house: 10 after 9, what is longer after what is shorter."""
    return OrderBy(LPad(path, LONGEST_NUMBER, Value(" ")))


def by_index(rows: QuerySet, township) -> QuerySet:
    """The same rows of a township, with the township said once more of the table by which they are sorted first.

    The policies compare townships with a list, behind which no index has an order of its own; behind the one that is named it
    has. Said of one table only: the database takes what is said of several for independent and would expect hardly a row.
    """
    path = path_of_township(rows)
    return rows.filter(**{path: township}) if path else rows


def path_of_township(rows: QuerySet) -> str:
    """The path to the township of the table by which rows are sorted first; empty where none may be named."""
    path, field = _leading(rows)
    if field is None:
        return "" if path is None or "__" in path else "township"
    # What is derived stands beside every row, and what every row must point at; whatever else leads elsewhere may lead nowhere.
    everywhere = field.related_model.guard_derived or not field.null
    return f"{field.name}__township" if everywhere else ""


def keys_by_index(rows: QuerySet, township, first: int, last: int) -> list:
    """The keys of the rows from `first` to `last` in the order of a list, of one township where one is given.

    Sorted by what every row must point at, they are read from there: in the order of its index, and for each the rows that
    point at it, which stand together. The planner, asked to join the two, expects hardly a row of either and sorts them all.
    """
    if township is None:
        return list(rows.values_list("pk", flat=True)[first:last])
    path, field = _leading(rows)
    further = path.partition("__")[2] if path else ""
    alone = tuple(rows.query.order_by[1:]) == ("pk",)
    if (
        field is None
        or field.null
        or not field.many_to_one
        or not alone
        or not _has_index(field.related_model, further)
    ):
        return list(by_index(rows, township).values_list("pk", flat=True)[first:last])
    pointing = rows.filter(**{field.name: OuterRef("pk")}).order_by("pk").values("pk")
    holders = field.related_model._base_manager.filter(township=township).annotate(keys=ArraySubquery(pointing))
    order = f"-{further}" if rows.query.order_by[0].startswith("-") else further
    found = holders.filter(keys__0__isnull=False).order_by(order, "keys__0").values_list("keys", flat=True)[:last]
    return [key for keys in found for key in keys][first:last]


def _has_index(model: type[Record], column: str) -> bool:
    """Whether the rows of a township stand in the order of a column in an index."""
    return any(tuple(index.fields[:2]) == ("township", column) for index in model._meta.indexes)


def _leading(rows: QuerySet) -> tuple[str | None, Any]:
    """The path of the column rows are sorted by first, and the field by which it leads to another record; None where it is
    no plain field of a record, or stays in the own table."""
    path = next(iter(rows.query.order_by), None)
    if not isinstance(path, str) or not issubclass(rows.model, Record):
        return None, None
    path = path.removeprefix("-")
    column, _, further = path.partition("__")
    try:
        field = rows.model._meta.get_field(column) if further else None
    except FieldDoesNotExist:
        return path, None
    beside = field.related_model if field is not None else None
    return path, field if beside is not None and issubclass(beside, Record) else None
