"""The policies let the database go straight to a township's rows, whatever the other townships hold."""

import pytest
from django.db import connection

from congress.guard import scope
from congress.guard.record import record_models
from deputies.models import Deputy


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


def test_a_page_opens_one_transaction_and_says_who_asks_once(world, browse, django_assert_max_num_queries):
    client = browse(world.clerk)
    url = f"/t/{world.township.code}/categories/"
    client.get(url)
    with django_assert_max_num_queries(60) as seen:
        assert client.get(url).status_code == 200
    settings = [query["sql"] for query in seen.captured_queries if "set_config" in query["sql"]]
    assert len(settings) == 3  # in and out of the user's scope, into the township's, which is the last


def test_a_user_inside_the_own_scope_needs_no_second_one(world, django_assert_num_queries):
    with scope.user(world.clerk), scope.township(world.township):
        with django_assert_num_queries(0), scope.user(world.clerk):
            inner = scope.current()
        assert inner.write == world.township.pk
        with scope.user(world.chair):
            assert scope.current().user_id == world.chair.pk
        assert scope.current().user_id == world.clerk.pk


def test_reading_everywhere_means_every_township(world):
    with scope.everywhere("a test"):
        towns = set(Deputy.objects.values_list("township_id", flat=True))
    assert towns == {world.township.pk, world.neighbour.pk}
