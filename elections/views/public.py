"""The public pages of elections: lists of voters, one's own entry, asking for registration."""

from django.db.models import Func, IntegerField
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from congress import clock
from congress.law import elections as law
from congress.web import limits
from congress.web.pages import page
from congress.web.public import later, public_view, send_page
from elections.actions import requests as acts
from elections.forms.requests import AskForm, LookUpForm
from elections.models import PublishedPage
from elections.queries import published as queries
from elections.queries.days import days_of

DAY = 24 * 3600
ASKED_TOO_OFTEN = "这个姓名在一天里查询的次数太多。为了不让别人试出您的证件号码，同一姓名一天只能查几次。"


@public_view("已经公布的选民名单")
def voter_list(request, township, pk):
    """A list by districts and groups, with how many voters each has, and how to object."""
    found = get_object_or_404(queries.published_lists(), pk=pk)
    number = Func("lines", function="jsonb_array_length", output_field=IntegerField())
    pages = PublishedPage.objects.kept().filter(voter_list=found).defer("lines", "entries").annotate(number=number)
    days = days_of(found.election)
    dates = law.appeal_dates(found.published_on, days.last) if found.published_on < days.last else None
    context = {
        "found": found,
        "title": queries.title_of(found, township),
        "pages": [row for row in pages if row.number],
        "supplement": queries.last_supplement(found),
        "papers": queries.papers_of(found),
        "days": days.said(),
        "appeal_by": dates.appeal_by if dates else None,
        "appeal_open": dates is not None and clock.today() <= dates.appeal_by,
        "citation": dates.citation if dates else "",
    }
    return page(request, "public/voter_list.html", context)


@public_view("已经公布的选民名单的一页")
def list_page(request, township, pk):
    """The names of one group."""
    found = get_object_or_404(PublishedPage.objects.kept().defer("entries"), pk=pk)
    listed = get_object_or_404(queries.published_lists(), pk=found.voter_list_id)
    context = {
        "found": found,
        "listed": listed,
        "title": queries.title_of(listed, township),
        "supplement": queries.last_supplement(listed),
    }
    return page(request, "public/list_page.html", context)


@public_view("查本人是否在公布的名单上，只答有没有", sends="lookup")
def look_up(request, township):
    """Yes or no, for each list that is published; of one name only so many times a day, whoever asks."""
    found = list(queries.published_lists())
    if not found:
        return page(request, "public/look_up.html", {"closed": True})
    form = LookUpForm(request.POST or None)

    def act():
        name, tail = form.cleaned_data["name"], form.cleaned_data["tail"]
        whose = salted_hmac("elections.look_up", name).hexdigest()[:32]
        if spent := limits.spend("name", township.pk, whose, seconds=DAY):
            return later(request, township, spent, ASKED_TOO_OFTEN)
        answers = [(queries.title_of(row, township), queries.stands_on(row, name, tail), row) for row in found]
        told = {stands for _, stands, _ in answers}
        context = {"answers": answers, "some_on": True in told, "some_off": False in told}
        return page(request, "public/look_up.html", context)

    return send_page(
        request,
        form,
        act,
        title="查本人是否在选民名单上",
        lead="填写姓名和身份证号后四位，只回答在不在名单上。登记时没有身份证号的，请到张贴的名单上查看。",
        submit="查询",
        answer=lambda answered: answered,
    )


@public_view("网上申请选民登记", sends="send")
def register(request, township):
    """A form for who wants to be registered; what is sent is checked by staff before it is anything."""
    campaign = acts.open_now()
    if campaign is None:
        return page(request, "public/register.html", {"closed": True})
    form = AskForm(request.POST or None)
    return send_page(
        request,
        form,
        lambda: acts.ask(form.made(campaign)),
        title="网上申请选民登记",
        lead=(
            "填写的内容只用于核对您的选民登记（依据选举法关于选民登记的规定），由工作人员打电话核对后登记，"
            "选举工作结束后三个月清除；身份证号和手机加密保存。已经在村（社区）登记过的，不用再提交。"
        ),
        submit="提交",
        answer=lambda made: page(request, "public/register.html", {"made": made, "campaign": campaign}),
    )
