"""Destroying a data key erases what it sealed, and leaves rows and trail whole."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from congress import audit
from congress.crypto.providers import provider
from congress.guard.action import Refused, action, verb
from congress.models import AuditEvent, DataKey, RowHistory
from congress.people import erase, keys
from congress.people.erased import ERASED
from congress.people.fields import masked
from congress.people.keys import KeyDestroyed
from deputies.models import Deputy
from tests.people.conftest import ID_NUMBER, PHONE, make_deputy

OTHER = verb("tests.people_later", "后来又做了别的")


def test_every_field_reads_as_destroyed_and_the_row_stays(deputy):
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    for row in (deputy, Deputy.objects.get(pk=deputy.pk)):
        assert row.id_number == row.phone == row.address == ERASED
        assert masked(row, "phone") == f"{row.phone}" == "（已按规定销毁）"
    assert deputy.name == "曾田"


def test_wrapped_key_is_gone_from_every_table(deputy, town):
    wrapped = bytes(DataKey.objects.get().wrapped)
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    row = DataKey.objects.get()
    assert (bytes(row.wrapped), row.wrapped_with, row.destroyed_reason) == (b"", "", "届满五年")
    assert row.destroyed_at is not None
    history = "".join(str(each.before) for each in RowHistory.objects.all())
    assert wrapped.hex() not in history
    assert not RowHistory.objects.filter(table_name="congress_datakey").exists()


def test_key_in_memory_is_forgotten(deputy):
    assert deputy.phone == PHONE
    held = deputy.data_key
    key = keys._open(held)
    erase.destroy(held, actor=None, reason="届满五年")
    assert all(getattr(value, "key", None) != key for value in vars(held).values())
    with pytest.raises(KeyDestroyed):
        keys.unseal(held, deputy.phone_sealed.token, "anywhere")


def test_blind_index_no_longer_tells_that_somebody_is_there(town, deputy):
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    assert not Deputy.objects.filter(id_index=ID_NUMBER).exists()
    assert make_deputy(town).id_number == ID_NUMBER  # may be entered anew


def test_tombstone_counts_rows_and_holds_no_personal_data(deputy):
    assert erase.destroy(deputy.data_key, actor=None, reason="届满五年") == {"deputies.deputy": 1}
    event = AuditEvent.objects.get(verb="people.erase")
    assert event.subject_id == str(deputy.data_key_id)
    assert event.detail == {"retention": "deputies.deputy", "reason": "届满五年", "rows": {"deputies.deputy": 1}}


def test_chain_verifies_after_erasing(deputy):
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    with action(OTHER, actor=None):
        pass
    assert list(audit.verify()) == []


def test_others_keep_their_data(town, deputy):
    other = make_deputy(town, id_number=None)
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    assert Deputy.objects.get(pk=other.pk).phone == PHONE


def test_nothing_is_erased_twice_or_without_reason(deputy):
    with pytest.raises(Refused, match="依据"):
        erase.destroy(deputy.data_key, actor=None, reason=" ")
    stale = DataKey.objects.get()
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    with pytest.raises(Refused, match="已经销毁"):
        erase.destroy(stale, actor=None, reason="届满五年")
    assert AuditEvent.objects.filter(verb="people.erase").count() == 1


def test_erased_row_may_be_saved_but_not_filled_again(deputy):
    erase.destroy(deputy.data_key, actor=None, reason="届满五年")
    row = Deputy.objects.get(pk=deputy.pk)
    row.name = "（已销毁）"
    row.save()
    assert Deputy.objects.get(pk=deputy.pk).phone == ERASED
    row.phone = PHONE
    with pytest.raises(KeyDestroyed), transaction.atomic():
        row.save()


def test_rewrapping_moves_live_keys_to_the_newest_kek(town, deputy):
    gone = make_deputy(town, id_number=None)
    erase.destroy(gone.data_key, actor=None, reason="届满五年")
    call_command("make_keys", rotate="kek", stdout=StringIO())
    provider.cache_clear()
    assert erase.rewrap_all(actor=None, township=town) == 1
    assert erase.rewrap_all(actor=None, township=town) == 0
    row = Deputy.objects.get(pk=deputy.pk)
    assert row.data_key.wrapped_with == "kek-2"
    assert row.phone == PHONE
    assert Deputy.objects.get(pk=gone.pk).phone == ERASED
    events = AuditEvent.objects.filter(verb="people.rewrap").order_by("seq")
    assert [event.detail for event in events] == [{"count": 1}, {"count": 0}]


def test_holders_are_all_models_with_encrypted_fields():
    assert (Deputy, "data_key") in erase.holders()
    assert all(model._meta.get_field(name).related_model is DataKey for model, name in erase.holders())
