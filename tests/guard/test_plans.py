"""The policies let the database go straight to a township's rows, whatever the other townships hold."""

import pytest
from django.db import ProgrammingError, connection

from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import record_models
from congress.models import Category
from congress.permissions import CATEGORIES
from congress.web.pages import township_view
from deputies.models import Deputy
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("own_planner")


def plan_of(queryset) -> str:
    """How the database would read these rows if it had to avoid reading whole tables."""
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        lines = [line for (line,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return "\n".join(lines)


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model._meta.db_table)
def test_the_policy_of_every_record_can_use_an_index(world, model):
    with scope.township(world.township):
        plan = plan_of(model.objects.order_by())
    assert "township_id = ANY" in plan
    assert f"Seq Scan on {model._meta.db_table}" not in plan


@pytest.mark.parametrize("what", ["analyze_scale_factor", "vacuum_insert_scale_factor"])
def test_the_planner_hears_of_a_township_whose_rows_came_at_once(db, what):
    """A hundredth of a table is new and it is analysed and vacuumed, not a tenth or a fifth."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE %s = ANY(reloptions)", [f"autovacuum_{what}=0.01"])
        assert {table for (table,) in cursor.fetchall()} >= {model._meta.db_table for model in record_models()}


def test_a_page_opens_one_transaction_and_says_who_asks_once(world, browse, django_assert_max_num_queries):
    client = browse(world.clerk)
    url = f"/t/{world.township.code}/categories/"
    client.get(url)
    with django_assert_max_num_queries(60) as seen:
        assert client.get(url).status_code == 200
    settings = [query["sql"] for query in seen.captured_queries if "set_config" in query["sql"]]
    assert len(settings) == 2  # in, and out again: the transaction of the test goes on


def test_who_only_looks_can_write_nothing_whatever_the_role(world, rf):
    request = rf.get("/")
    request.user, request.htmx = world.clerk, False

    @township_view(CATEGORIES)
    def view(request, township):
        with action(SET_UP, actor=request.user):
            Category.objects.create(township=township, kind=Category.Kind.MATTER, label="偷偷写的")

    with pytest.raises(ProgrammingError, match="row-level security"):
        view(request, code=world.township.code)


def test_a_user_inside_the_own_scope_needs_no_second_one(world, django_assert_num_queries):
    with scope.user(world.clerk), scope.township(world.township):
        with django_assert_num_queries(0), scope.user(world.clerk):
            inner = scope.current()
        assert inner.write == world.township.pk
        with scope.user(world.chair):
            assert scope.current().user_id == world.chair.pk
        assert scope.current().user_id == world.clerk.pk


def test_reading_what_is_read_already_needs_no_second_scope_and_never_keeps_a_right_to_write(
    world, django_assert_num_queries
):
    with scope.reading([world.township], by=world.clerk):
        with django_assert_num_queries(0), scope.reading([world.township]):
            assert scope.current().read == (world.township.pk,)
        with scope.reading([world.neighbour]):
            assert scope.current().read == (world.neighbour.pk,)
    with scope.township(world.township), scope.reading([world.township]):
        assert scope.current().write is None


def test_reading_everywhere_means_every_township(world):
    with scope.everywhere("a test"):
        towns = set(Deputy.objects.values_list("township_id", flat=True))
    assert towns == {world.township.pk, world.neighbour.pk}


def test_no_table_has_one_index_twice(db):
    """Each is written with every row and held in memory; a reference brings its own."""
    same = "indrelid, indkey::text, indclass::text, indcollation::text, indoption::text, indexprs::text, indpred::text"
    same += ", indisunique"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT array_agg(indexrelid::regclass::text) FROM pg_index GROUP BY {same} HAVING count(*) > 1"
        )
        assert cursor.fetchall() == []
