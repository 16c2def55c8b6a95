"""A year of records as a township has them: an election the year before, receptions, suggestions, activities."""

from dataclasses import dataclass, field
from datetime import date

from congress.assembly.models import Officer, PresidiumMeeting, Session
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Category, Township, Unit
from deputies.models import Activity, ActivityAttendance, Deputy, District, Level, Mandate, Station, StationCheck, Term
from elections.models import Election
from proposals.models import Assignment, Matter, Rating, Reception, ReceptionDeputy, Reply, Suggestion, Talk

FILL = verb("tests.fill_year", "布置一年的记录")
CUT_OFF = date(2022, 12, 20)
ITEMS = "有组织机构、有工作计划、有规章制度、有统一牌子、有固定场所、有硬件设施、有活动记录、有资料档案、有联系对象、有考核机制"


@dataclass
class Year:
    """The rows a test wants to name."""

    township: Township
    clerk: object
    category: Category = None
    station: Station = None
    joint: Reception = None
    receptions: list = field(default_factory=list)
    matters: list = field(default_factory=list)
    suggestions: list = field(default_factory=list)
    deputies: list = field(default_factory=list)
    unit: Unit = None


def add_matter(year: Year, reception: Reception, number: str, *, category=None, channel="", on=None, resolved=None):
    """A matter of a reception, channelled and perhaps resolved on the given days."""
    matter = Matter.objects.create(
        township=year.township,
        reception=reception,
        number=number,
        words="反映的内容",
        category=category or year.category,
        channel=channel,
        channelled_on=on,
        resolved_on=resolved,
    )
    year.matters.append(matter)
    return matter


def add_reception(year: Year, held_on: date, *, people=1, office="", deputy=None) -> Reception:
    """A reception by one deputy."""
    reception = Reception.objects.create(
        township=year.township, station=year.station, held_on=held_on, people=people, recorded_by=year.clerk
    )
    ReceptionDeputy.objects.create(
        township=year.township, reception=reception, deputy=deputy or year.deputies[0], office=office
    )
    year.receptions.append(reception)
    return reception


def add_suggestion(year: Year, number: str, submitted: date, **steps) -> Suggestion:
    """A suggestion; steps are registered, assigned, replied, rated (day) with result, closed, scale."""
    assigned, replied, rated = steps.get("assigned"), steps.get("replied"), steps.get("rated")
    town, lead = year.township, year.deputies[0]
    suggestion = Suggestion.objects.create(
        township=town,
        number=number,
        title="关于维修水渠的建议",
        situation="水渠渗漏",
        proposal="请维修",
        category=year.category,
        lead=lead,
        submitted_on=submitted,
        registered_on=steps.get("registered", submitted),
        assigned_on=assigned,
        closed_on=steps.get("closed"),
        scale=steps.get("scale", Suggestion.Scale.TOWNSHIP),
    )
    near = {"township": town, "suggestion": suggestion}
    if assigned:
        Assignment.objects.create(unit=year.unit, part=Assignment.Part.LEAD, assigned_on=assigned, **near)
        Talk.objects.create(unit=year.unit, held_on=assigned, way=Talk.Way.VISIT, summary="已沟通", **near)
    if replied:
        Reply.objects.create(unit=year.unit, replied_on=replied, grade=steps.get("grade", "A"), text="答复", **near)
    if rated:
        result = steps.get("result", "good")
        Rating.objects.create(deputy=lead, attitude=result, result=result, reason="未解决", rated_on=rated, **near)
    year.suggestions.append(suggestion)
    return suggestion


def _deputy(town, name, term, day, **mandate) -> Deputy:
    deputy = Deputy.objects.create(township=town, name=name, gender="male", state=Deputy.State.APPROVED)
    Mandate.objects.create(township=town, deputy=deputy, term=term, level=term.level, elected_on=day, **mandate)
    return deputy


def _election(year: Year) -> None:
    town = year.township
    term = Term.objects.get(township=town, level=Level.TOWNSHIP)
    county = Term.objects.create(township=town, level=Level.COUNTY, number=6, seats=3, started_on=date(2021, 12, 1))
    District.objects.create(township=town, term=term, number=2, name="下坝村", seats=2)
    for number in range(3):
        year.deputies.append(_deputy(town, f"甲{number}", term, date(2021, 10, 20)))
    year.deputies += [
        _deputy(town, "区长乙", county, date(2021, 10, 20)),
        _deputy(town, "书记丙", county, date(2021, 10, 20)),
    ]
    Election.objects.create(
        township=town,
        term=term,
        begun_on=date(2021, 7, 1),
        election_day=date(2021, 10, 20),
        districts=21,
        seats=50,
        registered=10268,
        took_part=9857,
        meetings=6,
        rules=3,
    )
    first = Session.objects.create(
        township=town, term=term, number=1, opened_on=date(2021, 11, 10), entitled=50, present=49
    )
    for post, name in ((Officer.Post.HEAD, "丁一"), (Officer.Post.CHAIR, "戊二")):
        Officer.objects.create(township=town, session=first, post=post, name=name, elected_on=date(2021, 11, 10))
    Session.objects.create(township=town, term=term, number=2, opened_on=date(2022, 3, 2), entitled=50, present=48)


def _receptions(year: Year) -> None:
    water = year.category
    school = Category.objects.create(township=year.township, kind=Category.Kind.MATTER, label="教育资源", position=9)
    joint = year.joint = add_reception(
        year, date(2022, 5, 15), people=42, office="清江县人民政府县长", deputy=year.deputies[-2]
    )
    ReceptionDeputy.objects.create(
        township=year.township, reception=joint, deputy=year.deputies[-1], office="县纪委书记"
    )
    for number in range(9):
        done = number < 7
        add_matter(
            year,
            joint,
            f"2022-{number + 1:03d}",
            category=school if number % 3 == 2 else water,
            channel="on_the_spot" if number < 5 else "unit",
            on=date(2022, 5, 15),
            resolved=date(2022, 6, 1) if done else None,
        )
    later = add_reception(year, date(2022, 9, 15), people=5)
    add_matter(year, later, "2022-010", channel="unit", on=date(2022, 9, 16), resolved=date(2022, 12, 30))


def _suggestions(year: Year) -> None:
    may = date(2022, 3, 2)
    add_suggestion(
        year,
        "2022-1",
        may,
        assigned=date(2022, 3, 10),
        replied=date(2022, 5, 20),
        rated=date(2022, 6, 1),
        closed=date(2022, 6, 1),
    )
    add_suggestion(
        year, "2022-2", may, assigned=date(2022, 3, 10), replied=date(2022, 7, 1), rated=date(2022, 7, 9), result="fair"
    )
    add_suggestion(
        year, "2022-3", may, assigned=date(2022, 3, 10), scale="upward", replied=date(2022, 6, 10), grade="C"
    )


def _activities(year: Year) -> None:
    kinds = Activity.Kind
    for kind, title, day, more in (
        (kinds.TRAINING, "代表法培训", date(2022, 4, 8), {}),
        (kinds.INSPECTION, "视察农田水利", date(2022, 6, 8), {"people": 2}),
        (kinds.DUTY_REPORT, "代表述职评议会", date(2022, 10, 9), {"people": 30}),
        (kinds.VISIT, "走访下坝村", date(2022, 8, 2), {"households": 40, "deeds": 6}),
        (kinds.PARTY_REPORT, "请示代表视察安排", date(2022, 6, 1), {}),
        (kinds.TOWN_TASK, "农村人居环境整治", date(2022, 5, 4), {}),
        (kinds.TOWN_TASK, "城乡医保参保登记", date(2022, 11, 4), {}),
        (kinds.STUDY, "学习报告精神", date(2022, 11, 1), {}),
        (kinds.GROUP, "第一小组活动", date(2022, 7, 1), {}),
    ):
        activity = Activity.objects.create(township=year.township, kind=kind, title=title, held_on=day, **more)
        part = "reported" if kind == kinds.DUTY_REPORT else "attended"
        for deputy in year.deputies[:2]:
            ActivityAttendance.objects.create(township=year.township, activity=activity, deputy=deputy, part=part)
    PresidiumMeeting.objects.create(
        township=year.township, held_on=date(2022, 2, 1), topics="讨论年度计划", entitled=9, present=8
    )


def _stations(year: Year) -> None:
    for position, label in enumerate(ITEMS.split("、")):
        item = Category.objects.create(
            township=year.township, kind=Category.Kind.CHECKLIST, label=label, position=position
        )
        StationCheck.objects.create(
            township=year.township, station=year.station, item=item, met_on=date(2022, 1, 5), evidence="照片"
        )


def fill_year(world) -> Year:
    """2022 of the world's township, with the election of 2021."""
    year = Year(world.township, world.clerk, world.category, world.station, unit=world.unit)
    with scope.township(world.township), action(FILL, actor=None):
        _election(year)
        _stations(year)
        _receptions(year)
        _suggestions(year)
        _activities(year)
    return year
