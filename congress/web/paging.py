"""Pages of long lists: counted exactly up to a bound, sorted by keys alone, and only the rows of the page read whole."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

COUNTED = 10_000  # what nobody pages through is not counted either
NARROW = 500  # from here on the keys are sorted first: rows with long texts are dear to sort


class Pages(Paginator):
    """A paginator of a queryset or a list; `more` when there are rows beyond those it counts and shows."""

    @cached_property
    def _found(self) -> int:
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        return self.object_list.order_by().values("pk")[: COUNTED + 1].count()

    @property
    def more(self) -> bool:
        """Whether there are rows beyond the last page."""
        return self._found > COUNTED and isinstance(self.object_list, QuerySet)

    @cached_property
    def count(self) -> int:
        """How many rows there are, or as many as are shown."""
        return min(self._found, COUNTED) if self.more else self._found

    @property
    def said(self) -> str:
        """How many there are, in words."""
        return f"{self.count}{'+' if self.more else ''}"

    def page(self, number):
        """A page; of a long list the keys are sorted by the database, and the rows of the page read by their keys."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows = self.object_list
        if not isinstance(rows, QuerySet) or self.count < NARROW:
            return self._get_page(rows[first:last], number, self)
        keys = list(rows.values_list("pk", flat=True)[first:last])
        read = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
        return self._get_page([read[key] for key in keys], number, self)
