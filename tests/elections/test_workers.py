"""Accounts of election staff: whose, who gets none, and for how long."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import accounts, clock
from congress.accounts import OneTime
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Role, User
from congress.permissions import standing_in_township
from elections.actions.staff import STAFF
from elections.actions.workers import close_accounts, open_account
from elections.life import CAMPAIGN
from elections.models import Campaign, PollStaff
from elections.queries import workers
from elections.tasks import close_ended_accounts
from tests.cast import SET_UP, make_deputy
from tests.elections.campaigns import ELECTION_DAY, another_vote, moved
from tests.elections.test_places import kept
from tests.elections.test_staff import nominee, recorded
from tests.elections.workers import BEFORE, PHONE, holds, opened, role

Task, Relation = PollStaff.Role, PollStaff.Relation
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before():
    """Some weeks before the election day."""
    with clock.frozen(BEFORE):
        yield


@pytest.fixture
def place(world, election):
    return kept(world, election)


# -- whose


def test_an_account_is_opened_with_a_role_of_its_own_and_nothing_else(world, election, place):
    user = opened(world, recorded(world, election, "程监", place=place))
    assert (user.username, user.display_name) == ("chengjian01", "程监")
    standing = standing_in_township(user, world.township)
    assert standing.roles == {Role.POLL}
    assert standing.roles_label == "选举工作人员"
    assert not standing_in_township(user, world.neighbour).roles


def test_one_person_with_two_places_has_one_account(world, election, place):
    second = kept(world, election, 2)
    one = recorded(world, election, "程监", place=place, phone=PHONE)
    other = recorded(world, election, "程监", role=Task.TELLER, place=second, phone=PHONE)
    user = opened(world, one)
    other.refresh_from_db()
    assert other.account == user
    assert open_account(world.clerk, other, OneTime()) is None
    assert User.objects.filter(display_name="程监").count() == 1
    other.refresh_from_db()
    STAFF.withdraw(world.clerk, other, "调整", other.version)
    assert holds(user, world), "one of the two lines is enough"


@pytest.mark.parametrize(
    ("given", "others", "same"),
    [
        ({"phone": PHONE}, {"phone": "13900139000"}, False),
        ({"phone": PHONE}, {"phone": PHONE}, True),
        ({"employer_post": "东山村村民"}, {"employer_post": "东山村村民"}, True),
        ({"phone": PHONE}, {}, None),
        ({}, {}, None),
    ],
)
def test_namesakes_are_told_apart_by_telephone_and_never_guessed(world, election, place, given, others, same):
    one = recorded(world, election, "程监", place=place, **given)
    other = recorded(world, election, "程监", place=kept(world, election, 2), **others)
    assert workers.same_person(one, other) is same
    if same is None:
        with pytest.raises(Refused, match="看不出是不是同一人"):
            open_account(world.clerk, one, OneTime())
        assert not User.objects.filter(display_name="程监").exists()
    else:
        first, second = opened(world, one), opened(world, other)
        assert (first == second) is same


def test_who_has_an_account_here_gets_the_role_added_and_keeps_the_account(world, election, place):
    """A deputy known by name and telephone; afterwards the role goes and the account stays."""
    deputy = make_deputy_with_account(world)
    row = recorded(world, election, deputy.name, place=place, phone=PHONE)
    assert open_account(world.clerk, row, OneTime()) is None, "no code: the password goes on"
    row.refresh_from_db()
    assert row.account == world.handler
    assert holds(world.handler, world)
    row.refresh_from_db()
    STAFF.withdraw(world.clerk, row, "不参加了", row.version)
    assert not holds(world.handler, world)
    world.handler.refresh_from_db()
    assert world.handler.is_active
    assert standing_in_township(world.handler, world.township).has_role(Role.UNIT)


def make_deputy_with_account(world):
    with action(SET_UP, actor=None):
        deputy = make_deputy(world.township, "程代表", term=world.term, account=world.handler)
        deputy.phone = PHONE
        deputy.save()
    return deputy


def test_an_account_of_the_same_name_is_looked_at_before_it_is_used(world, election, place):
    row = recorded(world, election, world.handler.display_name, place=place)
    with pytest.raises(Refused, match="同名的账号：云溪水利站（handler），请核对是不是同一人。到本人的页面开通"):
        open_account(world.clerk, row, OneTime())
    assert opened(world, row, account=world.handler, looked=True) == world.handler
    namesake = recorded(world, election, world.other_handler.display_name, place=place)
    assert opened(world, namesake, looked=True) != world.other_handler


def test_the_account_of_the_last_election_is_opened_again(world, election, place):
    user = opened(world, recorded(world, election, "程监", place=place, phone=PHONE))
    CAMPAIGN.take("close", world.clerk, campaign_of(election), on=ELECTION_DAY)
    user.refresh_from_db()
    assert not user.is_active
    with action(SET_UP, actor=None):
        later = Campaign.objects.create(
            township=world.township, name="2027年补选", begun_on=BEFORE, election_day=date(2027, 3, 1)
        )
    row = STAFF.record(
        world.clerk,
        PollStaff(township=world.township, campaign=later, name="程监", role="guide", relation="other", phone=PHONE),
    )
    assert open_account(world.clerk, row, OneTime()) == user
    user.refresh_from_db()
    assert user.is_active
    assert user.must_change_password
    assert holds(user, world)


def campaign_of(election) -> Campaign:
    return CAMPAIGN.read(Campaign.objects.filter(pk=election.campaign_id)).get()


# -- who gets none


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"relation": ""}, "还没有声明与候选人的关系"),
        ({"relation": Relation.SELF}, "候选人本人不开通账号，以免接触票箱、计票的记录。"),
        ({"relation": Relation.SIBLING}, "候选人的兄弟姐妹不开通账号"),
        ({"relation": Relation.GRANDCHILD}, "孙子女不开通账号"),
    ],
)
def test_candidates_relatives_and_the_undeclared_get_none(world, election, place, values, said):
    row = recorded(world, election, "程引", role=Task.GUIDE, place=place, **values)
    with pytest.raises(Refused, match=said):
        open_account(world.clerk, row, OneTime(), looked=True)
    assert not User.objects.filter(display_name="程引").exists()


def test_who_left_the_list_or_whose_vote_is_long_past_gets_none(world, election, place):
    gone, late = (recorded(world, election, name, place=place) for name in ("程甲", "程乙"))
    STAFF.withdraw(world.clerk, gone, "另有任务", gone.version)
    with pytest.raises(Refused, match="已不在工作人员名单上。"):
        open_account(world.clerk, gone, OneTime(), looked=True)
    last = ELECTION_DAY + workers.AFTER
    with clock.frozen(last):
        assert workers.against(late) == []
    with clock.frozen(last + timedelta(days=1)), pytest.raises(Refused, match="投票已经过去15天以上。"):
        open_account(world.clerk, late, OneTime(), looked=True)
    assert not User.objects.filter(display_name__in=("程甲", "程乙")).exists()


def test_whom_the_law_bars_gets_none_and_who_is_no_longer_near_does(world, election, place):
    there = nominee(election)
    row = recorded(world, election, "程引", role=Task.GUIDE, place=place, relation=Relation.SPOUSE, nominee=there)
    with action(SET_UP, actor=None):
        PollStaff.objects.filter(pk=row.pk).update(role=Task.MONITOR)
    row.refresh_from_db()
    with pytest.raises(Refused, match="不得担任"):
        open_account(world.clerk, row, OneTime())
    with action(SET_UP, actor=None):
        there.left_on = BEFORE
        there.save()
    assert holds(opened(world, row), world)


def test_a_candidates_name_is_looked_at_first(world, election, place):
    nominee(election, "程候")
    row = recorded(world, election, "程候", place=place)
    with pytest.raises(Refused, match="与代表候选人同名"):
        open_account(world.clerk, row, OneTime())
    assert holds(opened(world, row, looked=True), world)


def test_who_turns_out_to_be_near_to_a_candidate_loses_it_at_once(world, election, place):
    row = recorded(world, election, "程引", role=Task.GUIDE, place=place)
    user = opened(world, row)
    STAFF.change(world.clerk, row, {"relation": Relation.CHILD}, row.version)
    assert not holds(user, world)
    assert role(user).ended_at is not None


@pytest.mark.parametrize("who", ["deputy_user", "handler", "county_viewer", "neighbour_clerk"])
def test_only_the_office_opens_accounts(world, election, place, browse, who):
    row = recorded(world, election, "程监", place=place)
    for name, pk in (("elections-staff-accounts", election.campaign_id), ("elections-staff-account", row.pk)):
        url = reverse(name, args=[world.township.code, pk])
        assert browse(getattr(world, who)).post(url, {"everyone": "on"}).status_code in (403, 404)
    with pytest.raises(Refused, match="请由主席或者系统管理员办理"):
        open_account(getattr(world, who), row, OneTime())
    assert not User.objects.filter(display_name="程监").exists()


# -- until when


@pytest.mark.parametrize(("after", "good"), [(0, True), (15, True), (16, False)])
def test_it_is_good_until_some_days_after_the_last_vote(world, election, place, after, good):
    row = recorded(world, election, "程监", place=place)
    user = opened(world, row)
    assert workers.last_day_of(row) == ELECTION_DAY + workers.AFTER
    with clock.frozen(ELECTION_DAY + timedelta(days=after)):
        assert holds(user, world) is good


def test_a_further_vote_is_worked_at_by_the_same_accounts_and_ends_the_work(world, election, place):
    """另行选举 three weeks after election day: until then no account ends, no relative watches, the work is not over."""
    row = recorded(world, election, "程监", place=place)
    user, later = opened(world, row), ELECTION_DAY + timedelta(days=21)
    another_vote(election, later)
    assert workers.last_day_of(row) == later + workers.AFTER
    with clock.frozen(later):
        assert holds(user, world)
        with pytest.raises(Refused, match="不得担任"):
            recorded(world, election, "程亲", place=place, relation=Relation.SPOUSE, nominee=nominee(election))
        with pytest.raises(Refused, match="工作结束日期不能早于最后一次投票的2027年1月10日"):
            CAMPAIGN.take("close", world.clerk, election.campaign, on=later - timedelta(days=1))
    assert (PollStaff.objects.count(), Campaign.objects.get(pk=election.campaign_id).closed_on) == (1, None)


def test_the_last_day_moves_with_the_election_a_district_and_a_place(world, election, place):
    row = recorded(world, election, "程监", place=place)
    user = opened(world, row)
    later = ELECTION_DAY + timedelta(days=30)
    CAMPAIGN.take(
        "move-day", world.clerk, campaign_of(election), on=BEFORE, election_day=later, day_paper="县选〔2026〕9号"
    )
    assert workers.last_day_of(row) == later + workers.AFTER
    with clock.frozen(later + workers.AFTER):
        assert holds(user, world)
    moved(election, later + timedelta(days=2))
    assert workers.last_day_of(row) == later + timedelta(days=2) + workers.AFTER
    with action(SET_UP, actor=None):
        place.closes_on = later + timedelta(days=3)
        place.save()
    assert workers.last_day_of(row) == later + timedelta(days=3) + workers.AFTER


def test_it_ends_with_the_list_and_the_work_and_in_the_night(world, election, place):
    users = [opened(world, recorded(world, election, name, place=place)) for name in ("程甲", "程乙", "程丙")]
    first = PollStaff.objects.get(account=users[0])
    STAFF.withdraw(world.clerk, first, "另有任务", first.version)
    assert [holds(user, world) for user in users] == [False, True, True]
    users[0].refresh_from_db()
    assert not users[0].is_active
    ended = AuditEvent.objects.filter(verb="accounts.end", subject_id=str(users[0].pk)).get()
    assert ended.detail == {"角色": "选举工作人员", "原因": "选举工作结束"}
    assert close_accounts(None, world.township) == 0
    with clock.frozen(ELECTION_DAY + timedelta(days=16)):
        assert close_ended_accounts() == 2
    assert all(role(user).ended_at for user in users)


def test_closing_the_work_ends_every_account_of_it(world, election, place):
    user = opened(world, recorded(world, election, "程监", place=place))
    with clock.frozen(ELECTION_DAY):
        CAMPAIGN.take("close", world.clerk, campaign_of(election), on=ELECTION_DAY)
    assert role(user).ended_at is not None
    row = PollStaff.objects.get(account=user)
    with pytest.raises(Refused, match="已经结束"):
        open_account(world.clerk, row, OneTime())


def test_the_chair_of_another_township_has_no_say(world, election, place):
    row = recorded(world, election, "程监", place=place)
    user = opened(world, row)
    with pytest.raises(Refused, match="请由主席或者系统管理员办理"):
        accounts.reset_code(world.neighbour_clerk, user)
    assert accounts.reset_code(world.clerk, user)
