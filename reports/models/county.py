"""The figures of a township as its county reads them, kept so that the overview need not count the records anew."""

from django.db import models

from congress.kept_figures import KeptFigures


class TownshipFigures(KeptFigures):
    """A township's figures of a year, as they were told at a moment; written by `actions.county` and by nothing else."""

    year = models.PositiveSmallIntegerField("年度")
    cut_off = models.DateField("截止日")
    digest = models.CharField("口径摘要", max_length=64)
    told = models.JSONField("数据")  # figure's key → [value, what a share is of or null]
    # "months": key → twelve numbers; "categories": word → matters; "begun": key → the day, of a year recorded in part
    parts = models.JSONField("分项", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "乡镇数据汇总"
        constraints = [models.UniqueConstraint(fields=["township", "year"], name="township_figures_once")]

    def __str__(self):
        return f"{self.year}年"
