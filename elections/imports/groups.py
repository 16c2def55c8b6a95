"""Voters' groups of an election as one table: a township has hundreds, each with a leader."""

from congress.imports import register
from congress.spreadsheets.columns import Column
from deputies.imports.headings import HEADINGS
from elections.imports.by_level import COUNTY_DISTRICT, DISTRICT, ByLevel
from elections.models import VoterGroup


@register
class Groups(ByLevel):
    """Voters' groups by district and number."""

    key = "elections.groups"
    label = "选民小组"
    model = VoterGroup
    natural = ("district", "number")
    shown = ("district", "number", "name", "leader", "leader_phone")
    hint = "每个小组一行，小组、组长和电话一次导入；已经登记的小组按选区和小组号核对，只补充、更正不同的。"
    list_route = "elections-group-list"

    def columns(self):
        return [
            DISTRICT,
            Column(
                "number",
                "小组号",
                ("选民小组号", "组号"),
                required=True,
                kind="integer",
                least=1,
                width=10,
                example="1",
            ),
            Column(
                "name",
                "小组名称",
                ("选民小组", "名称", "选民小组名称"),
                required=True,
                max_length=60,
                width=24,
                example="东山一组",
            ),
            COUNTY_DISTRICT,
            Column("leader", "组长", ("组长姓名", "小组长"), kind="name", max_length=40, width=12),
            Column("leader_phone", "组长手机", HEADINGS["phone"].split(), kind="phone", personal=True, width=16),
        ]

    def kept(self):
        rows = VoterGroup.objects.kept().filter(district__term=self.election.term_id)
        return rows.select_related("district", "county_district", "data_key")

    def _listed_of(self):
        return self.election.pk
