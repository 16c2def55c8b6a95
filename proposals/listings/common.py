"""What the lists of this app share: choices of their filters."""

from django.db.models import QuerySet

from congress.web.table import Filter, by_field
from proposals.forms.base import categories


def by_year(model, field: str, of: str = "") -> Filter:
    """A filter by the years in which there is something; `of` leads from the rows of the list to the model."""

    def choices():
        return [(str(day.year), f"{day.year}年") for day in model.objects.dates(field, "year", order="DESC")]

    return by_field("year", "年份", choices, f"{of}{field}__year")


def pairs(rows: QuerySet):
    """Choices of rows by key, read when they are shown."""
    return lambda: [(str(row.pk), str(row)) for row in rows.all()]


def category_choices():
    """Choices of categories of matters."""
    return [(str(row.pk), row.label) for row in categories()]
