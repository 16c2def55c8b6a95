"""Reads of the work of an election: its tasks against the law's days, what is due, where coverage lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery

from congress import clock
from congress.law import campaigns as law
from congress.law import elections as election_law
from congress.law.elections import AppealDates, CalendarDay
from congress.law.finding import PRACTICE, Finding
from congress.models import Holiday
from congress.wording import cdatew, chinese_date
from congress.work.deadlines import OfficeDue
from deputies.models import District, Mandate
from elections.models import Campaign, CampaignTask, Coverage, DistrictDay, Election, VoterList
from elections.queries.announced import day_of_lists
from elections.queries.days import days_of

OWN_DAY = "工作安排，非法定"


def with_facts(rows: QuerySet) -> QuerySet:
    """Tasks with their campaign and level, the days their level's lists were published, and the earliest day on which a district
    of the level votes that has its own."""
    lists = VoterList.objects.kept().filter(election=OuterRef("election"))
    listed = lists.values("election").annotate(day=Min("published_on")).values("day")[:1]
    own = DistrictDay.objects.kept().filter(election=OuterRef("election")).order_by("day").values("day")
    return rows.select_related("campaign__township__county", "election__term", "township").annotate(
        listed_on=Subquery(listed),
        first_on=day_of_lists("first", "election"),
        formal_on=day_of_lists("formal", "election"),
        own_day=Subquery(own[:1]),
    )


def open_steps(found: Iterable[Campaign]) -> list[CampaignTask]:
    """The tasks of works that were read with their levels, but for those that were entered as done, with the same facts: these
    are known of the levels already, so that the works of a county cost a statement of one table."""
    works = {one.pk: one for one in found}
    levels = {one.pk: one for work in works.values() for one in work.held}
    rows = CampaignTask.objects.kept().filter(
        Q(election=None) | Q(election__in=levels), campaign__in=works, done_on=None
    )
    return [_known(row, works[row.campaign_id], levels.get(row.election_id)) for row in rows]


def _known(task: CampaignTask, campaign: Campaign, level: Election | None) -> CampaignTask:
    task.campaign, task.election = campaign, level
    task.listed_on = level and level.listed_on
    task.first_on, task.formal_on = level and level.nominated_on, level and level.final_on
    task.own_day = level and level.first_own
    return task


def tasks(campaign: Campaign) -> QuerySet:
    """The tasks of a campaign in the order of their days."""
    return with_facts(CampaignTask.objects.kept().filter(campaign=campaign)).order_by("planned_on", "created_at")


def waiting(campaign: Campaign) -> list[CampaignTask]:
    """Steps not done yet in the order of their days, but for the list of voters, which is done when it is published."""
    return [one for one in tasks(campaign) if done_on(one) is None and one.key != "publish_roll"]


def done_on(task: CampaignTask) -> date | None:
    """When a task was done: as entered, or for the lists of voters and of candidates as they were published."""
    listed = {
        "publish_roll": task.listed_on,
        "publish_candidates": task.first_on,
        "publish_final_candidates": task.formal_on,
    }
    return task.done_on or listed.get(task.key)


def _asked(campaign: Campaign, day: date | None = None) -> tuple:
    return day or campaign.election_day, campaign.township.pack, campaign.how != Mandate.How.GENERAL


def _first_day(task: CampaignTask) -> date:
    """When the first district votes for which a task is done."""
    day: date = task.campaign.election_day
    return min(day, task.own_day or day)


def legal_day(task: CampaignTask) -> CalendarDay | None:
    """The law's days for a statutory task; None for one of the township's own."""
    if not task.statutory:
        return None
    return next((one for one in election_law.calendar(*_asked(task.campaign)) if one.key == task.key), None)


def due_of(task: CampaignTask):
    """By when a task is due and by what: the planned day, never later than the strict one where the law sets a day, which for
    districts that vote earlier is earlier."""
    legal = law.step_due(task.key, *_asked(task.campaign, _first_day(task))) if task.statutory else None
    if legal is None:
        return OfficeDue(
            task.planned_on, f"{chinese_date(task.planned_on)}（{OWN_DAY}）", task.planned_on, note=OWN_DAY
        )
    return replace(legal, date=min(task.planned_on, legal.date))


def judged(task: CampaignTask, today: date) -> list[Finding]:
    """What is to be said of a task on a day: late by the law's count, planned later than the strict one, late by plan."""
    done = done_on(task)
    if task.statutory:
        day = done or max(task.planned_on, today)
        found = [_named(one, task, done) for one in law.check_step(task.key, day, *_asked(task.campaign))]
        return found or _judged_early(task, day, done)
    if done is None and today > task.planned_on:
        late = (today - task.planned_on).days
        return [Finding("task.late", f"{task}已过计划日期{late}天", None, blocking=False, force=PRACTICE)]
    return []


def _judged_early(task: CampaignTask, day: date, done: date | None) -> list[Finding]:
    """What is in time for the level, and late for districts that vote earlier."""
    first = _first_day(task)
    if first == task.campaign.election_day:
        return []
    whose = f"有选区的选举日提前到{cdatew(first)}，"
    late = law.check_step(task.key, day, *_asked(task.campaign, first))
    return [replace(_named(one, task, done), message=whose + _named(one, task, done).message) for one in late]


def _named(finding: Finding, task: CampaignTask, done: date | None) -> Finding:
    level = task.election.term.get_level_display() if task.election else ""
    what = finding.message if done else finding.message.replace("公布日", "现在的安排")
    return replace(finding, message=f"{level}{task}：{what}")


def state_of(task: CampaignTask, today: date) -> tuple[str, str]:
    """Where a task stands, as a word and its tone."""
    found, done = judged(task, today), done_on(task)
    if done is not None:
        return ("完成，晚于法定期限", "bad") if any(one.blocking for one in found) else ("完成", "good")
    if any(one.blocking for one in found):
        return "已过法定期限", "bad"
    return ("已过计划日期", "warning") if today > task.planned_on else ("待办", "neutral")


@dataclass(frozen=True)
class Line:
    """A line of the calendar: its day, what it is, what both readings say, by whom, and how it stands."""

    day: date
    label: str
    level: str = ""
    basis: str = ""
    note: str = ""
    citation: object = None
    responsible: str = ""
    state: tuple[str, str] = ("", "")
    done: date | None = None
    task: CampaignTask | None = None
    holiday: str = ""
    forward: bool = False  # a period that runs forward: whether a rest at its end moves it is open, where one counted back is not moved


def calendar_of(campaign: Campaign, found: list[CampaignTask], elections: Iterable[Election]) -> list[Line]:
    """Everything of a campaign by day: tasks, the days of appeals where a list was published, election day itself."""
    today = clock.today()
    lines = [_task_line(one, today) for one in found]
    for election in elections:
        days = days_of(election)
        lines += _appeal_lines(campaign.election_day, election)
        for day, places in days.groups():
            lines += _own_lines(campaign, election, day, places)
    lines.append(Line(campaign.election_day, "选举日", basis="选举委员会确定"))
    free = days_off({one.day for one in lines})
    return sorted(
        (replace(one, holiday=free.get(one.day, "")) for one in lines), key=lambda one: (one.day, one.label, one.level)
    )


def _task_line(task: CampaignTask, today: date) -> Line:
    legal = legal_day(task)
    note = f"按满整日最迟{cdatew(legal.strict)}，按减日最迟{cdatew(legal.lenient)}" if legal else ""
    return Line(
        done_on(task) or task.planned_on,
        task.label,
        level=task.election.term.get_level_display() if task.election else "",
        basis="" if legal else "非法定",
        note="；".join(filter(None, (note, legal.note if legal else ""))),
        citation=legal.citation if legal else None,
        responsible=task.responsible,
        state=state_of(task, today),
        done=done_on(task),
        task=task,
    )


def _own_lines(campaign: Campaign, election: Election, day: date, places: str) -> list[Line]:
    """What districts that vote on a day of their own have beside: the law's days counted back from it, and the day itself."""
    level, whose = election.term.get_level_display(), f"（{places}，选举日{cdatew(day)}）"
    lines = [Line(day, f"选举日（{places}）", level, basis="选举委员会同意")]
    for legal in election_law.calendar(*_asked(campaign, day)):
        note = f"按满整日最迟{cdatew(legal.strict)}，按减日最迟{cdatew(legal.lenient)}"
        said = "；".join(filter(None, (note, legal.note)))
        lines.append(Line(legal.strict, f"{legal.label}的最后一日{whose}", level, note=said, citation=legal.citation))
    own_suit = [replace(one, label=one.label + whose) for one in _appeal_lines(day, election)[1:]]
    return [*lines, *own_suit]


def _appeal_lines(election_day: date, election: Election) -> list[Line]:
    published = election.listed_on
    if published is None or published >= election_day:
        return []
    dates: AppealDates = election_law.appeal_dates(published, election_day)
    level, of = election.term.get_level_display(), dates.citation
    suit = f"按满整日最迟{cdatew(dates.sue_by_strict)}，按减日最迟{cdatew(dates.sue_by_lenient)}"
    return [
        Line(
            dates.appeal_by,
            "对选民名单提出申诉的最后一日",
            level,
            citation=of,
            note="收到后三日内作出处理决定",
            forward=True,
        ),
        Line(dates.sue_by_strict, "不服处理决定起诉的最后一日", level, citation=of, note=suit),
    ]


def days_off(days: Iterable[date]) -> Mapping[date, str]:
    """Which of these days are days off, and what they are called. No day is moved for them."""
    rows = Holiday.objects.filter(day__in=list(days), is_workday=False)
    return {one.day: one.name for one in rows}


def districts_of(campaign: Campaign) -> QuerySet:
    """The districts of a campaign's levels."""
    held = Election.objects.kept().filter(campaign=campaign).values("term")
    return District.objects.kept().filter(term__in=held).select_related("term").order_by("-term__level", "number")


def uncovered(campaign: Campaign, kind: str, districts: Iterable[District]) -> list[District]:
    """The districts in which nothing of a kind was recorded; what was done everywhere covers them all."""
    rows = Coverage.objects.kept().filter(campaign=campaign, kind=kind)
    there = set(rows.values_list("district", flat=True))
    return [] if None in there else [one for one in districts if one.pk not in there]
