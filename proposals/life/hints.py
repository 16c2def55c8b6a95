"""What the law has to say on the page of a step, beside what it forbids: never a refusal, always with its ground."""

from collections.abc import Callable

from congress.law import suggestion_steps
from congress.law.finding import Finding
from congress.law.suggestions import step_due
from congress.steps import Attempt
from congress.wording import chinese_date
from congress.work.workdays import work_calendar
from proposals.models import Assignment
from proposals.queries.facts import answering_shares
from proposals.queries.shares import facts_for
from proposals.queries.visible import sees_names


def one_matter(attempt: Attempt) -> list[Finding]:
    """Whether it looks like several matters, or says too little."""
    row = attempt.record
    words = f"{row.situation}{row.proposal}"
    return list(suggestion_steps.one_matter_hints(row.title, words, attempt.on, row.township.pack))


def unlisted_motion(attempt: Attempt) -> list[Finding]:
    """What holds for a motion that became a suggestion."""
    row = attempt.record
    return [suggestion_steps.unlisted_motion(attempt.on, row.township.pack)] if row.from_motion else []


def same_content(attempt: Attempt) -> list[Finding]:
    """What may be handled together, and that each is answered."""
    return [suggestion_steps.merged(attempt.on, attempt.record.township.pack)]


def answered(attempt: Attempt) -> list[Finding]:
    """Who is answered and by whom: each unit answers that handles it separately, each signer of a joint suggestion."""
    shares = answering_shares(attempt.record)
    apart = any(share.part == Assignment.Part.SEPARATE for share in shares)
    found = [suggestion_steps.separate(attempt.on, attempt.record.township.pack)] if apart else []
    return [*found, *repliees(attempt)]


def repliees(attempt: Attempt) -> list[Finding]:
    """To whom a joint suggestion is answered."""
    suggestion, pack = attempt.record, attempt.record.township.pack
    cosigners = tuple(row.deputy.name for row in suggestion.cosigners.all() if row.confirmed_on)
    if not cosigners:
        return []
    answer = suggestion_steps.joint_repliees(suggestion.lead.name, cosigners, attempt.on, pack)
    named = sees_names(attempt.standing, suggestion)
    whom = "、".join(answer.reply_to) if named else f"提出建议的{len(answer.reply_to)}位代表"
    return [
        Finding("reply.joint", f"联名建议，应当答复{whom}（{answer.note}）", answer.citation, False, force=answer.force)
    ]


def local_period(name: str, words: str) -> Callable[[Attempt], list[Finding]]:
    """The day a local rule sets for a step of the unit; `name` is the law's name of the period."""

    def hint(attempt: Attempt) -> list[Finding]:
        now = facts_for(attempt.standing, attempt.record).now
        if now is None or now.talked_on:
            return []
        limit = step_due(name, now.held_since, attempt.record.township.pack, work_calendar())
        if limit is None:
            return []
        message = (
            f"{words}应当在{chinese_date(limit.date)}以前（{'；'.join(filter(None, (limit.formula, limit.note)))}）"
        )
        return [Finding(f"period.{name}", message, limit.citation, False)]

    return hint
