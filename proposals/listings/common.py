"""What the lists of this app share: choices of their filters."""

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from congress.web.table import Choices, Filter, by_field
from proposals.forms.base import categories


def by_year(model, field: str, of: str = "") -> Filter:
    """A filter by the years in which there is something; `of` leads from the rows of the list to the model."""

    def choices():
        dated = model.objects.filter(**{f"{field}__isnull": False})
        years = dated.values(year=ExtractYear(field)).order_by("-year").distinct()
        return Choices(years, lambda rows: [(str(row["year"]), f"{row['year']}年") for row in rows])

    return by_field("year", "年份", choices, f"{of}{field}__year")


def named(rows: QuerySet, name: str = "name") -> Choices:
    """Choices of rows by key, each by its name."""
    return Choices(rows.values("pk", name), lambda found: [(row["pk"], row[name]) for row in found])


def category_choices() -> Choices:
    """Choices of categories of matters."""
    return named(categories(), "label")
