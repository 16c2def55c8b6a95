"""Rights of the chair handed over to a vice-chair for dated days."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import Record
from congress.law.numerals import chinese_date


class Delegation(Record):
    """Which rights a vice-chair exercises for the chair, from a day until another; it ends by itself."""

    holder = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="副主席")
    given_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="委托人")
    rights = ArrayField(models.CharField(max_length=60), verbose_name="委托的权限")
    since = models.DateField("自")
    until = models.DateField("至")
    ended_on = models.DateField("提前收回日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "权限委托"
        ordering = ("-since",)
        constraints = [
            models.CheckConstraint(
                name="delegation_days_in_order",
                condition=models.Q(until__gte=models.F("since")),
                violation_error_message="截止日期不能早于起始日期。",
            ),
            models.CheckConstraint(
                name="delegation_to_somebody_else", condition=~models.Q(holder=models.F("given_by"))
            ),
        ]

    def __str__(self):
        return f"{self.holder}，{self.audit_label}"

    @property
    def audit_label(self):
        return f"{chinese_date(self.since)}至{chinese_date(self.until)}"

    def holds_on(self, day) -> bool:
        """Whether it holds on a day: both dates included, and not from the day it was taken back."""
        return self.since <= day <= self.until and (self.ended_on is None or day < self.ended_on)
