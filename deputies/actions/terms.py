"""Terms, districts, groups and stations."""

import uuid
from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.keeping import Keeping, withdraw
from congress.law import deputies as law
from congress.law import elections as election_law
from congress.models import Category
from congress.wording import chinese_date
from deputies.models import District, Group, Level, Station, StationCheck, Term

CLOSE_STATION = verb("deputies.close_station", "停用了代表联络站")
MEET_ITEM = verb("deputies.station_item", "登记了联络站建设情况")
END_ITEM = verb("deputies.station_item_ended", "登记了联络站不再达到的建设项目")
LOSE_ITEM = verb("deputies.station_item_lost", "撤回了联络站建设情况")


# The kinds of township as places name them, and as the law's rule on seats does (选举法 12).
UNITS = {"乡": "township", "民族乡": "ethnic_township", "镇": "town"}


def _check_term(term: Term) -> None:
    if term.ended_on and term.started_on and term.ended_on < term.started_on:
        refuse("届满日期不能早于开始日期。", "ended_on")


def _check_group(group: Group) -> None:
    if group.dissolved_on and group.formed_on and group.dissolved_on < group.formed_on:
        refuse("撤销日期不能早于成立日期。", "dissolved_on")


def _check_district(district: District) -> None:
    """One to three seats (选举法: 每一选区选一名至三名代表)."""
    refuse_blocking(election_law.check_district(district.seats, district.term.law_day()))


TERMS = Keeping(
    Term,
    "deputies.term",
    check=_check_term,
    route="deputies-term",
    past={"deputies.term": "维护了届次", "deputies.withdraw_place": "撤回了误登的记录"},
)
DISTRICTS = Keeping(
    District,
    "deputies.district",
    check=_check_district,
    route="deputies-district",
    past={"deputies.district": "维护了选区"},
)
GROUPS = Keeping(
    Group,
    "deputies.group",
    check=_check_group,
    route="deputies-group",
    past={"deputies.group": "维护了代表小组"},
)
STATIONS = Keeping(
    Station,
    "deputies.station",
    route="deputies-station",
    instead="；不再使用的请停用",
    past={"deputies.station": "维护了代表联络站"},
)


def seats_findings(term: Term):
    """Warnings about the number of seats against the population (township terms only)."""
    if term.level != Level.TOWNSHIP or not term.township.population:
        return ()
    unit = UNITS.get(term.township.kind, "township")
    return law.check_seats(term.seats, term.township.population, term.law_day(), unit)


def close_station(actor, station: Station, closed_on: date, version) -> Station:
    """Close a station from a day on; its receptions stay. Raises Refused when it is closed or was opened later."""
    if station.closed_on:
        refuse("该联络站已停用。")
    if station.opened_on and closed_on < station.opened_on:
        refuse("停用日期不能早于启用日期。", "closed_on")
    with action(CLOSE_STATION, actor=actor, subject=station):
        row = lock(station, version)
        row.closed_on = closed_on
        row.save()
    return row


def meet_item(
    actor, station: Station, item: Category, *, met_on: date, evidence: str, version=None, key: uuid.UUID | None = None
) -> StationCheck:
    """Say that a station meets an item of the local check-list, since when and what shows it; `key` becomes a new row's id."""
    if item.kind != Category.Kind.CHECKLIST:
        refuse("所选项目不是联络站建设项目。")
    if not evidence.strip():
        refuse("请写明佐证，如制度清单、照片、台账。", "evidence")
    with action(MEET_ITEM, actor=actor, subject=station, detail={"项目": item.label}):
        row = StationCheck.objects.kept().filter(station=station, item=item, lost_on__isnull=True).first()
        new = StationCheck(id=key or uuid.uuid4(), township=station.township, station=station, item=item)
        row = lock(row, version) if row else new
        row.met_on, row.evidence = met_on, evidence
        row.save()
    return row


def end_item(actor, check: StationCheck, *, lost_on: date, version) -> StationCheck:
    """Say since when a station does not meet an item any longer; before it did. Raises Refused for days that cannot be."""
    if check.lost_on:
        refuse(f"该项已登记自{chinese_date(check.lost_on)}起不再达到。")
    if lost_on < check.met_on:
        refuse("不再达到的日期不能早于达到日期；从未达到的请撤回。", "lost_on")
    if lost_on > clock.today():
        refuse("不再达到的日期不能晚于今天。", "lost_on")
    with action(END_ITEM, actor=actor, subject=check.station, detail={"项目": check.item.label, "自": lost_on}):
        row = lock(check, version)
        row.lost_on = lost_on
        row.save()
    return row


def lose_item(actor, check: StationCheck, reason: str, version) -> None:
    """Take back that a station meets an item, entered by mistake. Raises Refused without a reason."""
    withdraw(LOSE_ITEM, actor, check, reason, version, subject=check.station)
