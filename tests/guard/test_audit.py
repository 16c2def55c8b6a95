"""The trail tells on whoever edits, removes, cuts off or rebuilds it, even with the owner's hand."""

import pytest
from django.core.management import call_command

from congress import audit
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import AuditEvent
from tests.conftest import owner_connection

NOTE = verb("tests.note", "记了一笔")


@pytest.fixture
def chain(transactional_db):
    """Five committed events of the system's chain, the third one sealed."""
    for number in range(5):
        with action(NOTE, actor=None, detail={"次": number}):
            pass
        if number == 2:
            audit.anchor()
    with scope.audit():
        assert AuditEvent.objects.count() == 5


def tamper(*statements: str) -> None:
    """What somebody with the owner's password can do: take the triggers away and write."""
    with owner_connection() as owner:
        owner.execute(
            "ALTER TABLE congress_auditevent DISABLE TRIGGER USER; ALTER TABLE congress_auditevent NO FORCE ROW LEVEL SECURITY"
        )
        for statement in statements:
            owner.execute(statement)
        owner.execute(
            "ALTER TABLE congress_auditevent ENABLE TRIGGER USER; ALTER TABLE congress_auditevent FORCE ROW LEVEL SECURITY"
        )


def whats() -> set[str]:
    return {fault.what for fault in audit.verify()}


def test_an_untouched_chain_is_clean(chain):
    assert whats() == set()
    call_command("verify_audit", verbosity=0)


def test_an_edited_event_is_found(chain):
    tamper("UPDATE congress_auditevent SET detail = '{\"次\": 9}' WHERE chain = 0 AND seq = 2")
    assert whats() == {"内容被改动"}
    with pytest.raises(SystemExit):
        call_command("verify_audit", verbosity=0)


def test_a_removed_event_is_found(chain):
    tamper("DELETE FROM congress_auditevent WHERE chain = 0 AND seq = 4")
    assert "记录缺失" in whats()


def test_a_cut_off_tail_is_found(chain):
    tamper("DELETE FROM congress_auditevent WHERE chain = 0 AND seq >= 4")
    assert whats() == {"链尾被截断或链首被改"}


def test_a_cut_off_tail_with_the_head_set_back_is_found_by_the_anchor(chain):
    tamper(
        "DELETE FROM congress_auditevent WHERE chain = 0 AND seq >= 3",
        "UPDATE congress_chainhead h SET seq = 2, hash = e.hash FROM congress_auditevent e WHERE h.chain = 0 AND e.chain = 0 AND e.seq = 2",
    )
    assert whats() == {"锚点所指的记录不存在"}


def relink(seq: int) -> str:
    before = f"coalesce((SELECT hash FROM congress_auditevent WHERE chain = 0 AND seq = {seq - 1}), ''::bytea)"
    here = f"WHERE e.chain = 0 AND e.seq = {seq}"
    return (
        f"UPDATE congress_auditevent e SET prev = {before} {here};"
        f"UPDATE congress_auditevent e SET hash = guard_event_hash(e.prev, e) {here}"
    )


def test_a_rebuilt_chain_does_not_fit_its_anchor(chain):
    tamper(
        "UPDATE congress_auditevent SET actor_id = 7 WHERE chain = 0 AND seq = 1",
        *[relink(seq) for seq in range(1, 6)],
        "UPDATE congress_chainhead h SET hash = e.hash FROM congress_auditevent e"
        " WHERE h.chain = 0 AND e.chain = 0 AND e.seq = 5",
    )
    assert whats() == {"与锚点不符"}
