"""What voters' groups said of the candidates, as one table for all districts of a level."""

from contextlib import suppress
from functools import cached_property

from django import forms

from congress.imports import register
from congress.spreadsheets.cells import CellProblem, parse_cell
from congress.spreadsheets.columns import Column
from elections.forms.consultations import called, counted_text, parse_counted
from elections.imports.by_level import DISTRICT, ByLevel
from elections.models import Consultation, Nominee, VoterGroup
from elections.queries import candidate_lists as queries

OF = "of "  # before the name of the candidate whose column it is
_NUMBER = Column("number", "小组号", kind="integer")


def _written(counts: dict[str, int], people: list[Nominee]) -> str | None:
    """Numbers as a cell has them."""
    return "、".join(counted_text(counts, people).splitlines()) or None


@register
class Consultations(ByLevel):
    """Records of discussion by district, group and round."""

    key = "elections.consultations"
    label = "讨论协商记录"
    noun = "条"
    model = Consultation
    natural = ("district", "group", "round")
    placed = ("district",)
    shown = ("district", "group", "round", "expected", "present", "opinions", "agreed")
    hint = (
        "每个选民小组每一轮一行；意见数一格写完，如“丁一 20、于二 18”，或者每名候选人一列。已经登记的按选区、小组和轮次核对，"
        "只补充、更正不同的。"
    )
    list_route = "elections-consultation-list"

    def columns(self):
        return [
            DISTRICT,
            Column(
                "group", "选民小组", ("小组", "小组名称", "小组号"), required=True, max_length=60, width=20, example="1"
            ),
            Column("round", "轮次", ("第几轮",), required=True, kind="integer", least=1, width=8, example="1"),
            Column("held_on", "讨论日期", ("日期", "时间"), required=True, kind="date", width=14),
            Column("expected", "应到", ("应到人数",), required=True, kind="integer", least=1, width=8, example="30"),
            Column(
                "present",
                "到会",
                ("到会人数", "实到", "实到人数"),
                required=True,
                kind="integer",
                width=8,
                example="26",
            ),
            Column(
                "opinions",
                "每名候选人的意见数",
                ("意见数", "候选人意见数", "意见"),
                max_length=500,
                width=36,
                example="丁一 20、于二 18",
            ),
            Column("agreed", "是否较为一致", ("较为一致", "是否一致"), kind="yes_no", width=12, example="是"),
            Column("recorder", "记录人", required=True, kind="name", max_length=40, width=12),
            Column("returned", "上轮退回的意见", ("退回意见",), max_length=200, width=24),
            *(Column(OF + name, name, kind="integer", offered=False) for name in self.candidates),
        ]

    def common(self):
        return {"election": self.election}

    @cached_property
    def at(self) -> str:
        """The field of a group that names its district at this level."""
        return queries.place_of(self.election)

    @cached_property
    def groups(self) -> dict[tuple[str, str], VoterGroup]:
        """The groups by their district and by name or number."""
        found = {}
        for one in queries.groups_of(self.election).select_related(self.at):
            district = str(getattr(one, self.at))
            found[district, one.name] = found[district, str(one)] = one
            found.setdefault((district, str(one.number)), one)
        return found

    @cached_property
    def people(self) -> dict[str, list[Nominee]]:
        """The candidates by district."""
        found: dict[str, list[Nominee]] = {}
        rows = Nominee.objects.kept().filter(election=self.election).select_related("district")
        for one in rows.order_by("stroke_key", "pk"):
            found.setdefault(str(one.district), []).append(one)
        return found

    @cached_property
    def candidates(self) -> list[str]:
        """The names that may head a column of opinions, as each district's ballot has them."""
        if self.election is None:
            return []
        return list(dict.fromkeys(called(one, people) for people in self.people.values() for one in people))

    def kept(self):
        return super().kept().select_related(f"group__{self.at}")

    def _spoken(self, row, name):
        district = str(getattr(row.group, self.at))
        if name.startswith(OF):
            return None
        if name == "district":
            return district
        if name == "group":
            return row.group.name
        if name == "opinions":
            return _written(row.opinions, self.people.get(district, []))
        return super()._spoken(row, name)

    def settle(self, values):
        told = super().settle(values)
        if group := self._group(values):
            values["group"] = group.name
        people = self.people.get(values.get("district"), [])
        self._gather(values, people)
        with suppress(forms.ValidationError):  # `check_row` tells it at its cell
            values["opinions"] = _written(parse_counted(values.get("opinions") or "", people), people)
        return told

    def _gather(self, values, people: list[Nominee]) -> None:
        """Opinions that stand in a column for each candidate are those of the one cell; nought for somebody of another district is
        none."""
        said = {key.removeprefix(OF): values.pop(key) for key in list(values) if key.startswith(OF)}
        mine = {called(one, people) for one in people}
        told = [f"{name} {number}" for name, number in said.items() if number or (number == 0 and name in mine)]
        if told:
            values["opinions"] = "、".join(filter(None, (values.get("opinions"), *told)))

    def _group(self, values) -> VoterGroup | None:
        said, district = str(values.get("group") or "").strip(), values.get("district")
        with suppress(CellProblem):  # 第一小组
            return self.groups.get((district, said)) or self.groups.get((district, str(parse_cell(said, _NUMBER))))
        return None

    def check_row(self, values):
        wrong = super().check_row(values)
        if not wrong and self._group(values) is None:
            wrong.append(("group", "这个选区没有这个选民小组，请写小组名称或者小组号"))
        if not 0 <= values["present"] <= values["expected"]:
            wrong.append(("present", "到会人数应在零与应到人数之间"))
        return [*wrong, *self._wrong_opinions(values, values["present"])]

    def _wrong_opinions(self, values, present: int) -> list[tuple[str, str]]:
        try:
            counts = parse_counted(values.get("opinions") or "", self.people.get(values.get("district"), []))
        except forms.ValidationError as error:
            return [("opinions", message.rstrip("。")) for message in error.messages]
        most = max(counts.values(), default=0)
        return [("opinions", f"一名候选人的意见数不能多于到会的{present}人")] if most > present else []

    def _set(self, row, values):
        said = {name: value for name, value in values.items() if name not in ("group", "opinions")}
        district = values.get("district") or (str(getattr(row.group, self.at)) if row.group_id else "")
        if values.get("group"):
            row.group = self.groups[district, values["group"]]
        if values.get("opinions"):
            row.opinions = parse_counted(values["opinions"], self.people.get(district, []))
        return super()._set(row, said)

    def _listed_of(self):
        return self.election.pk
