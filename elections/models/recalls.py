"""The recall of a deputy by the voters of the district that elected the deputy (选举法四十九、五十、五十二、五十三)."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.erased import ERASED
from congress.people.fields import Personal

BASIS = "选举法第五十条、第五十三条"
KEEP = "长期，随代表档案保存"
TOLD = Personal("办理对代表的罢免", BASIS, KEEP, "内部")
SIGNED = Personal("核对罢免要求的联名", BASIS, "表决结束后一年", "内部")


class Recall(Record):
    """A demand that a deputy be recalled, and what became of it. The county's standing committee takes it in and leads the vote;
    here stand the signatures as they are compared with the list, the papers, the count and the result."""

    class Defence(models.TextChoices):
        WRITTEN = "written", "书面申辩"
        MEETING = "meeting", "在选民会议上申辩"
        BOTH = "both", "书面并在选民会议上申辩"
        NONE = "none", "没有申辩"

    url_name = "elections-recall"
    mandate = models.ForeignKey(
        "deputies.Mandate", on_delete=models.PROTECT, related_name="recalls", verbose_name="被提出罢免的代表"
    )
    demanded_on = models.DateField("提出日期")
    reason = models.TextField("罢免理由", max_length=1000, blank=True, help_text="照罢免要求书；没有写明理由的不能呈报")
    submitted_on = models.DateField("呈报日期", null=True, blank=True, editable=False)
    submitted_to = models.CharField("呈报的机关", max_length=60, blank=True, editable=False)
    defended_on = models.DateField("申辩日期", null=True, blank=True, editable=False)
    defended = models.CharField("申辩方式", max_length=8, choices=Defence, blank=True, editable=False)
    defence = models.TextField("申辩意见", max_length=2000, blank=True, editable=False)
    sent_on = models.DateField("印发选民日期", null=True, blank=True, editable=False)
    copies = models.PositiveIntegerField("印发份数", null=True, blank=True, editable=False)
    held_on = models.DateField("表决日期", null=True, blank=True, editable=False)
    place = models.CharField("表决地点", max_length=60, blank=True, editable=False)
    led_by = models.CharField("主持人", max_length=60, blank=True, editable=False)
    voters = models.PositiveIntegerField("原选区选民", null=True, blank=True, editable=False)
    count = models.ForeignKey(
        "counting.Count",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="计票",
    )
    result_on = models.DateField("结果日期", null=True, blank=True, editable=False)
    yes = models.PositiveIntegerField("赞成罢免", null=True, blank=True, editable=False)
    passed = models.BooleanField("通过", null=True, blank=True, editable=False)
    reported_on = models.DateField("报送备案日期", null=True, blank=True, editable=False)
    announced_on = models.DateField("公告日期", null=True, blank=True, editable=False)
    announced_by = models.CharField("公告的机关", max_length=60, blank=True, editable=False)
    stopped_on = models.DateField("停止日期", null=True, blank=True, editable=False)
    stopped_why = models.CharField("停止的原因", max_length=200, blank=True, editable=False)

    personal_fields = dict.fromkeys(("reason", "defence", "led_by", "stopped_why"), TOLD)

    class Meta:
        verbose_name = verbose_name_plural = "罢免代表"
        ordering = ("-demanded_on", "created_at")

    def __str__(self):
        return f"罢免{self.mandate.deputy.name}的{self.mandate}职务"

    @property
    def audit_label(self):
        return f"罢免{self.mandate}"


class RecallSigner(Record):
    """A signature under a demand: as it is written there, and which entry of the district's list it is. Of whom another district
    elects it says so, and does not count."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="signers", verbose_name="罢免代表")
    line = models.PositiveSmallIntegerField("行号")
    written = models.CharField("签名", max_length=40)
    card_no = models.PositiveIntegerField("选民证号", null=True, blank=True)
    registration = models.ForeignKey(
        "elections.Registration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recall_signatures",
        verbose_name="名单上的选民",
    )
    why = models.CharField("不计的原因", max_length=100, blank=True)

    erased = {"written": str(ERASED), "why": ""}
    personal_fields = dict.fromkeys(("written", "card_no", "why"), SIGNED)

    class Meta:
        verbose_name = verbose_name_plural = "罢免要求的联名"
        ordering = ("recall", "line")
        constraints = [
            once(["township", "recall", "line"], "recall_line_once", "这一行已经登记。"),
            once(["township", "recall", "registration"], "recall_signer_once", "这位选民已经签名。"),
        ]

    def __str__(self):
        return f"第{self.line}行"

    @property
    def audit_label(self):
        return str(self)

    @property
    def counts(self) -> bool:
        """Whether the signature is one of the number the law asks for."""
        return self.registration_id is not None
