"""The ledger of suggestions, column by column, as a viewer may see it."""

from datetime import date, timedelta

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import Combinable, OrderBy

from congress import clock
from congress.assembly.models import Session
from congress.assembly.queries import named_sessions
from congress.models import Unit
from congress.permissions import Standing
from congress.web.orders import first_of
from congress.web.records import at
from congress.web.search import Among, Name, Said, Serial, Within
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field
from congress.wording import deadline
from deputies.models import Term
from deputies.queries import called
from proposals import queries, stages
from proposals.forms.base import categories
from proposals.listings.common import by_year, category_choices, named
from proposals.models import (
    Assignment,
    Cosigner,
    Extension,
    Rating,
    Reply,
    Suggestion,
    SuggestionSummary,
    Talk,
)
from proposals.queries.visible import READS_ALL

UNNUMBERED = Said({"未编号": Q(number="")})
BETWEEN = Said({"闭会期间": Q(session__isnull=True)})
HIDDEN_NAME = "（不公开）"
WAYS = {Assignment.Part.LEAD: "主办和协办", Assignment.Part.SEPARATE: "分办"}


DELIVERED = (("unheard", "没有送达"), ("unopened", "未读"), ("unsigned", "未签收"))
WAY = Said({word: Q(assignments__part=part) for part, word in WAYS.items()})


def stage_badge(suggestion: Suggestion, facts: stages.Facts | None = None) -> Badge:
    """The stage in a word; `facts` where those of one part are meant."""
    stage = stages.stage(facts or queries.facts_of(suggestion))
    return Badge(stage.label, stage.tone)


def kept_badge(summary: SuggestionSummary) -> Badge:
    """The stage as it is kept, in a word."""
    stage = stages.Stage(summary.stage)
    return Badge(stage.label, stage.tone)


def days_left(suggestion: Suggestion, facts: stages.Facts | None = None) -> Badge | str:
    """Days left or overdue while a reply is owed; how the reply came once it did."""
    facts = facts or queries.facts_of(suggestion)
    if facts.now is None:
        return ""
    strand, limit = queries.pressing(suggestion, facts)
    return _left(stages.stage(facts), limit.date, strand.replied_on)


def _left(stage: stages.Stage, due_on: date, replied_on: date | None) -> Badge | str:
    if stage in (stages.Stage.WITHDRAWN, stages.Stage.DECLINED):
        return ""
    if replied_on is None and stage is stages.Stage.CLOSED:
        return ""
    spoken = deadline(due_on, replied_on, clock.today())
    word = spoken.word.replace("已办结", "已答复").replace("已按期", "按期答复")
    if stage is stages.Stage.REOPENED:  # the reply that came did not do: nothing to be shown in green
        return Badge(f"上一次{word}", "neutral")
    return Badge(word, spoken.tone)


def _way(suggestion: Suggestion) -> str:
    """In which way it is handled; nothing before the assigning."""
    shares = queries.answering_shares(suggestion)
    return WAYS[shares[0].part] if shares else ""


def _with_stage(rows: QuerySet, value: str) -> QuerySet:
    if value == "chair":
        return rows.filter(summary__stage__in=stages.AWAITS_CHAIR)
    return rows.filter(summary__stage=value)


class _Clock:
    """Until when a reply is owed as it concerns a viewer: a unit that answers separately by its own part."""

    def __init__(self, standing: Standing):
        self.standing = standing
        self.whole = standing.has(*READS_ALL)

    def day(self, row: Suggestion):
        """The last day; empty before the assigning."""
        if self.whole:
            return row.summary.due_on or ""
        limit = queries.due_of(row, queries.facts_for(self.standing, row))
        return limit.date if limit else ""

    def left(self, row: Suggestion) -> Badge | str:
        """Days left or overdue."""
        if self.whole:
            kept = row.summary
            return _left(stages.Stage(kept.stage), kept.due_on, kept.replied_on) if kept.due_on else ""
        return days_left(row, queries.facts_for(self.standing, row))

    def running(self, rows: QuerySet, value: str) -> QuerySet:
        """Those overdue now, due within a week, or of which a later day is asked for."""
        if value == "asked":
            return rows.filter(summary__is_open=True, summary__extension_asked=True)
        today = clock.today()
        days = {"due_on__lt": today} if value == "now" else {"due_on__range": (today, today + timedelta(days=7))}
        if self.whole or not self.standing.unit_ids:
            return rows.filter(summary__owed=True, **{f"summary__{field}": day for field, day in days.items()})
        own = queries.replies_due().filter(units__overlap=list(self.standing.unit_ids), **days)
        return rows.filter(pk__in=own.values("subject"))


def _delivered(rows: QuerySet, value: str) -> QuerySet:
    """Those handed to a unit that was told in no way yet, that has not opened it, or that has not signed."""
    if value not in dict(DELIVERED):
        return rows
    found = SuggestionSummary.objects.filter(queries.not_delivered()[value])
    return rows.filter(pk__in=found.values("suggestion"))


def _stage_choices():
    return [("chair", "待主席团交办"), *((stage.value, stage.label) for stage in stages.Stage)]


def _of_unit(rows: QuerySet, value: str) -> QuerySet:
    given = Assignment.objects.kept().filter(unit_id=value)
    return rows.filter(pk__in=given.values("suggestion_id"))


def _handling_units() -> Choices:
    return named(Unit.objects.filter(pk__in=Assignment.objects.kept().values("unit_id")))


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
        return called(row.lead, row.lead_beside) if queries.sees_names(standing, row) else HIDDEN_NAME

    def cosigners(row: Suggestion) -> str:
        names = "、".join(one.deputy.name for one in row.cosigners.all() if one.confirmed_on)
        return names if queries.sees_names(standing, row) else HIDDEN_NAME * bool(names)

    return Listing(
        title="代表建议台账",
        name="suggestions",
        columns=_ledger(name, cosigners, standing),
        default="-submitted_on",
        days="submitted_on",
        search=("situation", "proposal", "replies__text", Name("replies__contact")),
        search_hint="编号、标题、内容、代表、单位",
        filters=[
            Filter("stage", "阶段", _stage_choices, _with_stage),
            Filter(
                "due",
                "期限",
                lambda: [("now", "已逾期"), ("week", "7天内到期"), ("asked", "延期申请待答复")],
                _Clock(standing).running,
            ),
            Filter("delivered", "送达", lambda: DELIVERED, _delivered),
            Filter("unit", "承办单位", _handling_units, _of_unit),
            by_field("category", "类别", category_choices, "category_id"),
            Filter("session", "提出时间", _sessions, _of_session),
            by_year(Suggestion, "submitted_on"),
        ],
        reads=queries.with_facts,
        empty=("还没有代表建议", "代表可以随时提出建议，也可以把接待中选民反映的事项转为建议。"),
        empty_icon="journal-text",
    )


def _signed_by(path: str, standing: Standing) -> Name | Within:
    """Where a deputy's name is looked for: a viewer who may not see who stands behind a confidential suggestion may not
    learn it from the search either."""
    if standing.has(*READS_ALL):
        return Name(path)
    own = Q(lead__account=standing.user) | Q(pk__in=_cosigned(standing.user))
    return Within(Name(path), Q(confidential=False) | own)


def _by_name(name: Combinable, standing: Standing) -> OrderBy:
    """By a name, of which a viewer learns nothing who may not see it: hidden ones stand together at the end."""
    if not standing.has(*READS_ALL):
        shown = Q(confidential=False) | Q(lead__account=standing.user) | Q(pk__in=_cosigned(standing.user))
        name = Case(When(shown, then=name), default=None)
    return OrderBy(name, nulls_last=True)


def _cosigned(user):
    return Cosigner.objects.filter(deputy__account=user).values("suggestion")


def _signed_on(row: Suggestion):
    """The day the last of the units signed; empty while one has not."""
    now = queries.facts_of(row).now
    days = [one.signed_on for one in now.strands] if now else []
    return max(days) if days and all(days) else ""


def _answered(row: Suggestion) -> stages.Round | None:
    """The last round every unit has replied to; one still open leaves the one before it."""
    return next((one for one in reversed(queries.facts_of(row).rounds) if one.replied_on), None)


def _replied_on(row: Suggestion):
    answered = _answered(row)
    return answered.replied_on if answered else ""


def _grade(row: Suggestion) -> str:
    """The class of the reply; of units that answered separately that of the one that did least."""
    answered = _answered(row)
    return max((one.grade for one in row.replies.all() if answered and one.round == answered.number), default="")


def _helpers(row: Suggestion) -> str:
    return "、".join(s.unit.name for s in queries.current_shares(row) if s.part == Assignment.Part.ASSIST)


def _joined_to(row: Suggestion) -> str:
    return row.joined_to.number if row.joined_to_id and row.parted_on is None else ""


def _link(row: Suggestion, place) -> str:
    return at(place, "proposals-suggestion", row.pk)


def _extended(row: Suggestion):
    return "、".join(str(one.new_due) for one in row.extensions.all() if one.agreed_on)


_SHARES = Assignment.objects.kept().filter(part__in=Assignment.ANSWERING)
_HELP = Assignment.objects.kept().filter(part=Assignment.Part.ASSIST, returned_on__isnull=True)
_AGREED = Extension.objects.kept().filter(agreed_on__isnull=False)
_BY_WAY = first_of(_SHARES.order_by("-round"), "suggestion", "part")
_BY_HELPER = first_of(_HELP.order_by("-round", "assigned_on"), "suggestion", "unit__name")
_BY_EXTENSION = first_of(_AGREED.order_by("new_due"), "suggestion", "new_due")
# One unit that has not signed leaves the day empty.
_BY_SIGNING = first_of(_SHARES.order_by("-round", F("signed_on").desc(nulls_first=True)), "suggestion", "signed_on")
_BY_TALK = first_of(Talk.objects.kept().order_by("-held_on"), "suggestion", "held_on")
_BY_REPLY = first_of(Reply.objects.kept().order_by("-replied_on"), "suggestion", "replied_on")
_BY_GRADE = first_of(Reply.objects.kept().order_by("-round", "-grade"), "suggestion", "grade")
_BY_RATING = first_of(Rating.objects.kept().order_by("-round"), "suggestion", "result")
_BY_RATING_DAY = first_of(Rating.objects.kept().order_by("-rated_on"), "suggestion", "rated_on")
_NUMBERED = (
    Col(
        "number",
        "编号",
        lambda r: r.number or "未编号",
        "number",
        _link,
        width=12,
        find=("number", Serial("number"), UNNUMBERED),
    ),
    Col("title", "标题", lambda r: r.title, "title", _link, width=36, find="title"),
)
_HANDLING = (
    Col(
        "category",
        "类别",
        lambda r: r.category.label,
        "category__position,category__label",
        find=Among("category", categories),
    ),
    Col("submitted_on", "提出日期", lambda r: r.submitted_on, "submitted_on,number", width=12, find="submitted_on"),
    Col("stage", "阶段", lambda s: kept_badge(s.summary), "summary__rank", find="summary__stage"),
    Col("unit", "承办单位", lambda r: r.summary.units, "summary__units", width=18, find="assignments__unit__name"),
)
_PLACE = (
    Col(
        "session",
        "届次会次",
        lambda r: str(r.session) if r.session_id else "闭会期间",
        "session__opened_on",
        width=24,
        screen=False,
        find=(Among("session", named_sessions), BETWEEN),
    ),
)
_STEPS = (
    Col("scale", "办理层级", lambda r: r.get_scale_display(), "scale", screen=False, find="scale"),
    Col(
        "registered_on",
        "登记日",
        lambda r: r.registered_on,
        "registered_on",
        width=12,
        screen=False,
        find="registered_on",
    ),
    Col("way", "办理方式", _way, _BY_WAY, screen=False, find=WAY, deep=True),
    Col("joined", "并入", _joined_to, "joined_to__number", width=12, screen=False, find="joined_to__number"),
    Col(
        "assisting", "协办单位", _helpers, _BY_HELPER, width=24, screen=False, find="assignments__unit__name", deep=True
    ),
    Col(
        "assigned_on",
        "交办日",
        lambda r: r.assigned_on,
        "assigned_on",
        width=12,
        screen=False,
        find="assigned_on",
    ),
    Col(
        "extended", "延期批准", _extended, _BY_EXTENSION, width=12, screen=False, find="extensions__new_due", deep=True
    ),
    Col(
        "signed_on", "签收日", _signed_on, _BY_SIGNING, width=12, screen=False, find="assignments__signed_on", deep=True
    ),
    Col(
        "talked_on",
        "面商日",
        lambda r: _last(r.talks, "held_on"),
        _BY_TALK,
        width=12,
        screen=False,
        find="talks__held_on",
        deep=True,
    ),
    Col(
        "replied_on",
        "答复日",
        _replied_on,
        _BY_REPLY,
        width=12,
        screen=False,
        find="replies__replied_on",
        deep=True,
    ),
    Col("grade", "结果分类", _grade, _BY_GRADE, width=10, screen=False, deep=True),
    Col("rating", "代表评价", _rating, _BY_RATING, width=30, screen=False, deep=True),
    Col(
        "rated_on",
        "评价日",
        lambda r: _last(r.ratings, "rated_on"),
        _BY_RATING_DAY,
        width=12,
        screen=False,
        find="ratings__rated_on",
        deep=True,
    ),
    Col(
        "redone",
        "重新办理次数",
        lambda r: max(len(queries.facts_of(r).rounds) - 1, 0),
        "summary__round",
        numeric=True,
        screen=False,
        deep=True,
    ),
    Col("closed_on", "办结日", lambda r: r.closed_on, "closed_on", width=12, screen=False, find="closed_on"),
)


def _ledger(name, cosigners, standing: Standing) -> list[Col]:
    """The columns, with the names a viewer may see."""
    order = _by_name(F("lead__stroke_key"), standing)
    confirmed = Cosigner.objects.kept().filter(confirmed_on__isnull=False).order_by("deputy__stroke_key")
    order_of_others = _by_name(first_of(confirmed, "suggestion", "deputy__stroke_key").expression, standing)
    clocks = _Clock(standing)
    find, deep = _signed_by("lead__name", standing), not clocks.whole
    lead = Col("lead", "领衔代表", name, order, width=12, find=find, deep=deep)
    signed = _signed_by("cosigners__deputy__name", standing)
    together = Col("cosigners", "联名代表", cosigners, order_of_others, width=24, screen=False, find=signed, deep=True)
    running = [
        Col("due", "答复期限", clocks.day, "summary__due_on", width=12, deep=deep),
        Col("left", "办理进度", clocks.left, "summary__due_on", deep=deep),
    ]
    return [*_NUMBERED, lead, *_HANDLING, *running, *_PLACE, together, *_STEPS]


def _sessions() -> Choices:
    held = Session.objects.filter(pk__in=Suggestion.objects.filter(session__isnull=False).values("session"))
    rows = held.order_by("pk").values("pk", "number", term_number=F("term__number"))
    return Choices(rows, lambda found: [("none", "闭会期间"), *((row["pk"], _called(row)) for row in found)])


def _called(row: dict) -> str:
    return str(Session(number=row["number"], term=Term(number=row["term_number"])))


def _of_session(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(session=None if value == "none" else value)
