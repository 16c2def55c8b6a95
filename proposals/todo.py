"""What of this app waits for somebody: the lines of the home page."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from congress import clock
from congress.models import Role
from congress.permissions import Standing
from congress.web.todo import Todo, provider
from proposals import permissions as may
from proposals import queries, stages
from proposals.models import Cosigner, Matter, MatterSummary, Suggestion, SuggestionSummary

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
        counts = _counts()
        yield from _delivery(standing, counts, places)
        if standing.has(Role.CLERK):
            yield from _clerk(counts, places)
        if standing.allows(may.ASSIGN):
            yield from _chair(counts, places)
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


def _counts() -> dict[str, int]:
    """How many open suggestions of the township stand where, and how many were not delivered; one query."""
    return SuggestionSummary.objects.filter(is_open=True).aggregate(
        submitted=Count("pk", filter=Q(stage=Stage.SUBMITTED)),
        chair=Count("pk", filter=Q(stage__in=stages.AWAITS_CHAIR)),
        asked=Count("pk", filter=Q(extension_asked=True)),
        overdue=Count("pk", filter=Q(owed=True, due_on__lt=clock.today())),
        **{key: Count("pk", filter=holds) for key, holds in queries.not_delivered().items()},
    )


def _delivery(standing: Standing, counts, places) -> Iterator[Todo]:
    """What was handed over and reached nobody, or that nobody has signed for."""
    if standing.has(Role.CLERK):
        hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
        where = places("suggestions", "?delivered=unheard")
        yield Todo("代表建议交办单待送达", counts["unheard"], where, "warning", hint)
    hint = f"其中单位还没有打开的{counts['unopened']}件" if counts["unopened"] else ""
    yield Todo("代表建议交办后未签收", counts["unsigned"], places("suggestions", "?delivered=unsigned"), "info", hint)


def _clerk(counts, places) -> Iterator[Todo]:
    yield Todo("代表建议待登记", counts["submitted"], places("suggestions", "?stage=submitted"), "warning")
    state = MatterSummary.State
    matters = Matter.objects.filter(summary__state__in=(state.WAITING, state.OPEN)).aggregate(
        waiting=Count("pk", filter=Q(summary__state=state.WAITING)),
        proposed=Count("proposed_unit", filter=Q(summary__state=state.WAITING)),
        unread=Count("pk", filter=queries.unread()),
    )
    hint = f"其中代表已提出转办意见的{matters['proposed']}件" if matters["proposed"] else ""
    yield Todo("反映事项待分流", matters["waiting"], places("matters", "?state=waiting"), "warning", hint)
    hint = "这些单位没有账号，请打印交办单送达，并登记送达日期"
    yield Todo("转办事项交办单待送达", matters["unread"], places("matters", "?state=unread"), "info", hint)
    yield Todo("代表建议逾期未答复", counts["overdue"], places("suggestions", "?due=now"), "danger", PRESS)


def _promises(standing: Standing, places) -> Iterator[Todo]:
    """What was promised in replies and is due: of one's own unit, for the clerk of every one."""
    rows = queries.open_promises()
    rows = rows if standing.has(Role.CLERK) else rows.filter(unit_id__in=standing.unit_ids)
    today = clock.today()
    due = Q(due_on__gte=today, due_on__lte=today + timedelta(days=SOON))
    found = rows.aggregate(late=Count("pk", filter=Q(due_on__lt=today)), soon=Count("pk", filter=due))
    hint = "请反馈落实，或者说明未能落实的原因"
    yield Todo("承诺事项到期未落实", found["late"], places("promises", "?state=late"), "danger", hint)
    yield Todo(f"承诺事项{SOON}天内到期", found["soon"], places("promises", "?state=soon"), "warning")


def _chair(counts, places) -> Iterator[Todo]:
    hint = "含退办和不满意需重新交办的"
    yield Todo("代表建议待交办", counts["chair"], places("suggestions", "?stage=chair"), "warning", hint)
    yield Todo("延期申请待答复", counts["asked"], places("suggestions"), "warning")
    yield Todo("代表建议逾期未答复", counts["overdue"], places("suggestions", "?due=now"), "danger", PRESS)


def _deputy(standing: Standing, places) -> Iterator[Todo]:
    replied = Suggestion.objects.filter(lead__account=standing.user, summary__stage=Stage.REPLIED)
    yield Todo("建议已答复，请评价", replied.count(), places("mine"), "warning")
    asked = Cosigner.objects.kept().filter(
        deputy__account=standing.user, confirmed_on__isnull=True, suggestion__summary__is_open=True
    )
    yield Todo("联名待您确认", asked.count(), places("mine"), "info")
    told = queries.untold_matters().filter(reception__receivers__deputy__account=standing.user).distinct()
    yield Todo("事项已办结，待向选民反馈", told.count(), places("mine"), "info")


def _unit(standing: Standing, places) -> Iterator[Todo]:
    today, units = clock.today(), list(standing.unit_ids)
    unsigned = SuggestionSummary.objects.filter(unsigned_units__overlap=units)
    yield Todo("代表建议待签收", unsigned.count(), places("handling"), "warning")
    owed = queries.replies_due().filter(units__overlap=units)
    late = Count("subject", filter=Q(due_on__lt=today), distinct=True)
    soon = Count("subject", filter=Q(due_on__range=(today, today + timedelta(days=SOON))), distinct=True)
    counts = owed.aggregate(late=late, soon=soon)
    yield Todo("代表建议逾期未答复", counts["late"], places("handling"), "danger")
    yield Todo(f"代表建议{SOON}天内到期", counts["soon"], places("handling"), "warning")
    handed = queries.kept_matters().filter(queries.OPEN, unit_id__in=units).count()
    yield Todo("转办事项待办理", handed, places("handling"), "info")
