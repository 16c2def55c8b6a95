"""Encrypted fields on real rows: written as ciphertext, read as text, never shown by accident."""

import copy
import logging
import pickle
import uuid

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Value

from congress.crypto.sm4gcm import Tampered
from congress.models import DataKey
from congress.people import keys
from congress.people.fields import EncryptedTextField, Personal, PersonalDataError, before_save, masked
from congress.people.record import with_indexes
from congress.people.sealed import Plain, Sealed
from deputies.models import Deputy
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE, make_deputy, unsaved_deputy

SECRETS = (ID_NUMBER, PHONE, ADDRESS)


def _stored(row, column: str) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM deputies_deputy WHERE id = %s", [row.pk])
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def _store(row, column: str, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE deputies_deputy SET {column} = %s WHERE id = %s", [value, row.pk])


def test_value_survives_the_database(deputy):
    again = Deputy.objects.get(pk=deputy.pk)
    assert (again.id_number, again.phone, again.address) == SECRETS
    assert (deputy.id_number, deputy.phone, deputy.address) == SECRETS


def test_database_holds_ciphertext_that_names_the_data_key(deputy):
    token = _stored(deputy, "phone")
    assert PHONE.encode() not in token
    assert token[2:18] == deputy.data_key_id.bytes
    assert _stored(deputy, "id_number") != _stored(deputy, "phone")


def test_whole_row_in_the_database_holds_no_plaintext(deputy):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(d)::text FROM deputies_deputy d WHERE id = %s", [deputy.pk])
        row = cursor.fetchone()[0]
    for secret in SECRETS:
        assert secret not in row
        assert secret.encode().hex() not in row


@pytest.mark.parametrize("value", [None, "", "一", "line\nbreak", "\U00020000" * 20])
def test_any_text_comes_back_as_it_was(town, value):
    assert Deputy.objects.get(pk=make_deputy(town, address=value).pk).address == value


def test_each_person_has_a_key_and_keeps_it(town, deputy):
    other = make_deputy(town, id_number=None, phone="13900139000")
    assert other.data_key_id != deputy.data_key_id
    kept = deputy.data_key_id
    deputy.phone = "13700137000"
    deputy.save()
    again = Deputy.objects.get(pk=deputy.pk)
    assert (again.data_key_id, again.phone, again.id_number) == (kept, "13700137000", ID_NUMBER)
    assert DataKey.objects.get(pk=kept).retention == "deputies.deputy"


def test_data_key_row_does_not_hold_the_key(deputy):
    row = DataKey.objects.get(pk=deputy.data_key_id)
    key = keys._open(row)
    assert key not in bytes(row.wrapped)
    assert row.wrapped_with == "kek-1"


def test_saving_again_without_change_keeps_the_ciphertext(deputy):
    before = _stored(deputy, "phone")
    again = Deputy.objects.get(pk=deputy.pk)
    again.name = "曾改"
    again.save()
    assert _stored(deputy, "phone") == before


def test_update_fields_writes_what_it_names(deputy):
    deputy.phone, deputy.address = "13900139000", "石桥村"
    deputy.save(update_fields=["phone"])
    again = Deputy.objects.get(pk=deputy.pk)
    assert (again.phone, again.address) == ("13900139000", ADDRESS)


def test_update_fields_must_name_the_index_with_its_source(deputy):
    with pytest.raises(PersonalDataError, match="id_index"):
        before_save(Deputy, deputy, update_fields=frozenset({"id_number"}))
    assert with_indexes(Deputy, ["id_number", "phone"]) == {"id_number", "id_index", "phone"}
    deputy.id_number = None
    deputy.save(update_fields=with_indexes(Deputy, ["id_number"]))
    assert Deputy.objects.get(pk=deputy.pk).id_index is None


# -- ciphertext belongs to its place


def test_ciphertext_moved_to_another_row_does_not_open(town, deputy):
    other = make_deputy(town, id_number=None, phone="13900139000")
    _store(other, "phone", _stored(deputy, "phone"))
    with pytest.raises(Tampered):
        _ = Deputy.objects.get(pk=other.pk).phone


def test_ciphertext_moved_with_its_key_to_another_row_does_not_open(town, deputy):
    other = make_deputy(town, id_number=None, phone="13900139000")
    _store(other, "phone", _stored(deputy, "phone"))
    Deputy.objects.filter(pk=other.pk).update(data_key=deputy.data_key_id)
    with pytest.raises(Tampered):
        _ = Deputy.objects.get(pk=other.pk).phone


def test_ciphertext_moved_to_another_field_does_not_open(deputy):
    _store(deputy, "address", _stored(deputy, "phone"))
    again = Deputy.objects.get(pk=deputy.pk)
    assert again.phone == PHONE
    with pytest.raises(Tampered):
        _ = again.address


def test_wrapped_key_moved_to_another_data_key_does_not_open(town, deputy):
    other = make_deputy(town, id_number=None)
    DataKey.objects.filter(pk=other.data_key_id).update(wrapped=DataKey.objects.get(pk=deputy.data_key_id).wrapped)
    row = Deputy.objects.get(pk=other.pk)
    with pytest.raises(Tampered):
        _ = row.phone
    with pytest.raises(Tampered):  # nor is anything new sealed under a key that belongs to somebody else
        keys.seal(row.data_key, b"x", "anywhere")


def test_changed_byte_in_the_database_is_found(deputy):
    token = bytearray(_stored(deputy, "phone"))
    token[-20] ^= 1
    _store(deputy, "phone", bytes(token))
    with pytest.raises(Tampered):
        _ = Deputy.objects.get(pk=deputy.pk).phone


def test_row_copied_under_another_primary_key_is_refused_at_once(deputy):
    again = Deputy.objects.get(pk=deputy.pk)
    again.pk, again.id_index = uuid.uuid4(), None
    again._state.adding = True
    with pytest.raises(Tampered), transaction.atomic():
        again.save()


# -- nothing shows by accident


def _everything_printed(row) -> str:
    return "".join([repr(row), str(row), f"{row}", repr(vars(row)), str(vars(row)), repr(row.phone_sealed)])


def test_repr_and_str_show_no_plaintext_before_and_after_saving(town):
    row = unsaved_deputy(town)
    printed = repr(vars(row)) + repr(row.__dict__["phone_sealed"]) + str(row.__dict__["phone_sealed"])
    row.save()
    printed += _everything_printed(row) + _everything_printed(Deputy.objects.get(pk=row.pk))
    assert all(secret not in printed for secret in SECRETS)


def test_pickle_holds_ciphertext_only_and_reads_again(deputy):
    again = Deputy.objects.select_related("data_key").get(pk=deputy.pk)
    assert again.phone == PHONE  # the opened key is in memory now
    key = keys._open(again.data_key)
    for row in (deputy, again):
        data = pickle.dumps(row)
        assert all(secret.encode() not in data for secret in SECRETS)
        assert key not in data
        assert pickle.loads(data).phone == PHONE


def test_unsaved_plaintext_is_not_pickled(town):
    with pytest.raises(PersonalDataError, match="save it first"):
        pickle.dumps(unsaved_deputy(town))


def test_copy_and_deepcopy_keep_the_text(town):
    row = unsaved_deputy(town)
    assert copy.copy(row).phone == copy.deepcopy(row).phone == PHONE


def test_log_of_statements_and_of_rows_shows_no_plaintext(town, caplog, settings):
    settings.DEBUG = True
    connection.force_debug_cursor = True
    try:
        with caplog.at_level(logging.DEBUG, logger="django.db.backends"):
            row = make_deputy(town)
            Deputy.objects.get(id_index=ID_NUMBER)
            logging.getLogger("congress").warning("row %s %r %s", row, row, vars(row))
    finally:
        connection.force_debug_cursor = False
    assert "deputies_deputy" in caplog.text
    assert all(secret not in caplog.text for secret in SECRETS)


@pytest.mark.parametrize("kind", ["json", "python", "xml", "jsonl"])
def test_serialisers_refuse(deputy, kind):
    with pytest.raises(PersonalDataError, match="serialised"):
        serializers.serialize(kind, [deputy])


def test_values_give_ciphertext_that_prints_nothing(deputy):
    value = Deputy.objects.filter(pk=deputy.pk).values_list("phone", flat=True).get()
    assert isinstance(value, Sealed)
    assert (repr(value), str(value)) == ("<Sealed>", "（已加密）")


# -- not a thing to query by


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__contains", "__startswith", "__gt", "__regex", "__lower"])
def test_rows_are_not_found_by_it(town, lookup):
    with pytest.raises(FieldError):
        Deputy.objects.filter(**{f"phone{lookup}": [PHONE]})


def test_null_may_be_asked_for_also_in_subqueries(town, deputy):
    bare = make_deputy(town, id_number=None, phone=None)
    assert list(Deputy.objects.filter(phone__isnull=True)) == [bare]
    inner = Deputy.objects.filter(phone__isnull=False)
    assert list(Deputy.objects.filter(pk__in=inner.values("pk"))) == [deputy]
    assert Deputy.objects.filter(phone__isnull=False).count() == 1
    assert list(DataKey.objects.filter(pk__in=inner.values("data_key"))) == [deputy.data_key]


@pytest.mark.parametrize("ordering", ["phone", "-phone", "deputy__phone"])
def test_rows_are_not_sorted_by_it(deputy, ordering):
    model = Deputy if "__" not in ordering else Deputy._meta.get_field("mandates").related_model
    with pytest.raises(FieldError, match="sorted"):
        list(model.objects.order_by(ordering))


def test_database_computes_nothing_from_it(deputy):
    assert isinstance(Deputy.objects.values_list(F("phone"), flat=True).get(), Sealed)
    for name in ("phone__year", "phone__lower"):
        with pytest.raises(FieldError):
            list(Deputy.objects.values(name))


def test_update_of_a_queryset_refuses_plaintext(deputy):
    for value in (PHONE, b"13800138000", Value(PHONE, output_field=Deputy._meta.get_field("phone"))):
        with pytest.raises(PersonalDataError), transaction.atomic():
            Deputy.objects.filter(pk=deputy.pk).update(phone=value)
    assert Deputy.objects.get(pk=deputy.pk).phone == PHONE


@pytest.mark.parametrize("value", [13800138000, b"138", Sealed(b"x"), F("address"), ["1"], Plain("1")])
def test_only_text_is_assigned(town, value):
    with pytest.raises(PersonalDataError):
        unsaved_deputy(town).phone = value


# -- loading


def test_list_with_data_keys_costs_one_query(town, django_assert_num_queries):
    for count in (1, 3):
        while Deputy.objects.count() < count:
            make_deputy(town, id_number=None)
        with django_assert_num_queries(1):
            assert [row.phone for row in Deputy.objects.select_related("data_key")] == [PHONE] * count


def test_deferred_field_loads_when_read(deputy, django_assert_num_queries):
    for queryset in (Deputy.objects.defer("phone"), Deputy.objects.only("name")):
        row = queryset.get(pk=deputy.pk)
        assert "phone_sealed" in row.get_deferred_fields()
        assert row.phone == PHONE
    row = Deputy.objects.only("phone", "data_key").select_related("data_key").get(pk=deputy.pk)
    with django_assert_num_queries(0):
        assert row.phone == PHONE


def test_saving_a_row_with_deferred_field_leaves_it_alone(deputy):
    before = _stored(deputy, "phone")
    row = Deputy.objects.defer("phone").get(pk=deputy.pk)
    row.name = "曾改"
    row.save()
    assert _stored(deputy, "phone") == before


def test_refresh_drops_what_was_not_saved(deputy):
    deputy.phone = "13900139000"
    deputy.refresh_from_db()
    assert deputy.phone == PHONE
    deputy.phone = "13900139000"
    deputy.refresh_from_db(fields=["phone"])
    assert deputy.phone == PHONE


# -- forms and models


class DeputyForm(forms.ModelForm):
    class Meta:
        model = Deputy
        fields = ("phone", "address")


def test_form_shows_text_and_saves_it_encrypted(deputy):
    form = DeputyForm(instance=deputy)
    assert form.initial["phone"] == PHONE
    form = DeputyForm({"phone": "13900139000", "address": ADDRESS}, instance=deputy)
    before = _stored(deputy, "address")
    assert form.is_valid(), form.errors
    form.save()
    assert Deputy.objects.get(pk=deputy.pk).phone == "13900139000"
    assert _stored(deputy, "address") == before  # unchanged text, unchanged ciphertext


def test_form_holds_the_length(deputy):
    form = DeputyForm({"phone": "", "address": "长" * 101}, instance=deputy)
    assert list(form.errors) == ["address"]


def test_full_clean_checks_the_text_and_keeps_it(town, deputy):
    deputy.full_clean()
    deputy.phone = "1" * 21
    with pytest.raises(forms.ValidationError) as refused:
        deputy.full_clean()
    assert "phone" in refused.value.message_dict
    with pytest.raises(ValueError, match="at most 20") as error, transaction.atomic():
        deputy.save()
    assert "1111" not in str(error.value)


def test_masked_uses_the_mask_of_the_field(deputy):
    assert [masked(deputy, name) for name in ("id_number", "phone", "address")] == [
        "110105********002X",
        "138****8000",
        "云溪镇李村3组***",
    ]


def test_declaration_is_demanded_by_a_system_check():
    class Careless(models.Model):
        phone = EncryptedTextField(mask="colour", unique=True)

        class Meta:
            app_label = "congress"
            managed = False

    try:
        found = {error.id for error in Careless._meta.get_field("phone").check()}
    finally:
        del Careless._meta.apps.all_models["congress"]["careless"]
        Careless._meta.apps.clear_cache()
    assert {f"congress.people.E00{number}" for number in range(1, 6)} <= found


def test_migrations_carry_columns_and_nothing_else():
    personal = Personal("联系代表", "代表法", "届满后五年", "内部")
    field = EncryptedTextField("手机", max_length=20, personal=personal, mask="phone")
    field.set_attributes_from_name("phone")
    name, path, args, kwargs = field.deconstruct()
    assert (name, path, args) == ("phone", "congress.people.fields.EncryptedTextField", [])
    assert kwargs == {"verbose_name": "手机", "max_length": 20}
    assert field.db_type(connection) == "bytea"


def test_what_is_longer_than_its_column_is_refused_before_it_is_sealed():
    field = EncryptedTextField("住址", max_length=5)
    assert field.clean("东山村一组", None) == "东山村一组"
    with pytest.raises(ValidationError, match="不超过 5 字符"):
        field.clean("东山村一组1", None)
