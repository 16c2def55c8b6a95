"""Townships of the bench's own, so that what it writes does not swell the pages it measures."""

from datetime import date

from congress import accounts, clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import County, Role, Township, User
from congress.upkeep import TOWNSHIPS
from deputies.models import Term

MAKE = verb("tests.bench_account", "布置测速账号")


def new_township(serial: int, name: str) -> tuple[Township, dict[str, User]]:
    """A township of the demonstration's county with a clerk and a chair; its code ends in the serial number."""
    with scope.accounts():
        county = County.objects.first()
        town = TOWNSHIPS.record(
            None,
            Township(
                county=county,
                code=f"{county.code[:6]}{900 + serial}000",
                name=name,
                document_word=f"{name}人发",
                population=30_000,
            ),
        )
    people = {}
    for role in (Role.CLERK, Role.CHAIR):
        people[role] = new_account(f"bench-{serial}-{role}", role, township=town)
    return town, people


def new_account(username: str, role: str, **place) -> User:
    """An account with an address and a role."""
    with scope.accounts():
        user, _ = accounts.create_account(None, username, username, email=f"{username}@example.invalid")
        with action(MAKE, actor=None):  # who has chosen a password of their own goes straight to the pages
            User.objects.filter(pk=user.pk).update(must_change_password=False)
    if place.get("unit") is not None:
        with scope.township(place["township"]):
            accounts.grant(None, user, role, **place)
    else:
        with scope.accounts():
            accounts.grant(None, user, role, **place)
    return user


def new_term(town: Township) -> Term:
    """The running term, unsaved: call inside the township's scope and an action, then save."""
    return Term(township=town, number=17, seats=50, started_on=date(clock.today().year - 4, 11, 10))
