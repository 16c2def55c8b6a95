"""What a suggestion's end means for the matter it came of. Called inside the suggestion's own action."""

from datetime import date

from congress.guard.action import lock
from proposals.models import Matter, Suggestion


def resolve_by_suggestion(suggestion: Suggestion, on: date, result: str) -> None:
    """The suggestion made of a matter is closed: so is the matter, and its deputy may tell the voter. Inside an action."""
    if suggestion.matter_id is None:
        return
    matter = lock(suggestion.matter)
    if matter.resolved_on is None and matter.withdrawn_at is None:
        matter.resolved_on = on
        matter.answer = f"{matter.answer}\n代表建议{suggestion.number}已办结：{result}".strip()
        matter.save()


def free_matter(suggestion: Suggestion) -> None:
    """The suggestion made of a matter ended without handling: the matter waits for another way again. Inside an action."""
    if suggestion.matter_id is None:
        return
    matter = lock(suggestion.matter)
    if matter.channel == Matter.Channel.SUGGESTION and matter.resolved_on is None:
        matter.channel, matter.channelled_on = "", None
        matter.save()
