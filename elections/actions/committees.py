"""What may be written about those who lead an election: committee, members, decisions, office and working groups."""

from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from congress.wording import chinese_date
from deputies.models import Level
from elections.models import Committee, CommitteeDecision, CommitteeMember, WorkTeam
from elections.queries.committees import led_by


def _check_committee(committee: Committee) -> None:
    of_township, kind = committee.election.term.level == Level.TOWNSHIP, committee.kind
    by_law = kind == Committee.Kind.BY_LAW
    refuse_where(
        [
            (
                by_law and led_by(committee.election) is None,
                "只有补选，而且本地法规规定了由谁主持的，才选“补选的主持机关（机构）”。",
                "kind",
            ),
            (
                of_township and not by_law and kind != Committee.Kind.OWN,
                "乡镇人大代表的选举由乡镇自己的选举委员会主持，请选“本级选举委员会”。",
                "kind",
            ),
            (
                not of_township and kind == Committee.Kind.OWN,
                "县级人大代表的选举由县级选举委员会主持，乡镇是受委托办理或者设分会。",
                "kind",
            ),
        ]
    )


def _check_member(member: CommitteeMember) -> None:
    others = CommitteeMember.objects.kept().filter(committee=member.committee, left_on__isnull=True)
    chairs = others.filter(post=CommitteeMember.Post.CHAIR).exclude(pk__in=[member.pk, member.replaces_id])
    is_chair = member.post == CommitteeMember.Post.CHAIR and member.left_on is None
    left, since = member.left_on, member.appointed_on
    replaced = member.replaces
    refuse_where(
        [
            (left is not None and left < since, "离开选委会的日期不能早于任命日期。", "left_on"),
            (is_chair and chairs.exists(), "选举委员会已有主任。", "post"),
            (replaced is not None and replaced.pk == member.pk, "不能补任自己的职务。", "replaces"),
            (
                replaced is not None and replaced.left_on is None,
                "被补任的成员还没有离开选委会，请先登记离开的日期。",
                "replaces",
            ),
        ]
    )


def _check_decision(decision: CommitteeDecision) -> None:
    appointed = decision.committee.appointed_on
    early = f"选举委员会{chinese_date(appointed)}才任命，决定日期不能早于这一天。"
    own = decision.committee.kind == Committee.Kind.OWN
    refuse_where([(own and decision.decided_on < appointed, early, "decided_on")])


COMMITTEES = Keeping(Committee, "elections.committee", check=_check_committee, route="elections-committee")
MEMBERS = Keeping(CommitteeMember, "elections.member", check=_check_member, route="elections-member")
DECISIONS = Keeping(CommitteeDecision, "elections.decision", check=_check_decision, route="elections-decision")
TEAMS = Keeping(WorkTeam, "elections.team", route="elections-team")
