"""How the formal candidates are settled: discussion by voters' groups, preliminary vote; and meetings with voters."""

from django.core.validators import MinValueValidator
from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import Personal

BASIS = "选举法第三十二条"
KEEP = "长期，随选举文书存档"
RECORDER = "记录讨论协商的情况"


class Consultation(Record):
    """What one voters' group said of the candidates in one round: who came, how many were for each, whether the opinion is fairly
    common, and what came back from above (选举法三十二)."""

    url_name = "elections-consultation"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="consultations", verbose_name="选举"
    )
    group = models.ForeignKey(
        "elections.VoterGroup", on_delete=models.PROTECT, related_name="consultations", verbose_name="选民小组"
    )
    round = models.PositiveSmallIntegerField("轮次", default=1, validators=[MinValueValidator(1)])
    held_on = models.DateField("讨论日期")
    expected = models.PositiveIntegerField("应到", validators=[MinValueValidator(1)])
    present = models.PositiveIntegerField("到会")
    # Opinions by the nominee's key: no name stands here twice.
    opinions = models.JSONField("对每名候选人的意见数", default=dict, blank=True)
    agreed = models.BooleanField("形成较为一致的意见", default=False)
    recorder = models.CharField("记录人", max_length=40)
    returned = models.CharField("上轮退回的意见", max_length=200, blank=True)

    personal_fields = {"recorder": Personal(RECORDER, BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "讨论协商记录"
        ordering = ("round", "group")
        constraints = [
            once(["township", "election", "group", "round"], "consultation_once", "这个小组的这一轮已经登记。"),
            models.CheckConstraint(
                name="consultation_present",
                condition=models.Q(present__lte=models.F("expected")),
                violation_error_message="到会人数不能多于应到人数。",
            ),
        ]

    def __str__(self):
        return f"{self.group}第{self.round}轮"

    @property
    def audit_label(self):
        return str(self)


class PreliminaryVote(Record):
    """The preliminary vote of a district, held where the nominees exceed the margin and no fairly common opinion formed."""

    class How(models.TextChoices):
        MEETING = "meeting", "召开选民大会"
        GROUPS = "groups", "按选民小组进行"

    url_name = "elections-preliminary"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="preliminaries", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="preliminaries", verbose_name="选区"
    )
    how = models.CharField("方式", max_length=8, choices=How, default=How.MEETING)
    noticed_on = models.DateField("预选公告日期", null=True, blank=True)
    held_on = models.DateField("预选日期")
    hours = models.CharField("时间", max_length=40, blank=True, help_text="如“上午8时至11时”")
    place = models.CharField("地点", max_length=100, blank=True)
    registered = models.PositiveIntegerField("选民数", null=True, blank=True)
    took_part = models.PositiveIntegerField("参加预选", null=True, blank=True)
    recovered = models.PositiveIntegerField("收回选票", null=True, blank=True)
    void = models.PositiveIntegerField("废票", null=True, blank=True)
    results = models.JSONField("每名候选人得票", default=dict, blank=True)  # by the nominee's key
    confirmed_on = models.DateField("选举委员会确认日期", null=True, blank=True)
    settled = models.CharField(
        "票数相等怎样确定", max_length=200, blank=True, help_text="选举委员会的决定和依据；法律没有规定，不自动确定"
    )

    class Meta:
        verbose_name = verbose_name_plural = "预选"
        ordering = ("district",)
        constraints = [
            once(["township", "election", "district"], "preliminary_once", "这个选区的预选已经登记。"),
            models.CheckConstraint(
                name="preliminary_took_part",
                condition=models.Q(took_part__lte=models.F("registered"))
                | models.Q(took_part__isnull=True)
                | models.Q(registered__isnull=True),
                violation_error_message="参加预选人数不能多于选民数。",
            ),
        ]

    def __str__(self):
        return f"{self.district}预选"

    @property
    def audit_label(self):
        return str(self.district)


class CandidateMeeting(Record):
    """A meeting of candidates with voters, where the voters asked for it (选举法三十四); none on election day."""

    url_name = "elections-meeting"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="candidate_meetings", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="candidate_meetings", verbose_name="选区"
    )
    asked_by = models.CharField("提出要求", max_length=60, blank=True, help_text="如“东山村一组选民”；主动组织的不填")
    asked_on = models.DateField("提出日期", null=True, blank=True)
    held_on = models.DateField("见面日期")
    place = models.CharField("地点", max_length=100)
    candidates = models.PositiveSmallIntegerField("到会候选人", null=True, blank=True)
    attended = models.PositiveIntegerField("到会选民", null=True, blank=True)
    note = models.CharField("选民的问题和回答", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "候选人与选民见面"
        ordering = ("held_on", "district")

    def __str__(self):
        return f"{self.district}候选人与选民见面"

    @property
    def audit_label(self):
        return str(self.district)
