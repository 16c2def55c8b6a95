"""The list of voters as the public pages show it, and what voters send in from there."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from congress.guard.record import INBOX, Record, once
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField, EncryptedTextField, Personal
from elections.models.voters import BASIS, ROLL, YEAR_OF_BIRTH, Voter

WHILE_PUBLISHED = "公布期间；选举工作结束后清空"
ASKED = "核对本人申请的选民登记"
WHILE_ASKED = "办理期间；选举工作结束后三个月清除"


class PublishedPage(Record):
    """The voters of one group (or of a district's voters without one) on a list that is published on the public pages: names
    and, where local practice has it, sex, after the last supplement. Told from the list; nothing else of a voter is in it.

    `entries` holds a keyed digest for each voter whose identity number is known, by which somebody finds their own entry.
    """

    guard_history = False
    guard_derived = True
    guard_public = "withdrawn_at IS NULL AND voter_list_id IN (SELECT id FROM public.elections_voterlist)"

    voter_list = models.ForeignKey(
        "elections.VoterList", on_delete=models.PROTECT, related_name="pages", verbose_name="选民名单"
    )
    district = models.PositiveSmallIntegerField("选区号")
    district_name = models.CharField("选区名称", max_length=60)
    group = models.PositiveSmallIntegerField("小组号", default=0)
    group_name = models.CharField("小组名称", max_length=60, blank=True)
    lines = models.JSONField("名单", default=list)
    entries = ArrayField(models.CharField(max_length=64), verbose_name="本人查询索引", default=list)

    personal_fields = {
        "lines": Personal(ROLL, BASIS, WHILE_PUBLISHED, "公开"),
        "entries": Personal("本人查询是否列入名单", BASIS, WHILE_PUBLISHED, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "公开的名单页"
        ordering = ("district", "group")
        constraints = [once(["township", "voter_list", "district", "group"], "published_page_once", "这一页已经公开。")]

    def __str__(self):
        return f"第{self.district}选区（{self.district_name}）{self.group_name}"

    @property
    def audit_label(self):
        return f"第{self.district}选区"


class RegistrationRequest(Record):
    """Somebody asks from the public pages to be registered; it is nothing until staff have checked it with the person.

    Anybody may add one and nobody reads any from outside, not even what they sent themselves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待核对"
        ACCEPTED = "accepted", "已登记"
        REFUSED = "refused", "不予受理"

    class Refusal(models.TextChoices):
        """Why a request is not taken; it says nothing of the right to vote, of which the grounds of the law alone decide."""

        TWICE = "twice", "重复提交或者已经登记"
        ELSEWHERE = "elsewhere", "应当在别处登记"
        UNREACHED = "unreached", "联系不上本人，无法核对"
        WRONG = "wrong", "资料与证件不符"
        NOT_ONESELF = "not_oneself", "不是本人提交"

    guard_public = INBOX

    url_name = "elections-request"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="requests", verbose_name="选举工作"
    )
    receipt = models.CharField("受理号", max_length=9)
    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=6, choices=Voter.Gender)
    birth_date = models.DateField("出生日期")
    household = models.CharField("户籍所在地", max_length=10, choices=Voter.Household)
    village = models.CharField("现住村（社区）、小组", max_length=60)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    id_number = EncryptedTextField(
        "身份证号",
        max_length=18,
        null=True,
        blank=True,
        mask="id_number",
        personal=Personal(ASKED, BASIS, WHILE_ASKED, "敏感个人信息"),
    )
    id_index = BlindIndexField("身份证号索引", label="id_number")
    phone = EncryptedTextField(
        "手机", max_length=20, mask="phone", personal=Personal(ASKED, BASIS, WHILE_ASKED, "内部")
    )
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING, editable=False)
    refusal = models.CharField("不予受理的原因", max_length=12, choices=Refusal, blank=True, editable=False)
    settled_on = models.DateField("办理日期", null=True, blank=True, editable=False)
    voter = models.ForeignKey(
        "elections.Voter",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="requests",
        verbose_name="选民",
    )

    personal_fields = {
        "name": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
        "gender": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
        "birth_date": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
        "household": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
        "village": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
        "note": Personal(ASKED, BASIS, WHILE_ASKED, "内部"),
    }
    erasable = True
    named_in_texts = False
    erased = {"name": str(ERASED), "birth_date": YEAR_OF_BIRTH, "village": "", "note": ""}

    class Meta:
        verbose_name = verbose_name_plural = "网上登记申请"
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["township", "state", "created_at"], name="request_by_state")]

    def __str__(self):
        return f"网上登记申请{self.receipt}"

    @property
    def audit_label(self):
        return self.receipt
