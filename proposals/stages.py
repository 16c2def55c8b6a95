"""The life of a suggestion, derived from its dated facts: which stage it is in, what may follow it, and when it is due.

Pure: plain values in, values or findings out. Nothing here knows today, a database or a page. A suggestion is handled in
rounds: the first, and one more after each rating 不满意. Every round has its own clock, its own reply and its own rating.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from congress.law import suggestion_steps, suggestions
from congress.law.finding import Finding, blocking
from congress.law.numerals import chinese_date
from congress.law.suggestions import Due


class Stage(StrEnum):
    """Where a suggestion stands. The order is the order of life."""

    SUBMITTED = "submitted"
    DECLINED = "declined"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    RETURNED = "returned"
    SIGNED = "signed"
    TALKED = "talked"
    REPLIED = "replied"
    REOPENED = "reopened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The stage in words."""
        return _STAGES[self][0]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _STAGES[self][1]

    @property
    def next(self) -> str:
        """What is waited for, in words; empty at the end of the life."""
        return _STAGES[self][2]


_STAGES = {
    Stage.SUBMITTED: ("已提交", "info", "等待登记"),
    Stage.DECLINED: ("不予受理", "neutral", ""),
    Stage.REGISTERED: ("已登记", "warning", "等待主席团交办"),
    Stage.ASSIGNED: ("已交办", "info", "等待承办单位签收"),
    Stage.RETURNED: ("已退办", "warning", "等待主席团重新确定承办单位"),
    Stage.SIGNED: ("已签收", "info", "等待与代表面商"),
    Stage.TALKED: ("已面商", "info", "等待书面答复"),
    Stage.REPLIED: ("已答复", "info", "等待领衔代表评价"),
    Stage.REOPENED: ("不满意待重办", "warning", "等待主席团重新交办"),
    Stage.CLOSED: ("已办结", "good", ""),
    Stage.WITHDRAWN: ("已撤回", "neutral", ""),
}
IN_HANDLING = frozenset({Stage.ASSIGNED, Stage.SIGNED, Stage.TALKED})
AWAITS_CHAIR = frozenset({Stage.REGISTERED, Stage.RETURNED, Stage.REOPENED})
ENDED = frozenset({Stage.DECLINED, Stage.CLOSED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to reply later: asked, and agreed (or not yet)."""

    asked_on: date
    new_due: date
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One round of handling. `assigned_on` is the first assignment of the round: giving it to another unit after 退办
    does not move it. `signed_on` and `returned` speak of the lead unit that has it now."""

    number: int
    assigned_on: date
    lead_since: date
    signed_on: date | None = None
    returned_on: date | None = None
    talked_on: date | None = None
    replied_on: date | None = None
    rated_on: date | None = None
    satisfied: bool | None = None
    extensions: tuple[Extension, ...] = ()

    @property
    def agreed(self) -> Extension | None:
        """The last extension agreed to in this round."""
        consents = [extension for extension in self.extensions if extension.agreed_on]
        return max(consents, key=lambda extension: (extension.agreed_on, extension.new_due), default=None)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of a suggestion's life."""

    submitted_on: date
    registered_on: date | None = None
    declined_on: date | None = None
    withdrawn_on: date | None = None
    closed_on: date | None = None
    rounds: tuple[Round, ...] = ()
    difficult: bool = False
    at_session: bool = False
    session_closed_on: date | None = None
    pack: str = "national"

    @property
    def now(self) -> Round | None:
        """The last round, if it was ever assigned."""
        return self.rounds[-1] if self.rounds else None


def stage(facts: Facts) -> Stage:
    """The stage the facts add up to; an ending outweighs everything before it."""
    endings = (
        (facts.withdrawn_on, Stage.WITHDRAWN),
        (facts.declined_on, Stage.DECLINED),
        (facts.closed_on, Stage.CLOSED),
    )
    for day, ending in endings:
        if day:
            return ending
    if facts.now is None:
        return Stage.REGISTERED if facts.registered_on else Stage.SUBMITTED
    return _stage_of_round(facts.now)


def _stage_of_round(now: Round) -> Stage:
    if now.rated_on:
        return Stage.CLOSED if now.satisfied else Stage.REOPENED
    if now.replied_on:
        return Stage.REPLIED
    if now.returned_on:
        return Stage.RETURNED
    if now.talked_on and now.signed_on:
        return Stage.TALKED
    return Stage.SIGNED if now.signed_on else Stage.ASSIGNED


@dataclass(frozen=True, slots=True)
class Order:
    """Where a step stands in the order of life: its word, the stages it may follow, and the facts its day may not precede.

    `after` names these facts with their days; `law` is the name the law's own check of dates gives the step's day.
    """

    word: str
    follows: frozenset[Stage]
    after: Callable[[Facts], Iterable[tuple[str, date | None]]] = lambda facts: [("提出", facts.submitted_on)]
    law: str = ""


def may(order: Order, facts: Facts, on: date) -> list[Finding]:
    """What stands against a step on this day: a wrong stage, or (at the field of the day) a date before what it follows.

    Blocking findings forbid it; the others are shown and left to the person. An empty list means nothing does.
    """
    here = stage(facts)
    if here not in order.follows:
        message = f"这件建议目前“{here.label}”，不能{order.word}"
        message += f"；现在{here.next}。" if here.next else "。"
        return [Finding("order.stage", message)]
    return _dates_in_order(order, facts, on)


def again_first(facts: Facts, on: date) -> list[Finding]:
    """The office wants a first 不满意 handled again before it is closed, also where a text is only referred to or silent.

    Where the text itself leaves it to the presidium (重庆 视情况) it may be closed with a reason; then the finding warns.
    """
    if stage(facts) is not Stage.REOPENED or facts.now is None or facts.now.number > 1:
        return []
    found = suggestion_steps.check_closing(on, facts.pack)
    return [replace(finding, blocking=finding.code == "step.close") for finding in found]


def _dates_in_order(order: Order, facts: Facts, on: date) -> list[Finding]:
    """The findings about the order of dates that this step would add, at the field of the date."""
    before = {finding.code for finding in suggestion_steps.check_dates(_dates(facts))}
    after = suggestion_steps.check_dates(replace(_dates(facts), **({order.law: on} if order.law else {})))
    found = [replace(finding, field="on") for finding in after if finding.code not in before]
    known = _latest(order.after(facts))
    if known and on < known[1] and not blocking(found):
        message = f"{order.word}日期{chinese_date(on)}早于{known[0]}日期{chinese_date(known[1])}。"
        found.append(Finding("order.date", message, field="on"))
    return found


def _dates(facts: Facts) -> suggestion_steps.StepDates:
    """The dates as the law's check wants them: the present round stands for the handling, the one before for the reopening."""
    now = facts.now
    dates = suggestion_steps.StepDates(submitted_on=facts.submitted_on, accepted_on=facts.registered_on)
    if now is None:
        return dates
    return replace(
        dates,
        assigned_on=now.assigned_on,
        signed_on=now.signed_on,
        talked_on=now.talked_on,
        replied_on=now.replied_on,
        rated_on=now.rated_on,
    )


def _latest(pairs: Iterable[tuple[str, date | None]]) -> tuple[str, date] | None:
    return max(((label, day) for label, day in pairs if day), key=lambda pair: pair[1], default=None)


def due(facts: Facts, pack: str, office_months: int = suggestions.OFFICE_MONTHS) -> Due | None:
    """The last day for the reply of the present round with its reason, an agreed extension respected; None before the
    assigning. `office_months` is the office's own period for a second handling where no rule is held."""
    now = facts.now
    return due_of(facts, now, pack, office_months) if now else None


def due_of(facts: Facts, handling: Round, pack: str, office_months: int = suggestions.OFFICE_MONTHS) -> Due:
    """The last day for the reply of one round."""
    first = first_due(facts, handling, pack, office_months)
    agreed = handling.agreed
    if agreed is None or agreed.agreed_on is None:
        return first
    formula = (
        f"原期限{chinese_date(first.date)}（{first.formula}）；{chinese_date(agreed.asked_on)}申请、"
        f"{chinese_date(agreed.agreed_on)}经主席团同意，延至{chinese_date(agreed.new_due)}"
    )
    return replace(first, date=agreed.new_due, formula=formula)


def first_due(facts: Facts, handling: Round, pack: str, office_months: int = suggestions.OFFICE_MONTHS) -> Due:
    """The last day before any extension."""
    if handling.number > 1:
        return suggestions.redo_due(handling.assigned_on, pack, office_months)
    return _reply_due(facts, handling, facts.difficult, pack)


def _reply_due(facts: Facts, handling: Round, difficult: bool, pack: str) -> Due:
    return suggestions.reply_due(handling.assigned_on, difficult, pack, facts.session_closed_on, facts.at_session)


def latest_due(facts: Facts, handling: Round, pack: str, office_months: int = suggestions.OFFICE_MONTHS) -> date:
    """The day no extension may pass: the longer limit of the law for the first round, the first due day for later ones."""
    if handling.number > 1:
        return first_due(facts, handling, pack, office_months).date
    return _reply_due(facts, handling, True, pack).date


def late_by(facts: Facts, pack: str, on: date, office_months: int = suggestions.OFFICE_MONTHS) -> int:
    """Days the present round is or was late: judged on the day of the reply, before that on `on`; 0 when in time."""
    limit, now = due(facts, pack, office_months), facts.now
    if limit is None or now is None:
        return 0
    if now.replied_on is None and stage(facts) not in IN_HANDLING | {Stage.RETURNED}:
        return 0
    return suggestions.late(now.replied_on or on, limit).days
