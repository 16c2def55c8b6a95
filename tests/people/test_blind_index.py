"""Blind indexes: one person typed in many ways is one index; nothing is told to those without the key."""

from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings

from congress.crypto.providers import provider
from congress.people.fields import BlindIndexField, PersonalDataError
from deputies.models import Deputy
from tests.people.conftest import ID_NUMBER, make_deputy, unsaved_deputy
from tests.people.numbers import id_numbers, spellings


def _index(label: str = "id_number") -> BlindIndexField:
    return BlindIndexField(label=label)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(number=id_numbers())
def test_one_person_typed_five_ways_is_one_index(own_keys, number):
    digests = {_index().digest(typed) for typed in spellings(number)}
    assert len(digests) == 1
    assert len(digests.pop()) == 32


@pytest.mark.parametrize("typed", spellings(ID_NUMBER))
def test_row_is_found_however_the_number_is_typed(deputy, typed):
    assert Deputy.objects.get(id_index=typed) == deputy
    assert list(Deputy.objects.filter(id_index__in=[typed, "37010519491231002X"])) == [deputy]


def test_same_person_cannot_be_entered_twice(town, deputy):
    for typed in (each for each in spellings(ID_NUMBER) if len(each) <= 18):
        with pytest.raises(IntegrityError, match="deputy_id_once"), transaction.atomic():
            make_deputy(town, id_number=typed)


def test_nobody_without_a_number_stands_in_the_way(town):
    rows = [make_deputy(town, id_number=number) for number in (None, None, "", "")]
    assert all(row.id_index is None for row in rows)


def test_index_follows_its_source(deputy):
    before = bytes(deputy.id_index)
    deputy.id_number = "37010519491231002X"
    assert bytes(deputy.id_index) != before
    deputy.id_number = None
    assert deputy.id_index is None


def test_labels_and_keys_keep_indexes_apart(own_keys):
    assert _index("id_number").digest(ID_NUMBER) != _index("other").digest(ID_NUMBER)
    before = _index().digest(ID_NUMBER)
    call_command("make_keys", rotate="index", stdout=StringIO())
    provider.cache_clear()
    assert _index().digest(ID_NUMBER) != before
    assert _index().digests(ID_NUMBER)[1] == before


def test_rows_are_found_while_the_index_key_changes(deputy):
    call_command("make_keys", rotate="index", stdout=StringIO())
    provider.cache_clear()
    index = Deputy._meta.get_field("id_index")
    assert not Deputy.objects.filter(id_index=ID_NUMBER).exists()
    assert Deputy.objects.get(id_index__in=index.digests(ID_NUMBER)) == deputy


def test_index_in_the_database_is_no_plain_digest(deputy):
    from congress.crypto.sm3 import sm3

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_index FROM deputies_deputy WHERE id = %s", [deputy.pk])
        stored = bytes(cursor.fetchone()[0])
    assert len(stored) == 32
    assert stored not in {sm3(ID_NUMBER.encode()), sm3(b"id_number\0" + ID_NUMBER.encode())}
    assert stored == _index().digest(ID_NUMBER)


def test_index_is_not_exported(deputy):
    with pytest.raises(PersonalDataError):
        serializers.serialize("json", [deputy], fields=["id_index"])


def test_row_being_entered_has_its_index_already(town):
    assert unsaved_deputy(town, id_number="110105491231002").id_index == _index().digest(ID_NUMBER)


def test_field_without_a_source_is_reported():
    field = Deputy._meta.get_field("id_index")
    assert field.check() == []
    wrong = BlindIndexField(label="nothing")
    wrong.model = Deputy
    wrong.set_attributes_from_name("wrong")
    assert "congress.people.E006" in {error.id for error in wrong.check()}


def test_migrations_carry_label_and_what_differs_from_it():
    assert _index().deconstruct()[3] == {"label": "id_number"}
    field = BlindIndexField(label="id_number", source="number", normalise=str.upper)
    assert field.deconstruct()[3] == {"label": "id_number", "source": "number", "normalise": str.upper}
