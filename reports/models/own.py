"""A county's own rows: the rules by which it is alerted, and where its townships stand on its map."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from congress import clock, figures
from congress.guard.county import CountyRow


class AlertRule(CountyRow):
    """A figure of a township is below or above a threshold: told on the county's first page until a day."""

    class Comparison(models.TextChoices):
        BELOW = "below", "低于"
        ABOVE = "above", "高于"

    figure = models.CharField("数据", max_length=60)
    comparison = models.CharField("比较", max_length=10, choices=Comparison)
    threshold = models.PositiveIntegerField("界限")
    until = models.DateField("提醒到哪一天")
    ended_on = models.DateField("停用日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "预警规则"
        ordering = ("created_at", "pk")

    def __str__(self):
        known = figures.registered().get(self.figure)
        if known is None:
            return f"{self.figure}{self.get_comparison_display()}{self.threshold}"
        return f"{known.label}{self.get_comparison_display()}{self.threshold}{known.suffix or '%'}"

    def holds_on(self, day) -> bool:
        """Whether it is asked on a day."""
        return self.ended_on is None and day <= self.until


class Tile(CountyRow):
    """Where a township stands on the county's map of tiles."""

    place = models.ForeignKey("congress.Township", on_delete=models.PROTECT, related_name="+", verbose_name="乡镇")
    row = models.PositiveSmallIntegerField("行", validators=[MinValueValidator(1), MaxValueValidator(20)])
    column = models.PositiveSmallIntegerField("列", validators=[MinValueValidator(1), MaxValueValidator(20)])
    laid_at = models.DateTimeField("排定时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "乡镇示意图位置"
        constraints = [models.UniqueConstraint(fields=["county", "place"], name="tile_once")]

    def __str__(self):
        return f"{self.place}在第{self.row}行第{self.column}列"
