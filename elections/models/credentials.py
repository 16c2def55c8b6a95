"""Whether those who were declared elected are qualified: examined, confirmed or found void, made public, seated (选举法四十七)."""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, once, two_people
from congress.people.fields import Personal
from deputies.models import Deputy
from elections.models.voters import Voter

BASIS = "选举法第四十七条"
KEEP = "长期，随代表档案保存"
EXAMINED = Personal("代表资格审查", BASIS, KEEP, "内部")


class CredentialsReview(Record):
    """The review of those an election's declarations name as elected, as far as no earlier review had them (代表资格审查).

    The township's is made by the outgoing congress's credentials committee and confirmed by its presidium; of deputies of the
    county the county's confirmation is entered. Two people enter what was confirmed; with the publication whoever was
    confirmed is seated.
    """

    url_name = "elections-review"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="reviews", verbose_name="选举"
    )
    number = models.PositiveSmallIntegerField("次序")
    opened_on = models.DateField("开始审查日期")
    reported_on = models.DateField("审查报告日期", null=True, blank=True)
    present = models.PositiveSmallIntegerField("到会成员", null=True, blank=True)
    report_paper = models.CharField("审查报告", max_length=100, blank=True)
    decided_on = models.DateField("确认日期", null=True, blank=True)
    decided_by = models.CharField("确认的机关", max_length=60, blank=True)
    paper = models.CharField("确认的文件", max_length=100, blank=True)
    asked_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记确认的人"
    )
    confirmed_by = models.ForeignKey(
        "congress.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对确认的人"
    )
    published_on = models.DateField("公布代表名单日期", null=True, blank=True)
    publication = models.CharField("公布的文件", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "代表资格审查"
        ordering = ("election", "number")
        constraints = [
            once(["township", "election", "number"], "review_once", "这一次代表资格审查已经有了。"),
            two_people(
                "asked_by", "confirmed_by", "review_two_people", "确认代表资格由两个不同的人办理。", begun=False
            ),
        ]

    def __str__(self):
        return f"{self.election}第{self.number}次代表资格审查"

    @property
    def audit_label(self):
        return str(self)

    @property
    def confirmed(self) -> bool:
        """Whether two people entered what was confirmed."""
        return self.confirmed_by_id is not None


class ReviewedWinner(Record):
    """Somebody elected, as the review has that person: the committee's opinion with its ground, who it is in the roster, and the
    mandate that came of it. Of whom voters wrote in the particulars are typed here, until the roster has them."""

    class Opinion(models.TextChoices):
        VALID = "valid", "当选有效"
        INVALID = "invalid", "当选无效"
        DECLINED = "declined", "本人不接受当选"

    class Ground(models.TextChoices):
        """What the law lets an election be void for: the closed list."""

        CONDITIONS = "conditions", "不符合宪法、法律规定的代表的基本条件"
        PROCEDURE = "procedure", "选举不符合法律规定的程序"
        OFFENCE = "offence", "以贿赂、胁迫、作假等手段当选"
        FUNDED = "funded", "接受境外机构、组织、个人与选举有关的资助"

    url_name = "elections-reviewed"
    review = models.ForeignKey(
        CredentialsReview, on_delete=models.PROTECT, related_name="entries", verbose_name="代表资格审查"
    )
    winner = models.ForeignKey(
        "elections.Winner", on_delete=models.PROTECT, related_name="reviewed", verbose_name="当选人"
    )
    opinion = models.CharField("审查意见", max_length=8, choices=Opinion, blank=True)
    judged_on = models.DateField("审查日期", null=True, blank=True)
    ground = models.CharField("当选无效的情形", max_length=12, choices=Ground, blank=True)
    words = models.CharField("查明的情况", max_length=300, blank=True)
    gender = models.CharField("性别", max_length=6, choices=Voter.Gender, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    party = models.CharField("政治面貌", max_length=12, choices=Deputy.Party, blank=True)
    education = models.CharField("文化程度", max_length=10, choices=Deputy.Education, blank=True)
    employer_post = models.CharField("单位和职务（职业）", max_length=80, blank=True)
    deputy = models.ForeignKey(
        "deputies.Deputy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="花名册上的代表",
    )
    newcomer = models.BooleanField("花名册上没有", default=False)
    mandate = models.ForeignKey(
        "deputies.Mandate", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代表资格"
    )

    personal_fields = dict.fromkeys(
        ("opinion", "ground", "words", "gender", "birth_date", "ethnicity", "party", "education", "employer_post"),
        EXAMINED,
    )
    erased = {"words": "", "birth_date": None, "employer_post": "", "ethnicity": "", "gender": "", "education": ""}

    class Meta:
        verbose_name = verbose_name_plural = "审查的当选人"
        ordering = ("review", "winner")
        constraints = [
            once(["township", "winner"], "reviewed_once", "这位当选人已在另一次代表资格审查中。"),
            models.CheckConstraint(
                name="reviewed_void_has_ground",
                condition=Q(opinion="invalid") & ~Q(ground="") | ~Q(opinion="invalid") & Q(ground=""),
                violation_error_message="当选无效须有法定情形，当选有效的没有。",
            ),
            models.CheckConstraint(
                name="reviewed_known_or_new",
                condition=Q(deputy__isnull=True) | Q(newcomer=False) | Q(mandate__isnull=False),
                violation_error_message="花名册上的代表和新登记只选一项。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The person's name, without what a ballot, or the counting room, put beside it to tell it from another's."""
        nominee = self.winner.nominee
        return str(nominee.name) if nominee else self.winner.name.partition("（")[0]

    @property
    def audit_label(self):
        return f"{self.winner.round.district}{self.winner}"
