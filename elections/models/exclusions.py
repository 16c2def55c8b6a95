"""Who is kept off the roll and why, and who was looked at as perhaps one person: internal, never public."""

from django.db import models

from congress.guard.record import Record, kept
from congress.law.roll import BODIES, GROUNDS
from congress.people.fields import Personal
from elections.models.voters import BASIS, KEEP

VETTING = "选民资格审查"


class Exclusion(Record):
    """A voter's exclusion from the roll (选举法 4、27；若干规定 4): on a ground of the closed list, from a day, until its last
    day, where there is one. It ends by itself; what is due then is asked of `law.roll.due_again`."""

    url_name = "elections-exclusion"
    voter = models.ForeignKey(
        "elections.Voter", on_delete=models.PROTECT, related_name="exclusions", verbose_name="选民"
    )
    ground = models.CharField(
        "事由", max_length=12, choices=[(one.key, one.label) for one in GROUNDS.values() if one.excludes]
    )
    body = models.CharField("决定机关", max_length=14, choices=list(BODIES.items()))
    paper = models.CharField("决定文书", max_length=100, help_text="文书名称和文号")
    since = models.DateField("开始日期")
    until = models.DateField("期满日期", null=True, blank=True, help_text="最后一日；没有确定的不填")
    confirmed_on = models.DateField("选举委员会确认日期", null=True, blank=True)
    proof = models.BooleanField("有医院证明或者监护人同意", default=False)
    intermittent = models.BooleanField("间歇性", default=False, help_text="仍列入名单，只在病发时经确认不行使")
    ended_paper = models.CharField("恢复的依据", max_length=100, blank=True)

    erased = {"paper": "", "ended_paper": ""}
    personal_fields = {
        "ground": Personal(VETTING, BASIS, KEEP, "内部"),
        "paper": Personal(VETTING, BASIS, KEEP, "内部"),
        "proof": Personal(VETTING, BASIS, KEEP, "内部"),
        "intermittent": Personal(VETTING, BASIS, KEEP, "内部"),
        "ended_paper": Personal(VETTING, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "不列入名单"
        ordering = ("-since", "-created_at")
        constraints = [
            models.CheckConstraint(
                name="exclusion_days_in_order",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                violation_error_message="期满日期不能早于开始日期。",
            )
        ]

    def __str__(self):
        return self.get_ground_display()


class Likeness(Record):
    """What was decided of two entries with the same name and birth date: one person or two. Nobody is merged by name."""

    class Told(models.TextChoices):
        """By what the two were told apart, or known to be one."""

        HUKOU = "hukou", "户口簿"
        ID_CARD = "id_card", "居民身份证"
        VISIT = "visit", "入户核实"
        FAMILY = "family", "家属、邻里证明"

    one = models.ForeignKey("elections.Voter", on_delete=models.PROTECT, related_name="+", verbose_name="选民")
    other = models.ForeignKey("elections.Voter", on_delete=models.PROTECT, related_name="+", verbose_name="另一条")
    same = models.BooleanField("是同一人")
    told_by = models.CharField("依据", max_length=8, choices=Told)

    class Meta:
        verbose_name = verbose_name_plural = "同名同日的核对"
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["township", "one", "other"],
                condition=kept(),
                name="likeness_once",
                violation_error_message="这两条已经核对过。",
            )
        ]

    def __str__(self):
        return "是同一人" if self.same else "不是同一人"
