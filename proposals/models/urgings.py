"""What the office did so that something owed comes: pressed a unit by a message (催办) or by the presidium's letter (督办函)."""

from django.db import models

from congress.guard.record import Record


class Urging(Record):
    """A unit was pressed to answer a suggestion, or to deal with a matter; each unit and time is a row."""

    class Way(models.TextChoices):
        MESSAGE = "message", "催办"
        LETTER = "letter", "督办函"

    suggestion = models.ForeignKey(
        "proposals.Suggestion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="urgings",
        verbose_name="建议",
    )
    matter = models.ForeignKey(
        "proposals.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="urgings", verbose_name="事项"
    )
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    way = models.CharField("方式", max_length=8, choices=Way, default=Way.MESSAGE)
    urged_on = models.DateField("催办日期")
    demand = models.CharField("督办要求", max_length=500, blank=True)
    answer_by = models.DateField("要求答复日期", null=True, blank=True)
    document = models.ForeignKey(
        "congress.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督办函"
    )

    class Meta:
        verbose_name = verbose_name_plural = "催办和督办"
        ordering = ("urged_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="urging_concerns_one_record",
                condition=models.Q(suggestion__isnull=False, matter__isnull=True)
                | models.Q(suggestion__isnull=True, matter__isnull=False),
            ),
            models.CheckConstraint(
                name="urging_by_letter_has_it",
                condition=models.Q(way="message", document__isnull=True)
                | models.Q(way="letter", document__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_way_display()}{self.unit}"
