"""The ways a matter goes after the reception, its result, and telling the voter."""

import uuid
from collections.abc import Iterable
from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Category, Unit
from congress.wording import chinese_date
from deputies.models import Deputy
from proposals.actions.common import clean_words, is_staff, need, works_for
from proposals.actions.suggestions import submit_suggestion
from proposals.models import Matter, Suggestion

ANSWER = verb("proposals.answer_matter", "当场答复了反映事项")
HAND = verb("proposals.hand_matter", "转办了反映事项")
UPWARD = verb("proposals.pass_matter", "向上级报送了反映事项")
DECLINE = verb("proposals.decline_matter", "告知了反映事项的正当渠道")
TURN = verb("proposals.turn_matter", "将反映事项转为代表建议")
RESOLVE = verb("proposals.resolve_matter", "记录了反映事项的办理结果")
TELL = verb("proposals.tell_voter", "向选民反馈了办理结果")
CORRECT = verb("proposals.correct_matter", "更正了反映事项")
WITHDRAW = verb("proposals.withdraw_matter", "撤回了误录的反映事项")
ON_THE_SPOT = "当面"


def send_on(actor, matter: Matter, channel: str, *, text: str, unit: Unit | None, on: date) -> None:
    """Send a matter the way that was chosen when it was written down; none, or 转建议, leaves it for the next page."""
    if channel == Matter.Channel.ON_THE_SPOT:
        answer_on_the_spot(actor, matter, answer=text, on=on)
    elif channel == Matter.Channel.UNIT:
        hand_to_unit(actor, matter, unit=unit, note=text, on=on)
    elif channel == Matter.Channel.UPWARD:
        pass_upward(actor, matter, passed_to=text, on=on)
    elif channel == Matter.Channel.DECLINED:
        decline_matter(actor, matter, proper_channel=text, on=on)
    elif text:
        refuse("填写了答复内容但没有选择处理方式。", "channel")


def answer_on_the_spot(actor, matter: Matter, *, answer: str, on: date, version=None) -> Matter:
    """The deputy could answer at once: the voter is told, the matter is resolved that day."""
    answer = need(answer, "text", "请写明当场答复的内容。")
    clean_words(text=answer)
    with action(ANSWER, actor=actor, subject=matter):
        matter = _undecided(matter, on, version)
        matter.channel, matter.channelled_on = Matter.Channel.ON_THE_SPOT, on
        matter.answer, matter.resolved_on = answer, on
        matter.told_on, matter.told_how = on, ON_THE_SPOT
        matter.save()
    return matter


def hand_to_unit(actor, matter: Matter, *, unit: Unit | None, on: date, note: str = "", version=None) -> Matter:
    """Hand the matter to a unit of the town or the county."""
    if unit is None:
        refuse("请选择承办单位。", "unit")
    clean_words(text=note)
    with action(HAND, actor=actor, subject=matter, detail={"承办单位": str(unit)}):
        matter = _undecided(matter, on, version)
        matter.channel, matter.channelled_on, matter.unit, matter.answer = Matter.Channel.UNIT, on, unit, note
        matter.save()
    return matter


def pass_upward(actor, matter: Matter, *, passed_to: str, on: date, version=None) -> Matter:
    """Beyond the township's power: pass it to a higher body, which is named."""
    passed_to = need(passed_to, "text", "请写明报送给谁，如上一级人大常委会。")
    clean_words(text=passed_to)
    if len(passed_to) > 60:
        refuse("报送对象请不超过60个字。", "text")
    with action(UPWARD, actor=actor, subject=matter):
        matter = _undecided(matter, on, version)
        matter.channel, matter.channelled_on, matter.passed_to = Matter.Channel.UPWARD, on, passed_to
        matter.save()
    return matter


def decline_matter(actor, matter: Matter, *, proper_channel: str, on: date, version=None) -> Matter:
    """Not for the congress (lawsuits, arbitration, petitions of one's own …): the voter is told where to go instead."""
    proper_channel = need(proper_channel, "text", "请写明告知选民的正当渠道，如信访、诉讼、行政复议、仲裁。")
    clean_words(text=proper_channel)
    if len(proper_channel) > 100:
        refuse("告知的渠道请不超过100个字。", "text")
    with action(DECLINE, actor=actor, subject=matter):
        matter = _undecided(matter, on, version)
        matter.channel, matter.channelled_on = Matter.Channel.DECLINED, on
        matter.proper_channel, matter.told_on, matter.told_how = proper_channel, on, ON_THE_SPOT
        matter.save()
    return matter


def turn_into_suggestion(
    actor,
    matter: Matter,
    *,
    lead: Deputy,
    title: str,
    situation: str,
    proposal: str,
    on: date,
    category: Category | None = None,
    cosigners: Iterable[Deputy] = (),
    confidential: bool = False,
    session=None,
    scale: str = Suggestion.Scale.TOWNSHIP,
    from_motion: bool = False,
    key: uuid.UUID | None = None,
    version=None,
) -> Suggestion:
    """Make a suggestion of the matter; each keeps the way to the other. Sent twice with one `key` it is one suggestion."""
    if key and (before := Suggestion.objects.filter(pk=key).first()):
        return before
    with action(TURN, actor=actor, subject=matter):
        matter = _undecided(matter, on, version, field="submitted_on")
        suggestion = submit_suggestion(
            actor,
            matter.township,
            lead=lead,
            title=title,
            situation=situation,
            proposal=proposal,
            category=category or matter.category,
            on=on,
            matter=matter,
            cosigners=cosigners,
            confidential=confidential,
            session=session,
            scale=scale,
            from_motion=from_motion,
            key=key,
        )
        matter.channel, matter.channelled_on = Matter.Channel.SUGGESTION, on
        matter.save()
    return suggestion


def resolve_matter(actor, matter: Matter, *, answer: str, on: date, version=None) -> Matter:
    """Write down how a handed or passed matter was dealt with. A unit only its own; a suggestion's result comes by itself."""
    answer = need(answer, "text", "请写明办理结果。")
    clean_words(text=answer)
    with action(RESOLVE, actor=actor, subject=matter):
        matter = _kept(matter, version)
        if matter.channel not in (Matter.Channel.UNIT, Matter.Channel.UPWARD):
            refuse("只有转办或者报上级的事项在这里记录办理结果。")
        if matter.resolved_on:
            refuse(f"该事项已于{chinese_date(matter.resolved_on)}办结。")
        own_unit = matter.unit_id and works_for(actor, matter.unit_id, matter.township_id)
        if not (own_unit or is_staff(actor, matter.township_id) or _received(actor, matter)):
            refuse("该事项不是交给您的单位办理的。", code="not_own")
        _not_before(on, matter.channelled_on, "分流")
        matter.resolved_on = on
        matter.answer = f"{matter.answer}\n{answer}".strip()
        matter.save()
    return matter


def tell_voter(actor, matter: Matter, *, on: date, how: str, opinion: str = "", version=None) -> Matter:
    """The voter was told the result: when, how, and what the voter thought of it."""
    how = need(how, "how", "请写明反馈方式，如当面、电话。")
    clean_words(how=how)
    with action(TELL, actor=actor, subject=matter):
        matter = _kept(matter, version)
        if matter.resolved_on is None:
            refuse("事项还没有办结，办结后再向选民反馈。")
        if matter.told_on:
            refuse(f"已于{chinese_date(matter.told_on)}反馈过。")
        _not_before(on, matter.resolved_on, "办结")
        matter.told_on, matter.told_how, matter.opinion = on, how, opinion
        matter.save()
    return matter


def correct_matter(
    actor, matter: Matter, *, words: str, category: Category, confidential: bool, version=None
) -> Matter:
    """Correct how a matter was written down. Raises Refused, and Conflict when somebody else changed it meanwhile."""
    words = need(words, "words", "请按选民原话写下反映的内容。")
    clean_words(words=words)
    with action(CORRECT, actor=actor, subject=matter) as act:
        matter = _kept(matter, version)
        if not (is_staff(actor, matter.township_id) or _received(actor, matter)):
            refuse("只有办事员、主席或者接待代表可以更正。", code="not_own")
        changed = {"words": words, "category": category, "confidential": confidential}
        act.detail = {"项目": [name for name, value in changed.items() if getattr(matter, name) != value]}
        for name, value in changed.items():
            setattr(matter, name, value)
        matter.save()
    return matter


def withdraw_matter(actor, matter: Matter, *, reason: str) -> None:
    """Take back a matter entered by mistake. Refused once a suggestion came of it."""
    reason = need(reason, "reason", "请写明撤回的原因。")
    clean_words(reason=reason)
    with action(WITHDRAW, actor=actor, subject=matter):
        matter = _kept(matter)
        if matter.suggestions.kept().exists():
            refuse("该事项已转为代表建议，请先撤回该建议。")
        matter.withdrawn_at, matter.withdrawn_reason = clock.now(), reason
        matter.save()


def _kept(matter: Matter, version=None) -> Matter:
    matter = lock(matter, version)
    if matter.withdrawn_at is not None:
        refuse("该事项已撤回。")
    return matter


def _undecided(matter: Matter, on: date, version=None, field: str = "on") -> Matter:
    matter = _kept(matter, version)
    if matter.channel:
        refuse(f"该事项已于{chinese_date(matter.channelled_on)}{matter.get_channel_display()}。")
    held_on = matter.reception.held_on
    if on < held_on:
        refuse(f"日期{chinese_date(on)}早于接待日期{chinese_date(held_on)}。", field)
    return matter


def _not_before(on: date, earlier: date | None, words: str) -> None:
    if earlier and on < earlier:
        refuse(f"日期{chinese_date(on)}早于{words}日期{chinese_date(earlier)}。", "on")


def _received(actor, matter: Matter) -> bool:
    return matter.reception.receivers.filter(deputy__account=actor).exists()
