"""The stage: county, townships, units, lists and accounts, entered on the platform's first day."""

from collections.abc import Callable
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from congress import accounts, clock
from congress.first_day import TEN_ITEMS
from congress.guard import scope
from congress.guard.action import action
from congress.models import Category, County, Role, Township, Unit, User
from congress.upkeep import CATEGORIES, COUNTIES, TOWNSHIPS, UNITS
from congress.work.workdays import work_calendar
from reports.demo.cast import ADMINISTRATORS, COUNTY_VIEWER, OF_TOWNSHIPS, PASSWORD, Account
from reports.demo.diary import Diary
from reports.demo.names import People
from reports.demo.places import COUNTY, COUNTY_CODE, COUNTY_UNITS, FIRST_DAY, TOWN_UNITS, Place
from reports.demo.town import Scale, Town
from reports.demo.words import TOPICS

SEED = 20220518


def open_account(actor, username: str, name: str, role: str, password: str, **place) -> User:
    """An account of the demonstration: its password is public, so it need not be changed. `password` comes hashed.

    The installation is being set up: roles are given without the second person they need afterwards.
    """
    with action(accounts.CREATE, actor=actor) as act:
        user = User(username=username, display_name=name, must_change_password=False, password=password)
        user.save()
        act.subject = user
    accounts.give(actor, user, role, **place)
    return user


def set_email(account: Account, user: User) -> None:
    """The owner enters an address; from now on messages are sent there too."""
    with action(accounts.SETTINGS, actor=user, subject=user):
        user.email = account.email
        user.save()


class Stage:
    """The county with its administrators, and the towns that come to it; `hashed` is the one password of everybody, hashed
    once. What is there already (a filling that was broken off) is taken as it is."""

    def __init__(self, today, scale: Scale):
        self.today = today
        self.scale = scale
        self.hashed = make_password(PASSWORD)
        with clock.running(FIRST_DAY):
            self.calendar = work_calendar()
            with transaction.atomic(), scope.accounts():
                self.administrators = self._administrators()
                self.county = County.objects.filter(code=COUNTY_CODE).first() or self._county()

    def _administrators(self) -> dict[str, User]:
        found = {}
        for account in ADMINISTRATORS:
            found[account.role] = User.objects.filter(username=account.username).first() or open_account(
                found.get(Role.SYSTEM), account.username, account.label, account.role, self.hashed
            )
        return found

    def _county(self) -> County:
        system = self.administrators[Role.SYSTEM]
        name = f"{COUNTY}人民代表大会常务委员会"
        county = COUNTIES.record(system, County(code=COUNTY_CODE, name=COUNTY, kind="区", congress_name=name))
        open_account(system, COUNTY_VIEWER.username, "区人大代表工委", Role.COUNTY, self.hashed, county=county)
        return county

    def township(self, place: Place, fill: Callable[[Township], None]) -> None:
        """Record the township of a place, with all that `fill` enters, as one action: nobody sees it before it is whole, and
        the system's chain, in which log-ins stand, is held for its one event at the end."""
        township = Township(
            county=self.county,
            code=place.code,
            name=place.name,
            kind=place.kind,
            head_title=place.head_title,
            document_word=place.word,
            motto=place.motto,
            population=place.population,
        )
        with clock.running(FIRST_DAY):
            TOWNSHIPS.record(self.administrators[Role.SYSTEM], township, lambda row: fill(row) or {})

    def town(self, place: Place, township: Township) -> Town:
        """Enter everything that is in the township before the first deputy; returns the town whose history can be told."""
        rng = Random(f"{SEED}:{place.key}")  # noqa: S311 -- a story, not a secret
        diary, people = Diary(self.today, rng, self.calendar), People(rng, place.series, place.series == 1)
        town = Town(place, township, diary, rng, self.scale, people, hashed=self.hashed)
        with clock.running(FIRST_DAY), scope.township(township):
            self._staff(town)
            _lists(town)
            self._handlers(town)
        return town

    def _staff(self, town: Town) -> None:
        system = self.administrators[Role.SYSTEM]
        names = {"clerk": town.people.next(eldest=40).name, "chair": town.place.officers[0].name}
        for account in OF_TOWNSHIPS[town.place.key]:
            if account.who in names:
                town.users[account.who] = open_account(
                    system,
                    account.username,
                    names[account.who],
                    account.role,
                    self.hashed,
                    township=town.township,
                )

    def _handlers(self, town: Town) -> None:
        for account in OF_TOWNSHIPS[town.place.key]:
            if account.role == Role.UNIT:
                unit = town.units[account.label[len("承办单位（") : -1]]
                user = open_account(
                    town.clerk,
                    account.username,
                    f"{town.place.name}{unit.name}",
                    Role.UNIT,
                    self.hashed,
                    township=town.township,
                    unit=unit,
                )
                town.users[account.who] = town.handlers[unit.pk] = user


def _lists(town: Town) -> None:
    levels = Unit.Level
    rows = [(name, levels.TOWNSHIP, duties) for name, duties in TOWN_UNITS.items()]
    rows += [(name, levels.COUNTY, duties) for name, duties in COUNTY_UNITS.items()]
    rows += [(f"{village}委员会", levels.VILLAGE, "村（社区）自治事务") for village in town.place.villages]
    for name, level, duties in rows:
        name = name.replace("村委员会", "村民委员会").replace("社区委员会", "社区居民委员会")
        unit = Unit(township=town.township, name=name, level=level, duties=duties)
        town.units[name] = UNITS.record(town.clerk, unit)
    kinds = Category.Kind
    items = [(kinds.MATTER, topic.label) for topic in TOPICS] + [(kinds.MATTER, "其他")]
    items += [(kinds.CHECKLIST, label) for label in TEN_ITEMS]
    for position, (kind, label) in enumerate(items, start=1):
        row = CATEGORIES.record(town.clerk, Category(township=town.township, kind=kind, label=label, position=position))
        if kind == kinds.CHECKLIST:
            town.checklist.append(row)
        else:
            town.categories[label] = row
