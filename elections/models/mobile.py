"""Mobile boxes (流动票箱) and who votes at one, each with the reason the law names (选举法三十八)."""

from django.db import models

from congress.guard.record import Record, once
from congress.people.fields import Personal
from elections.models.places import clock_words

WHY = "安排选民在流动票箱投票、登记造册"
BASIS = "选举法第三十八条"
KEEP = "选举工作结束后五年"


class MobileBox(Record):
    """A box that is carried to voters of one district who cannot come. Its staff are the `PollStaff` who go with it; its ballots
    are opened with those of the district, and mixed with another box's where fewer than twenty vote at it."""

    url_name = "elections-mobile-box"
    campaign = models.ForeignKey(
        "elections.Campaign", on_delete=models.PROTECT, related_name="mobile_boxes", verbose_name="选举工作"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="mobile_boxes", verbose_name="选区"
    )
    county_district = models.ForeignKey(
        "deputies.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="county_mobile_boxes",
        verbose_name="县级选区",
    )
    number = models.PositiveSmallIntegerField("箱号", help_text="在选区内编号")
    route = models.CharField("路线", max_length=200, help_text="依次到哪些村组、哪些户，如“东山五组、六组，敬老院”")
    leaves_at = models.TimeField("出发时间")
    returns_at = models.TimeField("返回时间", null=True, blank=True)
    mixed_with = models.ForeignKey(
        "elections.PollingPlace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mixed_boxes",
        verbose_name="与哪处的票箱混合计票",
        help_text="在箱投票的不足20人的必须混合，以免看出谁投了谁",
    )
    why_many = models.CharField(
        "流动票箱选民较多的原因", max_length=200, blank=True, help_text="本选区超过30%的选民用流动票箱的写明"
    )
    signed = models.BooleanField("选民已在登记册上签名或者盖章", default=False, help_text="投票以后核对登记册填写")

    class Meta:
        verbose_name = verbose_name_plural = "流动票箱"
        ordering = ("district", "number")
        constraints = [
            once(["township", "campaign", "district", "number"], "mobile_box_once", "这个选区已有这个箱号的流动票箱。")
        ]

    def __str__(self):
        return f"第{self.district.number}选区流动票箱{self.number}号"

    @property
    def audit_label(self):
        return f"流动票箱{self.number}号"

    @property
    def hours(self) -> str:
        """When it goes and comes back: 8:00至11:30."""
        begins = clock_words(self.leaves_at)
        return f"{begins}至{clock_words(self.returns_at)}" if self.returns_at else f"{begins}出发"


class MobileVoter(Record):
    """A voter of the roll who votes at a mobile box. Of an illness nothing is kept but the law's own words."""

    class Reason(models.TextChoices):
        UNWELL = "unwell", "患有疾病等原因行动不便"
        REMOTE = "remote", "居住分散并且交通不便"
        CUSTODY = "custody", "被羁押、拘留等，经决定在流动票箱投票"
        OTHER = "other", "其他原因"

    url_name = "elections-mobile-voter"
    box = models.ForeignKey(MobileBox, on_delete=models.PROTECT, related_name="voters", verbose_name="流动票箱")
    registration = models.ForeignKey(
        "elections.Registration", on_delete=models.PROTECT, related_name="mobile", verbose_name="选民"
    )
    reason = models.CharField("原因", max_length=8, choices=Reason)
    said = models.CharField("其他原因是什么", max_length=60, blank=True, help_text="疾病的名称不写")

    erased = {"said": ""}
    personal_fields = {
        "reason": Personal(WHY, BASIS, KEEP, "内部"),
        "said": Personal(WHY, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "流动票箱选民"
        ordering = ("box", "created_at")
        constraints = [once(["township", "registration"], "mobile_voter_once", "这名选民已经安排在流动票箱投票。")]

    def __str__(self):
        return f"{self.registration.voter}（{self.get_reason_display()}）"

    @property
    def audit_label(self):
        return str(self.box)
