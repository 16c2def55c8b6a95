"""What a suggestion and a matter add up to, kept beside them so that lists and counts read it by index."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import Record
from proposals.models.receptions import Matter
from proposals.models.suggestions import Suggestion
from proposals.stages import Stage


class SuggestionSummary(Record):
    """Where a suggestion stands, derived from its facts by `queries.summaries` and written by nothing else."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="summary", verbose_name="建议")
    stage = models.CharField("阶段", max_length=10, choices=[(stage.value, stage.label) for stage in Stage])
    rank = models.PositiveSmallIntegerField("阶段次序")
    is_open = models.BooleanField("未了")
    owed = models.BooleanField("欠答复")
    round = models.PositiveSmallIntegerField("办理轮次", default=0)
    due_on = models.DateField("答复期限", null=True)
    replied_on = models.DateField("本轮答复日", null=True)
    units = models.TextField("承办单位", blank=True)
    unsigned_units = ArrayField(models.UUIDField(), default=list, verbose_name="未签收的单位")
    unheard_units = ArrayField(models.UUIDField(), default=list, verbose_name="未书面送达的单位")
    extension_asked = models.BooleanField("延期申请待答复", default=False)

    guard_history = False  # can be told again from the facts at any time
    guard_derived = True

    class Meta:
        verbose_name = verbose_name_plural = "建议概况"
        indexes = [
            models.Index(fields=["township", "stage"], name="summaries_by_stage"),
            models.Index(fields=["township", "stage"], condition=models.Q(is_open=True), name="summaries_open"),
            models.Index(fields=["township", "due_on"], condition=models.Q(owed=True), name="summaries_owed"),
            # The county's townships together, in the order of the days.
            models.Index(fields=["due_on", "township"], condition=models.Q(owed=True), name="summaries_owed_anywhere"),
        ]

    def __str__(self):
        return self.get_stage_display()


class MatterSummary(Record):
    """Where a matter stands, with the day of its reception, derived by `queries.summaries` and written by nothing else."""

    class State(models.TextChoices):
        WAITING = "waiting", "待分流"
        OPEN = "open", "办理中"
        UNTOLD = "untold", "办结待反馈"
        RESOLVED = "resolved", "已办结"
        DECLINED = "declined", "已告知渠道"
        WITHDRAWN = "withdrawn", "已撤回"

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="summary", verbose_name="事项")
    state = models.CharField("状态", max_length=10, choices=State)
    held_on = models.DateField("接待日期")
    number = models.CharField("编号", max_length=20)
    due_on = models.DateField("内部时限", null=True)
    proposed = models.BooleanField("待分流而代表已有转办意见", default=False)
    with_unit = models.UUIDField("正在办理的单位", null=True)
    unheard = models.BooleanField("交办单未书面送达", default=False)

    guard_history = False  # can be told again from the facts at any time
    guard_derived = True

    class Meta:
        verbose_name = verbose_name_plural = "事项概况"
        indexes = [
            models.Index(fields=["township", "-held_on", "number"], name="matters_by_day"),
            models.Index(fields=["township", "state", "-held_on", "number"], name="matters_by_state"),
            models.Index(fields=["township", "proposed"], condition=models.Q(proposed=True), name="matters_proposed"),
            models.Index(
                fields=["township", "with_unit", "unheard"],
                condition=models.Q(with_unit__isnull=False),
                name="matters_with_units",
            ),
        ]

    def __str__(self):
        return self.get_state_display()
