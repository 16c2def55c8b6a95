"""Committees with members and decisions, office and working groups."""

from congress.law.sources import cite, gist
from congress.web.records import url_of
from congress.web.search import Name
from congress.web.table import Badge, Col, Listing, by_field
from congress.wording import chinese_date
from elections.actions import committees as acts
from elections.forms import committees as forms
from elections.models import Campaign, Committee, CommitteeDecision, CommitteeMember, Election, WorkTeam
from elections.queries.committees import POST_RANK, committee_findings, member_findings, members
from elections.views.frame import name_of
from elections.views.kept import KeptPages


def _link(row, place) -> str:
    return url_of(row, place)


MEMBERS = Listing(
    title="选举委员会成员",
    name="committee-members",
    columns=[
        Col("name", "姓名", lambda row: row.name, "name", _link, find=Name("name")),
        Col("post", "选委会职务", lambda row: row.get_post_display(), POST_RANK.asc(), find="post"),
        Col("employer_post", "单位和职务", lambda row: row.employer_post, "employer_post", find="employer_post"),
        Col("appointed_on", "任命日期", lambda row: row.appointed_on, "appointed_on", find="appointed_on"),
        Col("candidate_on", "成为候选人", lambda row: row.candidate_on, "candidate_on", find="candidate_on"),
        Col("left_on", "离开选委会", lambda row: row.left_on, "left_on", find="left_on"),
        Col("state", "状态", lambda row: _member_state(row), "left_on,candidate_on"),
    ],
    default="post",
    search_hint="姓名、职务、单位",
    empty=("还没有登记组成人员", ""),
)
DECISIONS = Listing(
    title="选举委员会决定",
    name="committee-decisions",
    columns=[
        Col("subject", "事项", lambda row: row.get_subject_display(), "subject", _link, find="subject"),
        Col("decided_on", "决定日期", lambda row: row.decided_on, "decided_on", find="decided_on"),
        Col("paper", "文件", lambda row: row.paper, "paper", find="paper"),
        Col("content", "决定内容", lambda row: row.content, "content", find="content"),
    ],
    default="-decided_on",
    days="decided_on",
    search_hint="事项、文件、内容",
    empty=("还没有登记决定", "选举委员会的决定按日期登记，注明文件。"),
)
TEAMS = Listing(
    title="办事机构和工作组",
    name="work-teams",
    columns=[
        Col("name", "名称", lambda row: row.name, "name", _link, find="name"),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind", find="kind"),
        Col("leader", "负责人", lambda row: row.leader, "leader", find=Name("leader")),
        Col("members", "组成人员", lambda row: row.members, "members", find="members"),
        Col("duties", "职责", lambda row: row.duties, "duties", find="duties"),
    ],
    default="name",
    filters=[by_field("kind", "类别", WorkTeam.Kind.choices)],
    search_hint="名称、负责人、职责",
    empty=("还没有登记办事机构和工作组", "选举办公室、各工作组、负责几个选区的片区工作组。"),
)


def _member_state(row: CommitteeMember) -> Badge:
    if row.left_on:
        return Badge("已离开")
    return Badge("已成为候选人，应当辞去", "bad") if row.candidate_on else Badge("在任", "good")


def _shown(place, committee: Committee) -> dict:
    decisions = CommitteeDecision.objects.kept().filter(committee=committee).order_by("-decided_on")
    return {
        "members": [(one, url_of(one, place)) for one in members(committee)],
        "decisions": [(one, url_of(one, place)) for one in decisions],
    }


def _committee_facts(row: Committee) -> list[tuple]:
    return [
        ("选举", f"{name_of(row.election)}{row.election}"),
        ("类别", row.get_kind_display()),
        ("任命（委托）机关", row.appointed_by),
        ("任命（委托）日期", chinese_date(row.appointed_on)),
        ("任命（委托）文件", row.paper),
        ("办公地点和公开电话", row.office_place),
    ]


def _member_facts(row: CommitteeMember) -> list[tuple]:
    return [
        ("选举委员会", str(row.committee), url_of(row.committee)),
        ("选委会职务", row.get_post_display()),
        ("单位和职务", row.employer_post),
        ("任命日期", chinese_date(row.appointed_on)),
        ("补任", str(row.replaces) if row.replaces else ""),
        ("成为代表候选人", chinese_date(row.candidate_on) if row.candidate_on else ""),
        ("离开选委会", f"{chinese_date(row.left_on)}，{row.left_paper or '没有登记文件'}" if row.left_on else ""),
    ]


PAGES = (
    KeptPages(
        acts.COMMITTEES,
        forms.CommitteeForm,
        None,
        "committees",
        Election,
        rows=None,
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=_committee_facts,
        reads=("election__campaign", "election__term"),
        lead=f"{gist(cite('election_law', 'committees'))}{gist(cite('election_law', 'committee_appointed'))}"
        "补选由谁主持，本地法规有规定的照规定登记。",
        findings=lambda row: committee_findings(row, list(members(row))),
        more=_shown,
        template="elections/committee.html",
    ),
    KeptPages(
        acts.MEMBERS,
        forms.MemberForm,
        MEMBERS,
        "members",
        Committee,
        rows=lambda committee: CommitteeMember.objects.kept().filter(committee=committee),
        start=lambda committee: {"committee": committee},
        above=lambda row: row.committee,
        facts=_member_facts,
        reads=("committee__township", "committee__election__campaign", "committee__election__term", "replaces"),
        lead=gist(cite("election_law", "committee_candidate")),
        findings=member_findings,
    ),
    KeptPages(
        acts.DECISIONS,
        forms.DecisionForm,
        DECISIONS,
        "decisions",
        Committee,
        rows=lambda committee: CommitteeDecision.objects.kept().filter(committee=committee),
        start=lambda committee: {"committee": committee},
        above=lambda row: row.committee,
        facts=lambda row: [
            ("选举委员会", str(row.committee), url_of(row.committee)),
            ("决定日期", chinese_date(row.decided_on)),
            ("文件", row.paper),
            ("决定内容", row.content),
        ],
        reads=("committee__township", "committee__election__campaign", "committee__election__term"),
        lead="县级选举委员会的决定，登记收到的文件；选举委员会各项决定的职责见选举法第十一条。",
    ),
    KeptPages(
        acts.TEAMS,
        forms.TeamForm,
        TEAMS,
        "teams",
        Campaign,
        rows=lambda campaign: WorkTeam.objects.kept().filter(campaign=campaign),
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        facts=lambda row: [
            ("类别", row.get_kind_display()),
            ("负责人", row.leader),
            ("组成人员", row.members),
            ("职责", row.duties),
        ],
        reads=("campaign",),
        lead=gist(cite("direct_election_rules", "committee_office")),
    ),
)
