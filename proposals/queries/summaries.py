"""What is kept beside suggestions and matters so that lists and counts read it by index, and from which facts it follows."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache, cached_property

from django.db.models import Q, QuerySet, Value

from congress.assembly.models import Session
from congress.law.periods import WorkCalendar
from congress.models import DueDay, Holiday, Township
from congress.prepared import Around
from congress.work.deadlines import Accounts
from congress.work.sources import Source, Summaries, grounds, reader, register
from congress.work.workdays import work_calendar
from proposals import stages
from proposals.models import (
    Assignment,
    Extension,
    Matter,
    MatterSummary,
    OfficePeriod,
    Rating,
    Reception,
    Reply,
    Suggestion,
    SuggestionSummary,
    Talk,
)
from proposals.queries.facts import (
    answering_shares,
    facts_of,
    owed,
    pressing,
    stage_of,
    with_course,
)
from proposals.queries.joined import joined_now
from proposals.queries.matters import follow_up_due, with_matter
from proposals.queries.reach import unsigned
from proposals.queries.shares import asked_extension

REPLIES = ("suggestion.reply", "suggestion.second")


def is_late(today: date | Value) -> Q:
    """Which summaries of suggestions wait for a reply although its day is over."""
    return Q(owed=True, due_on__lt=today)


RANKS = {stage: place for place, stage in enumerate(stages.Stage)}


class Suggestions:
    """What the deadlines and summaries of suggestions read, once for all of them."""

    def __init__(self, rows: Iterable[Suggestion]):
        self.rows = list(rows)
        self.accounts = Accounts(self.rows)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The days off; one query."""
        return work_calendar()


@cache
def _main() -> Around:
    return Around("joined_to", with_course(Suggestion.objects.all()))


_SUGGESTIONS = reader(lambda: with_course(Suggestion.objects.all()).prefetch_related(_main()))


def _read_suggestions(only: Collection | None) -> Suggestions:
    return Suggestions(_SUGGESTIONS(only))


def _joined_to(keys: set) -> Iterable:
    """What is joined to a suggestion is signed for with it."""
    return joined_now().filter(joined_to__in=keys).values_list("pk", flat=True)


def summary_of(suggestion: Suggestion) -> dict:
    """The values of a suggestion's summary; it is read with its course and that of the one it is joined to."""
    facts = facts_of(suggestion)
    stage, now, waits = stage_of(suggestion), facts.now, owed(suggestion)
    strand, due = pressing(suggestion, facts) if now else (None, None)
    answering = answering_shares(suggestion)
    waiting = unsigned(suggestion)
    return {
        "stage": str(stage),
        "rank": RANKS[stage],
        "is_open": stage not in stages.ENDED,
        "owed": waits,
        "round": now.number if now else 0,
        "due_on": due.date if due else None,
        "replied_on": strand.replied_on if strand else None,
        "units": "、".join(share.unit.name for share in answering),
        "unsigned_units": sorted(share.unit_id for share in waiting),
        "unheard_units": sorted(share.unit_id for share in waiting if share.delivered_on is None),
        "extension_asked": waits and any(asked_extension(suggestion, share) for share in answering),
    }


def replies_due() -> QuerySet:
    """The open days by which a unit owes its reply."""
    return DueDay.objects.open().filter(key__in=REPLIES)


class Matters:
    """What the deadlines and summaries of matters read, once for both."""

    def __init__(self, rows: Iterable[Matter]):
        self.rows = list(rows)
        self.accounts = Accounts(self.rows)


_MATTERS = reader(lambda: with_matter(Matter.objects.all()))


def _read_matters(only: Collection | None) -> Matters:
    return Matters(_MATTERS(only))


def state_of(matter: Matter) -> MatterSummary.State:
    """How a matter stands."""
    state = MatterSummary.State
    if matter.withdrawn_at or matter.reception.withdrawn_at:
        return state.WITHDRAWN
    if matter.channel == Matter.Channel.DECLINED:
        return state.DECLINED
    if matter.resolved_on:
        return state.RESOLVED if matter.told_on else state.UNTOLD
    return state.OPEN if matter.channel else state.WAITING


def runs(matter: Matter) -> bool:
    """Whether the office's own period runs; a matter that became a suggestion runs by the suggestion's, statutory clock."""
    waits = state_of(matter) in (MatterSummary.State.WAITING, MatterSummary.State.OPEN)
    return waits and matter.channel != Matter.Channel.SUGGESTION


def _matter_summary(matter: Matter) -> dict:
    state = state_of(matter)
    handled = state == MatterSummary.State.OPEN and matter.channel == Matter.Channel.UNIT
    return {
        "state": str(state),
        "held_on": matter.reception.held_on,
        "number": matter.number,
        "due_on": follow_up_due(matter).date if runs(matter) else None,
        "proposed": state == MatterSummary.State.WAITING and matter.proposed_unit_id is not None,
        "with_unit": matter.unit_id if handled else None,
        "unheard": handled and matter.delivered_on is None,
    }


SUGGESTIONS = register(
    Source(
        "proposals.suggestions",
        _read_suggestions,
        {
            Suggestion: "pk",
            Assignment: "suggestion",
            Talk: "suggestion",
            Reply: "suggestion",
            Rating: "suggestion",
            Extension: "suggestion",
            Session: "suggestions",
        },
        Suggestion,
        _joined_to,
        derived=[Summaries(SuggestionSummary, "suggestion", lambda read: read.rows, summary_of)],
    )
)
MATTERS = register(
    Source(
        "proposals.matters",
        _read_matters,
        {Matter: "pk", Reception: "matters"},
        Matter,
        derived=[Summaries(MatterSummary, "matter", lambda read: read.rows, _matter_summary)],
    )
)


@grounds
def _grounds(township: Township) -> list:
    """The pack, the office's own periods and the days off."""
    periods = OfficePeriod.objects.kept().order_by("pk").values_list("kind", "value", "effective_from")
    days = Holiday.objects.order_by("day").values_list("day", "is_workday")
    return [township.pack, list(periods), list(days)]
