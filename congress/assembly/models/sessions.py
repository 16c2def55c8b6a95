"""Sessions of the congress, the officers elected there, and meetings of the presidium."""

from django.db import models

from congress.guard.action import formerly
from congress.guard.record import Record, once
from congress.law.numerals import to_chinese
from congress.models import Township
from congress.people.personal import Personal
from congress.wording import chinese_date

formerly("assembly.title_officers", "写明了选举产生的人员当时的职务全称")


class Session(Record):
    """A session (次会议) of a term of the township's congress."""

    url_name = "assembly-session"
    term = models.ForeignKey("deputies.Term", on_delete=models.PROTECT, related_name="sessions", verbose_name="届")
    number = models.PositiveSmallIntegerField("次")
    opened_on = models.DateField("开幕日期")
    closed_on = models.DateField("闭幕日期", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    entitled = models.PositiveSmallIntegerField("应到代表", default=0)
    present = models.PositiveSmallIntegerField("实到代表", default=0)
    on_leave = models.PositiveSmallIntegerField(
        "请假代表", default=0, blank=True, help_text="会前请了假的；没有请假也没有出席的不计"
    )
    reports = models.PositiveSmallIntegerField(
        "听取审议报告", default=0, blank=True, help_text="会上听取和审查、审议的工作报告件数"
    )
    projects = models.PositiveSmallIntegerField("票决民生实事项目", default=0, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "人代会会议"
        ordering = ("-opened_on",)
        constraints = [
            once(["township", "term", "number"], "session_once", "这一届的这次会议已经登记，请在原记录上修改。"),
            models.CheckConstraint(
                name="session_present_entitled",
                condition=models.Q(present__lte=models.F("entitled")),
                violation_error_message="实到代表不能多于应到代表。",
            ),
        ]

    @property
    def held_on(self):
        """The day by which it lies ahead or is over."""
        return self.opened_on

    def __str__(self):
        return f"{self.term}人民代表大会第{to_chinese(self.number)}次会议"

    @property
    def audit_label(self):
        return str(self)


def post_title(post: str, township: Township) -> str:
    """The title of an office in the township's words of now: 镇人大主席, 乡长, 副乡长."""
    kind = "乡" if "乡" in township.kind else township.kind
    return {
        Officer.Post.CHAIR: f"{kind}人大主席",
        Officer.Post.VICE_CHAIR: f"{kind}人大副主席",
        Officer.Post.HEAD: township.head_title,
        Officer.Post.VICE_HEAD: f"副{township.head_title}",
    }[post]


class Officer(Record):
    """Somebody a session elected to an office of the congress or the government."""

    class Post(models.TextChoices):
        CHAIR = "chair", "人大主席"
        VICE_CHAIR = "vice_chair", "人大副主席"
        HEAD = "head", "政府正职"
        VICE_HEAD = "vice_head", "政府副职"

    url_name = "assembly-officer"
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="officers", verbose_name="会议")
    post = models.CharField("职务", max_length=12, choices=Post)
    title = models.CharField(
        "职务全称",
        max_length=30,
        blank=True,
        help_text="不填时按本地现在的称谓；当时的称谓不同的请写明。",
    )
    name = models.CharField("姓名", max_length=40)
    elected_on = models.DateField("当选日期")
    ended_on = models.DateField("离任日期", null=True, blank=True)

    personal_fields = {
        "name": Personal("记载选举结果", "地方组织法关于选举结果公布的规定", "长期，随选举文书存档", "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选举产生的人员"
        ordering = ("elected_on", "post")

    def __str__(self):
        return f"{self.get_post_display()} {self.name}"

    @property
    def called(self) -> str:
        """The office as it was called when the officer was elected: 镇人大主席, 乡长."""
        return self.title or post_title(self.post, self.township)

    @property
    def audit_label(self):
        return self.get_post_display()


class PresidiumMeeting(Record):
    """A meeting of the presidium between sessions."""

    url_name = "assembly-meeting"
    held_on = models.DateField("日期")
    topics = models.TextField("议题")
    entitled = models.PositiveSmallIntegerField("应到", default=0)
    present = models.PositiveSmallIntegerField("实到", default=0)
    decisions = models.TextField("决定", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "主席团会议"
        ordering = ("-held_on",)

    def __str__(self):
        return f"{chinese_date(self.held_on)}主席团会议"
