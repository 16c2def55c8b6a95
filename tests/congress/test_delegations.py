"""The vice-chair looks, and does for dated days what the chair has handed over; it ends by itself and is on record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import accounts, clock, delegations
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Delegation, Job, Membership, Message
from congress.permissions import NOT_DELEGABLE, all_permissions, delegable, standing_in_township
from tests.cast import SET_UP, vice_chair

TODAY = date(2026, 3, 2)
ASSIGN, APPROVE = "proposals.assign", "deputies.approve"


@pytest.fixture
def vice(world):
    return vice_chair(world)


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(TODAY):
        yield


def give(world, vice, rights=(ASSIGN,), since=TODAY, until=TODAY + timedelta(days=9), actor=None):
    with world.in_township():
        return delegations.delegate(
            actor or world.chair, vice, rights, since=since, until=until, township=world.township
        )


def may(world, user, key=ASSIGN, on=TODAY) -> bool:
    with clock.frozen(on):
        return standing_in_township(user, world.township).allows(all_permissions()[key])


def test_a_vice_chair_looks_and_does_nothing_of_the_chairs(world, browse, vice):
    client = browse(vice)
    for name in ("township_home", "deputies-list", "proposals-suggestions", "deadlines", "reports-list"):
        assert client.get(reverse(name, args=[world.township.code])).status_code == 200, name
    standing = standing_in_township(vice, world.township)
    assert not [one.key for one in delegable() + list(NOT_DELEGABLE) if standing.allows(one)]


def test_what_is_handed_over_holds_on_these_days_and_no_others(world, vice):
    give(world, vice, since=TODAY + timedelta(days=1), until=TODAY + timedelta(days=3))
    held = [may(world, vice, on=TODAY + timedelta(days=ahead)) for ahead in range(6)]
    assert held == [False, True, True, True, False, False]
    assert not may(world, vice, APPROVE, TODAY + timedelta(days=2))
    assert not may(world, world.clerk, on=TODAY + timedelta(days=2))


def test_the_pages_open_with_it_and_the_event_names_who_did_it(world, browse, vice):
    page = reverse("deputies-approve-all", args=[world.township.code])
    assert browse(vice).get(page).status_code == 403
    give(world, vice, [APPROVE])
    assert browse(vice).get(page).status_code in (200, 302)
    assert (
        "受主席委托代行1项权限"
        in browse(vice).get(reverse("township_home", args=[world.township.code])).content.decode()
    )


def test_taken_back_it_holds_no_more(world, vice):
    row = give(world, vice)
    with world.in_township():
        delegations.take_back(world.chair, row)
        with pytest.raises(Refused, match="这项委托已经终止。"):
            delegations.take_back(world.chair, row)
        assert AuditEvent.objects.filter(verb="congress.delegation_end", outcome="ok").count() == 1
    assert not may(world, vice)


def test_a_vice_chair_who_is_one_no_longer_has_nothing(world, vice):
    give(world, vice)
    with world.in_township():
        accounts.end_membership(world.chair, Membership.objects.get(user=vice))
    assert not may(world, vice)


@pytest.mark.parametrize(
    ("changed", "words", "field"),
    [
        ({"rights": []}, "请勾选委托的权限。", "rights"),
        ({"rights": ["congress.accounts"]}, "所选的权限不能委托。", "rights"),
        ({"rights": ["congress.delegate"]}, "所选的权限不能委托。", "rights"),
        ({"rights": ["congress.system"]}, "所选的权限不能委托。", "rights"),
        ({"since": TODAY - timedelta(days=1)}, "起始日期不能早于今天。", "since"),
        ({"until": TODAY - timedelta(days=1)}, "截止日期不能早于起始日期。", "until"),
        ({"until": TODAY + timedelta(days=366)}, "一次委托不能超过一年。", "until"),
    ],
)
def test_what_cannot_be_handed_over_is_refused_at_its_field(world, vice, changed, words, field):
    with pytest.raises(Refused) as refused:
        give(world, vice, **changed)
    assert [(one.message, one.field) for one in refused.value.findings] == [(words, field)]
    with world.in_township():
        assert not Delegation.objects.exists()


def test_only_the_chair_hands_over_and_only_to_a_vice_chair(world, vice):
    for actor in (world.clerk, vice):
        with pytest.raises(Refused, match="只有主席能委托副主席代行权限。"):
            give(world, vice, actor=actor)
    with pytest.raises(Refused, match="只能委托给本乡镇的副主席。") as refused:
        give(world, world.clerk)
    assert [one.field for one in refused.value.findings] == ["holder"]
    with world.in_township():
        assert not Delegation.objects.exists()
    give(world, vice, [one.key for one in delegable()])
    with pytest.raises(Refused, match="只有主席"):
        give(world, vice, actor=vice)


def test_it_is_on_record_told_and_shown(world, browse, vice):
    with world.in_township():
        member = Membership.objects.get(user=vice)
    place = world.township.code
    client = browse(world.chair)
    assert "还没有委托" in client.get(reverse("member", args=[place, member.pk])).content.decode()
    form = {"rights": [ASSIGN], "since": str(TODAY), "until": str(TODAY + timedelta(days=5))}
    new = reverse("delegation-new", args=[place, member.pk])
    assert "many-choices" in client.get(new).content.decode()
    assert client.post(new, form).status_code == 302
    shown = client.get(reverse("member", args=[place, member.pk])).content.decode()
    assert "2026年3月2日至2026年3月7日" in shown
    assert "交办代表建议" in shown
    with world.in_township():
        row = Delegation.objects.get()
        assert Message.objects.filter(recipient=vice, kind="delegation").count() == 1
        event = AuditEvent.objects.get(verb="congress.delegate")
    assert event.detail == {"权限": ["交办代表建议"], "起始": "2026-03-02", "截止": "2026-03-07"}
    assert browse(vice).post(reverse("delegation-end", args=[place, row.pk])).status_code == 403
    assert browse(world.chair).post(reverse("delegation-end", args=[place, row.pk])).status_code == 302
    assert not may(world, vice)


@pytest.mark.parametrize("days", [0, 365])
def test_a_single_day_and_a_whole_year_may_be_handed_over(world, vice, days):
    assert give(world, vice, since=TODAY, until=TODAY + timedelta(days=days)).pk


def test_a_vice_chair_follows_the_work_asked_for_and_stops_nobody_elses(world, browse, vice):
    with world.in_township(), action(SET_UP, actor=None):
        mine, others = (
            Job.objects.create(township=world.township, kind="papers.print", title="印制", owner=owner)
            for owner in (vice, world.clerk)
        )
    client, place = browse(vice), world.township.code
    for job, stops in ((mine, True), (others, False)):
        shown = client.get(reverse("job", args=[place, job.pk]))
        stop = reverse("job-cancel", args=[place, job.pk])
        assert (stop in shown.content.decode()) is stops
        assert client.post(stop).status_code == (302 if stops else 403)
    with world.in_township():
        assert [Job.objects.get(pk=one.pk).state for one in (mine, others)] == ["cancelled", "queued"]
