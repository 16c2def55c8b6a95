"""Series of numbers: how far each is, and after which number on paper it begins."""

from django.urls import reverse

from congress import numbers
from congress.models import NumberSequence
from congress.permissions import CATEGORIES
from congress.views import listings
from congress.web.forms import BeginSeriesForm
from congress.web.pages import done, page, perform, township_view
from congress.web.table import show


@township_view(CATEGORIES)
def series(request, township):
    """Every series of every year, with the last number given out."""
    actions = [("设置起点", reverse("series-begin", args=[township.code]), "list-ol")]
    return show(request, township, listings.SERIES, NumberSequence.objects.kept(), actions=actions)


@township_view(CATEGORIES)
def series_begin(request, township):
    """Say which number was the last used on paper before this system."""
    known = {one.key: one for one in numbers.all_series()}
    form = BeginSeriesForm(request.POST or None, series=[(one.key, one.label) for one in known.values()])
    back = reverse("series", args=[township.code])
    if request.method == "POST" and form.is_valid():
        row = perform(form, lambda: _begin(request.user, township, known, form.cleaned_data))
        if row:
            following = known[row.series].reads(township, row.year, row.last + 1)
            return done(request, f"已设置。下一个编号是{following}。", back)
    context = {
        "title": "设置编号的起点",
        "lead": "启用本系统之前，今年已经在纸上编了号的，填写最后用到的号；系统从下一个号接着编。每个序列每年只能设置一次。",
        "form": form,
        "submit": "设置",
        "cancel_url": back,
    }
    return page(request, "congress/form.html", context)


def _begin(actor, township, known: dict, values: dict) -> NumberSequence:
    return numbers.begin_after(actor, township, known[values["series"]], values["year"], values["last"])
