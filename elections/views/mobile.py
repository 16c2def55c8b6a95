"""The pages of mobile boxes and of those who vote there, and their papers."""

from congress.law.sources import cite, gist
from congress.web.printing import print_view
from congress.web.records import at, url_of
from elections.actions import mobile as acts
from elections.documents import mobile as papers
from elections.forms import mobile as forms
from elections.listings import mobile as lists
from elections.models import Campaign, MobileBox, MobileVoter
from elections.queries import mobile as queries
from elections.views.kept import KeptPages
from elections.views.places import import_first


def _box_facts(row: MobileBox) -> list[tuple]:
    found, county = queries.boxes().get(pk=row.pk), row.county_district
    return [
        ("选区", str(row.district), url_of(row.district, row.township)),
        *([("县级选区", str(county), url_of(county, row.township))] if county else []),
        ("路线", row.route),
        ("出发和返回", row.hours),
        ("选民", f"{found.listed}人"),
        ("同行人员", f"{found.escorts}人，其中监票人{found.monitors}人"),
        ("与哪处的票箱混合计票", str(row.mixed_with or "")),
        ("流动票箱选民较多的原因", row.why_many),
        ("登记册", "选民已签名或者盖章" if row.signed else "投票时由选民签名或者盖章"),
    ]


def _voter_facts(row: MobileVoter) -> list[tuple]:
    entry = row.registration
    return [
        ("选民", entry.voter.name, url_of(entry.voter, row.township)),
        ("选民小组", str(entry.group or "")),
        ("流动票箱", str(row.box), url_of(row.box, row.township)),
        ("原因", row.get_reason_display()),
        ("其他原因是什么", row.said),
    ]


def _more(place, row: MobileBox) -> dict:
    """The voters of a box and the way to its register."""
    people = [(one, url_of(one, place)) for one in queries.voters_of(row)]
    return {"people": people, "register_url": at(place, "elections-mobile-register", row.pk) if people else ""}


register = print_view(papers.OF_BOX)
registers = print_view(papers.REGISTERS)
names = print_view(papers.LIST)
LAW = gist(cite("election_law", "mobile_box"))

PAGES = (
    KeptPages(
        acts.BOXES,
        forms.MobileBoxForm,
        lists.BOXES,
        "mobile-boxes",
        Campaign,
        rows=queries.boxes,
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        facts=_box_facts,
        reads=("campaign", "district__term", "county_district__term", "mixed_with"),
        lead=f"{LAW}同行的人员在“选举工作人员”里登记；流动票箱与本选区的其他票箱一起开箱。",
        findings=queries.box_findings,
        all_findings=queries.all_findings,
        more=_more,
        template="elections/mobile_box.html",
        heads=lambda place, campaign: [
            ("导入流动票箱", import_first(place, campaign, "elections.mobile_boxes"), "upload"),
            ("流动票箱选民", at(place, "elections-mobile-voter-list", campaign.pk), "people"),
            ("全部登记册", at(place, "elections-mobile-registers", campaign.pk), "printer"),
        ],
    ),
    KeptPages(
        acts.VOTERS,
        forms.MobileVoterForm,
        lists.VOTERS,
        "mobile-voters",
        Campaign,
        rows=queries.voters,
        start=lambda campaign: {},
        above=lambda row: row.box.campaign,
        facts=_voter_facts,
        reads=("box__campaign", "box__district", "registration__voter", "registration__group"),
        lead=f"{LAW}疾病的名称不登记。",
        options=lambda campaign: {"campaign": campaign},
        findings=queries.voter_findings,
        heads=lambda place, campaign: [
            ("导入流动票箱选民", import_first(place, campaign, "elections.mobile"), "upload"),
            ("选民名单", at(place, "elections-mobile-names", campaign.pk), "printer"),
        ],
    ),
)
