"""Voters handed over from one district's roll to another place's: asked on one side, answered on the other."""

from django.db import models

from congress.guard.record import Record, kept, once
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField, EncryptedTextField, Personal
from elections.models.voters import BASIS, KEEP, YEAR_OF_BIRTH, Voter

MOVING = "转移选民登记、出具选民资格证明"


class Transfer(Record):
    """One side of a hand-over: `OUT` where the voter stands now, `IN` where they are to be registered.

    Between townships of one county both sides are here, joined by `pair`; with places elsewhere there is one side, and the
    answer comes on paper. Until it is accepted the voter stays on the sender's list.
    """

    class Direction(models.TextChoices):
        OUT = "out", "转出"
        IN = "in", "转入"

    class Reach(models.TextChoices):
        """How far it goes, which decides the paper: 划拨登记表, 划拨通知, 参选联系单和选民资格证明."""

        COUNTY = "county", "同县其他乡镇"
        CITY = "city", "同市其他县（市、区）"
        BEYOND = "beyond", "市外"

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ACCEPTED = "accepted", "已接收"
        REFUSED = "refused", "未接收"
        TAKEN_BACK = "taken_back", "已撤回"

    class Cause(models.TextChoices):
        HOME = "home", "回户籍地或者居住地参加"
        WORK = "work", "到工作单位参加"
        STUDY = "study", "到学校参加"
        MOVED = "moved", "已迁居没有转出户口"
        DUPLICATE = "duplicate", "两地都已登记，在对方参加"

    url_name = "elections-transfer"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="transfers", verbose_name="选举工作"
    )
    direction = models.CharField("方向", max_length=4, choices=Direction, editable=False)
    reach = models.CharField("范围", max_length=8, choices=Reach)
    number = models.PositiveIntegerField("编号", editable=False)
    pair = models.UUIDField("两边共用的编号", null=True, blank=True, editable=False)
    other_township = models.ForeignKey(
        "congress.Township", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对方乡镇"
    )
    other_place = models.CharField("对方地点", max_length=100, blank=True, help_text="县、乡镇和选区的名称")
    cause = models.CharField("原因", max_length=10, choices=Cause)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED, editable=False)
    sent_on = models.DateField("提出日期")
    answered_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    answer = models.CharField("答复意见", max_length=200, blank=True, editable=False)
    # Those who come from outside the county: which of the two papers is here.
    certificate = models.CharField("选民资格证明", max_length=60, blank=True, help_text="出具的选区和文号")
    permit = models.BooleanField("有居住证", default=False)
    voter = models.ForeignKey(
        Voter, on_delete=models.PROTECT, null=True, blank=True, related_name="transfers", verbose_name="选民"
    )
    name = models.CharField("姓名", max_length=40)
    gender = models.CharField("性别", max_length=6, choices=Voter.Gender)
    ethnicity = models.CharField("民族", max_length=20, default="汉族")
    birth_date = models.DateField("出生日期")
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    id_number = EncryptedTextField(
        "身份证号",
        max_length=18,
        null=True,
        blank=True,
        mask="id_number",
        personal=Personal(MOVING, BASIS, KEEP, "敏感个人信息"),
    )
    id_index = BlindIndexField("身份证号索引", label="id_number")
    phone = EncryptedTextField(
        "手机", max_length=20, null=True, blank=True, mask="phone", personal=Personal(MOVING, BASIS, KEEP, "内部")
    )
    address = EncryptedTextField(
        "现住址", max_length=100, null=True, blank=True, mask="address", personal=Personal(MOVING, BASIS, KEEP, "内部")
    )

    erasable = True
    named_in_texts = False
    erased = {"name": str(ERASED), "birth_date": YEAR_OF_BIRTH, "certificate": "", "other_place": "", "answer": ""}
    personal_fields = {
        "name": Personal(MOVING, BASIS, KEEP, "内部"),
        "gender": Personal(MOVING, BASIS, KEEP, "内部"),
        "ethnicity": Personal(MOVING, BASIS, KEEP, "内部"),
        "birth_date": Personal(MOVING, BASIS, KEEP, "内部"),
        "certificate": Personal(MOVING, BASIS, KEEP, "内部"),
        "permit": Personal(MOVING, BASIS, KEEP, "内部"),
        "other_place": Personal(MOVING, BASIS, KEEP, "内部"),
        "answer": Personal(MOVING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选民转移"
        ordering = ("-sent_on", "-created_at")
        constraints = [
            once(["township", "campaign", "direction", "number"], "transfer_number_once", "已有这个编号的选民转移。"),
            models.UniqueConstraint(
                fields=["township", "campaign", "voter"],
                condition=kept() & models.Q(state="asked", direction="out"),
                name="transfer_out_once",
                violation_error_message="这名选民已有一件转出等待答复。",
            ),
        ]

    def __str__(self):
        return f"{self.get_direction_display()}第{self.number}号"

    @property
    def audit_label(self):
        return str(self)
