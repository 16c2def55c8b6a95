"""The public scope in the database: what was published is read, an inbox is added to, and nothing else is there."""

from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError

from congress.guard import scope
from congress.guard.action import action
from congress.guard.install import _record_policy
from congress.guard.record import INBOX, record_models
from congress.models import AuditEvent, Unit
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.conftest import owner_connection

HERE, THERE = 7, 8


def kind(table: str, guard_public: str) -> SimpleNamespace:
    """What the policy asks of a model."""
    return SimpleNamespace(_meta=SimpleNamespace(db_table=table), guard_public=guard_public)


KINDS = (
    kind("toy_list", "published"),
    kind("toy_line", "list_id IN (SELECT id FROM public.toy_list)"),
    kind("toy_inbox", INBOX),
    kind("toy_other", ""),
)


class Toys:
    """Four tables under policies in a transaction of the owner, who is held by them like everybody else."""

    def __init__(self, owner):
        self.owner = owner
        for one in KINDS:
            owner.execute(
                f"CREATE TABLE public.{one._meta.db_table} (id int, township_id bigint, published boolean, list_id int)"
            )
            owner.execute(_record_policy(one))
        for place in (HERE, THERE):
            with self.as_(write_township=place):
                for table in ("toy_list", "toy_inbox", "toy_other"):
                    self.add(table, place, place * 10 + 1, published=True)
                    self.add(table, place, place * 10 + 2, published=False)
                for at in (1, 2):
                    self.add("toy_line", place, place * 100 + at, list_id=place * 10 + at)

    def add(self, table: str, place: int, key: int, *, published=None, list_id=None) -> None:
        self.owner.execute(f"INSERT INTO public.{table} VALUES (%s, %s, %s, %s)", [key, place, published, list_id])

    def as_(self, **settings):
        """Within the block these settings of a scope are open, and no other."""
        toys = self

        class Opened:
            def __enter__(self):
                names = ("read_townships", "write_township", "read_all", "published_township", "inbox_township")
                for name in names:
                    toys.owner.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", str(settings.get(name, ""))])

            def __exit__(self, *_):
                return False

        return Opened()

    def seen(self) -> dict[str, list[int]]:
        return {
            one._meta.db_table: [
                key for (key,) in self.owner.execute(f"SELECT id FROM public.{one._meta.db_table} ORDER BY id")
            ]
            for one in KINDS
        }


@pytest.fixture(scope="module")
def opened(django_db_setup):
    with owner_connection() as owner, owner.transaction(force_rollback=True):
        yield Toys(owner)


@pytest.fixture
def toys(opened):
    with opened.owner.transaction(force_rollback=True):
        yield opened


def test_the_public_reads_what_the_one_township_published_and_what_hangs_on_it(toys):
    with toys.as_(published_township=HERE):
        assert toys.seen() == {"toy_list": [71], "toy_line": [701], "toy_inbox": [], "toy_other": []}


def test_whoever_works_there_reads_all_of_it_as_before(toys):
    whole = {"toy_list": [71, 72], "toy_line": [701, 702], "toy_inbox": [71, 72], "toy_other": [71, 72]}
    with toys.as_(read_townships=f"{{{HERE}}}"):
        assert toys.seen() == whole
    with toys.as_():
        assert toys.seen() == {table: [] for table in whole}


def refused(toys, statement: str, match: str = "row-level security") -> None:
    with pytest.raises(psycopg.Error, match=match), toys.owner.transaction():
        toys.owner.execute(statement)


def test_anybody_adds_to_the_inbox_of_that_township_and_reads_nothing_back(toys):
    with toys.as_(published_township=HERE, inbox_township=HERE):
        toys.add("toy_inbox", HERE, 79)
        assert toys.seen()["toy_inbox"] == []
        refused(toys, f"INSERT INTO public.toy_inbox VALUES (80, {THERE})")
        refused(toys, f"INSERT INTO public.toy_inbox VALUES (80, {HERE}) RETURNING id")
        for table in ("toy_list", "toy_line", "toy_other"):
            refused(toys, f"INSERT INTO public.{table} VALUES (80, {HERE})")
        assert toys.owner.execute("UPDATE public.toy_inbox SET published = true").rowcount == 0
        refused(toys, "UPDATE public.toy_list SET published = false")
    with toys.as_(read_townships=f"{{{HERE}}}"):
        assert toys.seen()["toy_inbox"] == [71, 72, 79]


def test_who_only_reads_what_is_public_adds_nothing(toys):
    with toys.as_(published_township=HERE):
        refused(toys, f"INSERT INTO public.toy_inbox VALUES (80, {HERE})")
    with toys.as_(read_townships=f"{{{HERE}}}"):
        assert toys.seen()["toy_inbox"] == [71, 72]


def test_nothing_is_public_unless_a_model_says_so(world):
    """Whatever no model has published is not there, whoever asks for it in whatever way."""
    silent = [model for model in record_models() if not model.guard_public]
    with scope.public(world.township, adds=True):
        assert [model._meta.label for model in silent if model._base_manager.exists()] == []
        with scope.township(world.township):
            assert Deputy.objects.exists()
        assert not Deputy.objects.exists()


def test_the_public_writes_no_record_that_is_no_inbox(world):
    refused = pytest.raises(DatabaseError, match="row-level security")
    with scope.public(world.township, adds=True), refused, action(SET_UP, actor=None, township=world.township):
        Unit.objects.create(township=world.township, name="谁都可以写的单位")


def test_what_the_public_adds_is_an_event_of_the_townships_chain(world):
    with scope.public(world.township, adds=True), action(SET_UP, actor=None, township=world.township) as act:
        assert not AuditEvent.objects.exists()
    with scope.township(world.township):
        assert AuditEvent.objects.get(pk=act.id).chain == world.township.pk
