"""Whose documents there are: the bodies that issue, with the name each bears on the heading, in the signature and on its seal."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from congress.documents.text import Signature
from congress.models import Township


@dataclass(frozen=True)
class Issuer:
    """A body that issues documents. `named(township, subject)` is its full name for a paper about the subject; `sealed`,
    whether it has a seal of its own, for which the signature leaves the room."""

    key: str
    label: str
    named: Callable[[Township, Model | None], str]
    sealed: bool = True

    def signature(self, name: str, day: str) -> Signature:
        """署名 and 成文日期 under its name, with the room its seal needs."""
        return Signature(name, day, sealed=self.sealed)


_issuers: dict[str, Issuer] = {}


def issuer(key: str, label: str, named: Callable[[Township, Model | None], str], *, sealed: bool = True) -> Issuer:
    """Register a body. Raises ValueError when the key is taken."""
    if key in _issuers:
        raise ValueError(f"issuer {key} is registered twice")
    _issuers[key] = Issuer(key, label, named, sealed)
    return _issuers[key]


def issuers() -> list[Issuer]:
    """Every registered body, in the order of registration."""
    return list(_issuers.values())


def issuer_of(key: str) -> Issuer:
    """The body with this key. Raises KeyError."""
    return _issuers[key]


def _presidium(township: Township, subject: Model | None) -> str:
    return township.presidium_name


def _credentials(township: Township, subject: Model | None) -> str:
    return f"{township.name}人民代表大会代表资格审查委员会"


PRESIDIUM = issuer("presidium", "主席团", _presidium)
# 组织法 第三十七条: passed by the first session, in office to the end of the term; it has no seal of its own.
issuer("credentials", "代表资格审查委员会", _credentials, sealed=False)
