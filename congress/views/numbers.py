"""Series of numbers: how far each is, and after which number on paper it begins."""

from congress import numbers
from congress.models import NumberSequence
from congress.permissions import CATEGORIES
from congress.views import listings
from congress.web.forms import BeginSeriesForm
from congress.web.pages import township_view
from congress.web.records import at, form_page
from congress.web.table import show


@township_view(CATEGORIES)
def series(request, township):
    """Every series of every year, with the last number given out; those of one subject are seen on its papers."""
    actions = [("设置起点", at(township, "series-begin"), "list-ol")]
    return show(request, township, listings.SERIES, NumberSequence.objects.kept().filter(year__gt=0), actions=actions)


@township_view(CATEGORIES)
def series_begin(request, township):
    """Say which number was the last used on paper before this system."""
    known = {one.key: one for one in numbers.yearly_series()}
    form = BeginSeriesForm(request.POST or None, series=[(one.key, one.label) for one in known.values()])
    return form_page(
        request,
        form,
        lambda: _begin(request.user, township, known, form.cleaned_data),
        title="设置编号的起点",
        lead="启用本系统之前，今年已经在纸上编了号的，填写最后用到的号；系统从下一个号接着编。每个序列每年只能设置一次。",
        submit="设置",
        said=lambda row: f"已设置。下一个编号是{known[row.series].reads(township, row.year, row.last + 1)}。",
        back=at(township, "series"),
    )


def _begin(actor, township, known: dict, values: dict) -> NumberSequence:
    return numbers.begin_after(actor, township, known[values["series"]], values["year"], values["last"])
