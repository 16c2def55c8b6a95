"""The roster as a document, and the structure of the deputies in figures."""

from congress import clock, files
from congress.documents.fonts import GETA
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_xlsx
from congress.web.pages import done, page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.web.table import XLSX
from congress.wording import percent
from deputies.documents import draft_roster, issue_roster, members, to_check_by_hand
from deputies.forms import IssueForm
from deputies.permissions import DETAIL, ISSUE
from deputies.queries import current_term, structure

SHEET = [
    Column("what", "项目"),
    Column("group", "类别", width=24),
    Column("count", "人数", width=10),
    Column("share", "比例", width=10),
    Column("total", "总数", width=10),
]


def _no_term(request, township):
    return done(request, "还没有登记乡镇届次，请先登记届次和代表资格。", at(township, "deputies-list"))


@township_view(DETAIL)
def roster_draft(request, township):
    """The roster of the present term as a PDF marked as a draft; nothing is stored."""
    today = clock.today()
    term = current_term(today)
    if term is None:
        return _no_term(request, township)
    name = safe_filename(township.name, "代表花名册（草稿）", today, "pdf")
    convention = "xingshi" if request.GET.get("order") == "xingshi" else "xingming"
    return files.download(draft_roster(township, term, today, convention), name=name, content_type="application/pdf")


@township_view(ISSUE)
@proved
def roster_issue(request, township):
    """Issue the roster of the present term."""
    today = clock.today()
    term = current_term(today)
    if term is None:
        return _no_term(request, township)
    form = IssueForm(request.POST or None, initial={"issued_on": today})
    rare, undrawn = to_check_by_hand(term, today)
    consequences = ["取一个发文字号，定稿内容和PDF从此不变", "只列公开项目，不含身份证号、电话和住址"]
    if rare:
        consequences.insert(0, f"姓名含生僻字，请先在草稿上核对笔画顺序：{'、'.join(rare)}")
    if undrawn:
        consequences.insert(0, f"字体没有的字以“{GETA}”代替，请在纸面上手写填入：{'、'.join(undrawn)}")
    return form_page(
        request,
        form,
        lambda: issue_roster(request.user, township, term, **form.cleaned_data),
        title="印发代表花名册",
        lead="印发前请下载草稿核对。",
        submit="印发",
        said=lambda document: f"已印发{document.title}。",
        back=lambda document: at(township, "document", document.pk),
        cancel_url=at(township, "deputies-list"),
        template="congress/confirm.html",
        rows=[("届次", term), ("代表名额", term.seats), ("列入人数", len(members(term, today)))],
        consequences=consequences,
    )


@township_view(DETAIL)
def structure_page(request, township):
    """The deputies in office by sex, party, ethnic group, age, education and occupation; as xlsx too."""
    today = clock.today()
    term = current_term(today)
    people = members(term, today) if term else []
    total = len(people)
    tables = [
        (title, [(word, count, percent(count, total)) for word, count in rows])
        for title, rows in structure(people, today)
    ]
    if request.GET.get("format") == "xlsx":
        lines = [[title, word, count, share, total] for title, rows in tables for word, count, share in rows]
        name = safe_filename(township.name, "代表结构统计", today)
        return files.download(write_xlsx(SHEET, lines, f"{township}代表结构统计"), name=name, content_type=XLSX)
    context = {"term": term, "tables": tables, "total": total, "xlsx": f"{request.path}?format=xlsx"}
    return page(request, "deputies/structure.html", context)
