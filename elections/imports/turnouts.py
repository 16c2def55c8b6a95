"""The voters and the turnout of an election's districts as one table."""

from django import forms
from django.urls import reverse

from congress.guard.refusal import refuse
from congress.imports import RecordKind, UploadForm, register
from congress.spreadsheets.cells import CellProblem
from congress.spreadsheets.columns import Column
from congress.web.lacking import Origin, made_at
from deputies.imports.words import district_in
from elections.models import DistrictTurnout, Election
from elections.permissions import EDIT
from elections.queries import elections


class ElectionChoice(forms.ModelChoiceField):
    """One of the elections, told apart by their level."""

    def label_from_instance(self, obj):
        return f"{obj}（{obj.term.get_level_display()}）"


class ElectionForm(UploadForm):
    """Which election the table tells of."""

    election = ElectionChoice(Election.objects.none(), label="哪一次选举")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["election"].queryset = elections().filter(township=self.township)


made_at(Election, Origin("还没有登记选举。", "登记选举", "elections-new", EDIT))


def _number(text: str) -> int:
    """1, 第1选区, 1号选区: how lists and people write which district it is."""
    number, _ = district_in(text)
    if not number:
        raise CellProblem("选区号应为正整数，如3、第3选区")
    return number


@register
class Turnouts(RecordKind):
    """Districts by their number: the law judges each by its own voters, and never by the totals (选举法四十五)."""

    key = "elections.turnouts"
    label = "选区投票情况"
    permission = EDIT
    noun = "个"
    form = ElectionForm
    model = DistrictTurnout
    natural = ("number",)
    shown = ("number", "registered", "took_part", "recovered")
    hint = "每个选区一行，按经选举委员会确认的数字；选举是否有效按选区判断。再次导入的数字不同时按新的更正。"

    def columns(self):
        return [
            Column("number", "选区号", ("选区", "选区序号"), required=True, check=_number, width=10, example="1"),
            Column(
                "registered",
                "登记选民",
                ("选民数", "登记选民数", "登记选民人数", "选民总数", "选民人数"),
                required=True,
                kind="integer",
                least=1,
                width=12,
                example="1200",
            ),
            Column(
                "took_part",
                "参加投票",
                ("投票人数", "参加投票人数", "参加投票选民数", "实际投票人数", "参加投票的选民"),
                required=True,
                kind="integer",
                width=12,
                example="1130",
            ),
            Column(
                "recovered",
                "收回选票",
                ("收回", "收回票数", "收回选票数", "收回选票张数", "收回张数"),
                kind="integer",
                least=0,
                width=12,
                example="1128",
            ),
        ]

    def __init__(self, township, options):
        super().__init__(township, options)
        chosen = elections().filter(township=township, pk=options.get("election"))
        self.election = chosen.first() if options.get("election") else None

    def common(self):
        return {"election": self.election}

    def take(self, rows):
        if self.election is None:
            refuse("所选的选举已经撤回，请重新导入。")
        return super().take(rows)

    def check_row(self, values):
        fits = 0 <= values["took_part"] <= values["registered"]
        return [] if fits else [("took_part", "参加投票人数应在零与登记选民之间")]

    def said(self):
        return [("选举", str(self.election))] if self.election else []

    @classmethod
    def back(cls, township):
        return reverse("elections-list", args=[township.code])
