"""The reports of a township's presidium, of every kind."""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, kept
from reports import kinds


class AnnualReport(Record):
    """A report of one of the kinds (`reports/kinds.py`): the year's, half a year's, a month's, of one subject. While it has no
    document it is a draft: written, handed in for the chair's signature, signed; issuing freezes it. `signed_text` is the
    digest of what was handed in or signed. `month` is 0 where its kind counts by years, `topic` empty where it has none."""

    Way = kinds.Way

    url_name = "reports-report"
    kind = models.CharField("种类", max_length=12, choices=kinds.CHOICES, default=kinds.ANNUAL.key)
    month = models.PositiveSmallIntegerField("月份", default=0)
    topic = models.CharField("专题", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("稿次", default=1, help_text="更正重发时加一")
    title = models.CharField("标题", max_length=120)
    subtitle = models.CharField("副题", max_length=200, blank=True)
    salutation = models.CharField("称呼", max_length=40, blank=True)
    way = models.CharField("印发方式", max_length=10, choices=Way.choices, default=Way.MEETING)
    signers = models.CharField("签发人", max_length=60, blank=True)
    copies = models.CharField("抄送机关", max_length=200, blank=True)
    printed_by = models.CharField("印发机关", max_length=60, blank=True)
    since = models.DateField("报告期起始日", null=True, blank=True)
    cut_off = models.DateField("数据截止日")
    structure = models.CharField("结构", max_length=40, default="seed", help_text="报告按哪一种结构拟出")
    submitted_on = models.DateField("送签日期", null=True, blank=True)
    submitted_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送签人"
    )
    signed_on = models.DateField("签发日期", null=True, blank=True)
    signed_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发操作人"
    )
    signed_text = models.CharField("送签内容指纹", max_length=64, blank=True)
    document = models.OneToOneField(
        "congress.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="annual_report",
        verbose_name="印发文件",
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="更正的报告"
    )
    correction_reason = models.CharField("更正原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作报告"
        ordering = ("-year", "-month", "kind", "-edition")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "kind", "year", "month", "topic", "edition"], name="report_of_a_period_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=kinds.BRIEF.key, month__range=(1, 12)) | (~Q(kind=kinds.BRIEF.key) & Q(month=0)),
                name="report_of_a_month",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | (Q(signed_by__isnull=False) & ~Q(signed_text="")),
                name="annual_report_signed_by_somebody",
            ),
        ]

    def __str__(self):
        return "".join(self.title_lines)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The lines of the title as they were set; a title of one line parts after the name of the presidium."""
        lines = tuple(line for line in self.title.splitlines() if line)
        office = self.township.presidium_name
        if len(lines) == 1 and self.title.startswith(office) and self.title != office:
            return office, self.title.removeprefix(office)
        return lines

    @property
    def headed(self) -> bool:
        """Whether it goes out under the red head, with an imprint at its foot."""
        return self.way != self.Way.MEETING

    @property
    def of(self) -> kinds.ReportKind:
        """What its kind says of it."""
        return kinds.KINDS[self.kind]

    @property
    def period(self) -> str:
        """The days it tells of, in words."""
        return self.of.spoken(self.year, self.month, self.since, self.cut_off)

    @property
    def audit_label(self):
        return self.of.called.format(year=self.year, month=self.month, topic=self.topic)

    @property
    def correction(self) -> "AnnualReport | None":
        """The report, or the draft of one, that corrects this one; read with `queries.annual.reports` it asks nothing."""
        return getattr(self, "corrected_by", None)


class Section(Record):
    """A piece of the report: a heading with its text, in which {{figure.key}} stands for a figure."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="sections", verbose_name="报告")
    position = models.PositiveSmallIntegerField("次序")
    level = models.PositiveSmallIntegerField("层级", help_text="0 为开头段落，1 一、，2 （一），3 1.")
    heading = models.CharField("标题", max_length=120, blank=True)
    text = models.TextField("正文", blank=True)
    edited_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="最后修改人"
    )
    edited_at = models.DateTimeField("最后修改时间", null=True, blank=True)

    guard_uncounted = ("position",)  # sections may be moved while somebody edits their text

    class Meta:
        verbose_name = verbose_name_plural = "报告章节"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "report", "position"],
                condition=kept(),
                name="section_once",
            )
        ]

    def __str__(self):
        return self.heading or "正文"

    @property
    def audit_label(self):
        return self.heading


class SectionDraft(Record):
    """The text of somebody who saved over a change they had not seen: kept beside the other until one is chosen."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="drafts", verbose_name="章节")
    author = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="作者")
    based_on = models.PositiveIntegerField("所据版本")
    heading = models.CharField("标题", max_length=120, blank=True)
    text = models.TextField("正文")
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_how = models.CharField("处理结果", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "并存稿"
        ordering = ("created_at",)

    def __str__(self):
        return f"{self.section_id}"


class SectionComment(Record):
    """What somebody says about a section of a draft, until it is settled with an answer."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="comments", verbose_name="章节")
    author = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="提出人")
    said_at = models.DateTimeField("提出时间")
    text = models.CharField("意见", max_length=500)
    settled_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    answer = models.CharField("怎样处理", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审改意见"
        ordering = ("said_at",)

    def __str__(self):
        return self.text[:30]


class FigureUse(Record):
    """A figure as it was computed for a report: value, period, cut-off, definition, denominator and the rows behind it.

    Beside it what it was a year before, by the same definition and up to the same day of that year (`last_…`): no cut-off where
    the two do not compare, no value where the year before has no record, `last_since` where it was recorded in part.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="figures", verbose_name="报告")
    key = models.CharField("数据", max_length=60)
    value = models.IntegerField("数值")
    denominator = models.IntegerField("分母", null=True, blank=True)
    words = models.CharField("文字", max_length=400, blank=True, help_text="以文字表述的数据，如类别、职务姓名")
    period_from = models.DateField("起")
    period_to = models.DateField("止")
    cut_off = models.DateField("截止日")
    definition = models.CharField("口径", max_length=300)
    rows = models.JSONField("所据记录", default=list)
    rows_hash = models.CharField("记录指纹", max_length=64)
    computed_at = models.DateTimeField("计算时间")
    last_value = models.IntegerField("上年同期数值", null=True, blank=True)
    last_denominator = models.IntegerField("上年同期分母", null=True, blank=True)
    last_cut_off = models.DateField("上年同期截止日", null=True, blank=True, help_text="空着的没有同上年比较")
    last_hash = models.CharField("上年同期记录指纹", max_length=64, blank=True)
    last_since = models.DateField("上年开始有记录的日期", null=True, blank=True, help_text="空着的上年全期有记录")

    erased_from_history = ("rows", "words")  # what stands now is emptied of one name by reports/erasing.py

    class Meta:
        verbose_name = verbose_name_plural = "报告数据"
        ordering = ("key",)
        constraints = [models.UniqueConstraint(fields=["township", "report", "key"], name="figure_once")]

    def __str__(self):
        return f"{self.key} {self.value}"
