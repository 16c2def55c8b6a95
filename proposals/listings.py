"""The lists of the app, column by column: on the screen, on paper and in the workbook."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from congress import clock
from congress.guard.record import kept
from congress.models import Unit
from congress.permissions import Standing
from congress.web.table import Badge, Col, Filter, Listing, by_field
from congress.wording import deadline
from deputies.models import Deputy, Station
from deputies.queries import named
from proposals import queries, stages
from proposals.forms.base import categories
from proposals.models import Assignment, Matter, Reception, ReceptionDeputy, Suggestion
from proposals.queries.visible import READS_ALL

HIDDEN_NAME = "（不公开）"
MATTER_STATES = (
    ("waiting", "待分流"),
    ("open", "办理中"),
    ("resolved", "已办结"),
    ("declined", "已告知渠道"),
    ("untold", "待反馈"),
)


def _years(model, field: str):
    def choices():
        return [(str(day.year), f"{day.year}年") for day in model.objects.dates(field, "year", order="DESC")]

    return choices


def _by_year(field: str, choices) -> Filter:
    def apply(rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(**{f"{field}__year": int(value)})

    return Filter("year", "年份", choices, apply)


def _pairs(rows: QuerySet):
    return lambda: [(str(row.pk), str(row)) for row in rows.all()]


def _categories():
    return [(str(row.pk), row.label) for row in categories()]


# -- receptions


def _found_receptions(rows: QuerySet, text: str) -> QuerySet:
    # By key, or the join with the receivers would count the matters once for each of them.
    receivers = named(Deputy.objects.all(), text).values("pk")
    received = ReceptionDeputy.objects.filter(deputy__in=receivers).values("reception_id")
    return rows.filter(Q(station__name__icontains=text) | Q(note__icontains=text) | Q(pk__in=received))


def reception_rows(rows: QuerySet) -> QuerySet:
    """Receptions with what the list shows."""
    return (
        rows.select_related("station")
        .prefetch_related("receivers__deputy", "companions__unit")
        .annotate(matter_count=Count("matters", filter=kept("matters")))
    )


def _receivers(reception: Reception) -> str:
    rows = [row for row in reception.receivers.all() if row.withdrawn_at is None]
    return "、".join(f"{row.deputy.name}（{row.office}）" if row.office else row.deputy.name for row in rows)


RECEPTIONS = Listing(
    title="接待选民登记",
    name="receptions",
    columns=[
        Col(
            "held_on",
            "日期",
            lambda r: r.held_on,
            "held_on",
            lambda r, t: reverse("proposals-reception", args=[t.code, r.pk]),
        ),
        Col("station", "联络站", lambda r: r.station.name, "station__name", width=20),
        Col("deputies", "接待代表", _receivers, width=24),
        Col("people", "人次", lambda r: r.people, "people", numeric=True, width=8),
        Col("batches", "批次", lambda r: r.batches, "batches", numeric=True, width=8),
        Col("matters", "事项", lambda r: r.matter_count, "matter_count", numeric=True, width=8),
        Col(
            "companions",
            "陪同部门",
            lambda r: "、".join(c.unit.name for c in r.companions.all()),
            width=24,
            screen=False,
        ),
        Col("note", "备注", lambda r: r.note, width=24, screen=False),
    ],
    default="-held_on",
    search=_found_receptions,
    search_hint="联络站、代表姓名",
    filters=[
        by_field("station", "联络站", _pairs(Station.objects), "station_id"),
        _by_year("held_on", _years(Reception, "held_on")),
    ],
    empty=("还没有接待选民的记录", "在联络站接待选民后，用手机登记，一分钟即可完成。"),
    empty_icon="people",
)


# -- matters


def matter_state(matter: Matter) -> Badge:
    """How a matter stands, in a word."""
    if matter.channel == Matter.Channel.DECLINED:
        return Badge("已告知渠道")
    if matter.resolved_on:
        return Badge("已办结", "good") if matter.told_on else Badge("办结待反馈", "info")
    return Badge("办理中", "info") if matter.channel else Badge("待分流", "warning")


def matter_due(matter: Matter) -> Badge | str:
    """Days left by the office's own period; nothing once it is dealt with or runs by a suggestion's clock."""
    if not queries.matter_is_open(matter) or matter.channel == Matter.Channel.SUGGESTION:
        return ""
    left = (queries.follow_up_due(matter).date - clock.today()).days
    # Never in the words and colour of a statutory deadline.
    return Badge(f"超内部时限{-left}天", "warning") if left < 0 else Badge(f"内部时限还有{left}天")


def _matter_states(rows: QuerySet, value: str) -> QuerySet:
    declined = Q(channel=Matter.Channel.DECLINED)
    conditions = {
        "waiting": Q(channel="", resolved_on__isnull=True),
        "open": ~declined & ~Q(channel="") & Q(resolved_on__isnull=True),
        "resolved": Q(resolved_on__isnull=False),
        "declined": declined,
        "untold": Q(resolved_on__isnull=False, told_on__isnull=True),
    }
    return rows.filter(conditions[value]) if value in conditions else rows


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


MATTERS = Listing(
    title="选民反映事项",
    name="matters",
    columns=[
        Col(
            "number",
            "编号",
            lambda m: m.number,
            "number",
            lambda m, t: reverse("proposals-matter", args=[t.code, m.pk]),
            width=12,
        ),
        Col("held_on", "接待日期", lambda m: m.reception.held_on, "reception__held_on", width=12),
        Col("category", "类别", lambda m: m.category.label, "category__position,category__label"),
        Col("words", "反映内容", lambda m: _short(m.words), width=30),
        Col("channel", "处理方式", lambda m: m.get_channel_display(), "channel"),
        Col("unit", "承办单位", lambda m: m.unit.name if m.unit else m.passed_to, "unit__name"),
        Col("state", "状态", matter_state, "resolved_on"),
        Col("due", "内部时限", matter_due),
        Col("full", "反映内容全文", lambda m: m.words, width=50, screen=False),
        Col("station", "联络站", lambda m: m.reception.station.name, width=20, screen=False),
        Col("deputies", "接待代表", lambda m: _receivers(m.reception), width=20, screen=False),
        Col("channelled_on", "分流日期", lambda m: m.channelled_on, screen=False),
        Col("answer", "答复或办理情况", lambda m: m.answer, width=40, screen=False),
        Col("resolved_on", "办结日期", lambda m: m.resolved_on, screen=False),
        Col("told_on", "反馈日期", lambda m: m.told_on, screen=False),
        Col("opinion", "选民评价", lambda m: m.get_opinion_display(), screen=False),
    ],
    default="-held_on",
    search=("number", "words", "answer", "unit__name"),
    search_hint="编号、反映内容、承办单位",
    filters=[
        Filter("state", "状态", lambda: MATTER_STATES, _matter_states),
        by_field("channel", "处理方式", Matter.Channel.choices),
        by_field("category", "类别", _categories, "category_id"),
        by_field("station", "联络站", _pairs(Station.objects), "reception__station_id"),
        _by_year("reception__held_on", _years(Reception, "held_on")),
    ],
    empty=("还没有反映事项", "接待选民时登记的事项会列在这里，从登记到反馈一件一件跟到底。"),
    empty_icon="list-check",
)


# -- suggestions


def stage_badge(suggestion: Suggestion) -> Badge:
    """The stage in a word."""
    stage = queries.stage_of(suggestion)
    return Badge(stage.label, stage.tone)


def days_left(suggestion: Suggestion) -> Badge | str:
    """Days left or overdue while a reply is owed; how the reply came once it did."""
    facts, limit = queries.facts_of(suggestion), queries.due_of(suggestion)
    stage = queries.stage_of(suggestion)
    if limit is None or stage in (stages.Stage.WITHDRAWN, stages.Stage.DECLINED):
        return ""
    replied_on = facts.now.replied_on if facts.now else None
    if replied_on is None and stage is stages.Stage.CLOSED:
        return ""
    spoken = deadline(limit.date, replied_on, clock.today())
    return Badge(spoken.word.replace("已办结", "已答复").replace("已按期", "按期答复"), spoken.tone)


def lead_unit(suggestion: Suggestion) -> str:
    """The lead unit of the present round."""
    share = queries.lead_share(suggestion)
    return share.unit.name if share else ""


def _with_stage(rows: QuerySet, value: str) -> QuerySet:
    if value == "chair":
        wanted = stages.AWAITS_CHAIR
    elif value in set(stages.Stage):
        wanted = frozenset({stages.Stage(value)})
    else:
        return rows
    return rows.filter(pk__in=[row.pk for row in rows if queries.stage_of(row) in wanted])


def _overdue(rows: QuerySet, value: str) -> QuerySet:
    today = clock.today()
    if value == "now":
        return rows.filter(pk__in=[row.pk for row in rows if _owed(row) and queries.late_by(row, today)])
    if value == "week":
        return rows.filter(pk__in=[row.pk for row in rows if _owed(row) and 0 <= _left(row, today) <= 7])
    return rows


def _owed(suggestion: Suggestion) -> bool:
    return queries.stage_of(suggestion) in stages.IN_HANDLING | {stages.Stage.RETURNED}


def _left(suggestion: Suggestion, today) -> int:
    return (queries.due_of(suggestion).date - today).days


def _stage_choices():
    return [("chair", "待主席团交办"), *((stage.value, stage.label) for stage in stages.Stage)]


def _of_unit(rows: QuerySet, value: str) -> QuerySet:
    if value not in {str(pk) for pk in Unit.objects.values_list("pk", flat=True)}:
        return rows
    given = Assignment.objects.kept().filter(unit_id=value)
    return rows.filter(pk__in=given.values("suggestion_id"))


def _handling_units():
    given = Assignment.objects.kept().values("unit_id")
    return [(str(unit.pk), unit.name) for unit in Unit.objects.filter(pk__in=given)]


def _last(rows, attribute: str):
    found = list(rows.all())
    return getattr(found[-1], attribute) if found else ""


def _rating(row) -> str:
    ratings = list(row.ratings.all())
    words = [f"态度{one.get_attitude_display()}、结果{one.get_result_display()}" for one in ratings]
    return "；".join(words)


def suggestions(standing: Standing) -> Listing:
    """The ledger of suggestions as a viewer may see it: names of confidential ones are hidden from units."""

    def name(row: Suggestion) -> str:
        return row.lead.name if queries.sees_names(standing, row) else HIDDEN_NAME

    def cosigners(row: Suggestion) -> str:
        names = "、".join(one.deputy.name for one in row.cosigners.all() if one.confirmed_on)
        return names if queries.sees_names(standing, row) else HIDDEN_NAME * bool(names)

    def search(rows: QuerySet, text: str) -> QuerySet:
        wanted = Q(number__icontains=text) | Q(title__icontains=text)
        wanted |= Q(situation__icontains=text) | Q(proposal__icontains=text)
        by_name = Q(lead__in=named(Deputy.objects.all(), text).values("pk"))
        # Otherwise the search would answer who stands behind a confidential suggestion.
        wanted |= by_name if standing.has(*READS_ALL) else by_name & Q(confidential=False)
        return rows.filter(wanted)

    return Listing(
        title="代表建议台账",
        name="suggestions",
        columns=_ledger(name, cosigners),
        default="-submitted_on",
        search=search,
        search_hint="编号、标题、内容、领衔代表",
        filters=[
            Filter("stage", "阶段", _stage_choices, _with_stage),
            Filter("due", "期限", lambda: [("now", "已逾期"), ("week", "7天内到期")], _overdue),
            Filter("unit", "承办单位", _handling_units, _of_unit),
            by_field("category", "类别", _categories, "category_id"),
            Filter("session", "提出时间", _sessions, _of_session),
            _by_year("submitted_on", _years(Suggestion, "submitted_on")),
        ],
        empty=("还没有代表建议", "代表可以随时提出建议，也可以把接待中选民反映的事项转为建议。"),
        empty_icon="journal-text",
    )


def _ledger(name, cosigners) -> list[Col]:
    def share(attribute: str):
        return lambda row: getattr(queries.lead_share(row), attribute, "") if queries.lead_share(row) else ""

    def helpers(row: Suggestion) -> str:
        return "、".join(s.unit.name for s in queries.current_shares(row) if s.part == Assignment.Part.ASSIST)

    def link(row: Suggestion, place) -> str:
        return reverse("proposals-suggestion", args=[place.code, row.pk])

    def due(row: Suggestion):
        limit = queries.due_of(row)
        return limit.date if limit else ""

    def extended(row: Suggestion):
        return "、".join(str(one.new_due) for one in row.extensions.all() if one.agreed_on)

    return [
        Col("number", "编号", lambda r: r.number or "未编号", "number", link, width=12),
        Col("title", "标题", lambda r: r.title, "title", link, width=36),
        Col("lead", "领衔代表", name, width=12),
        Col("category", "类别", lambda r: r.category.label, "category__position,category__label"),
        Col("submitted_on", "提出日期", lambda r: r.submitted_on, "submitted_on,number", width=12),
        Col("stage", "阶段", stage_badge),
        Col("unit", "主办单位", lead_unit, width=18),
        Col("due", "答复期限", due, width=12),
        Col("left", "办理进度", days_left),
        Col("session", "届次会次", lambda r: str(r.session) if r.session_id else "闭会期间", width=24, screen=False),
        Col("cosigners", "联名代表", cosigners, width=24, screen=False),
        Col("scale", "办理层级", lambda r: r.get_scale_display(), screen=False),
        Col("assisting", "协办单位", helpers, width=24, screen=False),
        Col("assigned_on", "交办日", lambda r: r.assigned_on, "assigned_on", width=12, screen=False),
        Col("extended", "延期批准", extended, width=12, screen=False),
        Col("signed_on", "签收日", share("signed_on"), width=12, screen=False),
        Col("talked_on", "面商日", lambda r: _last(r.talks, "held_on"), width=12, screen=False),
        Col("replied_on", "答复日", lambda r: _last(r.replies, "replied_on"), width=12, screen=False),
        Col("grade", "结果分类", lambda r: _last(r.replies, "grade"), width=10, screen=False),
        Col("rating", "代表评价", _rating, width=30, screen=False),
        Col(
            "redone", "重新办理次数", lambda r: max(len(queries.facts_of(r).rounds) - 1, 0), numeric=True, screen=False
        ),
        Col("closed_on", "办结日", lambda r: r.closed_on, "closed_on", width=12, screen=False),
    ]


def _sessions():
    rows = Suggestion.objects.filter(session__isnull=False).select_related("session__term")
    sessions = {row.session_id: str(row.session) for row in rows.order_by("session_id").distinct("session_id")}
    return [("none", "闭会期间"), *((str(pk), words) for pk, words in sessions.items())]


def _of_session(rows: QuerySet, value: str) -> QuerySet:
    if value == "none":
        return rows.filter(session__isnull=True)
    known = {pk for pk, _ in _sessions()}
    return rows.filter(session_id=value) if value in known else rows
