"""What may be written about the work of an election: tasks, requests and reports, coverage, inspections, progress."""

from collections.abc import Sequence
from datetime import date, timedelta

from congress import clock
from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from congress.law import campaigns as law
from congress.law import elections as election_law
from congress.law.finding import Finding
from congress.steps import Attempt, change
from deputies.models import District, Mandate
from elections.models import (
    Campaign,
    CampaignTask,
    Coverage,
    Election,
    Inspection,
    ProgressReport,
    Submission,
)
from elections.queries.campaigns import elections_of

# What townships commonly do besides, in days before election day; no law sets these days (非法定).
LOCAL = (
    (60, "成立选举委员会和办事机构"),
    (58, "选举委员会首次会议，确定选举日和工作方案"),
    (55, "划分选区、分配名额并公布"),
    (50, "宣传发动、培训工作人员"),
    (45, "选民登记开始"),
    (26, "选民登记结束"),
    (22, "选民资格审查结束"),
    (20, "提名推荐代表候选人开始"),
    (17, "提名推荐代表候选人结束"),
    (9, "选民小组讨论协商结束"),
    (2, "投票地点布置、票箱检查"),
    (1, "投票演练"),
)


def _check_task(task: CampaignTask) -> None:
    refuse_where(
        [
            (
                task.election is not None and task.election.campaign_id != task.campaign_id,
                "所选的一级选举不在这次选举工作中。",
                "election",
            ),
            (bool(task.proof) and task.done_on is None, "填写了完成凭据的，请同时填写完成日期。", "done_on"),
        ]
    )


def _check_submission(row: Submission) -> None:
    early = row.replied_on is not None and row.replied_on < row.submitted_on
    refuse_where([(early, "批复日期不能早于呈送日期。", "replied_on")])


def _check_inspection(row: Inspection) -> None:
    found, mended = bool(row.problem.strip()), row.mended_on
    refuse_where(
        [
            (not found and bool(row.mend_by or mended or row.mending), "没有写明发现的问题，不用填写整改。", "problem"),
            (
                row.mend_by is not None and row.mend_by < row.inspected_on,
                "整改期限不能早于督导日期。",
                "mend_by",
            ),
            (mended is not None and mended < row.inspected_on, "整改完成日期不能早于督导日期。", "mended_on"),
            (mended is not None and not row.mending.strip(), "请写明怎样整改的。", "mending"),
        ]
    )


TASKS = Keeping(CampaignTask, "elections.task", check=_check_task, route="elections-task")
SUBMISSIONS = Keeping(Submission, "elections.submission", check=_check_submission, route="elections-submission")
COVERAGES = Keeping(Coverage, "elections.coverage", route="elections-coverage")


def in_districts(actor, row: Coverage, districts: Sequence[District]) -> dict:
    """Record beside a row, inside its action, the same of these districts as well: each has its own, to be mended and counted
    alone."""
    names = ("township", "campaign", "kind", "held_on", "what", "number")
    for district in districts:
        COVERAGES.record(actor, Coverage(**{name: getattr(row, name) for name in names}, district=district))
    return {}


INSPECTIONS = Keeping(Inspection, "elections.inspection", check=_check_inspection, route="elections-inspection")
PROGRESS = Keeping(ProgressReport, "elections.progress", route="elections-progress")


def plan(attempt: Attempt) -> dict:
    """Write the steps the law sets a day for, of every level, and those townships commonly take besides, where they are
    missing."""
    campaign, made = attempt.record, []
    there = {(one.election_id, one.key or one.label) for one in CampaignTask.objects.kept().filter(campaign=campaign)}
    for election in elections_of(campaign):
        made += [one for one in statutory_tasks(campaign, election) if (election.pk, one.key) not in there]
    if attempt.data["local"]:
        made += [one for one in _local_tasks(campaign) if (None, one.label) not in there]
    CampaignTask.objects.bulk_create(made)
    attempt.outcome = len(made)
    return {"事项": len(made)}


def finish(attempt: Attempt) -> dict:
    """Write when steps were done: each on its planned day, or all on one."""
    done = list(attempt.data["tasks"])
    for task in done:
        change(task, done_on=task.planned_on if attempt.data["as_planned"] else attempt.on)
    attempt.outcome = len(done)
    return {"事项": len(done)}


def check_finished(attempt: Attempt) -> list[Finding]:
    """Nothing is done on a day that has not come."""
    today, as_planned = clock.today(), attempt.data["as_planned"]
    ahead = [one for one in attempt.data["tasks"] if as_planned and one.planned_on > today]
    found = [
        Finding("task.ahead", f"“{one}”的计划日期还没有到，不能按计划日期登记完成。", field="tasks") for one in ahead
    ]
    if not as_planned and attempt.on > today:
        found.append(Finding("task.ahead", "完成日期不能晚于今天。", field="on"))
    return found


def statutory_tasks(campaign: Campaign, election: Election) -> list[CampaignTask]:
    """The steps of one level, planned by the strict count."""
    days = election_law.calendar(campaign.election_day, campaign.township.pack, is_by_election(campaign))
    of = {"township": campaign.township, "campaign": campaign, "election": election}
    return [CampaignTask(**of, key=day.key, label=day.label, planned_on=day.strict) for day in days]


def _local_tasks(campaign: Campaign) -> list[CampaignTask]:
    of = {"township": campaign.township, "campaign": campaign}
    day = campaign.election_day
    return [CampaignTask(**of, label=label, planned_on=day - timedelta(days=before)) for before, label in LOCAL]


def is_by_election(campaign: Campaign) -> bool:
    """Whether only seats that fell vacant are filled."""
    return campaign.how != Mandate.How.GENERAL


def replan(campaign: Campaign, before: date) -> None:
    """After the election day moved: steps that were not done yet move along; what was done stays as it was."""
    moved = campaign.election_day - before
    for task in CampaignTask.objects.kept().filter(campaign=campaign, done_on__isnull=True):
        due = law.step_due(task.key, campaign.election_day, campaign.township.pack, is_by_election(campaign))
        change(task, planned_on=due.date if due else task.planned_on + moved)
