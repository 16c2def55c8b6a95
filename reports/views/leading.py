"""The words by which a county lets its townships' reports be led."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import clock
from congress.web.forms import KeyedForm, PlainForm
from congress.web.pages import county_view
from congress.web.records import form_page
from congress.web.table import Col, Listing, show
from reports.actions import leading as actions
from reports.forms_kept import GuidingForm
from reports.models import CountyGuiding, Guiding
from reports.permissions import RULES

SAID = GuidingForm.Meta.help_texts


def _end(row: CountyGuiding, county) -> str:
    return reverse("reports-county-guiding-end", args=[county.code, row.pk]) if row.open else ""


COUNTY_GUIDINGS = Listing(
    title="县级重要提法",
    name="county-guidings",
    columns=[
        Col("words", "文字", lambda g: g.words, "words", width=40, find="words"),
        Col("kind", "类别", lambda g: g.get_kind_display(), "kind", find="kind"),
        Col("from_on", "开始日期", lambda g: g.from_on, "from_on", find="from_on"),
        Col("until_on", "结束日期", lambda g: g.until_on, "until_on", find="until_on"),
        Col("basis", "出处", lambda g: g.basis, "basis", width=30, find="basis"),
        Col("end", "结束", lambda g: "结束" if g.open else "", url=_end, sortable=False),
    ],
    default="-from_on",
    days="from_on",
    search_hint="文字、类别、出处、日期",
    empty=("还没有县级重要提法", "登记后按日期写进各乡镇的年度工作报告，乡镇另有自己的提法。"),
    empty_icon="flag",
)


class CountyGuidingForm(KeyedForm):
    """Words of the county, with their days."""

    makes = CountyGuiding

    kind = forms.ChoiceField(label="类别", choices=Guiding.Kind.choices)
    words = forms.CharField(label="文字", max_length=120, help_text=SAID["words"])
    from_on = forms.DateField(label="开始日期", help_text=SAID["from_on"])
    until_on = forms.DateField(label="结束日期", required=False, help_text=SAID["until_on"])
    basis = forms.CharField(label="出处", max_length=120, required=False, help_text=SAID["basis"])


class EndForm(PlainForm):
    """Until which day."""

    until_on = forms.DateField(label="结束日期", initial=clock.today)


@county_view(RULES)
def guidings(request, county):
    """The county's words, with those that are over."""
    ways = [("登记提法", reverse("reports-county-guiding-new", args=[county.code]), "plus-lg")]
    return show(request, county, COUNTY_GUIDINGS, CountyGuiding.objects.filter(county=county), actions=ways)


@county_view(RULES)
def new_guiding(request, county):
    """Enter words."""
    form = CountyGuidingForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.set_guiding(request.user, county, **form.cleaned_data),
        title="登记县级重要提法",
        lead="全县各乡镇起草报告时按日期写入；乡镇不能改，可以另外登记自己的。",
        submit="保存",
        said="已保存。",
        back=reverse("reports-county-guidings", args=[county.code]),
    )


@county_view(RULES)
def end_guiding(request, county, pk):
    """Say until which day words lead."""
    row = get_object_or_404(CountyGuiding, pk=pk, county=county)
    form = EndForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: actions.end_guiding(request.user, row, form.cleaned_data["until_on"]),
        title=f"结束提法：{row}",
        lead="结束以后的年份不再写进报告，记录保留。",
        submit="结束",
        said="已结束。",
        back=reverse("reports-county-guidings", args=[county.code]),
    )
