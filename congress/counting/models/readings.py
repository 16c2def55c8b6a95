"""Readings of a unit's ballots: who holds which of the three places, what each typed, and who signed which state of it."""

from django.db import models
from django.db.models import Q

from congress.counting.models.counts import Count, CountUnit
from congress.guard.record import Record, once
from congress.people.personal import Personal


class CountReader(Record):
    """Somebody's place at a unit: first reading, second reading, or the third person where they differ.

    The database lets nobody hold two places at one unit, ever: who gave one up does not come back to another.
    """

    class Place(models.IntegerChoices):
        FIRST = 1, "第一次录入"
        SECOND = 2, "第二次录入"
        THIRD = 3, "复核"

    unit = models.ForeignKey(CountUnit, on_delete=models.PROTECT, related_name="readers", verbose_name="计票单元")
    place = models.PositiveSmallIntegerField("席位", choices=Place)
    user = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="录入人")

    class Meta:
        verbose_name = verbose_name_plural = "录入席位"
        ordering = ("unit", "place")
        constraints = [
            once(["township", "unit", "place"], "count_place_once", "这个席位刚刚有人坐下，请刷新后查看。"),
            models.UniqueConstraint(
                fields=["township", "unit", "user"],
                name="count_reader_once",
                violation_error_message="两次录入和复核由三个不同的人办理。",
            ),
        ]

    def __str__(self):
        return self.get_place_display()

    @property
    def audit_label(self):
        return str(self)


class CountEntry(Record):
    """What one person read from a unit's paper. A draft until it is final; never changed afterwards and never deleted.

    One that was sent back stays with the reason; its correction is the next row, which names it. Of the third person it is
    the decision over two readings, which it names: where one of them is corrected it stands no longer. `sheet` is the whole
    reading (`tally.Sheet`): it stands for a unit, never for a ballot.
    """

    url_name = "counting-entry"
    reader = models.ForeignKey(CountReader, on_delete=models.PROTECT, related_name="entries", verbose_name="录入席位")
    number = models.PositiveSmallIntegerField("次序", default=1)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="更正的一份"
    )
    sheet = models.JSONField("计票单", default=dict, editable=False)
    explanation = models.CharField("对提示的说明", max_length=300, blank=True)
    final = models.BooleanField("录完", default=False, editable=False)
    sent_back_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    sent_back_why = models.CharField("退回原因", max_length=200, blank=True)
    look_at = models.JSONField("请核对的栏", default=list, editable=False)
    over_first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所看的第一份"
    )
    over_second = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所看的第二份"
    )

    personal_fields = {
        "sheet": Personal("计票单上另选人的姓名和得票", "选举法第四十一条、第四十三条", "长期，随选举文书存档", "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "计票录入"
        ordering = ("reader", "number")
        constraints = [
            once(["township", "reader", "number"], "count_entry_once", "刚刚已经保存过，请刷新后查看。"),
            models.CheckConstraint(
                name="count_entry_sent_back_is_final", condition=Q(sent_back_by__isnull=True) | Q(final=True)
            ),
        ]

    def __str__(self):
        return f"{self.reader}第{self.number}份"

    @property
    def audit_label(self):
        return f"第{self.number}份"


class CountSignature(Record):
    """Somebody's signature under a unit or, without one, under the whole count, over the fingerprint of what was seen.

    It is never taken away: where what it was given for reads otherwise now, it holds no longer.
    """

    class Capacity(models.TextChoices):
        CHIEF = "chief", "总监票人"
        SCRUTINEER = "scrutineer", "监票人"
        TELLER = "teller", "计票人"
        CHAIR = "chair", "主持人"

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="signatures", verbose_name="计票")
    unit = models.ForeignKey(
        CountUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="计票单元"
    )
    signed_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="签认人")
    capacity = models.CharField("身份", max_length=10, choices=Capacity)
    signed_on = models.DateField("签认日期")
    note = models.CharField("查明情况", max_length=300, blank=True)
    fingerprint = models.CharField("计票指纹", max_length=64, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "计票签认"
        ordering = ("count", "unit", "signed_on")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "count", "unit", "signed_by", "fingerprint"],
                nulls_distinct=False,
                name="count_signature_once",
                violation_error_message="您已经签认过。",
            ),
        ]

    def __str__(self):
        return f"{self.get_capacity_display()}签认"

    @property
    def audit_label(self):
        return str(self)
