"""The pages of boxes, rooms and forms handed out, and their papers."""

from functools import partial

from congress import clock
from congress.law.sources import cite, gist
from congress.web.printing import print_view
from congress.web.records import at, url_of
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import boxes as acts
from elections.documents import boxes as papers
from elections.forms import boxes as forms
from elections.listings import boxes as lists
from elections.models import BallotBox, Campaign, HandedForm, RoomCheck
from elections.models.places import clock_words
from elections.queries import boxes as queries
from elections.queries import workers
from elections.views.kept import ByPlaceStaff, KeptPages
from elections.views.places import import_first


def _box_facts(row: BallotBox) -> list[tuple]:
    there = row.whose
    return [
        ("投票站、流动票箱", str(there or ""), url_of(there, row.township) if there else ""),
        ("封签号", row.seals),
        ("当众检查空箱并加封", clock_words(row.shown_at)),
        ("检查、加封的监票人", row.shown_by),
        ("护送人", row.carriers),
        ("移交时间", clock_words(row.handed_at)),
        ("接收人", row.received_by),
        ("接收时的封签号", row.seals_found),
        ("异常情况", row.trouble),
    ]


def _room_facts(row: RoomCheck) -> list[tuple]:
    return [
        ("投票站（选举大会）", str(row.place), url_of(row.place, row.township)),
        ("检查日期", chinese_date(row.checked_on)),
        ("检查人", row.checked_by),
        *((row.label_of(item), "有" if getattr(row, item) else "缺") for item in row.ITEMS),
        ("备注", row.note),
    ]


def _handed_facts(row: HandedForm) -> list[tuple]:
    back = f"{chinese_date(row.received_on)}，{row.received}份" if row.received_on else ""
    return [
        ("选区", str(row.district or "全部选区")),
        ("发放份数", f"{row.copies}份"),
        ("领取人（单位）", row.handed_to),
        ("发放日期", chinese_date(row.handed_on)),
        ("应交回日期", chinese_date(row.due_on) if row.due_on else "不用交回"),
        ("交回", back),
        ("状态", queries.handed_state(row, clock.today())[0]),
        ("备注", row.note),
    ]


handover = print_view(papers.HANDOVER)
checklist = print_view(papers.CHECKLIST)

PAGES = (
    KeptPages(
        acts.BOXES,
        forms.BallotBoxForm,
        lists.BOXES,
        "ballot-boxes",
        Campaign,
        rows=queries.ballot_boxes,
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        sees=may.POLLING,
        seen=workers.of_own_campaign,
        under_seen=partial(workers.of_own_campaign, path="pk"),
        at_place=ByPlaceStaff(may.RECORD, workers.of_own_place, forms.HandoverForm),
        facts=_box_facts,
        reads=("campaign", "place", "mobile__district"),
        lead="选举日以前登记编号和封签号，打印交接单；投票以后照交接单登记移交和接收。",
        findings=queries.box_findings,
        all_findings=queries.boxes_told,
        heads=lambda place, campaign: [
            ("导入票箱", import_first(place, campaign, "elections.boxes"), "upload"),
            ("票箱交接单", at(place, "elections-box-handover", campaign.pk), "printer"),
        ],
    ),
    KeptPages(
        acts.ROOMS,
        forms.RoomForm,
        lists.ROOMS,
        "rooms",
        Campaign,
        rows=queries.rooms,
        start=lambda campaign: {},
        above=lambda row: row.place.campaign,
        sees=may.POLLING,
        seen=partial(workers.of_own_campaign, path="place__campaign"),
        under_seen=partial(workers.of_own_campaign, path="pk"),
        at_place=ByPlaceStaff(
            may.RECORD,
            partial(workers.of_own_place, mobile=""),
            forms.RoomForm,
            limits=lambda standing: {"places": workers.own_places(standing)},
            new=True,
        ),
        facts=_room_facts,
        reads=("place__campaign",),
        lead=gist(cite("election_law", "secret_ballot")),
        options=lambda campaign: {"campaign": campaign},
        also=lambda actor, form: (lambda row: acts.at_places(actor, row, form.others)) if form.others else None,
        findings=queries.room_findings,
        all_findings=queries.rooms_told,
        heads=lambda place, campaign: [("检查表", at(place, "elections-room-checklist", campaign.pk), "printer")],
    ),
    KeptPages(
        acts.HANDED,
        forms.HandedFormForm,
        lists.HANDED,
        "handed-forms",
        Campaign,
        rows=queries.handed,
        start=lambda campaign: {"campaign": campaign},
        above=lambda row: row.campaign,
        sees=may.POLLING,
        seen=workers.of_own_campaign,
        under_seen=partial(workers.of_own_campaign, path="pk"),
        facts=_handed_facts,
        reads=("campaign", "district"),
        lead="填了应交回日期的列入期限提醒，直到登记交回。",
    ),
)
