"""What the law has to say on the page of a step, beside what it forbids: never a refusal, always with its ground."""

from datetime import date

from congress.law import suggestion_steps
from congress.law.finding import Finding
from congress.law.suggestions import step_due
from congress.permissions import Standing
from congress.wording import chinese_date
from proposals.models import Suggestion
from proposals.queries.facts import facts_of, work_calendar
from proposals.queries.visible import sees_names
from proposals.stages import Step

# Step → the law's name of its local period, and how the page calls it.
_PERIODS = {
    Step.RETURN: ("return", "退办说明"),
    Step.ADVISE: ("assisting", "协办意见"),
    Step.TALK: ("first_contact", "首次联系代表"),
}


def hints(standing: Standing, step: Step, suggestion: Suggestion, on: date) -> list[Finding]:
    """Hints for whoever takes the step; `suggestion` comes with its facts."""
    pack = suggestion.township.pack
    if step in (Step.REGISTER, Step.DECLINE):
        words = f"{suggestion.situation}{suggestion.proposal}"
        return list(suggestion_steps.one_matter_hints(suggestion.title, words, on, pack))
    if step is Step.ASSIGN and suggestion.from_motion:
        return [suggestion_steps.unlisted_motion(on, pack)]
    if step is Step.REPLY:
        return _repliees(standing, suggestion, on)
    return _local_period(step, suggestion)


def _repliees(standing: Standing, suggestion: Suggestion, on: date) -> list[Finding]:
    cosigners = tuple(row.deputy.name for row in suggestion.cosigners.all() if row.confirmed_on)
    if not cosigners:
        return []
    answer = suggestion_steps.joint_repliees(suggestion.lead.name, cosigners, on, suggestion.township.pack)
    named = sees_names(standing, suggestion)
    whom = "、".join(answer.reply_to) if named else f"提出建议的{len(answer.reply_to)}位代表"
    return [Finding("reply.joint", f"联名建议，应当答复{whom}（{answer.note}）", answer.citation, False)]


def _local_period(step: Step, suggestion: Suggestion) -> list[Finding]:
    now = facts_of(suggestion).now
    if step not in _PERIODS or now is None or now.talked_on:
        return []
    name, words = _PERIODS[step]
    limit = step_due(name, now.lead_since, suggestion.township.pack, work_calendar())
    if limit is None:
        return []
    message = f"{words}应当在{chinese_date(limit.date)}以前（{limit.formula}）"
    return [Finding(f"period.{name}", message, limit.citation, False)]
