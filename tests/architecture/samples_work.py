"""One row of everything kept of the work of an election: who leads it, what is done, for the walk over all addresses."""

from datetime import date

from elections.models import (
    CampaignTask,
    Committee,
    CommitteeDecision,
    CommitteeMember,
    Coverage,
    Inspection,
    ProgressReport,
    Submission,
    WorkTeam,
)


def committee(s, campaign, election) -> None:
    """Who leads the election."""
    committee = s.make(
        "committee",
        Committee,
        election=election,
        name=f"云溪镇选举委员会{s.mark}",
        appointed_by=f"清江县人大常委会{s.mark}",
        appointed_on=election.begun_on,
        paper=f"任命通知{s.mark}",
    )
    s.make(
        "committee_member",
        CommitteeMember,
        committee=committee,
        name=f"程主{s.mark}",
        post=CommitteeMember.Post.CHAIR,
        employer_post=f"镇党委{s.mark}",
        appointed_on=election.begun_on,
    )
    s.make(
        "committee_decision",
        CommitteeDecision,
        committee=committee,
        subject=CommitteeDecision.Subject.DAY,
        decided_on=election.begun_on,
        paper=f"第1号公告{s.mark}",
    )
    s.make(
        "work_team",
        WorkTeam,
        campaign=campaign,
        kind=WorkTeam.Kind.OFFICE,
        name=f"选举办公室{s.mark}",
        leader=f"丁办{s.mark}",
    )


def work(s, campaign, district) -> None:
    """What is kept of the work itself."""
    s.make(
        "campaign_task",
        CampaignTask,
        campaign=campaign,
        label=f"张贴公告{s.mark}",
        responsible=f"丁办{s.mark}",
        planned_on=date(2026, 11, 29),
        note=f"各村{s.mark}",
    )
    s.make(
        "submission",
        Submission,
        campaign=campaign,
        kind=Submission.Kind.REQUEST,
        node=Submission.Node.START,
        addressee=f"镇党委{s.mark}",
        submitted_on=campaign.begun_on,
        paper=f"关于换届选举的请示{s.mark}",
        reply=f"同意{s.mark}",
    )
    s.make(
        "coverage",
        Coverage,
        campaign=campaign,
        district=district,
        kind=Coverage.Kind.PUBLICITY,
        held_on=campaign.begun_on,
        what=f"广播{s.mark}",
    )
    s.make(
        "inspection",
        Inspection,
        campaign=campaign,
        district=district,
        inspected_on=campaign.begun_on,
        inspector=f"程主{s.mark}",
        problem=f"公告没有张贴{s.mark}",
        mend_by=date(2026, 9, 5),
    )
    s.make(
        "progress",
        ProgressReport,
        campaign=campaign,
        reported_on=campaign.begun_on,
        reported_to=f"选举办公室{s.mark}",
        content=f"已登记过半{s.mark}",
    )
