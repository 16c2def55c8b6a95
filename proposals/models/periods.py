"""The office's own periods, where the law sets none: kept apart from statutory ones and never applied backwards."""

from django.db import models

from congress.guard.record import Record


class OfficePeriod(Record):
    """A period the presidium set for its own office; for facts from `effective_from` on, until a later row says otherwise."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", "接待事项办理（日）"
        SECOND_HANDLING = "second_handling", "不满意建议重新办理（月）"

    kind = models.CharField("事项", max_length=16, choices=Kind)
    value = models.PositiveSmallIntegerField("期限", help_text="接待事项按日计，重新办理按月计")
    effective_from = models.DateField("自何日起适用", help_text="只适用于这一天及以后发生的事项")
    basis = models.CharField("依据", max_length=100, help_text="如“主席团2022年第1次会议确定”")

    class Meta:
        verbose_name = verbose_name_plural = "内部时限"
        ordering = ("kind", "-effective_from")
        constraints = [
            models.UniqueConstraint(fields=["township", "kind", "effective_from"], name="office_period_once_a_day"),
            models.CheckConstraint(name="office_period_positive", condition=models.Q(value__gte=1, value__lte=365)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.value}"

    @property
    def audit_label(self):
        return str(self)
