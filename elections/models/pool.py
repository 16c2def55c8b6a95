"""Voters who were not found yet: each with somebody who looks for them until a day; nobody is dropped by silence."""

from django.db import models

from congress.guard.record import Record
from congress.people.erased import ERASED
from congress.people.fields import EncryptedTextField, Personal
from elections.models.voters import BASIS, KEEP

FINDING = "核实没有取得联系的选民"


class PoolEntry(Record):
    """Somebody of whom the roll does not know where they are (未取得联系). Who stands on the roll stays there meanwhile."""

    class State(models.TextChoices):
        WAITING = "waiting", "待联系"
        FOUND = "found", "已联系"
        UNFOUND = "unfound", "查找无果"

    class Outcome(models.TextChoices):
        """What was found out; the change of the roll that follows is made for itself."""

        HERE = "here", "在本选区登记"
        ELSEWHERE = "elsewhere", "在外地登记"
        MOVED_OUT = "moved_out", "已迁出"
        DIED = "died", "已死亡"

    url_name = "elections-pool-entry"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="pool", verbose_name="选举工作"
    )
    voter = models.ForeignKey(
        "elections.Voter", on_delete=models.PROTECT, null=True, blank=True, related_name="pool", verbose_name="选民"
    )
    name = models.CharField("姓名", max_length=40)
    village = models.CharField("村（社区）", max_length=60, blank=True)
    data_key = models.ForeignKey("congress.DataKey", on_delete=models.PROTECT, editable=False, verbose_name="数据密钥")
    phone = EncryptedTextField(
        "原来的电话",
        max_length=20,
        null=True,
        blank=True,
        mask="phone",
        personal=Personal(FINDING, BASIS, KEEP, "内部"),
    )
    clue = models.CharField("线索", max_length=200, blank=True, help_text="如外出务工的大致地方、可以问到的亲属")
    owner = models.CharField("责任人", max_length=40)
    due_on = models.DateField("办结日期", help_text="由本乡镇自定")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING, editable=False)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True, editable=False)
    settled_on = models.DateField("结果日期", null=True, blank=True, editable=False)
    note = models.CharField("说明", max_length=200, blank=True, editable=False)

    erasable = True
    named_in_texts = False
    erased = {"name": str(ERASED), "village": "", "clue": "", "note": ""}
    personal_fields = {
        "name": Personal(FINDING, BASIS, KEEP, "内部"),
        "village": Personal(FINDING, BASIS, KEEP, "内部"),
        "clue": Personal(FINDING, BASIS, KEEP, "内部"),
        "owner": Personal(FINDING, BASIS, KEEP, "内部"),
        "outcome": Personal(FINDING, BASIS, KEEP, "内部"),
        "note": Personal(FINDING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "未取得联系的选民"
        ordering = ("due_on", "created_at")

    def __str__(self):
        return self.name
