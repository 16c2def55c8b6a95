"""The ledger of receptions: a voter's visit a row, with what was raised and how it was dealt with."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from congress import clock
from congress.figures import OTHER
from congress.imports import Ledger, register
from congress.models import Category, Unit
from congress.numbers import next_number, used
from congress.people.scrub import find_personal
from congress.spreadsheets.columns import Column, plain
from congress.wording import chinese_date
from deputies.imports.people import People, bare_names, names_in
from deputies.models import Station
from deputies.queries import seats_exercised
from proposals.imports.suggestions import NUMBER
from proposals.models import Matter, Reception, ReceptionDeputy, ReceptionUnit, Visitor
from proposals.numbers import MATTER
from proposals.permissions import LOG

_CHANNELS = {
    "当场答复": ("当场解答", "现场答复", "现场解答", "当面答复"),
    "转办": ("交办", "转交办理", "转有关部门", "转办理"),
    "报上级": ("上报", "向上级反映"),
    "不予受理并告知": ("不予受理", "告知其他渠道"),
}
_OPINIONS = {"满意": ("非常满意",), "基本满意": ("较满意", "比较满意"), "不满意": ()}
SPOTS = ("联络站或地点", "接待地点", "地点", "站点", "来访地点", "接待站")  # of where voters were heard
# What was done at once and what came of it often stand in two columns.
ANSWER = (
    ("处理情况", "处理意见", "办理情况", "答复内容", "办理意见"),
    ("办理结果", "处理结果", "答复结果", "落实情况"),
)
_NOTHING = frozenset("无 没有 暂无 无反映 无问题 无意见 无事项".split())
_SENT_ON = re.compile("^(?:已|拟|现|经研究)?(?:转|移交|交由|交给|上报|报送|呈报)")
DAYS = ("held_on", "channelled_on", "resolved_on", "told_on")


@register
class Receptions(Ledger):
    """Visits by the number of their matter, else by day, station and words."""

    key = "proposals.receptions"
    label = "接待台账"
    permission = LOG
    order = (Matter, Visitor, ReceptionDeputy, ReceptionUnit, Reception)
    named = {
        "station": (Station, "name", {}),
        "unit": (Unit, "name", {}),
        "companions": (Unit, "name", {}),
        "category": (Category, "label", {"kind": Category.Kind.MATTER}),
    }
    shown = ("held_on", "station", "deputies", "words", "channel", "unit", "resolved_on")
    hint = (
        "以前的接待选民按台账一次登记：一行一批；同一天、同一站、同几位代表接待的记为一次接待。接待代表须已在花名册中。"
    )

    def __init__(self, township, options):
        super().__init__(township, options)
        self.people = People()

    def columns(self):
        day = {"kind": "date"}
        return [
            Column("number", "编号", ("事项编号", "序号"), max_length=20),
            Column("held_on", "接待日期", ("日期", "接待时间", "来访日期", "来访时间"), required=True, **day),
            Column("station", "联络站", SPOTS, required=True, max_length=60, width=20),
            Column("deputies", "接待代表", ("接待人", "代表", "接待人姓名", "接待人大代表"), required=True, max_length=500, width=20),
            Column("companions", "参加部门", ("陪同单位", "参加单位"), max_length=200, width=20),
            Column("batches", "批次", kind="integer"),
            Column("people", "人次", ("人数", "来访人数", "接待人数", "涉及人数", "接待人次"), kind="integer"),
            Column("visitor", "来访人姓名", ("来访人", "选民姓名", "反映人", "来访群众", "群众姓名"), max_length=40, personal=True),
            Column("phone", "联系方式", ("来访人电话", "联系电话", "电话"), kind="phone", personal=True, width=16),
            Column("village", "村（组）", ("单位或居住地", "住址", "居住地", "所在村"), max_length=40, personal=True, width=20),
            Column("words", "反映内容", ("来访事由", "反映问题", "反映事项", "事由", "内容", "意见建议"), max_length=5000, width=40),
            Column("category", "类别", ("内容分类", "事项类别", "问题类别"), max_length=40),
            Column("confidential", "要求保密", ("是否保密", "是否要求保密"), kind="yes_no"),
            Column("channel", "处理方式", ("办理方式", "分流方式"), kind="choice", choices=_CHANNELS),
            Column("channelled_on", "分流日期", ("转办日期", "交办日期"), **day),
            Column("unit", "承办单位", ("转办单位", "办理单位", "责任单位"), max_length=60, width=20),
            Column("answer", "答复或办理情况", (*ANSWER[0], *ANSWER[1]), max_length=5000, width=40, parts=ANSWER, glue="；"),
            Column("resolved_on", "办结日期", ("办结时间", "办理日期"), **day),
            Column("told_on", "向选民反馈日期", ("反馈日期", "反馈时间"), **day),
            Column("told_how", "反馈方式", max_length=20),
            Column("opinion", "选民评价", ("满意度", "群众评价", "群众满意度"), kind="choice", choices=_OPINIONS),
            Column("note", "备注", max_length=200, width=24),
        ]  # fmt: skip

    @classmethod
    def back(cls, township):
        return reverse("proposals-receptions", args=[township.code])

    def names_in(self, key, values):
        return names_in(values.get(key)) if key == "companions" else super().names_in(key, values)

    # -- one and the same

    def key_of(self, values):
        if values.get("number"):
            return ("number", values["number"])
        told = plain(values["words"]) if values.get("words") else bare_names(values["deputies"])
        return ("words", str(values["held_on"]), values["station"], told, values.get("visitor") or "")

    def lookup(self, keys):
        matters = Matter.objects.kept().select_related("reception__station", "visitor__data_key")
        numbers = [key[1] for key in keys if key[0] == "number"]
        days = [key[1] for key in keys if key[0] == "words"]
        found: dict = {}
        for row in matters.filter(number__in=numbers) | matters.filter(reception__held_on__in=days):
            known = self._known(row)
            visitor = (row.visitor.name or "") if row.visitor else ""
            place = (row.reception.held_on.isoformat(), row.reception.where)
            found[("number", row.number)] = found[("words", *place, plain(row.words), visitor)] = known
        receptions = Reception.objects.kept().filter(held_on__in=days).select_related("station")
        for row in receptions.prefetch_related("receivers__deputy"):
            names = bare_names("、".join(one.deputy.name for one in row.receivers.all() if one.withdrawn_at is None))
            known = {"id": row.pk, "people": row.people, "batches": row.batches}
            found[("words", row.held_on.isoformat(), row.where, names, "")] = known
        return {key: found[key] for key in keys if key in found}

    @staticmethod
    def _known(row: Matter) -> dict[str, Any]:
        return {
            "id": row.pk,
            "held_on": row.reception.held_on,
            "station": row.reception.where,
            "words": row.words,
            "channel": row.get_channel_display() or None,
            "resolved_on": row.resolved_on,
            "told_on": row.told_on,
        }

    # -- what a row says

    def settle(self, values):
        said = self.people.leave_out_rest(values, {"deputies": "接待代表"})
        if (values.get("words") or "").strip("。") in _NOTHING:
            said.append(f"反映内容写着“{values['words']}”，只登记接待")
            values["words"] = None
        number = NUMBER.match(values.get("number") or "")
        if number:
            year = int(number[1] or values["held_on"].year)
            values["number"] = MATTER.reads(self.township, year, int(number[2]))
        if not values.get("words"):
            values["number"] = None  # a running number of the ledger, for there is no matter
            return said
        values["category"] = values.get("category") or OTHER
        if values.get("unit") and not values.get("channel"):
            values["channel"] = "转办"
        if not values.get("channel") and values.get("answer") and not _SENT_ON.match(values["answer"]):
            values["channel"] = "当场答复"
            said.append("没有写处理方式和承办单位，按“当场答复”登记")
        if values.get("channel"):
            values["channelled_on"] = values.get("channelled_on") or values["held_on"]
        return said

    def check_row(self, values):
        day = values["held_on"]
        wrong = [("deputies", message) for message in self.people.check(names_in(values["deputies"]), day)]
        wrong += [(key, "日期不能晚于今天") for key in DAYS if (values.get(key) or day) > clock.today()]
        wrong += self.check_names(values) + self._check_station(values["station"], day) + _check_counts(values)
        wrong += [
            (key, "写有身份证号或者电话号码，请填到对应的列")
            for key in ("words", "answer", "note")
            if find_personal(values.get(key) or "")
        ]
        return wrong + (_check_matter(values) if values.get("words") else _without_matter(values))

    def _check_station(self, name: str, day: date) -> list[tuple[str, str]]:
        station = self.known_names["station"].get(name)
        if station and station.opened_on and day < station.opened_on:
            return [("held_on", f"{name}自{chinese_date(station.opened_on)}启用，接待日期不能更早")]
        if station and station.closed_on and day > station.closed_on:
            return [("held_on", f"{name}已于{chinese_date(station.closed_on)}停用")]
        return []

    # -- writing

    def begin(self, rows):
        self._batches, self._people, self._open = Counter(), Counter(), {}
        for row in rows:
            self._batches[self._same(row.values)] += row.values.get("batches") or 1
            self._people[self._same(row.values)] += row.values.get("people") or 1

    def _same(self, values: dict[str, Any]) -> tuple:
        """What makes rows one reception: the day, the station and who received."""
        deputies = self.people.all_of(names_in(values["deputies"]))
        return (values["held_on"], values["station"], frozenset(deputy.pk for deputy in deputies))

    def records_of(self, row):
        values, same = row.values, self._same(row.values)
        reception = self._open.get(same)
        if reception is None:
            reception = self._open[same] = self._reception(values)
            reception.batches, reception.people = self._batches[same], self._people[same]
            yield reception
            yield from self._around(reception, values)
        visitor = self._visitor(reception, values)
        if visitor is not None:
            yield visitor
        if values.get("words"):
            yield self._matter(reception, visitor, values)

    def _reception(self, values: dict[str, Any]) -> Reception:
        return Reception(
            township=self.township,
            station=self.record_of("station", values["station"]),
            held_on=date.fromisoformat(values["held_on"]),
            note=values.get("note") or "",
            recorded_by=self.actor,
        )

    def _around(self, reception: Reception, values: dict[str, Any]) -> Iterable:
        deputies = self.people.all_of(names_in(values["deputies"]))
        seats = {
            mandate.deputy_id: mandate
            for mandate in seats_exercised(reception.held_on).filter(deputy__in=deputies).order_by("-level")
        }
        for deputy in deputies:
            seat = seats.get(deputy.pk)
            yield ReceptionDeputy(township=self.township, reception=reception, deputy=deputy, mandate=seat)
        for name in dict.fromkeys(names_in(values.get("companions"))):
            unit = self.record_of("companions", name)
            yield ReceptionUnit(township=self.township, reception=reception, unit=unit)

    def _visitor(self, reception: Reception, values: dict[str, Any]) -> Visitor | None:
        if not any(values.get(key) for key in ("visitor", "phone", "village")):
            return None
        return Visitor(
            township=self.township,
            reception=reception,
            name=values.get("visitor"),
            phone=values.get("phone"),
            village=values.get("village"),
        )

    def _matter(self, reception: Reception, visitor: Visitor | None, values: dict[str, Any]) -> Matter:
        codes = {label: code for code, label in Matter.Channel.choices}
        opinions = {label: code for code, label in Matter._meta.get_field("opinion").choices}
        days = {key: date.fromisoformat(values[key]) if values.get(key) else None for key in DAYS[1:]}
        matter = Matter(
            township=self.township,
            reception=reception,
            visitor=visitor,
            number=self._given(values, reception.held_on.year),
            words=values["words"],
            category=self.record_of("category", values["category"]),
            confidential=bool(values.get("confidential")),
            channel=codes.get(values.get("channel"), ""),
            unit=self.record_of("unit", values["unit"]) if values.get("unit") else None,
            told_how=values.get("told_how") or ("当面" if days["told_on"] else ""),
            opinion=opinions.get(values.get("opinion"), ""),
            **days,
        )
        return _by_channel(matter, values.get("answer") or "")

    def _given(self, values: dict[str, Any], year: int) -> str:
        found = NUMBER.match(values.get("number") or "")
        if found and found[1]:
            used(self.township, MATTER.key, int(found[1]), int(found[2]))
        return values.get("number") or MATTER.reads(self.township, year, next_number(self.township, MATTER.key, year))


def _by_channel(matter: Matter, text: str) -> Matter:
    """What the channel keeps of the answer, and what it settles at once."""
    if matter.channel == Matter.Channel.UPWARD and not matter.resolved_on:
        matter.passed_to = text[:60]
    elif matter.channel == Matter.Channel.DECLINED:
        matter.proper_channel = text[:100]
    else:
        matter.answer = text
    if matter.channel == Matter.Channel.ON_THE_SPOT:
        matter.resolved_on = matter.resolved_on or matter.channelled_on
    if matter.channel in (Matter.Channel.ON_THE_SPOT, Matter.Channel.DECLINED):
        matter.told_on = matter.told_on or matter.channelled_on
        matter.told_how = matter.told_how or "当场"
    return matter


def _check_counts(values: dict[str, Any]) -> list[tuple[str, str]]:
    people, batches = values.get("people"), values.get("batches")
    wrong = []
    if people is not None and not 1 <= people <= 9999:
        wrong.append(("people", "人次应为1到9999"))
    if batches is not None and not 1 <= batches <= (people or batches):
        wrong.append(("batches", "批次至少为1，且不能多于人次"))
    return wrong


def _without_matter(values: dict[str, Any]) -> list[tuple[str, str]]:
    lost = [key for key in ("channel", "unit", "answer", "resolved_on", "told_on", "opinion") if values.get(key)]
    return [("words", "写了处理情况，请补反映内容")] if lost else []


def _check_matter(values: dict[str, Any]) -> list[tuple[str, str]]:
    """The order of the days, and what each channel needs."""
    wrong, channel = [], values.get("channel")
    if channel == "转办" and not values.get("unit"):
        wrong.append(("unit", "转办的请写承办单位"))
    if len(names_in(values.get("unit"))) > 1:
        wrong.append(("unit", "一件只转办一个单位，几个单位的请分行写明各自办理的内容"))
    if values.get("unit") and channel != "转办":
        wrong.append(("channel", f"写了承办单位，处理方式却是“{channel}”"))
    if channel in ("当场答复", "报上级", "不予受理并告知") and not values.get("answer"):
        wrong.append(("answer", f"{channel}的请写明内容（答复、报送给谁、告知的渠道）"))
    if channel is None and values.get("answer"):
        wrong.append(("answer", "写的像是转给了别处，请补处理方式和承办单位；当场答复了的请写明“当场答复”"))
    elif channel is None and any(values.get(key) for key in ("resolved_on", "told_on", "opinion")):
        wrong.append(("channel", "写了办结、反馈或评价，请补处理方式"))
    if values.get("opinion") and not (values.get("told_on") or channel == "当场答复"):
        wrong.append(("told_on", "写了选民评价，请补向选民反馈日期"))
    if values.get("told_on") and channel in ("转办", "报上级") and not values.get("resolved_on"):
        wrong.append(("resolved_on", "写了反馈日期，请补办结日期"))
    words = {"held_on": "接待", "channelled_on": "分流", "resolved_on": "办结", "told_on": "反馈"}
    told = [(key, values[key]) for key in DAYS if values.get(key)]
    for (before, earlier), (key, day) in itertools.pairwise(told):
        if day < earlier:
            wrong.append((key, f"{words[key]}日期早于{words[before]}日期{chinese_date(earlier)}"))
    return wrong
