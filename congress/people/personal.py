"""What every piece of personal data must declare about itself, and the inventory made of these declarations.

The inventory is the basis of the notice (个人信息保护法 第十七条), of the retention rules (第十九条) and of the impact
assessment (第五十五条、第五十六条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist


class Klass(StrEnum):
    """How closely a field is held."""

    PUBLIC = "公开"
    INTERNAL = "内部"
    SENSITIVE = "敏感个人信息"


@dataclass(frozen=True, slots=True)
class Personal:
    """Why a field is held, on which legal basis, how long, how closely. All four are words shown to people."""

    purpose: str
    basis: str
    retention: str
    klass: Klass

    def __post_init__(self):
        if not (self.purpose and self.basis and self.retention):
            raise ValueError("purpose, legal basis and retention must be stated")
        object.__setattr__(self, "klass", Klass(self.klass))


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the inventory: a field of a model, its declaration, whether it is stored encrypted."""

    model: type
    field: str
    label: str
    personal: Personal
    encrypted: bool


def inventory() -> Iterator[Held]:
    """Every personal field of every installed model: encrypted ones, then those in the model's `personal_fields`.

    Raises FieldDoesNotExist when `personal_fields` names a field the model does not have.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            personal = getattr(field, "personal", None)
            if isinstance(personal, Personal):
                yield Held(model, field.name, str(field.verbose_name), personal, True)
        for name, personal in getattr(model, "personal_fields", {}).items():
            field = model._meta.get_field(name)
            if not field.concrete:
                raise FieldDoesNotExist(f"{model._meta.label}.{name} is not a column")
            yield Held(model, name, str(field.verbose_name), personal, False)
