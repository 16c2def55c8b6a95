"""What a township writes beside an item of the election statistics: its number in the county's book, or a number from elsewhere."""

from django.db import models

from congress.guard.record import Record, once


class StatisticsNote(Record):
    """The number an indicator has in the official form, which is taken from the county's book and never invented; and for
    what no record of the product says (population), the value with its source."""

    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="statistics_notes", verbose_name="选举"
    )
    key = models.CharField("指标", max_length=40)
    official_no = models.CharField("官方项号", max_length=20, blank=True)
    value = models.PositiveIntegerField("数值", null=True, blank=True)
    source = models.CharField("来源", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选举统计附注"
        ordering = ("key",)
        constraints = [once(["township", "election", "key"], "statistics_note_once", "这项指标已经填写。")]

    def __str__(self):
        return self.key

    @property
    def audit_label(self):
        return self.key
