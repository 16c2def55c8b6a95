"""What of this app runs out on a day: replies, second handlings, ratings and the steps of handling where a local rule sets
a day, and matters by the office's own practice."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.urls import reverse

from congress.law.periods import WorkCalendar
from congress.law.suggestions import Due, step_due
from congress.models import Role, User
from congress.work.deadlines import Accounts, Deadline, Opened, register
from proposals import queries, stages
from proposals.models import Assignment, Matter, Promise, Suggestion
from proposals.queries.promises import PROMISES, Promises
from proposals.queries.summaries import MATTERS, SUGGESTIONS, Matters, Suggestions, runs

RATING_STEPS = (7, 1, 0, -7)
FOLLOW_UP_STEPS = (7, 1, 0, -7, -30)


People = Callable[[], Iterable[User]]


def _unit(share: Assignment, accounts: Accounts) -> list[User]:
    return accounts.of(share, Role.UNIT, share.unit_id)


@dataclass(frozen=True)
class _Owed:
    """What runs out for one part of a suggestion: the day, whom to remind, and the unit that has it (None: the office)."""

    due: Due
    tell: People
    unit: uuid.UUID | None = None


def _by_day(row: Suggestion, owed: Iterable[_Owed]) -> Iterator[Opened]:
    """What runs out on the same day is one line, with everybody it concerns; each other day is a line of its own."""
    days: dict[date, list[_Owed]] = {}
    for one in owed:
        days.setdefault(one.due.date, []).append(one)
    for parts in days.values():
        yield Opened(row, parts[0].due, partial(_all, parts), {one.unit for one in parts if one.unit})


def _all(parts: list[_Owed]) -> Iterator[User]:
    for one in parts:
        yield from one.tell()


def _open_strands(row: Suggestion) -> Iterator[tuple[Assignment, stages.Facts]]:
    """Of each unit that owes its reply the share, with the facts of its part."""
    if queries.owed(row):
        for share in queries.answering_shares(row):
            facts = queries.facts_of(row).of(share.strand)
            if stages.stage(facts) in stages.OWED:
                yield share, facts


def _replies(read: Suggestions, *, second: bool) -> Iterator[Opened]:
    for row in read.rows:
        if queries.owed(row) and (queries.facts_of(row).now.number > 1) is second:
            yield from _by_day(row, _owed(row, read.accounts))


def _owed(row: Suggestion, accounts: Accounts) -> Iterator[_Owed]:
    """By whom a reply is owed: of each part the unit that has it, the clerk and the chair."""
    for share, facts in _open_strands(row):
        held = share.returned_on is None
        tell = partial(_unit_and_office if held else _office, share, accounts)
        yield _Owed(queries.due_of(row, facts), tell, share.unit_id if held else None)


def _unit_and_office(share: Assignment, accounts: Accounts) -> list[User]:
    return [*_unit(share, accounts), *accounts.office(share)]


def _office(row, accounts: Accounts) -> list[User]:
    return accounts.office(row)


def rating_due(suggestion: Suggestion, calendar: WorkCalendar | None = None) -> Due | None:
    """The last day for the deputy's rating, None where no local rule sets one; counted in the calendar's working days."""
    if queries.stage_of(suggestion) is not stages.Stage.REPLIED:
        return None
    replied_on = queries.facts_of(suggestion).now.replied_on
    return step_due("feedback", replied_on, suggestion.township.pack, calendar)


def _ratings(read: Suggestions) -> Iterator[Opened]:
    for row in read.rows:
        if queries.stage_of(row) is stages.Stage.REPLIED and (due := rating_due(row, read.calendar)):
            yield Opened(row, due, partial(_lead, row, read))


def _lead(row: Suggestion, read: Suggestions) -> list[User]:
    return read.accounts.deputies(row, {row.lead.account_id})


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


def _local(read: Suggestions, *, step: str, started: Started) -> Iterator[Opened]:
    """The steps for which the place's own rules set a day: the presidium's when no unit has the step, else the unit's."""
    for row in read.rows:
        yield from _by_day(row, _steps_of(row, read, step, started))


def _steps_of(row: Suggestion, read: Suggestions, step: str, started: Started) -> Iterator[_Owed]:
    for on, share in started(row):
        if due := step_due(step, on, row.township.pack, read.calendar):
            tell = partial(_unit, share, read.accounts) if share else partial(_office, row, read.accounts)
            yield _Owed(due, tell, share.unit_id if share else None)


def _followers(matter: Matter, accounts: Accounts) -> list[User]:
    unit = accounts.of(matter, Role.UNIT, matter.unit_id) if matter.unit_id else []
    receivers = {row.deputy.account_id for row in matter.reception.receivers.all()}
    return [*unit, *accounts.of(matter, Role.CLERK), *accounts.deputies(matter, receivers)]


def _promised(read: Promises) -> Iterator[Opened]:
    for row in read.rows:
        if row.settled_on is None:
            yield Opened(row, queries.promise_due(row), partial(_promisers, row, read.accounts), {row.unit_id})


def _promisers(promise: Promise, accounts: Accounts) -> list[User]:
    """The unit that promised, and the clerk, who asks where nobody reads for the unit."""
    return [*accounts.of(promise, Role.UNIT, promise.unit_id), *accounts.of(promise, Role.CLERK)]


def _follow_ups(read: Matters) -> Iterator[Opened]:
    for row in read.rows:
        if runs(row):
            units = {row.unit_id} if row.unit_id else ()
            yield Opened(row, queries.follow_up_due(row), partial(_followers, row, read.accounts), units)


def _suggestion_url(suggestion: Suggestion) -> str:
    return reverse("proposals-suggestion", args=[suggestion.township.code, suggestion.pk])


def _matter_url(matter: Matter) -> str:
    return reverse("proposals-matter", args=[matter.township.code, matter.pk])


def _promise_url(promise: Promise) -> str:
    return reverse("proposals-suggestion", args=[promise.township.code, promise.suggestion_id])


def _suggestion_deadline(key: str, label: str, opened, **more) -> Deadline:
    return Deadline(key, label, SUGGESTIONS, opened, title=str, url=_suggestion_url, **more)


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
        source=MATTERS,
        opened=_follow_ups,
        title=lambda row: f"反映事项{row.number}（{row.category}）",
        url=_matter_url,
        remind=FOLLOW_UP_STEPS,
    )
)
register(
    Deadline(
        key="suggestion.promise",
        label="承诺事项（承诺的日期，非法定）",
        source=PROMISES,
        opened=_promised,
        title=lambda row: f"{row.suggestion}：{row.unit}",
        url=_promise_url,
        remind=FOLLOW_UP_STEPS,
    )
)
