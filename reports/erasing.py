"""Where reports name a person besides their text: the records listed under a figure, and figures put in words."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from congress.people.erase import Erasing, elsewhere, forget_history
from congress.people.erased import ERASED
from reports.models import FigureUse


@elsewhere
def figures(erasing: Erasing) -> None:
    """Labels and words lose the name; a row counted by its words loses their mark too, by which the name could be guessed."""
    for name in erasing.spoken:
        texts = FigureUse.objects.annotate(as_text=Cast("rows", TextField()))
        named = list(texts.select_for_update(of=("self",)).filter(Q(as_text__contains=name) | Q(words__contains=name)))
        for use in named:
            use.words = use.words.replace(name, ERASED)[:400]
            use.rows = [_without(name, row) if name in row["label"] else row for row in use.rows]
            use.save()
        forget_history(FigureUse, [use.pk for use in named])
        erasing.count(FigureUse, len(named))


def _without(name: str, row: dict) -> dict:
    return row | {"label": row["label"].replace(name, ERASED), "mark": ""}
