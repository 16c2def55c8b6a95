"""The list of voters: frozen, published, and supplemented by numbered notices."""

from django.db import models
from django.db.models import F, Q

from congress.guard.record import Record, once
from elections.stages.lists import ListStage, list_stage


class VoterList(Record):
    """The list of voters of one level's election as it was frozen and published (选举法二十八).

    It holds no names: whoever stood on it follows from the registrations and the changes before the freeze, and
    `fingerprint` (SM3 over its lines) proves that nothing was lost or added since. Two people freeze it: what the first asked
    for holds once the second lets it be so (`frozen_at`), and until then the roll changes as before.
    """

    url_name = "elections-list-of-voters"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="voter_lists", verbose_name="选举"
    )
    asked_by = models.ForeignKey(
        "congress.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="提出定稿的人",
    )
    confirmed_by = models.ForeignKey(
        "congress.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="确认定稿的人",
    )
    # Of lists that were frozen before two people were asked for; the migration alone has set it.
    by_one = models.BooleanField("一人定稿（以前的办法）", default=False, editable=False)
    frozen_at = models.DateTimeField("定稿时间", null=True, blank=True, editable=False)
    voters = models.PositiveIntegerField("选民数", editable=False)
    fingerprint = models.CharField("名单指纹", max_length=64, editable=False)
    published_on = models.DateField("公布日期", null=True, blank=True)
    places = models.CharField("张贴地点", max_length=200, blank=True)
    appeal_place = models.CharField("申诉受理地点和电话", max_length=100, blank=True)
    shows_gender = models.BooleanField("公布性别", default=True, help_text="当地做法只公布姓名的不勾选")
    online = models.BooleanField("同时在公开页面公布", default=True)

    guard_public = (
        "withdrawn_at IS NULL AND published_on IS NOT NULL AND online"
        " AND election_id IN (SELECT id FROM public.elections_election)"
    )

    class Meta:
        verbose_name = verbose_name_plural = "选民名单"
        ordering = ("-frozen_at",)
        constraints = [
            once(["township", "election"], "voter_list_once", "这次选举的选民名单已经定稿，或者已经有人提出定稿。"),
            models.CheckConstraint(
                name="voter_list_two_people",
                condition=Q(frozen_at__isnull=True, confirmed_by__isnull=True, published_on__isnull=True)
                | Q(frozen_at__isnull=False, asked_by__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("asked_by"))
                | Q(frozen_at__isnull=False, asked_by__isnull=True, confirmed_by__isnull=True, by_one=True),
                violation_error_message="选民名单定稿由两个不同的人办理。",
            ),
        ]

    def __str__(self):
        return f"{self.election}选民名单"

    @property
    def audit_label(self):
        return str(self.election)

    @property
    def stage(self) -> ListStage:
        """Where it stands."""
        return list_stage(frozen=self.frozen_at is not None, published=self.published_on is not None)


class Supplement(Record):
    """A numbered notice that supplements and corrects the published list (补正公告): the total before, what changed by
    the law's groups, and the total after, which is checked against them."""

    url_name = "elections-supplement"
    voter_list = models.ForeignKey(
        VoterList, on_delete=models.PROTECT, related_name="supplements", verbose_name="选民名单"
    )
    number = models.PositiveSmallIntegerField("次序")
    published_on = models.DateField("公布日期")
    before = models.PositiveIntegerField("原登记选民")
    added = models.PositiveIntegerField("增加")
    removed = models.PositiveIntegerField("减少")
    after = models.PositiveIntegerField("现登记选民")
    fingerprint = models.CharField("名单指纹", max_length=64, editable=False)

    guard_public = "withdrawn_at IS NULL AND voter_list_id IN (SELECT id FROM public.elections_voterlist)"

    class Meta:
        verbose_name = verbose_name_plural = "选民名单补正"
        ordering = ("voter_list", "number")
        constraints = [
            once(["township", "voter_list", "number"], "supplement_once", "这一次补正已经公布。"),
            models.CheckConstraint(
                name="supplement_adds_up",
                condition=models.Q(after=models.F("before") + models.F("added") - models.F("removed")),
                violation_error_message="现登记选民应等于原登记选民加增加、减减少。",
            ),
        ]

    def __str__(self):
        return f"第{self.number}次补正"

    @property
    def audit_label(self):
        return str(self)
