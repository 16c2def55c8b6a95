"""What a township keeps for its reports: structures of its own, the words of the year, and what it plans."""

from django.db import models

from congress import clock
from congress.guard.record import Record, once
from congress.wording import chinese_date
from reports import kinds


class Template(Record):
    """A structure of the township's own: the text that `reports.reading` reads."""

    url_name = "reports-template"
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("用于", max_length=12, choices=kinds.CHOICES, default=kinds.ANNUAL.key)
    text = models.TextField("章节和句子")

    class Meta:
        verbose_name = verbose_name_plural = "报告结构"
        ordering = ("name",)
        constraints = [once(["township", "name"], "report_template_once", "已有同名的报告结构。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


class Guiding(Record):
    """Words by which a year's reports are led, from a day until another: a thought, a meeting, a slogan."""

    class Kind(models.TextChoices):
        """As what it stands in a report; the label is the word by which a structure asks for it."""

        THOUGHT = "thought", "指导思想"
        MEETING = "meeting", "重要会议"
        WORK = "work", "总部署"
        CAMPAIGN = "campaign", "主题活动"
        STUDY = "study", "学习教育"

    url_name = "reports-guiding"
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    words = models.CharField("文字", max_length=120)
    from_on = models.DateField("开始日期")
    until_on = models.DateField("结束日期", null=True, blank=True)
    basis = models.CharField("出处", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重要提法"
        ordering = ("kind", "from_on", "words")
        constraints = [
            once(["township", "kind", "words", "from_on"], "guiding_once", "这一条已经登记过。"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="guiding_days",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def audit_label(self):
        return f"{self.get_kind_display()}（{chinese_date(self.from_on)}起）"

    @property
    def current(self) -> bool:
        """Whether it is said today."""
        today = clock.today()
        return self.from_on <= today and (self.until_on is None or today <= self.until_on)


class PlanItem(Record):
    """What a township plans for a year: a duty by law or a promise, with its last day and, where it has one, its number.

    What became of it is told by its figure where it has one, else by the office.
    """

    class Source(models.TextChoices):
        DUTY = "duty", "法定职责"
        PROMISE = "promise", "承诺事项"
        CARRIED = "carried", "上年未完成"

    class Outcome(models.TextChoices):
        DONE = "done", "已完成"
        PARTLY = "partly", "部分完成"
        NOT = "not", "没有完成"

    url_name = "reports-plan-item"
    year = models.PositiveSmallIntegerField("年度")
    words = models.CharField("事项", max_length=120)
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.PROMISE)
    basis = models.CharField("依据", max_length=120, blank=True)
    figure = models.CharField("数据", max_length=60, blank=True)
    target = models.PositiveIntegerField("目标数", null=True, blank=True)
    due_on = models.DateField("完成时限")
    outcome = models.CharField("落实情况", max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField("落实情况说明", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划事项"
        ordering = ("year", "due_on", "created_at", "words")
        constraints = [once(["township", "year", "words"], "plan_item_once", "这一年已有同样的事项。")]

    def __str__(self):
        return self.words

    @property
    def audit_label(self):
        return f"{self.year}年计划事项"
