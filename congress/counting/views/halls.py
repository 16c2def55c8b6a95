"""Secret votes of the hall: their list, one with its sums once it is over, the stack of codes."""

from django.urls import reverse

from congress import clock, files, history
from congress.counting import permissions as may
from congress.counting.actions import halls as acts
from congress.counting.documents import slips_of
from congress.counting.forms import CodesForm, HallForm
from congress.counting.life import HALL
from congress.counting.life.halls import outcome_rows
from congress.counting.listings import HALLS
from congress.counting.queries.halls import HallFacts, HallStage, halls
from congress.spreadsheets.write import safe_filename
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew

PDF = "application/pdf"


def _found(request, pk):
    return found_or_404(HALL, request, pk)


@township_view(may.VIEW)
def hall_list(request, township):
    """Every secret vote of the hall."""
    new = [("准备会场表决", at(township, "counting-hall-new"), "plus-lg")] if request.allows(may.ORGANISE) else []
    return show(request, township, HALLS, halls(), actions=new)


@township_view(may.ORGANISE)
def prepare(request, township):
    """Prepare one."""
    form = HallForm(request.POST or None)

    def act():
        said = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        return acts.prepare(request.user, township, key=form.cleaned_data["key"], **said)

    return form_page(
        request,
        form,
        act,
        title="准备会场表决",
        lead="无记名表决、测评：到会的人各抽一张表决码，在自己的手机上表决，系统只记票数。选举国家机关领导人员、代表用纸质选票，不在这里办理。",
        submit="准备",
        said="已准备，请印制表决码。",
        back=lambda made: url_of(made, township),
        cancel_url=at(township, "counting-halls"),
    )


@township_view(may.VIEW)
def hall(request, township, pk):
    """One vote: where it stands, how many voted, and the sums once nobody votes any more."""
    row = _found(request, pk)
    facts = HallFacts(row)
    prints = facts.stage == HallStage.PREPARED and request.allows(may.ORGANISE) and request.standing.writes
    return page(
        request,
        "counting/hall.html",
        {
            "hall": row,
            "facts": facts,
            "rows": _facts_of(facts),
            "outcome": outcome_rows(facts),
            "citation": next((one.outcome.citation for one in facts.lines if one.outcome), ""),
            "address": request.build_absolute_uri(reverse("vote", args=[township.code])),
            "codes_url": at(township, "counting-hall-codes", pk) if prints else "",
            "buttons": buttons(HALL, request.standing, row),
            "history": history.of(row),
            "breadcrumbs": [("会场表决", at(township, "counting-halls")), (row.title, "")],
        },
    )


def _facts_of(facts: HallFacts) -> list[tuple[str, str]]:
    row = facts.row
    rows = [("方式", row.get_scale_display()), ("表决日期", cdatew(row.held_on))]
    rows += [("全体代表", f"{row.deputies}人"), ("出席", f"{row.present}人")]
    rows += [("表决码", f"{facts.printed}张，{cdatew(row.codes_on)}印制" if row.codes_on else "还没有印制")]
    if facts.stage != HallStage.PREPARED:
        rows.append(("已投", f"{facts.cast}人"))
    if row.opened_by:
        rows.append(("开启", f"{row.open_asked_by}提出，{row.opened_by}确认"))
    if row.closed_by:
        rows.append(("结束", f"{row.close_asked_by}提出，{row.closed_by}确认"))
    return rows


@township_view(may.ORGANISE)
def codes(request, township, pk):
    """The stack as a file, told this once."""
    row = _found(request, pk)
    address = request.build_absolute_uri(reverse("vote", args=[township.code]))
    name = safe_filename(township.name, f"{row.title}表决码", clock.today(), "pdf")
    return form_page(
        request,
        CodesForm(request.POST if request.method == "POST" else None),
        lambda: slips_of(row, acts.draw(request.user, row), address),
        title="印制表决码",
        lead=(
            f"印{row.present}张，出席的人一张。表决码只在这个文件里，系统不保存；重新印制的，以前的作废。"
            "裁开、正面朝下洗乱，由到会的人各抽一张，不登记谁抽到哪一张。"
        ),
        submit="印制",
        said="已印制。",
        back=url_of(row, township),
        answer=lambda pdf: files.download(pdf, name=name, content_type=PDF),
    )
