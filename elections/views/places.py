"""The pages of the places of polling day."""

from functools import partial

from congress.law.sources import cite, gist
from congress.web.records import import_at, url_of
from congress.wording import chinese_date
from elections.actions import places as acts
from elections.forms import places as forms
from elections.listings import places as lists
from elections.models import Campaign, PollingPlace
from elections.permissions import POLLING
from elections.queries import places as queries
from elections.queries import workers
from elections.views.kept import KeptPages


def _place_facts(row: PollingPlace) -> list[tuple]:
    county = row.county_district
    return [
        ("选区", str(row.district), url_of(row.district, row.township)),
        *([("县级选区", str(county), url_of(county, row.township))] if county else []),
        ("类别", row.get_kind_display()),
        ("地点", row.spot),
        ("投票时间", row.hours),
        ("投票结束日期", chinese_date(row.closes_on) if row.closes_on else "选举日当天"),
        ("在这里投票的选民", row.area or "全选区"),
        ("选民数", f"{row.voters}人" if row.voters is not None else ""),
        ("计票地点", row.counted_at or "原地"),
    ]


def import_first(place, campaign: Campaign, kind: str) -> str:
    """Where a table of a campaign, read by its list, is uploaded, its first level chosen."""
    return import_at(place, kind, **({"election": campaign.first_level} if campaign.first_level else {}))


PAGES = (
    KeptPages(
        acts.PLACES,
        forms.PlaceForm,
        lists.PLACES,
        "places",
        Campaign,
        rows=queries.places,
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        sees=POLLING,
        seen=workers.of_own_campaign,
        under_seen=partial(workers.of_own_campaign, path="pk"),
        facts=_place_facts,
        reads=("campaign", "district__term", "county_district__term"),
        lead=f"{gist(cite('election_law', 'mobile_box'))}一处只属一个选区；几个选区在同一地点投票的，分别登记、分别设票箱。",
        findings=queries.place_findings,
        all_findings=queries.all_findings,
        heads=lambda place, campaign: [("导入投票站", import_first(place, campaign, "elections.places"), "upload")],
    ),
)
