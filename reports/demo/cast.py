"""Who can be logged in as in the demonstration; everybody has the same password, which is no secret."""

from dataclasses import dataclass

from congress.models import Role, User
from congress.web.passwords import DEMO_PASSWORD
from reports.demo.places import COUNTY, PLACES, SCHOOLS, WATER

PASSWORD = DEMO_PASSWORD


@dataclass(frozen=True)
class Account:
    """A named account: how it logs in, what it is called on pages, in which role and where."""

    username: str
    role: Role
    label: str
    where: str
    who: str = ""

    @property
    def email(self) -> str:
        """An address nothing can ever arrive at."""
        return f"{self.username}@example.invalid"


def _of_township(place) -> list[Account]:
    key, name = place.key, place.name
    county_deputy = place.county_officers[0].post.rpartition("政府")[2] if place.county_officers else "普通代表"
    return [
        Account(f"{key}-ganshi", Role.CLERK, "办事员（人大干事）", name, "clerk"),
        Account(f"{key}-zhuxi", Role.CHAIR, "主席", name, "chair"),
        Account(f"{key}-daibiao", Role.DEPUTY, "代表", name, "deputy"),
        Account(f"{key}-qudaibiao", Role.DEPUTY, f"区人大代表（{county_deputy}）", name, "county_deputy"),
        Account(f"{key}-shuili", Role.UNIT, f"承办单位（{WATER}）", name, "water"),
        Account(f"{key}-jiaoyu", Role.UNIT, f"承办单位（{SCHOOLS}）", name, "schools"),
    ]


OF_TOWNSHIPS = {place.key: _of_township(place) for place in PLACES}
COUNTY_VIEWER = Account("qingyan-renda", Role.COUNTY, "县级人大（只看不改）", COUNTY)
ADMINISTRATORS = (
    Account("xitong", Role.SYSTEM, "系统管理员", "全平台"),
    Account("anquan", Role.SECURITY, "安全管理员", "全平台"),
    Account("shenji", Role.AUDIT, "审计管理员", "全平台"),
)


def names_there() -> set[str]:
    """The names of those that have been opened: a township's come with its history."""
    return set(
        User.objects.filter(username__in=[one.username for one in everybody()]).values_list("username", flat=True)
    )


def by_place(names: set[str]) -> dict[str, list[Account]]:
    """The accounts of these names by the place they belong to."""
    places: dict[str, list[Account]] = {}
    for account in everybody():
        if account.username in names:
            places.setdefault(account.where, []).append(account)
    return places


def everybody() -> list[Account]:
    """All named accounts, the townships' first."""
    return [*(one for accounts in OF_TOWNSHIPS.values() for one in accounts), COUNTY_VIEWER, *ADMINISTRATORS]
