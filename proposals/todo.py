"""What of this app waits for somebody: the lines of the home page."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse

from congress import clock
from congress.models import Category, Role, Unit
from congress.permissions import Standing
from congress.web.todo import Todo, provider
from deputies.models import Deputy, Station
from proposals import queries, stages
from proposals.models import Assignment, Cosigner

Stage = stages.Stage
SOON = 7  # days
PRESS = "打开一件，点“催办”，或者印发督办函"


@provider
def suggestions_waiting(standing: Standing) -> Iterator[Todo]:
    """Suggestions that wait for this role, and matters; nothing outside a township."""
    if standing.township is None or not standing.writes:
        return
    rows = list(
        queries.open_suggestions(queries.with_joined).filter(pk__in=queries.visible_suggestions(standing).values("pk"))
    )
    places = _Places(standing.township.code)
    if standing.has(Role.CHAIR, Role.CLERK):
        yield from _delivery(standing, rows, places)
    if standing.has(Role.CLERK):
        yield from _clerk(rows, places)
    if standing.has(Role.CHAIR):
        yield from _chair(rows, places)
    if standing.has(Role.DEPUTY):
        yield from _deputy(standing, rows, places)
    if standing.has(Role.UNIT):
        yield from _unit(standing, rows, places)


@provider
def to_begin_with(standing: Standing) -> Iterator[Todo]:
    """What a township that has just begun still lacks, in the order in which one needs the other."""
    if standing.township is None or not standing.writes or not standing.has(Role.CLERK):
        return
    code = standing.township.code
    matters = Category.objects.kept().filter(kind=Category.Kind.MATTER)
    for label, hint, rows, name, *arguments in (
        ("导入代表花名册", "现有的表格一次导入，届次和选区随导入登记", Deputy.objects, "import-new", "deputies.roster"),
        ("登记承办单位", "镇直各站所、县级部门和村（社区），可一次导入", Unit.objects, "import-new", "congress.units"),
        ("登记代表联络站", "接待选民时选择", Station.objects, "deputies-stations"),
        ("设置反映事项和建议的类别", "登记接待、提出建议时选择", matters, "categories"),
    ):
        missing = not rows.kept().exists()
        yield Todo(label, int(missing), reverse(name, args=[code, *arguments]), "info", hint)


class _Places:
    def __init__(self, code: str):
        self.code = code

    def __call__(self, name: str, query: str = "") -> str:
        return reverse(f"proposals-{name}", args=[self.code]) + query


def _at(rows, *wanted: Stage) -> int:
    return sum(queries.stage_of(row) in wanted for row in rows)


def _overdue(rows) -> int:
    today = clock.today()
    return sum(queries.late_by(row, today) > 0 for row in rows if queries.owed(row))


def _delivery(standing: Standing, rows, places) -> Iterator[Todo]:
    """What was handed over and reached nobody, or that nobody has signed for."""
    found = queries.not_delivered(rows)
    if standing.has(Role.CLERK):
        hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
        yield Todo(
            "代表建议交办单待送达", len(found["unheard"]), places("suggestions", "?delivered=unheard"), "warning", hint
        )
    hint = f"其中单位还没有打开的{len(found['unopened'])}件" if found["unopened"] else ""
    yield Todo(
        "代表建议交办后未签收", len(found["unsigned"]), places("suggestions", "?delivered=unsigned"), "info", hint
    )


def _clerk(rows, places) -> Iterator[Todo]:
    yield Todo("代表建议待登记", _at(rows, Stage.SUBMITTED), places("suggestions", "?stage=submitted"), "warning")
    undecided = queries.without_channel().aggregate(all=Count("pk"), proposed=Count("proposed_unit"))
    hint = f"其中代表已提出转办意见的{undecided['proposed']}件" if undecided["proposed"] else ""
    yield Todo("反映事项待分流", undecided["all"], places("matters", "?state=waiting"), "warning", hint)
    unread = queries.open_matters().filter(queries.unread()).count()
    hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
    yield Todo("转办事项交办单待送达", unread, places("matters", "?state=unread"), "info", hint)
    yield Todo("代表建议逾期未答复", _overdue(rows), places("suggestions", "?due=now"), "danger", PRESS)


def _chair(rows, places) -> Iterator[Todo]:
    waiting = _at(rows, *stages.AWAITS_CHAIR)
    yield Todo(
        "代表建议待交办", waiting, places("suggestions", "?stage=chair"), "warning", "含退办和不满意需重新交办的"
    )
    asked = sum(
        any(queries.asked_extension(row, share) for share in queries.answering_shares(row))
        for row in rows
        if queries.owed(row)
    )
    yield Todo("延期申请待答复", asked, places("suggestions"), "warning")
    yield Todo("代表建议逾期未答复", _overdue(rows), places("suggestions", "?due=now"), "danger", PRESS)


def _deputy(standing: Standing, rows, places) -> Iterator[Todo]:
    own = [row for row in rows if row.lead.account_id == standing.user.pk]
    yield Todo("建议已答复，请评价", _at(own, Stage.REPLIED), places("mine"), "warning")
    asked = Cosigner.objects.filter(
        deputy__account=standing.user, confirmed_on__isnull=True, suggestion__in=[row.pk for row in rows]
    )
    yield Todo("联名待您确认", asked.count(), places("mine"), "info")
    told = queries.untold_matters().filter(reception__receivers__deputy__account=standing.user).distinct()
    yield Todo("事项已办结，待向选民反馈", told.count(), places("mine"), "info")


def _unit(standing: Standing, rows, places) -> Iterator[Todo]:
    today = clock.today()
    shares = [
        (row, share) for row in rows for share in queries.current_shares(row) if share.unit_id in standing.unit_ids
    ]
    # One that is handled with another is signed for there.
    unsigned = sum(
        share.signed_on is None and queries.owed(row) and queries.handled_with(row, share) is None
        for row, share in shares
    )
    yield Todo("代表建议待签收", unsigned, places("handling"), "warning")
    parts = [
        (row, queries.facts_of(row).of(share.strand)) for row, share in shares if share.part in Assignment.ANSWERING
    ]
    owed = [(row, facts) for row, facts in parts if stages.stage(facts) in stages.OWED]
    late = [row for row, facts in owed if queries.late_by(row, today, facts)]
    soon = [row for row, facts in owed if 0 <= (queries.due_of(row, facts).date - today).days <= SOON]
    yield Todo("代表建议逾期未答复", len(late), places("handling"), "danger")
    yield Todo(f"代表建议{SOON}天内到期", len(soon), places("handling"), "warning")
    handed = queries.open_matters().filter(unit_id__in=standing.unit_ids).count()
    yield Todo("转办事项待办理", handed, places("handling"), "info")
