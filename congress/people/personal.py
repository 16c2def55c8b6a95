"""What every piece of personal data must declare about itself, and the inventory made of these declarations.

The inventory is the basis of the notice (个人信息保护法 第十七条), of the retention rules (第十九条) and of the impact
assessment (第五十五条、第五十六条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

SENTENCE = 60  # characters from which a column is long enough to tell of somebody
# Columns that long which only the program writes: keys, digests, counts.
WRITTEN_BY_PROGRAM = frozenset(
    ("content_type", "sha256", "sm3", "subject_type", "mapping", "counts", "key", "definition", "rows_hash")
)


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


@dataclass(frozen=True, slots=True)
class FreeText:
    """A column people write or freeze words into, which may tell of persons though nobody meant it to."""

    model: type
    field: str
    label: str
    final: bool


def free_texts() -> Iterator[FreeText]:
    """Every such column of every record that people write, beside those declared as personal data.

    Erasing does not change them: who keeps the record corrects or withdraws it; what is final is kept by the rules for
    archives.
    """
    for model in apps.get_models():
        if not getattr(model, "guard_action", False):
            continue
        declared = frozenset(getattr(model, "personal_fields", {}))
        for field in model._meta.concrete_fields:
            if field.editable and field.name not in declared | WRITTEN_BY_PROGRAM and _is_free(field):
                yield FreeText(model, field.name, str(field.verbose_name), model.guard_final)


def _is_free(field) -> bool:
    kind = field.get_internal_type()
    words = kind == "TextField" or (kind == "CharField" and (field.max_length or 0) >= SENTENCE)
    return not field.choices and (words or kind == "JSONField")
