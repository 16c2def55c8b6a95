"""The lists of candidates of a district: locked, published, changed by numbered notices; and the ballots printed from them."""

from django.db import models

from congress.guard.record import Record, kept, once
from congress.law.ballots import SAID
from congress.names.strokes import CONVENTIONS


class CandidateList(Record):
    """The first or the formal list of candidates of one district (选举法三十二).

    It holds no particulars: its entries point at nominees, and `fingerprint` (SM3 over its lines) proves that they read as
    when it was locked. What changes afterwards is told by a numbered notice, which has a fingerprint of its own.
    """

    class Kind(models.TextChoices):
        FIRST = "first", "代表候选人名单"
        FORMAL = "formal", "正式代表候选人名单"

    class Convention(models.TextChoices):
        """How names are ordered by strokes; which one was used is printed under the list."""

        XINGMING = "xingming", CONVENTIONS["xingming"]
        XINGSHI = "xingshi", CONVENTIONS["xingshi"]

    url_name = "elections-candidates-of"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="candidate_lists", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="candidate_lists", verbose_name="选区"
    )
    kind = models.CharField("名单", max_length=8, choices=Kind)
    convention = models.CharField("排列方法", max_length=10, choices=Convention, default=Convention.XINGMING)
    by_votes = models.BooleanField("按预选得票多少排列", default=False, editable=False)
    by_hand = models.BooleanField("次序已经人工核对", default=False, editable=False)
    locked_at = models.DateTimeField("定稿时间", null=True, blank=True, editable=False)
    fingerprint = models.CharField("名单指纹", max_length=64, blank=True, editable=False)
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)
    places = models.CharField("张贴地点", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "候选人名单"
        ordering = ("district", "kind")
        constraints = [
            once(["township", "election", "district", "kind"], "candidate_list_once", "这个选区的这一份名单已经拟定。"),
        ]

    def __str__(self):
        return f"{self.district}{self.get_kind_display()}"

    @property
    def audit_label(self):
        return str(self)


class CandidateNotice(Record):
    """A numbered notice by which a published list is changed: who left it, who is put on it, whose particulars were
    corrected."""

    candidate_list = models.ForeignKey(
        CandidateList, on_delete=models.PROTECT, related_name="notices", verbose_name="候选人名单"
    )
    number = models.PositiveSmallIntegerField("次序")
    published_on = models.DateField("公布日期")
    before = models.PositiveSmallIntegerField("原列")
    removed = models.PositiveSmallIntegerField("退出、除名")
    added = models.PositiveSmallIntegerField("补列", default=0)
    corrected = models.PositiveSmallIntegerField("更正")
    fingerprint = models.CharField("名单指纹", max_length=64, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "候选人变动公告"
        ordering = ("candidate_list", "number")
        constraints = [
            once(["township", "candidate_list", "number"], "candidate_notice_once", "这一次变动已经公告。"),
        ]

    def __str__(self):
        return f"第{self.number}次变动"

    @property
    def audit_label(self):
        return str(self)

    @property
    def after(self) -> int:
        """How many the list names since."""
        return self.before - self.removed + self.added


def _told_by(related: str, words: str) -> models.ForeignKey:
    """The notice that told a change of a line."""
    given = {"null": True, "blank": True, "editable": False, "related_name": related, "verbose_name": words}
    return models.ForeignKey(CandidateNotice, on_delete=models.PROTECT, **given)


class CandidateEntry(Record):
    """A line of a list: who stands in which place. `mark` (SM3) proves how the line read when the list was locked, and
    after the notice that corrected it; whom a notice took off stays on record with that notice, and who is put back has
    another line."""

    candidate_list = models.ForeignKey(
        CandidateList, on_delete=models.PROTECT, related_name="entries", verbose_name="候选人名单"
    )
    nominee = models.ForeignKey(
        "elections.Nominee", on_delete=models.PROTECT, related_name="entries", verbose_name="代表候选人"
    )
    position = models.PositiveSmallIntegerField("位次")
    mark = models.CharField("这一行的指纹", max_length=64, blank=True, editable=False)
    left_by = _told_by("took_off", "退出的公告")
    corrected_by = _told_by("put_right", "更正的公告")
    added_by = _told_by("put_on", "补列的公告")

    class Meta:
        verbose_name = verbose_name_plural = "名单所列候选人"
        ordering = ("candidate_list", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "candidate_list", "nominee"],
                condition=kept() & models.Q(left_by__isnull=True),
                name="candidate_entry_once",
                violation_error_message="名单上已有这名候选人。",
            )
        ]

    def __str__(self):
        return f"第{self.position}位"

    @property
    def audit_label(self):
        return str(self)


class VotingRules(Record):
    """By what a ballot is judged, fixed before election day: what the law leaves to the office that holds the election. The words
    of each choice are those of `law.ballots.rule_lines`."""

    class Unreadable(models.TextChoices):
        MARK = "mark", SAID["unreadable"]["mark"]
        BALLOT = "ballot", SAID["unreadable"]["ballot"]

    class WriteIn(models.TextChoices):
        VOID = "void", SAID["unmarked_write_in"]["void"]
        COUNTS = "counts", SAID["unmarked_write_in"]["counts"]

    class Marks(models.TextChoices):
        INTENT = "intent", SAID["marks"]["intent"]
        SYMBOL = "symbol", SAID["marks"]["symbol"]

    class Abstain(models.TextChoices):
        COUNTS = "counts", SAID["abstain_write_in"]["counts"]
        VOID = "void", SAID["abstain_write_in"]["void"]

    class From(models.TextChoices):
        ANY = "any", SAID["write_in_from"]["any"]
        DISTRICT = "district", SAID["write_in_from"]["district"]

    class Base(models.TextChoices):
        TOOK_PART = "took_part", "按投票人数计算"
        RECOVERED = "recovered", "按收回的选票计算"

    url_name = "elections-voting-rules"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="voting_rules", verbose_name="选举"
    )
    unreadable = models.CharField("无法辨认的符号", max_length=8, choices=Unreadable, default=Unreadable.MARK)
    marks = models.CharField("○、×以外的符号（如√、划线）", max_length=8, choices=Marks, default=Marks.INTENT)
    unmarked_write_in = models.CharField("另选人没有画○", max_length=8, choices=WriteIn, default=WriteIn.VOID)
    abstain_write_in = models.CharField(
        "没有反对候选人而另选他人", max_length=8, choices=Abstain, default=Abstain.COUNTS
    )
    write_in_from = models.CharField("可以另选的人", max_length=10, choices=From, default=From.ANY)
    base = models.CharField("收回的选票少于投票人数时的过半数", max_length=10, choices=Base, default=Base.TOOK_PART)
    fixed_on = models.DateField("确定日期")
    paper = models.CharField("确定的文件", max_length=100, help_text="选举委员会决定或者选举办法的名称和文号")

    class Meta:
        verbose_name = verbose_name_plural = "选票认定办法"
        ordering = ("election",)
        constraints = [once(["township", "election"], "voting_rules_once", "这一级选举的选票认定办法已经登记。")]

    def __str__(self):
        return "选票认定办法"

    @property
    def audit_label(self):
        return str(self.election)


class BallotPrint(Record):
    """The ballots of one district that were ordered from its locked formal list: how many, with which numbers on their stubs.

    `fingerprint` is of what a ballot shows. When the list changes it no longer holds, and what was printed is void.
    """

    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="ballot_prints", verbose_name="选举"
    )
    candidate_list = models.ForeignKey(
        CandidateList, on_delete=models.PROTECT, related_name="ballot_prints", verbose_name="正式候选人名单"
    )
    ordered_on = models.DateField("付印日期")
    voters = models.PositiveIntegerField("选民数")
    spare = models.PositiveIntegerField("备用")
    first_stub = models.PositiveIntegerField("存根起号")
    colour = models.CharField("票纸颜色", max_length=10)
    title_beside = models.CharField("当地文字的标题", max_length=100, blank=True)
    fingerprint = models.CharField("选票指纹", max_length=64, editable=False)
    void_on = models.DateField("作废日期", null=True, blank=True, editable=False)
    void_why = models.CharField("作废的原因", max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "选票付印"
        ordering = ("election", "first_stub")
        constraints = [
            models.UniqueConstraint(
                fields=["township", "candidate_list"],
                condition=kept() & models.Q(void_on__isnull=True),
                name="ballot_print_once",
                violation_error_message="这个选区的选票已经付印。",
            ),
        ]

    def __str__(self):
        return f"存根{self.first_stub}—{self.last_stub}号"

    @property
    def audit_label(self):
        return str(self)

    @property
    def copies(self) -> int:
        """How many ballots were ordered."""
        return self.voters + self.spare

    @property
    def last_stub(self) -> int:
        """The number of the last stub."""
        return self.first_stub + self.copies - 1
