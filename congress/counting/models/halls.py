"""A secret vote of the hall by telephone: what is asked, the codes that are drawn, and how many votes each answer has.

Nothing here stands for a vote. Codes are drawn from a shuffled stack and given to nobody by name; every vote writes all codes
and all totals of its hall anew, so that no row tells by its time, its place on the disk or its transaction which was meant.
"""

from django.db import models
from django.db.models import F, Q

from congress.guard.record import Record, once, two_people
from congress.people.personal import Personal


class HallVote(Record):
    """Something the hall votes on or rates in secret. Two people open it and two close it; it holds a day and no minute."""

    class Scale(models.TextChoices):
        VOTE = "vote", "表决（赞成、反对、弃权）"
        RATING = "rating", "测评（满意、基本满意、不满意、弃权）"

    url_name = "counting-hall"
    title = models.CharField("表决事项", max_length=100)
    scale = models.CharField("方式", max_length=8, choices=Scale, default=Scale.VOTE)
    held_on = models.DateField("表决日期")
    deputies = models.PositiveIntegerField("全体代表")
    present = models.PositiveIntegerField("出席人数")
    codes_on = models.DateField("印制表决码日期", null=True, blank=True, editable=False)
    open_asked_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出开启的人"
    )
    opened_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认开启的人"
    )
    close_asked_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出结束的人"
    )
    closed_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认结束的人"
    )
    fingerprint = models.CharField("计票指纹", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "会场表决"
        ordering = ("-held_on", "title")
        constraints = [
            models.CheckConstraint(
                name="hall_present_of_all",
                condition=Q(present__lte=F("deputies"), present__gte=1),
                violation_error_message="出席人数在1和全体代表之间。",
            ),
            two_people("open_asked_by", "opened_by", "hall_opened_by_two", "开启表决由两个不同的人办理。", begun=False),
            two_people(
                "close_asked_by", "closed_by", "hall_closed_by_two", "结束表决由两个不同的人办理。", begun=False
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def audit_label(self):
        return self.title


class HallQuestion(Record):
    """One thing the hall answers to: a proposal, somebody, a unit that is rated."""

    hall = models.ForeignKey(HallVote, on_delete=models.PROTECT, related_name="questions", verbose_name="会场表决")
    position = models.PositiveSmallIntegerField("位次")
    label = models.CharField("事项、姓名或者单位", max_length=100)

    personal_fields = {
        "label": Personal("会场无记名表决、测评", "地方组织法关于表决的规定", "长期，随会议文书存档", "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "表决的事项"
        ordering = ("hall", "position")
        constraints = [
            once(["township", "hall", "position"], "hall_question_position_once", "这一位已有事项。"),
            once(["township", "hall", "label"], "hall_question_once", "有两个相同的事项，请加以区分。"),
        ]

    def __str__(self):
        return f"第{self.position}项"

    @property
    def audit_label(self):
        return str(self)


class HallTotal(Record):
    """How many votes one answer to one question has. Neither history nor an event of a vote: only the sum is there."""

    guard_action = False
    guard_history = False

    question = models.ForeignKey(HallQuestion, on_delete=models.PROTECT, related_name="totals", verbose_name="事项")
    mark = models.CharField("答案", max_length=8)
    number = models.PositiveIntegerField("票数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "会场表决票数"
        constraints = [
            models.UniqueConstraint(fields=["township", "question", "mark"], name="hall_total_once"),
        ]


class HallCode(Record):
    """A code of the stack, as a digest; whether it was used. It is nobody's, and says nothing of an answer."""

    guard_action = False
    guard_history = False

    hall = models.ForeignKey(HallVote, on_delete=models.PROTECT, related_name="codes", verbose_name="会场表决")
    digest = models.CharField("表决码的摘要", max_length=64)
    spent = models.BooleanField("已用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "表决码"
        constraints = [models.UniqueConstraint(fields=["township", "digest"], name="hall_code_once")]
