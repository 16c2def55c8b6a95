"""Where a district votes: its polling places and election meetings (选举法三十八)."""

from datetime import time

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, once


class AtPlace:
    """A record of a polling place or of a mobile box: it has a `place` and a `mobile`."""

    @property
    def whose(self):
        """The place or mobile box it belongs to."""
        return self.place or self.mobile


def of_one(name: str, noun: str) -> models.CheckConstraint:
    """That a record belongs to either a place or a mobile box."""
    return models.CheckConstraint(
        name=name,
        condition=Q(place__isnull=False, mobile__isnull=True) | Q(place__isnull=True, mobile__isnull=False),
        violation_error_message=f"{noun}属于一处投票站（选举大会）或者一个流动票箱。",
    )


class PollingPlace(Record):
    """A polling place or an election meeting of one district: where, and at what hours, its voters vote.

    Where the county's congress is elected on the same day the same voters vote there in `county_district` as well. Voting
    begins on the district's election day, which is kept at the campaign or the `DistrictDay`; only a later end is kept here.
    """

    class Kind(models.TextChoices):
        STATION = "station", "投票站"
        MEETING = "meeting", "选举大会"

    url_name = "elections-place"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="places", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="polling_places", verbose_name="选区"
    )
    county_district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="county_polling_places",
        verbose_name="县级选区",
    )
    kind = models.CharField("类别", max_length=8, choices=Kind, default=Kind.STATION)
    name = models.CharField("名称", max_length=60, help_text="如“东山村投票站”")
    spot = models.CharField("地点", max_length=100, help_text="写到选民找得到，如“东山村委会一楼会议室”")
    opens_at = models.TimeField("开始时间")
    closes_at = models.TimeField("结束时间", null=True, blank=True, help_text="选举大会可以不填")
    closes_on = models.DateField("投票结束日期", null=True, blank=True, help_text="投票只有选举日一天的不填")
    area = models.CharField(
        "在这里投票的选民", max_length=200, blank=True, help_text="如“东山一组至四组”；全选区的不填"
    )
    voters = models.PositiveIntegerField("选民数", null=True, blank=True)
    counted_at = models.CharField("计票地点", max_length=100, blank=True, help_text="在原地计票的不填")

    class Meta:
        verbose_name = "投票站（选举大会）"
        verbose_name_plural = "投票站和选举大会"
        ordering = ("district", "name")
        constraints = [once(["township", "campaign", "name"], "polling_place_once", "已有同名的投票站或者选举大会。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name

    @property
    def hours(self) -> str:
        """At what hours one votes: 8:00至16:00."""
        begins = clock_words(self.opens_at)
        return f"{begins}至{clock_words(self.closes_at)}" if self.closes_at else f"{begins}开始"


def clock_words(moment: time | None) -> str:
    """A time of the day as notices write it: 8:00; nothing where none is known."""
    return f"{moment.hour}:{moment.minute:02d}" if moment else ""
