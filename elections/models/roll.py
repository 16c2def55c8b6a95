"""The roll of an election: who is registered where, and every change of it with its reason and paper."""

from django.db import models

from congress.guard.record import Record, kept
from congress.law.roll import BODIES, SITUATIONS
from congress.people.erased import ERASED
from congress.people.fields import Personal
from elections.models.voters import BASIS, KEEP, ROLL


class Registration(Record):
    """A voter registered in a district for one level's election (voter × election × district).

    What it says does not change in bulk: a later change of the roll is a `RollChange`, which may end it (`on_roll` off).
    """

    class Ground(models.TextChoices):
        """Why the voter is on the roll (选举法二十七: the registration lasts; what is new is entered)."""

        CARRIED = "carried", "上次登记继续有效"
        NEWLY_18 = "newly_18", "新满十八周岁"
        RESTORED = "restored", "恢复政治权利"
        MOVED_IN = "moved_in", "迁入"
        OUTSIDE = "outside", "外来人员持选民资格证明"
        ABROAD = "abroad", "旅居国外回国参加"
        UNLISTED = "unlisted", "以往漏登补办"

    class Way(models.TextChoices):
        """How the entry came in."""

        DOOR = "door", "上门登记"
        STATION = "station", "登记站登记"
        UNIT = "unit", "单位登记"
        PHONE = "phone", "手机自助登记"
        IMPORT = "import", "导入名册"
        CARRIED = "carried", "沿用上次名册"

    class Confirmed(models.TextChoices):
        """Who looked at the entry and signed."""

        SELF = "self", "本人签字"
        FAMILY = "family", "家属代签"
        PHONE = "phone", "电话核对"

    voter = models.ForeignKey(
        "elections.Voter", on_delete=models.PROTECT, related_name="registrations", verbose_name="选民"
    )
    election = models.ForeignKey(
        "elections.Election",
        on_delete=models.PROTECT,
        db_index=False,  # the index by place begins with it
        related_name="registrations",
        verbose_name="选举",
    )
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="registrations",
        verbose_name="选区",
    )
    group = models.ForeignKey(
        "elections.VoterGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="registrations",
        verbose_name="选民小组",
    )
    ground = models.CharField("登记事由", max_length=10, choices=Ground)
    way = models.CharField("登记方式", max_length=8, choices=Way)
    registered_on = models.DateField("登记日期")
    # Prisoners, detained, citizens home from abroad, staff of higher units: the law says where and at which level.
    situation = models.CharField("特殊情形", max_length=14, choices=list(SITUATIONS.items()), blank=True)
    card_no = models.PositiveIntegerField("选民证号", null=True, blank=True)
    # What was shown: the certificate of an outsider, what a ground rests on.
    paper = models.CharField("登记材料", max_length=240, blank=True, editable=False)
    confirmed_on = models.DateField("核对日期", null=True, blank=True, editable=False)
    confirmed_by = models.CharField("核对方式", max_length=8, choices=Confirmed, blank=True, editable=False)
    on_roll = models.BooleanField("在册", default=True, editable=False)
    # Entered when the list had been frozen already: it is listed by the change that brought it.
    after_freeze = models.BooleanField("名单定稿后登记", default=False, editable=False)
    batch = models.ForeignKey(
        "congress.ImportBatch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="导入批次",
    )

    personal_fields = {
        "card_no": Personal("发放选民证", BASIS, KEEP, "内部"),
        "situation": Personal("确定登记地点和投票方式", BASIS, KEEP, "内部"),
        "confirmed_by": Personal(ROLL, BASIS, KEEP, "内部"),
        "paper": Personal(ROLL, BASIS, KEEP, "内部"),
    }
    erased = {"paper": ""}

    class Meta:
        verbose_name = verbose_name_plural = "选民登记"
        ordering = ("district", "group", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "election", "voter"],
                condition=kept() & models.Q(on_roll=True),
                name="registration_once",
                violation_error_message="这名选民在这次选举中已经登记。",
            )
        ]
        indexes = [
            models.Index(fields=["township", "election", "district", "group"], name="registration_by_place"),
        ]

    def __str__(self):
        return f"{self.district}选民登记"


class RollChange(Record):
    """One change of the roll, with its ground and paper. The law's groups: entered; moved out, died, deprived, suspended,
    unable to vote; corrected. After the list is frozen a change takes effect for the public with its `Supplement`."""

    class Kind(models.TextChoices):
        ADDED = "added", "补登"
        MOVED_OUT = "moved_out", "迁出"
        DIED = "died", "死亡"
        DEPRIVED = "deprived", "被剥夺政治权利"
        SUSPENDED = "suspended", "停止行使选举权利"
        UNABLE = "unable", "不能行使选举权利"
        UNDERAGE = "underage", "选举日未满十八周岁"
        TRANSFERRED = "transferred", "转到其他选区登记"
        DUPLICATE = "duplicate", "重复登记"
        MISTAKEN = "mistaken", "不应列入"
        CORRECTED = "corrected", "更正姓名或者性别"

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="changes", verbose_name="选民登记"
    )
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="roll_changes", verbose_name="选举"
    )
    kind = models.CharField("变动", max_length=12, choices=Kind)
    happened_on = models.DateField("发生日期")
    reason = models.CharField("说明", max_length=200, blank=True)
    body = models.CharField("决定机关", max_length=14, choices=list(BODIES.items()), blank=True)
    paper = models.CharField("依据材料", max_length=100, blank=True, help_text="文书名称和文号")
    # The entry that stands instead: where the voter was transferred, or which of two is kept.
    instead = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_for",
        editable=False,
        verbose_name="保留或者转入的登记",
    )
    # What the list said before a correction, so that any list published can be made again.
    was_name = models.CharField("更正前姓名", max_length=40, blank=True)
    was_gender = models.CharField("更正前性别", max_length=6, blank=True)
    after_freeze = models.BooleanField("名单定稿后变动", default=False, editable=False)
    supplement = models.ForeignKey(
        "elections.Supplement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        editable=False,
        verbose_name="补正公告",
    )

    erased = {
        "reason": "",
        "paper": "",
        "was_name": models.Case(models.When(was_name="", then=models.Value("")), default=models.Value(str(ERASED))),
    }
    personal_fields = {
        "was_name": Personal(ROLL, BASIS, KEEP, "公开"),
        "was_gender": Personal(ROLL, BASIS, KEEP, "公开"),
        "reason": Personal(ROLL, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "选民册变动"
        ordering = ("-happened_on", "-created_at")
        indexes = [
            models.Index(fields=["township", "election", "after_freeze"], name="roll_change_by_election"),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_label(self):
        return self.get_kind_display()
