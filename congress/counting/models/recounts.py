"""A recount of units that were drawn by lot in public."""

from django.db import models

from congress.counting.models.counts import Count
from congress.guard.record import Record, once, two_people


class Recount(Record):
    """Units of a closed count that are counted again: a first person enters the seed that was rolled and read aloud, a second
    enters it too; where both entered the same, the units are drawn and their recount is prepared as a count of its own (`again`), read and
    signed as every count. Nothing of the first is overwritten."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="recounts", verbose_name="计票")
    number = models.PositiveSmallIntegerField("次序")
    seed = models.CharField("种子数字", max_length=60)
    size = models.PositiveSmallIntegerField("抽取的单元数")
    fingerprint = models.CharField("抽取时的计票指纹", max_length=64, editable=False)
    drawn_on = models.DateField("抽取日期")
    drawn = models.JSONField("抽出的单元", default=list, editable=False)
    again = models.OneToOneField(
        Count, on_delete=models.PROTECT, null=True, blank=True, related_name="recount_of", verbose_name="复核的计票"
    )
    first_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="提出人")
    second_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "抽查复核"
        ordering = ("count", "number")
        constraints = [
            once(["township", "count", "number"], "recount_once", "刚刚有人办理过，请刷新后查看。"),
            two_people("first_by", "second_by", "recount_two_people", "种子数字由两个不同的人分别录入。"),
        ]

    def __str__(self):
        return f"第{self.number}次抽查复核"

    @property
    def audit_label(self):
        return str(self)
