"""Who votes at mobile boxes as one table, as voters' groups report it: district, box, name, reason."""

import re
from functools import cached_property

from congress.imports import register
from congress.spreadsheets.columns import Column
from elections.imports.by_level import DISTRICT, ByLevel
from elections.models import MobileBox, MobileVoter, Registration
from elections.queries.mobile import named, of_district

Reason = MobileVoter.Reason
REASONS = {str(label): () for label in Reason.labels}
_WORDS = (
    (Reason.UNWELL, "病|残|伤|瘫|孕|产|行动不便|不能行走|卧床|年老|高龄|体弱|失能|盲"),
    (Reason.REMOTE, "分散|偏远|交通|路远|山高|路途"),
    (Reason.CUSTODY, "羁押|拘留|拘役|看守|取保|服刑|戒毒|矫正"),
)


def reason_of(text: str) -> str:
    """The reason of the law that words speak of, by its label: 卧病在床 → 患有疾病等原因行动不便. Of an illness no word is kept."""
    found = next((reason for reason, words in _WORDS if re.search(words, text)), Reason.OTHER)
    return str(Reason(found).label)


def _spread(text: str) -> dict[str, str]:
    known = text.strip() in REASONS or reason_of(text) != Reason.OTHER.label
    return {} if known else {"said": text.strip()[:60]}


@register
class MobileVoters(ByLevel):
    """Voters by district and name; where two bear one name the group tells them apart."""

    key = "elections.mobile"
    label = "流动票箱选民"
    noun = "人"
    model = MobileVoter
    natural = ("district", "name", "group")
    shown = ("district", "number", "name", "group", "reason")
    placed = ("district",)
    hint = (
        "每人一行；先登记流动票箱。原因写“患病”“行动不便”“居住分散、交通不便”的按选举法第三十八条归类，不保存疾病的名称；"
        "其他原因照写，作为提醒列出。"
    )
    list_route = "elections-mobile-voter-list"

    def columns(self):
        return [
            DISTRICT,
            Column(
                "number",
                "箱号",
                ("票箱号", "流动票箱", "流动票箱号"),
                required=True,
                kind="integer",
                least=1,
                width=8,
                example="1",
            ),
            Column("name", "姓名", ("选民姓名",), required=True, kind="name", max_length=40, width=12),
            Column("group", "小组号", ("选民小组号", "组号", "小组", "选民小组"), kind="integer", width=8),
            Column(
                "reason",
                "原因",
                ("理由", "使用流动票箱的原因"),
                required=True,
                kind="choice",
                choices=REASONS,
                coarse=reason_of,
                spread=_spread,
                width=24,
                example="行动不便",
            ),
            Column("said", "其他原因是什么", max_length=60, offered=False),
        ]

    @cached_property
    def _boxes(self) -> dict[tuple[str, int], MobileBox]:
        rows = MobileBox.objects.kept().filter(campaign=self.election.campaign_id)
        rows = rows.select_related("district", "county_district", "campaign")
        return {(str(one.district), one.number): one for one in rows}

    def kept(self):
        rows = MobileVoter.objects.kept().filter(box__campaign=self.election.campaign_id)
        return rows.select_related("box__district", "registration__voter", "registration__group")

    def key_of(self, values):
        return (values["district"], values["name"], values.get("group")) if values.get("name") else None

    def _spoken(self, row, name):
        entry = row.registration
        told = {
            "district": str(row.box.district),
            "number": row.box.number,
            "name": entry.voter.name,
            "group": entry.group.number if entry.group else None,
        }
        return told[name] if name in told else super()._spoken(row, name)

    def _entry(self, values) -> tuple[Registration | None, str]:
        box = self._boxes.get((values.get("district"), values.get("number")))
        if box is None:
            return None, "还没有登记这个流动票箱"
        group = f"/{values['group']}" if values.get("group") else ""
        return named(box, f"{values['name']}{group}", self._known(box))

    def _known(self, box: MobileBox) -> dict[str, list[Registration]]:
        """The voters of a box's district by name, read once."""
        if box.district_id not in self._read:
            found = self._read.setdefault(box.district_id, {})
            for row in of_district(box):
                found.setdefault(row.voter.name, []).append(row)
        return self._read[box.district_id]

    @cached_property
    def _read(self) -> dict:
        return {}

    @cached_property
    def _placed_elsewhere(self) -> dict:
        """The box each voter is placed at already."""
        rows = MobileVoter.objects.kept().filter(box__campaign=self.election.campaign_id)
        return {row.registration_id: row.box for row in rows.select_related("box__district")}

    def settle(self, values):
        said = super().settle(values)
        if values.get("name") and not values.get("group"):
            entry, _ = self._entry(values)
            if entry is not None and entry.group:
                values["group"] = entry.group.number
        return said

    def check_row(self, values):
        wrong = super().check_row(values)
        if wrong or not values.get("name"):
            return wrong
        entry, told = self._entry(values)
        if told:
            return [("name" if (values["district"], values.get("number")) in self._boxes else "number", told)]
        there = self._placed_elsewhere.get(entry.pk)
        return [("name", f"已经安排在{there}投票")] if there not in (None, self._box(values)) else []

    def _box(self, values) -> MobileBox:
        return self._boxes[values["district"], values["number"]]

    def _set(self, row, values):
        if values.get("name"):
            row.box, row.registration = self._box(values), self._entry(values)[0]
        said = {name: values[name] for name in ("reason", "said") if name in values}
        return super()._set(row, said)
