"""The page on which the hall votes: no account, no cookie of a person, a code drawn from a shuffled stack. It asks for the code,
shows what is voted on, and says that the vote was taken."""

from django.shortcuts import get_object_or_404

from congress.counting.actions import halls as acts
from congress.counting.forms import AnswersForm, CodeForm
from congress.guard import scope
from congress.guard.refusal import Refused
from congress.models import Township
from congress.web import limits
from congress.web.login import counted_address
from congress.web.pages import open_view, page, perform
from congress.web.public import later

REASON = "会场无记名表决：凭从洗乱的一叠里抽到的表决码，不登录，不留投票人的任何记录"


@open_view(REASON)
def vote(request, code):
    """Ask for the code; with a good one show the questions; with answers take the vote."""
    township = get_object_or_404(Township.objects.in_use().select_related("county"), code=code)
    request.published_by = township
    if request.method == "POST" and (spent := limits.spend("vote", township.pk, counted_address(request))):
        answer = later(request, township, spent)
    else:
        with scope.township(township):
            answer = _taken(request, township) if request.method == "POST" else _asked(request, CodeForm())
    answer["Cache-Control"] = "no-store, private"
    return answer


def _asked(request, form: CodeForm):
    return page(request, "counting/vote.html", {"form": form, "title": "会场表决", "submit": "下一步", "thumbs": True})


def _taken(request, township: Township):
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    code = form.cleaned_data["code"]
    try:
        facts = acts.hall_of(township, code)
    except Refused as refused:
        for finding in refused.findings:
            form.add_error("code", str(finding))
        return _asked(request, form)
    sent = request.POST if "cast" in request.POST else None
    answers = AnswersForm(sent, facts=facts, initial={"code": code})
    held = sent is not None and answers.is_valid()
    if held and perform(answers, lambda: (acts.cast(township, code, answers.answers),)):
        return page(request, "counting/voted.html", {"hall": facts.row})
    context = {"form": answers, "title": facts.row.title, "submit": "投票", "facts": facts, "thumbs": True}
    if sent is not None:
        context["again"] = "没选的记为弃权，就这样投"
    return page(request, "counting/vote.html", context)
