"""What a campaign adds to the districts of a term: seats that fell vacant, another day to vote, and from which
districts they were drawn."""

from django.db import models

from congress.guard.record import Record, once


class Vacancy(Record):
    """The seats of one district that a by-election fills (选举法五十七)."""

    url_name = "elections-vacancy"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="vacancies", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="vacancies", verbose_name="选区"
    )
    seats = models.PositiveSmallIntegerField("补选名额", default=1)
    reason = models.CharField("出缺原因", max_length=100, blank=True, help_text="如“代表迁出本行政区域”")

    class Meta:
        verbose_name = verbose_name_plural = "补选选区"
        ordering = ("district",)
        constraints = [once(["township", "election", "district"], "vacancy_once", "这个选区已在这次补选中。")]

    def __str__(self):
        return f"{self.district}补选{self.seats}名"

    @property
    def audit_label(self):
        return str(self.district)


class DistrictDay(Record):
    """A district that votes on another day than its election, with the consent of the election committee (选举法十一)."""

    url_name = "elections-district-day"
    guard_public = "withdrawn_at IS NULL AND election_id IN (SELECT id FROM public.elections_election)"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="district_days", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="district_days", verbose_name="选区"
    )
    day = models.DateField("本选区的选举日")
    reason = models.CharField("提前或者推迟的原因", max_length=100)
    consented_on = models.DateField("选举委员会同意日期", null=True, blank=True, help_text="报请本级选举委员会同意")
    paper = models.CharField("同意的文件", max_length=100, blank=True, help_text="决定或者批复的名称和文号")

    class Meta:
        verbose_name = verbose_name_plural = "选区另定的选举日"
        ordering = ("district",)
        constraints = [
            once(["township", "election", "district"], "district_day_once", "这个选区另定的选举日已经登记。")
        ]

    def __str__(self):
        return f"{self.district}另定的选举日"

    @property
    def audit_label(self):
        return str(self.district)


class DistrictOrigin(Record):
    """From which district of the former term a district comes; what was redrawn says why."""

    url_name = "elections-origin"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="origins", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="origins", verbose_name="选区"
    )
    former = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="上届选区",
    )
    redrawn = models.BooleanField("重新划分", default=False)
    reason = models.CharField("重新划分的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "选区沿革"
        ordering = ("district", "former")
        constraints = [once(["township", "district", "former"], "district_origin_once", "这两个选区的沿革已经登记。")]

    def __str__(self):
        return f"{self.former or '新设'}→{self.district}"

    @property
    def audit_label(self):
        return str(self.district)
