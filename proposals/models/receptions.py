"""Receptions of voters and the matters voters raise there."""

import uuid

from django.db import models

from congress.guard.record import Record
from congress.guard.words import WordIndex
from congress.people.fields import EncryptedTextField, Personal
from congress.wording import chinese_date

PURPOSE = "办理选民反映的事项并向其反馈结果"
BASIS = "代表法关于代表联系选民、反映意见和要求的规定"
KEEP = "办结后三年"


class Reception(Record):
    """Voters heard by deputies: at a station, in the market, on a visit, by telephone or by letter, where the law was made
    known. 批次 and 人次 are counted here; names are optional."""

    url_name = "proposals-reception"

    class Origin(models.TextChoices):
        STATION = "station", "联络站接待"
        MARKET = "market", "流动接待"
        VISIT = "visit", "走访"
        CALL = "call", "电话、网络"
        LETTER = "letter", "来信"
        OUTREACH = "outreach", "宣传活动"

    HELD = (Origin.STATION, Origin.MARKET)  # what counts as a reception; the others only bring matters

    origin = models.CharField("来源", max_length=8, choices=Origin, default=Origin.STATION)
    station = models.ForeignKey(
        "deputies.Station",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="receptions",
        verbose_name="联络站",
    )
    spot = models.CharField("地点", max_length=60, blank=True, help_text="不在联络站的，写村、集市等")
    held_on = models.DateField("接待日期")
    batches = models.PositiveSmallIntegerField("批次", default=1)
    people = models.PositiveSmallIntegerField("人次", default=1)
    note = models.CharField("备注", max_length=200, blank=True)
    recorded_by = models.ForeignKey("congress.User", on_delete=models.PROTECT, related_name="+", verbose_name="记录人")
    # Made by the form: a second submission of the same form is the same reception.
    client_key = models.UUIDField("提交标识", default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "接待选民"
        ordering = ("-held_on", "-created_at")
        constraints = [
            models.UniqueConstraint(fields=["township", "client_key"], name="reception_once"),
            models.CheckConstraint(
                name="reception_at_a_station_names_it",
                condition=~models.Q(origin="station") | models.Q(station__isnull=False),
            ),
        ]
        indexes = [
            WordIndex("spot", "note", name="reception_words"),
            models.Index(fields=["township", "held_on"], name="reception_by_day"),
        ]

    def __str__(self):
        return f"{chinese_date(self.held_on)}{self.where}"

    @property
    def where(self) -> str:
        """The station, or in what other way the voters were heard, and where."""
        return str(self.station) if self.station_id else f"{self.get_origin_display()}{self.spot}"

    @property
    def audit_label(self):
        return str(self)


class ReceptionDeputy(Record):
    """A deputy of any level who received; an officer receives as an ordinary deputy, the office is only noted."""

    trace = "接待选民"
    part_of = "reception"
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="receivers", verbose_name="接待")
    deputy = models.ForeignKey(
        "deputies.Deputy", on_delete=models.PROTECT, related_name="receptions", verbose_name="代表"
    )
    mandate = models.ForeignKey(
        "deputies.Mandate", on_delete=models.PROTECT, null=True, blank=True, verbose_name="以何身份"
    )
    office = models.CharField("职务", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接待代表"
        constraints = [models.UniqueConstraint(fields=["township", "reception", "deputy"], name="receiver_once")]
        indexes = [WordIndex("office", name="receiver_words")]

    def __str__(self):
        return f"{self.deputy_id}"


class ReceptionUnit(Record):
    """A department that came along."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="companions", verbose_name="接待")
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="部门")

    class Meta:
        verbose_name = verbose_name_plural = "参加部门"
        constraints = [models.UniqueConstraint(fields=["township", "reception", "unit"], name="companion_once")]

    def __str__(self):
        return f"{self.unit_id}"


class Visitor(Record):
    """A voter who gave a name or a way to be told the result; both are optional and encrypted."""

    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="visitors", verbose_name="接待")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    name = EncryptedTextField(
        "姓名", max_length=40, null=True, blank=True, mask="name", personal=Personal(PURPOSE, BASIS, KEEP, "内部")
    )
    phone = EncryptedTextField(
        "电话", max_length=40, null=True, blank=True, mask="phone", personal=Personal(PURPOSE, BASIS, KEEP, "内部")
    )
    village = EncryptedTextField(
        "村（组）",
        max_length=40,
        null=True,
        blank=True,
        mask="address",
        personal=Personal(PURPOSE, BASIS, KEEP, "内部"),
    )

    erasable = True

    class Meta:
        verbose_name = verbose_name_plural = "来访选民"

    def __str__(self):
        return "选民"

    def revealable_by(self, standing) -> bool:
        """Whether a standing may see the voter whole: the clerk and the deputies who received, and nobody above them."""
        received = self.reception.receivers.kept().filter(deputy__account=standing.user)
        return standing.has("clerk") or received.exists()


class Matter(Record):
    """What a voter raised, in the voter's own words, and how it went on; every step is a date."""

    class Channel(models.TextChoices):
        ON_THE_SPOT = "on_the_spot", "当场答复"
        UNIT = "unit", "转办"
        SUGGESTION = "suggestion", "转建议"
        UPWARD = "upward", "报上级"
        DECLINED = "declined", "不予受理并告知"

    url_name = "proposals-matter"
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="matters", verbose_name="接待")
    number = models.CharField("编号", max_length=20)
    words = models.TextField("反映内容", help_text="按选民原话记录，请勿写入身份证号和电话")
    category = models.ForeignKey("congress.Category", on_delete=models.PROTECT, related_name="+", verbose_name="类别")
    confidential = models.BooleanField("要求保密", default=False)
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, null=True, blank=True, verbose_name="反映人")
    channel = models.CharField("处理方式", max_length=12, choices=Channel, blank=True)
    channelled_on = models.DateField("分流日期", null=True, blank=True)
    answer = models.TextField("答复或办理情况", blank=True)
    proper_channel = models.CharField("告知的正当渠道", max_length=100, blank=True)
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name="承办单位")
    delivered_on = models.DateField("交办单送达日期", null=True, blank=True)
    # What the deputy who received thinks should deal with it; the clerk decides.
    proposed_unit = models.ForeignKey(
        "congress.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟转办单位"
    )
    proposed_note = models.TextField("转办意见", blank=True)
    passed_to = models.CharField("报送对象", max_length=60, blank=True)
    ask_on = models.DateField("询问上级的日期", null=True, blank=True)
    resolved_on = models.DateField("办结日期", null=True, blank=True)
    told_on = models.DateField("向选民反馈日期", null=True, blank=True)
    told_how = models.CharField("反馈方式", max_length=20, blank=True)
    opinion = models.CharField(
        "选民评价",
        max_length=12,
        blank=True,
        choices=[("good", "满意"), ("fair", "基本满意"), ("bad", "不满意")],
    )

    class Meta:
        verbose_name = verbose_name_plural = "反映事项"
        ordering = ("-reception__held_on", "number")
        constraints = [models.UniqueConstraint(fields=["township", "number"], name="matter_number_once")]
        indexes = [WordIndex("number", "words", "passed_to", "answer", "proper_channel", name="matter_words")]

    def __str__(self):
        return self.number

    @property
    def audit_label(self):
        return self.number


class Handing(Record):
    """A unit that had a matter and has it no longer: it gave the matter back, or the office gave it to another."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="handings", verbose_name="事项")
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    handed_on = models.DateField("转办日期")
    ended_on = models.DateField("退回或者改办日期")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "曾转办"
        ordering = ("handed_on", "created_at")

    def __str__(self):
        return f"{self.unit}"
