"""Figures about deputies, stations and what was done between sessions."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, Q

from congress.figures import AT_CUT_OFF, ELECTION, THIS_YEAR, Asked, Figure, Kind, Row, register
from congress.guard.record import kept
from congress.models import Category
from deputies.models import Activity, ActivityAttendance, Deputy, Level, Mandate, Station, StationCheck
from deputies.queries import seats_held

KINDS = Activity.Kind
APPROVED = Deputy.State.APPROVED


def _sorted(mandates) -> list[Mandate]:
    return list(mandates.select_related("deputy", "term").order_by("deputy__stroke_key", "pk"))


def _elected(level: str):
    def rows(asked: Asked) -> Iterable[Row]:
        general = asked.kept(Mandate, "deputy", "term").filter(
            level=level, how=Mandate.How.GENERAL, deputy__state=APPROVED, **asked.within("elected_on")
        )
        return [Row.of(m, f"{m.deputy}（{m.term}）", m.elected_on, page=m.deputy) for m in _sorted(general)]

    return rows


def _in_office(asked: Asked, level: str) -> list[Mandate]:
    def read():
        return _sorted(seats_held(asked.cut_off, level).filter(township__in=asked.townships))

    return asked.once(("deputies.in_office", level), read)


def _holders(level: str):
    def rows(asked: Asked) -> Iterable[Row]:
        return [Row.of(m, f"{m.deputy}（{m.term}）", m.elected_on, page=m.deputy) for m in _in_office(asked, level)]

    return rows


def _women(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(
            m, str(m.deputy), m.elected_on, value=int(m.deputy.gender == Deputy.Gender.FEMALE), whole=1, page=m.deputy
        )
        for m in _in_office(asked, Level.TOWNSHIP)
    ]


def _stations(asked: Asked) -> list[Station]:
    def read():
        rows = asked.kept(Station).filter(opened_on__lte=asked.cut_off)
        rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=asked.cut_off))
        held = Q(lost_on__isnull=True) | Q(lost_on__gt=asked.cut_off)
        met = StationCheck.objects.kept().filter(held, met_on__lte=asked.cut_off)
        return list(rows.prefetch_related(Prefetch("checks", queryset=met, to_attr="met")))

    return asked.once("deputies.stations", read)


def _checklist(asked: Asked) -> list[Category]:
    day = asked.cut_off

    def read():
        items = asked.kept(Category).filter(kind=Category.Kind.CHECKLIST).prefetch_related("past")
        used = [(item.on(day), item) for item in items if item.in_use(day)]
        return [item for was, item in sorted(used, key=lambda pair: (pair[0].position, pair[0].label))]

    return asked.once("deputies.checklist", read)


def _station_rows(asked: Asked) -> Iterable[Row]:
    return [Row.of(station, station.name, station.opened_on) for station in _stations(asked)]


def _station_items(asked: Asked) -> Iterable[Row]:
    wanted = {item.pk for item in _checklist(asked)}
    return [
        Row.of(
            station,
            station.name,
            station.opened_on,
            value=len(wanted & {check.item_id for check in station.met}),
            whole=len(wanted),
        )
        for station in _stations(asked)
    ]


def _complete_stations(asked: Asked) -> Iterable[Row]:
    full = [row for row in _station_items(asked) if row.whole and row.value == row.whole]
    return [replace(row, value=1, whole=0) for row in full]


def _requirements(asked: Asked) -> Iterable[Row]:
    labels = [(item, item.on(asked.cut_off).label) for item in _checklist(asked)]
    return [Row.of(item, label, word=label) for item, label in labels]


def _activities(asked: Asked, kind: str) -> list[Activity]:
    def read():
        rows = asked.kept(Activity).filter(**asked.within("held_on")).order_by("held_on", "title", "pk")
        there = (
            ActivityAttendance.objects.kept().filter(kept("deputy"), deputy__state=APPROVED).select_related("deputy")
        )
        return list(rows.prefetch_related(Prefetch("attendances", queryset=there, to_attr="there")))

    return [activity for activity in asked.once("deputies.activities", read) if activity.kind == kind]


def _times(kind: str):
    return lambda asked: [Row.of(a, a.title, a.held_on) for a in _activities(asked, kind)]


def _summed(kind: str, value):
    return lambda asked: [Row.of(a, a.title, a.held_on, value=value(a)) for a in _activities(asked, kind)]


def _people(activity: Activity) -> int:
    return activity.people + len(activity.there)


def _titles(kind: str, *said: str):
    """What the activities were about: their titles without the words the sentence says itself (视察, 专题调研)."""

    def subject(title: str) -> str:
        for word in said:
            title = title.removeprefix(word).removesuffix(word) or title
        return title

    return lambda asked: [Row.of(a, a.title, a.held_on, word=subject(a.title)) for a in _activities(asked, kind)]


def _reporting_deputies(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for activity in _activities(asked, KINDS.DUTY_REPORT):
        for there in activity.there:
            if there.part == ActivityAttendance.Part.REPORTED:
                first.setdefault(there.deputy_id, (there, activity))
    return [Row.of(there, str(there.deputy), activity.held_on, page=activity) for there, activity in first.values()]


def _active_deputies(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for kind in KINDS.values:
        for activity in _activities(asked, kind):
            for there in activity.there:
                first.setdefault(there.deputy_id, (there, activity))
    return [Row.of(there, str(there.deputy), activity.held_on, page=activity) for there, activity in first.values()]


_IN_OFFICE = (
    "{}：本届第一次会议已开幕、下一届第一次会议未开幕，资格未终止；补选的自确认资格之日起计，"
    "暂停执行职务的仍计在内，待审核的不计"
)

register(
    Figure(
        "deputies.county_elected",
        "换届选举",
        "选出县级人大代表",
        "名",
        "换届选举中由本乡镇选民选出的县级人大代表，按当选日期计，不含补选；待审核的不计",
        ELECTION,
        _elected(Level.COUNTY),
    ),
    Figure(
        "deputies.township_elected",
        "换届选举",
        "选出本级人大代表",
        "名",
        "换届选举选出的本级人大代表，按当选日期计，不含补选；待审核的不计",
        ELECTION,
        _elected(Level.TOWNSHIP),
    ),
    Figure(
        "deputies.in_office",
        "代表",
        "在任本级代表",
        "名",
        _IN_OFFICE.format("截止日当天在任的本级人大代表"),
        AT_CUT_OFF,
        _holders(Level.TOWNSHIP),
    ),
    Figure(
        "deputies.county_in_office",
        "代表",
        "在任县级代表",
        "名",
        _IN_OFFICE.format("截止日当天在任、由本乡镇选出的县级人大代表"),
        AT_CUT_OFF,
        _holders(Level.COUNTY),
    ),
    Figure(
        "deputies.women",
        "代表",
        "妇女代表比例",
        "",
        "截止日当天在任本级代表中的妇女代表",
        AT_CUT_OFF,
        _women,
        Kind.SHARE,
        "截止日当天在任的本级人大代表",
        zero_ok=True,
    ),
    Figure(
        "stations.count",
        "联络站",
        "代表联络站（点）",
        "个",
        "截止日当天已启用且未停用的代表联络站、点；没有填写启用日期的不计",
        AT_CUT_OFF,
        _station_rows,
    ),
    Figure(
        "stations.complete",
        "联络站",
        "达到全部建设要求的站（点）",
        "个",
        "截止日前建设清单每一项都有达到日期和佐证的联络站、点",
        AT_CUT_OFF,
        _complete_stations,
        zero_ok=True,
    ),
    Figure(
        "stations.items",
        "联络站",
        "建设要求达到率",
        "",
        "截止日前已达到的建设项目",
        AT_CUT_OFF,
        _station_items,
        Kind.SHARE,
        "各联络站、点应达到的建设项目总数",
        zero_ok=True,
    ),
    Figure(
        "stations.requirements",
        "联络站",
        "建设要求",
        "项",
        "截止日当天本乡镇在用的联络站建设清单，名称按截止日当天的",
        AT_CUT_OFF,
        _requirements,
        Kind.WORDS,
    ),
)

_DONE = "按活动日期计，撤回的不计"
for slug, kind, label, unit in (
    ("trainings", KINDS.TRAINING, "代表学习培训", "期"),
    ("inspections", KINDS.INSPECTION, "代表视察", "次"),
    ("inquiries", KINDS.INQUIRY, "专题调研", "次"),
    ("law_checks", KINDS.LAW_CHECK, "执法检查", "次"),
    ("duty_reports", KINDS.DUTY_REPORT, "代表述职评议", "场"),
    ("group_activities", KINDS.GROUP, "代表小组活动", "次"),
    ("visits", KINDS.VISIT, "走访", "次"),
    ("publicity", KINDS.PUBLICITY, "宣传", "次"),
    ("party_reports", KINDS.PARTY_REPORT, "向党委请示报告", "次"),
    ("studies", KINDS.STUDY, "理论学习", "次"),
    ("town_tasks", KINDS.TOWN_TASK, "参与中心工作", "项"),
):
    register(Figure(f"{slug}.count", "履职活动", label, unit, f"本年度登记的{label}，{_DONE}", THIS_YEAR, _times(kind)))
for slug, kind, label in (
    ("trainings", KINDS.TRAINING, "学习培训参加人次"),
    ("inspections", KINDS.INSPECTION, "视察参加人次"),
    ("inquiries", KINDS.INQUIRY, "专题调研参加人次"),
    ("group_activities", KINDS.GROUP, "小组活动参加人次"),
    ("visits", KINDS.VISIT, "走访参加人次"),
):
    definition = f"{label}：出席代表与其他参加人数之和，{_DONE}"
    register(Figure(f"{slug}.people", "履职活动", label, "人次", definition, THIS_YEAR, _summed(kind, _people)))
register(
    Figure(
        "duty_reports.deputies",
        "履职活动",
        "述职代表",
        "名",
        "本年度在述职评议中述职的代表，一人只计一次",
        THIS_YEAR,
        _reporting_deputies,
    ),
    Figure(
        "activities.deputies",
        "履职活动",
        "参加活动的代表",
        "名",
        "本年度参加过任何履职活动的代表，一人只计一次",
        THIS_YEAR,
        _active_deputies,
    ),
    Figure(
        "visits.households",
        "履职活动",
        "走访农户",
        "户",
        f"本年度走访户数之和，{_DONE}",
        THIS_YEAR,
        _summed(KINDS.VISIT, lambda a: a.households),
    ),
    Figure(
        "visits.deeds",
        "履职活动",
        "办实事",
        "件",
        f"本年度走访中办实事件数之和，{_DONE}",
        THIS_YEAR,
        _summed(KINDS.VISIT, lambda a: a.deeds),
        zero_ok=True,
    ),
    Figure(
        "town_tasks.titles",
        "履职活动",
        "参与的中心工作",
        "项",
        "本年度登记的中心工作名称，按日期先后",
        THIS_YEAR,
        _titles(KINDS.TOWN_TASK),
        Kind.WORDS,
    ),
    Figure(
        "inspections.titles",
        "履职活动",
        "视察的内容",
        "项",
        "本年度登记的视察名称（略去“视察”），按日期先后",
        THIS_YEAR,
        _titles(KINDS.INSPECTION, "视察"),
        Kind.WORDS,
    ),
    Figure(
        "inquiries.titles",
        "履职活动",
        "调研的内容",
        "项",
        "本年度登记的专题调研名称（略去“专题调研”“调研”），按日期先后",
        THIS_YEAR,
        _titles(KINDS.INQUIRY, "专题调研", "调研"),
        Kind.WORDS,
    ),
)
