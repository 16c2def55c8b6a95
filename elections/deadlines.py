"""What runs out while an election is prepared: the steps the law sets a day for, the township's own, what has to be
mended, voters who were not found yet, requests nobody has answered."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from congress.assembly.models import Session
from congress.guard.record import kept
from congress.law import elections as law
from congress.law.polling import publication_due
from congress.law.suggestions import Due
from congress.web.records import url_of
from congress.wording import as_date, chinese_date
from congress.work import sources
from congress.work.deadlines import OFFICE_ONLY, Accounts, Deadline, OfficeDue, Opened, register
from congress.work.sources import Source, reader
from elections.models import (
    Appeal,
    Campaign,
    CampaignTask,
    CredentialsReview,
    Election,
    HandedForm,
    Inspection,
    Nominee,
    PoolEntry,
    RegistrationRequest,
    ReviewedWinner,
    Round,
    Vetting,
    VoterList,
    Winner,
)
from elections.queries import work
from elections.queries.credentials import to_publish

REQUEST_DAYS = 3  # no law sets them: who asked by telephone waits for a call
STEPS = (7, 3, 1, 0, -1, -7)


def _open(rows):
    return rows.kept().filter(kept("campaign"), campaign__closed_on__isnull=True)


def _each(due_of: Callable[[Any], Any], rows: Iterable) -> Iterator[Opened]:
    """Every row open until the day that is told of it, for the office of its township."""
    accounts = Accounts(rows)
    for row in rows:
        yield Opened(row, due_of(row), partial(accounts.office, row))


_waiting_tasks = reader(lambda: work.with_facts(_open(CampaignTask.objects).filter(done_on__isnull=True)))


def _read_tasks(only: Collection | None) -> list[CampaignTask]:
    return [
        row
        for row in _waiting_tasks(only)
        if work.done_on(row) is None and (row.election is None or not row.election.withdrawn_at)
    ]


def _tasks(rows: list[CampaignTask], *, statutory: bool) -> Iterator[Opened]:
    accounts = Accounts(rows)
    for task in rows:
        if task.statutory is statutory:
            yield Opened(task, work.due_of(task), partial(accounts.office, task))


def _inspections() -> QuerySet:
    rows = _open(Inspection.objects).filter(mend_by__isnull=False, mended_on__isnull=True)
    return rows.select_related("township", "district")


def _to_mend(row: Inspection) -> OfficeDue:
    formula = f"{chinese_date(row.inspected_on)}督导，限{chinese_date(row.mend_by)}前整改（{work.OWN_DAY}）"
    return OfficeDue(row.mend_by, formula, row.inspected_on, note=work.OWN_DAY)


def _pool() -> QuerySet:
    rows = PoolEntry.objects.kept().filter(state=PoolEntry.State.WAITING, campaign__closed_on=None)
    return rows.select_related("township", "campaign")


def _to_find(row: PoolEntry) -> OfficeDue:
    formula = f"{chinese_date(row.due_on)}前办结（{OFFICE_ONLY}）"
    return OfficeDue(row.due_on, formula, row.campaign.begun_on)


def _appeals() -> QuerySet:
    rows = Appeal.objects.kept().filter(kept("voter_list"), decided_on__isnull=True)
    return rows.select_related("township", "voter_list__election__campaign")


def _to_decide(row: Appeal) -> Due:
    return law.appeal_decision_due(row.received_on)


def _requests() -> QuerySet:
    rows = _open(RegistrationRequest.objects).filter(state=RegistrationRequest.State.WAITING)
    return rows.select_related("township", "campaign")


def _to_check(row: RegistrationRequest) -> OfficeDue:
    sent = as_date(row.created_at)
    formula = f"{chinese_date(sent)}收到，{REQUEST_DAYS}日内联系本人核对（{OFFICE_ONLY}）"
    return OfficeDue(sent + timedelta(days=REQUEST_DAYS), formula, sent)


def _vettings() -> QuerySet:
    rows = Vetting.objects.kept().filter(kept("nominee"), opinion=Vetting.Opinion.WAITING)
    rows = rows.filter(nominee__left_on__isnull=True, unit__campaign__closed_on__isnull=True)
    return rows.select_related("township", "unit", "nominee__district")


def _to_answer(row: Vetting) -> OfficeDue:
    formula = f"{chinese_date(row.asked_on)}送审，{chinese_date(row.due_on)}前答复（{OFFICE_ONLY}）"
    return OfficeDue(row.due_on, formula, row.asked_on)


def _handed() -> QuerySet:
    rows = _open(HandedForm.objects).filter(due_on__isnull=False, received_on__isnull=True)
    return rows.select_related("township", "campaign")


def _coming_back(row: HandedForm) -> OfficeDue:
    formula = f"{chinese_date(row.handed_on)}发放，{chinese_date(row.due_on)}前交回（{OFFICE_ONLY}）"
    return OfficeDue(row.due_on, formula, row.handed_on)


def _to_publish(row) -> Due:
    return publication_due(row.voted_on, row.first_session_on)


def _appeal_title(row: Appeal) -> str:
    return f"{row.voter_list}的申诉：{row.get_kind_display()}"


def _task_title(task: CampaignTask) -> str:
    level = task.election.term.get_level_display() if task.election else ""
    return f"{task.campaign}：{level}{task}"


# Which session is the first of a term, and that one was put off, follows from rows of others.
ELECTED = sources.register(
    Source(
        "elections.elected",
        reader(to_publish),
        {
            Election: "pk",
            Campaign: "elections",
            Round: "election",
            Winner: "round__election",
            CredentialsReview: "election",
            ReviewedWinner: "review__election",
            Session: "term__elections",
        },
        Election,
    )
)
register(
    Deadline(
        "elections.deputies",
        "审查代表资格、公布代表名单",
        ELECTED,
        partial(_each, _to_publish),
        str,
        lambda row: reverse("elections-reviews", args=[row.township.code, row.pk]),
        remind=STEPS,
    )
)
TASKS = sources.register(
    Source(
        "elections.tasks",
        _read_tasks,
        {CampaignTask: "pk", Campaign: "tasks", Election: "tasks", VoterList: "election__tasks"},
        CampaignTask,
    )
)
INSPECTIONS = sources.register(
    Source("elections.inspections", reader(_inspections), {Inspection: "pk", Campaign: "inspections"}, Inspection)
)
POOL = sources.register(
    Source(
        "elections.pool",
        reader(_pool),
        {PoolEntry: "pk", Campaign: "pool"},
        model=PoolEntry,
        called="未取得联系的选民",
    )
)
# Requests come in through the public pages, from whose scope nothing is derived: they are told anew at every sweep.
REQUESTS = sources.register(
    Source(
        "elections.requests",
        reader(_requests),
        {RegistrationRequest: "pk", Campaign: "requests"},
        model=RegistrationRequest,
        daily=True,
    )
)
APPEALS = sources.register(Source("elections.appeals", reader(_appeals), {Appeal: "pk", VoterList: "appeals"}, Appeal))
VETTINGS = sources.register(
    Source(
        "elections.vettings",
        reader(_vettings),
        {Vetting: "pk", Nominee: "vettings", Campaign: "vetting_units__vettings"},
        Vetting,
    )
)
HANDED = sources.register(
    Source("elections.handed", reader(_handed), {HandedForm: "pk", Campaign: "handed_forms"}, HandedForm)
)
register(
    Deadline(
        "elections.handed",
        "选举用表交回（自定期限，非法定）",
        HANDED,
        partial(_each, _coming_back),
        lambda row: f"{row.campaign}：交回{row.what}",
        url_of,
        remind=(1, 0, -1, -3),
    )
)
register(
    Deadline(
        "elections.vetting",
        "联审意见（自定期限，非法定）",
        VETTINGS,
        partial(_each, _to_answer),
        lambda row: f"{row.unit}：{row.nominee.district}被推荐人的联审意见",
        url_of,
        remind=(1, 0, -1, -3),
    )
)
register(
    Deadline(
        "elections.appeal",
        "选民名单申诉处理决定",
        APPEALS,
        partial(_each, _to_decide),
        _appeal_title,
        url_of,
        remind=(2, 1, 0, -1, -3),
    )
)
register(
    Deadline(
        "elections.step", "选举法定步骤", TASKS, partial(_tasks, statutory=True), _task_title, url_of, remind=STEPS
    )
)
register(
    Deadline(
        "elections.task",
        "选举工作事项（非法定）",
        TASKS,
        partial(_tasks, statutory=False),
        _task_title,
        url_of,
        remind=STEPS,
    )
)
register(
    Deadline(
        "elections.mending",
        "选举督导问题整改（非法定）",
        INSPECTIONS,
        partial(_each, _to_mend),
        str,
        url_of,
        remind=STEPS,
    )
)
register(
    Deadline(
        key="elections.pool",
        label="查找未取得联系的选民（自定日期，非法定）",
        source=POOL,
        opened=partial(_each, _to_find),
        title=lambda row: f"{row.village or '未写村'}，{row.owner}负责",
        url=lambda row: reverse("elections-pool-entry", args=[row.township.code, row.pk]),
    )
)
register(
    Deadline(
        "elections.request",
        "网上登记申请核对（自定期限，非法定）",
        REQUESTS,
        partial(_each, _to_check),
        str,
        url_of,
        remind=(1, 0, -1, -3, -7),
    )
)
