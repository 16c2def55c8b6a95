"""What is kept of the work itself: tasks with who and when, reports and requests, coverage, inspections, progress."""

from django.db import models

from congress.guard.record import Record, kept
from congress.people.fields import Personal

BASIS = "选举法第十一条"
KEEP = "长期，随选举文书存档"
WORK = "办理选举工作"


class CampaignTask(Record):
    """A step of the calendar and a line of the ledger of responsibilities: what, by whom, until when, when it was done.

    `key` names a step the law sets a day for (`law.elections.calendar`); without it the township added the task itself.
    """

    url_name = "elections-task"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="tasks", verbose_name="选举工作"
    )
    election = models.ForeignKey(
        "elections.Election",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="哪一级",
        help_text="不选为各级共同的事项",
    )
    key = models.CharField("法定步骤", max_length=40, blank=True, editable=False)
    label = models.CharField("事项", max_length=60)
    responsible = models.CharField("责任人", max_length=40, blank=True)
    planned_on = models.DateField("计划日期")
    done_on = models.DateField("完成日期", null=True, blank=True)
    proof = models.CharField("完成凭据", max_length=100, blank=True, help_text="公告、文件或者记录的名称和文号")
    note = models.CharField("备注", max_length=200, blank=True)

    personal_fields = {"responsible": Personal(WORK, BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "选举工作事项"
        ordering = ("planned_on", "created_at")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "election", "key"],
                condition=kept() & ~models.Q(key=""),
                name="campaign_task_once",
                violation_error_message="这一级选举的这个法定步骤已在日程中。",
            )
        ]

    def __str__(self):
        return self.label

    @property
    def statutory(self) -> bool:
        """Whether the law sets its day."""
        return bool(self.key)

    @property
    def audit_label(self):
        return self.label


class Submission(Record):
    """A request before, or a report after, a step that matters (请示报告: 一个根本), with what was answered."""

    class Kind(models.TextChoices):
        REQUEST = "request", "请示"
        REPORT = "report", "报告"

    class Node(models.TextChoices):
        """The key nodes of an election."""

        START = "start", "启动部署"
        COMMITTEE = "committee", "选举委员会组成"
        DISTRICTS = "districts", "选区划分和名额分配"
        DAY = "day", "选举日"
        ROLL = "roll", "选民登记和名单公布"
        CANDIDATES = "candidates", "代表候选人"
        POLL = "poll", "投票选举"
        RESULT = "result", "选举结果"
        OTHER = "other", "其他"

    url_name = "elections-submission"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="submissions", verbose_name="选举工作"
    )
    kind = models.CharField("类别", max_length=8, choices=Kind)
    node = models.CharField("关键节点", max_length=12, choices=Node)
    addressee = models.CharField("呈送机关", max_length=60, help_text="如同级党委、县级人大常委会")
    submitted_on = models.DateField("呈送日期")
    paper = models.CharField("标题和文号", max_length=100)
    replied_on = models.DateField("批复日期", null=True, blank=True)
    reply = models.CharField("批复（批示）", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选举请示报告"
        ordering = ("-submitted_on", "node")

    def __str__(self):
        return f"{self.get_node_display()}{self.get_kind_display()}"

    @property
    def audit_label(self):
        return str(self)


class Coverage(Record):
    """One of the two 到位 in a district (or everywhere): voters told of the election, staff trained for it."""

    class Kind(models.TextChoices):
        PUBLICITY = "publicity", "宣传发动"
        TRAINING = "training", "业务培训"

    url_name = "elections-coverage"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="coverages", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coverages",
        verbose_name="选区",
        help_text="不选为全部选区",
    )
    kind = models.CharField("类别", max_length=10, choices=Kind)
    held_on = models.DateField("日期")
    what = models.CharField("做了什么", max_length=100, help_text="如张贴公告、广播、选民小组长培训会")
    number = models.PositiveIntegerField("数量（人次、份）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "宣传培训情况"
        ordering = ("-held_on", "kind")

    def __str__(self):
        return f"{self.get_kind_display()}：{self.what}"

    @property
    def audit_label(self):
        return self.get_kind_display()


class Inspection(Record):
    """What an inspection found and how it was mended (督导制度)."""

    url_name = "elections-inspection"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="inspections", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name="选区",
        help_text="不选为全镇",
    )
    inspected_on = models.DateField("督导日期")
    inspector = models.CharField("督导人", max_length=40)
    problem = models.CharField("发现的问题", max_length=300, blank=True, help_text="没有问题的不填")
    mend_by = models.DateField("整改期限", null=True, blank=True)
    mended_on = models.DateField("整改完成日期", null=True, blank=True)
    mending = models.CharField("整改情况", max_length=300, blank=True)

    personal_fields = {"inspector": Personal(WORK, BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "选举督导"
        ordering = ("-inspected_on", "created_at")

    def __str__(self):
        return f"{self.district or '全镇'}督导"

    @property
    def audit_label(self):
        return str(self)


class ProgressReport(Record):
    """The progress of a day, or an emergency, as it was reported upwards (报告制度)."""

    class Kind(models.TextChoices):
        DAILY = "daily", "进度日报"
        EMERGENCY = "emergency", "突发事件报告"

    url_name = "elections-progress"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="progress", verbose_name="选举工作"
    )
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.DAILY)
    reported_on = models.DateField("日期")
    reported_to = models.CharField("报送机关", max_length=60)
    content = models.CharField("内容", max_length=500)
    handled = models.CharField("处置情况", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "进度和突发事件报告"
        ordering = ("-reported_on", "kind")

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_label(self):
        return self.get_kind_display()
