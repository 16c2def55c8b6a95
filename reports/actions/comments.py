"""What is said about the sections of a draft."""

import uuid

from congress import clock
from congress.law.finding import Finding
from congress.steps import Attempt, change
from reports.models import SectionComment


def say(attempt: Attempt) -> dict:
    """Keep what somebody says about a section; its key becomes its id."""
    data = attempt.data
    attempt.made = SectionComment.objects.create(
        id=data["key"] or uuid.uuid4(),
        township=attempt.record.township,
        section=data["section"],
        author=attempt.actor,
        said_at=clock.now(),
        text=data["text"],
    )
    return {"段落": str(data["section"])}


def check_open(attempt: Attempt) -> list[Finding]:
    """It is one that waits."""
    if attempt.data["comment"].settled_at is not None:
        return [Finding("gone", "这条意见已经处理过了。", field="comment")]
    return []


def settle(attempt: Attempt) -> dict:
    """Tell what came of it."""
    said = attempt.data["comment"]
    change(said, settled_at=clock.now(), settled_by=attempt.actor, answer=attempt.data["answer"])
    return {"段落": str(said.section)}
