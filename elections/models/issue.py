"""The issue register (领票登记册): who was handed a ballot, kept without the moment, and how many each hour, kept without names."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q

from congress import clock
from congress.guard.record import Record, once
from congress.people.fields import Personal
from elections.models.places import AtPlace, of_one

BASIS = "选举法第五条、第三十九条"
KEEP = "长期，随选举文书存档"


class IssueRegister(AtPlace, Record):
    """The register of one polling place or mobile box on one polling day, for every vote that is cast there that day.

    Opened and closed by actions; while it is closed no ballot is issued. `queued` says that voters who stood in the queue when
    voting ended were still served (选举法三十九).
    """

    url_name = "elections-issue-register"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="issue_registers", verbose_name="选举工作"
    )
    place = models.ForeignKey(
        "elections.PollingPlace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issue_registers",
        verbose_name="投票站（选举大会）",
    )
    mobile = models.ForeignKey(
        "elections.MobileBox",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issue_registers",
        verbose_name="流动票箱",
    )
    held_on = models.DateField("投票日期")
    closed_on = models.DateField("关闭日期", null=True, blank=True, editable=False)
    queued = models.BooleanField("结束时已在排队的选民已发完", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "领票登记册"
        ordering = ("held_on", "place", "mobile")
        constraints = [
            once(["township", "place", "held_on"], "issue_register_place_once", "这一处当天的领票登记已经开启。"),
            once(
                ["township", "mobile", "held_on"], "issue_register_mobile_once", "这个流动票箱当天的领票登记已经开启。"
            ),
            of_one("issue_register_of_one", "领票登记"),
        ]

    def __str__(self):
        return f"{self.whose}领票登记"

    @property
    def audit_label(self):
        return str(self)

    @property
    def last_day(self):
        """The last day on which ballots are issued here. The end that a place has is the first vote's: a later one has its own day."""
        closes_on = self.place.closes_on if self.place else None
        return max(self.held_on, closes_on or self.held_on)


class BallotIssue(Record):
    """That a voter of the roll was handed the ballot of one round: in person, or another for them. One among all places of the round.

    It holds a day and neither hour nor order: no time of recording, a key by chance, no history, no event of its own, and the
    voter by a key alone, so that writing it leaves no mark on the row of the roll. See ADR 20.
    """

    class Way(models.TextChoices):
        PERSON = "person", "本人领票"
        PROXY = "proxy", "受委托领票"

    register = models.ForeignKey(
        IssueRegister, on_delete=models.PROTECT, related_name="issues", verbose_name="领票登记册"
    )
    round = models.ForeignKey("elections.Round", on_delete=models.PROTECT, related_name="+", verbose_name="投票")
    registration_key = models.UUIDField("选民登记", editable=False)
    way = models.CharField("领票方式", max_length=6, choices=Way)
    issued_on = models.DateField("领票日期")

    created_at = None  # the moment is what must not be kept
    guard_action = False
    guard_history = False
    personal_fields = {
        "registration_key": Personal("防止重复发票", BASIS, KEEP, "内部"),
        "way": Personal("防止重复发票、统计投票方式", BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "领票"
        constraints = [
            once(["township", "round", "registration_key"], "ballot_issue_once", "这名选民已经领过这次投票的选票。"),
        ]

    def __str__(self):
        return self.get_way_display()

    @staticmethod
    def moment_of(day: date) -> datetime:
        """What stands for the moment at which a mistaken one was taken back: the beginning of its day."""
        return datetime.combine(day, time(0), clock.SHANGHAI)


class IssueHour(Record):
    """How many ballots of one round a place issued in one hour, by way; no row stands for a voter. What was ticked by mistake and
    taken back is counted for itself, in the hour in which that was done."""

    class Way(models.TextChoices):
        PERSON = "person", "本人领票"
        PROXY = "proxy", "受委托领票"
        REPLACED = "replaced", "换发作废"
        PERSON_BACK = "person_back", "撤销误登的本人领票"
        PROXY_BACK = "proxy_back", "撤销误登的受委托领票"

    register = models.ForeignKey(
        IssueRegister, on_delete=models.PROTECT, related_name="hours", verbose_name="领票登记册"
    )
    round = models.ForeignKey("elections.Round", on_delete=models.PROTECT, related_name="+", verbose_name="投票")
    day = models.DateField("日期")
    hour = models.PositiveSmallIntegerField("时")
    way = models.CharField("方式", max_length=12, choices=Way)
    number = models.PositiveIntegerField("张数", default=0)

    created_at = None
    guard_action = False
    guard_history = False

    class Meta:
        verbose_name = verbose_name_plural = "每小时领票数"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "register", "round", "day", "hour", "way"], name="issue_hour_once"
            ),
            models.CheckConstraint(name="issue_hour_of_a_day", condition=Q(hour__lte=23)),
        ]

    def __str__(self):
        return f"{self.hour}时{self.get_way_display()}"
