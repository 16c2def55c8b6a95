"""A master key gets a new version: what it wraps and the indexes made with it follow, and nothing else changes."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from congress import audit
from congress.crypto.providers import provider
from congress.guard import scope
from congress.models import AuditEvent, DataKey, Township
from congress.people import rekey
from congress.people.erased import ERASED
from congress.people.scrub import find_personal
from deputies.models import Deputy
from tests.people.conftest import ID_NUMBER, PHONE, make_deputy
from tests.people.erasing import ended, erased

OTHER_NUMBER = "37010519491231002X"


def rotate(kind: str) -> None:
    call_command("make_keys", rotate=kind, stdout=StringIO())
    provider.cache_clear()


def told(verb: str) -> list[dict]:
    return [event.detail for event in AuditEvent.objects.filter(verb=verb).order_by("seq")]


def test_rewrapping_moves_live_keys_to_the_newest_kek(town, deputy):
    gone = make_deputy(town, id_number=None)
    erased(gone)
    rotate("kek")
    assert rekey.rewrap_all(actor=None, township=town) == 1
    assert rekey.rewrap_all(actor=None, township=town) == 0
    row = Deputy.objects.get(pk=deputy.pk)
    assert row.data_key.wrapped_with == "kek-2"
    assert row.phone == PHONE
    assert Deputy.objects.get(pk=gone.pk).phone == ERASED
    assert told("people.rewrap") == [{"count": 1}, {"count": 0}]


def test_indexes_follow_the_newest_key_and_find_and_hold_apart_as_before(town, deputy, monkeypatch):
    monkeypatch.setattr(rekey, "_AT_ONCE", 2)
    others = [
        make_deputy(town, id_number=f"11010519491231{number}", name="单木") for number in ("0038", "0054", "0070")
    ]
    bare = make_deputy(town, id_number=None)
    gone = make_deputy(town, id_number=OTHER_NUMBER)
    erased(gone)
    before = bytes(deputy.id_index)
    rotate("index")
    assert not Deputy.objects.filter(id_index=ID_NUMBER).exists()
    assert rekey.reindex_all(actor=None, township=town) == 1 + len(others)
    assert rekey.reindex_all(actor=None, township=town) == 0
    row = Deputy.objects.get(id_index=ID_NUMBER)
    assert row == deputy
    assert bytes(row.id_index) != before
    assert (row.id_number, row.phone) == (ID_NUMBER, PHONE)
    assert Deputy.objects.get(pk=bare.pk).id_index is None
    assert Deputy.objects.get(pk=gone.pk).id_index is None
    with pytest.raises(IntegrityError, match="deputy_id_once"), transaction.atomic():
        make_deputy(town, id_number=ID_NUMBER)


def test_the_event_counts_and_names_nobody(town, deputy):
    rotate("index")
    rekey.reindex_all(actor=None, township=town)
    [detail] = told("people.reindex")
    assert detail["deputies.deputy"] == 1
    assert set(detail) == {model._meta.label_lower for model in rekey.indexed_models()}
    assert find_personal(str(detail)) == []


def test_the_command_turns_both_in_every_township(transactional_db, world, capsys):
    ended(world)
    keys = sum(len(keys_of(town)) for town in Township.objects.all())
    rotate("kek")
    rotate("index")
    call_command("rewrap_keys")
    assert f"已重新封装{keys}个数据密钥、0份两步验证的密钥，重算1条记录的检索值" in capsys.readouterr().out
    assert {key.wrapped_with for town in Township.objects.all() for key in keys_of(town)} == {provider().current("kek")}
    with world.in_township():
        assert Deputy.objects.get(id_index=ID_NUMBER).name == "欧阳测"
    audit.anchor()
    assert list(audit.verify()) == []


def keys_of(town) -> list[DataKey]:
    with scope.township(town):
        return list(DataKey.objects.filter(township=town))
