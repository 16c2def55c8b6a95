"""Districts of a campaign: side by side, seats a by-election fills, where districts come from, voters' groups."""

from django.db.models import Q

from congress.people.fields import masked
from congress.web.pages import township_view
from congress.web.records import at, import_at, kept_or_404, url_of
from congress.web.search import Said
from congress.web.table import Col, Listing, show
from congress.wording import cdatew, chinese_date
from deputies.permissions import STRUCTURE
from elections.actions import districts as acts
from elections.forms import districts as forms
from elections.forms.groups import VoterGroupForm
from elections.listings.districts import DISTRICTS, GROUPS, share
from elections.models import DistrictDay, DistrictOrigin, Election, Vacancy, VoterGroup
from elections.permissions import VIEW
from elections.queries.districts import level_districts, whole_findings, whole_of
from elections.views.frame import level_of, name_of
from elections.views.kept import KeptPages

VACANCIES = Listing(
    title="补选选区",
    name="vacancies",
    columns=[
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number",
            lambda row, place: url_of(row, place),
            find=("district__number", "district__name"),
        ),
        Col("seats", "补选名额", lambda row: row.seats, "seats", numeric=True),
        Col("reason", "出缺原因", lambda row: row.reason, "reason", find="reason"),
    ],
    default="district",
    search_hint="选区、原因",
    empty=("还没有登记补选的选区", "代表出缺的选区逐个登记，由原选区补选。"),
)
DAYS = Listing(
    title="选区另定的选举日",
    name="district-days",
    columns=[
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number",
            lambda row, place: url_of(row, place),
            find=("district__number", "district__name"),
        ),
        Col("day", "本选区的选举日", lambda row: row.day, "day", find="day"),
        Col("reason", "原因", lambda row: row.reason, "reason", find="reason"),
        Col("consented_on", "同意日期", lambda row: row.consented_on, "consented_on", find="consented_on"),
        Col("paper", "同意的文件", lambda row: row.paper, "paper", find="paper"),
    ],
    default="district",
    search_hint="选区、原因、文件、日期",
    empty=("各选区都在选举日投票", "个别选区提前或者推迟的，报选举委员会同意后登记在这里。"),
)
ORIGINS = Listing(
    title="选区沿革",
    name="district-origins",
    columns=[
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number",
            lambda row, place: url_of(row, place),
            find=("district__number", "district__name"),
        ),
        Col(
            "former",
            "上届选区",
            lambda row: str(row.former or "新设"),
            "former__number",
            find=("former__number", "former__name"),
        ),
        Col(
            "redrawn",
            "重新划分",
            lambda row: "重新划分" if row.redrawn else "",
            "redrawn",
            find=Said({"重新划分": Q(redrawn=True)}),
        ),
        Col("reason", "原因", lambda row: row.reason, "reason", find="reason"),
    ],
    default="district",
    search_hint="选区、原因",
    empty=("还没有登记选区沿革", "沿用上届选区时自动登记；合并、拆分、新设的逐个登记并写明原因。"),
)


def _of_election(model, *beside: str) -> dict:
    """What the pages of every record of an election's districts share; `beside` is read with each row."""
    return {
        "rows": lambda election: model.objects.kept().filter(election=election).select_related(*beside),
        "start": lambda election: {"election": election},
        "above": lambda row: row.election,
        "reads": (*beside, "election__campaign", "election__term"),
    }


PAGES = (
    KeptPages(
        acts.VACANCIES,
        forms.VacancyForm,
        VACANCIES,
        "vacancies",
        Election,
        **_of_election(Vacancy, "district"),
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("补选名额", f"{row.seats}名"),
            ("出缺原因", row.reason),
        ],
        findings=acts.vacancy_findings,
        lead="因故出缺的代表由原选区补选（选举法第五十七条）。",
        preset=("district", "seats", "reason"),
    ),
    KeptPages(
        acts.DAYS,
        forms.DistrictDayForm,
        DAYS,
        "district-days",
        Election,
        **_of_election(DistrictDay, "district"),
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("本选区的选举日", cdatew(row.day)),
            ("全乡镇的选举日", cdatew(row.election.election_day)),
            ("原因", row.reason),
            ("选举委员会同意", chinese_date(row.consented_on) if row.consented_on else "还没有登记"),
            ("同意的文件", row.paper),
        ],
        findings=acts.day_findings,
        lead="选举日由选举委员会确定（选举法第十一条），选区工作组不能自行提前或者推迟。公告、选民证和日程按本选区的选举日写明和计算。",
    ),
    KeptPages(
        acts.ORIGINS,
        forms.OriginForm,
        ORIGINS,
        "origins",
        Election,
        **_of_election(DistrictOrigin, "district", "former__term"),
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("上届选区", f"{row.former.term}{row.former}" if row.former else "新设"),
            ("重新划分", "是" if row.redrawn else "否"),
            ("原因", row.reason),
        ],
        lead="没有理由的不重新划分；调整过的写明原因，便于选民和上级核对。",
    ),
    KeptPages(
        acts.GROUPS,
        VoterGroupForm,
        GROUPS,
        "groups",
        Election,
        rows=lambda election: (
            VoterGroup.objects.kept()
            .filter(district__term=election.term_id)
            .select_related("district", "county_district", "data_key")
        ),
        start=lambda election: {},
        above=lambda row: level_of(row.district),
        facts=lambda row: [
            ("选区", str(row.district), url_of(row.district, row.township)),
            ("县级选区", str(row.county_district or "")),
            ("小组号", str(row.number)),
            ("组长", row.leader),
            ("组长手机", masked(row, "leader_phone")),
        ],
        reads=("district__term", "county_district", "data_key"),
        lead="选民小组是选民登记、讨论候选人和投票的单位，不是代表小组。",
        options=lambda election: {"election": election},
        heads=lambda place, election: [
            ("导入选民小组", import_at(place, "elections.groups", election=election.pk), "upload")
        ],
    ),
)


@township_view(VIEW)
def district_list(request, township, pk):
    """The districts of a level side by side: people, voters, seats, people per seat against the mean."""
    election = kept_or_404(Election.objects.filter(campaign__isnull=False).select_related("campaign", "term"), pk)
    whole = whole_of(election)
    rows = level_districts(election, whole)
    told = [finding for row in rows if (found := share(row)) for finding in found.findings]
    head = []
    if request.allows(STRUCTURE) and request.standing.writes:
        head = [
            ("新增选区", at(township, "deputies-district-new", election.term_id), "plus-lg"),
            ("导入选区", import_at(township, "deputies.districts", term=election.term_id), "upload"),
        ]
    context = {
        "whole": whole,
        "seats": election.term.seats,
        "findings": [*whole_findings(election, whole), *told],
        "breadcrumbs": [
            ("选举工作", at(township, "elections-campaigns")),
            (str(election.campaign), url_of(election.campaign, township)),
            (f"{name_of(election)}{DISTRICTS.title}", ""),
        ],
    }
    return show(request, township, DISTRICTS, rows, actions=head, context=context, template="elections/districts.html")
