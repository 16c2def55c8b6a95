"""The steps about what a unit promised: 反馈落实, 说明未能落实; whatever else became of the suggestion."""

from collections.abc import Iterator

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.models import Role
from congress.steps import Attempt, Notice, Step, Words
from congress.wording import chinese_date
from proposals import permissions as may
from proposals import queries
from proposals.actions import promising as acts
from proposals.actions.common import account_of, staff_of
from proposals.forms import promising as forms


def _unsettled(attempt: Attempt) -> Iterator[Finding]:
    """A promise of one's unit is open, and was made before."""
    rows = queries.own_promises(attempt.standing, attempt.record)
    unit = attempt.data.get("unit")
    rows = [row for row in rows if unit is None or row.unit_id == unit.pk]
    if attempt.record.withdrawn_at is not None:
        yield Finding("order.withdrawn", "这件建议已撤回。")
    elif not rows:
        yield Finding("order.nothing", "没有等待反馈的承诺事项。")
    elif attempt.on < min(row.made_on for row in rows):
        yield Finding("order.date", f"日期早于承诺日期{chinese_date(min(row.made_on for row in rows))}。", field="on")


def _first(attempt: Attempt) -> dict:
    rows = queries.own_promises(attempt.standing, attempt.record)
    return {"unit": rows[0].unit} if len(rows) == 1 else {}


def _options(attempt: Attempt) -> dict:
    return {"waiting": acts.unsettled(attempt)}


def _promised(attempt: Attempt) -> str:
    rows = queries.own_promises(attempt.standing, attempt.record)
    return "；".join(f"{row.unit}承诺{chinese_date(row.due_on)}前完成" for row in rows)


def _told(title: str):
    def notices(attempt: Attempt) -> Iterator[Notice]:
        """The deputy to whom it was promised, and the clerk."""
        row, unit = attempt.record, attempt.data["unit"]
        people = [*account_of(row.lead), *staff_of(row.township_id, Role.CLERK)]
        yield Notice(f"promise:{unit.pk}:{attempt.on}", people, f"{unit}{title}", attempt.data["note"])

    return notices


STEPS = (
    Step(
        "fulfil",
        Words("反馈落实", "反馈承诺落实情况", "提交"),
        said="已反馈落实情况。",
        verb=verb("proposals.fulfil", "反馈了承诺的落实情况"),
        form=forms.FulfilForm,
        permission=may.HANDLE,
        act=acts.fulfil,
        when=_unsettled,
        initial=_first,
        options=_options,
        notices=_told("反馈承诺已落实"),
        lead=_promised,
        guard=True,
    ),
    Step(
        "explain",
        Words("说明未能落实", submit="提交"),
        said=lambda attempt: (
            f"已说明原因，改到{chinese_date(attempt.data['new_due'])}前完成。"
            if attempt.data["new_due"]
            else "已说明未能落实的原因。"
        ),
        verb=verb("proposals.explain", "说明了承诺未能落实的原因"),
        form=forms.ExplainForm,
        permission=may.HANDLE,
        act=acts.explain,
        when=_unsettled,
        check=acts.check_new_day,
        initial=_first,
        options=_options,
        notices=_told("说明承诺未能落实"),
        lead=_promised,
        main=False,
        guard=True,
    ),
)
