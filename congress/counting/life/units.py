"""The steps of a unit: mixed where its ballots are few, read by two, settled by a third, signed."""

from congress.counting import forms
from congress.counting import permissions as may
from congress.counting.actions import counts as counts_acts
from congress.counting.actions import readings as acts
from congress.counting.actions import signing
from congress.counting.models import CountReader, CountUnit
from congress.counting.queries import UnitFacts, named, units_with_facts, visible, words_of
from congress.counting.stages import UnitStage
from congress.counting.tally import CODES
from congress.guard.action import verb
from congress.guard.record import kept
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register, who
from congress.web.records import url_of

BEGIN = verb("counting.begin", "开始看纸录入")
DECIDE = verb("counting.decide", "看纸确定了两次录入不一致的栏")
SEND_BACK = verb("counting.send_back", "退回了一份录入")
SIGN = verb("counting.sign_unit", "签认了计票单元")
RELEASE = verb("counting.release", "换下了录入人")
MIX = verb("counting.mix", "将计票单元混合")
Place = CountReader.Place
PAIR = (Place.FIRST, Place.SECOND)


def _open(facts: UnitFacts) -> list[Finding]:
    """Two people opened the count, and the unit's ballots are read as this unit."""
    if facts.unit.mixed_into_id is not None:
        return [Finding("order.mixed", "这一单元的票已经并入混合单元，在混合单元里录入。")]
    if not facts.whole.open:
        code = CODES["E305"]
        return [Finding("E305", f"E305 计票现在是“{facts.whole.stage.label}”，不能录入。{code.look}")]
    return []


def _to_begin(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    found = _open(facts)
    if not found and facts.small:
        found.append(counts_acts.small_finding(facts))
    if not found and all(place in facts.seats for place in PAIR):
        found.append(Finding("order.taken", "两次录入都有人了。"))
    return found


@who("您没有列为这次计票的计票人员，或者已经是（做过）这一单元的录入人、复核人；两次录入和复核由三个不同的人看纸办理。")
def _no_other_place(standing, unit) -> bool:
    return standing.user is None or (named(standing, unit.count) and UnitFacts(unit).held_by(standing.user) is None)


@who("确定、退回由录入人以外的第三人办理；这一单元已有复核人的，由他办理。")
def _third(standing, unit) -> bool:
    facts = UnitFacts(unit)
    seat = facts.seats.get(Place.THIRD)
    if seat is not None:
        return standing.user is None or seat.reader.user_id == standing.user.pk
    return standing.user is None or facts.held_by(standing.user) is None


def _differing(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    found = _open(facts)
    if not found and facts.stage != UnitStage.DIFFERENT:
        found.append(Finding("order.stage", "两份都录完而且不一致的，才需要确定。"))
    return found


def _both_final(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    found = _open(facts)
    if not found and facts.pair is None:
        found.append(Finding("order.stage", "两份都录完以后才能退回。"))
    return found


def _settled(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    found = _open(facts)
    if not found and facts.settled is None:
        found.append(Finding("order.stage", "这一单元还没有确定，不能签认。"))
    return found


@who("您已经签认过（内容没有变化的不用再签），或者没有列为这次计票的计票人员。")
def _not_signed(standing, unit) -> bool:
    if not named(standing, unit.count):
        return False
    return standing.user is None or all(one.signed_by_id != standing.user.pk for one in UnitFacts(unit).holding)


def _seat_to_free(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    found = _open(facts)
    if not found and not _held(facts):
        found.append(Finding("order.nobody", "没有可以换下的人：没有人在录入，或者这一单元已经确定。"))
    return found


def _held(facts: UnitFacts) -> list[tuple[str, str]]:
    """Places whose holder may be replaced: not once what was read there counts."""
    if facts.settled is not None:
        return []
    return [(str(place), f"{seat.reader}：{seat.reader.user}") for place, seat in sorted(facts.seats.items())]


def _mixable(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(UnitFacts)
    if facts.unit.mixed_into_id is not None:
        return [Finding("order.mixed", "这一单元的票已经并入混合单元。")]
    if facts.whole.last is not None and not facts.whole.open:
        return _open(facts)
    if facts.begun:
        return [Finding("order.begun", "已经有人录入，不能再混合。")]
    if not _others(facts):
        return [Finding("order.alone", "没有别的还没有录入的单元可以混合。")]
    return []


def _others(facts: UnitFacts) -> list[CountUnit]:
    return [one.unit for one in facts.whole.read if one.unit.pk != facts.unit.pk and not one.begun]


def _reading_shown(attempt: Attempt) -> Consequences:
    """What one signs: the reading that stands."""
    facts = attempt.once(UnitFacts)
    words, sheet = words_of(facts.whole.paper), facts.settled
    rows = [("发出 / 参加投票", f"{facts.unit.issued}张 / {facts.unit.took_part}人")]
    rows += [(words[cell.key], sheet.get(cell.key)) for cell in facts.whole.paper.cells]
    rows += [(f"另选 {name}", f"{votes}票") for name, votes in sheet.write_ins]
    rows.append(("计票指纹", facts.fingerprint))
    return Consequences(tuple(rows), (), tuple(signing.said_of_unit(attempt)), title="签认的内容")


def _typed(attempt: Attempt) -> str:
    return url_of(attempt.made, attempt.record.township) if attempt.made else attempt.back


UNIT = register(
    Life(
        name="counting-unit",
        kind="counting.unit",
        model=CountUnit,
        read=units_with_facts,
        visible=lambda standing: visible(standing, CountUnit.objects.kept().filter(kept("count")), "count__"),
        called=lambda unit: f"{unit.count.title}　{unit.name}",
        inside="count",
        steps=(
            Step(
                "begin",
                Words("开始录入", "开始看纸录入", "开始录入", "pencil"),
                said="请照计票单录入；没有的填0。",
                verb=BEGIN,
                form=forms.LetForm,
                permission=may.ENTER,
                act=acts.sit_down,
                who=_no_other_place,
                when=_to_begin,
                then=_typed,
            ),
            Step(
                "decide",
                Words("看纸确定", "看纸确定不一致的栏", "确定", "check-circle"),
                said="已确定。",
                verb=DECIDE,
                form=forms.DecideForm,
                permission=may.DECIDE,
                act=acts.decide,
                who=_third,
                when=_differing,
                check=acts.check_decision,
                options=lambda attempt: {
                    "facts": attempt.once(UnitFacts),
                    "words": words_of(attempt.once(UnitFacts).whole.paper),
                },
                lead="对着计票单（必要时重数这几栏的票）逐栏确定；不凭哪一份看上去对。",
            ),
            Step(
                "send-back",
                Words("退回更正", "退回一份录入", "退回"),
                said="已退回，录入人会看到原因和请他核对的栏。",
                verb=SEND_BACK,
                form=forms.SendBackForm,
                permission=may.DECIDE,
                act=acts.send_back,
                who=_third,
                when=_both_final,
                options=lambda attempt: {
                    "seats": [(str(place), Place(place).label) for place in PAIR],
                    "cells": acts.look_at_choices(attempt.once(UnitFacts)),
                },
                main=False,
                apart=True,
            ),
            Step(
                "sign",
                Words("签认", "签认计票单元", "签认", "pencil"),
                said="已签认。",
                verb=SIGN,
                form=forms.SignForm,
                permission=may.SIGN,
                act=signing.sign_unit,
                when=_settled,
                who=_not_signed,
                check=signing.check_unit,
                shows=_reading_shown,
                proved=True,
            ),
            Step(
                "mix",
                Words("混合", "将几个单元的票混合", "登记混合", "collection"),
                said="已登记混合，按混合单元录入。",
                verb=MIX,
                form=forms.MixForm,
                permission=may.ORGANISE,
                act=counts_acts.mix,
                when=_mixable,
                options=lambda attempt: {"others": _others(attempt.once(UnitFacts))},
                lead="在公开监督下把票倒在一张桌上混合后再清点；各单元的发出、参加人数仍分别登记。登记以后不能分开。",
                then=_typed,
                main=False,
            ),
            Step(
                "release",
                Words("换人", "换下录入人", "换下"),
                said="已换下，请另一人录入。",
                verb=RELEASE,
                form=forms.ReleaseForm,
                permission=may.ORGANISE,
                act=acts.release,
                when=_seat_to_free,
                options=lambda attempt: {"seats": _held(attempt.once(UnitFacts))},
                main=False,
                apart=True,
            ),
        ),
    )
)
