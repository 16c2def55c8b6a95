"""A direct election of one level's deputies in the township, by its certified totals."""

from django.db import models

from congress.guard.record import Record, kept, once
from deputies.models import Mandate


class Election(Record):
    """An election of one level: one that has been held, by its certified totals, or one of a campaign under way.

    Of the elections entered by their totals a term has one general one; every by-election is an election of its own. In a
    campaign each level has one, and its numbers come from the records (roll, list, later the count).
    """

    url_name = "elections-election"
    campaign = models.ForeignKey(
        "elections.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="elections",
        verbose_name="选举工作",
    )
    term = models.ForeignKey("deputies.Term", on_delete=models.PROTECT, related_name="elections", verbose_name="届")
    how = models.CharField("类别", max_length=12, choices=Mandate.How, default=Mandate.How.GENERAL)
    begun_on = models.DateField("工作开始日期")
    election_day = models.DateField("选举日")
    districts = models.PositiveSmallIntegerField("选区数", default=0)
    seats = models.PositiveSmallIntegerField("应选名额", default=0)
    registered = models.PositiveIntegerField("登记选民", default=0)
    took_part = models.PositiveIntegerField("参加投票", default=0)
    # 选举法十三: the seats of a term are decided by the county's standing committee; their number stands at the term.
    seats_decided_on = models.DateField("名额决定日期", null=True, blank=True, editable=False)
    seats_paper = models.CharField("决定名额的文件", max_length=100, blank=True, editable=False)
    meetings = models.PositiveSmallIntegerField("专题会议和培训场次", default=0)
    rules = models.PositiveSmallIntegerField("建立制度数", default=0)

    guard_public = "withdrawn_at IS NULL AND campaign_id IN (SELECT id FROM public.elections_campaign)"

    class Meta:
        verbose_name = verbose_name_plural = "选举"
        ordering = ("-election_day",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "term"],
                condition=kept() & models.Q(how=Mandate.How.GENERAL, campaign__isnull=True),
                name="election_once_a_term",
                violation_error_message="这一届的换届选举已经登记，请在原记录上修改。",
            ),
            once(["township", "campaign", "term"], "election_once_a_campaign", "这一级的选举已在这次选举工作中。"),
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
