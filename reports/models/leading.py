"""What a county lets its townships' reports be led by."""

from django.db import models

from congress import clock
from congress.guard.county import CountyRow
from reports.models.composing import Guiding


class CountyGuiding(CountyRow):
    """Words of the county by which the reports of all its townships are led, from a day until another."""

    kind = models.CharField("类别", max_length=10, choices=Guiding.Kind.choices)
    words = models.CharField("文字", max_length=120)
    from_on = models.DateField("开始日期")
    until_on = models.DateField("结束日期", null=True, blank=True)
    basis = models.CharField("出处", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "县级重要提法"
        ordering = ("kind", "from_on", "words")
        constraints = [
            models.UniqueConstraint(fields=["county", "kind", "words", "from_on"], name="county_guiding_once"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="county_guiding_days",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def open(self) -> bool:
        """Whether it has no end yet, or one to come."""
        return self.until_on is None or self.until_on > clock.today()
