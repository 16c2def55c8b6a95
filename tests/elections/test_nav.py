"""Every page of elections stands below the entry of the navigation it is reached from."""

from congress.models import Role
from congress.permissions import Standing
from congress.web import nav
from elections.urls import in_township

PRINTED = "elections-form"  # its address is printed on paper; it leads on to the voter's page


def test_pages_below_the_election_work_mark_it_and_not_the_elections_that_were_held(world):
    standing = Standing(world.clerk, world.township, roles=frozenset({str(Role.CLERK)}))
    marked: dict[str, set[str]] = {}
    for address in in_township:
        entries = nav.entries_for(standing, f"/t/{world.township.code}/{address.pattern}")
        (active,) = [each["label"] for each in entries if each["active"]] or ["nothing"]
        marked.setdefault(active, set()).add(address.name)
    assert set(marked) == {"历次选举", "选举工作", "网上登记申请", "罢免代表", "选民登记"}
    held = ("elections-list", "elections-new", "elections-election", "elections-edit", "elections-withdraw")
    rest = {name for name in marked["历次选举"] if name not in held and not name.startswith("elections-turnout")}
    assert rest == {PRINTED}
    assert {"elections-task", "elections-district-day", "elections-paper-roll"} <= marked["选举工作"]
    assert {"elections-roll", "elections-exclusion", "elections-pool-entry", "elections-transfer"} <= marked["选民登记"]
