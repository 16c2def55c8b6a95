"""What a township keeps for its reports: structures of its own, and the words of the year."""

from congress import figures
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import Col, Listing, show
from congress.wording import as_date, chinese_date
from reports import naming, structures
from reports.actions.composing import GUIDINGS, TEMPLATES
from reports.conditions import RULES
from reports.forms_kept import GuidingForm, TemplateForm
from reports.kinds import ANNUAL
from reports.models import Guiding, Template
from reports.permissions import EDIT, VIEW
from reports.placeholders import FORMS
from reports.sentences import INSERTS
from reports.story import PLACE_WORDS, YEAR_WORDS

TEMPLATE_LIST = Listing(
    title="报告结构",
    name="templates",
    columns=[
        Col("name", "名称", lambda t: t.name, "name", lambda t, town: url_of(t, town), find="name"),
        Col("kind", "用于", lambda t: t.get_kind_display(), "kind", find="kind"),
        Col("created_at", "录入日期", lambda t: as_date(t.created_at), "created_at", find="created_at"),
    ],
    default="name",
    search_hint="名称、用于哪种报告",
    empty=("还没有自己的结构", "可以从通行的结构复制一份，再改章节和句子。"),
    empty_icon="diagram-3",
)
GUIDING_LIST = Listing(
    title="重要提法",
    name="guidings",
    columns=[
        Col("words", "文字", lambda g: g.words, "words", lambda g, town: url_of(g, town), width=40, find="words"),
        Col("kind", "类别", lambda g: g.get_kind_display(), "kind", find="kind"),
        Col("from_on", "开始日期", lambda g: g.from_on, "from_on", find="from_on"),
        Col("until_on", "结束日期", lambda g: g.until_on, "until_on", find="until_on"),
        Col("basis", "出处", lambda g: g.basis, "basis", width=30, find="basis"),
    ],
    default="-from_on",
    days="from_on",
    search_hint="文字、类别、出处、日期",
    empty=("还没有重要提法", "指导思想、重要会议、工作总部署等登记后，按日期写进各年的报告。"),
    empty_icon="flag",
)


@township_view(EDIT)
def templates(request, township):
    """The township's own structures, and the usual ones to begin from."""
    heads = [
        (f"复制“{one.name}”", f"{at(township, 'reports-template-new')}?from={one.key}", "plus-lg")
        for one in structures.shipped().values()
    ]
    return show(request, township, TEMPLATE_LIST, Template.objects.kept(), actions=heads)


def _language() -> dict:
    """What may be written in a structure, for the page on which one is."""
    return {
        "rules": [(f"【{word}】", rule.means, rule.number) for word, rule in RULES.items()],
        "figures": list(figures.names().values()),
        "place_words": [f"{{{word}}}" for word in PLACE_WORDS],
        "year_words": [f"{{{word}}}" for word in YEAR_WORDS],
        "inserts": [f"{{{word}}}" for word in INSERTS],
        "forms": FORMS,
    }


@township_view(EDIT)
def template(request, township, pk):
    """One structure as it is written."""
    found = kept_or_404(Template, pk)
    return detail_page(
        request,
        TEMPLATES,
        found,
        rows=[],
        edit=EDIT,
        template="reports/template.html",
        text=naming.in_names(found.text),
        faults=structures.read(found.text)[1],
    )


@township_view(EDIT)
def template_edit(request, township, pk=None):
    """Write a structure, beginning with one of the usual ones, or change it."""
    begun = structures.shipped().get(request.GET.get("from", ""), structures.shipped()[ANNUAL.structure])
    row = kept_or_404(Template, pk) if pk else Template(township=township, kind=begun.kind, text=begun.text)
    form = TemplateForm(request.POST or None, instance=row)
    return keep_page(
        request,
        TEMPLATES,
        form,
        listed=at(township, "reports-templates"),
        template="reports/template_edit.html",
        **_language(),
    )


@township_view(EDIT)
def template_withdraw(request, township, pk):
    """Take a structure back."""
    return withdraw_page(
        request,
        TEMPLATES,
        kept_or_404(Template, pk),
        at(township, "reports-templates"),
        "撤回后不能再用来起草报告；已经拟出的报告不变。",
    )


@township_view(VIEW)
def guidings(request, township):
    """The words of the years."""
    head = [("登记提法", at(township, "reports-guiding-new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, GUIDING_LIST, Guiding.objects.kept(), actions=head)


@township_view(VIEW)
def guiding(request, township, pk):
    """One of them, with its days."""
    found = kept_or_404(Guiding, pk)
    until = chinese_date(found.until_on) if found.until_on else "有新的提法为止"
    rows = [
        ("类别", found.get_kind_display()),
        ("起止", f"{chinese_date(found.from_on)}至{until}"),
        ("出处", found.basis),
        ("现在", "写进报告" if found.current else "不再写进报告"),
    ]
    return detail_page(request, GUIDINGS, found, rows=rows, edit=EDIT)


@township_view(EDIT)
def guiding_edit(request, township, pk=None):
    """Record words of the year, or change them."""
    row = kept_or_404(Guiding, pk) if pk else Guiding(township=township)
    form = GuidingForm(request.POST or None, instance=row)
    return keep_page(request, GUIDINGS, form, listed=at(township, "reports-guidings"))


@township_view(EDIT)
def guiding_withdraw(request, township, pk):
    """Take back words entered by mistake."""
    return withdraw_page(request, GUIDINGS, kept_or_404(Guiding, pk), at(township, "reports-guidings"))
