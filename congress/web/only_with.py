"""Fields that apply only with some answers to another field: what was entered beside another answer is said, never dropped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Only:
    """With which answers to the field `beside` something may be entered, and what is said otherwise."""

    beside: str
    holds: Callable[[Any], bool]
    says: str


def answered(*answers: Any) -> Callable[[Any], bool]:
    """One of these answers."""
    return lambda answer: answer in answers


def not_answered(*answers: Any) -> Callable[[Any], bool]:
    """Any answer but these."""
    return lambda answer: answer not in answers


class OnlyWith:
    """A form that says in `only` which of its fields apply with which answers; what stood there before anybody typed is no entry."""

    only: Mapping[str, Only] = {}

    def _clean_fields(self):
        super()._clean_fields()
        values = self.cleaned_data
        for name, rule in self.only.items():
            typed = name in values and name in self.changed_data and bool(values[name])
            if typed and rule.beside in values and not rule.holds(values[rule.beside]):
                self.add_error(name, rule.says)
