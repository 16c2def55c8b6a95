"""What a unit promised in its reply: to be done until a day, kept in view until it is kept or explained."""

from django.db import models

from congress.guard.record import Record, kept
from congress.wording import chinese_date


class Promise(Record):
    """A promise of a reply of class B (正在解决或已列入计划) or C, with its day. Its suggestion may be closed meanwhile."""

    class Outcome(models.TextChoices):
        KEPT = "kept", "已落实"
        UNKEPT = "unkept", "未能落实"
        REPLACED = "replaced", "由新的答复代替"

    suggestion = models.ForeignKey(
        "proposals.Suggestion", on_delete=models.PROTECT, related_name="promises", verbose_name="建议"
    )
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    made_on = models.DateField("承诺日期")
    due_on = models.DateField("承诺完成日期")
    settled_on = models.DateField("反馈日期", null=True, blank=True)
    outcome = models.CharField("落实情况", max_length=8, choices=Outcome, blank=True)
    note = models.TextField("反馈内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承诺事项"
        ordering = ("due_on", "created_at")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "suggestion", "unit"],
                condition=models.Q(settled_on__isnull=True) & kept(),
                name="one_open_promise_a_unit",
            ),
            models.CheckConstraint(
                name="promise_settled_somehow",
                condition=models.Q(settled_on__isnull=True, outcome="")
                | models.Q(settled_on__isnull=False) & ~models.Q(outcome=""),
            ),
            models.CheckConstraint(name="promise_due_after_made", condition=models.Q(due_on__gt=models.F("made_on"))),
        ]

    def __str__(self):
        return f"{self.unit}承诺{chinese_date(self.due_on)}前完成"
