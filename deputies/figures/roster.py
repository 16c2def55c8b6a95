"""Figures about deputies: elected, in office, in groups."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from congress.figures import AT_CUT_OFF, ELECTION, Asked, Figure, Kind, Row, keeper
from congress.prepared import AnyOf
from deputies.models import Deputy, Group, Level, Mandate
from deputies.queries import seats_held

register = keeper("代表花名册", "deputies-list")


def _sorted(mandates: QuerySet) -> QuerySet:
    return mandates.select_related("deputy", "term").order_by("deputy__stroke_key", "pk")


def _elected(level: str):
    def general(asked: Asked) -> QuerySet:
        elected = asked.kept(Mandate, "deputy", "term").filter(
            level=level, how=Mandate.How.GENERAL, deputy__state=Deputy.State.APPROVED, **asked.within("elected_on")
        )
        return _sorted(elected)

    def rows(asked: Asked) -> Iterable[Row]:
        return [Row.of(m, f"{m.deputy}（{m.term}）", m.elected_on, page=m.deputy) for m in asked.read(general)]

    return rows


def _held(asked: Asked) -> QuerySet:
    return _sorted(seats_held(asked.cut_off).filter(AnyOf("township", asked.places)))


def in_office(asked: Asked, *levels: str) -> list[Mandate]:
    """Who is in office on the cut-off day, of some levels or of all: the roster's own answer, read once."""
    held = asked.once("deputies.in_office", lambda: asked.read(_held))
    return [mandate for mandate in held if not levels or mandate.level in levels]


def _holders(level: str):
    def rows(asked: Asked) -> Iterable[Row]:
        return [Row.of(m, f"{m.deputy}（{m.term}）", m.elected_on, page=m.deputy) for m in in_office(asked, level)]

    return rows


def of_those_in_office(asked: Asked, has: Callable[[Mandate], bool]) -> Iterable[Row]:
    """The township's deputies in office on the cut-off day, each with whether something is so."""
    return [
        Row.of(m, str(m.deputy), m.elected_on, value=int(has(m)), whole=1, page=m.deputy)
        for m in in_office(asked, Level.TOWNSHIP)
    ]


def _women(asked: Asked) -> Iterable[Row]:
    return of_those_in_office(asked, lambda m: m.deputy.gender == Deputy.Gender.FEMALE)


def _at_any_level(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for mandate in in_office(asked):
        first.setdefault(mandate.deputy_id, mandate)
    return [Row.of(m, f"{m.deputy}（{m}）", m.elected_on, page=m.deputy) for m in first.values()]


def _formed(asked: Asked) -> QuerySet:
    rows = asked.kept(Group).filter(formed_on__lte=asked.cut_off)
    return rows.exclude(dissolved_on__lte=asked.cut_off).order_by("formed_on", "name", "pk")


def _groups(asked: Asked) -> Iterable[Row]:
    return [Row.of(group, group.name, group.formed_on) for group in asked.read(_formed)]


_IN_OFFICE = (
    "{}：本届第一次会议已开幕、下一届第一次会议未开幕，资格未终止；补选的自确认资格之日起计，"
    "暂停执行职务的仍计在内，待审核的不计"
)

register(
    Figure(
        "deputies.county_elected",
        "换届选举",
        "选出县级人大代表",
        "名",
        "换届选举中由本乡镇选民选出的县级人大代表，按当选日期计，不含补选；待审核的不计",
        ELECTION,
        _elected(Level.COUNTY),
    ),
    Figure(
        "deputies.township_elected",
        "换届选举",
        "选出本级人大代表",
        "名",
        "换届选举选出的本级人大代表，按当选日期计，不含补选；待审核的不计",
        ELECTION,
        _elected(Level.TOWNSHIP),
    ),
    Figure(
        "deputies.in_office",
        "代表",
        "在任本级代表",
        "名",
        _IN_OFFICE.format("截止日当天在任的本级人大代表"),
        AT_CUT_OFF,
        _holders(Level.TOWNSHIP),
    ),
    Figure(
        "deputies.county_in_office",
        "代表",
        "在任县级代表",
        "名",
        _IN_OFFICE.format("截止日当天在任、由本乡镇选出的县级人大代表"),
        AT_CUT_OFF,
        _holders(Level.COUNTY),
    ),
    Figure(
        "deputies.any_level",
        "代表",
        "在任各级代表",
        "名",
        _IN_OFFICE.format("截止日当天在任、登记在本乡镇的各级人大代表，一人只计一次"),
        AT_CUT_OFF,
        _at_any_level,
    ),
    Figure(
        "deputies.women",
        "代表",
        "妇女代表比例",
        "",
        "截止日当天在任本级代表中的妇女代表",
        AT_CUT_OFF,
        _women,
        Kind.SHARE,
        "截止日当天在任的本级人大代表",
        zero_ok=True,
    ),
)
keeper("代表小组", "deputies-groups")(
    Figure(
        "deputies.groups",
        "代表",
        "代表小组",
        "个",
        "截止日当天已成立且未撤销的代表小组；没有填写成立日期的不计",
        AT_CUT_OFF,
        _groups,
    ),
)
