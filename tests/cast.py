"""The named cast: two neighbouring townships in one county, a stranger county, and everybody who works there.

They stand in the database before the first test and every test finds them as they were made, because what a test writes
is rolled back. Tests that commit leave the database as it was before them.
"""

import copy
from dataclasses import dataclass, field
from datetime import date

import pytest

from congress import accounts
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Category, County, Membership, Role, Township, Unit, User
from deputies.actions import set_name_keys
from deputies.models import Deputy, District, Mandate, Station, Term

SET_UP = verb("tests.set_up", "布置测试")
PASSWORD = "Yunxi-2022-pass"


@dataclass
class World:
    """Everything the tests need by name; users by role in `users`."""

    county: County
    township: Township
    neighbour: Township
    far_county: County
    users: dict[str, User] = field(default_factory=dict)
    unit: Unit | None = None
    other_unit: Unit | None = None
    station: Station | None = None
    category: Category | None = None
    term: Term | None = None
    deputies: list[Deputy] = field(default_factory=list)

    def __getattr__(self, name):
        users = object.__getattribute__(self, "users")
        if name in users:
            return users[name]
        raise AttributeError(name)

    def in_township(self):
        """Scope of the township."""
        return scope.township(self.township)


def _user(username: str, role: str, *, name: str = "", township=None, county=None, unit=None) -> User:
    user = User(username=username, display_name=name or username, must_change_password=False)
    user.email = f"{username}@example.invalid"
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role=role, township=township, county=county, unit=unit)
    return user


def make_deputy(township: Township, name: str, *, account=None, term=None, station=None, **values) -> Deputy:
    """An approved deputy with a mandate; call in the township's scope and inside an action."""
    deputy = Deputy(
        township=township,
        name=name,
        gender=values.pop("gender", Deputy.Gender.FEMALE),
        account=account,
        station=station,
        state=Deputy.State.APPROVED,
        **values,
    )
    set_name_keys(deputy)
    deputy.save()
    if term is not None:
        district = District.objects.filter(term=term).first()
        Mandate.objects.create(
            township=township,
            deputy=deputy,
            term=term,
            level=term.level,
            district=district,
            elected_on=date(2021, 10, 20),
        )
    return deputy


def vice_chair(world: World) -> User:
    """Who is vice-chair, past the first password; no right is handed over yet."""
    with scope.accounts():
        user, _ = accounts.create_account(None, "vice", "云溪副主席")
        user.must_change_password = False
        accounts.give(None, user, Role.VICE, township=world.township)
        with accounts.action(accounts.PASSWORD, actor=None):
            user.save()
    return user


def _people(world: World) -> None:
    town, users = world.township, world.users
    users["clerk"] = _user("clerk", Role.CLERK, name="云溪办事员", township=town)
    users["chair"] = _user("chair", Role.CHAIR, name="云溪主席", township=town)
    users["deputy_user"] = _user("deputy", Role.DEPUTY, name="云溪代表", township=town)
    users["handler"] = _user("handler", Role.UNIT, name="云溪水利站", township=town, unit=world.unit)
    users["other_handler"] = _user("handler2", Role.UNIT, name="云溪教育办", township=town, unit=world.other_unit)
    users["county_viewer"] = _user("county", Role.COUNTY, name="县人大", county=world.county)
    users["far_viewer"] = _user("farcounty", Role.COUNTY, name="外县人大", county=world.far_county)
    users["system"] = _user("system", Role.SYSTEM, name="系统管理员")
    users["security"] = _user("security", Role.SECURITY, name="安全管理员")
    users["auditor"] = _user("auditor", Role.AUDIT, name="审计管理员")


def _records(world: World) -> None:
    town = world.township
    world.station = Station.objects.create(township=town, name="云溪联络站", opened_on=date(2021, 12, 1))
    world.category = Category.objects.create(township=town, kind=Category.Kind.MATTER, label="水利设施")
    world.term = Term.objects.create(township=town, number=17, seats=50, started_on=date(2021, 11, 10))
    District.objects.create(township=town, term=world.term, number=1, name="云溪村", seats=2)
    world.deputies = [
        make_deputy(town, "曾田", account=world.users["deputy_user"], term=world.term, station=world.station),
        make_deputy(town, "单木", term=world.term, station=world.station, gender="male"),
    ]


def _neighbour(world: World) -> None:
    town = world.neighbour
    unit = Unit.objects.create(township=town, name="邻镇MARK水务所")
    world.users["neighbour_clerk"] = _user("neighbour", Role.CLERK, name="邻镇MARK办事员", township=town)
    world.users["neighbour_handler"] = _user("nhandler", Role.UNIT, name="邻镇MARK水务", township=town, unit=unit)
    term = Term.objects.create(township=town, number=17, seats=40, started_on=date(2021, 11, 10))
    District.objects.create(township=town, term=term, number=1, name="邻镇MARK村", seats=2)
    make_deputy(town, "邻MARK", term=term)


_standing: list[World] = []


def settle() -> None:
    """Put the cast into the database, to stay for every test that rolls back what it writes."""
    _standing[:] = [_made()]


def leave() -> list[World]:
    """Say that the database was emptied; returns who stood there."""
    before = list(_standing)
    _standing.clear()
    return before


def come_back(before: list[World]) -> None:
    """Say that who stood in the database stands there again."""
    _standing[:] = before


def anew() -> World:
    """The cast as it stands in the database; made where it does not."""
    return copy.deepcopy(_standing[0]) if _standing else _made()


def _made() -> World:
    with action(SET_UP, actor=None):
        county = County.objects.create(code="990101000000", name="清江县", kind="县")
        far = County.objects.create(code="990201000000", name="远山区", kind="区")
        town = Township.objects.create(
            county=county, code="990101101000", name="云溪镇", document_word="云溪人发", population=32000
        )
        next_town = Township.objects.create(
            county=county, code="990101102000", name="石桥乡", kind="乡", head_title="乡长", document_word="石桥人发"
        )
    world = World(county, town, next_town, far)
    with scope.township(town), action(SET_UP, actor=None):
        world.unit = Unit.objects.create(township=town, name="水利站")
        world.other_unit = Unit.objects.create(township=town, name="教育办")
    with scope.accounts(), action(SET_UP, actor=None):
        _people(world)
    with scope.township(town), action(SET_UP, actor=None):
        _records(world)
    with scope.township(next_town), action(SET_UP, actor=None):
        _neighbour(world)
    return world


@pytest.fixture
def browse(client):
    """Log the test client in as a user: `browse(world.clerk).get(url)`."""

    def as_user(user):
        client.cookies.clear()  # another browser: what the one before left behind is rolled back with the test
        client.force_login(user, backend="congress.accounts.Backend")
        return client

    return as_user
