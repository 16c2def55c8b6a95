"""Requests to erase a person: one of the presidium's staff asks, another carries it out."""

from django.db import models
from django.utils.timezone import localdate

from congress.guard.record import Record, kept
from congress.law.numerals import chinese_date


class Erasure(Record):
    """That a person is to be erased, why and at whose request; two persons by the database's own rule."""

    subject_type = models.CharField("对象类型", max_length=60)
    subject_id = models.UUIDField("对象")
    reason = models.CharField("依据", max_length=200)
    asked_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="申请人")
    carried_out_at = models.DateTimeField("销毁时间", null=True, blank=True)
    carried_out_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "销毁申请"
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "subject_type", "subject_id"], condition=kept(), name="erasure_once"
            ),
            models.CheckConstraint(
                name="erasure_by_two",
                condition=models.Q(carried_out_at__isnull=True, carried_out_by__isnull=True)
                | models.Q(carried_out_at__isnull=False, carried_out_by__isnull=False)
                & ~models.Q(carried_out_by=models.F("asked_by")),
            ),
        ]

    def __str__(self):
        return f"{chinese_date(localdate(self.created_at))}的销毁申请"
