"""The figures of a township as its county reads them, kept so that the overview need not count the records anew."""

from django.db import models
from django.db.models import Exists, OuterRef

from congress.guard.record import Record, Rows
from congress.models import AuditEvent


class Taken(Rows):
    """Kept figures."""

    def with_behind(self) -> "Taken":
        """Each with `behind`: whether an action has written records of the township since they were taken."""
        since = AuditEvent.objects.that_wrote().filter(chain=OuterRef("township_id"), seq__gt=OuterRef("seq"))
        return self.annotate(behind=Exists(since))


class TownshipFigures(Record):
    """A township's figures of a year, as they were told at a moment; written by `actions.county` and by nothing else."""

    year = models.PositiveSmallIntegerField("年度")
    cut_off = models.DateField("截止日")
    taken_at = models.DateTimeField("汇总时间")
    seq = models.BigIntegerField("汇总到的操作序号")
    digest = models.CharField("口径摘要", max_length=64)
    told = models.JSONField("数据")  # figure's key → [value, what a share is of or null]

    guard_history = False  # can be told again from the facts at any time
    guard_derived = True

    objects = Taken.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "乡镇数据汇总"
        constraints = [models.UniqueConstraint(fields=["township", "year"], name="township_figures_once")]

    def __str__(self):
        return f"{self.year}年"
