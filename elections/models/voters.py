"""Voters: the person a township keeps between elections, and the voters' groups in which they are listed."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast, ExtractYear

from congress.guard.record import Record, once
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField, EncryptedTextField, Personal

ROLL = "选民登记、选民资格审查、公布选民名单"
BASIS = "选举法关于选民登记的规定"
KEEP = "登记长期有效；死亡、迁出的保存至下一次换届选举结束"
SORTING = "按姓名查找和排序"


def last_four(text: str) -> str:
    """The last four characters of an identity number, by which somebody finds their own entry. Never raises."""
    return "".join(text.split()).upper()[-4:]


def _in_year_of_birth(month: int, day: int) -> models.Func:
    """A day of the year somebody was born in; 29 February counts as the 28th."""
    day = min(day, 28) if month == 2 else day
    parts = (Cast(ExtractYear("birth_date"), models.IntegerField()), models.Value(month), models.Value(day))
    return models.Func(*parts, function="make_date", output_field=models.DateField())


# The first day of the year of birth: all that is left of a birthday once somebody is erased.
YEAR_OF_BIRTH = _in_year_of_birth(1, 1)


def same_age(days: Iterable[date]) -> models.Expression:
    """A day of the year of birth that tells no birthday and yet gives the same age on each of these days: the first of the
    year, or the one after the last of them that was over."""
    found: models.Expression = YEAR_OF_BIRTH
    for month, day in sorted({(day.month, day.day) for day in days}):
        over = _in_year_of_birth(month, day)
        next_day = models.ExpressionWrapper(over + timedelta(days=1), output_field=models.DateField())
        found = models.Case(models.When(birth_date__gt=over, then=next_day), default=found)
    return found


def _age_kept(_row) -> models.Expression:
    """By the election days of the township whose scope is open."""
    days = apps.get_model("elections", "Election")._base_manager.values_list("election_day", flat=True)
    return same_age(days.distinct())


class VoterGroup(Record):
    """A voters' group (选民小组) of a district: where its voters are listed, discuss candidates and vote together.

    Where the county's congress is elected on the same day, `county_district` says for which of its districts the same
    voters are registered.
    """

    url_name = "elections-group"
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="voter_groups", verbose_name="选区"
    )
    county_district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="county_voter_groups",
        verbose_name="县级选区",
    )
    number = models.PositiveSmallIntegerField("小组号")
    name = models.CharField("小组名称", max_length=60, help_text="如村民小组、单位的名称")
    leader = models.CharField("组长", max_length=40, blank=True)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    leader_phone = EncryptedTextField(
        "组长手机",
        max_length=20,
        null=True,
        blank=True,
        mask="phone",
        personal=Personal("联系选民小组", BASIS, "选举工作结束后一年", "内部"),
    )

    personal_fields = {
        "name": Personal("联系选民小组", BASIS, "选举工作结束后一年", "公开"),
        "leader": Personal("联系选民小组", BASIS, "选举工作结束后一年", "公开"),
    }

    erased = {"leader": ""}

    class Meta:
        verbose_name = verbose_name_plural = "选民小组"
        ordering = ("district", "number")
        constraints = [once(["township", "district", "number"], "voter_group_once", "这个选区已有这个小组号。")]

    def __str__(self):
        return f"第{self.number}小组（{self.name}）"

    @property
    def audit_label(self):
        return f"第{self.number}小组"


class Voter(Record):
    """A person as the roll knows them, kept between elections; who they are registered for is their `Registration`s.

    The identity number is optional (户口簿 proves a date of birth as well); what one has is compared over the county by
    `id_index`, and `tail_index` with the name finds one's own entry on the public page.
    """

    class Gender(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    class Evidence(models.TextChoices):
        ID_CARD = "id_card", "居民身份证"
        HUKOU = "hukou", "户口簿"
        OTHER = "other", "其他证明"

    class Household(models.TextChoices):
        LOCAL = "local", "本乡镇"
        COUNTY = "county", "县内其他乡镇"
        ELSEWHERE = "elsewhere", "县外"

    url_name = "elections-voter"
    # The keys of a roll's batch are kept, and destroyed, together.
    retention_class = "elections.roll"

    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=6, choices=Gender)
    ethnicity = models.CharField("民族", max_length=20, default="汉族")
    birth_date = models.DateField("出生日期", help_text="公历；以身份证、户口簿为准")
    evidence = models.CharField("出生日期依据", max_length=8, choices=Evidence, default=Evidence.ID_CARD)
    village = models.CharField("村（社区）", max_length=60, blank=True)
    household_no = models.CharField("户号", max_length=20, blank=True)
    household = models.CharField("户籍所在地", max_length=10, choices=Household, default=Household.LOCAL)
    employer = models.CharField("工作单位", max_length=100, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    id_number = EncryptedTextField(
        "身份证号",
        max_length=18,
        null=True,
        blank=True,
        mask="id_number",
        personal=Personal("核对年龄、防止重复登记", BASIS, KEEP, "敏感个人信息"),
    )
    id_index = BlindIndexField("身份证号索引", label="id_number")
    tail_index = BlindIndexField("身份证号后四位索引", label="id_tail", source="id_number", normalise=last_four)
    phone = EncryptedTextField(
        "手机", max_length=20, null=True, blank=True, mask="phone", personal=Personal(ROLL, BASIS, KEEP, "内部")
    )
    address = EncryptedTextField(
        "住址", max_length=100, null=True, blank=True, mask="address", personal=Personal(ROLL, BASIS, KEEP, "内部")
    )
    # The batch that made the row, where one did: it is taken back by it.
    batch = models.ForeignKey(
        "congress.ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="导入批次",
    )
    search_text = models.TextField("检索用的拼音", blank=True, editable=False)
    pinyin_key = models.CharField("拼音顺序", max_length=200, blank=True, editable=False)
    stroke_key = models.CharField("笔画顺序", max_length=400, blank=True, editable=False)

    erasable = True
    erased_with = ("transfers", "pool", "requests")
    named_in_texts = False
    # The statistics of past elections rest on the rest: sex, nationality, where registered, age on election day.
    erased = {
        "name": str(ERASED),
        "birth_date": _age_kept,
        "village": "",
        "household_no": "",
        "employer": "",
        "remark": "",
        "search_text": "",
        "pinyin_key": "",
        "stroke_key": "",
    }
    personal_fields = {
        "name": Personal(ROLL, BASIS, KEEP, "公开"),
        "gender": Personal(ROLL, BASIS, KEEP, "公开"),
        "ethnicity": Personal("选举统计", BASIS, KEEP, "内部"),
        "birth_date": Personal("核对年龄", BASIS, KEEP, "内部"),
        "evidence": Personal("核对年龄", BASIS, KEEP, "内部"),
        "village": Personal(ROLL, BASIS, KEEP, "内部"),
        "household_no": Personal(ROLL, BASIS, KEEP, "内部"),
        "household": Personal(ROLL, BASIS, KEEP, "内部"),
        "employer": Personal(ROLL, BASIS, KEEP, "内部"),
        "remark": Personal(ROLL, BASIS, KEEP, "内部"),
        "search_text": Personal(SORTING, BASIS, KEEP, "内部"),
        "pinyin_key": Personal(SORTING, BASIS, KEEP, "内部"),
        "stroke_key": Personal(SORTING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选民"
        ordering = ("stroke_key", "id")
        # The index first: over a county a number is looked for in all townships at once.
        constraints = [once(["id_index", "township"], "voter_id_once", "选民册中已有同一身份证号的选民。")]
        indexes = [
            models.Index(fields=["township", "name"], name="voter_by_name"),
            # With all by which somebody is looked for: tens of thousands are compared in it without reading a row.
            models.Index(
                fields=["township", "stroke_key"],
                include=["id", "name", "village", "household_no", "withdrawn_at"],
                name="voter_by_strokes",
            ),
            models.Index(fields=["township", "pinyin_key"], name="voter_by_pinyin"),
        ]

    def __str__(self):
        return self.name
