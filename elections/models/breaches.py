"""Reports that an election was disturbed (选举法五十八、五十九), and elections of single people that are void (四十七、五十八)."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import Personal
from elections.models.credentials import ReviewedWinner
from elections.stages.breaches import AnnulmentStage, BreachStage, annulment_stage, breach_stage

BASIS = "选举法第五十八条、第五十九条"
LOOKING = "调查处理破坏选举的行为"
KEEP = "选举工作结束后五年"
TOLD = Personal(LOOKING, BASIS, KEEP, "内部")


class Breach(Record):
    """A report of what may be 破坏选举, or what the committee found itself: who looked into it, what came of it, to whom it was handed.

    Who reported is kept from everybody but those who look into it (选举法五十八（四）: nobody is to be paid back for a report).
    """

    class Kind(models.TextChoices):
        BRIBE = "bribe", "以金钱或者其他财物贿赂选民或者代表"
        FORCE = "force", "以暴力、威胁、欺骗或者其他非法手段妨害选举权利"
        FORGE = "forge", "伪造选举文件、虚报选举票数或者其他违法行为"
        REVENGE = "revenge", "压制、报复控告人、检举人或者要求罢免代表的人"
        FUNDING = "funding", "接受境外与选举有关的资助"
        OTHER = "other", "其他"

    class How(models.TextChoices):
        REPORTED = "reported", "收到举报"
        FOUND = "found", "选举委员会发现"
        PASSED_ON = "passed_on", "其他机关转来"

    url_name = "elections-breach"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="breaches", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="breaches",
        verbose_name="选区",
        help_text="不选为全镇",
    )
    received_on = models.DateField("收到（发现）日期")
    how = models.CharField("来源", max_length=10, choices=How, default=How.REPORTED)
    kind = models.CharField("反映的行为", max_length=8, choices=Kind)
    reporter = models.CharField("举报人", max_length=40, blank=True, help_text="匿名的不填；页面上只显示姓氏")
    subject = models.CharField("被反映的人", max_length=60, blank=True)
    words = models.TextField("反映的情况", max_length=1000)
    looked_on = models.DateField("开始调查日期", null=True, blank=True, editable=False)
    looked_by = models.CharField("调查人", max_length=60, blank=True, editable=False)
    settled_on = models.DateField("查明日期", null=True, blank=True, editable=False)
    upheld = models.BooleanField("查实", null=True, blank=True, editable=False)
    finding = models.TextField("调查情况", max_length=1000, blank=True, editable=False)
    handed_on = models.DateField("移送日期", null=True, blank=True, editable=False)
    handed_to = models.CharField("移送的机关", max_length=60, blank=True, editable=False)
    handed_paper = models.CharField("移送的文书", max_length=100, blank=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)
    outcome = models.CharField("处理结果", max_length=300, blank=True, editable=False)

    personal_fields = dict.fromkeys(("reporter", "subject", "words", "looked_by", "finding", "outcome"), TOLD)

    class Meta:
        verbose_name = verbose_name_plural = "破坏选举的反映"
        ordering = ("-received_on", "created_at")

    def __str__(self):
        return f"{self.received_on.year}年{self.received_on.month}月{self.received_on.day}日{self.get_how_display()}"

    @property
    def audit_label(self):
        return self.get_how_display()

    @property
    def stage(self) -> BreachStage:
        """Where it stands."""
        return breach_stage(self.looked_on, self.upheld, self.handed_on, self.closed_on)


class Annulment(Record):
    """That the election of somebody who was seated is void after all: said by the credentials committee, determined by the presidium,
    by the county's standing committee for deputies of the county (选举法四十七、五十八). It is no end of a mandate: nobody was
    rightly elected. Whose election is void before that is told by the review of credentials.
    """

    url_name = "elections-annulment"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="annulments", verbose_name="选举"
    )
    mandate = models.ForeignKey(
        "deputies.Mandate", on_delete=models.PROTECT, related_name="annulments", verbose_name="代表资格"
    )
    ground = models.CharField("当选无效的情形", max_length=12, choices=ReviewedWinner.Ground)
    breach = models.ForeignKey(
        Breach,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="annulments",
        verbose_name="所依据的查实",
    )
    reviewed_on = models.DateField("审查意见日期")
    review = models.CharField("代表资格审查委员会的意见", max_length=300)
    decided_on = models.DateField("确定日期", null=True, blank=True, editable=False)
    decided_by = models.CharField("确定的机关", max_length=60, blank=True, editable=False)
    paper = models.CharField("确定的文件", max_length=100, blank=True, editable=False)
    void = models.BooleanField("确定无效", null=True, blank=True, editable=False)
    announced_on = models.DateField("公布日期", null=True, blank=True, editable=False)

    personal_fields = dict.fromkeys(
        ("ground", "review"), Personal("审查当选是否有效", "选举法第四十七条", "长期，随选举文书存档", "内部")
    )

    class Meta:
        verbose_name = verbose_name_plural = "就任后的当选无效"
        ordering = ("-reviewed_on", "created_at")
        constraints = [once(["township", "mandate"], "annulment_once", "这一代表资格已有当选无效的意见。")]

    def __str__(self):
        return f"对{self.mandate.deputy.name}当选的审查"

    @property
    def audit_label(self):
        return self.get_ground_display()

    @property
    def stage(self) -> AnnulmentStage:
        """Whether the election is void."""
        return annulment_stage(self.void, self.announced_on)
