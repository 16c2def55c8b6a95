"""Model fields for personal data: text encrypted under the row's data key, and a blind index to find it by.

    class Deputy(Record):
        data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT)
        phone = EncryptedTextField("手机", max_length=20, personal=Personal(…))
        id_number = EncryptedTextField("身份证号", max_length=18, personal=Personal(…))
        id_index = BlindIndexField("身份证号索引", label="id_number")

`Deputy.objects.filter(id_index="110105…")` finds one; `filter(phone=…)` and `order_by("phone")` raise. Pages that show
the text of many rows use `select_related("data_key")`. Table and field name are part of what a value is sealed for:
renaming either makes the values unreadable unless they are sealed again in the same migration.
"""

from collections.abc import Callable
from functools import cache

from django import forms
from django.core import checks, validators
from django.core.exceptions import FieldError, ObjectDoesNotExist
from django.db import models
from django.db.models import signals
from django.db.models.expressions import Col
from django.views.decorators.debug import sensitive_variables

from congress.crypto import sm3
from congress.crypto.providers import provider
from congress.guard.bulk import hands_on
from congress.people import idnumber, keys, masks, phone
from congress.people.erased import Erased
from congress.people.forms import IdNumberField, PhoneField
from congress.people.personal import Klass, Personal, inventory
from congress.people.sealed import (
    PersonalDataError,
    Plain,
    PlainAttribute,
    Sealed,
    SealedAttribute,
    TooLong,
    acceptable,
)
from congress.people.text import compact

__all__ = [
    "BlindIndexField",
    "EncryptedTextField",
    "Klass",
    "Personal",
    "PersonalDataError",
    "encrypted_fields",
    "inventory",
    "masked",
]


FORM_FIELDS = {"id_number": IdNumberField, "phone": PhoneField}
# How typed text of a kind is brought to one form for its blind index; none of them raises.
NORMALISERS: dict[str, Callable[[str], str]] = {"id_number": idnumber.canonical, "phone": phone.canonical}


class _SealedCol(Col):
    """A column of ciphertext: may be selected and tested for NULL, and not be sorted by."""

    def resolve_expression(self, query=None, *args, **kwargs):
        # A column of this very query is resolved a second time, as part of something larger, only to sort by it;
        # a NULL test passes the query alone, and an outer query knows the table under another alias.
        if args and self.alias in getattr(query, "alias_map", {}):
            raise FieldError(f"rows cannot be sorted by the encrypted field {self.target.name}")
        return super().resolve_expression(query, *args, **kwargs)


class EncryptedTextField(models.Field):
    """Text stored as SM4-GCM ciphertext (bytea) under the data key `key_name`; `max_length` counts characters.

    `personal` is required. `mask` names the mask of congress.people.masks; without it the field's name does, if there is
    such a mask. Saving a row makes its data key when there is none; `record.prepare_bulk` goes before bulk_create and
    bulk_update. Assigning text also sets the blind indexes made of it.
    """

    description = "Encrypted text"
    descriptor_class = SealedAttribute
    erased_with_its_key = True

    def __init__(self, *args, personal: Personal | None = None, mask: str = "", key_name: str = "data_key", **kwargs):
        self.personal, self.mask, self.key_name = personal, mask, key_name
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.key_name != "data_key":
            kwargs["key_name"] = self.key_name
        return name, path, args, kwargs  # purpose and mask are no part of the table

    def get_internal_type(self):
        return "BinaryField"

    def get_attname(self):
        return f"{self.name}_sealed"

    def get_attname_column(self):
        return self.get_attname(), self.db_column or self.name

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        self.mask = self.mask or (name if name in masks.MASKS else "text")
        setattr(cls, self.name, PlainAttribute(self))
        if not cls._meta.abstract:
            signals.pre_save.connect(before_save, sender=cls, dispatch_uid=f"congress.people:{cls._meta.label}:{name}")

    # -- between text and ciphertext

    def assign(self, instance, value) -> None:
        """Hold text (or None) for a row until it is saved. Raises PersonalDataError for anything else."""
        text = acceptable(value)
        instance.__dict__[self.attname] = None if text is None else Plain(text)
        for index in self.indexes():
            instance.__dict__[index.attname] = index.digest(text)

    @sensitive_variables()
    def seal_held(self, instance) -> Sealed:
        """Seal the Plain a row holds, keep the ciphertext. Raises DataKeyMissing, KeyDestroyed, TooLong."""
        held = self.sealed(self._data_key(instance), instance.pk, instance.__dict__[self.attname].text)
        instance.__dict__[self.attname] = held
        return held

    @sensitive_variables()
    def seal_together(self, instance, fields: "list[EncryptedTextField]") -> None:
        """The same for several fields of a row under this one's key."""
        data_key, held, pk = self._data_key(instance), instance.__dict__, instance.pk
        place = self._place_of(pk, "")
        said = [(field._fitting(held[field.attname].text), place + field.name) for field in fields]
        for field, token in zip(fields, keys.seal_many(data_key, said), strict=True):
            held[field.attname] = Sealed(token, (field.name, pk, data_key.pk))

    @sensitive_variables()
    def sealed(self, data_key, pk, text: str) -> Sealed:
        """Text sealed for the row with this primary key. Raises KeyDestroyed, TooLong."""
        token = keys.seal(data_key, self._fitting(text), self._place_of(pk))
        return Sealed(token, (self.name, pk, data_key.pk))

    @sensitive_variables()
    def sealed_column(self, data_key, pks: list, texts: list[str | None]) -> list[Sealed | None]:
        """A column of new rows sealed under one key: the texts of the rows with these primary keys. Raises like `sealed`."""
        said = [
            (self._fitting(text), self._place_of(pk)) for pk, text in zip(pks, texts, strict=True) if text is not None
        ]
        tokens = iter(keys.seal_many(data_key, said))
        return [None if text is None else Sealed(next(tokens)) for text in texts]

    def _fitting(self, text: str) -> bytes:
        if self.max_length is not None and len(text) > self.max_length:
            raise TooLong(f"{self} holds at most {self.max_length} characters, got {len(text)}")
        return text.encode()

    @sensitive_variables()
    def unseal_held(self, instance, held: Sealed) -> str:
        """The text. Raises KeyDestroyed, sm4gcm.Tampered."""
        return keys.unseal(self._data_key(instance), held.token, self._place(instance)).decode()

    def pre_save(self, model_instance, add):
        held = model_instance.__dict__.get(self.attname)
        if type(held) is Sealed and self._sealed_for(model_instance, held):
            return held
        held = getattr(model_instance, self.attname)
        if isinstance(held, Plain):
            return self.seal_held(model_instance)  # raises what the attribute only put off
        if add and held is not None:
            self._check_readable(model_instance, held)
        return held

    def _check_readable(self, instance, held: Sealed) -> None:
        """A row copied under a new primary key would be written unreadable: find out now, not when it is needed."""
        if not keys.is_destroyed(self._data_key(instance)):
            self.unseal_held(instance, held)

    def _sealed_for(self, instance, held: Sealed) -> bool:
        """Whether a value was sealed a moment ago for this very row: it need not be opened again."""
        return held.sealed_for == (self.name, instance.pk, getattr(instance, f"{self.key_name}_id"))

    def _data_key(self, instance):
        try:
            data_key = getattr(instance, self.key_name)
        except ObjectDoesNotExist:
            data_key = None
        if data_key is None:
            raise keys.DataKeyMissing(f"{self} needs {self.key_name}: call prepare_bulk() first")
        return data_key

    def _place(self, instance) -> str:
        return self._place_of(instance.pk)

    def _place_of(self, pk, name: str | None = None) -> str:
        return f"{self.model._meta.db_table}:{pk}:{self.name if name is None else name}"

    def indexes(self) -> list["BlindIndexField"]:
        """The blind indexes of the model that are made of this field."""
        return _indexes_of(self.model, self.name)

    # -- to and from the database

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def get_prep_value(self, value):
        if value is None or isinstance(value, Sealed):
            return value
        raise PersonalDataError(f"{self} is encrypted row by row: assign it to a row, call prepare_bulk(), and save")

    def get_db_prep_value(self, value, connection, prepared=False):
        value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value.token)

    def get_col(self, alias, output_field=None):
        return _SealedCol(alias, self, output_field)

    @property
    def cached_col(self):
        return _SealedCol(self.model._meta.db_table, self)

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"rows cannot be found by the encrypted field {self.name}; use a BlindIndexField")

    def get_transform(self, lookup_name):
        raise FieldError(f"nothing can be computed in the database from the encrypted field {self.name}")

    # -- forms and files

    def clean(self, value, model_instance):
        if not isinstance(value, (Sealed, Plain)):
            return super().clean(value, model_instance)
        text = getattr(model_instance, self.name)
        if not isinstance(text, Erased):
            super().clean(text, model_instance)
        return value

    def to_python(self, value):
        return acceptable(value)

    def value_from_object(self, obj):
        """The text, for the form that edits it; "" when it was destroyed."""
        text = getattr(obj, self.name)
        return "" if isinstance(text, Erased) else text

    def value_to_string(self, obj):
        raise PersonalDataError(f"{self} is not written to serialised files")

    def save_form_data(self, instance, data):
        # Unchanged text keeps its ciphertext, or the row's history would tell of a change that was none.
        if data != getattr(instance, self.name):
            setattr(instance, self.name, data)

    def formfield(self, **kwargs):
        """A text field; for the masks "id_number" and "phone" one that checks and normalises what is typed."""
        defaults = {"form_class": FORM_FIELDS.get(self.mask, forms.CharField), "max_length": self.max_length}
        if self.null:
            defaults["empty_value"] = None
        if self.max_length is None:
            defaults["widget"] = forms.Textarea
        return super().formfield(**(defaults | kwargs))

    # -- system checks

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_declaration(), *self._check_model()]

    def _check_declaration(self):
        if not isinstance(self.personal, Personal):
            yield checks.Error("personal=Personal(…) must be given", obj=self, id="congress.people.E001")
        if self.mask not in masks.MASKS:
            yield checks.Error(f"there is no mask {self.mask}", obj=self, id="congress.people.E002")
        if self.unique or self.db_index or self.primary_key:
            yield checks.Error("ciphertext cannot be unique or indexed", obj=self, id="congress.people.E003")

    def _check_model(self):
        options = self.model._meta
        key_field = {field.name: field for field in options.concrete_fields}.get(self.key_name)
        if key_field is None or key_field.related_model != options.apps.get_model("congress", "DataKey"):
            message = f"the model needs a foreign key {self.key_name} to congress.DataKey"
            yield checks.Error(message, obj=self, id="congress.people.E004")
        if not (isinstance(options.pk, models.UUIDField) and options.pk.has_default()):
            # The primary key is part of the AAD, so it must exist before the row is inserted.
            yield checks.Error("the primary key must be a UUID made in Python", obj=self, id="congress.people.E005")


class BlindIndexField(models.BinaryField):
    """HMAC-SM3 (32 bytes) of a normalised text, to find equal values of an encrypted field without decrypting.

    `label` says what kind of value it is and keeps kinds apart: equal labels in two models make comparable indexes.
    `source` names the encrypted field when it is not called like the label; `normalise` brings typed text to one form
    and never raises (by default the label's one in NORMALISERS). Set when the source is assigned; NULL for None and "".
    `filter(field="text")` computes the index. The key is not in the database; never export this column: whoever holds
    the key as well can try all numbers there are.
    """

    erased_with_its_key = True

    def __init__(
        self, *args, label: str = "", source: str = "", normalise: Callable[[str], str] | None = None, **kwargs
    ):
        self.label, self.source = label or source, source or label
        self.normalise = normalise or NORMALISERS.get(self.label, compact)
        kwargs |= {"null": True, "blank": True, "editable": False, "max_length": sm3.DIGEST_BYTES}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("null", "blank", "editable", "max_length"):
            kwargs.pop(fixed, None)
        kwargs["label"] = self.label
        if self.source != self.label:
            kwargs["source"] = self.source
        if self.normalise is not NORMALISERS.get(self.label, compact):
            kwargs["normalise"] = self.normalise
        return name, path, args, kwargs

    @sensitive_variables()
    def digests(self, text: str | None) -> list[bytes]:
        """The index under every index key, the newest first; for `field__in` while keys are being changed."""
        return self._digests(text)

    def _digests(self, text: str | None) -> list[bytes]:
        normal = self.normalise(text) if text else ""
        if not normal:
            return []
        return provider().blind_digests(self.label.encode() + b"\0" + normal.encode())

    @sensitive_variables()
    def digest_column(self, texts: list[str | None]) -> list[bytes | None]:
        """The indexes of many texts under the newest key, as `digest` gives them. Raises providers.KeyUnavailable."""
        return [next(iter(self._digests(text)), None) for text in texts]

    def digest(self, text: str | None) -> bytes | None:
        """The index under the newest key, None for no text. Raises providers.KeyUnavailable."""
        return next(iter(self.digests(text)), None)

    def get_prep_value(self, value):
        if isinstance(value, str):
            return self.digest(value)
        return super().get_prep_value(value)

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def value_to_string(self, obj):
        raise PersonalDataError(f"{self} is not written to serialised files")

    def check(self, **kwargs):
        errors = super().check(**kwargs)
        names = {field.name for field in encrypted_fields(self.model)}
        if not self.label or self.source not in names:
            message = "label is needed, and an encrypted field of that name or of the name given as source"
            errors.append(checks.Error(message, obj=self, id="congress.people.E006"))
        return errors


hands_on(EncryptedTextField, Sealed, lambda held: f"\\x{held.token.hex()}")
hands_on(BlindIndexField, bytes)


def before_save(sender, instance, raw: bool = False, update_fields=None, **kwargs) -> None:
    """Receiver of pre_save: makes missing data keys; raises PersonalDataError when an index would be left behind."""
    for field in () if raw else encrypted_fields(sender):
        if update_fields is not None:
            left = [index.name for index in field.indexes() if index.name not in update_fields]
            if field.name in update_fields and left:
                raise PersonalDataError(f"update_fields with {field.name} must also name {', '.join(left)}")
        if getattr(instance, f"{field.key_name}_id") is None and (update_fields is None or field.name in update_fields):
            data_key = keys.new_data_key(instance.township_id, retention_of(sender))
            data_key.save(force_insert=True)
            setattr(instance, field.key_name, data_key)


@sensitive_variables()
def seal_row(instance) -> None:
    """Seal every Plain a row holds, those under one key together. Raises like `EncryptedTextField.seal_held`."""
    waiting: dict[str, list[EncryptedTextField]] = {}
    for field in encrypted_fields(type(instance)):
        if isinstance(instance.__dict__.get(field.attname), Plain):
            waiting.setdefault(field.key_name, []).append(field)
    for fields in waiting.values():
        fields[0].seal_together(instance, fields)


def retention_of(model) -> str:
    """The retention class of the data keys of a model: its `retention_class`, else its label."""
    return getattr(model, "retention_class", "") or model._meta.label_lower


@cache
def _indexes_of(model, source: str) -> list[BlindIndexField]:
    return [
        field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField) and field.source == source
    ]


@cache
def encrypted_fields(model) -> list[EncryptedTextField]:
    """The encrypted fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def masked(row, name: str) -> str:
    """The text of an encrypted field of a row under the field's mask. Decrypts, and leaves no audit event."""
    return masks.mask(row._meta.get_field(name).mask, getattr(row, name))
