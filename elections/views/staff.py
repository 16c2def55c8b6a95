"""The pages of those who work on polling day, their arrangement and their cards."""

from congress.law.sources import cite, gist
from congress.people.fields import masked
from congress.web.printing import print_view
from congress.web.records import at, url_of
from congress.wording import chinese_date
from elections.actions.staff import STAFF
from elections.documents.staff import ARRANGEMENT, CARDS
from elections.forms.staff import StaffForm
from elections.listings.staff import STAFF as LISTING
from elections.listings.staff import place_of
from elections.models import Campaign, PollStaff
from elections.queries import staff as queries
from elections.views.kept import KeptPages
from elections.views.places import import_first
from elections.views.workers import account_of


def _facts(row: PollStaff) -> list[tuple]:
    there = row.mobile or row.place
    return [
        ("工作地点", place_of(row), url_of(there, row.township) if there else ""),
        ("岗位", row.get_role_display()),
        ("工作证号", row.card),
        ("单位和职务", row.employer_post),
        ("手机", masked(row, "phone")),
        ("产生方式", row.get_chosen_display()),
        ("委派（推选）日期", chinese_date(row.chosen_on) if row.chosen_on else ""),
        ("推选的方式", row.chosen_how),
        ("与候选人的关系", row.get_relation_display() or "没有声明"),
        ("哪位候选人", str(row.nominee or ""), url_of(row.nominee, row.township) if row.nominee else ""),
    ]


arrangement = print_view(ARRANGEMENT)
cards = print_view(CARDS)

PAGES = (
    KeptPages(
        STAFF,
        StaffForm,
        LISTING,
        "staff",
        Campaign,
        rows=queries.staff,
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        facts=_facts,
        reads=("campaign", "place", "mobile__district", "nominee", "data_key"),
        lead=f"{gist(cite('election_law', 'relatives_barred'))}{gist(cite('civil_code_family', 'close_relatives'))}",
        findings=queries.staff_findings,
        all_findings=queries.staff_told,
        more=account_of,
        template="elections/staff_member.html",
        heads=lambda place, campaign: [
            ("开通账号", at(place, "elections-staff-accounts", campaign.pk), "key"),
            ("导入工作人员", import_first(place, campaign, "elections.staff"), "upload"),
            ("人员安排表", at(place, "elections-arrangement", campaign.pk), "printer"),
            ("工作证", at(place, "elections-staff-cards", campaign.pk), "printer"),
        ],
    ),
)
