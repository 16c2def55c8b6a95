"""Counts and their units as they come from outside; opened, closed and mixed by the room."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from congress import clock
from congress.counting import tally
from congress.counting.models import Count, CountName, CountTurn, CountUnit
from congress.counting.queries import CountFacts, UnitFacts, counts
from congress.counting.stages import CountStage
from congress.guard.action import action, lock, verb
from congress.guard.record import Record
from congress.guard.refusal import refuse, refuse_blocking
from congress.law.ballots import BallotRules
from congress.law.finding import Finding
from congress.models import Township, User
from congress.steps import Attempt, change

PREPARE = verb("counting.prepare", "准备了计票")
UNITS = verb("counting.units", "登记了计票单元")
TELLERS = verb("counting.tellers", "列明了计票人员")
What = CountTurn.What


@dataclass(frozen=True)
class Given:
    """A unit as the ledger of the day knows it, before its ballots are counted."""

    name: str
    issued: int
    took_part: int
    kind: str = CountUnit.Kind.BOX
    source_id: uuid.UUID | None = None


def open_count(
    actor,
    township: Township,
    *,
    title: str,
    kind: str,
    held_on: date,
    names: Sequence[tuple[uuid.UUID | None, str]],
    measure: str = Count.Measure.NONE,
    seats: int = 0,
    registered: int = 0,
    present: int = 0,
    write_ins: bool = False,
    rules: BallotRules | None = None,
    subject: Record | None = None,
) -> Count:
    """Prepare a count with everything it needs: the names in the order of the ballot, each with what it stands for outside.

    It is opened by two people afterwards. Raises Refused for a ballot that cannot be counted. Side effect: one event.
    """
    labels = [label for _, label in names]
    refuse_blocking(_against_ballot(kind, measure, seats, labels))
    row = Count(
        township=township,
        title=title,
        kind=kind,
        measure=measure,
        held_on=held_on,
        seats=seats,
        registered=registered,
        present=present,
        write_ins=write_ins,
        rules={key: value for key, value in asdict(rules or BallotRules()).items() if key != "fixed_on"},
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
    )
    with action(PREPARE, actor=actor, subject=row) as act:
        row.save(force_insert=True)
        for at, (subject_id, label) in enumerate(names, start=1):
            CountName(township=township, count=row, position=at, label=label, subject_id=subject_id).save(
                force_insert=True
            )
        act.detail = {"种类": row.get_kind_display(), "应选": seats, "票上": len(labels)}
    return row


def _against_ballot(kind: str, measure: str, seats: int, labels: list[str]) -> list[Finding]:
    election = kind == Count.Kind.ELECTION
    checks = (
        (not labels or not all(label.strip() for label in labels), "票上至少有一个姓名或者一件事项，都不能空着。"),
        (len({*labels}) != len(labels), "票上有两个相同的姓名，请注明住址或者单位加以区分。"),
        (election and seats < 1, "选举应当写明应选名额。"),
        (not election and (seats or measure != Count.Measure.NONE), "对人、对事项的表决没有应选名额和当选条件。"),
    )
    return [Finding("ballot", message) for wrong, message in checks if wrong]


def units_from(actor, count: Count, given: Sequence[Given]) -> None:
    """Take the units from the ledger. Sent again, the same source is the same unit: its numbers are changed
    while nobody has sat down at it, and it is refused afterwards where they differ.

    Raises Refused for a count that is closed too. Side effect: one event with their number.
    """
    with transaction.atomic(), action(UNITS, actor=actor, subject=count) as act:
        facts = CountFacts(counts().get(pk=lock(count).pk))
        if facts.stage == CountStage.CLOSED:
            refuse("计票已经结束，单元不能再改；确有错误的，由两人重新开启。")
        known = {one.unit.source_id: one for one in facts.units if one.unit.source_id}
        number = len(facts.units)
        for one in given:
            before = known.get(one.source_id)
            if before is None:
                number += 1
                row = CountUnit(township=count.township, count=count, number=number, **asdict(one))
                row.save(force_insert=True)
            else:
                _again(before, one)
        act.detail = {"单元": len(given)}


def _again(before: UnitFacts, given: Given) -> None:
    values = {key: value for key, value in asdict(given).items() if key != "source_id"}
    same = all(getattr(before.unit, key) == value for key, value in values.items())
    if not same and (before.begun or before.unit.mixed_into_id):
        refuse(f"{before.unit.name}已经开始录入或者已经混合，发出、参加投票的数字不能再改；请先查明哪一个对。")
    change(before.unit, **values)


def name_tellers(actor, count: Count, people: Iterable[User]) -> Count:
    """Say which of the election staff read and sign a count; those of the office may without. Whoever wants something counted
    asks 选举法四十三 first: nobody near to a candidate counts.

    Returns the count. Side effect: one event with their number.
    """
    with transaction.atomic(), action(TELLERS, actor=actor, subject=count) as act:
        held: Count = lock(count)
        change(held, tellers=sorted({one.pk for one in people}))
        act.detail = {"人数": len(held.tellers)}
    return held


# -- opened and closed by two people


def ask(what: str):
    """The first of two: somebody asks that the count be opened or closed."""

    def act(attempt: Attempt) -> dict:
        count: Count = attempt.record
        facts = attempt.once(CountFacts)
        turn = CountTurn(
            township=count.township,
            count=count,
            what=what,
            number=len(count.made) + 1,
            reason=attempt.data.get("reason", ""),
            fingerprint=facts.fingerprint if what == What.CLOSE else "",
            first_by=attempt.actor,
        )
        turn.save(force_insert=True)
        return {"次序": turn.number, **({"计票指纹": turn.fingerprint} if turn.fingerprint else {})}

    return act


def let(attempt: Attempt) -> dict:
    """The second of two: from here on it is so."""
    turn = attempt.once(CountFacts).asked
    change(turn, second_by=attempt.actor)
    told = {"次序": turn.number, "事项": turn.get_what_display(), "提出人": turn.first_by.username}
    return told | ({"计票指纹": turn.fingerprint} if turn.fingerprint else {})


def take_back(attempt: Attempt) -> dict:
    """Whoever asked, or the one who was to let it be so, says no."""
    turn = attempt.once(CountFacts).asked
    change(turn, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"次序": turn.number, "事项": turn.get_what_display()}


def discard(attempt: Attempt) -> dict:
    """A count that was prepared by mistake and never opened is taken back."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}


# -- mixed on the table


def mix(attempt: Attempt) -> dict:
    """The ballots of two or more units are mixed on the table and read as one; their ledgers stay apart."""
    unit: CountUnit = attempt.record
    others = [one for one in attempt.once(UnitFacts).whole.read if one.unit.pk in attempt.data["others"]]
    parts = [unit, *(one.unit for one in others)]
    numbers = "、".join(str(one.number) for one in sorted(parts, key=lambda one: one.number))
    made = CountUnit(
        township=unit.township,
        count=unit.count,
        number=max(one.number for one in unit.count.emptied) + 1,
        name=f"混合单元（{numbers}号）",
        kind=CountUnit.Kind.MIXED,
        issued=sum(one.issued for one in parts),
        took_part=sum(one.took_part for one in parts),
    )
    made.save(force_insert=True)
    for one in parts:
        change(one, mixed_into=made)
    attempt.made = made
    return {"混合": numbers, "发出的票": made.issued}


def small_finding(facts: UnitFacts) -> Finding:
    """Why a unit has to be mixed first."""
    unit = facts.unit
    said = f"{unit.name}发出{unit.issued}张、参加{unit.took_part}人，不足{tally.SMALL_UNIT}张，不能单独录入"
    return tally.Notice("E303", said).finding(facts.whole.paper.direct, unit.count.held_on, typist=False)
