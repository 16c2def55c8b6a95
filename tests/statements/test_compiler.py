"""Statements are those of Django, letter by letter."""

import pytest
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.compiler import SQLCompiler as AsEver
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Col, OrderBy
from django.db.models.functions import Concat, Lower

from congress.models import Category, Membership, Township, Unit
from congress.statements.compiler import SQLCompiler

NAMED = Unit.objects.annotate(low=Lower("name"), members=Count("membership"))
FIRST = Township.objects.filter(pk=OuterRef("township")).order_by("name").values("name")
ROWS = {
    "as the model has it": Unit.objects.all(),
    "none": Unit.objects.order_by(),
    "columns": Unit.objects.order_by("-name", "pk"),
    "expressions": Unit.objects.order_by(F("name").desc(nulls_last=True), Lower("name"), Value(1)),
    "by chance": Unit.objects.order_by("?"),
    "turned round": Unit.objects.order_by("name", F("version")).reverse()[2:5],
    "one of each": Unit.objects.order_by("name").distinct("name"),
    "the column itself": Unit.objects.order_by(OrderBy(Col("congress_unit", Unit._meta.get_field("name")))),
    "a column that is read": Unit.objects.order_by("name", "pk").values("name"),
    "a column under another name": Unit.objects.values(said=F("name")).order_by("said", "name"),
    "by hand": Unit.objects.extra(select={"one": "1"}, order_by=["-one", "congress_unit.name"]),
    "what is told beside": NAMED,
    "by what is told beside": NAMED.order_by("low", "-members", F("members").desc(), Lower("name")),
    "by what is not read": NAMED.alias(both=Concat("name", Value(" "), "low")).order_by("-both"),
    "by the first of others": Unit.objects.annotate(one=Subquery(FIRST)).order_by("one", "township__name"),
    "what stands around": Membership.objects.select_related("township__county", "county", "user").order_by(
        "township__county__code", "-user__username", F("unit__township__name"), "unit__township__county"
    ),
    "joined twice": Category.objects.filter(Q(past__category__version=1) | Q(past__version=2)).order_by(
        "past__category"
    ),
    "rows of rows": Unit.objects.filter(pk__in=Unit.objects.order_by("name").values("pk")[:3]).order_by("-pk"),
    "two together": Unit.objects.all().union(Unit.objects.filter(version=1)).order_by("name", "-pk"),
    "values together": Unit.objects.values("name").union(Township.objects.values("name")).order_by("-name"),
}


def said_by(compiler: type, rows: models.QuerySet) -> tuple:
    """The statement and its values."""
    return compiler(rows.query.clone(), connection, DEFAULT_DB_ALIAS).as_sql()


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_a_statement_is_that_of_django(rows):
    statement = said_by(SQLCompiler, rows)
    assert statement == said_by(AsEver, rows)
    assert rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql() == statement


def test_rows_of_every_model_are_read_as_django_reads_them():
    told = [
        (said_by(SQLCompiler, rows), said_by(AsEver, rows))
        for model in apps.get_models()
        for every in [model._default_manager.all()]
        for rows in (every, every.select_related(), every.reverse())
    ]
    assert [ours for ours, djangos in told if ours != djangos] == []
    assert len(told) > 300


def test_a_column_that_is_ordered_by_stands_by_its_number():
    statement, _ = said_by(SQLCompiler, ROWS["the column itself"])
    assert statement.rpartition("ORDER BY ")[2].split()[0].isdigit()


def test_plain_columns_are_not_compared_with_the_order(monkeypatch):
    monkeypatch.setattr(Col, "__hash__", lambda self: pytest.fail("compared"))
    assert said_by(SQLCompiler, ROWS["columns"])
    with pytest.raises(pytest.fail.Exception):
        said_by(AsEver, ROWS["columns"])
