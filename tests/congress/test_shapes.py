"""A query that is narrowed by what somebody typed says what it says when it is put together anew for each word."""

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congress import together
from congress.models import Unit
from congress.permissions import standing_in_township
from congress.web import overall, shapes
from congress.web.search import Tables, conditions
from congress.web.search_words import words_of
from congress.web.shapes import Rows, Shaped, chained
from deputies.models import Deputy
from proposals.models import Matter
from tests.congress.test_overall import HARD, ask, filled, much_told  # noqa: F401

pytestmark = pytest.mark.django_db

SIGNS = "路灯水渠村张伟第届号年月日一二十0123456789 -·%_\\'\"{}:*?()[]^$.\0\ue000\ue001\ufffdzhangwABΩéß\U0002ebf0\U0001f600"
BEYOND = "999999999"
TEXTS = [text for text, _ in HARD]
TEXTS += [
    "路灯",
    "村 路灯 2022",
    "第12号",
    "2022-03",
    "2022年3月",
    "12",
    "zhangwei",
    "张w 路",
    "已交办",
    "视察 渠",
    "100%",
    "a_b\\c",
]
TEXTS += [
    "买买提·吐尔逊",
    "闭会期间",
    "未编号 渠",
    "\ue0003%\ue001",
    "\ue0000\\%\ue001 路",
    "王\U0002ebf0",
    BEYOND,
    "é",
    "主办",
    "0",
]


def anew(shaped: Shaped, met: list[Q]) -> str | None:
    """The statement as it is put together without a shape, with its values; None where there can be no rows."""
    try:
        return said(*shaped._rows(met).query.sql_with_params())
    except EmptyResultSet:
        return None


def kept(shaped: Shaped, met: list[Q]) -> str | None:
    """The same of the statement of the shape."""
    try:
        return said(*shaped.statement(met))
    except EmptyResultSet:
        return None


def said(statement: str, values) -> str:
    """What is sent, but for the types that are written beside the same values."""
    with connection.cursor() as cursor:
        return cursor.mogrify(statement, values).replace("::uuid[]", "")


def test_the_statements_of_every_kind_are_those_put_together_for_each_text(filled):  # noqa: F811
    @settings(max_examples=12)
    @given(st.text(SIGNS, max_size=12))
    def same(text: str) -> None:
        for one in sought:
            met = conditions(one.model, one.finds, text, tables)
            for shaped in (one.keys, one._many):
                assert kept(shaped, met) == anew(shaped, met), (one.kind.label, text)

    for text in TEXTS:
        if text != BEYOND:  # Django leaves a number out that a column cannot hold; no row has it
            same = example(text)(same)
    with filled.in_township():
        standing, tables = standing_in_township(filled.clerk, filled.township), Tables()
        allowed = [kind for kind in overall.kinds() if standing.allows(kind.permission)]
        sought = [overall._sought(kind, standing) for kind in allowed]
        same()


@pytest.mark.parametrize("who", ["clerk", "chair", "deputy_user", "handler", "other_handler", "county_viewer"])
def test_pages_are_the_same_with_shapes_and_without(filled, browse, monkeypatch, who):  # noqa: F811
    client, texts = browse(getattr(filled, who)), [text for text in TEXTS if words_of(text)]
    texts += ["渠", "云溪 渠", "2022 渠", "曾田", "zt 灌溉", "水利站", "22"]
    with_shapes = [ask(client, filled, text).context["groups"] for text in texts]
    monkeypatch.setattr(Shaped, "statement", lambda self, met: self._rows(met).query.sql_with_params())
    without = [ask(client, filled, text).context["groups"] for text in texts]
    assert with_shapes == without
    assert any(with_shapes) or who == "other_handler"


def test_other_words_of_the_same_shape_put_nothing_together(filled, browse, monkeypatch):  # noqa: F811
    client = browse(filled.clerk)
    assert ask(client, filled, "灌溉").context["groups"]
    monkeypatch.setattr(Shaped, "_make", lambda *_: pytest.fail("put together again"))
    assert ask(client, filled, "管护").context["groups"]


def test_what_a_standing_was_asked_beside_its_roles_is_not_shared(filled):  # noqa: F811
    def sought(user):
        with filled.in_township():
            standing = standing_in_township(user, filled.township)
            return {kind.label: overall._sought(kind, standing) for kind in overall.kinds()}

    one, other, clerk = sought(filled.handler), sought(filled.other_handler), sought(filled.clerk)
    assert one["代表建议"] is not other["代表建议"]
    assert one["承办单位"] is other["承办单位"]
    assert one["承办单位"] is not clerk["承办单位"]
    assert sought(filled.handler)["代表建议"] is one["代表建议"]


NAMED = Shaped(lambda met: chained(Unit.objects.order_by("name"), met).values("pk"))
PLAIN = Replace(F("name"), Value("·"), Value(""))


@pytest.mark.parametrize(
    "condition",
    [
        Q(name__contains="a%b_c\\d'"),
        Q(name__icontains="%"),
        Q(name__startswith="_") | ~Q(name__iexact="\\"),
        Q(name="a%") & Q(name__regex="^a%[b]$"),
        Q(name__in=["a%", "b"]) | Q(version=3) | Q(created_at__isnull=True),
        Q(name__in=("a%", "b", "c'")) & Q(version__range=(1, 3)) & Q(name__in={"d"}),
        Q(Contains(PLAIN, "50%")),
        Q(pk__in=Rows(Matter, Q(words__contains="%"), "unit")),
    ],
)
def test_values_stand_where_they_belong_and_as_they_have_to(condition):
    made: dict = {}
    shaped = Shaped(NAMED._rows)
    assert kept(shaped, [condition]) == anew(shaped, [condition]) is not None
    made.update(shaped._made)
    assert None not in made.values()
    assert len(made) == 1


def test_what_cannot_be_told_apart_is_put_together_as_ever():
    shaped = Shaped(NAMED._rows)
    found = Q(pk__in=Matter.objects.filter(words__contains="%").values("unit"))
    for met in ([found], [Q(name=Value("a"))], [Q(name__contains="a") & Q(pk__in=[])]):
        assert kept(shaped, met) == anew(shaped, met)
    assert not any(shaped._made.values()) or kept(shaped, [Q(pk__in=[])]) is None


def test_only_so_many_shapes_are_kept(monkeypatch):
    monkeypatch.setattr(shapes, "MOST", 3)
    shaped = Shaped(NAMED._rows)
    for number in range(1, 12):
        kept(shaped, [Q(name__in=["a"] * number)])
        assert len(shaped._made) <= 3


def test_what_is_narrowed_is_asked_among_others(world):
    with world.in_township():
        wanted = {"a": NAMED(Q(name__contains="水")), "none": NAMED(Q(pk__in=[]))}
        found = together.keys(wanted, 10, anew=True)
        units = Unit.objects.filter(name__contains="水").order_by("name")
        assert found["a"] == [str(one.pk) for one in units]
    assert found["none"] == []
    assert Deputy.short_table
