"""Proxies (委托投票): who votes for whom, why, by which paper and with whose consent; and how those vote who are shut up.

Writing a ballot for somebody who cannot write (代写, 选举法四十) is no proxy: that voter comes in person.
"""

from django.db import models
from django.db.models import Q

from congress.guard.record import Record, kept, once
from congress.law.polling import PROXIES_PER_PERSON
from congress.law.proxies import CUSTODY, REASONS, WAYS
from congress.people.erased import ERASED
from congress.people.fields import Personal
from elections.models.voters import BASIS

USE = "办理委托投票"
KEEP = "选举工作结束后五年"
LIVE = ("asked", "agreed")  # states in which a proxy counts among those its agent has taken on
MOST = PROXIES_PER_PERSON  # of one agent


class ProxyVote(Record):
    """One voter's authority to another to vote for them at one level's election (选举法四十二).

    What came on paper is entered as it is. `place` is which of the three the agent may take on it is: reserved when it is
    entered or agreed to, and held by the database (`proxy_place_once`), so that two people at once cannot both take the last.
    """

    class Reason(models.TextChoices):
        AWAY = "away", REASONS["away"]
        SPECIAL = "special", REASONS["special"]
        ILL = "ill", REASONS["ill"]
        DETAINED = "detained", REASONS["detained"]

    class AgentIs(models.TextChoices):
        LISTED = "listed", "名单上的选民"
        RELATIVE = "relative", "不在名单上、有选举权的亲属"
        OTHER = "other", "不在名单上的其他人"

    class Form(models.TextChoices):
        WRITTEN = "written", "书面委托书"
        LETTER = "letter", "信函"
        FAX = "fax", "传真"
        VERIFIABLE = "verifiable", "其他可查核的方式"
        OTHER = "other", "口头或者其他方式"

    class State(models.TextChoices):
        ASKED = "asked", "待同意"
        AGREED = "agreed", "已同意"
        REFUSED = "refused", "不同意"
        CANCELLED = "cancelled", "已取消"

    class Consent(models.TextChoices):
        COMMITTEE = "committee", "选举委员会"
        GROUP = "group", "选区工作组（凭授权）"

    class Cancelled(models.TextChoices):
        """Why it holds no longer. A letter that did not come back is no reason: nobody gives up a vote by silence."""

        CAME = "came", "委托人本人到场投票"
        ANOTHER = "another", "委托人改委托他人"
        REVOKED = "revoked", "委托人收回委托"
        AGENT = "agent", "受托人不能代为投票"
        OFF_ROLL = "off_roll", "委托人或者受托人已除名"

    url_name = "elections-proxy"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="proxies", verbose_name="选举"
    )
    number = models.PositiveIntegerField("编号", editable=False)
    principal = models.ForeignKey(
        "elections.Registration", on_delete=models.PROTECT, related_name="proxies_given", verbose_name="委托人"
    )
    agent_is = models.CharField("受托人是", max_length=8, choices=AgentIs, default=AgentIs.LISTED)
    agent = models.ForeignKey(
        "elections.Registration",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proxies_held",
        verbose_name="受托人",
    )
    agent_name = models.CharField("受托人姓名", max_length=40, blank=True, help_text="不在名单上的受托人")
    agent_place = models.CharField("受托人登记为选民的地点", max_length=60, blank=True)
    place = models.PositiveSmallIntegerField("受托第几份", null=True, blank=True, editable=False)
    reason = models.CharField("委托原因", max_length=8, choices=Reason, default=Reason.AWAY)
    where = models.CharField("外出地、情况", max_length=60, blank=True)
    since = models.DateField("外出开始", null=True, blank=True)
    until = models.DateField("外出结束", null=True, blank=True)
    form = models.CharField("委托方式", max_length=10, choices=Form, default=Form.WRITTEN)
    came_on = models.DateField("收到日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED, editable=False)
    consent_by = models.CharField("由谁同意", max_length=10, choices=Consent, blank=True, editable=False)
    approver = models.CharField("审批人", max_length=40, blank=True, editable=False)
    deed = models.ForeignKey(
        "elections.CommitteeDecision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proxies",
        editable=False,
        verbose_name="授权的决定",
    )
    settled_on = models.DateField("同意、不同意日期", null=True, blank=True, editable=False)
    refusal = models.CharField("不同意的理由", max_length=200, blank=True, editable=False)
    slip_on = models.DateField("委托投票证制发日期", null=True, blank=True, editable=False)
    # Once the ballot was handed to the agent the vote is out: nothing of this changes any more.
    ballot_on = models.DateField("选票发给受托人的日期", null=True, blank=True, editable=False)
    cancelled_on = models.DateField("取消日期", null=True, blank=True, editable=False)
    cancelled = models.CharField("取消原因", max_length=8, choices=Cancelled, blank=True, editable=False)

    erased = {
        "agent_name": models.Case(models.When(agent_name="", then=models.Value("")), default=models.Value(str(ERASED))),
        "agent_place": "",
        "where": "",
        "refusal": "",
    }
    personal_fields = {
        "agent_name": Personal(USE, BASIS, KEEP, "内部"),
        "agent_place": Personal(USE, BASIS, KEEP, "内部"),
        "reason": Personal(USE, BASIS, KEEP, "内部"),
        "where": Personal(USE, BASIS, KEEP, "内部"),
        "refusal": Personal(USE, BASIS, KEEP, "内部"),
        "approver": Personal(USE, BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "委托投票"
        ordering = ("election", "number")
        constraints = [
            once(["township", "election", "number"], "proxy_number_once", "这个编号的委托投票已经登记。"),
            models.UniqueConstraint(
                fields=["township", "agent", "place"],
                condition=kept() & Q(state__in=LIVE, agent__isnull=False, place__isnull=False),
                name="proxy_place_once",
                violation_error_message="受托人的这一份刚刚被别人占用，请再办一次。",
            ),
            models.UniqueConstraint(
                fields=["township", "election", "agent_name", "agent_place", "place"],
                condition=kept() & Q(state__in=LIVE, agent__isnull=True, place__isnull=False),
                name="proxy_place_once_outside",
                violation_error_message="受托人的这一份刚刚被别人占用，请再办一次。",
            ),
            models.UniqueConstraint(
                fields=["township", "principal"],
                condition=kept() & Q(state="agreed"),
                name="proxy_agreed_once",
                violation_error_message="一名选民只能委托一人。",
            ),
            models.CheckConstraint(
                name="proxy_three_at_most",
                condition=Q(place__isnull=True) | Q(place__gte=1, place__lte=MOST),
                violation_error_message="每一选民接受的委托不得超过三人。",
            ),
            models.CheckConstraint(
                name="proxy_agreed_has_place",
                condition=~Q(state="agreed") | Q(place__isnull=False),
                violation_error_message="同意的委托须占受托人的一份。",
            ),
            models.CheckConstraint(
                name="proxy_not_oneself",
                condition=Q(agent__isnull=True) | ~Q(agent=models.F("principal")),
                violation_error_message="不能委托本人。",
            ),
            models.CheckConstraint(
                name="proxy_has_agent",
                condition=Q(agent_is="listed", agent__isnull=False)
                | (~Q(agent_is="listed") & ~Q(agent_name="") & Q(agent__isnull=True)),
                violation_error_message="请写明受托人。",
            ),
        ]
        indexes = [models.Index(fields=["township", "election", "state"], name="proxy_by_state")]

    def __str__(self):
        return f"委托投票第{self.number}号"

    @property
    def audit_label(self):
        return str(self)

    @property
    def agent_called(self) -> str:
        """The agent's name; of somebody who is on no list here, with where they are registered."""
        if self.agent is not None:
            return str(self.agent.voter.name)
        return f"{self.agent_name}（{self.agent_place}）" if self.agent_place else str(self.agent_name)


class ProxyNote(Record):
    """Why so many of a district vote by proxy: written where their share reaches what practice asks about."""

    url_name = "elections-proxy-note"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="proxy_notes", verbose_name="选举"
    )
    district = models.ForeignKey(
        "deputies.District", on_delete=models.PROTECT, related_name="proxy_notes", verbose_name="选区"
    )
    noted_on = models.DateField("说明日期")
    note = models.CharField("委托投票较多的原因", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "委托投票比例说明"
        ordering = ("district",)
        constraints = [
            once(["township", "election", "district"], "proxy_note_once", "这个选区已有说明，请修改原说明。")
        ]

    def __str__(self):
        return f"{self.district}委托投票比例说明"

    @property
    def audit_label(self):
        return str(self.district)


class DetainedVoting(Record):
    """How a voter who serves a sentence, is held or detained votes, as the committee and the executing body decided together
    (若干规定五)."""

    url_name = "elections-detained"
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="detained", verbose_name="选举"
    )
    registration = models.ForeignKey(
        "elections.Registration", on_delete=models.PROTECT, related_name="detained", verbose_name="选民"
    )
    situation = models.CharField("情形", max_length=12, choices=list(CUSTODY.items()))
    organ = models.CharField("执行（羁押、拘留）机关", max_length=60)
    way = models.CharField("参加选举的方式", max_length=10, choices=list(WAYS.items()))
    agreed_on = models.DateField("共同决定日期", null=True, blank=True)
    paper = models.CharField("决定的文书", max_length=100, blank=True, help_text="名称和文号")

    erased = {"organ": "", "paper": ""}
    personal_fields = {
        "situation": Personal("确定参加选举的方式", BASIS, KEEP, "内部"),
        "organ": Personal("确定参加选举的方式", BASIS, KEEP, "内部"),
        "way": Personal("确定参加选举的方式", BASIS, KEEP, "内部"),
        "paper": Personal("确定参加选举的方式", BASIS, KEEP, "内部"),
    }

    class Meta:
        verbose_name = verbose_name_plural = "服刑、被羁押选民的投票"
        ordering = ("registration__district__number", "created_at")
        constraints = [
            once(["township", "registration"], "detained_voting_once", "这名选民参加选举的方式已经登记，请修改原记录。")
        ]

    def __str__(self):
        return f"{self.registration.voter.name}参加选举的方式"

    @property
    def audit_label(self):
        return self.get_way_display()
