"""Declarations of personal data and the inventory made of them."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from congress.people.fields import EncryptedTextField
from congress.people.personal import Klass, Personal, inventory
from deputies.models import Deputy


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
