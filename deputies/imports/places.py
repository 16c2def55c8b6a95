"""Districts of a term and liaison stations as tables."""

from django import forms
from django.urls import reverse

from congress import clock
from congress.imports import RecordKind, UploadForm, register
from congress.law.elections import check_district
from congress.spreadsheets.columns import Column
from deputies.models import District, Station, Term
from deputies.permissions import STRUCTURE
from deputies.queries import current_term


class DistrictsForm(UploadForm):
    """Which term the districts belong to."""

    term = forms.ModelChoiceField(label="届次", queryset=Term.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.kept().order_by("-started_on")
        self.fields["term"].label_from_instance = lambda term: f"{term.get_level_display()}{term}"
        self.fields["term"].initial = current_term(clock.today())


@register
class Districts(RecordKind):
    """Districts by their number."""

    key = "deputies.districts"
    label = "选区"
    permission = STRUCTURE
    noun = "个"
    form = DistrictsForm
    model = District
    natural = ("number",)
    shown = ("number", "name", "seats")
    hint = "选区划分方案里的选区号、名称和应选名额一次导入；先登记届次。"

    def columns(self):
        return [
            Column("number", "选区号", ("选区序号", "选区编号"), required=True, kind="integer", width=10, example="1"),
            Column("name", "选区名称", ("名称", "选区范围"), required=True, max_length=60, width=28, example="东山村"),
            Column("seats", "应选名额", ("名额", "应选代表数"), required=True, kind="integer", width=10, example="2"),
        ]

    def common(self):
        return {"term_id": self.options.get("term")}

    def check_row(self, values):
        if not 1 <= (values.get("number") or 0) <= 9999:
            return [("number", "选区号应为正整数")]
        term = Term.objects.get(pk=self.options["term"])
        return [("seats", finding.message) for finding in check_district(values["seats"], term.started_on)]

    def said(self):
        term = Term.objects.get(pk=self.options["term"])
        return [("届次", f"{term.get_level_display()}{term}")]

    @classmethod
    def back(cls, township):
        return reverse("deputies-terms", args=[township.code])


@register
class Stations(RecordKind):
    """Liaison stations by name."""

    key = "deputies.stations"
    label = "代表联络站"
    permission = STRUCTURE
    noun = "个"
    model = Station
    shown = ("name", "kind", "address", "reception_days")
    hint = "站、点、家的名称不限；地址和接待日会显示给代表。"

    def columns(self):
        return [
            Column(
                "name", "名称", ("联络站名称", "站名"), required=True, max_length=60, width=28, example="东山村联络站"
            ),
            Column("kind", "类别", ("类型",), max_length=10, width=10, example="联络站"),
            Column("address", "地址", ("站址",), max_length=100, width=28),
            Column(
                "reception_days", "接待日", ("接待时间",), max_length=60, width=24, example="每月15日，遇节假日顺延"
            ),
            Column("opened_on", "启用日期", ("成立日期", "建站时间"), kind="date"),
        ]

    @classmethod
    def back(cls, township):
        return reverse("deputies-stations", args=[township.code])
