"""What of this app runs out on a day: replies, second handlings, ratings and the steps of handling where a local rule sets
a day, and matters by the office's own practice."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from congress.law.periods import WorkCalendar
from congress.law.suggestions import Due, step_due
from congress.models import Role, User
from congress.work.deadlines import Deadline, Opened, accounts_of, office, register
from proposals import queries, stages
from proposals.models import Assignment, Matter, Suggestion

RATING_STEPS = (7, 1, 0, -7)
FOLLOW_UP_STEPS = (7, 1, 0, -7, -30)


def _each(people: Iterable[User]) -> list[User]:
    return list({user.pk: user for user in people}.values())


def _unit(share: Assignment, accounts: dict) -> list[User]:
    return accounts.get((share.township_id, Role.UNIT, share.unit_id), [])


def _by_day(row: Suggestion, dues: Iterable[tuple[Due, list[User]]]) -> Iterator[Opened]:
    """What runs out on the same day is one line, with everybody it concerns; each other day is a line of its own."""
    days: dict[date, tuple[Due, list[User]]] = {}
    for due, people in dues:
        days.setdefault(due.date, (due, []))[1].extend(people)
    for due, people in days.values():
        yield Opened(row, due, _each(people))


@dataclass(frozen=True)
class _Suggestions:
    """What the kinds about suggestions read, once for all of them."""

    rows: list[Suggestion]
    accounts: dict[tuple, list[User]]
    leads: dict[int, User]
    calendar: WorkCalendar | None


def _read_suggestions(only: Collection | None) -> _Suggestions:
    rows = list(_narrowed(queries.open_suggestions(), only))
    replied = [row for row in rows if queries.stage_of(row) is stages.Stage.REPLIED]
    leads = User.objects.in_bulk([row.lead.account_id for row in replied if row.lead.account_id])
    return _Suggestions(rows, accounts_of(rows), leads, queries.work_calendar() if rows else None)


def _narrowed(rows: QuerySet, only: Collection | None) -> QuerySet:
    return rows if only is None else rows.filter(pk__in=only)


def _open_strands(row: Suggestion) -> Iterator[tuple[Assignment, stages.Facts]]:
    """Of each unit that owes its reply the share, with the facts of its part."""
    if queries.owed(row):
        for share in queries.answering_shares(row):
            facts = queries.facts_of(row).of(share.strand)
            if stages.stage(facts) in stages.OWED:
                yield share, facts


def _replies(read: _Suggestions, *, second: bool) -> Iterator[Opened]:
    for row in read.rows:
        if queries.owed(row) and (queries.facts_of(row).now.number > 1) is second:
            yield from _by_day(row, _owed(row, read.accounts))


def _owed(row: Suggestion, accounts: dict) -> Iterator[tuple[Due, list[User]]]:
    """By whom a reply is owed: of each part the unit that has it, the clerk and the chair."""
    for share, facts in _open_strands(row):
        unit = _unit(share, accounts) if share.returned_on is None else []
        yield queries.due_of(row, facts), [*unit, *office(row, accounts)]


def rating_due(suggestion: Suggestion, calendar: WorkCalendar | None = None) -> Due | None:
    """The last day for the deputy's rating, None where no local rule sets one; counted in the calendar's working days."""
    if queries.stage_of(suggestion) is not stages.Stage.REPLIED:
        return None
    replied_on = queries.facts_of(suggestion).now.replied_on
    return step_due("feedback", replied_on, suggestion.township.pack, calendar)


def _ratings(read: _Suggestions) -> Iterator[Opened]:
    for row in read.rows:
        if due := rating_due(row, read.calendar):
            lead = read.leads.get(row.lead.account_id)
            yield Opened(row, due, [lead] if lead else [])


Started = Callable[[Suggestion], Iterator[tuple[date, Assignment | None]]]


def _to_assign(row: Suggestion) -> Iterator[tuple[date, Assignment | None]]:
    """Between sessions the presidium hands it on within some days of having it."""
    if queries.stage_of(row) in (stages.Stage.SUBMITTED, stages.Stage.REGISTERED) and row.session_id is None:
        yield row.submitted_on, None


def _to_sign(row: Suggestion) -> Iterator[tuple[date, Assignment | None]]:
    """A unit that has not signed for it may still say that it is not its business."""
    for share, facts in _open_strands(row):
        if stages.stage(facts) is stages.Stage.ASSIGNED:
            yield share.assigned_on, share


def _to_reassign(row: Suggestion) -> Iterator[tuple[date, Assignment | None]]:
    for share, facts in _open_strands(row):
        if stages.stage(facts) is stages.Stage.RETURNED:
            yield share.returned_on, None


def _to_talk(row: Suggestion) -> Iterator[tuple[date, Assignment | None]]:
    for share, facts in _open_strands(row):
        if stages.stage(facts) in stages.IN_HANDLING and facts.now.talked_on is None:
            yield share.assigned_on, share


def _to_advise(row: Suggestion) -> Iterator[tuple[date, Assignment | None]]:
    if queries.stage_of(row) in stages.IN_HANDLING:
        for share in queries.current_shares(row):
            if share.part == Assignment.Part.ASSIST and share.advice_on is None:
                yield share.assigned_on, share


def _local(read: _Suggestions, *, step: str, started: Started) -> Iterator[Opened]:
    """The steps for which the place's own rules set a day: the presidium's when no unit has the step, else the unit's."""
    for row in read.rows:
        yield from _by_day(
            row,
            (
                (due, _unit(share, read.accounts) if share else office(row, read.accounts))
                for on, share in started(row)
                if (due := step_due(step, on, row.township.pack, read.calendar))
            ),
        )


def _followers(matter: Matter, accounts: dict) -> list[User]:
    town = matter.township_id
    unit = accounts.get((town, Role.UNIT, matter.unit_id), []) if matter.unit_id else []
    receivers = {row.deputy.account_id for row in matter.reception.receivers.all()}
    deputies = [user for user in accounts.get((town, Role.DEPUTY, None), []) if user.pk in receivers]
    return [*unit, *accounts.get((town, Role.CLERK, None), []), *deputies]


def _read_matters(only: Collection | None) -> list[Matter]:
    # A matter that became a suggestion runs by the suggestion's own, statutory clock.
    return list(_narrowed(queries.open_matters().exclude(channel=Matter.Channel.SUGGESTION), only))


def _follow_ups(rows: list[Matter]) -> Iterator[Opened]:
    accounts = accounts_of(rows)
    for row in rows:
        if due := queries.follow_up_due(row):
            yield Opened(row, due, _each(_followers(row, accounts)))


def _suggestion_url(suggestion: Suggestion) -> str:
    return reverse("proposals-suggestion", args=[suggestion.township.code, suggestion.pk])


def _matter_url(matter: Matter) -> str:
    return reverse("proposals-matter", args=[matter.township.code, matter.pk])


def _suggestion_deadline(key: str, label: str, opened, **more) -> Deadline:
    return Deadline(key, label, _read_suggestions, opened, title=str, url=_suggestion_url, **more)


register(_suggestion_deadline("suggestion.reply", "建议答复", partial(_replies, second=False)))
register(_suggestion_deadline("suggestion.second", "建议重新办理", partial(_replies, second=True)))
register(_suggestion_deadline("suggestion.rating", "代表评价", _ratings, remind=RATING_STEPS))
for step, label, started in (
    ("assign", "闭会期间建议交办", _to_assign),
    ("return", "签收或者退办", _to_sign),
    ("reassign", "退办后重新交办", _to_reassign),
    ("first_contact", "首次联系代表", _to_talk),
    ("assisting", "协办意见", _to_advise),
):
    register(
        _suggestion_deadline(
            f"suggestion.{step}", label, partial(_local, step=step, started=started), remind=RATING_STEPS
        )
    )
register(
    Deadline(
        key="matter.follow_up",
        label="接待事项办理（内部时限，非法定）",
        read=_read_matters,
        opened=_follow_ups,
        title=lambda row: f"反映事项{row.number}（{row.category}）",
        url=_matter_url,
        remind=FOLLOW_UP_STEPS,
    )
)
