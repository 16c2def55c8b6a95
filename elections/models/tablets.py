"""The list of a place that was taken along on a tablet, for where there is no network; and what could not be merged of it."""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, kept
from congress.people.fields import Personal
from elections.models.issue import BASIS, KEEP, BallotIssue


class Tablet(Record):
    """That somebody took the list of a register along on a device, which is out until it is handed back or declared lost.

    `replaced` says by vote how many exchanged ballots of it were counted already, as the device sends its totals. See ADR 23.
    """

    url_name = "elections-tablet"
    register = models.ForeignKey(
        "elections.IssueRegister", on_delete=models.PROTECT, related_name="tablets", verbose_name="领票登记册"
    )
    name = models.CharField("设备名称", max_length=40, help_text="写到认得出是哪一台，如“2号平板”")
    taken_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="带走的人", editable=False
    )
    taken_on = models.DateField("带走日期", editable=False)
    until = models.DateTimeField("名册有效至", editable=False)
    merged = models.PositiveIntegerField("已并入张数", default=0, editable=False)
    replaced = models.JSONField("已并入的换发", default=dict, editable=False)
    back_on = models.DateField("交回日期", null=True, blank=True, editable=False)
    lost_on = models.DateField("登记没有带回的日期", null=True, blank=True, editable=False)
    lost_reason = models.CharField("没有带回的原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "离线名册"
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "register", "name"],
                condition=kept() & Q(back_on__isnull=True, lost_on__isnull=True),
                name="tablet_out_once",
                violation_error_message="这个名称的设备已经带走名册，还没有交回。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return f"{self.register.whose}：{self.name}"

    @property
    def out(self) -> bool:
        """Whether it was neither handed back nor declared lost."""
        return self.back_on is None and self.lost_on is None

    @property
    def state(self) -> str:
        """Where it is."""
        if self.lost_on is not None:
            return "没有带回"
        return "带走未交回" if self.out else "已交回"


class IssueConflict(Record):
    """A ballot that a tablet says it handed out and that the register could not take: decided by the clerk, with a reason.

    It holds a day and no moment, and names the voter by a key alone, as `BallotIssue` does.
    """

    class Decision(models.TextChoices):
        MISTAKE = "mistake", "误点，没有发出选票"
        TAKEN_BACK = "taken_back", "多发的选票已收回作废"
        CAST = "cast", "选票已投入票箱，写入情况说明"
        ENTER = "enter", "应当发票，补登到领票登记"
        ENTERED = "entered", "已照纸质登记册补登，不再登记"

    tablet = models.ForeignKey(Tablet, on_delete=models.PROTECT, related_name="conflicts", verbose_name="离线名册")
    round = models.ForeignKey("elections.Round", on_delete=models.PROTECT, related_name="+", verbose_name="投票")
    registration_key = models.UUIDField("选民登记", editable=False)
    way = models.CharField("领票方式", max_length=6, choices=BallotIssue.Way)
    issued_on = models.DateField("领票日期")
    against = models.CharField("没有并入的原因", max_length=200)
    decided_on = models.DateField("处理日期", null=True, blank=True, editable=False)
    decision = models.CharField("处理", max_length=10, choices=Decision, blank=True, editable=False)
    note = models.CharField("说明", max_length=200, blank=True, editable=False)

    created_at = None  # when it was merged says near to when the voter came
    personal_fields = dict.fromkeys(
        ("registration_key", "way", "against", "note"), Personal("防止重复发票", BASIS, KEEP, "内部")
    )

    class Meta:
        verbose_name = verbose_name_plural = "并入冲突"
        ordering = ("registration_key",)
        constraints = [
            models.CheckConstraint(
                name="issue_conflict_decided",
                condition=Q(decided_on__isnull=True, decision="") | (Q(decided_on__isnull=False) & ~Q(decision="")),
                violation_error_message="请选择怎样处理。",
            ),
        ]

    def __str__(self):
        return self.get_way_display()

    @property
    def audit_label(self):
        return self.tablet.audit_label
