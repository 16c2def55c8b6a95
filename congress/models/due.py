"""What runs out on which day: derived from facts and kept beside them, so that it can be counted and sorted by index."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import Record, Rows
from congress.law.finding import Citation


class DueDays(Rows):
    """Due days."""

    def open(self):
        """Only those still waited for."""
        return self.filter(is_open=True)


class DueDay(Record):
    """A day by which something is waited for, and its ground; written when its facts are, by nothing else.

    Overdue is a comparison of days, so nothing is written at midnight. One that was met or moved is kept, not open.
    """

    key = models.CharField("期限", max_length=40)
    subject = models.UUIDField("事项")
    due_on = models.DateField("到期日")
    title = models.CharField("名称", max_length=200)
    url = models.CharField("链接", max_length=200)
    why = models.TextField("为什么是这一天")
    citation = models.JSONField("依据", null=True)
    units = ArrayField(models.UUIDField(), default=list, verbose_name="由哪些单位办理")
    is_open = models.BooleanField("未了", default=True)

    guard_history = False  # can be told again from the facts at any time

    objects = DueDays.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ("due_on", "title", "pk")
        constraints = [models.UniqueConstraint(fields=["township", "key", "subject", "due_on"], name="due_day_once")]
        indexes = [
            models.Index(
                fields=["township", "due_on", "title"],
                include=["key"],  # counted without the rows
                condition=models.Q(is_open=True),
                name="due_days_waiting",
            ),
            # Those of a county's townships together, in the order of the days.
            models.Index(fields=["due_on", "title", "id"], condition=models.Q(is_open=True), name="due_days_anywhere"),
            models.Index(fields=["township", "subject"], name="due_days_of_subject"),
        ]

    def __str__(self):
        return self.title

    @property
    def ground(self) -> Citation | None:
        """The place in a law it follows from; None where the office set the day itself."""
        return Citation(**self.citation) if self.citation else None


class Grounds(Record):
    """By which rules, pack, periods and days off the due days and summaries of a township were derived."""

    digest = models.CharField("摘要", max_length=64)

    guard_history = False

    class Meta:
        verbose_name = verbose_name_plural = "推算所依据的规则"
        constraints = [models.UniqueConstraint(fields=["township"], name="grounds_once")]

    def __str__(self):
        return self.digest[:8]
