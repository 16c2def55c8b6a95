"""Questions of the county: asked on its pages, answered on the township's."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.web.pages import county_view, page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.table import Badge, Col, Filter, Listing, show
from congress.wording import deadline
from reports.actions import asking as actions
from reports.models import CountyQuestion
from reports.permissions import ANSWER, ASK, COUNTY, QUESTIONS
from reports.queries import asking
from reports.views.county_forms import AnswerForm, AskForm

STATES = (("waiting", "没有答复"), ("answered", "已答复"))


def _answer(row: CountyQuestion, name: str):
    return getattr(row.the_answers[0], name) if row.the_answers else ""


def _state(row: CountyQuestion) -> Badge:
    if row.the_answers:
        return Badge("已答复", "good")
    if row.due_on is None:
        return Badge("没有答复", "info")
    spoken = deadline(row.due_on)
    return Badge(spoken.word, spoken.tone)


def _by_state(rows, value: str):
    return rows.filter(answered=value == "answered")


COLUMNS = [
    Col("about", "事项", lambda row: row.about, "about", url=lambda row, _: url_of(row), width=30, find="about"),
    Col("text", "问题", lambda row: row.text, "text", width=36, find="text"),
    Col("asked_on", "询问日期", lambda row: row.asked_on, "asked_on", width=12, find="asked_on"),
    Col("due_on", "希望答复", lambda row: row.due_on, "due_on", width=12, find="due_on"),
    Col("state", "状态", _state, "answered,due_on,asked_on"),
    Col("answer", "答复", lambda row: _answer(row, "text"), "said", width=36, find="answers__text"),
    Col(
        "answered_on",
        "答复日期",
        lambda row: _answer(row, "answered_on"),
        "said_on",
        find="answers__answered_on",
        width=12,
    ),
]
ASKED = Listing(
    title="上级询问",
    name="questions",
    columns=COLUMNS,
    default="-asked_on",
    days="asked_on",
    search_hint="事项、问题、答复、日期",
    filters=[Filter("state", "状态", lambda: STATES, _by_state)],
    empty=("没有上级询问", "上级对某个数字、某件事有疑问时，在这里提出。"),
)
ASKING = Listing(
    title="询问和答复",
    name="county-questions",
    columns=[
        Col("township", "乡镇", lambda row: str(row.township), "township__code,asked_on", find="township__name"),
        *COLUMNS,
    ],
    default="-asked_on",
    days="asked_on",
    search_hint="乡镇、事项、问题、答复、日期",
    filters=[Filter("state", "状态", lambda: STATES, _by_state)],
    empty=("还没有询问", "看到有疑问的数字或者记录，可以就此询问乡镇，乡镇的答复也在这里。"),
)


@county_view(COUNTY)
def asked(request, county):
    """Everything the county asked, with the answers."""
    ways = [("询问乡镇", reverse("reports-county-ask", args=[county.code]), "question-circle")]
    return show(request, county, ASKING, asking.questions(county.real_townships), actions=ways)


@county_view(ASK)
def ask(request, county):
    """Ask a township about a number or a row; what is known of it is filled in."""
    given = {name: request.GET.get(name, "") for name in ("township", "about", "page")}
    form = AskForm(request.POST or None, initial=given, townships=county.townships.real())
    return form_page(
        request,
        form,
        lambda: actions.ask(request.user, county, **form.cleaned_data),
        title="询问乡镇",
        lead="乡镇在首页看到，答复后您会收到消息。询问发出后不能修改。",
        submit="发出询问",
        said="已发出询问。",
        back=reverse("reports-county-questions", args=[county.code]),
    )


@township_view(QUESTIONS)
def question_list(request, township):
    """What the county asked this township."""
    return show(request, township, ASKED, asking.questions([township]))


def _question(township, pk) -> CountyQuestion:
    return get_object_or_404(asking.questions([township]), pk=pk)


@township_view(QUESTIONS)
def question(request, township, pk):
    """A question, what it is about, and the answer."""
    found = _question(township, pk)
    may_answer = request.allows(ANSWER) and request.standing.writes and not found.the_answers
    context = {
        "question": found,
        "answers": found.the_answers,
        "answer_url": at(township, "reports-question-answer", pk) if may_answer else "",
    }
    return page(request, "reports/question.html", context)


@township_view(ANSWER)
def answer(request, township, pk):
    """Answer a question of the county."""
    found = _question(township, pk)
    form = AnswerForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.answer(request.user, found, form.cleaned_data["text"]),
        title=f"答复询问：{found.about}",
        lead=found.text,
        submit="答复",
        said="已答复，询问的人会收到消息。",
        back=url_of(found),
    )
