"""Handling units as a table."""

import re

from django.urls import reverse

from congress.imports.kinds import register
from congress.imports.records import RecordKind
from congress.models import Unit
from congress.permissions import CATEGORIES
from congress.spreadsheets.columns import Column
from congress.spreadsheets.preview import Status

_LEVELS = (
    ("村（社区）", re.compile(r"(?:村|社区|(?:村|居|村民|居民)委(?:员)?会)$")),
    ("县级部门", re.compile(r"^[县市区旗州]|[县市旗][^镇乡村]{2,}局$")),
)


def level_of(name: str) -> str:
    """The level a unit's name speaks of; a name that speaks of none is one of the township's own."""
    return next((level for level, names in _LEVELS if names.search(name)), "本级")


@register
class Units(RecordKind):
    """Offices of the town, county departments and villages, by name."""

    key = "congress.units"
    label = "承办单位"
    group = "建议"
    permission = CATEGORIES
    noun = "个"
    model = Unit
    shown = ("name", "level", "duties")
    hint = "镇直各站所、县级部门和村（社区）一次导入，交办建议和转办事项时即可选择。"

    def columns(self):
        levels = {
            "本级": ("镇", "乡", "镇级", "乡镇"),
            "县级部门": ("县", "县级", "区级"),
            "村（社区）": ("村", "社区"),
        }
        return [
            Column(
                "name", "单位名称", ("单位", "名称", "部门"), required=True, max_length=60, width=28, example="水利站"
            ),
            Column("level", "层级", ("级别",), kind="choice", choices=levels, width=12),
            Column("duties", "主要职责", ("职责",), max_length=200, width=40),
        ]

    def review(self, rows, parts):
        """A plain list of names says no levels: they are told from the names, and said."""
        for row in rows:
            if row.status == Status.NEW and row.values.get("level") is None:
                row.values["level"] = level = level_of(row.values["name"])
                row.notes.append(f"没有写层级，按名称登记为“{level}”")

    @classmethod
    def back(cls, township):
        return reverse("units", args=[township.code])
