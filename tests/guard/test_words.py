"""The index of words: it finds what comparing every row finds, in the scope and nowhere else, and follows the row."""

import random
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.guard import scope
from congress.guard.action import action
from congress.guard.record import record_models
from congress.guard.standing import lock_faults
from congress.guard.words import Holds, index_of
from congress.permissions import standing_in_township
from congress.web import search
from deputies.listings import ACTIVITIES
from deputies.models import Activity
from proposals.listings.receptions import MATTERS, RECEPTIONS
from proposals.listings.suggestions import suggestions
from proposals.models import Matter, Reception, Suggestion
from tests.architecture.samples import FILL
from tests.conftest import owner_connection
from tests.proposals import helpers

SEARCHED = [model for model in record_models() if index_of(model)]


def held(model, word: str) -> set:
    """Keys the function gives for a word."""
    return set(model.objects.filter(Holds("pk", model, word)).values_list("pk", flat=True))


def lists(world):
    """(list, all of its rows) of everything that has an index of words."""
    ledger = suggestions(standing_in_township(world.clerk, world.township))
    return [(MATTERS, Matter), (RECEPTIONS, Reception), (ledger, Suggestion), (ACTIVITIES, Activity)]


def words_in(rows, seed: str) -> list[str]:
    """Pieces of one to four characters out of what rows say, and some that stand nowhere; always the same."""
    dice = random.Random(seed)
    texts = [str(value) for row in rows for value in vars(row).values() if isinstance(value, str) and value]
    texts += [str(row.held_on if hasattr(row, "held_on") else row.created_at.date()) for row in rows]
    pieces = ["没有的", "%", "_", "\\", "水%", "'", "第1号", "1", "2022", "zhang", "转办", "😀"]
    for _ in range(25):
        text = dice.choice(texts)
        start = dice.randrange(len(text))
        pieces.append(text[start : start + dice.randint(1, 4)].split(" ")[0] or "水利")
    return pieces


@pytest.mark.parametrize("many", [0, search.BY_KEY])
def test_every_list_finds_by_index_what_it_finds_by_comparing_every_row(world, samples, monkeypatch, many):
    monkeypatch.setattr(search, "BY_KEY", many)
    found = {}
    with world.in_township():
        helpers.replied(world, proposal="建议Ａｂ乡在春灌前修复塌方渠段，配套ab闸门。")
        for by_index in (True, False):
            if not by_index:
                monkeypatch.setattr(search, "index_of", lambda model: None)
            for listing, model in lists(world):
                for word in words_in(model.objects.order_by("created_at", "pk"), listing.name):
                    keys = set(listing.found(model.objects.all(), word).values_list("pk", flat=True))
                    found.setdefault((listing.name, word), []).append(keys)
    assert len(found) > 100
    assert {where: keys for where, keys in found.items() if keys[0] != keys[1]} == {}
    assert sum(bool(keys[0]) for keys in found.values()) > 40


def test_what_the_index_knows_is_asked_of_it_alone_and_no_row_is_joined_for_its_key(world, samples):
    with world.in_township():
        word = Matter.objects.exclude(words="").first().words[:2]
        with CaptureQueriesContext(connection) as seen:
            search.look(Reception, RECEPTIONS.finds, word, search.Tables())
    first, second = (one["sql"] for one in seen.captured_queries)
    assert f"ARRAY(SELECT public.guard_found('proposals_reception', '{word}', 4001) LIMIT 4001)" in first
    assert 'SELECT "proposals_matter"."reception_id"' in second
    assert '"proposals_reception"' not in first + second


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.db_table)
def test_another_township_is_not_found_whatever_the_words(world, samples, model):
    with scope.township(world.neighbour):
        row, columns = model.objects.order_by("created_at").first(), index_of(model).columns
        if not any(getattr(row, column) for column in columns):
            with action(FILL, actor=None):
                model.objects.filter(pk=row.pk).update(**{columns[0]: "支部书记"})
            row.refresh_from_db()
        text = next(getattr(row, column) for column in columns if getattr(row, column))
    word = text[:2]
    with scope.township(world.neighbour):
        assert row.pk in held(model, word)
    with scope.township(world.township), connection.cursor() as cursor:
        for asked in (word, f"x {world.neighbour.pk}:{word}", f"\x01 {world.neighbour.pk}:{word}", "", " ", f" {word}"):
            cursor.execute("SELECT * FROM guard_found(%s, %s) AS id", [model._meta.db_table, asked])
            keys = {key for (key,) in cursor.fetchall()}
            assert keys <= set(model.objects.values_list("pk", flat=True)), asked
    with scope.reading([world.township, world.neighbour]):
        assert row.pk in held(model, word)


def test_of_each_township_no_more_keys_are_given_than_are_asked_for(world, samples):
    asked = "SELECT count(*) FROM guard_found('proposals_matter', %s, %s)"
    with world.in_township():
        word = Matter.objects.exclude(words="").first().words[:1]
        with connection.cursor() as cursor:
            cursor.execute(asked, [word, None])
            (every,) = cursor.fetchone()
            cursor.execute(asked, [word, every - 1])
            (fewer,) = cursor.fetchone()
    assert every > 1
    assert fewer == every - 1


def test_with_no_township_in_the_scope_nothing_is_found(world, samples):
    with world.in_township():
        word = Matter.objects.first().words[:2]
    with scope.accounts(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM guard_found('proposals_matter', %s)", [word])
        assert cursor.fetchone() == (0,)


def test_a_table_without_an_index_is_not_read(world):
    with pytest.raises(DatabaseError, match="no index of words"), world.in_township(), connection.cursor() as cursor:
        cursor.execute("SELECT guard_found('deputies_deputy', '张三')")


def test_the_index_follows_what_becomes_of_the_row(world):
    with world.in_township(), action(FILL, actor=None):
        made = Activity.objects.create(
            township=world.township, kind="visit", title="看望欧阳测", held_on=date(2022, 5, 1), place="村口"
        )
        assert made.pk in held(Activity, "欧阳") & held(Activity, "阳") & held(Activity, "口")
        Activity.objects.filter(pk=made.pk).update(title="看望（已按规定销毁）")
        assert made.pk not in held(Activity, "欧阳")
        assert made.pk in held(Activity, "销毁")
        Activity.objects.filter(pk=made.pk).update(withdrawn_at="2022-06-01T00:00:00Z")
        assert not ACTIVITIES.found(Activity.objects.kept(), "销毁").exists()


def test_two_characters_are_read_from_the_index_and_not_row_by_row(world):
    asked = "SELECT id FROM proposals_matter AS t WHERE guard_words(t.township_id, number, words, passed_to, answer, proper_channel)"
    with owner_connection() as owner, owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(line for (line,) in owner.execute(f"EXPLAIN {asked} @> ARRAY['1:水利']").fetchall())
    assert "Bitmap Index Scan on matter_words" in plan
    assert "Filter" not in plan


OTHER_POLICIES = (
    "CREATE POLICY guard_search ON deputies_deputy FOR SELECT TO app_owner USING (true)",
    "CREATE POLICY more ON proposals_matter USING (true)",
    "DROP POLICY guard_search ON proposals_matter",
    "ALTER POLICY guard_search ON proposals_matter TO app_rt",
)
AS_IT_WAS = """
DROP POLICY IF EXISTS guard_search ON deputies_deputy;
DROP POLICY IF EXISTS more ON proposals_matter;
DROP POLICY IF EXISTS guard_search ON proposals_matter;
CREATE POLICY guard_search ON proposals_matter FOR SELECT TO app_owner USING (true);
"""


def test_any_other_policy_is_a_fault_that_keeps_the_application_from_starting(transactional_db):
    assert lock_faults() == []
    for other in OTHER_POLICIES:
        with owner_connection() as owner:
            owner.execute(other)
            try:
                assert any("行级安全策略" in fault for fault in lock_faults()), other
            finally:
                owner.execute(AS_IT_WAS)
    assert lock_faults() == []


def test_the_runtime_role_reads_no_row_by_the_owners_policy(world, samples):
    with scope.township(world.township), transaction.atomic():
        places = set(Matter.objects.values_list("township_id", flat=True))
    assert places == {world.township.pk}
