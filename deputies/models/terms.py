"""Terms of the congresses, electoral districts and deputies' groups."""

from datetime import date

from django.db import models

from congress import clock
from congress.guard.record import Record, once
from congress.law.numerals import to_chinese


class Level(models.TextChoices):
    """Which congress a mandate belongs to."""

    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATIONAL = "national", "全国"


class Term(Record):
    """A term (届) of a congress, from its first session to the next term's first session."""

    url_name = "deputies-term"
    level = models.CharField("级别", max_length=10, choices=Level, default=Level.TOWNSHIP)
    number = models.PositiveSmallIntegerField("届次")
    seats = models.PositiveSmallIntegerField("代表名额", default=0)
    # Unknown until the first session of the new congress has a day: its deputies may be elected long before.
    started_on = models.DateField("开始日期", null=True, blank=True)
    ended_on = models.DateField("届满日期", null=True, blank=True)

    # Which term it is, its days and seats are common knowledge.
    guard_public = "withdrawn_at IS NULL"

    class Meta:
        verbose_name = verbose_name_plural = "届"
        ordering = ("level", "-number")
        constraints = [once(["township", "level", "number"], "term_once", "这一届已经登记过。")]

    def __str__(self):
        return f"第{to_chinese(self.number)}届"

    @property
    def audit_label(self):
        return str(self)

    def law_day(self) -> date:
        """The day by which the law about its seats and districts is asked: its first, or today before that has one."""
        return self.started_on or clock.today()


class District(Record):
    """An electoral district (选区) of a term: where so many people elect one to three deputies (选举法二十五)."""

    class Kind(models.TextChoices):
        RESIDENCE = "residence", "按居住状况划分"
        UNIT = "unit", "按生产、事业、工作单位划分"
        MIXED = "mixed", "居住和单位混合划分"

    url_name = "deputies-district"
    short_table = True
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="districts", verbose_name="届")
    number = models.PositiveSmallIntegerField("选区号")
    name = models.CharField("选区名称", max_length=60)
    seats = models.PositiveSmallIntegerField("应选名额", default=1)
    population = models.PositiveIntegerField("人口数", null=True, blank=True, help_text="分配名额所依据的人口数")
    villages = models.CharField("所辖村（社区）、单位", max_length=200, blank=True, help_text="用顿号分开")
    kind = models.CharField("划分方式", max_length=10, choices=Kind, default=Kind.RESIDENCE)

    # The committee announces its districts; pages that tell of a district's own election day name it.
    guard_public = "withdrawn_at IS NULL"

    class Meta:
        verbose_name = verbose_name_plural = "选区"
        ordering = ("term", "number")
        constraints = [once(["township", "term", "number"], "district_once", "本届已有这个选区号。")]

    def __str__(self):
        number = f"第{self.number}选区"
        return number if self.name in ("", number) else f"{number}（{self.name}）"

    @property
    def audit_label(self):
        return str(self)


class Group(Record):
    """A deputies' group (代表小组)."""

    url_name = "deputies-group"
    short_table = True
    name = models.CharField("小组名称", max_length=40)
    formed_on = models.DateField("成立日期", null=True, blank=True)
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代表小组"
        ordering = ("name",)
        constraints = [once(["township", "name"], "group_once", "已有同名的代表小组。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name
