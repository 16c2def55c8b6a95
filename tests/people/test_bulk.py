"""Encrypted rows written many at a time."""

import pytest
from django.db import transaction

from congress.crypto.sm4gcm import Tampered
from congress.models import DataKey
from congress.people import keys
from congress.people.keys import DataKeyMissing
from congress.people.record import prepare_bulk, with_indexes
from deputies.models import Deputy
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE, make_deputy, unsaved_deputy
from tests.people.numbers import spellings


def _many(town, count=5):
    return [unsaved_deputy(town, id_number=None, phone=f"1380013800{number}") for number in range(count)]


def test_bulk_create_gives_each_person_a_key(town):
    Deputy.objects.bulk_create(prepare_bulk(_many(town)))
    rows = Deputy.objects.select_related("data_key").order_by("created_at")
    assert sorted(row.phone for row in rows) == [f"1380013800{number}" for number in range(5)]
    assert len({row.data_key_id for row in rows}) == 5


def test_keys_made_together_are_each_a_key_of_its_own_that_opens_what_it_sealed_and_nothing_else(town):
    made = keys.new_data_keys(town.pk, "tests", 3)
    for key in made:
        keys.forget(key)  # opened from what is kept of it from here on
    sealed = [keys.seal(key, b"text", "place") for key in made]
    assert [keys.unseal(key, token, "place") for key, token in zip(made, sealed, strict=True)] == [b"text"] * 3
    assert len({key.pk for key in made}) == len({bytes(key.wrapped) for key in made}) == 3
    with pytest.raises(Tampered):
        keys.unseal(made[0], sealed[1], "place")
    made[0].wrapped = made[1].wrapped
    keys.forget(made[0])
    with pytest.raises(Tampered):
        keys.seal(made[0], b"text", "place")


def test_keys_of_a_bulk_cost_one_statement(town, django_assert_num_queries):
    rows = _many(town, 20)
    with django_assert_num_queries(1):
        prepare_bulk(rows)


def test_rows_of_a_batch_may_share_a_key(town):
    shared = keys.new_data_key(town.pk, "voters.roll")
    shared.save(force_insert=True)
    Deputy.objects.bulk_create(prepare_bulk(_many(town), shared))
    assert DataKey.objects.count() == 1
    assert {row.address for row in Deputy.objects.select_related("data_key")} == {ADDRESS}


def test_bulk_create_unprepared_is_refused_with_the_way_out(town):
    with pytest.raises(DataKeyMissing, match="prepare_bulk"), transaction.atomic():
        Deputy.objects.bulk_create(_many(town))


def test_bulk_create_sets_the_blind_index(town):
    Deputy.objects.bulk_create(prepare_bulk([unsaved_deputy(town, id_number=spellings(ID_NUMBER)[-1])]))
    assert Deputy.objects.get(id_index=ID_NUMBER).id_number == "110105491231002"


def test_bulk_update_encrypts(town):
    rows = [make_deputy(town, id_number=None) for _ in range(3)]
    for number, row in enumerate(rows):
        row.phone, row.address, row.id_number = f"1390013900{number}", None, f"11010549123100{number}"
    Deputy.objects.bulk_update(rows, sorted(with_indexes(Deputy, ["phone", "address", "id_number"])))
    again = {row.pk: row for row in Deputy.objects.select_related("data_key")}
    for number, row in enumerate(rows):
        assert again[row.pk].phone == f"1390013900{number}"
        assert again[row.pk].address is None
        assert Deputy.objects.get(id_index=f"11010549123100{number}") == row


def test_bulk_update_of_untouched_rows_keeps_them_readable(town):
    make_deputy(town)
    rows = list(Deputy.objects.all())
    Deputy.objects.bulk_update(rows, ["phone"])
    assert Deputy.objects.get().phone == PHONE


def test_prepared_row_is_sealed_and_still_reads(town):
    row = prepare_bulk([unsaved_deputy(town)])[0]
    assert repr(row.__dict__["phone_sealed"]) == "<Sealed>"
    assert row.phone == PHONE
