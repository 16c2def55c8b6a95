"""The trail tells on whoever edits, removes, cuts off or rebuilds it, even with the owner's hand."""

import json
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from congress import audit, clock
from congress.audit import copies
from congress.audit.anchors import numbered
from congress.audit.faults import LATE
from congress.crypto.providers import provider
from congress.guard import scope
from congress.models import AuditAnchor, AuditEvent
from tests.conftest import owner_connection
from tests.guard.chains import note
from tests.guard.tampering import found, tamper, whats

pytestmark = pytest.mark.usefixtures("nobody")  # places in the chain are counted from its beginning


def test_an_untouched_chain_is_clean(chain, capsys):
    assert whats() == set()
    call_command("verify_audit")
    assert "未发现改动" in capsys.readouterr().out


def test_an_edited_event_is_found(chain, capsys):
    tamper("UPDATE congress_auditevent SET detail = '{\"次\": 9}' WHERE chain = 0 AND seq = 2")
    assert [str(fault) for fault in audit.verify()] == ["链0 第2条：内容被改动"]
    with pytest.raises(SystemExit):
        call_command("verify_audit", verbosity=0)
    assert "发现1处不符" in capsys.readouterr().out


def test_no_column_of_an_event_can_be_changed(chain):
    for change in (
        "id = gen_random_uuid()",
        "at = at + interval '1 microsecond'",
        "actor_id = 7",
        "verb = 'tests.other'",
        "subject_type = 'x'",
        "subject_id = 'x'",
        "subject_label = 'x'",
        "outcome = 'x'",
        "history = NULL",
    ):
        assert "内容被改动" in found(f"UPDATE congress_auditevent SET {change} WHERE chain = 0 AND seq = 2"), change
    assert whats() == set()


def test_an_event_taken_out_put_in_between_or_cut_off_is_found(chain):
    between = (
        "UPDATE congress_auditevent SET prev = sha256('x') WHERE chain = 0 AND seq = 4",
        "UPDATE congress_auditevent e SET hash = guard_event_hash(e.prev, e) WHERE chain = 0 AND seq = 4",
    )
    assert "记录缺失" in found("DELETE FROM congress_auditevent WHERE chain = 0 AND seq = 4")
    assert found("; ".join(between)) == {"与前一条不相连"}
    assert found("DELETE FROM congress_auditevent WHERE chain = 0 AND seq >= 4") == {"链尾被截断或链首被改"}
    assert whats() == set()


HEAD_BACK = (
    "UPDATE congress_chainhead h SET seq = {seq}, hash = e.hash FROM congress_auditevent e"
    " WHERE h.chain = 0 AND e.chain = 0 AND e.seq = {seq}"
)


def test_a_cut_off_tail_with_the_head_set_back_is_found_by_the_anchor(chain):
    tamper("DELETE FROM congress_auditevent WHERE chain = 0 AND seq >= 3", HEAD_BACK.format(seq=2))
    assert whats() == {"锚点所指的记录不存在"}


def relink(seq: int) -> str:
    before = f"coalesce((SELECT hash FROM congress_auditevent WHERE chain = 0 AND seq = {seq - 1}), ''::bytea)"
    here = f"WHERE e.chain = 0 AND e.seq = {seq}"
    return (
        f"UPDATE congress_auditevent e SET prev = {before} {here};"
        f"UPDATE congress_auditevent e SET hash = guard_event_hash(e.prev, e) {here}"
    )


REBUILD = (
    "UPDATE congress_auditevent SET actor_id = 7 WHERE chain = 0 AND seq = 1",
    *[relink(seq) for seq in range(1, 6)],
    HEAD_BACK.format(seq=5),
)


def test_a_rebuilt_chain_does_not_fit_its_anchor(chain):
    tamper(*REBUILD)
    assert whats() == {"与锚点不符"}


def test_a_rebuilt_chain_without_its_anchors_is_found_by_their_copy(chain):
    tamper(*REBUILD, "DELETE FROM congress_auditanchor")
    assert whats() == {"副本中有，数据库中没有：数据库中的锚点被删除"}


def test_new_anchors_in_the_place_of_deleted_ones_do_not_fit_the_copy(chain):
    tamper(*REBUILD, "DELETE FROM congress_auditanchor")
    assert audit.anchor() == 1
    assert "与副本不符" in whats()


def test_a_chain_that_is_gone_whole_is_found_from_the_township_and_the_copy(transactional_db, world):
    town = world.township.pk
    with scope.township(world.township):
        note(2)
    audit.anchor()
    assert whats() == set()
    tamper(
        f"DELETE FROM congress_auditevent WHERE chain = {town}",
        f"DELETE FROM congress_chainhead WHERE chain = {town}",
        f"DELETE FROM congress_auditanchor WHERE chain = {town}",
    )
    found = {str(fault) for fault in audit.verify()}
    assert f"链{town}：有业务数据而没有任何审计记录" in found
    assert any("副本中有" in fault for fault in found)


def test_three_emptied_tables_are_found(transactional_db, world):
    audit.anchor()
    with owner_connection() as owner:
        for table in ("congress_rowhistory", "congress_auditevent", "congress_auditanchor"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute("TRUNCATE congress_rowhistory, congress_auditevent, congress_chainhead, congress_auditanchor")
        for table in ("congress_rowhistory", "congress_auditevent", "congress_auditanchor"):
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    copies.path().unlink()  # even without the copy
    assert "链0：有业务数据而没有任何审计记录" in {str(fault) for fault in audit.verify()}


# --- anchors


def test_an_anchor_taken_out_of_the_row_is_found(chain):
    audit.anchor()
    note(1)
    audit.anchor()
    assert [anchor.number for anchor in numbered()] == [1, 2, 3]
    copies.path().unlink()
    tamper("DELETE FROM congress_auditanchor WHERE number = 2")
    assert [str(fault) for fault in audit.verify()] == ["锚点第2号：锚点缺失"]


def test_a_changed_anchor_is_found(chain):
    for change, what in (
        ("at = at + interval '1 second'", {"封印不符"}),
        ("mac = 'anchor-1:x'::bytea", {"封印不符"}),
        ("mac = 'x'::bytea", {"封印不符"}),
        ("prev = sha256('x')", {"封印不符", "与前一锚点不相连"}),
        ("chain = 5", {"封印不符"}),
        ("seq = 2", {"与锚点不符"}),
    ):
        assert {*what, "与副本不符"} <= found(f"UPDATE congress_auditanchor SET {change}"), change
    assert whats() == set()


def test_a_seal_of_another_place_does_not_hold(chain):
    audit.anchor()
    tamper(
        "UPDATE congress_auditanchor SET mac = (SELECT mac FROM congress_auditanchor WHERE number = 1) WHERE number = 2"
    )
    assert "封印不符" in whats()


def test_what_was_not_sealed_in_time_is_a_fault(chain):
    with clock.frozen(clock.now() + LATE - timedelta(minutes=1)):
        assert whats() == set()
    with clock.frozen(clock.now() + LATE + timedelta(minutes=1)):
        assert [str(fault) for fault in audit.verify()] == ["链0 第4条：早该加盖锚点而没有锚点"]
        audit.anchor()
        assert whats() == set()


def test_only_heads_that_moved_are_sealed(chain):
    assert audit.anchor() == 1
    assert audit.anchor() == 0
    call_command("anchor_audit", verbosity=0)
    assert AuditAnchor.objects.count() == 2


def test_anchors_made_before_they_were_numbered_still_hold(chain):
    note(1)
    with scope.audit():
        event = AuditEvent.objects.get(chain=0, seq=5)
    mac = provider().anchor(b"0:5:" + bytes(event.hash)).hex()
    tamper(
        f"INSERT INTO congress_auditanchor (chain, seq, hash, mac, prev, at)"
        f" VALUES (0, 5, '\\x{bytes(event.hash).hex()}', '\\x{mac}', '', now())"
    )
    assert whats() == set()
    tamper("UPDATE congress_auditanchor SET mac = sha256('x') WHERE number IS NULL")
    assert whats() == {"与锚点不符"}


def test_an_event_written_before_history_was_sealed_still_holds(chain):
    """Its hash was made over everything but the history, which it does not have."""
    tamper(
        "UPDATE congress_auditevent SET history = NULL WHERE chain = 0 AND seq = 5",
        relink(5),
        HEAD_BACK.format(seq=5),
    )
    assert whats() == set()


# --- the copy outside


def test_every_anchor_is_copied_once_and_the_file_is_for_its_owner_alone(chain):
    note(1)
    audit.anchor()
    lines = copies.path().read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2]
    assert copies.path().stat().st_mode & 0o777 == 0o600
    assert copies.path().parent.stat().st_mode & 0o777 == 0o700
    assert [copy for _, copy in copies.copied()] == numbered()
    assert copies.bring_up_to_date() == 0


def test_what_could_not_be_copied_is_copied_the_next_time(chain, settings, tmp_path):
    copies.path().unlink()
    (tmp_path / "file").write_text("")
    good, settings.CONGRESS_ANCHOR_DIR = settings.CONGRESS_ANCHOR_DIR, str(tmp_path / "file" / "below")
    with pytest.raises(OSError, match="directory"):
        audit.anchor()
    settings.CONGRESS_ANCHOR_DIR = good
    note(1)
    assert audit.anchor() == 1
    assert [copy.number for _, copy in copies.copied()] == [1, 2, 3]


def test_a_copy_that_is_missing_for_long_is_a_fault(chain):
    audit.anchor()
    copies.path().unlink()
    assert whats() == set()
    with clock.frozen(clock.now() + LATE + timedelta(minutes=1)):
        assert [str(fault) for fault in audit.verify()] == ["锚点第1号：没有副本"]


def test_a_line_that_is_no_anchor_is_a_fault(chain):
    before = copies.path().read_text(encoding="utf-8")
    for line in ("", "{}", "x", '{"number": 1, "chain": 0, "seq": 3, "at": "x", "hash": "", "prev": "", "mac": ""}'):
        copies.path().write_text(f"{before}{line}\n", encoding="utf-8")
        assert [str(fault) for fault in audit.verify()] == ["锚点副本第2行：不是加盖过的锚点"]
        assert copies.bring_up_to_date() == 0


def test_a_forged_line_is_a_fault(chain):
    audit.anchor()
    first, second = copies.path().read_text(encoding="utf-8").splitlines()
    forged = json.dumps(json.loads(first) | {"seq": 2})
    copies.path().write_text(f"{forged}\n{second}\n", encoding="utf-8")
    assert "锚点副本第1行：不是加盖过的锚点" in {str(fault) for fault in audit.verify()}


def test_a_running_transaction_seals_one_at_a_time(chain):
    """Two sealers would give the same number; the second waits for the first."""
    with scope.audit(), connection.cursor() as cursor:
        audit.anchor()
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone()[0] == 1


def test_whole_tables_are_held_against_each_other_whatever_the_server_last_counted(world, monkeypatch):
    """Not row by row, as it does with tables that it counted empty; and nothing of it stays with the connection."""
    told = []

    def asked(cursor):
        cursor.execute("SHOW enable_nestloop")
        told.append(cursor.fetchone()[0])
        return ()

    for name in ("verify_history", "verify_standing"):
        monkeypatch.setattr(sys.modules[audit.verify.__module__], name, asked)
    assert list(audit.verify()) == []
    with connection.cursor() as cursor:
        asked(cursor)
    assert told == ["off", "off", "on"]
