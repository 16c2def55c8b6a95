"""Pressing units that owe: 催办 by a message, 督办函 by a letter of the presidium. Rows of suggestions and of matters."""

from collections.abc import Iterator
from datetime import timedelta

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Notice, Step, Words
from congress.wording import chinese_date
from proposals import permissions as may
from proposals import queries
from proposals.actions import pressing as acts
from proposals.actions.common import accounts_of
from proposals.forms import pressing as forms
from proposals.life import rules
from proposals.models import Assignment, Urging
from proposals.stages import IN_HANDLING, Order

TIME_TO_ANSWER = timedelta(days=15)  # what the letter's form begins with; the office says its own day


def _urged_today(attempt: Attempt) -> Iterator[Finding]:
    """Once a day: who is pressed by the hour no longer reads it."""
    if any(row.urged_on == attempt.on and row.way == Urging.Way.MESSAGE for row in attempt.record.urgings.all()):
        yield Finding("order.done", f"{chinese_date(attempt.on)}已经催办过。")


def _owed(attempt: Attempt) -> Iterator[Finding]:
    """A unit has it and owes its reply."""
    shares = queries.owing(attempt.record)
    if not shares:
        yield Finding("order.nothing", "现在没有欠答复的承办单位，不能催办。")
    elif attempt.on < min(share.assigned_on for share in shares):
        yield Finding("order.date", "日期早于交办日期。", field="on")
    yield from _urged_today(attempt)


def _owing(attempt: Attempt) -> list[Assignment]:
    return queries.owing(attempt.record)


SUPERVISING = rules.Turn(Order("督办", IN_HANDLING, rules.GIVEN), _owing, joins=False)


def _begin_letter(attempt: Attempt) -> dict:
    return {**SUPERVISING.initial(attempt), "answer_by": attempt.on + TIME_TO_ANSWER}


def _said(attempt: Attempt) -> str:
    units = [row.unit for row in attempt.outcome]
    return f"已催办；{queries.reached(units, '催办单')}"


def _said_letter(attempt: Attempt) -> str:
    [row] = attempt.outcome
    return f"已印发督办函{row.document.number}；{queries.reached([row.unit], '督办函')}"


def _to_units(attempt: Attempt) -> Iterator[Notice]:
    """The accounts of each unit that was pressed, with what it owes and since when."""
    for row in attempt.outcome:
        people = accounts_of(row.township_id, [row.unit_id])
        if row.way == Urging.Way.LETTER:
            body = f"{row.document.number}。{row.demand}请于{chinese_date(row.answer_by)}前答复。"
            yield Notice(f"urged:{row.pk}", people, "收到督办函", body, units=[row.unit])
        else:
            yield Notice(f"urged:{row.pk}", people, "催办：请抓紧办理", _owes(attempt, row), units=[row.unit])


def _owes(attempt: Attempt, row: Urging) -> str:
    record = attempt.record
    if row.matter_id:
        return ""
    share = queries.share_of(record, row.unit)
    limit = queries.due_of(record, queries.facts_of(record).of(share.strand))
    late = (row.urged_on - limit.date).days
    return f"答复期限{chinese_date(limit.date)}" + (f"，已逾期{late}天。" if late > 0 else "。")


SUGGESTIONS = (
    Step(
        "urge",
        Words("催办", icon="bell"),
        said=_said,
        verb=verb("proposals.urge", "催办了代表建议"),
        form=forms.UrgeForm,
        permission=may.URGE,
        act=acts.urge,
        when=_owed,
        notices=_to_units,
        main=False,
        many=True,
    ),
    Step(
        "supervise",
        Words("督办函", "印发督办函", "印发"),
        said=_said_letter,
        verb=verb("proposals.supervise", "印发了督办函"),
        form=forms.SuperviseForm,
        permission=may.URGE,
        act=acts.supervise,
        when=SUPERVISING.when,
        check=acts.check_letter,
        initial=_begin_letter,
        options=SUPERVISING.options,
        notices=_to_units,
        lead="以主席团名义向承办单位发函督办，编发文字号，印发后内容不再改变；在时间轴里可以打开打印。",
        main=False,
        guard=True,
    ),
)


def matter(when) -> Step:
    """The row of a matter; `when` says that a unit has it."""

    def owed(attempt: Attempt) -> Iterator[Finding]:
        yield from when(attempt)
        yield from _urged_today(attempt)

    return Step(
        "urge",
        Words("催办", icon="bell"),
        _said,
        verb=verb("proposals.urge_matter", "催办了转办的事项"),
        form=forms.UrgeForm,
        permission=may.URGE,
        act=acts.urge_matter,
        when=owed,
        notices=_to_units,
        main=False,
        many=True,
    )
