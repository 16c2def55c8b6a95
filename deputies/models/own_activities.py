"""What deputies enter of their own activities: nothing counts before the office has confirmed it."""

from django.db import models

from congress.guard.record import Record
from deputies.models.activities import Activity


class OwnActivity(Record):
    """An activity as a deputy entered it. Confirmed, the deputy stands in the list of an `Activity`, made of it or there
    before; figures, lists and traces read those alone."""

    class State(models.TextChoices):
        ENTERED = "entered", "待确认"
        RETURNED = "returned", "已退回"
        CONFIRMED = "confirmed", "已确认"

    url_name = "deputies-own-activity"
    deputy = models.ForeignKey(
        "deputies.Deputy", on_delete=models.PROTECT, related_name="own_activities", verbose_name="代表"
    )
    kind = models.CharField("类别", max_length=16, choices=Activity.Kind)
    title = models.CharField("做了什么", max_length=100)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60, blank=True)
    people = models.PositiveIntegerField("其他参加人数", default=0)
    households = models.PositiveIntegerField("走访户数", default=0)
    deeds = models.PositiveIntegerField("办实事件数", default=0)
    note = models.TextField("情况", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ENTERED, editable=False)
    answer = models.CharField("退回理由", max_length=200, blank=True, editable=False)
    activity = models.ForeignKey(
        Activity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entered",
        verbose_name="履职活动",
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "自报活动"
        ordering = ("-held_on", "-created_at")
        constraints = [
            models.CheckConstraint(
                name="own_activity_confirmed_as_one",
                condition=models.Q(state="confirmed", activity__isnull=False)
                | ~models.Q(state="confirmed") & models.Q(activity__isnull=True),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def audit_label(self):
        return self.title
