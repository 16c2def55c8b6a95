"""The register of proxies as offices keep it (委托登记册): a row for each authority, entered as the paper has it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse

from congress import clock
from congress.guard.refusal import refuse
from congress.imports import ImportKind, Taken, register
from congress.imports.ledgers import made_held, withdraw_made
from congress.spreadsheets.columns import Column
from congress.spreadsheets.dates import spread_period
from congress.spreadsheets.preview import PreviewRow, Status, restore
from elections.actions import proxies as acts
from elections.imports.roll_form import LevelForm
from elections.models import Election, ProxyVote, Registration
from elections.models.proxies import LIVE
from elections.permissions import VOTERS_EDIT

FORMS = {
    "书面委托书": ("书面", "委托书", "当面", "送达"),
    "信函": ("信", "邮寄", "来信", "寄回"),
    "传真": ("传真件",),
    "其他可查核的方式": ("微信", "短信", "视频", "电子邮件", "邮件", "可查核"),
    "口头或者其他方式": ("口头", "电话", "其他"),
}
REASONS = {
    "选举期间外出": ("外出", "务工", "在外", "外出务工"),
    "其他特殊原因": ("特殊原因", "其他原因"),
    "因病残不能参加投票": ("病残", "因病", "残疾", "病"),
    "服刑、被羁押或者受拘留处罚": ("服刑", "羁押", "拘留"),
}
SINCE = ("外出起止", "外出期间", "外出时间", "外出起始日期", "离开日期")
UNTIL = ("预计返回日期", "返回日期", "返乡日期", "回来日期")
SEVERAL = "名单上有{}位{}，请写明选区、小组"
NOBODY = "名单上没有这个姓名"


class Listed(NamedTuple):
    """Somebody on the list, by what tells namesakes apart."""

    pk: Any
    district: int
    district_name: str
    group: int | None
    group_name: str | None

    def fits(self, district: str, group: str) -> bool:
        """Whether cells that name district and group may mean this one."""
        return _means(district, self.district, self.district_name) and _means(group, self.group, self.group_name)


def _means(text: str, number: int | None, name: str | None) -> bool:
    digits = "".join(one for one in text if one.isdecimal())
    return (
        not text or (digits and digits == str(number)) or (bool(name) and name in text) or (bool(name) and text in name)
    )


class ProxyListForm(LevelForm):
    """The level, and whether the authorities are for the other one as well."""

    both = forms.BooleanField(
        label="委托书写明两级的，同时登记另一级",
        required=False,
        initial=True,
        help_text="委托人、受托人都在另一级名单上的，各登记一份",
    )
    field_order = ("file", "text", "election", "both")


@register
class Proxies(ImportKind):
    """Authorities by principal and agent. What is registered stays as it is; a fourth is entered, and cannot be agreed to."""

    key = "elections.proxies"
    label = "委托投票"
    permission = VOTERS_EDIT
    noun = "份"
    form = ProxyListForm
    once_for_all = ("election", "both")
    shown = ("principal", "district", "where", "agent", "form", "came_on", "approver", "settled_on")
    hint = (
        "每份委托一行，照委托登记册填写；同名的写明选区、小组。填了审批日期、又没有不合法情形的，直接登记为已同意；"
        "第四份等不合规定的也能登记，但不能同意。代写选票不是委托，不要列入。"
    )

    def __init__(self, township, options):
        super().__init__(township, options)
        chosen = Election.objects.kept().filter(pk=options.get("election") or None)
        self.election = chosen.select_related("campaign", "term", "township__county").first()

    def columns(self):
        person = {"kind": "name", "max_length": 40, "width": 12}
        place = {"max_length": 60, "width": 16}
        return [
            Column("principal", "委托人", ("委托人姓名", "选民", "选民姓名"), required=True, example="张三", **person),
            Column("district", "选区", ("委托人选区", "所在选区", "选区号"), example="3", **place),
            Column("group", "小组", ("选民小组", "委托人小组", "小组号"), **place),
            Column("reason", "委托原因", ("原因", "类别"), kind="choice", choices=REASONS, width=16),
            Column("where", "外出地/事由", ("外出地", "外出地点", "事由", "外出地或者事由", "外出地、情况"), **place),
            Column("since", "外出开始", SINCE, kind="date", offered=False, spread=spread_period("since", "until")),
            Column("until", "外出结束", UNTIL, kind="date", offered=False),
            Column("agent", "受托人", ("受委托人", "被委托人", "受托人姓名"), required=True, example="李四", **person),
            Column("agent_district", "受托人选区", ("受委托人选区", "受托人选区号"), **place),
            Column("agent_place", "受托人登记为选民的地点", ("受托人登记地",), **place),
            Column("form", "收到方式", ("委托方式", "方式"), kind="choice", choices=FORMS, width=14),
            Column("came_on", "收到日期", ("日期", "收到时间", "委托日期"), required=True, kind="date"),
            Column("approver", "审批人", ("同意人", "批准人"), **person),
            Column("settled_on", "审批日期", ("审批日", "同意日期", "审批时间"), kind="date"),
        ]

    @cached_property
    def _listed(self) -> dict[str, list[Listed]]:
        """Everybody on the list, by name."""
        found: dict[str, list[Listed]] = {}
        rows = Registration.objects.kept().filter(election=self.election, on_roll=True)
        columns = ("pk", "district__number", "district__name", "group__number", "group__name")
        for name, *values in rows.values_list("voter__name", *columns).iterator(chunk_size=2000):
            found.setdefault(name, []).append(Listed(*values))
        return found

    def _found(self, name: str, district: str, group: str = "") -> tuple[Listed | None, str]:
        """Who a row means, or what is wrong."""
        named = self._listed.get(name, [])
        fitting = [one for one in named if one.fits(district, group)]
        if len(fitting) == 1:
            return fitting[0], ""
        return None, SEVERAL.format(len(fitting), name) if fitting else NOBODY

    def _agent(self, values: dict[str, Any]) -> tuple[Listed | None, str]:
        """The agent; of namesakes the one in the principal's own district, where the row says no other."""
        district = values.get("agent_district") or ""
        found, wrong = self._found(values["agent"], district)
        if found is None and wrong != NOBODY and not district:
            nearer, _ = self._found(values["agent"], values.get("district") or "")
            return nearer, "" if nearer else wrong
        return found, wrong

    def key_of(self, values):
        if not values.get("principal") or not values.get("agent"):
            return None
        found, _ = self._found(values["principal"], values.get("district") or "", values.get("group") or "")
        return (str(found.pk), values["agent"]) if found else None

    def lookup(self, keys):
        rows = ProxyVote.objects.kept().filter(election=self.election, principal__in=[key[0] for key in keys])
        rows = rows.filter(state__in=LIVE).select_related("agent__voter")
        known = {
            (str(row.principal_id), row.agent.voter.name if row.agent else row.agent_name): {"id": row.pk}
            for row in rows
        }
        return {key: known[key] for key in keys if key in known}

    def compare(self, known, values):
        """What is registered stays as it is."""
        return {}

    def settle(self, values):
        if not values.get("agent") or self._agent(values)[1] != NOBODY:
            return []
        return ["受托人不在这次选举的名单上，登记后不能同意，除非是规定可以委托的有选举权的亲属"]

    def check_row(self, values):
        wrong, principal = [], None
        if values.get("principal"):
            principal, said = self._found(values["principal"], values.get("district") or "", values.get("group") or "")
            wrong += [("principal", said)] if said else []
        if values.get("agent"):
            found, said = self._agent(values)
            wrong += [("agent", said)] if not found and said != NOBODY else []
            wrong += [("agent", "不能委托本人")] if found and found == principal else []
        came, settled, today = values.get("came_on"), values.get("settled_on"), clock.today()
        if came and came > today:
            wrong.append(("came_on", "收到日期不能晚于今天"))
        if came and settled and not came <= settled <= today:
            wrong.append(("settled_on", "审批日期应在收到日期以后、今天以前"))
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            wrong.append(("until", "外出结束的日期不能早于开始的日期"))
        return wrong

    def make(self, plan):
        if self.election is None or self.election.campaign.closed_on:
            refuse("这次选举工作已经结束或者撤回，请重新选择。")
        return []

    def take(self, rows: list[PreviewRow]) -> list[Taken]:
        return [Taken(made, True) for row in rows if row.status == Status.NEW for made in self._made(row)]

    def _made(self, row: PreviewRow) -> Iterator[ProxyVote]:
        said = restore(row.values, self.columns())
        principal = self._entry(self._found(said["principal"], said.get("district") or "", said.get("group") or "")[0])
        entry = self._entry(self._agent(said)[0])
        place = said.get("agent_place") or ""
        agent = acts.Agent(entry.voter) if entry else acts.Agent(None, said["agent"], place, bool(place))
        labels = {
            "form": dict(map(reversed, ProxyVote.Form.choices)),
            "reason": dict(map(reversed, ProxyVote.Reason.choices)),
        }
        chosen = {name: labels[name][said[name]] for name in labels if said.get(name)}
        days = {name: said.get(name) for name in ("since", "until")}
        authority = acts.Authority(came_on=said["came_on"], where=said.get("where") or "", **days, **chosen)
        for election in self._levels(principal, entry):
            made = acts.draft(election, principal.voter, agent, authority)
            acts.number(made)
            if said.get("settled_on"):
                acts.agreed_on_paper(made, said["settled_on"], said.get("approver") or "")
            made.save(force_insert=True)
            yield made

    def _entry(self, found: Listed | None) -> Registration | None:
        rows = Registration.objects.kept().select_related("voter", "district")
        return rows.filter(pk=found.pk, on_roll=True).first() if found else None

    def _levels(self, principal: Registration, agent: Registration | None) -> list[Election]:
        """The level of the table, and the other one where both stand on its list."""
        if not self.options.get("both"):
            return [self.election]
        beside = Election.objects.kept().filter(campaign=self.election.campaign_id).exclude(pk=self.election.pk)
        for one in (principal, *([agent] if agent else [])):
            stands = Registration.objects.kept().filter(voter=one.voter_id, on_roll=True)
            beside = beside.filter(pk__in=stands.values("election"))
        return [self.election, *beside.select_related("campaign", "term", "township__county")]

    def held(self, rows, before):
        return made_held((ProxyVote,), rows)

    def undo(self, rows, before):
        withdraw_made(rows, (ProxyVote,))

    def said(self):
        if self.election is None:
            return []
        both = "，委托书写明两级的同时登记另一级" if self.options.get("both") else ""
        return [("选举", f"{self.election}（{self.election.term.get_level_display()}）{both}")]

    @classmethod
    def back(cls, township):
        return reverse("elections-proxies", args=[township.code])
