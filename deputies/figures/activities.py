"""Figures about what deputies and the presidium did between sessions."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from congress.figures import AT_CUT_OFF, THIS_YEAR, Asked, Figure, Kind, Row, keeper
from congress.guard.record import kept
from congress.prepared import Around
from congress.recording import Facts, dated
from deputies.figures.roster import of_those_in_office
from deputies.models import Activity, ActivityAttendance, Deputy

register = keeper("履职活动", "deputies-activities")
KINDS = Activity.Kind
APPROVED = Deputy.State.APPROVED
ORDER = KINDS.values


def _held(asked: Asked) -> QuerySet:
    rows = asked.kept(Activity).filter(**asked.within("held_on")).order_by("held_on", "title", "pk")
    there = ActivityAttendance.objects.kept().filter(kept("deputy"), deputy__state=APPROVED).select_related("deputy")
    return rows.prefetch_related(Around("attendances", there, to_attr="there"))


def activities_in(asked: Asked, *kinds: str) -> list[Activity]:
    """What was held in the period, of some kinds or of all, with who was there (`there`)."""
    held = asked.once("deputies.activities", lambda: asked.read(_held))
    return [activity for activity in held if not kinds or activity.kind in kinds]


def _times(kind: str):
    return lambda asked: [Row.of(a, a.title, a.held_on) for a in activities_in(asked, kind)]


def _summed(kind: str, value):
    return lambda asked: [Row.of(a, a.title, a.held_on, value=value(a)) for a in activities_in(asked, kind)]


def _counted(name: str, *kinds: str):
    """The sum of a number of `Activity.COUNTS` over what has one."""

    def rows(asked: Asked) -> Iterable[Row]:
        told = [(activity, getattr(activity, name)) for activity in activities_in(asked, *kinds)]
        return [Row.of(activity, activity.title, activity.held_on, value=number) for activity, number in told if number]

    return rows


def _people(activity: Activity) -> int:
    return activity.people + len(activity.there)


def _titles(kind: str, *said: str):
    """What the activities were about: their titles without the words the sentence says itself (视察, 专题调研)."""

    def subject(title: str) -> str:
        for word in said:
            title = title.removeprefix(word).removesuffix(word) or title
        return title

    return lambda asked: [Row.of(a, a.title, a.held_on, word=subject(a.title)) for a in activities_in(asked, kind)]


def _reporting_deputies(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for activity in activities_in(asked, KINDS.DUTY_REPORT):
        for there in activity.there:
            if there.part == ActivityAttendance.Part.REPORTED:
                first.setdefault(there.deputy_id, (there, activity))
    return [Row.of(there, str(there.deputy), activity.held_on, page=activity) for there, activity in first.values()]


def _last_reports(asked: Asked) -> QuerySet:
    there = asked.kept(ActivityAttendance, "activity").filter(
        part=ActivityAttendance.Part.REPORTED,
        activity__kind=KINDS.DUTY_REPORT,
        activity__held_on__lte=asked.cut_off,
    )
    return there.order_by().values_list("deputy").annotate(last=Max("activity__held_on"))


def _reported_in_term(asked: Asked) -> Iterable[Row]:
    """Whoever sits a second term reports anew."""
    last = dict(asked.read(_last_reports))
    return of_those_in_office(asked, lambda m: m.deputy_id in last and last[m.deputy_id] >= m.term.started_on)


def _trained(asked: Asked) -> Iterable[Row]:
    there = {one.deputy_id for activity in activities_in(asked, KINDS.TRAINING) for one in activity.there}
    return of_those_in_office(asked, lambda m: m.deputy_id in there)


def _taking_part(*kinds: str):
    """The deputies who took part in activities of some kinds or of any, each once."""

    def rows(asked: Asked) -> Iterable[Row]:
        first: dict = {}
        for activity in sorted(activities_in(asked, *kinds), key=lambda activity: ORDER.index(activity.kind)):
            for there in activity.there:
                first.setdefault(there.deputy_id, (there, activity))
        return [Row.of(there, str(there.deputy), activity.held_on, page=activity) for there, activity in first.values()]

    return rows


def _put_right(asked: Asked) -> QuerySet:
    rows = asked.kept(Activity).filter(kind=KINDS.APPRAISAL, **asked.within("mended_on"))
    return rows.order_by("mended_on", "title", "pk")


def _mended(asked: Asked) -> Iterable[Row]:
    """What was put right in the period, whenever it was asked for."""
    return [Row.of(a, a.title, a.mended_on, value=a.mended) for a in asked.read(_put_right)]


def _votes(kind: str):
    """The share of the papers marked 满意; what was not rated is no part of it."""
    return lambda asked: [
        Row.of(a, a.title, a.held_on, value=a.votes_good, whole=a.votes) for a in activities_in(asked, kind) if a.votes
    ]


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
    ("appraisals", KINDS.APPRAISAL, "工作评议", "次"),
    ("other_activities", KINDS.OTHER, "其他履职活动", "次"),
):
    register(Figure(f"{slug}.count", "履职活动", label, unit, f"本年度登记的{label}，{_DONE}", THIS_YEAR, _times(kind)))
    dated(Facts(Activity, "held_on", only=(("kind", kind),)), slug)
dated(Facts(Activity, "held_on"), "activities")
dated(Facts(Activity, "mended_on", only=(("kind", KINDS.APPRAISAL),)), "appraisals.mended")
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
        "duty_reports.coverage",
        "履职活动",
        "述职覆盖率",
        "",
        "截止日当天在任的本级代表中，本届开始以来、截止日前在述职评议中述过职的，一人只计一次",
        AT_CUT_OFF,
        _reported_in_term,
        Kind.SHARE,
        "截止日当天在任的本级代表",
    ),
    Figure(
        "trainings.coverage",
        "履职活动",
        "培训覆盖率",
        "",
        "截止日当天在任的本级代表中，本年度参加过学习培训的，一人只计一次",
        THIS_YEAR,
        _trained,
        Kind.SHARE,
        "截止日当天在任的本级代表",
    ),
    Figure(
        "activities.deputies",
        "履职活动",
        "参加活动的代表",
        "名",
        "本年度参加过任何履职活动的代表，一人只计一次",
        THIS_YEAR,
        _taking_part(),
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
for key, label, unit, rows, counted in (
    ("visits.villages", "走访村", "村次", _counted("villages", KINDS.VISIT), "走访村数之和，同一村走访几次的分别计"),
    ("visits.teams", "走访组", "组次", _counted("teams", KINDS.VISIT), "走访组数之和，同一组走访几次的分别计"),
    ("visits.visited", "走访群众", "人次", _counted("visited", KINDS.VISIT), "走访群众人次之和，参加走访的代表不计"),
    ("visits.deputies", "参加走访的代表", "名", _taking_part(KINDS.VISIT), "参加走访的各级代表，一人只计一次"),
    (
        "publicity.people",
        "宣传参加群众",
        "人次",
        _summed(KINDS.PUBLICITY, lambda a: a.people),
        "宣传活动的其他参加人数之和，代表不计",
    ),
    ("activities.papers", "发放资料", "份", _counted("papers"), "走访和宣传中发放的资料份数之和，张贴的公告另计"),
    ("activities.posters", "张贴公告", "张", _counted("posters"), "走访和宣传中张贴的公告张数之和"),
    ("activities.deeds", "推动解决民生实事", "件", _counted("deeds"), "各类履职活动中办实事件数之和"),
    ("inquiries.reports", "调研报告", "篇", _counted("reports", KINDS.INQUIRY), "专题调研形成报告篇数之和"),
    (
        "appraisals.deputies",
        "参加工作评议的代表",
        "名",
        _taking_part(KINDS.APPRAISAL),
        "参加工作评议的代表，一人只计一次",
    ),
    ("appraisals.units", "被评议单位", "个", _counted("appraised", KINDS.APPRAISAL), "各次工作评议的被评议单位数之和"),
    ("appraisals.opinions", "评议意见", "条", _counted("opinions", KINDS.APPRAISAL), "各次工作评议提出的意见条数之和"),
):
    register(Figure(key, "履职活动", label, unit, f"本年度{counted}；{_DONE}", THIS_YEAR, rows))
register(
    Figure(
        "appraisals.mended",
        "履职活动",
        "评议意见整改落实",
        "条",
        "本年度整改落实的工作评议意见，按整改落实日期计，以前年度评议的计在内；撤回的不计",
        THIS_YEAR,
        _mended,
    )
)
for slug, kind, label in (
    ("appraisals", KINDS.APPRAISAL, "工作评议"),
    ("duty_reports", KINDS.DUTY_REPORT, "述职评议"),
):
    register(
        Figure(
            f"{slug}.good_rate",
            "履职活动",
            f"{label}测评满意率",
            "",
            f"本年度各次{label}的测评满意票，“基本满意”不合并计算；{_DONE}",
            THIS_YEAR,
            _votes(kind),
            Kind.SHARE,
            "满意、基本满意、不满意票之和，没有测评的不计",
        )
    )
