"""What a township plans for a year, and what became of it."""

from datetime import date

from congress import clock, figures
from congress.models import Township
from congress.web.pages import township_view
from congress.web.records import at, detail_page, form_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import Col, Listing, show
from congress.wording import chinese_date
from reports.actions.composing import PLAN, take_up
from reports.forms_kept import PlanItemForm, TakeUpForm
from reports.kinds import year_in_hand
from reports.models import PlanItem
from reports.permissions import EDIT, VIEW
from reports.queries import planning
from reports.story import Value


def _outcome(row: PlanItem) -> str:
    """What the office said; of what has a figure nobody has to say anything."""
    return "按数据说明" if row.figure else row.get_outcome_display() or ""


PLAN_LIST = Listing(
    title="年度计划事项",
    name="plan",
    columns=[
        Col("year", "年度", lambda i: f"{i.year}年", "year", find="year"),
        Col("words", "事项", lambda i: i.words, "words", lambda i, town: url_of(i, town), width=36, find="words"),
        Col("source", "来源", lambda i: i.get_source_display(), "source", find="source"),
        Col("due_on", "完成时限", lambda i: i.due_on, "due_on", find="due_on"),
        Col("target", "目标数", lambda i: i.target, "target", numeric=True),
        Col("outcome", "落实情况", _outcome, "outcome", find="outcome"),
        Col("basis", "依据", lambda i: i.basis, "basis", width=24, find="basis"),
    ],
    default="-year",
    days="due_on",
    search_hint="年度、事项、来源、时限、依据",
    empty=("还没有计划事项", "列入后写进下一年的安排，到年底在报告里逐项说明落实情况。"),
    empty_icon="list-check",
)


def _values(township: Township, year: int, keys) -> dict[str, Value]:
    """Figures of a year as they are now, or at its end where it is over."""
    known = [key for key in dict.fromkeys(keys) if key in figures.registered()]
    cut_off = max(date(year, 1, 1), min(clock.today(), date(year, 12, 31)))
    return {key: Value.of(one) for key, one in figures.compute(known, township, year, cut_off).items()}


@township_view(VIEW)
def plan(request, township):
    """What was and is planned."""
    heads = (
        [
            ("登记事项", at(township, "reports-plan-item-new"), "plus-lg"),
            ("选列法定职责和未完成事项", at(township, "reports-plan-offers"), "card-checklist"),
        ]
        if request.allows(EDIT)
        else ()
    )
    return show(request, township, PLAN_LIST, PlanItem.objects.kept(), actions=heads)


@township_view(VIEW)
def item(request, township, pk):
    """One item with what became of it by now."""
    found = kept_or_404(PlanItem, pk)
    values = _values(township, found.year, [found.figure])
    rows = [
        ("年度", f"{found.year}年"),
        ("来源", found.get_source_display()),
        ("依据", found.basis),
        ("完成时限", chinese_date(found.due_on)),
        ("落实情况", _became(found, values)),
    ]
    return detail_page(request, PLAN, found, rows=rows, edit=EDIT)


def _became(found: PlanItem, values) -> str:
    how = planning.standing(found, values)
    said = PlanItem.Outcome(how).label if how else "还没有说明"
    if not found.figure:
        return f"{said}　{found.outcome_words}".strip()
    figure = figures.registered().get(found.figure)
    if figure is None:
        return "所用的数据平台已不再提供，请改为由办事员说明"
    return f"{said}：目标{found.target}{figure.unit}，{figure.label}到目前{values[found.figure].value}{figure.unit}"


@township_view(EDIT)
def item_edit(request, township, pk=None):
    """Plan something, or say what became of it."""
    year = year_in_hand(clock.today()) + 1
    fresh = PlanItem(township=township, year=year, due_on=date(year, 12, 31))
    row = kept_or_404(PlanItem, pk) if pk else fresh
    return keep_page(
        request, PLAN, PlanItemForm(request.POST or None, instance=row), listed=at(township, "reports-plan")
    )


@township_view(EDIT)
def item_withdraw(request, township, pk):
    """Take back an item entered by mistake."""
    return withdraw_page(request, PLAN, kept_or_404(PlanItem, pk), at(township, "reports-plan"))


@township_view(EDIT)
def take_up_page(request, township):
    """Choose from the duties by law and from what the year before left unfinished."""
    year = year_in_hand(clock.today()) + 1
    before = planning.items(township, year - 1)
    offered = planning.offers(township, year, _values(township, year - 1, [one.figure for one in before]))
    form = TakeUpForm(request.POST or None, offers=offered)
    return form_page(
        request,
        form,
        lambda: take_up(request.user, township, form.picked),
        title=f"选列{year}年计划事项",
        lead="上年没有完成的承诺，和法律规定每年要做的事。选中的列入计划，时限先按年底计，以后可以改。"
        if offered
        else "法定职责和上年未完成的事项都已列入。",
        submit="列入计划",
        said=lambda number: f"已列入{number}项。",
        back=at(township, "reports-plan"),
    )
