"""Papers of those who work on polling day: the arrangement of all places, and the card each of them wears.

They are papers of daily work: made when they are asked for, and no document of the archive.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from congress.documents.cards import Card, cards_pdf
from congress.documents.fonts import Typeface, replaced
from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent
from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew, chinese_date
from elections.documents.common import ELECTION_COMMITTEE, metadata
from elections.documents.tables import campaigns, of_campaign, office_of, sheet, table_kind, tables
from elections.models import Campaign, MobileBox, PollingPlace, PollStaff
from elections.permissions import ISSUE
from elections.queries.mobile import boxes
from elections.queries.places import own_days, places
from elections.queries.staff import COUNTING, ROLE_RANK, TELLING, WATCHING, Role, staff

ACROSS, DOWN, PIECE = 2, 4, 160  # cards beside and below each other; cards that are typeset at once
BLANK = "　　　　"  # room to write in
APART = (Role.HOST, *COUNTING)
COLUMNS = (
    ("选区", 1.6),
    ("投票站（选举大会）、地点", 4.0, "left"),
    ("投票时间", 2.2),
    ("选民", 2.0, "left"),
    ("主持人", 1.6),
    ("监票人", 2.4),
    ("计票人", 2.4),
    ("其他工作人员", 3.6, "left"),
    ("计票地点", 2.0, "left"),
)


def _said(name: str) -> str:
    return replaced(name, Typeface.NAME)[0]


def _of(people: Iterable[PollStaff], roles: Iterable[str]) -> str:
    return "、".join(_said(one.name) for one in people if one.role in roles)


def _others(people: Iterable[PollStaff]) -> str:
    return "；".join(f"{one.get_role_display()}：{_said(one.name)}" for one in people if one.role not in APART)


def arrangement(campaign: Campaign) -> dict:
    """Who does what at which place (选举工作人员安排表). Raises Refused while there is neither a place nor anybody."""
    by_place: dict[object, list[PollStaff]] = defaultdict(list)
    for one in staff(campaign).order_by(ROLE_RANK.asc(), "created_at"):
        by_place[one.mobile_id or one.place_id].append(one)
    own = own_days(campaign)
    rows = [_line(place, by_place[place.pk], own) for place in places(campaign).order_by("district__number", "name")]
    rows += [_of_box(box, by_place[box.pk], own) for box in boxes(campaign).order_by("district__number", "number")]
    if not rows and not by_place:
        refuse("还没有登记投票站和工作人员。")
    if whole := by_place[None]:
        rows.append(["", "全乡镇", "", "", *_people(whole), ""])
    notes = ["注：监票人、计票人由选民推选；代表候选人及其近亲属不得担任监票人、计票人。"]
    subtitle = f"选举日：{cdatew(campaign.election_day)}"
    return tables(campaign, [sheet(f"{campaign}工作人员安排表", COLUMNS, rows, subtitle=subtitle, notes=notes)])


def _people(people: list[PollStaff]) -> list[str]:
    return [_of(people, (Role.HOST,)), _of(people, WATCHING), _of(people, TELLING), _others(people)]


def _hours(there: PollingPlace | MobileBox, own: Mapping[UUID, date]) -> str:
    """When one votes there, with the day where that is the district's own."""
    day = own.get(there.district_id)
    return f"{chinese_date(day)}，{there.hours}" if day else there.hours


def _of_box(box: MobileBox, people: list[PollStaff], own: Mapping[UUID, date]) -> list[str]:
    mixed = f"与{box.mixed_with}混合" if box.mixed_with else "与本选区票箱一起"
    return [
        f"第{box.district.number}选区",
        f"{box}，{box.route}",
        _hours(box, own),
        f"{box.listed}人",
        *_people(people),
        mixed,
    ]


def _line(place: PollingPlace, people: list[PollStaff], own: Mapping[UUID, date]) -> list[str]:
    voters = f"{place.area or '全选区'}{f'，{place.voters}人' if place.voters is not None else ''}"
    return [
        f"第{place.district.number}选区",
        f"{place.name}，{place.spot}",
        _hours(place, own),
        voters,
        *_people(people),
        place.counted_at or "原地",
    ]


def staff_cards(campaign: Campaign) -> dict:
    """The cards (工作证) of everybody. Raises Refused while there is nobody."""
    own, day = own_days(campaign), campaign.election_day
    people = list(staff(campaign).order_by("place__district__number", "place__name", ROLE_RANK.asc(), "created_at"))
    if not people:
        refuse("还没有登记选举工作人员。")
    cards = [
        {
            "number": one.card,
            "name": _said(one.name),
            "role": str(one.get_role_display()),
            "place": str(one.mobile or one.place or "全乡镇"),
            "day": cdatew(own.get(_district(one), day)),
        }
        for one in people
    ]
    return {"office": office_of(campaign), "title": f"{campaign}工作证", "cards": cards}


def _district(one: PollStaff):
    there = one.mobile or one.place
    return there.district_id if there else None


def _card(context: dict, one: dict) -> Card:
    number = ("编号", one["number"] or BLANK)
    rows = (number, ("姓名", one["name"]), ("岗位", one["role"]), ("地点", one["place"]), ("选举日", one["day"]))
    foot = ("佩戴上岗，限本人当天使用。",)
    return Card((context["office"], "工作证"), rows, foot, name=one["name"], seal="（选举委员会章）")


def compose_cards(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    """The PDF of the cards, eight to a page."""

    def sheets(cards: list[Card], first_page: int) -> bytes:
        return cards_pdf(
            cards, title=context["title"], across=ACROSS, down=DOWN, draft=draft, metadata=metadata(context)
        )

    pieces = _pieces([_card(context, one) for one in context["cards"]])
    return join((partial(sheets, cards) for cards in pieces), progress, _pages(context), "正在排工作证")


def _pages(context: dict) -> int:
    return -(-len(context["cards"]) // (ACROSS * DOWN))


def _pieces(cards: list[Card]) -> Iterator[list[Card]]:
    for start in range(0, len(cards), PIECE):
        yield cards[start : start + PIECE]


ARRANGEMENT = of_campaign(table_kind("arrangement", "选举工作人员安排表"), arrangement)
_CARDS = register(
    DocumentKind(
        "elections.staff_cards",
        "选举工作证",
        compose_cards,
        profile="names",
        issuer=ELECTION_COMMITTEE,
        numbering=None,
        told=True,
    )
)
CARDS = offer(WorkingPaper(_CARDS, campaigns, lambda found, _: staff_cards(found), _pages, ISSUE))
