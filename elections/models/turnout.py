"""The voters and the turnout of one district, by which the law judges whether its election is valid."""

from django.db import models

from congress.guard.record import Record, kept


class DistrictTurnout(Record):
    """The certified numbers of a district in an election: voters, those who voted, ballots recovered.

    The district is named by its number, so that an election whose districts the roster does not know is judged as well.
    """

    url_name = "elections-turnout"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="turnouts", verbose_name="选举"
    )
    number = models.PositiveSmallIntegerField("选区号")
    registered = models.PositiveIntegerField("登记选民")
    took_part = models.PositiveIntegerField("参加投票")
    recovered = models.PositiveIntegerField("收回选票", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选区投票情况"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "election", "number"],
                condition=kept(),
                name="turnout_once_a_district",
                violation_error_message="这个选区的投票情况已经登记。",
            ),
            models.CheckConstraint(
                name="turnout_took_part_registered",
                condition=models.Q(took_part__lte=models.F("registered")),
                violation_error_message="参加投票人数不能多于登记选民。",
            ),
        ]

    def __str__(self):
        return f"第{self.number}选区"

    @property
    def audit_label(self):
        return str(self)
