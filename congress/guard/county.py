"""The second kind of row: a county's own (its rules, its map), guarded by county as records are by township."""

import uuid

from django.apps import apps
from django.db import models

from congress import clock

ALL = "coalesce(current_setting('app.read_all', true), '') = 'on'"
READ = f"(SELECT {ALL}) OR county_id = (SELECT nullif(current_setting('app.county', true), '')::bigint)"
WRITE = "county_id = (SELECT nullif(current_setting('app.write_county', true), '')::bigint)"
# What a county puts into a township, and it is nothing else: a row of one of its own townships that names it.
ASKS = (
    f"{WRITE} AND EXISTS (SELECT FROM public.congress_township place"
    " WHERE place.id = township_id AND place.county_id = {table}.county_id)"
)


class CountyRow(models.Model):
    """A row of one county: read and written in its scope alone, never without an action, and never deleted.

    No scope of a township reads it. What a county asks of a township is a `Record` there, with `guard_check = ASKS`.
    """

    id = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    county = models.ForeignKey("congress.County", on_delete=models.PROTECT, verbose_name="县级", related_name="+")
    created_at = models.DateTimeField("录入时间", default=clock.now, editable=False)

    class Meta:
        abstract = True

    @property
    def audit_label(self) -> str:
        """Words by which the trail names this row; never a person's name or other personal data."""
        return str(self)


def county_models() -> list[type[CountyRow]]:
    """Every concrete model of counties' own rows that is installed."""
    return [model for model in apps.get_models() if issubclass(model, CountyRow)]
