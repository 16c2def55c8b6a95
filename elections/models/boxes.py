"""What is handed out for polling day and has to come back: boxes with their seals, the room, forms."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import Personal
from elections.models.places import AtPlace

CARRIED = "交接票箱、核对封签"
BASIS = "选举法第四十三条、第四十四条"
KEEP = "长期，随选举文书存档"


class BallotBox(AtPlace, Record):
    """A ballot box of a place or a mobile box: its seal, who saw it empty, who carried it, who received it with which seal."""

    url_name = "elections-ballot-box"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="ballot_boxes", verbose_name="选举工作"
    )
    place = models.ForeignKey(
        "elections.PollingPlace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="boxes",
        verbose_name="投票站（选举大会）",
    )
    mobile = models.ForeignKey(
        "elections.MobileBox",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="boxes",
        verbose_name="流动票箱",
    )
    number = models.CharField("票箱编号", max_length=20, help_text="箱上的编号，全乡镇不重复")
    seals = models.CharField("封签号", max_length=40, blank=True, help_text="起止号，如“0012—0013”")
    shown_at = models.TimeField("当众检查空箱并加封的时间", null=True, blank=True)
    shown_by = models.CharField("检查、加封的监票人", max_length=60, blank=True, help_text="两人姓名，用顿号分开")
    carriers = models.CharField("护送人", max_length=60, blank=True, help_text="两人姓名，用顿号分开")
    handed_at = models.TimeField("移交时间", null=True, blank=True)
    received_by = models.CharField("接收人", max_length=60, blank=True, help_text="两人姓名，用顿号分开")
    seals_found = models.CharField("接收时的封签号", max_length=40, blank=True)
    trouble = models.CharField("异常情况", max_length=200, blank=True)

    personal_fields = {
        "shown_by": Personal(CARRIED, BASIS, KEEP, "内部"),
        "carriers": Personal(CARRIED, BASIS, KEEP, "内部"),
        "received_by": Personal(CARRIED, BASIS, KEEP, "内部"),
        "trouble": Personal(CARRIED, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "票箱"
        ordering = ("number",)
        constraints = [once(["township", "campaign", "number"], "ballot_box_once", "已有这个编号的票箱。")]

    def __str__(self):
        return f"票箱{self.number}"

    @property
    def audit_label(self):
        return str(self)


class RoomCheck(Record):
    """What stands ready at a place before it opens. The secret booth is the law's (选举法四十), the rest is practice."""

    ITEMS = (
        "booth",
        "box",
        "sealing",
        "roll",
        "ballots",
        "candidates",
        "rules",
        "board",
        "pens",
        "paste",
        "calculator",
        "ink_pad",
        "lighting",
    )

    url_name = "elections-room"
    place = models.ForeignKey(
        "elections.PollingPlace", on_delete=models.PROTECT, related_name="checks", verbose_name="投票站（选举大会）"
    )
    checked_on = models.DateField("检查日期")
    checked_by = models.CharField("检查人", max_length=40)
    booth = models.BooleanField("秘密写票处", default=False)
    box = models.BooleanField("票箱和锁", default=False)
    sealing = models.BooleanField("封条（封签）", default=False)
    roll = models.BooleanField("选民名单和领票登记册", default=False)
    ballots = models.BooleanField("选票和备用票", default=False)
    candidates = models.BooleanField("张贴的候选人名单和样票", default=False)
    rules = models.BooleanField("张贴的投票须知和废票认定办法", default=False)
    board = models.BooleanField("计票板和粉笔（笔）", default=False)
    pens = models.BooleanField("写票用的笔", default=False)
    paste = models.BooleanField("浆糊、剪刀", default=False)
    calculator = models.BooleanField("计算器和计票单", default=False)
    ink_pad = models.BooleanField("印泥", default=False)
    lighting = models.BooleanField("照明、通道（无障碍）", default=False)
    note = models.CharField("备注", max_length=200, blank=True)

    personal_fields = {"checked_by": Personal("布置投票场所", "选举法第四十条", KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "投票场所检查"
        ordering = ("place",)
        constraints = [once(["township", "place"], "room_check_once", "这一处的检查已经登记，请在原记录上修改。")]

    def __str__(self):
        return f"{self.place}检查"

    @property
    def audit_label(self):
        return str(self.place)

    @classmethod
    def label_of(cls, item: str) -> str:
        """What an item is called."""
        return str(cls._meta.get_field(item).verbose_name)

    @property
    def lacking(self) -> list[str]:
        """The items that are not ready."""
        return [item for item in self.ITEMS if not getattr(self, item)]


class HandedForm(Record):
    """A form handed out in so many copies, due back by a day, and what came back."""

    url_name = "elections-handed"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="handed_forms", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_forms",
        verbose_name="选区",
        help_text="不选为全部选区",
    )
    what = models.CharField("表格", max_length=60, help_text="如“选民联名推荐代表候选人表”")
    copies = models.PositiveIntegerField("发放份数")
    handed_to = models.CharField("领取人（单位）", max_length=60)
    handed_on = models.DateField("发放日期")
    due_on = models.DateField("应交回日期", null=True, blank=True, help_text="不用交回的不填")
    received = models.PositiveIntegerField("交回份数", null=True, blank=True)
    received_on = models.DateField("交回日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    personal_fields = {"handed_to": Personal("发放和收回选举用表", "选举法第十一条", KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "表格发放和收回"
        ordering = ("-handed_on", "what")

    def __str__(self):
        return f"{self.what}（{self.handed_to}）"

    @property
    def audit_label(self):
        return self.what
