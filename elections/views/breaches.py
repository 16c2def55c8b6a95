"""Reports that an election was disturbed, and elections that are void."""

from congress.law.sources import cite, gist
from congress.people.masks import mask_name
from congress.web.records import at, url_of
from congress.wording import chinese_date
from elections.actions import breaches as acts
from elections.forms import breaches as forms
from elections.life import ANNULMENT, BREACH
from elections.listings import breaches as lists
from elections.models import Annulment, Breach, Campaign, Election
from elections.permissions import BREACHES, ISSUE, VIEW
from elections.queries.breaches import annulments_with_facts
from elections.views.frame import refilled
from elections.views.kept import KeptPages


def _breach_facts(row: Breach) -> list[tuple]:
    shown = [
        ("状态", row.stage.label + (f"，下一步：{row.stage.next}" if row.stage.next else "")),
        ("收到（发现）日期", f"{chinese_date(row.received_on)}，{row.get_how_display()}"),
        ("反映的行为", row.get_kind_display()),
        ("选区", str(row.district or "全镇")),
        ("举报人", mask_name(row.reporter) if row.reporter else "没有署名"),
        ("被反映的人", row.subject),
        ("反映的情况", row.words),
    ]
    if row.looked_on:
        shown.append(("调查", f"{chinese_date(row.looked_on)}起，{row.looked_by}"))
    if row.settled_on:
        told = "查实" if row.upheld else "不成立"
        shown += [("查明", f"{chinese_date(row.settled_on)}，{told}"), ("调查情况", row.finding)]
    if row.handed_on:
        shown.append(("移送", f"{chinese_date(row.handed_on)}，{row.handed_to}，{row.handed_paper}"))
    if row.closed_on:
        shown.append(("处理结果", f"{chinese_date(row.closed_on)}，{row.outcome}"))
    return shown


def _annulment_facts(row: Annulment) -> list[tuple]:
    place = row.township
    shown = [
        ("状态", row.stage.label + (f"，下一步：{row.stage.next}" if row.stage.next else "")),
        ("代表", row.mandate.deputy.name, at(place, "deputies-detail", row.mandate.deputy_id)),
        ("选区、当选日期", f"{row.mandate.district or ''}，{chinese_date(row.mandate.elected_on)}"),
        ("无效的情形", row.get_ground_display()),
        ("审查意见", f"{chinese_date(row.reviewed_on)}，{row.review}"),
    ]
    if row.breach:
        shown.append(("所依据的查实", str(row.breach), url_of(row.breach, place)))
    if row.decided_on:
        shown.append(("确定", f"{chinese_date(row.decided_on)}，{row.decided_by}，{row.paper}"))
    if row.announced_on:
        shown.append(("公布", chinese_date(row.announced_on)))
    if row.void:
        shown += refilled(place, row.mandate)
    return shown


PAGES = (
    KeptPages(
        acts.BREACHES,
        forms.BreachForm,
        lists.BREACHES,
        "breaches",
        Campaign,
        rows=lambda campaign: Breach.objects.kept().filter(campaign=campaign).select_related("district"),
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        facts=_breach_facts,
        reads=("campaign", "district"),
        lead=gist(cite("election_law", "investigation")) + "法律没有规定几日以内；举报人不在名单和导出里显示。",
        template="elections/kept_steps.html",
        life=BREACH,
        sees=BREACHES,
        edits=BREACHES,
    ),
    KeptPages(
        acts.ANNULMENTS,
        forms.AnnulmentForm,
        lists.ANNULMENTS,
        "annulments",
        Election,
        rows=lambda election: annulments_with_facts(Annulment.objects.kept().filter(election=election)),
        start=lambda election: {"election": election},
        above=lambda row: row.election,
        facts=_annulment_facts,
        reads=(
            "election__campaign",
            "election__term",
            "mandate__deputy__data_key",
            "mandate__term",
            "mandate__district",
            "breach",
        ),
        lead="就任以后才查明的：代表资格审查委员会提出意见，由主席团（县级为常委会）确定。当选无效不同于代表资格终止：没有依法当选过。",
        findings=acts.grounds_of,
        template="elections/kept_steps.html",
        life=ANNULMENT,
        sees=VIEW,
        edits=ISSUE,
    ),
)
