"""By what figures about suggestions and the promises of replies may be set into a table: by who handles them, by category.
Each as it was on a day; a promise is the unit's that made it."""

from collections.abc import Collection, Mapping
from datetime import date

from congress.figures import Parting, part
from congress.models import Township
from proposals.models import Assignment, Promise, Rating, Suggestion

SUGGESTION, RATING, PROMISE = "proposals.suggestion", "proposals.rating", "proposals.promise"
NOBODY = "尚未交办"
Ids = Mapping[str, Collection[str]]
Parted = dict[tuple[str, str], str]


def _spread(ids: Ids, words: Mapping[str, str]) -> Parted:
    """Words of suggestions as words of the rows that speak of them: a suggestion itself, and its ratings."""
    rated = Rating.objects.filter(pk__in=ids.get(RATING, ())).values_list("pk", "suggestion_id")
    found = {(SUGGESTION, pk): words[pk] for pk in ids.get(SUGGESTION, ()) if pk in words}
    return found | {(RATING, str(pk)): words[str(of)] for pk, of in rated if str(of) in words}


def _promises(ids: Ids):
    return Promise.objects.filter(pk__in=ids.get(PROMISE, ()))


def _suggestions(ids: Ids):
    rated = Rating.objects.filter(pk__in=ids.get(RATING, ())).values("suggestion_id")
    return Suggestion.objects.filter(pk__in=ids.get(SUGGESTION, ())) | Suggestion.objects.filter(pk__in=rated)


def by_unit(township: Township, ids: Ids, until: date) -> Parted:
    """Who answers a suggestion by the last round begun by that day: the lead unit, or all that answer separately."""
    rows = Assignment.objects.kept().filter(
        township=township, suggestion__in=_suggestions(ids), part__in=Assignment.ANSWERING, assigned_on__lte=until
    )
    rounds: dict[str, dict[int, list[str]]] = {str(pk): {} for pk in _suggestions(ids).values_list("pk", flat=True)}
    for row in rows.exclude(returned_on__lte=until).select_related("unit").order_by("round", "strand", "created_at"):
        rounds[str(row.suggestion_id)].setdefault(row.round, []).append(str(row.unit))
    last = {pk: told[max(told)] if told else [NOBODY] for pk, told in rounds.items()}
    own = {(PROMISE, str(row.pk)): str(row.unit) for row in _promises(ids).select_related("unit")}
    return _spread(ids, {pk: "、".join(dict.fromkeys(units)) for pk, units in last.items()}) | own


def by_category(township: Township, ids: Ids, until: date) -> Parted:
    """The category of a suggestion in the words of that day."""
    rows = _suggestions(ids).select_related("category").prefetch_related("category__past")
    promised = _promises(ids).select_related("suggestion__category").prefetch_related("suggestion__category__past")
    own = {(PROMISE, str(row.pk)): row.suggestion.category.on(until).label for row in promised}
    return _spread(ids, {str(row.pk): row.category.on(until).label for row in rows}) | own


# A rating is one deputy's opinion: where a part has very few of them, their sum would tell whose it is.
part(Parting("分单位", "承办单位", by_unit, personal=(RATING,)))
part(Parting("分类别", "类别", by_category, personal=(RATING,)))
