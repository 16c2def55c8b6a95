"""Places and the lists a place keeps for itself."""

from datetime import date
from functools import cached_property

from django.core.validators import RegexValidator
from django.db import models

from congress.guard.record import Record, once
from congress.law.numerals import chinese_date
from congress.law.provinces import APART

twelve_digits = RegexValidator(r"^\d{12}$", "应为12位统计用区划代码")


class County(models.Model):
    """A county-level place with its own words: 县, 区, 市 or 旗."""

    code = models.CharField("区划代码", max_length=12, unique=True, validators=[twelve_digits])
    name = models.CharField("名称", max_length=30)
    kind = models.CharField("类别", max_length=4, default="县", help_text="县、区、市、旗")
    province = models.CharField("规则包", max_length=30, default="national", help_text="适用的省级规则")
    # The days from which other rules applied before the present ones, the latest first: 2024-05-01@national (`provinces.moved`).
    former_rules = models.CharField("以前适用的规则", max_length=500, blank=True, editable=False)
    congress_name = models.CharField("人大常委会全称", max_length=60, blank=True)

    second_factor = models.BooleanField(
        "县级人大登录须两步验证", default=False, help_text="勾选后，县级人大的用户登录时除密码外还要手机动态口令"
    )

    class Meta:
        verbose_name = verbose_name_plural = "县级行政区"
        ordering = ("code",)

    def __str__(self):
        return self.name

    @property
    def standing_committee(self) -> str:
        """The full name of its congress's standing committee, as the county wrote it where it did."""
        return self.congress_name or f"{self.name}人民代表大会常务委员会"

    @property
    def rules(self) -> str:
        """The name of its rules: the pack of now, and of days before it those that applied then."""
        return f"{self.province}{APART}{self.former_rules}" if self.former_rules else self.province

    @cached_property
    def _known(self) -> "list[Township]":
        return list(self.townships.all())

    @property
    def real_townships(self) -> "list[Township]":
        """Its townships that are no rehearsals, read once for all that a page asks of them, each with this county."""
        return [one for one in self._known if not one.rehearsal]

    @property
    def rehearsing(self) -> "list[Township]":
        """Its rehearsals that are in use, read with them."""
        return [one for one in self._known if one.rehearsal and one.closed_on is None]


class Townships(models.QuerySet):
    """The rows of townships. Whatever is summed over several of them begins with `real()`; a test holds every place to it."""

    def real(self):
        """Those that are no rehearsals: the only ones that count in anything a county reads."""
        return self.filter(rehearsal=False)

    def rehearsals(self):
        """The rehearsals that are in use."""
        return self.filter(rehearsal=True, closed_on__isnull=True)

    def beside(self, place):
        """The townships in use of a place's county with which it deals: real ones with real ones, rehearsals with each other."""
        return self.in_use().filter(county=place.county_id, rehearsal=place.rehearsal)

    def in_use(self):
        """Those that were not closed."""
        return self.filter(closed_on__isnull=True)


class Township(models.Model):
    """A township-level place with its own words: 乡, 民族乡 or 镇, and the title of its head."""

    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="townships", verbose_name="所属县级行政区"
    )
    code = models.CharField("区划代码", max_length=12, unique=True, validators=[twelve_digits])
    name = models.CharField("名称", max_length=30)
    kind = models.CharField("类别", max_length=6, default="镇", help_text="乡、民族乡、镇")
    head_title = models.CharField("政府首长职名", max_length=10, default="镇长")
    document_word = models.CharField("发文代字", max_length=20, help_text="如“云溪人发”，用于发文字号")
    motto = models.CharField(
        "发展目标", max_length=60, blank=True, help_text="写入工作报告的发展目标，如“美丽幸福云溪”"
    )
    population = models.PositiveIntegerField("人口", default=0)
    # 代表法: deputies do not themselves deal with what voters raise; a township may still let them hand it on directly.
    clerk_hands_over = models.BooleanField(
        "代表转办须经办事员",
        default=True,
        help_text="勾选后，代表接待时选定的承办单位作为意见交办事员确认；不勾选的，代表可以直接转办",
    )

    second_factor = models.BooleanField(
        "主席、办事员登录须两步验证", default=False, help_text="勾选后，主席和办事员登录时除密码外还要手机动态口令"
    )

    # Set when it is made and never changed: what was invented must not begin to count, nor what is real cease to.
    rehearsal = models.BooleanField("演练", default=False, editable=False)
    closed_on = models.DateField("停用日期", null=True, blank=True, editable=False)

    objects = Townships.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "乡镇"
        ordering = ("code",)

    def __str__(self):
        return self.name

    @property
    def presidium_name(self) -> str:
        """The presidium's full name, as documents are signed."""
        return f"{self.name}人民代表大会主席团"

    @property
    def pack(self) -> str:
        """Name of the provincial rules, each from its day."""
        return self.county.rules


class Holiday(models.Model):
    """A day off, or a weekend day worked, by the yearly notice; editable because the notice comes only each autumn."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("调休上班", default=False)
    name = models.CharField("名称", max_length=30)
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "节假日"
        ordering = ("day",)

    def __str__(self):
        return f"{chinese_date(self.day)}{self.name}"


class Unit(Record):
    """A unit that answers suggestions or comes along to a reception: an office of the town or a county department."""

    class Level(models.TextChoices):
        TOWNSHIP = "township", "本级"
        COUNTY = "county", "县级部门"
        VILLAGE = "village", "村（社区）"

    url_name = "unit"
    short_table = True
    name = models.CharField("单位名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level, default=Level.TOWNSHIP)
    duties = models.CharField("主要职责", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering = ("level", "name")
        constraints = [once(["township", "name"], "unit_name_once", "已有同名的承办单位。")]

    def __str__(self):
        return self.name

    @property
    def audit_label(self):
        return self.name


# Nearest first: the township's own, those of the county, villages. Whose matters they are goes from the near to the far.
NEAREST = models.Case(
    *(models.When(level=level, then=place) for place, level in enumerate(Unit.Level.values)),
    output_field=models.SmallIntegerField(),
).asc()


class Category(Record):
    """An entry of a list the township edits itself; used entries are switched off, not removed."""

    class Kind(models.TextChoices):
        MATTER = "matter", "反映事项类别"
        ACTIVITY = "activity", "履职活动类别"
        CHECKLIST = "station", "联络站“十有”项目"

    url_name = "category"
    kind = models.CharField("用途", max_length=10, choices=Kind)
    label = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)
    active = models.BooleanField("在用", default=True)
    used_from = models.DateField("启用日期", null=True, blank=True, help_text="不填为一直在用")

    class Meta:
        verbose_name = verbose_name_plural = "类别"
        ordering = ("kind", "position", "label")
        constraints = [once(["township", "kind", "label"], "category_once", "这一用途已有同名的类别。")]

    def __str__(self):
        return self.label

    @property
    def audit_label(self):
        return self.label

    def on(self, day: date) -> "Category | CategoryPast":
        """What the entry was on a day: itself, or what it was until a later change. Reads `past` (prefetch for many)."""
        later = [row for row in self.past.all() if row.until > day and row.withdrawn_at is None]
        return min(later, key=lambda row: row.until, default=self)

    def in_use(self, day: date) -> bool:
        """Whether the entry was in use on a day."""
        return (self.used_from is None or self.used_from <= day) and self.on(day).active


class CategoryPast(Record):
    """What an entry was until a day, so that a change made later leaves the figures of earlier days as they are."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="past", verbose_name="类别")
    until = models.DateField("变更日期", help_text="自这一天起不再如此")
    label = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)
    active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "类别沿革"
        ordering = ("category", "until")
        constraints = [models.UniqueConstraint(fields=["township", "category", "until"], name="category_past_once")]

    def __str__(self):
        return self.label

    @property
    def audit_label(self):
        return self.label
