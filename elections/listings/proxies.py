"""The register of proxies, the share of each district, its notes, and how the detained vote."""

from django.db.models import Q
from django.urls import reverse

from congress.law.proxies import CUSTODY, SHARE_TOLD, WAYS
from congress.web.records import url_of
from congress.web.search import Among, Name, Said
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field
from deputies.models import District, Level
from elections.models import Election, ProxyVote, VoterGroup
from elections.models.proxies import LIVE, MOST
from elections.queries.proxies import OFF_ROLL, share_findings

TONES = {"asked": "warning", "agreed": "good", "refused": "neutral", "cancelled": "neutral"}
_NUMBER = "election__term__level,number"


def _levels() -> Choices:
    rows = Election.objects.kept().filter(campaign__isnull=False).order_by("-election_day", "term__level")
    return Choices(
        rows.values("pk", "term__level", "term__number", "campaign__name"),
        lambda found: [(one["pk"], f"{one['campaign__name']}{Level(one['term__level']).label}") for one in found],
    )


def _place(row: ProxyVote) -> str:
    if row.state not in LIVE:
        return ""
    return f"第{row.place}份" if row.place else "已满三份"


PROXIES = Listing(
    title="委托登记册",
    name="proxies",
    columns=[
        Col(
            "principal",
            "委托人",
            lambda x: x.principal.voter.name,
            f"principal__voter__stroke_key,{_NUMBER}",
            url_of,
            find=Name("principal__voter__name"),
        ),
        Col("number", "编号", lambda x: x.number, _NUMBER, numeric=True, find="number"),
        Col("level", "级别", lambda x: x.election.term.get_level_display(), _NUMBER, find="election__term__level"),
        Col(
            "district",
            "选区",
            lambda x: str(x.principal.district),
            f"principal__district__number,{_NUMBER}",
            find=Among("principal__district", District.objects.kept),
        ),
        Col(
            "group",
            "选民小组",
            lambda x: str(x.principal.group or ""),
            f"principal__district__number,principal__group__number,{_NUMBER}",
            screen=False,
            find=Among("principal__group", VoterGroup.objects.kept),
        ),
        Col("reason", "委托原因", lambda x: x.get_reason_display(), f"reason,{_NUMBER}", screen=False, find="reason"),
        Col("where", "外出地、情况", lambda x: x.where, f"where,{_NUMBER}", find="where"),
        Col(
            "agent",
            "受托人",
            lambda x: x.agent.voter.name if x.agent else x.agent_name,
            f"agent__voter__stroke_key,agent_name,{_NUMBER}",
            find=(Name("agent__voter__name"), Name("agent_name")),
        ),
        Col(
            "agent_place",
            "受托人登记为选民的地点",
            lambda x: x.agent_place,
            f"agent_place,{_NUMBER}",
            screen=False,
            find="agent_place",
        ),
        Col(
            "place",
            "第几份",
            _place,
            f"place,{_NUMBER}",
            find=Said(
                {"已满三份": Q(place=None, state__in=LIVE)}
                | {f"第{one}份": Q(place=one, state__in=LIVE) for one in range(1, MOST + 1)}
            ),
        ),
        Col("form", "收到方式", lambda x: x.get_form_display(), f"form,{_NUMBER}", screen=False, find="form"),
        Col("came_on", "收到日期", lambda x: x.came_on, f"came_on,{_NUMBER}", find="came_on"),
        Col("state", "状态", lambda x: Badge(x.get_state_display(), TONES[x.state]), f"state,{_NUMBER}", find="state"),
        Col(
            "consent_by",
            "由谁同意",
            lambda x: x.get_consent_by_display(),
            f"consent_by,{_NUMBER}",
            screen=False,
            find="consent_by",
        ),
        Col("approver", "审批人", lambda x: x.approver, f"approver,{_NUMBER}", screen=False, find="approver"),
        Col("settled_on", "审批日期", lambda x: x.settled_on, f"settled_on,{_NUMBER}", screen=False, find="settled_on"),
        Col("slip_on", "制发日期", lambda x: x.slip_on, f"slip_on,{_NUMBER}", screen=False, find="slip_on"),
        Col("ballot_on", "发票日期", lambda x: x.ballot_on, f"ballot_on,{_NUMBER}", screen=False, find="ballot_on"),
        Col(
            "cancelled",
            "取消",
            lambda x: x.get_cancelled_display(),
            f"cancelled,{_NUMBER}",
            screen=False,
            find="cancelled",
        ),
    ],
    default="number",
    days="came_on",
    search=("principal__voter__search_text", "agent__voter__search_text"),
    search_hint="姓名、拼音、编号、选区、外出地",
    filters=[
        Filter("election", "选举", _levels, lambda rows, value: rows.filter(election=value)),
        by_field("state", "状态", ProxyVote.State.choices),
        by_field("reason", "委托原因", ProxyVote.Reason.choices),
        by_field("form", "收到方式", ProxyVote.Form.choices),
        Filter(
            "place",
            "受托份数",
            lambda: [("over", "已满三份，没有占用")],
            lambda rows, value: rows.filter(place=None, state__in=LIVE),
        ),
        Filter(
            "off",
            "名单",
            lambda: [("yes", "委托人或者受托人已除名")],
            lambda rows, value: rows.filter(OFF_ROLL, state__in=LIVE),
        ),
        Filter(
            "slip",
            "委托投票证",
            lambda: [("no", "还没有制发"), ("yes", "已制发")],
            lambda rows, value: rows.filter(state="agreed", slip_on__isnull=value == "no"),
        ),
    ],
    empty=("还没有委托投票", "外出的选民书面委托其他选民的，照收到的委托书登记；代写选票不是委托，不在这里登记。"),
    empty_icon="people",
)


def _share(row) -> str:
    return f"{100 * row.agreed / row.voters:.1f}%" if row.voters else ""


def _noted(row) -> Badge | str:
    if row.noted:
        return Badge("已说明", "good")
    return Badge("请写明原因", "warning") if share_findings(row, row.asked_on) else ""


NOTED = Said({"已说明": Q(noted=True), "请写明原因": Q(noted=False, share__gte=10 * SHARE_TOLD)})


def _note_url(row, place) -> str:
    return reverse("elections-proxy-note", args=[place.code, row.note_id]) if row.note_id else ""


SHARES = Listing(
    title="各选区的委托投票比例",
    name="proxy-shares",
    columns=[
        Col("number", "选区", str, "number", find=("number", "name")),
        Col("voters", "选民", lambda x: x.voters, "voters,number", numeric=True),
        Col("agreed", "已同意委托", lambda x: x.agreed, "agreed,number", numeric=True),
        Col("share", "占选民", _share, "share,number", numeric=True),
        Col("asked", "待同意", lambda x: x.asked, "asked,number", numeric=True),
        Col("note", "说明", _noted, "noted,number", _note_url, find=NOTED),
    ],
    default="number",
    search_hint="选区",
    empty=("还没有选区", "登记选区以后，这里按选区列出委托投票的比例。"),
)

NOTES = Listing(
    title="委托投票比例说明",
    name="proxy-notes",
    columns=[
        Col(
            "district",
            "选区",
            lambda x: str(x.district),
            "district__number",
            url_of,
            find=("district__number", "district__name"),
        ),
        Col("noted_on", "说明日期", lambda x: x.noted_on, "noted_on", find="noted_on"),
        Col("note", "原因", lambda x: x.note, "note", find="note"),
    ],
    default="district",
    search_hint="选区、原因",
    empty=("还没有说明", "委托投票达到选民三成的选区，写明原因；没有法定限度。"),
)

_VOTER = "registration__voter__stroke_key"
DETAINED = Listing(
    title="服刑、被羁押选民的投票",
    name="detained",
    columns=[
        Col(
            "name",
            "姓名",
            lambda x: x.registration.voter.name,
            f"{_VOTER},created_at",
            url_of,
            find=Name("registration__voter__name"),
        ),
        Col(
            "district",
            "选区",
            lambda x: str(x.registration.district),
            f"registration__district__number,{_VOTER},created_at",
            find=Among("registration__district", District.objects.kept),
        ),
        Col(
            "situation", "情形", lambda x: x.get_situation_display(), f"situation,{_VOTER},created_at", find="situation"
        ),
        Col("organ", "执行机关", lambda x: x.organ, f"organ,{_VOTER},created_at", find="organ"),
        Col("way", "参加选举的方式", lambda x: x.get_way_display(), f"way,{_VOTER},created_at", find="way"),
        Col("agreed_on", "共同决定日期", lambda x: x.agreed_on, f"agreed_on,{_VOTER},created_at", find="agreed_on"),
        Col("paper", "决定的文书", lambda x: x.paper, f"paper,{_VOTER},created_at", find="paper"),
    ],
    default="name",
    search_hint="姓名、机关、文书",
    filters=[
        by_field("way", "参加选举的方式", list(WAYS.items())),
        by_field("situation", "情形", list(CUSTODY.items())),
    ],
    empty=(
        "没有登记",
        "没有被剥夺、也没有停止行使选举权利的服刑、被羁押、受拘留的选民准予投票，方式由选举委员会和执行机关共同决定。",
    ),
    empty_icon="people",
)
