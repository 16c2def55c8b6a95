"""What deputies and the presidium do between sessions, one dated row each."""

from django.db import models

from congress.guard.record import Record, once
from congress.guard.words import WordIndex


class Activity(Record):
    """A training, inspection, inquiry, report to voters, visit or the like, with the numbers its kind has (`COUNTS`)."""

    class Kind(models.TextChoices):
        TRAINING = "training", "学习培训"
        INSPECTION = "inspection", "视察"
        INQUIRY = "inquiry", "专题调研"
        LAW_CHECK = "law_check", "执法检查"
        DUTY_REPORT = "duty_report", "述职评议"
        APPRAISAL = "appraisal", "工作评议"
        GROUP = "group", "小组活动"
        VISIT = "visit", "走访"
        PUBLICITY = "publicity", "宣传"
        PARTY_REPORT = "party_report", "请示报告"
        STUDY = "study", "理论学习"
        TOWN_TASK = "town_task", "中心工作"
        OTHER = "other", "其他"

    # The numbers that only some kinds have, in the order of form, list and table.
    COUNTS = {
        "households": (Kind.VISIT,),
        "villages": (Kind.VISIT,),
        "teams": (Kind.VISIT,),
        "visited": (Kind.VISIT,),
        "deeds": (Kind.VISIT, Kind.GROUP, Kind.TOWN_TASK, Kind.OTHER),
        "papers": (Kind.VISIT, Kind.PUBLICITY),
        "posters": (Kind.VISIT, Kind.PUBLICITY),
        "reports": (Kind.INQUIRY, Kind.INSPECTION, Kind.LAW_CHECK),
        "appraised": (Kind.APPRAISAL,),
        "opinions": (Kind.APPRAISAL,),
        "mended": (Kind.APPRAISAL,),
        "votes_good": (Kind.DUTY_REPORT, Kind.APPRAISAL),
        "votes_fair": (Kind.DUTY_REPORT, Kind.APPRAISAL),
        "votes_bad": (Kind.DUTY_REPORT, Kind.APPRAISAL),
    }

    url_name = "deputies-activity"
    kind = models.CharField("类别", max_length=16, choices=Kind)
    title = models.CharField("名称", max_length=100)
    held_on = models.DateField("日期")
    half_days = models.PositiveSmallIntegerField("时长（半天）", default=1)
    place = models.CharField("地点", max_length=60, blank=True)
    organiser = models.CharField("组织单位", max_length=60, blank=True)
    households = models.PositiveIntegerField("走访户数", default=0)
    people = models.PositiveIntegerField(
        "其他参加人数", default=0, help_text="代表以外的，如选民代表；下面选的代表另算，不要重复填"
    )
    deeds = models.PositiveIntegerField("办实事件数", default=0)
    villages = models.PositiveIntegerField("走访村数", default=0)
    teams = models.PositiveIntegerField("走访组数", default=0)
    visited = models.PositiveIntegerField("走访群众人次", default=0)
    papers = models.PositiveIntegerField("发放资料份数", default=0)
    posters = models.PositiveIntegerField("张贴公告张数", default=0)
    reports = models.PositiveIntegerField("形成报告篇数", default=0)
    appraised = models.PositiveIntegerField("被评议单位数", default=0)
    opinions = models.PositiveIntegerField("评议意见条数", default=0)
    mended = models.PositiveIntegerField("整改落实条数", default=0)
    # What was put right later is a fact of its own day, not of the day of the appraisal.
    mended_on = models.DateField("整改落实日期", null=True, blank=True, help_text="核实这些意见已经整改落实的日期")
    votes_good = models.PositiveIntegerField("测评满意票", default=0)
    votes_fair = models.PositiveIntegerField("测评基本满意票", default=0)
    votes_bad = models.PositiveIntegerField("测评不满意票", default=0)
    note = models.TextField("情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "履职活动"
        ordering = ("-held_on", "title")
        indexes = [
            WordIndex("title", "place", "organiser", "note", name="activity_words"),
            models.Index(fields=["township", "kind", "held_on"], name="activity_by_kind"),
        ]

    def __str__(self):
        return self.title

    @property
    def audit_label(self):
        return self.title

    @property
    def votes(self) -> int:
        """How many marked a paper on which the appraised, or those who reported, were rated."""
        return self.votes_good + self.votes_fair + self.votes_bad


class ActivityAttendance(Record):
    """A deputy took part in an activity, in some part."""

    part_of = "activity"

    class Part(models.TextChoices):
        ATTENDED = "attended", "参加"
        SPOKE = "spoke", "发言"
        REPORTED = "reported", "述职"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="attendances", verbose_name="活动")
    deputy = models.ForeignKey(
        "deputies.Deputy", on_delete=models.PROTECT, related_name="attendances", verbose_name="代表"
    )
    part = models.CharField("角色", max_length=10, choices=Part, default=Part.ATTENDED)

    class Meta:
        verbose_name = verbose_name_plural = "参加活动"
        constraints = [once(["township", "activity", "deputy"], "attendance_once", "该代表已在参加名单中。")]

    def __str__(self):
        return f"{self.activity} {self.deputy_id}"
