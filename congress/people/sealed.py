"""How an encrypted value is held by a row in memory: two attributes a field, like a foreign key has.

`row.phone` is the text (decrypted when read); `row.phone_sealed` is what Django loads, copies and writes: a `Sealed`
token, or a `Plain` that waits to be sealed. Neither shows its content in repr, str, pickle or a log.
"""

from django.db.models.query_utils import DeferredAttribute
from django.views.decorators.debug import sensitive_variables

from congress.people.erased import ERASED, Erased
from congress.people.keys import DataKeyMissing, KeyDestroyed


class PersonalDataError(TypeError):
    """Personal data was about to go where it must not: a query, a pickle, a serialised file."""


class TooLong(ValueError):
    """Text longer than its field allows was about to be sealed. Carries no content."""


class Sealed:
    """Ciphertext as it stands in the database. `sealed_for`: for which field, row and data key it was sealed in this very
    process; empty for what was read."""

    __slots__ = ("sealed_for", "token")

    def __init__(self, token: bytes, sealed_for: tuple = ()):
        self.token, self.sealed_for = bytes(token), sealed_for

    def __eq__(self, other):
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self):
        return hash(self.token)

    def __repr__(self):
        return "<Sealed>"

    def __str__(self):
        return "（已加密）"


class Plain:
    """Text assigned to a row and not sealed yet."""

    __slots__ = ("text",)

    def __init__(self, text: str):
        self.text = text

    def __repr__(self):
        return "<Plain>"

    __str__ = __repr__

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        raise PersonalDataError("a row with unsaved personal data cannot be pickled: save it first")


class SealedAttribute(DeferredAttribute):
    """`row.<name>_sealed`: loads itself when deferred, and seals what can be sealed when Django comes to write it."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        held = super().__get__(instance, cls)
        if isinstance(held, Plain):
            try:
                return self.field.seal_held(instance)
            except (DataKeyMissing, KeyDestroyed, TooLong):
                return held  # writing it is refused with a clear message; reading it here must not fail
        return held

    def __set__(self, instance, value):
        if value is not None and not isinstance(value, (Sealed, Plain)):
            self.field.assign(instance, value)
            return
        instance.__dict__[self.field.attname] = value


class PlainAttribute:
    """`row.<name>`: the text, None, or the marker of data destroyed by the rules."""

    def __init__(self, field):
        self.field = field

    @sensitive_variables()
    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        attname = self.field.attname
        held = instance.__dict__[attname] if attname in instance.__dict__ else getattr(instance, attname)
        if isinstance(held, Plain):
            return held.text
        if held is None:
            return None
        try:
            return self.field.unseal_held(instance, held)
        except KeyDestroyed:
            return ERASED

    @sensitive_variables()
    def __set__(self, instance, value):
        self.field.assign(instance, value)


def acceptable(value) -> str | None:
    """The plain str of a value to be assigned. Raises PersonalDataError for anything that is no text."""
    if value is None:
        return None
    if isinstance(value, Erased) or not isinstance(value, str):
        raise PersonalDataError(f"text or None is assigned here, not {type(value).__name__}")
    return str(value)
