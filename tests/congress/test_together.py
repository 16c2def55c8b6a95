"""Several questions to the database, asked as one statement."""

import pytest
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from congress import together
from congress.guard.action import action
from congress.models import Township
from congress.prepared import given
from deputies.models import Group
from tests.cast import SET_UP

pytestmark = pytest.mark.django_db
ODD = "100% {0} %s '组'"


@pytest.fixture
def groups(world):
    with world.in_township():
        with action(SET_UP, actor=None):
            Group.objects.bulk_create(
                Group(township=world.township, name=name) for name in ("第一组", "第二组", "第三组", ODD)
            )
        yield Group.objects.order_by("name", "pk")


def test_everything_is_asked_at_once_and_each_answer_belongs_to_its_question(world, groups, django_assert_num_queries):
    of_here = Township.objects.filter(pk=world.township.pk)
    is_here = ExpressionWrapper(Q(code=F("code")), BooleanField())
    with django_assert_num_queries(1):
        found = together.ask({
            "some": (groups.filter(name=ODD), together.THERE),
            "none": (groups.filter(name="第九组"), together.THERE),
            "never": (groups.none(), together.THERE),
            "here": (of_here.values(fact=is_here), together.ONE),
            "nobody": (of_here.none().values(fact=is_here), together.ONE),
            "names": (groups.filter(name__contains="%").values("name"), together.COLUMN),
            "no_names": (groups.none().values("name"), together.COLUMN),
        })  # fmt: skip
    assert found == {
        "some": True,
        "none": False,
        "never": False,
        "here": True,
        "nobody": None,
        "names": [ODD],
        "no_names": [],
    }


def test_what_is_asked_alike_each_time_is_put_together_once_and_says_what_it_is_asked_with(
    groups, django_assert_num_queries
):
    made = []

    def questions():
        made.append(1)
        named = Group.objects.filter(name=given("name")).values("name")
        return {"named": named, "none": groups.none().values("name"), "all": groups.values("name")}

    lists = together.Lists(questions)
    with django_assert_num_queries(2):
        first, second = lists(name="第一组"), lists(name=ODD)
    assert [first["named"], second["named"]] == [[{"name": "第一组"}], [{"name": ODD}]]
    assert first["none"] == []
    assert first["all"] == second["all"] == together.lists({"all": groups.values("name")})["all"]
    assert len(made) == 1
    with pytest.raises(KeyError):
        lists()


def test_keys_are_read_as_text_as_many_as_are_wanted_in_their_order(groups, django_assert_num_queries):
    asked = {"two": groups.values("pk"), "none": groups.none().values("pk"), "no": groups.filter(name="").values("pk")}
    with django_assert_num_queries(1):
        found = together.keys(asked, 2)
    assert found == {"two": [str(row.pk) for row in groups[:2]], "none": [], "no": []}


def test_nothing_is_asked_where_there_is_no_question(groups, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together.ask({}) == {}
        assert together.numbers({"none": groups.none()}) == {"none": 0}
        assert together.lists({"none": groups.none().values("name")}) == {"none": []}


def test_rows_are_counted_no_further_than_one_more_than_the_most(groups):
    asked = {"all": groups, "one": groups.filter(name=ODD), "names": groups.values("name").distinct()}
    assert together.numbers(asked) == {"all": 4, "one": 1, "names": 4}
    assert together.numbers(asked, most=2) == {"all": 3, "one": 1, "names": 3}


def test_a_list_keeps_its_order_and_its_words(groups):
    found = together.lists({"odd": groups.filter(name=ODD).values("name"), "back": groups.reverse().values("name")[:2]})
    assert found["odd"] == [{"name": ODD}]
    assert found["back"] == [{"name": name} for name in list(groups.reverse().values_list("name", flat=True))[:2]]


def remembered() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor]


def test_the_server_remembers_what_is_asked_again_but_not_what_somebody_typed(groups):
    wanted = groups.filter(name=ODD).annotate(asked_again=F("name"))
    typed = groups.filter(name=ODD).annotate(typed_once=F("name"))
    for _ in range(2):
        assert together.lists({"names": wanted.values("asked_again")}) == {"names": [{"asked_again": ODD}]}
        assert together.numbers({"names": typed.values("typed_once")}, anew=True) == {"names": 1}
    assert [text.count("asked_again") for text in remembered() if "asked_again" in text] == [1]
    assert not [text for text in remembered() if "typed_once" in text]


@pytest.mark.parametrize(("anew", "times"), [(False, 1), (True, 0)])
def test_what_is_put_together_once_is_planned_once_unless_its_values_decide_the_plan(groups, anew, times):
    wanted = together.Lists(lambda: {"names": groups.filter(name=given("name")).values("name")}, anew=anew)
    assert [wanted(name=name) for name in (ODD, "没有")] == [{"names": [{"name": ODD}]}, {"names": []}]
    assert len([text for text in remembered() if "jsonb_agg" in text]) == times
