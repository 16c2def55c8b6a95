"""The ledger of suggestions: number, lead, title, unit, and the days of every step as the paper tells them."""

import re
from datetime import date
from typing import Any

from django.urls import reverse

from congress import clock
from congress.assembly.models import Session
from congress.figures import OTHER
from congress.imports import Ledger, register
from congress.law.numerals import from_chinese
from congress.models import Category, Unit
from congress.numbers import next_number, used
from congress.people.scrub import find_personal
from congress.spreadsheets.columns import Column, plain
from deputies.imports.people import People, names_in
from deputies.models import Level
from proposals.imports.days import STEPS, out_of_order, satisfied
from proposals.imports.handlings import (
    APART,
    UNITS,
    first_leads,
    join_lines,
    lines_of,
    spread_units,
    strands_of,
    units_in,
)
from proposals.models import Assignment, Cosigner, Rating, Reply, Suggestion, Talk
from proposals.models.suggestions import Opinion
from proposals.numbers import SUGGESTION
from proposals.permissions import REGISTER

_OPINIONS = {"满意": ("非常满意", "很满意"), "基本满意": ("较满意", "比较满意"), "不满意": ("很不满意",)}
_GRADES = {grade.label: (grade.value, f"{grade.value}类") for grade in Reply.Grade}
_GRADE_WORDS = (
    (Reply.Grade.B, "正在|计划|逐步|部分|列入|纳入|推进"),
    (Reply.Grade.C, "条件|暂|待|限制|无法"),
    (Reply.Grade.D, "参考|解释|说明"),
    (Reply.Grade.A, "已|解决|办结|落实|采纳|完成"),
)
_WAYS = {"主办和协办": ("主办", "协办", "主协办"), APART: ("分别办理", "分别答复")}
NUMBER = re.compile(r"^(?:(\d{4})\s*[-—年])?\s*第?\s*(\d{1,4})\s*号?$")
_SESSION = re.compile(r"第?([一二三四五六七八九十\d]+)届.*?第?([一二三四五六七八九十\d]+)次")
TITLES = ("建议标题", "建议名称", "案由", "题目", "建议题目")
RATED = ("代表评价", "评价", "满意度", "满意程度", "代表意见", "结果评价", "结果", "对办理结果", "评价结果")
_NOT_HANDLED = re.compile("撤回|撤案|撤销|并案|并入|不予立案|不予受理|作废|转来信|转信访")
_BOTH = re.compile(r"^态度(.+?)[、，,；\s]+结果(.+)$")
NOT_KEPT = "以前的答复，内容见纸质档案"
BETWEEN = "闭会期间"


def grade_in(text: str) -> str | None:
    """The class of a result in words: 已解决 → A."""
    return next((str(grade.label) for grade, found in _GRADE_WORDS if re.search(found, text)), None)


def spread_rating(text: str) -> dict[str, str]:
    """态度满意、结果基本满意, as our own list writes it → both marks; of several handlings those of the last."""
    found = _BOTH.match(text.split("；")[-1])
    return {"attitude": found[1], "result": found[2]} if found else {}


@register
class Suggestions(Ledger):
    """Suggestions by number, else by title, lead and day."""

    key = "proposals.suggestions"
    label = "建议台账"
    whole = True
    permission = REGISTER
    noun = "件"
    order = (Rating, Reply, Talk, Assignment, Cosigner, Suggestion)
    named = {
        "unit": (Unit, "name", {}),
        "assist": (Unit, "name", {}),
        "category": (Category, "label", {"kind": Category.Kind.MATTER}),
    }
    shown = ("number", "title", "lead", "unit", "assigned_on", "replied_on", "rated_on")
    hint = (
        "以前的代表建议按台账一次登记：交办、答复、评价各计入当天所在的年份；领衔代表须已在花名册中。"
        "一件分写几行的（几个单位、不满意后再次办理）并为一件。"
    )

    def __init__(self, township, options):
        super().__init__(township, options)
        self.people = People()
        self.sessions = list(Session.objects.kept().select_related("term"))

    def columns(self):
        day = {"kind": "date"}
        return [
            Column("number", "编号", ("建议编号", "建议号", "文号", "序号"), max_length=20),
            Column("title", "标题", TITLES, required=True, max_length=100, wrapped=True, width=36),
            Column("lead", "领衔代表", ("提出人", "代表姓名", "建议人", "提建议人", "领衔人", "第一提出人", "代表"), required=True),
            Column("cosigners", "联名代表", ("附议人", "附议代表", "联名人"), max_length=1000, width=24),
            Column("situation", "事由（情况和问题）", ("事由", "情况", "问题", "建议内容", "内容"), max_length=5000, width=36),
            Column("proposal", "具体建议", ("建议意见", "意见建议"), max_length=5000, width=36),
            Column("category", "类别", ("建议类别", "审查分类", "分类"), max_length=40),
            Column("session", "提出的会议", ("会议", "会议次数", "届次", "届次会次"), max_length=60, width=20),
            Column("submitted_on", "提出日期", ("提出时间", "建议日期", "收到日期"), required=True, **day),
            Column("registered_on", "登记日期", ("登记时间", "受理日期", "登记日"), **day),
            Column("assigned_on", "交办日期", ("交办时间", "转办日期", "交办日"), **day),
            Column("unit", "承办单位", ("主办单位", "办理单位"), max_length=200, width=20, spread=spread_units),
            Column("way", "办理方式", ("办理形式",), kind="choice", choices=_WAYS),
            Column("assist", "协办单位", ("会办单位",), max_length=200, width=20),
            Column("signed_on", "签收日期", ("签收时间", "签收日"), **day),
            Column("talked_on", "面商日期", ("面商时间", "沟通日期", "面商日"), **day),
            Column("replied_on", "答复日期", ("答复时间", "办复日期", "答复日"), **day),
            Column("grade", "办理结果分类", ("办理结果", "结果分类", "答复类别", "结果"), kind="choice", choices=_GRADES, coarse=grade_in),
            Column("reply", "答复内容", ("办理情况", "答复情况", "办理意见"), max_length=5000, width=40),
            Column("rated_on", "评价日期", ("评价时间", "反馈日期", "评价日"), **day),
            Column("attitude", "对办理态度的评价",
                   ("态度评价", "办理态度", "态度", "对办理态度"), kind="choice", choices=_OPINIONS, bare=False),
            Column("result", "对办理结果的评价", RATED, kind="choice", choices=_OPINIONS, spread=spread_rating),
            Column("reason", "不满意的理由", ("不满意理由", "不满意原因"), max_length=500),
            Column("closed_on", "办结日期", ("办结时间", "办结日"), **day),
        ]  # fmt: skip

    @classmethod
    def back(cls, township):
        return reverse("proposals-suggestions", args=[township.code])

    def names_in(self, key, values):
        if key not in UNITS:
            return super().names_in(key, values)
        return units_in(values, key)

    # -- one and the same

    def key_of(self, values):
        if values.get("number"):
            return ("number", values["number"])
        return ("title", plain(values["title"]), plain(values["lead"]), str(values["submitted_on"]))

    def lookup(self, keys):
        numbers = [key[1] for key in keys if key[0] == "number"]
        days = [key[3] for key in keys if key[0] == "title"]
        rows = Suggestion.objects.select_related("lead", "category").prefetch_related(
            "assignments", "replies", "ratings"
        )
        found = {}
        for row in rows.filter(number__in=numbers) | rows.filter(submitted_on__in=days):
            known = self._known(row)
            found[("number", row.number)] = known  # a number is given once, also to one that was withdrawn
            if row.withdrawn_at is None:
                found[("title", plain(row.title), plain(row.lead.name), row.submitted_on.isoformat())] = known
        return {key: found[key] for key in keys if key in found}

    @staticmethod
    def _known(row: Suggestion) -> dict[str, Any]:
        """What a line may tell of it: `days` of each handling; last what our own list says, the first day it was given and
        the last answer."""
        shares, replies, ratings = (
            {one.round: one for one in reversed(rows.all()) if one.withdrawn_at is None}
            for rows in (row.assignments, row.replies, row.ratings)
        )
        days = [
            {
                "assigned_on": shares[number].assigned_on if number in shares else None,
                "replied_on": replies[number].replied_on if number in replies else None,
                "rated_on": ratings[number].rated_on if number in ratings else None,
            }
            for number in range(1, max([*shares, *replies, *ratings], default=1) + 1)
        ]
        known = {"id": row.pk, "title": row.title, "submitted_on": row.submitted_on}
        return {**known, "days": [*days, days[-1] | {"assigned_on": row.assigned_on}]}

    def compare(self, known, values):
        """With the handling the line tells of, the last one where it fits none."""
        told = (days for days in known["days"] if not super(Suggestions, self).compare(days, values))
        return super().compare({**known, **next(told, known["days"][-1])}, values)

    def against_known(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """In what a line differs from the suggestion that is registered, as (column key, message)."""
        key = self.key_of(values)
        known = self.lookup([key])[key]
        changes = self.compare(known, values)
        return self.check_change(known, values, changes) if changes else []

    # -- what a row says

    def settle(self, values):
        values["number"] = self.number_of(values)
        values["category"] = values.get("category") or OTHER
        values["situation"] = values.get("situation") or values.get("proposal") or values["title"]
        values["proposal"] = values.get("proposal") or values["situation"]
        if values.get("result") and not values.get("attitude"):
            values["attitude"] = values["result"]
        if values.get("attitude") and not values.get("result"):
            values["result"] = values["attitude"]
        if not values.get("registered_on"):
            values["registered_on"] = values["submitted_on"]
        said = self._settle_leads(values) + first_leads(values)
        later = values.get("talked_on") or values.get("replied_on")
        if values.get("assigned_on") and later and not values.get("signed_on"):
            values["signed_on"] = values["assigned_on"]
            said.append("没有签收日期，按交办当天签收登记")
        return said

    def _settle_leads(self, values: dict[str, Any]) -> list[str]:
        """Of several deputies in the cell of the lead the first leads and the others sign with it."""
        said = self.people.leave_out_rest(values, {"lead": "领衔代表", "cosigners": "联名代表"})
        first, *others = names_in(values["lead"]) or [values["lead"]]
        if others:
            values["lead"], values["cosigners"] = first, "、".join([*others, *names_in(values.get("cosigners"))])
            said.append("领衔代表写了几位，第一位登记为领衔，其余登记为联名")
        return said

    def number_of(self, values: dict[str, Any]) -> str | None:
        """A number in the form of the series: 12 of 2023 is 2023-012; any other form stays as it is written."""
        text = values.get("number") or ""
        found = NUMBER.match(text)
        if found is None:
            return None if text in ("", "未编号") else text
        year = int(found[1] or values["submitted_on"].year)
        return SUGGESTION.reads(self.township, year, int(found[2]))

    def review(self, rows, parts):
        join_lines(rows, parts, self)
        super().review(rows, parts)

    def check_dropped(self, heading, text):
        found = _NOT_HANDLED.search(text) if len(text) <= 20 else None
        if found is None:
            return ""
        return (
            f"“{heading[:20]}”一列没有读取，写着“{found[0]}”，不能当作正常办理的登记；撤回的请删去这一行，并案的请导入后在建议页面办理，"
            "与此无关的请改写这句话"
        )

    def check_row(self, values):
        return self.check_line(values, None)

    def check_again(self, values):
        day, also = values["submitted_on"], names_in(values.get("cosigners"))
        wrong = [("lead", message) for message in self.people.check([values["lead"]], day, Level.TOWNSHIP)]
        wrong += [("cosigners", message) for message in self.people.check(also, day, Level.TOWNSHIP)]
        if values.get("session") not in (None, BETWEEN) and self._session(values["session"]) is None:
            wrong.append(("session", "没有登记过这次会议，请先登记，或者删去这一格"))
        return wrong + self.check_names(values)

    def check_line(self, values: dict[str, Any], before: dict[str, Any] | None) -> list[tuple[str, str]]:
        """What is wrong with a line; `before` is the handling of an earlier line that it follows."""
        day, wrong = values["submitted_on"], self.check_again(values)
        wrong += [
            (key, "日期不能晚于今天") for key in ("submitted_on", *STEPS) if (values.get(key) or day) > clock.today()
        ]
        wrong += self._check_handling(values)
        session = self._session(values.get("session"))
        texts = ("title", "situation", "proposal", "reply", "reason")
        wrong += [(key, "写有身份证号或者电话号码，请删去") for key in texts if find_personal(values.get(key) or "")]
        closed = session.closed_on if session else None
        return wrong or out_of_order(values, self.township.pack, closed, before)

    def _check_handling(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        units, assisting = names_in(values.get("unit")), names_in(values.get("assist"))
        wrong = []
        if bool(units) != bool(values.get("assigned_on")):
            wrong.append(
                ("assigned_on", "写了承办单位，请补交办日期") if units else ("unit", "写了交办日期，请补承办单位")
            )
        if values.get("way") == APART:
            wrong += _check_separate(units, assisting)
        if set(units) & set(assisting):
            wrong.append(("assist", "主办单位不能同时协办"))
        if values.get("replied_on") and not values.get("grade"):
            wrong.append(("grade", "写了答复日期，请补办理结果分类（A、B、C、D或者文字）"))
        if not values.get("replied_on") and values.get("grade"):
            wrong.append(("replied_on", "写了办理结果，请补答复日期"))
        return wrong

    def _session(self, text: str | None) -> Session | None:
        found = _SESSION.search(text or "")
        if found is None:
            return None
        term, number = (int(part) if part.isdecimal() else from_chinese(part) for part in found.groups())
        return next((row for row in self.sessions if (row.term.number, row.number) == (term, number)), None)

    # -- writing

    def records_of(self, row):
        values, lines = row.values, [(line, _days(line)) for line in lines_of(row.values)]
        (_, days), (last, latest) = lines[0], lines[-1]
        lead = self.people.find(values["lead"])
        rated_well = latest["rated_on"] is not None and satisfied(last)
        suggestion = Suggestion(
            township=self.township,
            number=self._given(values, days["submitted_on"]),
            category=self.record_of("category", values["category"]),
            lead=lead,
            session=self._session(values.get("session")),
            reopened_on=latest["assigned_on"] if len(lines) > 1 else None,
            closed_on=latest["closed_on"] or (latest["rated_on"] if rated_well else None),
            **{name: values[name] for name in ("title", "situation", "proposal")},
            **{name: days[name] for name in ("submitted_on", "registered_on", "assigned_on")},
        )
        yield suggestion
        for deputy in self.people.all_of(names_in(values.get("cosigners"))):
            if deputy.pk != lead.pk:
                yield Cosigner(
                    township=self.township, suggestion=suggestion, deputy=deputy, confirmed_on=days["submitted_on"]
                )
        for number, (line, told) in enumerate(lines, start=1):
            if told["assigned_on"]:
                yield from self._handling(suggestion, line, told, number)
            if told["rated_on"]:
                yield self._rating(suggestion, line, told["rated_on"], number)

    def _given(self, values: dict[str, Any], day: date) -> str:
        """The number on paper, after which the series goes on; the next of the series where the paper has none."""
        found = NUMBER.match(values.get("number") or "")
        if found and found[1]:
            used(self.township, SUGGESTION.key, int(found[1]), int(found[2]))
        if values.get("number"):
            return values["number"]
        return SUGGESTION.reads(self.township, day.year, next_number(self.township, SUGGESTION.key, day.year))

    def _handling(self, suggestion: Suggestion, values: dict[str, Any], days: dict[str, date | None], number: int):
        common = {"township": self.township, "suggestion": suggestion, "round": number}
        given = {"assigned_on": days["assigned_on"], "signed_on": days["signed_on"]}
        part = Assignment.Part.SEPARATE if values.get("way") == APART else Assignment.Part.LEAD
        for strand, (name, line) in enumerate(strands_of(values), start=1):
            own = days if line is values else _days(line)
            signed = {"signed_on": own["signed_on"]}
            unit = self.record_of("unit", name)
            yield Assignment(**common, unit=unit, part=part, strand=strand, **given | signed)
            yield from self._answers(common | {"unit": unit}, strand, line, own)
        for name in names_in(values.get("assist")):
            yield Assignment(**common, unit=self.record_of("assist", name), part=Assignment.Part.ASSIST, **given)

    @staticmethod
    def _answers(common: dict[str, Any], strand: int, values: dict[str, Any], days: dict[str, date | None]):
        """What the ledger tells once is what each of the units said."""
        if days["talked_on"]:
            words = "以前的面商，情况见纸质档案"
            yield Talk(**common, held_on=days["talked_on"], way=Talk.Way.MEETING, summary=words)
        if days["replied_on"]:
            grade = next(one for one in Reply.Grade if one.label == values["grade"])
            text = values.get("reply") or NOT_KEPT
            yield Reply(**common, strand=strand, replied_on=days["replied_on"], grade=grade, text=text)

    def _rating(self, suggestion: Suggestion, values: dict[str, Any], on: date, number: int) -> Rating:
        codes = {label: value for value, label in Opinion.choices}
        return Rating(
            township=self.township,
            suggestion=suggestion,
            deputy=suggestion.lead,
            round=number,
            attitude=codes[values["attitude"]],
            result=codes[values["result"]],
            reason=values.get("reason") or "",
            rated_on=on,
        )


def _check_separate(units: list[str], assisting: list[str]) -> list[tuple[str, str]]:
    wrong = [("unit", "分办的，请填两个以上不同的承办单位")] if len(set(units)) < max(len(units), 2) else []
    return [*wrong, ("assist", "分办没有协办单位，也要答复的填在承办单位")] if assisting else wrong


def _days(values: dict[str, Any]) -> dict[str, date | None]:
    return {key: date.fromisoformat(values[key]) if values.get(key) else None for key in ("submitted_on", *STEPS)}
