"""What of this app waits for somebody: the lines of the home page."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from congress import clock
from congress.models import Role
from congress.permissions import Standing
from congress.web.todo import Todo, provider
from proposals import permissions as may
from proposals import queries, stages
from proposals.models import Cosigner, MatterSummary, Suggestion, SuggestionSummary
from proposals.queries.summaries import is_late

Stage = stages.Stage
SOON = 7  # days
PRESS = "打开一件，点“催办”，或者印发督办函"


@provider
def suggestions_waiting(standing: Standing) -> Iterator[Todo]:
    """Suggestions that wait for this role, and matters; nothing outside a township."""
    if standing.township is None or not standing.writes:
        return
    places = _Places(standing.township.code)
    if standing.has(Role.CLERK, Role.CHAIR):
        yield from _delivery(standing, places)
        if standing.has(Role.CLERK):
            yield from _clerk(places)
        if standing.allows(may.ASSIGN):
            yield from _chair(places)
    if standing.has(Role.CLERK, Role.UNIT):
        yield from _promises(standing, places)
    if standing.has(Role.DEPUTY):
        yield from _deputy(standing, places)
    if standing.has(Role.UNIT):
        yield from _unit(standing, places)


class _Places:
    def __init__(self, code: str):
        self.code = code

    def __call__(self, name: str, query: str = "") -> str:
        return reverse(f"proposals-{name}", args=[self.code]) + query


def _open(*holds: Q, **more) -> QuerySet:
    """The open suggestions of the township of which this holds."""
    return SuggestionSummary.objects.filter(*holds, is_open=True, **more)


def _late() -> QuerySet:
    return _open(is_late(clock.today()))


def _delivery(standing: Standing, places) -> Iterator[Todo]:
    """What was handed over and reached nobody, or that nobody has signed for."""
    found = {key: _open().filter(holds) for key, holds in queries.not_delivered().items()}
    if standing.has(Role.CLERK):
        hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
        where = places("suggestions", "?delivered=unheard")
        yield Todo("代表建议交办单待送达", found["unheard"], where, "warning", hint)
    where, hint = places("suggestions", "?delivered=unsigned"), "其中单位还没有打开的{}件"
    yield Todo("代表建议交办后未签收", found["unsigned"], where, "info", hint, found["unopened"])


def _clerk(places) -> Iterator[Todo]:
    submitted = _open(stage=Stage.SUBMITTED)
    yield Todo("代表建议待登记", submitted, places("suggestions", "?stage=submitted"), "warning")
    state = MatterSummary.State
    waiting = MatterSummary.objects.filter(state=state.WAITING)
    proposed = MatterSummary.objects.filter(proposed=True)
    hint = "其中代表已提出转办意见的{}件"
    yield Todo("反映事项待分流", waiting, places("matters", "?state=waiting"), "warning", hint, proposed)
    hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
    yield Todo("转办事项交办单待送达", queries.unread(), places("matters", "?state=unread"), "info", hint)
    yield Todo("代表建议逾期未答复", _late(), places("suggestions", "?due=now"), "danger", PRESS)


def _promises(standing: Standing, places) -> Iterator[Todo]:
    """What was promised in replies and is due: of one's own unit, for the clerk of every one."""
    rows = queries.open_promises()
    rows = rows if standing.has(Role.CLERK) else rows.filter(unit_id__in=standing.unit_ids)
    today = clock.today()
    late = rows.filter(due_on__lt=today)
    soon = rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON))
    hint = "请反馈落实，或者说明未能落实的原因"
    yield Todo("承诺事项到期未落实", late, places("promises", "?state=late"), "danger", hint)
    yield Todo(f"承诺事项{SOON}天内到期", soon, places("promises", "?state=soon"), "warning")


def _chair(places) -> Iterator[Todo]:
    hint = "含退办和不满意需重新交办的"
    waiting = _open(stage__in=stages.AWAITS_CHAIR)
    yield Todo("代表建议待交办", waiting, places("suggestions", "?stage=chair"), "warning", hint)
    yield Todo("延期申请待答复", _open(extension_asked=True), places("suggestions", "?due=asked"), "warning")
    yield Todo("代表建议逾期未答复", _late(), places("suggestions", "?due=now"), "danger", PRESS)


def _deputy(standing: Standing, places) -> Iterator[Todo]:
    replied = Suggestion.objects.filter(lead__account=standing.user, summary__stage=Stage.REPLIED)
    yield Todo("建议已答复，请评价", replied, places("mine"), "warning")
    asked = Cosigner.objects.kept().filter(
        deputy__account=standing.user, confirmed_on__isnull=True, suggestion__summary__is_open=True
    )
    yield Todo("联名待您确认", asked, places("mine"), "info")
    deputy = queries.deputy_of(standing.user)
    if deputy:
        yield Todo("事项已办结，待向选民反馈", queries.untold_by(deputy), places("mine"), "info")


def _unit(standing: Standing, places) -> Iterator[Todo]:
    today, units = clock.today(), list(standing.unit_ids)
    unsigned = SuggestionSummary.objects.filter(unsigned_units__overlap=units)
    yield Todo("代表建议待签收", unsigned, places("handling"), "warning")
    owed = queries.replies_due().filter(units__overlap=units)
    late = owed.filter(due_on__lt=today).values("subject").distinct()
    soon = owed.filter(due_on__range=(today, today + timedelta(days=SOON))).values("subject").distinct()
    yield Todo("代表建议逾期未答复", late, places("handling"), "danger")
    yield Todo(f"代表建议{SOON}天内到期", soon, places("handling"), "warning")
    handed = MatterSummary.objects.filter(with_unit__in=units)
    yield Todo("转办事项待办理", handed, places("handling"), "info")
