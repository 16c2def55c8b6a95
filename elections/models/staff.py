"""Who works on polling day: with which task, sent by the committee or chosen by the voters (选举法四十三)."""

from django.db import models

from congress.guard.action import formerly
from congress.guard.record import Record, once
from congress.people.erased import ERASED
from congress.people.fields import EncryptedTextField, Personal
from elections.numbers import STAFF_CARD

WORK = "组织投票、核对能否担任监票计票等工作"
BASIS = "选举法第三十八条、第四十三条"
KEEP = "选举工作结束后五年"
formerly("elections.number_staff", "编了选举工作证号")


class PollStaff(Record):
    """Somebody with a task on polling day, at one place, with a mobile box or for the whole township, and how near to a candidate.
    The number of the card is given once, in the order of recording, and is not given again when somebody is taken back.

    Candidates' close relatives neither watch nor count (选举法四十三); provinces keep them from more. Everybody declares; a
    relation that was declared names the candidate where that one is on record.
    """

    class Role(models.TextChoices):
        HOST = "host", "主持人"
        CHIEF_MONITOR = "chief_monitor", "总监票人"
        MONITOR = "monitor", "监票人"
        CHIEF_TELLER = "chief_teller", "总计票人"
        TELLER = "teller", "计票人"
        CALLER = "caller", "唱票人"
        VERIFIER = "verifier", "验证员"
        ISSUER = "issuer", "发票员"
        GUIDE = "guide", "引导员"
        SECRETARY = "secretary", "秘书（记录）"
        OTHER = "other", "其他工作人员"

    class Chosen(models.TextChoices):
        SENT = "sent", "选举委员会委派"
        VOTERS = "voters", "选民推选"

    class Relation(models.TextChoices):
        """The words of 民法典 1045 for close relatives, in the law's own keys."""

        NONE = "other", "不是候选人，也不是候选人的近亲属"
        SELF = "self", "候选人本人"
        SPOUSE = "spouse", "候选人的配偶"
        PARENT = "parent", "候选人的父母"
        CHILD = "child", "候选人的子女"
        SIBLING = "sibling", "候选人的兄弟姐妹"
        GRANDPARENT = "grandparent", "候选人的祖父母、外祖父母"
        GRANDCHILD = "grandchild", "候选人的孙子女、外孙子女"

    url_name = "elections-staff"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="staff", verbose_name="选举工作"
    )
    place = models.ForeignKey(
        "elections.PollingPlace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name="投票站（选举大会）",
    )
    mobile = models.ForeignKey(
        "elections.MobileBox",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name="随哪个流动票箱",
    )
    name = models.CharField("姓名", max_length=40)
    role = models.CharField("岗位", max_length=14, choices=Role)
    card_no = models.PositiveIntegerField("工作证号", null=True, blank=True, editable=False)
    employer_post = models.CharField("单位和职务", max_length=60, blank=True)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    phone = EncryptedTextField(
        "手机", max_length=20, null=True, blank=True, mask="phone", personal=Personal(WORK, BASIS, KEEP, "内部")
    )
    chosen = models.CharField("产生方式", max_length=6, choices=Chosen, default=Chosen.SENT)
    chosen_on = models.DateField("委派（推选）日期", null=True, blank=True)
    chosen_how = models.CharField("推选的方式", max_length=100, blank=True, help_text="如“投票前由到场选民举手推选”")
    relation = models.CharField(
        "与候选人的关系（本人声明）", max_length=12, choices=Relation, blank=True, help_text="还没有声明的先不选"
    )
    nominee = models.ForeignKey(
        "elections.Nominee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relatives",
        verbose_name="哪位候选人",
    )
    # Of everybody who is somebody at several places the one account; it stays known when its role has ended.
    account = models.ForeignKey(
        "congress.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="账号",
    )

    erasable = True
    named_in_texts = False
    erased = {
        "name": str(ERASED),
        "card_no": None,
        "employer_post": "",
        "chosen_how": "",
        "relation": "",
        "nominee": None,
    }
    personal_fields = {
        "name": Personal(WORK, BASIS, KEEP, "公开"),
        "role": Personal(WORK, BASIS, KEEP, "公开"),
        "card_no": Personal(WORK, BASIS, KEEP, "公开"),
        "employer_post": Personal(WORK, BASIS, KEEP, "内部"),
        "relation": Personal(WORK, BASIS, KEEP, "内部"),
        "nominee": Personal(WORK, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选举工作人员"
        ordering = ("place", "role", "created_at")
        constraints = [
            once(["township", "campaign", "place", "name"], "poll_staff_once", "这一处已有同名的工作人员。"),
            once(["township", "campaign", "card_no"], "poll_staff_card_once", "已有这个工作证号。"),
        ]

    def __str__(self):
        return f"{self.name}（{self.get_role_display()}）"

    @property
    def card(self) -> str:
        """The number as it stands on the card: 第12号."""
        return "" if self.card_no is None else STAFF_CARD.reads(self.township, 0, self.card_no)

    @property
    def audit_label(self):
        return self.get_role_display()
