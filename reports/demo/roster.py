"""The general election of 2021, the deputies it gave, their groups and stations, and the changes since."""

from datetime import date

from congress.models import Role
from deputies import actions
from deputies.life import MANDATE
from deputies.models import Deputy, District, Group, Level, Mandate, Station, Term
from elections.actions import ELECTIONS
from elections.models import Election
from reports.demo.cast import OF_TOWNSHIPS
from reports.demo.diary import Story
from reports.demo.names import Person
from reports.demo.places import TEN_EVIDENCE
from reports.demo.setting import open_account
from reports.demo.town import Town

ELECTION_DAY = date(2021, 10, 20)
REVIEWED = date(2021, 11, 15)
FIRST_SESSION = date(2021, 11, 25)
ACCOUNTS = 14
POSTS = (
    ("{v}党支部书记、村民委员会主任", "village", True),
    ("{v}村民", "farmer", True),
    ("{v}村民小组组长", "farmer", True),
    ("{v}种养大户", "farmer", True),
    ("{v}会计", "village", True),
    ("中心小学教师", "technician", True),
    ("卫生院医生", "technician", True),
    ("农业技术推广站技术员", "technician", False),
    ("个体经营户", "self", True),
    ("农民专业合作社理事长", "enterprise", True),
    ("食品加工厂工人", "worker", True),
    ("{k}人民政府干部", "cadre", False),
)
EDUCATIONS = ("junior", "senior", "senior", "college", "college", "bachelor")


def election(town: Town) -> Story:
    """Terms and districts are entered in July, the totals after the election, the deputies with them."""
    place, clerk = town.place, town.clerk
    former = actions.TERMS.record(
        clerk,
        Term(
            township=town.township,
            level=Level.TOWNSHIP,
            number=16,
            seats=place.seats,
            started_on=date(2016, 11, 18),
            ended_on=FIRST_SESSION,
        ),
    )
    town.term = _term(town, Level.TOWNSHIP, 17, place.seats)
    county_term = _term(town, Level.COUNTY, 6, place.county_seats)
    districts = _districts(town, town.term, place.seats, len(place.villages) * 3)
    county_districts = _districts(town, county_term, place.county_seats, (place.county_seats + 1) // 2)
    yield date(2021, 10, 22)
    for term, parts, seats, more in (
        (town.term, districts, place.seats, 0),
        (county_term, county_districts, place.county_seats, 86),
    ):
        totals = Election(
            township=town.township,
            term=term,
            begun_on=date(2021, 7, 5),
            election_day=ELECTION_DAY,
            districts=len(parts),
            seats=seats,
            registered=place.registered + more,
            took_part=place.took_part + more,
            meetings=5 + place.series,
            rules=3,
        )
        ELECTIONS.record(clerk, totals)
    yield 1
    _structure(town)
    _deputies(town, districts, county_districts, county_term)
    yield REVIEWED
    actions.approve(town.chair, [*town.in_office, *town.of_county])
    yield FIRST_SESSION
    for deputy in town.in_office[: town.scale.of(12)]:
        mandate = actions.add_mandate(clerk, deputy, former, elected_on=date(2016, 10, 26))
        MANDATE.take("end", clerk, mandate, on=FIRST_SESSION, reason=Mandate.End.EXPIRED)
    yield date(2021, 12, 6)
    _accounts(town)


def _term(town: Town, level: str, number: int, seats: int) -> Term:
    term = Term(township=town.township, level=level, number=number, seats=seats, started_on=FIRST_SESSION)
    return actions.TERMS.record(town.clerk, term)


def _districts(town: Town, term: Term, seats: int, count: int) -> list[District]:
    """So many districts whose seats add up: one to three each."""
    villages, made = town.place.villages, []
    for at in range(count):
        share = seats // count + (at < seats % count)
        part = "一二三"[at // len(villages)] if count > len(villages) else ""
        name = f"{villages[at % len(villages)]}{f'第{part}片' if part else '片'}"
        district = District(township=town.township, term=term, number=at + 1, name=name, seats=share)
        made.append(actions.DISTRICTS.record(town.clerk, district))
    return made


def _structure(town: Town) -> None:
    place, clerk = town.place, town.clerk
    names = [
        place.central_station,
        *(f"{village}代表联络点" for village in place.villages[:: len(place.villages) // 3][:3]),
    ]
    for at, name in enumerate(names):
        station = Station(
            township=town.township,
            name=name,
            kind="联络点" if at else "联络站",
            address=f"{place.name}{name.removesuffix('代表联络点')}" if at else f"{place.name}人民政府院内一楼",
            reception_days="每季度一次，提前三天公告" if at else "每月15日，遇节假日顺延",
            opened_on=date(2021, 11, 1),
        )
        town.stations.append(actions.STATIONS.record(clerk, station))
    for name in ("第一代表小组", "第二代表小组", "第三代表小组"):
        actions.GROUPS.record(clerk, Group(township=town.township, name=name, formed_on=FIRST_SESSION))


def _deputies(town: Town, districts: list[District], county_districts: list[District], county_term: Term) -> None:
    groups = list(Group.objects.order_by("name"))
    officers = [town.people.named(one.name, one.gender) for one in town.place.officers[:3]]
    posts = [f"{town.place.k}人大主席", f"{town.place.k}人大副主席", town.place.head_title]
    seats = [district for district in districts for _ in range(district.seats)]
    for at, district in enumerate(seats):
        person = officers[at] if at < len(officers) else town.people.next()
        deputy = _deputy(town, person, posts[at] if at < len(posts) else "", f"{at + 1:03}", groups[at % len(groups)])
        deputy.presidium_member = at in (0, 1) or 4 <= at < 11
        actions.save_deputy(town.clerk, deputy)
        _mandate(town, deputy, town.term, district)
        town.in_office.append(deputy)
    _county_deputies(town, county_districts, county_term)


def _mandate(town: Town, deputy: Deputy, term: Term, district: District) -> None:
    actions.add_mandate(town.clerk, deputy, term, elected_on=ELECTION_DAY, district=district, confirmed_on=REVIEWED)


def _county_deputies(town: Town, districts: list[District], term: Term) -> None:
    """Officers of the county first, then two who sit in the township's congress as well, then others."""
    seats = [district for district in districts for _ in range(district.seats)]
    for at, district in enumerate(seats):
        if at < len(town.place.county_officers):
            officer = town.place.county_officers[at]
            deputy = _deputy(town, town.people.named(officer.name, officer.gender), officer.post, f"Q{at + 1:02}")
            actions.save_deputy(town.clerk, deputy)
        elif at >= len(seats) - 2:
            deputy = town.in_office[at + 4]
        else:
            deputy = _deputy(town, town.people.next(), "", f"Q{at + 1:02}")
            actions.save_deputy(town.clerk, deputy)
        _mandate(town, deputy, term, district)
        if deputy not in town.in_office:
            town.of_county.append(deputy)


def _deputy(town: Town, person: Person, post: str, number: str, group: Group | None = None) -> Deputy:
    usual, occupation, grassroots = town.rng.choice(POSTS)
    if post:
        occupation, grassroots = "cadre", False
    member = bool(post) or occupation in ("village", "cadre") or town.rng.random() < 0.4
    others = (Deputy.Party.MASSES, Deputy.Party.MASSES, Deputy.Party.MASSES, Deputy.Party.DEMOCRATIC)
    return Deputy(
        township=town.township,
        name=person.name,
        gender=person.gender,
        ethnicity=person.ethnicity,
        birth_date=person.born,
        party=Deputy.Party.CPC if member else town.rng.choice(others),
        education="bachelor" if post else town.rng.choice(EDUCATIONS),
        employer_post=post or town.say(usual, town.village()),
        occupation=occupation,
        grassroots=grassroots,
        certificate_no=f"{town.place.word[:2]}17{number}",
        group=group,
        station=town.rng.choice(town.stations),
        id_number=person.id_number,
        phone=person.phone,
        address=f"{town.village()}{town.rng.randrange(1, 13)}组",
    )


def _accounts(town: Town) -> None:
    """Two named accounts, and some more for deputies who put suggestions forward."""
    named = {account.who: account.username for account in OF_TOWNSHIPS[town.place.key]}
    active = [deputy for deputy in town.in_office[3:] if deputy.grassroots][: town.scale.of(ACCOUNTS)]
    owners = [(named["deputy"], "deputy", active[0]), (named["county_deputy"], "county_deputy", town.of_county[0])]
    owners += [(f"{town.place.key}-d{at:02}", "", deputy) for at, deputy in enumerate(active[1:], start=2)]
    for username, who, deputy in owners:
        user = open_account(town.clerk, username, deputy.name, Role.DEPUTY, town.hashed, township=town.township)
        deputy.refresh_from_db()  # approved since
        deputy.account = user
        actions.save_deputy(town.clerk, deputy)
        if who:
            town.users[who] = user
    town.leads = active


def station_works(town: Town) -> Story:
    """The central station has all ten things by spring 2022, the points most of them."""
    yield date(2021, 12, 20)
    for at, station in enumerate(town.stations):
        for number, (item, evidence) in enumerate(zip(town.checklist, TEN_EVIDENCE, strict=True)):
            if at and number >= 6 + at:
                continue
            actions.meet_item(town.clerk, station, item, met_on=town.today, evidence=evidence)
        yield 25


def changes(town: Town) -> Story:
    """One moved away, one died, two came by by-election; one waits for approval today."""
    for day, reason in ((date(2023, 6, 14), Mandate.End.MOVED), (date(2024, 4, 9), Mandate.End.DIED)):
        yield day
        deputy = next(one for one in town.in_office[20:] if one not in town.leads)
        mandate = deputy.mandates.get(term=town.term)
        MANDATE.take("end", town.clerk, mandate, on=day, reason=reason)
        town.in_office.remove(deputy)
    yield date(2025, 5, 22)
    added = [_newcomer(town, f"{90 + number:03}") for number in range(2)]
    won = []
    for deputy in added:
        district = District.objects.filter(term=town.term).order_by("number")[town.rng.randrange(9)]
        mandate = actions.add_mandate(
            town.clerk, deputy, town.term, elected_on=date(2025, 5, 20), district=district, how=Mandate.How.BY_ELECTION
        )
        won.append(mandate)
    yield 6
    actions.approve(town.chair, added)
    for mandate in won:
        MANDATE.take("confirm", town.clerk, mandate, on=town.today)
    town.in_office += added


def _newcomer(town: Town, number: str) -> Deputy:
    deputy = _deputy(town, town.people.next(youngest=30), "", number, Group.objects.order_by("name").first())
    return actions.save_deputy(town.clerk, deputy)


def waiting(town: Town) -> Story:
    """What waits on the roster today: an entry for the chair's approval and a correction a deputy asked for."""
    _newcomer(town, "095")
    yield 1
    deputy = town.leads[0]
    actions.ask_correction(
        town.users["deputy"], deputy, "employer_post", town.say("{v}农民专业合作社理事", town.village()), "今年起任职"
    )
