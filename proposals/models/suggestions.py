"""Deputies' suggestions (代表建议、批评和意见) from the draft to the rating; every step is a dated row or column."""

from django.db import models

from congress.guard.record import Record, kept
from congress.guard.words import WordIndex
from congress.people.fields import Personal
from congress.wording import chinese_date


class Opinion(models.TextChoices):
    """The three marks a deputy may give; attitude and result are rated apart."""

    GOOD = "good", "满意"
    FAIR = "fair", "基本满意"
    BAD = "bad", "不满意"


# The marks as the law library names them.
LAW_WORDS = {Opinion.GOOD: "satisfied", Opinion.FAIR: "basic", Opinion.BAD: "dissatisfied"}


class Suggestion(Record):
    """A suggestion. Its stage is derived from the facts (see `proposals.stages`), never stored."""

    class Scale(models.TextChoices):
        TOWNSHIP = "township", "本级办理"
        UPWARD = "upward", "需争取上级支持"

    url_name = "proposals-suggestion"
    trace_unit = "件"
    number = models.CharField("编号", max_length=20, blank=True)
    title = models.CharField("标题", max_length=100)
    situation = models.TextField("事由（情况和问题）")
    proposal = models.TextField("具体建议")
    category = models.ForeignKey("congress.Category", on_delete=models.PROTECT, related_name="+", verbose_name="类别")
    lead = models.ForeignKey(
        "deputies.Deputy", on_delete=models.PROTECT, related_name="suggestions", verbose_name="领衔代表"
    )
    matter = models.ForeignKey(
        "proposals.Matter",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="来源事项",
    )
    session = models.ForeignKey(
        "assembly.Session",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name="提出的会议",
    )
    scale = models.CharField("办理层级", max_length=10, choices=Scale, default=Scale.TOWNSHIP)
    confidential = models.BooleanField("要求对承办单位隐去姓名", default=False)
    submitted_on = models.DateField("提出日期")
    registered_on = models.DateField("登记日期", null=True, blank=True)
    declined_on = models.DateField("不予受理日期", null=True, blank=True)
    declined_reason = models.CharField("不予受理的理由", max_length=200, blank=True)
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    difficult = models.BooleanField("涉及面广、处理难度大", default=False)
    reopened_on = models.DateField("重新办理交办日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closing_note = models.CharField("办结说明", max_length=200, blank=True)
    from_motion = models.BooleanField("由未列入议程的议案转来", default=False)
    # Handled together with another one (并案): its steps of handling are taken along; number, reply and rating stay its own.
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="并入的建议"
    )
    joined_on = models.DateField("并案日期", null=True, blank=True)
    parted_on = models.DateField("解除并案日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代表建议"
        ordering = ("-submitted_on", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "number"], condition=~models.Q(number=""), name="suggestion_number_once"
            ),
            models.CheckConstraint(
                name="suggestion_assigned_after_submitted",
                condition=models.Q(assigned_on__isnull=True) | models.Q(assigned_on__gte=models.F("submitted_on")),
            ),
            models.CheckConstraint(
                name="suggestion_joined_to_another",
                condition=models.Q(joined_to__isnull=True, joined_on__isnull=True, parted_on__isnull=True)
                | (models.Q(joined_to__isnull=False, joined_on__isnull=False) & ~models.Q(joined_to=models.F("id"))),
            ),
        ]
        indexes = [
            WordIndex("number", "title", "situation", "proposal", name="suggestion_words"),
            models.Index(fields=["township", "-submitted_on", "number"], name="suggestions_by_day"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    @property
    def audit_label(self):
        return str(self)


class Cosigner(Record):
    """A deputy who signed along and knows the content."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="cosigners", verbose_name="建议")
    deputy = models.ForeignKey("deputies.Deputy", on_delete=models.PROTECT, related_name="+", verbose_name="代表")
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    trace = "联名建议"
    trace_unit = "件"
    part_of = "suggestion"

    class Meta:
        verbose_name = verbose_name_plural = "联名代表"
        constraints = [models.UniqueConstraint(fields=["township", "suggestion", "deputy"], name="cosigner_once")]

    def __str__(self):
        return f"{self.deputy_id}"


def _strand() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField("分办序号", default=1, help_text="同一轮由几个单位分别答复的，各为一序")


class Assignment(Record):
    """A unit's share in a round of handling; round 1 is the first, 2 and on the second handlings.

    A round is led (one 主办, perhaps 协办) or separate (several 分办, each with its own clock and reply). `strand` numbers
    those that answer: after 退办 the next unit takes over the number, and with it the clock.
    """

    class Part(models.TextChoices):
        LEAD = "lead", "主办"
        ASSIST = "assist", "协办"
        SEPARATE = "separate", "分办"

    ANSWERING = (Part.LEAD, Part.SEPARATE)

    suggestion = models.ForeignKey(
        Suggestion, on_delete=models.PROTECT, related_name="assignments", verbose_name="建议"
    )
    unit = models.ForeignKey(
        "congress.Unit", on_delete=models.PROTECT, related_name="assignments", verbose_name="承办单位"
    )
    part = models.CharField("主办、协办或分办", max_length=8, choices=Part)
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    strand = _strand()
    assigned_on = models.DateField("交办日期")
    delivered_on = models.DateField("交办单送达日期", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    signed_by = models.CharField("签收人", max_length=40, blank=True, help_text="交办单回执上签名的人")
    returned_on = models.DateField("退办日期", null=True, blank=True)
    return_reason = models.CharField("退办理由", max_length=200, blank=True)
    advice = models.TextField("协办意见", blank=True)
    advice_on = models.DateField("协办意见日期", null=True, blank=True)

    personal_fields = {
        "signed_by": Personal("留存交办单回执上的签收人", "代表法关于代表建议交办的规定", "长期", "内部")
    }

    class Meta:
        verbose_name = verbose_name_plural = "交办"
        ordering = ("round", "-part")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "suggestion", "round", "strand"],
                condition=models.Q(part__in=("lead", "separate"), returned_on__isnull=True) & kept(),
                name="one_unit_a_strand",
            ),
            models.CheckConstraint(
                name="lead_unit_answers_alone", condition=~models.Q(part="lead") | models.Q(strand=1)
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.get_part_display()}"


class Talk(Record):
    """The unit met or called the deputy (面商)."""

    class Way(models.TextChoices):
        VISIT = "visit", "走访"
        MEETING = "meeting", "座谈"
        PHONE = "phone", "电话"
        LETTER = "letter", "信函"

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="talks", verbose_name="建议")
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="承办单位")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    held_on = models.DateField("日期")
    way = models.CharField("方式", max_length=8, choices=Way)
    summary = models.TextField("沟通情况")

    class Meta:
        verbose_name = verbose_name_plural = "面商"
        ordering = ("held_on", "created_at")

    def __str__(self):
        return f"{chinese_date(self.held_on)}{self.get_way_display()}"


class Reply(Record):
    """The unit's written reply. What is late stays late: judged on `replied_on`, which may not lie before the assigning."""

    class Grade(models.TextChoices):
        A = "A", "A 已解决或基本解决"
        B = "B", "B 正在解决或已列入计划"
        C = "C", "C 因条件限制待以后解决"
        D = "D", "D 留作参考"

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="replies", verbose_name="建议")
    unit = models.ForeignKey("congress.Unit", on_delete=models.PROTECT, related_name="replies", verbose_name="承办单位")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    strand = _strand()
    replied_on = models.DateField("答复日期")
    grade = models.CharField("办理结果分类", max_length=1, choices=Grade)
    text = models.TextField("答复内容")
    letter_no = models.CharField("答复文号", max_length=40, blank=True)
    signed_by = models.CharField("签发人", max_length=40, blank=True, default="")
    contact = models.CharField("承办人", max_length=40, blank=True)

    personal_fields = {
        "signed_by": Personal("答复函载明签发的负责人", "代表法关于答复代表建议的规定", "长期", "公开"),
        "contact": Personal("答复函载明承办人便于代表联系", "代表法关于答复代表建议的规定", "长期", "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ("round", "replied_on")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "suggestion", "round", "strand"],
                condition=kept(),
                name="one_reply_a_strand",
            )
        ]
        indexes = [WordIndex("text", name="reply_words")]

    def __str__(self):
        return f"{chinese_date(self.replied_on)}答复（{self.grade}）"

    @property
    def letter(self) -> str:
        """What stands on the letter beside its words: number, who signed it, whom to ask; empty where nothing was entered."""
        kept = (("答复文号", self.letter_no), ("签发人", self.signed_by), ("承办人", self.contact))
        return "，".join(f"{label}{value}" for label, value in kept if value)


class Rating(Record):
    """The lead deputy's rating of one round; a later round never overwrites an earlier one."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="ratings", verbose_name="建议")
    deputy = models.ForeignKey("deputies.Deputy", on_delete=models.PROTECT, related_name="+", verbose_name="代表")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    attitude = models.CharField("办理态度", max_length=5, choices=Opinion)
    result = models.CharField("办理结果", max_length=5, choices=Opinion)
    reason = models.TextField("不满意的理由", blank=True)
    open_to_public = models.BooleanField("同意公开", default=True)
    rated_on = models.DateField("评价日期")
    on_paper = models.BooleanField("纸质征询意见表", default=False)
    signed_by = models.CharField("签名", max_length=40, blank=True)

    personal_fields = {
        "signed_by": Personal("留存征询意见表上的签名人", "代表法关于答复代表建议的规定", "长期", "内部")
    }

    class Meta:
        verbose_name = verbose_name_plural = "评价"
        ordering = ("round",)
        constraints = [
            models.UniqueConstraint(fields=["township", "suggestion", "round"], name="one_rating_a_round"),
            models.CheckConstraint(
                name="rating_bad_has_reason",
                condition=~models.Q(attitude="bad") & ~models.Q(result="bad") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_attitude_display()} {self.get_result_display()}"


class Extension(Record):
    """A request of the handling unit to reply later, and the consent, both given before the date they move."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="extensions", verbose_name="建议")
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    strand = _strand()
    asked_on = models.DateField("申请日期")
    agreed_on = models.DateField("同意日期", null=True, blank=True)
    declined_on = models.DateField("不同意日期", null=True, blank=True)
    new_due = models.DateField("延至")
    reason = models.CharField("理由", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ("asked_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="extension_has_one_answer",
                condition=models.Q(agreed_on__isnull=True) | models.Q(declined_on__isnull=True),
            )
        ]

    def __str__(self):
        return f"延至{chinese_date(self.new_due)}"
