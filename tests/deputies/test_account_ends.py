"""Role and account end with the last mandate, are shown to do so before, and come back with a new one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import accounts, clock
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, Membership, Role
from congress.permissions import standing_in_township
from deputies import actions
from deputies.life import MANDATE
from deputies.models import Deputy, Group, Mandate, Term
from deputies.queries import groups, stations
from deputies.tasks import close_ended_accounts
from tests.cast import SET_UP

NEXT = date(2026, 11, 20)


@pytest.fixture
def seat(world):
    """The seat of the deputy who has an account."""
    with world.in_township():
        yield Mandate.objects.get(deputy=world.deputies[0])


def role(world) -> Membership:
    return Membership.objects.get(user=world.deputy_user, role="deputy", township=world.township)


def end(world, seat, reason="resigned"):
    MANDATE.take("end", world.clerk, seat, on=date(2022, 6, 1), reason=reason)


@pytest.mark.parametrize("reason", ["resigned", "recalled", "moved", "died"])
def test_the_role_ends_with_the_last_mandate_and_the_account_with_the_last_role(world, seat, reason):
    end(world, seat, reason)
    assert role(world).ended_at is not None
    world.deputy_user.refresh_from_db()
    assert not world.deputy_user.is_active
    told = {one.verb: one.detail for one in AuditEvent.objects.filter(subject_id=str(world.deputy_user.pk))}
    assert told["accounts.end"] == {"角色": "代表", "原因": "代表资格终止"}
    assert told["accounts.switch"] == {"启用": False, "原因": "代表资格终止"}


def test_who_has_another_role_keeps_the_account(world, seat):
    with scope.accounts():
        accounts.give(None, world.deputy_user, "clerk", township=world.neighbour)
    end(world, seat)
    assert role(world).ended_at is not None
    world.deputy_user.refresh_from_db()
    assert world.deputy_user.is_active


def test_who_has_another_mandate_keeps_the_role(world, seat):
    with action(SET_UP, actor=None):
        county = Term.objects.create(
            township=world.township, level="county", number=8, seats=90, started_on=date(2021, 12, 1)
        )
    actions.add_mandate(world.clerk, seat.deputy, county, elected_on=date(2021, 11, 1))
    end(world, seat)
    assert role(world).ended_at is None


def shown(world, seat) -> str:
    attempt = MANDATE.attempt("end", None, MANDATE.find(seat.pk), date(2022, 6, 1), {"reason": "resigned"})
    attempt.data["is_chair_or_vice"] = False
    return "".join(attempt.step.confirm(attempt).follows)


def test_what_becomes_of_the_account_is_shown_before(world, seat):
    assert "代表角色和登录账号随即停用" in shown(world, seat)
    with scope.accounts():
        accounts.give(None, world.deputy_user, "clerk", township=world.neighbour)
    with world.in_township():
        assert "账号另有“办事员 石桥乡”，照常使用" in shown(world, seat)


def test_the_night_after_the_next_term_has_begun_ends_them_too(world, seat):
    with action(SET_UP, actor=None):
        Term.objects.create(township=world.township, number=18, seats=50, started_on=NEXT)
    with clock.frozen(NEXT - timedelta(days=1)):
        assert close_ended_accounts() == 0
    with clock.frozen(NEXT):
        assert close_ended_accounts() == 1
        assert close_ended_accounts() == 0
    assert role(world).ended_at is not None


def test_who_is_elected_again_gets_the_old_account_with_a_new_code(world, seat):
    end(world, seat)
    actions.add_mandate(
        world.clerk,
        seat.deputy,
        seat.term,
        elected_on=date(2023, 1, 5),
        how="by_election",
        confirmed_on=date(2023, 1, 6),
    )
    deputy = Deputy.objects.get(pk=seat.deputy_id)
    once = accounts.OneTime()
    assert actions.open_account(world.clerk, deputy, once) == world.deputy_user
    world.deputy_user.refresh_from_db()
    assert world.deputy_user.is_active
    assert world.deputy_user.check_password(once.code)
    assert Membership.objects.filter(user=world.deputy_user, ended_at__isnull=True).count() == 1
    assert actions.open_account(world.clerk, deputy) is None


def test_rights_end_on_the_day_itself_and_not_in_the_night_after(world, seat, browse):
    """A mandate that was never ended by hand, a deputy who opens a page on the first day of the next term."""
    with action(SET_UP, actor=None):
        Term.objects.create(township=world.township, number=18, seats=50, started_on=NEXT)
    home = reverse("township_home", args=[world.township.code])
    with clock.frozen(NEXT - timedelta(days=1)):
        assert standing_in_township(world.deputy_user, world.township).has_role(Role.DEPUTY)
        assert browse(world.deputy_user).get(home).status_code == 200
    with clock.frozen(NEXT):
        assert not standing_in_township(world.deputy_user, world.township).roles
        client = browse(world.deputy_user)
        assert client.get(home).status_code == 404
        assert "或者岗位已经到期" in client.get(reverse("home")).content.decode()
    assert role(world).ended_at is None


def test_whoever_has_left_is_no_longer_counted_in_group_and_station(world, seat, browse):
    with action(SET_UP, actor=None):
        group = Group.objects.create(township=world.township, name="第一小组", formed_on=date(2021, 12, 1))
        Deputy.objects.filter(pk=seat.deputy_id).update(group=group, station=world.station)
    there = stations().get(pk=world.station.pk).deputies
    assert groups().get(pk=group.pk).deputies == 1
    end(world, seat)
    assert groups().get(pk=group.pk).deputies == 0
    assert stations().get(pk=world.station.pk).deputies == there - 1
    client = browse(world.clerk)
    for page, row in (("group", group), ("station", world.station)):
        shown = client.get(reverse(f"deputies-{page}", args=[world.township.code, row.pk])).content.decode()
        assert seat.deputy.name not in shown.split("修改历史")[0]
