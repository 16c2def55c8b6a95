"""What a county asks of a township about a number or a row, and what the township answers."""

from django.db import models

from congress import clock
from congress.guard.county import ASKS
from congress.guard.record import Record, once
from congress.wording import chinese_date


class CountyQuestion(Record):
    """A question of the county: the only row it writes in a township, and one that nobody changes."""

    county = models.ForeignKey("congress.County", on_delete=models.PROTECT, related_name="+", verbose_name="询问单位")
    asked_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="询问人")
    asked_on = models.DateField("询问日期", default=clock.today)
    about = models.CharField("事项", max_length=120)
    page = models.CharField("页面", max_length=200, blank=True)
    text = models.TextField("问题", max_length=500)
    due_on = models.DateField("希望答复日期", null=True, blank=True)

    url_name = "reports-question"
    guard_final = True
    guard_check = ASKS

    class Meta:
        verbose_name = verbose_name_plural = "上级询问"
        indexes = [models.Index(fields=["township", "-asked_on"], name="county_question_newest")]

    def __str__(self):
        return self.about

    @property
    def audit_label(self) -> str:
        """The day; what it is about was typed."""
        return f"{chinese_date(self.asked_on)}的询问"


class CountyAnswer(Record):
    """The township's answer to a question of its county."""

    question = models.ForeignKey(
        CountyQuestion, on_delete=models.PROTECT, related_name="answers", verbose_name="上级询问"
    )
    answered_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="答复人")
    answered_on = models.DateField("答复日期", default=clock.today)
    text = models.TextField("答复", max_length=1000)

    class Meta:
        verbose_name = verbose_name_plural = "对上级询问的答复"
        constraints = [once(["township", "question"], "county_answer_once", "这个询问已经答复。")]

    def __str__(self):
        return f"{chinese_date(self.answered_on)}的答复"

    @property
    def audit_label(self) -> str:
        """The day of the answer."""
        return str(self)
