"""Mandates, and the times in which one could not be exercised."""

from django.db import models

from congress.guard.action import formerly
from congress.guard.record import Record, kept
from congress.people.fields import Personal
from deputies.models.roster import BASIS, KEEP, Deputy
from deputies.models.terms import District, Level, Term

formerly("deputies.suspension_rows", "把暂停执行代表职务改为逐次登记")
EXERCISE = Personal("确认能否执行代表职务", BASIS, KEEP, "内部")


class Mandate(Record):
    """A deputy's seat in one congress for one term: since when, how it came, and how it ended."""

    class How(models.TextChoices):
        GENERAL = "general", "换届选举"
        BY_ELECTION = "by_election", "补选"

    class End(models.TextChoices):
        EXPIRED = "expired", "任期届满"
        MOVED = "moved", "迁出或者调离"
        RESIGNED = "resigned", "辞职"
        ORDERED = "ordered", "责令辞职"
        RECALLED = "recalled", "被罢免"
        ABSENT = "absent", "未经批准两次不出席会议"
        NATIONALITY = "nationality", "丧失国籍"
        RIGHTS = "rights", "被剥夺政治权利"
        CAPACITY = "capacity", "丧失行为能力"
        DIED = "died", "去世"
        VOID = "void", "当选无效"  # no end of what was rightly won: determined for itself (选举法四十七)

    deputy = models.ForeignKey(Deputy, on_delete=models.PROTECT, related_name="mandates", verbose_name="代表")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="mandates", verbose_name="届")
    level = models.CharField("级别", max_length=10, choices=Level, default=Level.TOWNSHIP)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, verbose_name="选区")
    elected_on = models.DateField("当选日期")
    how = models.CharField("产生方式", max_length=12, choices=How, default=How.GENERAL)
    confirmed_on = models.DateField("资格确认日期", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=12, choices=End, blank=True)

    personal_fields = {
        "end_reason": Personal("确认代表资格何时因何终止", BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "代表资格"
        ordering = ("level", "-elected_on")
        constraints = [
            # One that ended may be won again at a by-election of the same term: a mandate of its own.
            models.UniqueConstraint(
                fields=["township", "deputy", "term"],
                condition=models.Q(ended_on__isnull=True) & kept(),
                name="mandate_once_a_term",
                violation_error_message="这一届的代表资格已经登记过，尚未终止。",
            ),
            models.CheckConstraint(
                name="mandate_end_has_reason",
                condition=models.Q(ended_on__isnull=True, end_reason="")
                | models.Q(ended_on__isnull=False) & ~models.Q(end_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_level_display()}人大代表"


class Suspension(Record):
    """A time in which a mandate is held and not exercised (代表法六十一): from a day until, and without, another."""

    class Ground(models.TextChoices):
        DETAINED = "detained", "因刑事案件被羁押"
        SERVING = "serving", "正在服刑，没有附加剥夺政治权利"

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suspensions", verbose_name="代表资格")
    since = models.DateField("暂停起始日期")
    until = models.DateField("恢复日期", null=True, blank=True)
    ground = models.CharField("情形", max_length=10, choices=Ground, blank=True)  # empty: from before it was kept
    decision = models.CharField("依据的文书", max_length=100, blank=True)

    personal_fields = dict.fromkeys(("since", "until", "ground", "decision"), EXERCISE)
    erased = {"decision": ""}

    class Meta:
        verbose_name = verbose_name_plural = "暂停执行职务"
        ordering = ("since", "created_at")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "mandate"],
                condition=models.Q(until__isnull=True) & kept(),
                name="suspension_open_once",
                violation_error_message="已登记暂时停止执行代表职务。",
            ),
            models.CheckConstraint(
                name="suspension_ends_after_it_began",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)
