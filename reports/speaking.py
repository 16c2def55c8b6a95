"""A figure that is kept with a report as it stands in its text, in every form."""

from congress import figures
from reports import growth, placeholders
from reports.models import FigureUse
from reports.story import Value


def kind_of(use: FigureUse) -> str:
    """The kind of a kept figure; of one that is offered no longer it was a number."""
    known = figures.registered().get(use.key)
    return known.kind if known else figures.Kind.COUNT


def value_of(use: FigureUse) -> Value:
    """What a kept figure is, its days left out."""
    return Value(kind_of(use), use.value, use.denominator or 0)


def last_value(use: FigureUse) -> Value | None:
    """What a kept figure was a year before; None where that is not known, or was recorded in part."""
    return (
        None
        if use.last_value is None or use.last_since is not None
        else Value(kind_of(use), use.last_value, use.last_denominator or 0)
    )


def forms(use: FigureUse) -> dict[str, str]:
    """The words of a kept figure by the form of `placeholders` in which it stands."""
    known = figures.registered().get(use.key)
    shown = figures.spoken(kind_of(use), use.value, use.denominator, use.words)
    compared = growth.forms(known.unit if known else "", value_of(use), last_value(use))
    return placeholders.forms_of(shown, use.value, use.denominator) | compared
