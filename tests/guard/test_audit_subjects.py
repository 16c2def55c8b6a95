"""The trail tells on whoever changes what its events speak of: history, files, documents."""

import pytest

from congress import audit, clock, files
from congress.documents import kit
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, RowHistory
from tests.cast import SET_UP
from tests.guard.tampering import found, tamper, whats


@pytest.fixture
def renamed(transactional_db, world):
    """A station renamed twice."""
    with scope.township(world.township):
        for name in ("二名", "三名"):
            with action(SET_UP, actor=None, subject=world.station):
                world.station.name = name
                world.station.save()
    audit.anchor()
    assert whats() == set()
    return world


CHANGED_HISTORY = (
    ("UPDATE congress_rowhistory SET before = jsonb_set(before, '{name}', '\"没这回事\"')", "行历史被改动"),
    ("UPDATE congress_rowhistory SET at = at + interval '1 second'", "行历史被改动"),
    ("UPDATE congress_rowhistory SET row_id = 'x'", "行历史被改动"),
    ("UPDATE congress_rowhistory SET salt = gen_random_uuid()", "行历史被改动"),
    ("UPDATE congress_rowhistory SET digest = sha256('x')", "行历史被改动"),
    ("UPDATE congress_rowhistory SET digest = sha256('x')", "该动作的行历史或行状态被删改"),
    ("UPDATE congress_rowhistory SET digest = NULL", "行历史没有对应的审计记录"),
    ("UPDATE congress_rowhistory SET action_id = gen_random_uuid()", "行历史没有对应的审计记录"),
    ("DELETE FROM congress_rowhistory WHERE before ->> 'name' = '二名'", "该动作的行历史或行状态被删改"),
    (
        "UPDATE congress_rowhistory h SET erased_by_id = (SELECT id FROM congress_auditevent LIMIT 1)",
        "行历史不是由销毁动作销毁的",
    ),
)


def test_history_changed_behind_the_triggers_is_found(renamed):
    for statement, what in CHANGED_HISTORY:
        assert what in found(statement), statement
    assert whats() == set()


def test_a_before_image_added_later_is_found(renamed):
    tamper(
        "INSERT INTO congress_rowhistory (id, table_name, row_id, township_id, action_id, at, operation, before, digest)"
        " SELECT gen_random_uuid(), table_name, row_id, township_id, action_id, at, operation, before, digest"
        " FROM congress_rowhistory LIMIT 1"
    )
    assert "该动作的行历史或行状态被删改" in whats()


def test_every_before_image_has_a_salt_and_lies_under_its_event(renamed):
    with scope.township(renamed.township):
        images = list(RowHistory.objects.filter(table_name="deputies_station"))
        assert len(images) == 2
        for image in images:
            assert image.salt is not None
            assert AuditEvent.objects.filter(pk=image.action_id).exists()
        assert len({image.salt for image in images}) == 2


@pytest.fixture
def issued(transactional_db, world):
    """An issued document, and a file that belongs to none."""
    kind = kit.DocumentKind("tests.audit", "样本", lambda context, draft: b"%PDF-" + context["number"].encode())
    with scope.township(world.township):
        document = kit.issue(
            world.clerk, kind, world.township, title="样本", context={}, subject=world.station, issued_on=clock.today()
        )
        with action(SET_UP, actor=None):
            files.store(world.township, b"loose", name="n", content_type="text/plain")
    audit.anchor()
    assert whats() == set()
    return document


def test_a_file_or_a_document_changed_behind_the_triggers_is_found(issued):
    content, other = "内容与散列不符", "印发文件与记录的散列不符"
    forged = "content = 'forged', size = 6, sha256 = encode(sha256('forged'), 'hex')"
    loose = "(SELECT id FROM congress_storedfile WHERE name = 'n')"
    for table, change, what in (
        ("congress_storedfile", f"SET content = 'forged' WHERE id = '{issued.file_id}'", {content}),
        ("congress_storedfile", "SET size = 1 WHERE name = 'n'", {content}),
        ("congress_storedfile", f"SET {forged} WHERE id = '{issued.file_id}'", {other}),
        ("congress_document", f"SET file_id = {loose}", {other, "记录不经动作被改动"}),
    ):
        assert found(f"UPDATE {table} {change}") == what, change
    assert found("DELETE FROM congress_document") == {other, "记录不经动作而消失"}
    assert whats() == set()
