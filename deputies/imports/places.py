"""Districts of a term and liaison stations as tables."""

from django.urls import reverse

from congress.imports import RecordKind, Taken, register
from congress.law.elections import check_district
from congress.spreadsheets.cells import CellProblem
from congress.spreadsheets.columns import Column
from congress.web.records import url_of
from deputies.imports.roster_form import TermForm
from deputies.imports.terms import complete_term, term_of, term_words
from deputies.models import District, Station, Term
from deputies.permissions import STRUCTURE

_KINDS = {"居住": "residence", "单位": "unit", "混合": "mixed"}


def _kind(text: str) -> str:
    """The label of what a district is drawn by, as lists say it: 按居住状况划分, 单位选区, 混合."""
    said = [kind for word, kind in _KINDS.items() if word in text]
    if not said:
        raise CellProblem("划分方式应为居住、单位或者混合")
    return str(District.Kind("mixed" if len(said) > 1 else said[0]).label)


@register
class Districts(RecordKind):
    """Districts by their number."""

    key = "deputies.districts"
    label = "选区"
    permission = STRUCTURE
    noun = "个"
    form = TermForm
    beside = (Term,)
    model = District
    natural = ("number",)
    shown = ("number", "name", "seats", "population", "villages")
    hint = "选区划分方案里的选区号、名称、应选名额、人口和所辖村一次导入；届次还没有登记的随导入一并登记。"

    def columns(self):
        return [
            Column(
                "number",
                "选区号",
                ("选区序号", "选区编号", "选区"),
                required=True,
                kind="integer",
                least=1,
                width=10,
                example="1",
            ),
            Column("name", "选区名称", ("名称", "选区范围"), required=True, max_length=60, width=28, example="东山村"),
            Column(
                "seats",
                "应选名额",
                ("名额", "应选代表数", "应选代表名额", "代表名额", "应选人数", "应选代表人数"),
                required=True,
                kind="integer",
                width=10,
                example="2",
            ),
            Column(
                "population",
                "人口数",
                ("人口", "总人口", "选区人口", "选区人口数"),
                kind="integer",
                least=0,
                width=10,
                example="2500",
            ),
            Column(
                "villages",
                "所辖村（社区）、单位",
                ("所辖村", "所辖村组", "选区范围", "所辖范围", "所辖村、单位"),
                max_length=200,
                width=28,
            ),
            Column("kind", "划分方式", ("选区类型", "选区类别"), check=_kind, width=16),
        ]

    def __init__(self, township, options):
        super().__init__(township, options)
        self.term = term_of(township, options)

    @classmethod
    def complete(cls, township, options, book):
        return complete_term(options, book)

    def common(self):
        return {"term": self.term}

    def kept(self):
        return District.objects.none() if self.term._state.adding else super().kept()

    def check_row(self, values):
        if values["number"] > 9999:
            return [("number", "选区号不能大于9999")]
        return [("seats", finding.message) for finding in check_district(values["seats"], self.term.law_day())]

    def refine(self, preview):
        if self.term._state.adding:
            preview.plan, preview.makes = {"term": True}, [term_words(self.term)]

    def make(self, plan):
        if not plan.get("term"):
            return []
        self.term.save(force_insert=True)
        return [Taken(self.term, True)]

    def said(self):
        return [("届次", f"{self.term.get_level_display()}{self.term}")]

    @classmethod
    def back(cls, township):
        return reverse("deputies-terms", args=[township.code])

    def seen_at(self):
        return url_of(self.term, self.township) if self.term else self.back(self.township)


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
                "name",
                "名称",
                ("联络站名称", "站名", "站点名称", "站点", "联络站", "联络点名称"),
                required=True,
                max_length=60,
                width=28,
                example="东山村联络站",
            ),
            Column("kind", "类别", ("类型",), max_length=10, width=10, example="联络站"),
            Column(
                "address",
                "地址",
                ("站址", "所在地", "具体地址", "详细地址", "所在地址", "地点", "位置"),
                max_length=100,
                width=28,
            ),
            Column(
                "reception_days", "接待日", ("接待时间",), max_length=60, width=24, example="每月15日，遇节假日顺延"
            ),
            Column("opened_on", "启用日期", ("成立日期", "建站时间", "建成时间", "设立时间", "挂牌时间"), kind="date"),
        ]

    @classmethod
    def back(cls, township):
        return reverse("deputies-stations", args=[township.code])
