"""The life of a suggestion, derived from its dated facts: which stage it is in, what may follow it, and when it is due.

Pure: plain values in, values or findings out. Nothing here knows today, a database or a page. A suggestion is handled in
rounds: the first, and one more after each rating 不满意. A round consists of strands, one for each unit that has to answer:
one where a unit leads (主办), several where each answers for itself (分办). Every strand has its own clock and its own
reply; the round stands where its least advanced strand stands, and has one rating.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from congress.law import suggestion_steps, suggestions
from congress.law.finding import Finding, blocking
from congress.law.numerals import chinese_date
from congress.law.suggestions import Due
from congress.staged import Staged


class Stage(Staged):
    """Where a suggestion stands. The order is the order of life."""

    SUBMITTED = "submitted", "已提交", "info", "等待登记"
    DECLINED = "declined", "不予受理", "neutral"
    REGISTERED = "registered", "已登记", "warning", "等待主席团交办"
    ASSIGNED = "assigned", "已交办", "info", "等待承办单位签收"
    RETURNED = "returned", "已退办", "warning", "等待主席团重新确定承办单位"
    SIGNED = "signed", "已签收", "info", "等待与代表面商"
    TALKED = "talked", "已面商", "info", "等待书面答复"
    REPLIED = "replied", "已答复", "info", "等待领衔代表评价"
    REOPENED = "reopened", "不满意待重办", "warning", "等待主席团重新交办"
    CLOSED = "closed", "已办结", "good"
    WITHDRAWN = "withdrawn", "已撤回", "neutral"


IN_HANDLING = frozenset({Stage.ASSIGNED, Stage.SIGNED, Stage.TALKED})
OWED = IN_HANDLING | {Stage.RETURNED}  # a reply is waited for
AWAITS_CHAIR = frozenset({Stage.REGISTERED, Stage.RETURNED, Stage.REOPENED})
ENDED = frozenset({Stage.DECLINED, Stage.CLOSED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Extension:
    """A request to reply later: asked, and agreed (or not yet)."""

    asked_on: date
    new_due: date
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """What one unit has to answer in a round. `since` is the first assignment: giving it to another unit after 退办 does
    not move it. `held_since`, `signed_on`, `returned_on` and `talked_on` speak of the unit that has it now."""

    since: date
    held_since: date
    signed_on: date | None = None
    returned_on: date | None = None
    talked_on: date | None = None
    replied_on: date | None = None
    extensions: tuple[Extension, ...] = ()
    number: int = 1

    @property
    def agreed(self) -> Extension | None:
        """The last extension agreed to."""
        consents = [extension for extension in self.extensions if extension.agreed_on]
        return max(consents, key=lambda extension: (extension.agreed_on, extension.new_due), default=None)

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.replied_on:
            return Stage.REPLIED
        if self.returned_on:
            return Stage.RETURNED
        if self.talked_on and self.signed_on:
            return Stage.TALKED
        return Stage.SIGNED if self.signed_on else Stage.ASSIGNED


# From the least advanced: what nobody has stands still.
_ADVANCE = (Stage.RETURNED, Stage.ASSIGNED, Stage.SIGNED, Stage.TALKED, Stage.REPLIED)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of handling. Asked for a step's day it answers as its least advanced strand does: it is signed for once
    every unit has signed, replied to on the day of the last reply. `apart`: other strands were left out."""

    number: int
    strands: tuple[Strand, ...]
    rated_on: date | None = None
    satisfied: bool | None = None
    apart: bool = False

    def of(self, strand: int) -> "Round":
        """The round as far as one strand goes."""
        own = tuple(one for one in self.strands if one.number == strand)
        return replace(self, strands=own, apart=self.apart or len(own) < len(self.strands))

    @property
    def slowest(self) -> Strand:
        """The least advanced strand; of those replied to the last."""
        return min(self.strands, key=lambda one: (_ADVANCE.index(one.stage), -(one.replied_on or date.min).toordinal()))

    @property
    def assigned_on(self) -> date:
        """The day the round began."""
        return min(one.since for one in self.strands)

    @property
    def held_since(self) -> date:
        return self.slowest.held_since

    @property
    def signed_on(self) -> date | None:
        return self.slowest.signed_on

    @property
    def returned_on(self) -> date | None:
        return self.slowest.returned_on

    @property
    def talked_on(self) -> date | None:
        return self.slowest.talked_on

    @property
    def replied_on(self) -> date | None:
        return self.slowest.replied_on


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

    def of(self, strand: int) -> "Facts":
        """The facts as far as one strand of the present round goes; whole before the assigning."""
        return replace(self, rounds=(*self.rounds[:-1], self.rounds[-1].of(strand))) if self.rounds else self


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
    return now.slowest.stage


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
        apart = facts.now is not None and facts.now.apart
        message = f"{'这一单位分办的部分' if apart else '这件建议'}目前“{here.label}”，不能{order.word}"
        message += f"；现在{here.next}。" if here.next and not apart else "。"
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
    return pressing(facts, handling, pack, office_months)[1]


def pressing(
    facts: Facts, handling: Round, pack: str, office_months: int = suggestions.OFFICE_MONTHS
) -> tuple[Strand, Due]:
    """The strand whose clock speaks for the round, with its last day: of those without a reply the one due first; once all
    have replied the one that was latest, so that one late reply makes the round late."""
    clocks = [(one, _due_of_strand(facts, handling.of(one.number), pack, office_months)) for one in handling.strands]
    waiting = [clock for clock in clocks if clock[0].replied_on is None]
    if waiting:
        return min(waiting, key=lambda clock: clock[1].date)
    return max(clocks, key=lambda clock: (clock[0].replied_on or date.min) - clock[1].date)


def _due_of_strand(facts: Facts, handling: Round, pack: str, office_months: int) -> Due:
    first, agreed = first_due(facts, handling, pack, office_months), handling.slowest.agreed
    if agreed is None or agreed.agreed_on is None:
        return first
    formula = (
        f"原期限{chinese_date(first.date)}（{first.formula}）；{chinese_date(agreed.asked_on)}申请、"
        f"{chinese_date(agreed.agreed_on)}经主席团同意，延至{chinese_date(agreed.new_due)}"
    )
    return replace(first, date=agreed.new_due, formula=formula, forward=False)


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
    if facts.now is None:
        return 0
    strand, limit = pressing(facts, facts.now, pack, office_months)
    if strand.replied_on is None and stage(facts) not in OWED:
        return 0
    return suggestions.late(strand.replied_on or on, limit).days


def in_time(facts: Facts, handling: Round, pack: str, office_months: int = suggestions.OFFICE_MONTHS) -> bool:
    """Whether every reply of the round came by its last day."""
    strand, limit = pressing(facts, handling, pack, office_months)
    return strand.replied_on is not None and strand.replied_on <= limit.date
