"""What a township keeps for its reports is recorded, changed and withdrawn like any plain record."""

from collections.abc import Iterable
from datetime import date

from congress import figures
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from reports import structures
from reports.models import Guiding, PlanItem, Template
from reports.queries.planning import Offer

MARKS = "{}【】"  # by which a structure says what is no word
PLAIN = "文字中不能用大括号和【】。"


def marked(words: str) -> bool:
    """Whether a structure would read more than words in these."""
    return any(mark in words for mark in MARKS)


def _check_template(template: Template) -> None:
    _, faults = structures.read(template.text)
    if faults:
        more = f"……共{len(faults)}处" if len(faults) > 5 else ""
        refuse("\n".join(str(fault) for fault in faults[:5]) + more, "text")


def _check_guiding(guiding: Guiding) -> None:
    if marked(guiding.words):
        refuse(PLAIN, "words")


TEMPLATES = Keeping(Template, "reports.template", check=_check_template, route="reports-template")
GUIDINGS = Keeping(Guiding, "reports.guiding", check=_check_guiding, route="reports-guiding")


def _check_item(item: PlanItem) -> None:
    figure = figures.registered().get(item.figure)
    last = date(item.year, 12, 31)
    refuse_where(
        [
            (
                item.due_on > last or item.due_on < date(item.year, 1, 1),
                f"完成时限要在{item.year}年之内；跨年的事项按年度分开写。",
                "due_on",
            ),
            (bool(item.figure) and figure is None, "没有这项数据。", "figure"),
            (figure is not None and figure.kind != figures.Kind.COUNT, "只能用有数量的数据。", "figure"),
            (bool(item.figure) and not item.target, "选了数据的，请写明目标数（1以上）。", "target"),
            (not item.figure and item.target is not None, "写了目标数的，请选用哪一项数据来对照。", "figure"),
            (
                bool(item.figure) and bool(item.outcome),
                "有数据的事项按数据说明落实情况，这里不填。",
                "outcome",
            ),
            (bool(item.outcome_words) and not item.outcome, "请选落实情况。", "outcome"),
            (marked(item.words), PLAIN, "words"),
            (marked(item.outcome_words), PLAIN, "outcome_words"),
        ]
    )


PLAN = Keeping(PlanItem, "reports.plan_item", check=_check_item, route="reports-plan-item")
TAKE_UP = verb("reports.take_up_plan", "选列了计划事项")


def take_up(actor, township, offers: Iterable[Offer]) -> int:
    """Write down offered items as planned; returns how many. Raises Refused when none is chosen or one is there already."""
    rows = [
        PlanItem(
            township=township,
            year=one.year,
            words=one.words,
            source=one.source,
            basis=one.basis,
            figure=one.figure,
            target=one.target,
            due_on=date(one.year, 12, 31),
        )
        for one in offers
    ]
    there = PlanItem.objects.kept().filter(year__in={row.year for row in rows}, words__in=[row.words for row in rows])
    refuse_where([(not rows, "请至少选一项。", "chosen"), (there.exists(), "所选的事项已经列入。", "chosen")])
    with action(TAKE_UP, actor=actor, township=township, detail={"事项": len(rows)}):
        PlanItem.objects.bulk_create(rows)
    return len(rows)
