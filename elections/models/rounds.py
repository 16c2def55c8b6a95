"""The rounds of a district's vote: between whom, with which ballots, what became of these, who is declared elected."""

from django.db import models

from congress.guard.record import Record, once, two_people
from congress.people.fields import Personal
from elections.models.places import AtPlace, of_one

BASIS = "选举法第四十三条、第四十六条"
KEEP = "长期，随选举文书存档"


class Round(Record):
    """One vote of a district: the first, 再次投票, 另行选举, or 重新选举 after a void one (选举法四十四、四十五).

    Each round has its own day, names, ballots and count. Where it stands follows from what was done; the result is the count's
    and is written here by nobody.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "第一次投票"
        AGAIN = "again", "再次投票"
        ANOTHER = "another", "另行选举"
        ANEW = "anew", "重新选举"

    url_name = "elections-round"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="rounds", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="rounds", verbose_name="选区"
    )
    kind = models.CharField("投票", max_length=8, choices=Kind)
    number = models.PositiveSmallIntegerField("次序")
    held_on = models.DateField("投票日期")
    seats = models.PositiveSmallIntegerField("应选名额")
    voters = models.PositiveIntegerField("选民数")
    printed = models.PositiveIntegerField("印制选票")
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed", verbose_name="接续的投票"
    )
    count = models.ForeignKey(
        "counting.Count", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="计票"
    )
    # What became of the ballots that nobody was handed (选举法四十三).
    settled_on = models.DateField("剩余选票处理日期", null=True, blank=True)
    filed = models.PositiveIntegerField("存档空白票", default=0)
    destroyed = models.PositiveIntegerField("销毁", default=0)
    lost = models.PositiveIntegerField("遗失", default=0)
    witnesses = models.CharField("监督销毁的人", max_length=60, blank=True)
    settled_note = models.CharField("说明", max_length=200, blank=True)
    # Of deputies of the county the record goes up, and the county's committee declares.
    sent_on = models.DateField("上报日期", null=True, blank=True)
    sent_paper = models.CharField("上报的文件", max_length=100, blank=True)
    # Two people declare the result: what the first asked for holds once the second lets it be so.
    declared_on = models.DateField("宣布日期", null=True, blank=True)
    declared_by = models.CharField("宣布的选举委员会", max_length=60, blank=True)
    paper = models.CharField("宣布的文件", max_length=100, blank=True)
    asked_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出宣布的人"
    )
    confirmed_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认宣布的人"
    )
    # Where nobody is left for the vote that follows, or it came to nothing, whoever decides leaves the seats empty.
    vacant_on = models.DateField("决定暂缺日期", null=True, blank=True)
    vacant_paper = models.CharField("决定暂缺的文件", max_length=100, blank=True)
    vacant_why = models.CharField("不再投票的原因", max_length=200, blank=True)
    fingerprint = models.CharField("宣布时的计票指纹", max_length=64, blank=True)

    personal_fields = {"witnesses": Personal("监督销毁剩余选票", BASIS, KEEP, "内部")}

    class Meta:
        verbose_name = verbose_name_plural = "投票"
        ordering = ("election", "district", "number")
        constraints = [
            once(["township", "election", "district", "number"], "round_once", "这个选区的这一次投票已经有了。"),
            once(["township", "follows"], "round_follows_once", "接续的投票已经安排。"),
            two_people("asked_by", "confirmed_by", "round_two_people", "宣布结果由两个不同的人办理。", begun=False),
        ]

    def __str__(self):
        return f"{self.district}{self.get_kind_display()}"

    @property
    def audit_label(self):
        return str(self)

    @property
    def declared(self) -> bool:
        """Whether two people declared the result."""
        return self.confirmed_by_id is not None


class RoundName(Record):
    """A name of a round's ballot in its place. Somebody whom voters wrote in before has no nomination, and the second writing of
    the name here; a candidate's is the nominee's."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="names", verbose_name="投票")
    position = models.PositiveSmallIntegerField("位次")
    name = models.CharField("票上的姓名", max_length=100)
    name_beside = models.CharField("另选人的姓名（当地文字）", max_length=80, blank=True)
    nominee = models.ForeignKey(
        "elections.Nominee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="round_names",
        verbose_name="代表候选人",
    )

    personal_fields = {
        "name": Personal("印制选票和计票", BASIS, KEEP, "公开"),
        "name_beside": Personal("印制选票", BASIS, KEEP, "公开"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "投票的候选人"
        ordering = ("round", "position")
        constraints = [
            once(["township", "round", "position"], "round_position_once", "票上的这一位已有姓名。"),
            once(["township", "round", "name"], "round_name_once", "票上有两个相同的姓名，请加以区分。"),
        ]

    def __str__(self):
        return f"第{self.position}位"

    @property
    def audit_label(self):
        return str(self)


class LedgerLine(AtPlace, Record):
    """The ballots of one round at one place or mobile box: received, handed to voters, exchanged, left over. Totals, and no line
    for a voter: who was handed a ballot is ticked in the register on paper."""

    url_name = "elections-ledger"
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ledger", verbose_name="投票")
    place = models.ForeignKey(
        "elections.PollingPlace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger",
        verbose_name="投票站（选举大会）",
    )
    mobile = models.ForeignKey(
        "elections.MobileBox",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger",
        verbose_name="流动票箱",
    )
    received = models.PositiveIntegerField("领取选票")
    in_person = models.PositiveIntegerField("本人领票")
    by_proxy = models.PositiveIntegerField("受委托领票", default=0)
    replaced = models.PositiveIntegerField("换发作废", default=0)
    left_over = models.PositiveIntegerField("剩余选票", default=0)
    note = models.CharField("差数的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "票账"
        ordering = ("round", "place", "mobile")
        constraints = [
            once(["township", "round", "place"], "ledger_place_once", "这一处的票账已经登记。"),
            once(["township", "round", "mobile"], "ledger_mobile_once", "这个流动票箱的票账已经登记。"),
            of_one("ledger_of_one", "票账"),
        ]

    def __str__(self):
        return f"{self.whose}票账"

    @property
    def audit_label(self):
        return str(self)

    @property
    def issued(self) -> int:
        """How many ballots were handed out to be cast: so many took part."""
        return self.in_person + self.by_proxy


class Winner(Record):
    """Somebody whom a declaration names as elected, with the votes it tells."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="winners", verbose_name="投票")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("当选人", max_length=100)
    votes = models.PositiveIntegerField("得票")
    nominee = models.ForeignKey(
        "elections.Nominee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="won",
        verbose_name="代表候选人",
    )

    personal_fields = {"name": Personal("宣布选举结果", "选举法第四十六条", KEEP, "公开")}

    class Meta:
        verbose_name = verbose_name_plural = "当选人"
        ordering = ("round", "position")
        constraints = [once(["township", "round", "name"], "winner_once", "这次投票的当选人里已有这个姓名。")]

    def __str__(self):
        return f"第{self.position}名当选人"

    @property
    def audit_label(self):
        return str(self)


class DeclaredAbove(Record):
    """Somebody whom the county's declaration names as elected, with the votes, as its paper has them: entered apart from what
    was counted here, and compared with it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="above", verbose_name="投票")
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("县级宣布的当选人", max_length=100)
    votes = models.PositiveIntegerField("宣布的得票")

    personal_fields = {"name": Personal("登记县级宣布的选举结果", "选举法第四十六条", KEEP, "公开")}

    class Meta:
        verbose_name = verbose_name_plural = "县级宣布的当选人"
        ordering = ("round", "position")
        constraints = [once(["township", "round", "name"], "declared_above_once", "县级宣布的当选人里已有这个姓名。")]

    def __str__(self):
        return f"县级宣布的第{self.position}名当选人"

    @property
    def audit_label(self):
        return str(self)
