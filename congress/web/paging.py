"""Pages of long lists: counted exactly up to a bound, sorted by keys alone, and only the rows of the page read whole.

Beyond the bound pages have no numbers: `after:KEY` and `before:KEY` turn on from a row to those that follow or precede it in
the order of the list, so that the last rows of a million cost what the first do.
"""

from collections.abc import Sequence
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from congress import together
from congress.together import COUNTED, bare
from congress.web.orders import by_index, keys_by_index

NARROW = 100  # from here on the keys are sorted first: rows with long texts are dear to sort


AFTER, BEFORE = "after:", "before:"


class Numbered(Page):
    """A page by its number; `back` and `on` are the `page` parameters of its neighbours, empty where there is none."""

    @property
    def back(self) -> str:
        """The page before."""
        return str(self.previous_page_number()) if self.has_previous() else ""

    @property
    def on(self) -> str:
        """The page after; beyond the last that has a number it begins after the last row."""
        if self.has_next():
            return str(self.next_page_number())
        return f"{AFTER}{self.object_list[-1].pk}" if self.paginator.turns else ""


class Stretch(Page):
    """Rows from a key on, on a page without a number."""

    def __init__(self, rows: list, paginator: "Pages", earlier: bool, later: bool):
        super().__init__(rows, 0, paginator)
        self.back = f"{BEFORE}{rows[0].pk}" if earlier else ""
        self.on = f"{AFTER}{rows[-1].pk}" if later else ""


class Pages(Paginator):
    """A paginator of a queryset or a list; `more` when there are rows beyond those it counts and shows. Rows of one township
    are sorted by index; `whole` are the rows before they were narrowed, which the rows of a page are read from by key. Where a
    search leaves `few`, all their keys are read at once, and not first counted and then sorted."""

    def __init__(self, *args, township=None, whole: QuerySet | None = None, few: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self._few = few and isinstance(self.object_list, QuerySet)
        self._township, self._whole = township, self.object_list if whole is None else whole

    @cached_property
    def _found(self) -> int:
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        if self._few:
            return len(self._all)
        return bare(self.object_list)[: COUNTED + 1].count()

    @cached_property
    def _all(self) -> list[str]:
        return together.keys({None: self.object_list.values("pk")}, COUNTED + 1, anew=True)[None]

    @property
    def more(self) -> bool:
        """Whether there are rows beyond the last page."""
        return self._found > COUNTED and isinstance(self.object_list, QuerySet)

    @cached_property
    def count(self) -> int:
        """How many rows there are, or as many as are shown."""
        return min(self._found, COUNTED) if self.more else self._found

    @property
    def turns(self) -> bool:
        """Whether one can turn on beyond the last page: there are rows, and fields alone say in which order."""
        return self.more and all(isinstance(name, str) for name in self.object_list.query.order_by)

    @property
    def said(self) -> str:
        """How many there are, in words."""
        return f"{self.count}{'+' if self.more else ''}"

    def get_page(self, number):
        """As ever, the first or the last page for what is no page; or the rows after or before a key."""
        text = str(number or "")
        if text.startswith((AFTER, BEFORE)) and self.turns:
            found = self._turned(text.partition(":")[2], back=text.startswith(BEFORE))
            return found or super().get_page(1)
        return super().get_page(number)

    def page(self, number):
        """A page; of a long list the keys are sorted by the database, and the rows of the page read by their keys."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows = self.object_list
        if self._few:
            return self._get_page(self._read(self._all[first:last]), number, self)
        if not isinstance(rows, QuerySet) or self.count < NARROW:
            return self._get_page(rows[first:last], number, self)
        return self._get_page(self._read(keys_by_index(rows, self._township, first, last)), number, self)

    def _sorted(self, rows: QuerySet) -> QuerySet:
        return by_index(rows, self._township) if self._township else rows

    def _get_page(self, *args, **kwargs):
        return Numbered(*args, **kwargs)

    def _read(self, keys: list) -> list:
        read = {str(row.pk): row for row in self._whole.filter(pk__in=keys).order_by()}
        return [read[str(key)] for key in keys]

    def _turned(self, key: str, *, back: bool) -> Stretch | None:
        """The rows that follow (or precede) the one with a key; None when there is no such row, or nothing beyond it."""
        rows, names = self.object_list, self.object_list.query.order_by
        try:
            last = rows.filter(pk=key).values_list(*(name.lstrip("-") for name in names)).first()
        except (ValueError, ValidationError):
            return None
        if last is None:
            return None
        order = [_turned_round(name) for name in names] if back else list(names)
        sorted_ = self._sorted(rows.filter(_beyond(order, last)).order_by(*order))
        keys = list(sorted_.values_list("pk", flat=True)[: self.per_page + 1])
        beyond, keys = len(keys) > self.per_page, keys[: self.per_page]
        if not keys:
            return None
        found = self._read(keys[::-1] if back else keys)
        return Stretch(found, self, earlier=beyond or not back, later=beyond or back)


def _turned_round(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], last: Sequence) -> Q:
    """What comes after a row with these values; as the database has it, nothing comes after something, downwards before."""
    found, same = Q(pk__in=[]), Q()
    for name, value in zip(order, last, strict=True):
        path, downwards = name.removeprefix("-"), name.startswith("-")
        if value is None:
            later = Q(**{f"{path}__isnull": False}) if downwards else Q(pk__in=[])
            equal = Q(**{f"{path}__isnull": True})
        else:
            later = Q(**{f"{path}__{'lt' if downwards else 'gt'}": value})
            later |= Q(pk__in=[]) if downwards else Q(**{f"{path}__isnull": True})
            equal = Q(**{path: value})
        found |= same & later
        same &= equal
    return found & _bound(order[0], last[0])


def _bound(name: str, value) -> Q:
    """What the first field alone says of all these rows: an index is entered there, and not at its beginning."""
    path, downwards = name.removeprefix("-"), name.startswith("-")
    if value is None:
        return Q()
    return Q(**{f"{path}__lte": value}) if downwards else Q(**{f"{path}__gte": value}) | Q(**{f"{path}__isnull": True})
