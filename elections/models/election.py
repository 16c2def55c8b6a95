"""A direct election of one level's deputies in the township, by its certified totals."""

from django.db import models

from congress.guard.record import Record, kept
from deputies.models import Mandate


class Election(Record):
    """An election that has been held: its day and the certified totals of the township.

    A term has one general election; every by-election in it is an election of its own.
    """

    url_name = "elections-election"
    term = models.ForeignKey("deputies.Term", on_delete=models.PROTECT, related_name="elections", verbose_name="届")
    how = models.CharField("类别", max_length=12, choices=Mandate.How, default=Mandate.How.GENERAL)
    begun_on = models.DateField("工作开始日期")
    election_day = models.DateField("选举日")
    districts = models.PositiveSmallIntegerField("选区数", default=0)
    seats = models.PositiveSmallIntegerField("应选名额", default=0)
    registered = models.PositiveIntegerField("登记选民", default=0)
    took_part = models.PositiveIntegerField("参加投票", default=0)
    meetings = models.PositiveSmallIntegerField("专题会议和培训场次", default=0)
    rules = models.PositiveSmallIntegerField("建立制度数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "选举"
        ordering = ("-election_day",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "term"],
                condition=kept() & models.Q(how=Mandate.How.GENERAL),
                name="election_once_a_term",
                violation_error_message="这一届的换届选举已经登记，请在原记录上修改。",
            ),
            models.CheckConstraint(
                name="election_took_part_registered",
                condition=models.Q(took_part__lte=models.F("registered")),
                violation_error_message="参加投票人数不能多于登记选民。",
            ),
        ]

    def __str__(self):
        return f"{self.term}代表选举" if self.how == Mandate.How.GENERAL else f"{self.term}代表补选"

    @property
    def audit_label(self):
        return str(self)
