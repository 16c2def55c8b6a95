"""Declarations of personal data and the inventory made of them."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import JSONField, TextField

from congress.guard.record import record_models
from congress.models import Category, Document, ImportBatch, Unit
from congress.people.fields import EncryptedTextField
from congress.people.personal import WRITTEN_BY_PROGRAM, Klass, Personal, free_texts, inventory
from deputies.models import Deputy
from proposals.models import Matter


def test_inventory_lists_every_encrypted_field_with_its_declaration():
    held = {(each.model, each.field): each for each in inventory()}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                assert held[model, field.name].encrypted
                assert held[model, field.name].personal.purpose
    assert not held[Deputy, "name"].encrypted
    assert held[Deputy, "id_number"].personal.klass is Klass.SENSITIVE


def test_declared_name_that_is_no_column_is_an_error(monkeypatch):
    monkeypatch.setattr(Deputy, "personal_fields", {"nickname": Personal("a", "b", "c", "公开")})
    with pytest.raises(FieldDoesNotExist):
        list(inventory())


@pytest.mark.parametrize("words", [("", "b", "c"), ("a", "", "c"), ("a", "b", "")])
def test_declaration_without_words_is_refused(words):
    with pytest.raises(ValueError, match="must be stated"):
        Personal(*words, Klass.PUBLIC)


def test_unknown_class_is_refused():
    with pytest.raises(ValueError, match="秘密"):
        Personal("a", "b", "c", "秘密")


def test_every_free_text_of_every_record_is_named():
    """Counted here by other means: what a form would give a large box or a long line for, and what is frozen as JSON."""
    named = {(each.model, each.field) for each in free_texts()}
    for model in record_models():
        for field in model._meta.concrete_fields:
            program = field.name in WRITTEN_BY_PROGRAM
            if program or not model.guard_action or not field.editable or field.choices or field.is_relation:
                assert (model, field.name) not in named
            elif field.name not in getattr(model, "personal_fields", {}) and isinstance(field, TextField | JSONField):
                assert (model, field.name) in named
    assert {(Matter, "words"), (Document, "context"), (Unit, "duties"), (Unit, "name")} <= named
    assert not {(Deputy, "remark"), (Deputy, "phone"), (Category, "label"), (ImportBatch, "counts")} & named
    assert {each.final for each in free_texts() if each.model is Document} == {True}
    assert {each.final for each in free_texts() if each.model is Matter} == {False}
