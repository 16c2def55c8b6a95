"""The search over all finds what polling day has: places, staff, boxes and proxies, by those who see their lists."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import action
from congress.models import Role
from congress.permissions import Standing
from congress.web import overall
from elections.actions import proxies
from elections.models import Campaign, PollingPlace, PollStaff
from elections.queries import workers
from tests.cast import SET_UP
from tests.elections.test_boxes import box
from tests.elections.test_mobile import box as mobile_box
from tests.elections.test_places import kept
from tests.elections.test_staff import recorded
from tests.elections.workers import BEFORE, opened

POLLING_DAY = {"投票站、选举大会", "选举工作人员", "流动票箱", "票箱"}


def ask(browse, world, who: str, query: str):
    """What somebody finds, by kind."""
    answer = browse(getattr(world, who)).get(reverse("search", args=[world.township.code]), {"q": query})
    return {group.label: group for group in answer.context["groups"]}


@pytest.fixture
def polling(world, election):
    """A place, somebody who works there, a box of each sort and a proxy, in all of which 竹林 stands."""
    spot = kept(world, election, name="竹林投票站")
    recorded(world, election, "竹林生", place=spot)
    mobile_box(world, election, route="竹林五组")
    box(world, election, "竹林1", place=spot, seals="0012")
    principal, agent = (one.voter for one in election.registrations.order_by("voter__name")[:2])
    said = proxies.Authority(came_on=date(2026, 10, 20), where="竹林外")
    proxies.enter(world.clerk, principal, proxies.Agent(voter=agent), [election], said)
    return election


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("clerk", POLLING_DAY | {"委托投票"}),
        ("chair", POLLING_DAY | {"委托投票"}),
        ("county_viewer", POLLING_DAY),
        ("deputy_user", set()),
        ("handler", set()),
    ],
)
def test_whoever_sees_the_lists_finds_what_stands_there_and_all_of_it(world, polling, browse, who, finds):
    groups = ask(browse, world, who, "竹林")
    assert set(groups) == finds
    client = browse(getattr(world, who))
    for group in groups.values():
        listed = client.get(group.url)
        assert str(listed.context["page"].paginator.count) == group.total == "1", group.label
        assert client.get(group.lines[0].url).status_code == 200, group.label


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("竹林生 监票人", "选举工作人员"),
        ("0012", "票箱"),
        ("五组 东山", "流动票箱"),
        ("村委会", "投票站、选举大会"),
        ("外出 竹林外 东山", "委托投票"),
    ],
)
def test_each_is_found_by_what_its_list_shows(world, polling, browse, query, label):
    assert label in ask(browse, world, "clerk", query)


def test_what_stands_in_the_lists_of_two_campaigns_leads_to_neither(world, polling, browse):
    with action(SET_UP, actor=None):
        other = Campaign.objects.create(
            township=world.township, name="2027年补选", begun_on="2027-01-01", election_day="2027-03-01"
        )
        there = PollingPlace.objects.get()
        there._state.adding, there.pk, there.campaign = True, None, other
        there.save()
    group = ask(browse, world, "clerk", "竹林")["投票站、选举大会"]
    assert (group.total, group.url) == ("2", "")
    assert [line.day for line in group.lines] == [date(2027, 3, 1), polling.campaign.election_day]


def test_what_the_staff_find_ends_with_the_days_of_their_accounts(world, polling):
    last = polling.campaign.election_day + workers.AFTER
    with clock.frozen(BEFORE):
        worker = opened(world, PollStaff.objects.get(name="竹林生"), looked=True)
    standing = Standing(worker, world.township, world.county, frozenset({str(Role.POLL)}))
    for day, found in ((last, ["投票站、选举大会"]), (last + timedelta(days=1), [])):
        with clock.frozen(day):
            groups = overall.search(standing, "竹林投票站", [world.township])
            assert [group.label for group in groups if group.label == "投票站、选举大会"] == found
