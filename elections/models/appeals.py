"""Appeals against the list of voters, and what became of each (选举法二十九)."""

from django.db import models

from congress.guard.record import Record
from congress.people.erased import ERASED
from congress.people.fields import EncryptedTextField, Personal
from elections.models.voters import BASIS

HANDLING = "处理对选民名单的申诉"
KEEP = "选举工作结束后五年"


class Appeal(Record):
    """An objection to the published list. Anybody may object, about themselves or about another (民事诉讼法一百八十八), so
    that who appeals and whom it concerns are two entries. The list changes by the decision, or the judgement, alone."""

    class Kind(models.TextChoices):
        MISSING = "missing", "应当列入而没有列入"
        LISTED = "listed", "不应列入而列入"
        WRONG = "wrong", "姓名或者性别写错"

    url_name = "elections-appeal"
    voter_list = models.ForeignKey(
        "elections.VoterList", on_delete=models.PROTECT, related_name="appeals", verbose_name="选民名单"
    )
    kind = models.CharField("申诉事项", max_length=8, choices=Kind)
    appellant = models.CharField("申诉人", max_length=40)
    subject = models.CharField("被申诉人", max_length=40, help_text="为本人申诉的，填申诉人自己")
    registration = models.ForeignKey(
        "elections.Registration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        verbose_name="名单上的登记",
    )
    words = models.TextField("申诉理由", max_length=1000)
    received_on = models.DateField("提出日期")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    phone = EncryptedTextField(
        "申诉人电话",
        max_length=20,
        null=True,
        blank=True,
        mask="phone",
        personal=Personal("送达处理决定", BASIS, KEEP, "内部"),
    )
    decided_on = models.DateField("决定日期", null=True, blank=True, editable=False)
    upheld = models.BooleanField("申诉成立", null=True, blank=True, editable=False)
    decision = models.TextField("处理决定", max_length=1000, blank=True, editable=False)
    delivered_on = models.DateField("送达日期", null=True, blank=True, editable=False)
    sued_on = models.DateField("起诉日期", null=True, blank=True, editable=False)
    court = models.CharField("受理法院", max_length=60, blank=True, editable=False)
    judged_on = models.DateField("判决日期", null=True, blank=True, editable=False)
    judged_for = models.BooleanField("判决支持起诉人", null=True, blank=True, editable=False)
    judgement = models.CharField("判决书", max_length=100, blank=True, editable=False)
    # What the decision or the judgement changed on the roll.
    change = models.ForeignKey(
        "elections.RollChange",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        editable=False,
        verbose_name="选民册变动",
    )

    erasable = True
    names_persons = ("appellant", "subject")
    named_in_texts = False
    erased = {"appellant": str(ERASED), "subject": str(ERASED), "words": "", "decision": "", "judgement": ""}
    personal_fields = {
        "appellant": Personal(HANDLING, BASIS, KEEP, "内部"),
        "subject": Personal(HANDLING, BASIS, KEEP, "内部"),
        "words": Personal(HANDLING, BASIS, KEEP, "内部"),
        "decision": Personal(HANDLING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选民名单申诉"
        ordering = ("-received_on", "-created_at")

    def __str__(self):
        return f"{self.appellant}的申诉"

    @property
    def audit_label(self):
        return self.get_kind_display()
