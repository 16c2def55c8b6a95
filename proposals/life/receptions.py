"""The steps of a reception that was written down: corrected, or taken back."""

from collections.abc import Iterator

from django.urls import reverse

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.models import Role
from congress.steps import Attempt, Life, Step, Words, register, who
from congress.web.forms import ReasonForm
from proposals import permissions as may
from proposals import queries
from proposals.actions import receptions as acts
from proposals.forms import receptions as forms
from proposals.models import Reception

CORRECTED = ("held_on", "people", "batches", "note")


@who("只有办事员、接待代表或者记录人可以更正。")
def wrote_or_received(standing, reception):
    """The clerk, the deputies who received, and who wrote it down."""
    own = {reception.recorded_by_id, *(row.deputy.account_id for row in reception.receivers.all())}
    return standing.has(Role.CLERK) or standing.user.pk in own


def kept(attempt: Attempt) -> Iterator[Finding]:
    """Nothing follows a withdrawal."""
    if attempt.record.withdrawn_at is not None:
        yield Finding("order.withdrawn", "这次接待已撤回。")


def mistaken(attempt: Attempt) -> Iterator[Finding]:
    """No suggestion that stands came of one of its matters."""
    yield from kept(attempt)
    for matter in attempt.record.matters.all():
        if matter.withdrawn_at is None and queries.standing_suggestions(matter):
            yield Finding("order.suggestion", f"事项{matter.number}已转为代表建议，请先撤回该建议。")


ROWS = (
    Step(
        "correct",
        Words("更正", "更正接待登记", "保存"),
        "已更正。",
        verb=verb("proposals.correct_reception", "更正了接待选民"),
        form=forms.ReceptionCorrectForm,
        permission=may.LOG,
        act=acts.correct,
        who=wrote_or_received,
        when=kept,
        check=acts.check_correction,
        main=False,
        initial=lambda attempt: {name: getattr(attempt.record, name) for name in CORRECTED},
    ),
    Step(
        "withdraw",
        Words("撤回误录", "撤回误录的接待", "撤回"),
        "已撤回。",
        verb=verb("proposals.withdraw_reception", "撤回了误录的接待选民"),
        form=ReasonForm,
        permission=may.UNDO,
        act=acts.withdraw,
        when=mistaken,
        main=False,
        apart=True,
        lead="连同其中的事项一并撤回；原记录保留备查，不再计入统计。",
        then=lambda attempt: reverse("proposals-receptions", args=[attempt.record.township.code]),
    ),
)
RECEPTION = register(
    Life(
        name="proposals-reception",
        kind="reception",
        model=Reception,
        read=queries.with_reception,
        visible=queries.visible_receptions,
        steps=ROWS,
    )
)
