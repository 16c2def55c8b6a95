"""What is closed is changed by notice alone, and proves how it read."""

from datetime import date

import pytest
from django.urls import reverse

from congress.guard.action import Refused, action
from congress.people.erased import ERASED
from elections.actions import candidate_lists as acts
from elections.actions.ballots import order, refuse_changed
from elections.documents.candidates import change_notice
from elections.life import NOMINATION, NOMINEE
from elections.models import DistrictDay, Nomination
from elections.queries import candidate_lists as queries
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    FORMAL_ON,
    PLACES,
    drawn,
    facts,
    leave,
    named,
    names,
    settled,
    step,
)
from tests.elections.papers import said


def test_a_closed_list_is_taken_back_only_before_it_is_published(world, election):
    found = settled(world, election)[1]
    step(world, found, "unlock", reason="写错")
    with pytest.raises(Refused, match="名单还没有定稿。"):
        step(world, found, "unlock", reason="又写错")
    step(world, found, "lock")
    step(world, found, "publish", FORMAL_ON, **PLACES)
    for key in ("unlock", "choose", "arrange", "discard", "publish"):
        with pytest.raises(Refused, match=r"名单已于2026年12月12日公布|名单已经定稿"):
            step(world, found, key, **({"reason": "写错"} if key in ("unlock", "discard") else {}))


def test_a_withdrawal_is_told_by_a_numbered_notice_and_nobody_moves_up(world, election):
    """X-I04: an alarm with the ways the law leaves; the list is one shorter and no successor appears."""
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    with pytest.raises(Refused, match="没有新的变动"):
        step(world, found, "notice", date(2026, 12, 17))
    gone = acts.facts_of_list(found).entries["formal"][1].nominee
    leave(gone)
    assert [one.nominee.name for one in facts(found).changes(found.kind).gone] == ["于二"]
    made = step(world, found, "notice", date(2026, 12, 17))
    assert (made.number, made.before, made.removed, made.after) == (1, 3, 1, 2)
    assert names(found) == ["丁一", "王三"]
    assert facts(found).holds(found.kind)
    codes = [one.code for one in facts(found).leaving(2)]
    assert codes == ["leaving.no_surplus", "leaving.again", "leaving.later", "leaving.ask"]


def test_particulars_that_were_put_right_are_told_by_notice_and_until_then_the_list_does_not_hold(world, election):
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    nominee = acts.facts_of_list(found).entries["formal"][0].nominee
    with action(SET_UP, actor=None):
        nominee.employer_post = "东山村村委会委员"
        nominee.save()
    assert not facts(found).holds(found.kind)
    made = step(world, found, "notice", date(2026, 12, 15))
    assert (made.removed, made.corrected, made.after) == (0, 1, 3)
    assert facts(found).holds(found.kind)


def test_a_list_from_which_particulars_were_erased_is_compared_by_the_others(world, election):
    found = settled(world, election)[1]
    first, second = (one.nominee for one in found.entries.order_by("position")[:2])
    with action(SET_UP, actor=None):
        first.name = str(ERASED)
        first.save()
    assert facts(found).holds(found.kind)
    assert not facts(found).changes(found.kind)
    with action(SET_UP, actor=None):
        second.name = "于三"
        second.save()
    assert not facts(found).holds(found.kind)


def test_a_notice_is_no_older_than_its_list_and_says_which_ballots_it_voids(world, election, browse):
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    order(world.clerk, election, ordered_on=FORMAL_ON, spare=2, first_stub=1, colour="浅红")
    leave(found.entries.get(position=2).nominee)
    with pytest.raises(Refused, match="变动公告日期不能早于名单公布日期"):
        step(world, found, "notice", date(2026, 12, 11))
    page = browse(world.clerk).get(reverse("elections-candidates-of-notice", args=[world.township.code, found.pk]))
    assert "已经付印的选票6张" in page.content.decode()
    alarm, *_ = facts(found).leaving(2)
    assert (alarm.code, alarm.message in page.content.decode()) == ("leaving.no_surplus", True)


def test_a_notice_voids_no_ballots_where_none_are_printed_and_none_by_the_first_list(world, election, browse):
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    leave(found.entries.get(position=2).nominee)
    url = reverse("elections-candidates-of-notice", args=[world.township.code, found.pk])
    page = browse(world.clerk).get(url).content.decode()
    assert "公布后不能取消，之后的变动另行公告" in page
    assert "已经付印的选票" not in page
    step(world, found, "notice", date(2026, 12, 15))
    order(world.clerk, election, ordered_on=FORMAL_ON, spare=2, first_stub=1, colour="浅红")
    first = found.district.candidate_lists.get(kind="first")
    url = reverse("elections-candidates-of-notice", args=[world.township.code, first.pk])
    page = browse(world.clerk).get(url).content.decode()
    assert "公布后不能取消，之后的变动另行公告" in page
    assert "已经付印的选票" not in page


def test_who_was_taken_off_by_mistake_is_put_back_in_the_same_place_by_another_notice(world, election):
    """若干规定十: nobody is left out; what the first notice told stays on record, and ballots without the name are void."""
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    gone = found.entries.get(position=2).nominee
    leave(gone)
    first = step(world, found, "notice", date(2026, 12, 15))
    printed, _ = order(world.clerk, election, ordered_on=FORMAL_ON, spare=2, first_stub=1, colour="浅红")
    NOMINEE.take("return", world.clerk, gone, reason="登错了人")
    assert facts(found).changes(found.kind).names == ["于二"]
    made = step(world, found, "notice", date(2026, 12, 16))
    assert (made.before, made.removed, made.added, made.after) == (2, 0, 1, 3)
    assert names(found) == ["丁一", "于二", "王三"]
    assert facts(found).holds(found.kind)
    printed.refresh_from_db()
    assert printed.void_on == date(2026, 12, 16)
    told = said(change_notice(made, FORMAL_ON)["parts"])
    assert "现予补列" in told
    assert "原列2名，现列3名" in told
    assert "于二：登记退出，不再列为代表候选人" in said(change_notice(first, FORMAL_ON)["parts"])
    with pytest.raises(Refused, match="没有新的变动"):
        step(world, found, "notice", date(2026, 12, 17))


def test_a_form_that_is_accepted_after_the_first_list_was_published_puts_its_nominee_on_it_by_notice(
    world, election, browse
):
    """A lawful nominee never vanishes: until the notice tells it, it waits on the home page, and a formal list that was closed
    without this person says so."""
    formal = settled(world, election)[1]
    first = formal.district.candidate_lists.get(kind="first")
    home = browse(world.clerk)
    (late,) = named(election, "于试", birth_date=date(1970, 1, 1))
    assert "依法推荐而名单漏列的人待补列" in home.get(reverse("home"), follow=True).content.decode()
    assert facts(first).changes("first").lacking == (late,)
    assert not facts(formal).changes("formal")
    step(world, first, "notice", FORMAL_ON)
    assert names(first) == ["丁一", "于二", "于试", "王三"]
    assert facts(first).holds("first")
    assert "依法推荐而名单漏列的人待补列" not in home.get(reverse("home"), follow=True).content.decode()
    (told,) = acts.passed_over(facts(formal))
    assert "于试在正式候选人名单定稿以后才补列" in told.message
    page = home.get(reverse("elections-candidates-of", args=[world.township.code, formal.pk])).content.decode()
    assert told.message in page


def test_a_form_on_which_a_closed_list_rests_is_not_checked_anew(world, election):
    named(election, "丁一", "于二", "王三")
    found = drawn(world, election, "first")[1]
    form = Nomination.objects.get(nominee__name="于二")
    step(world, found, "lock", FIRST_ON)
    again = {"reason": "再看一遍"}
    with pytest.raises(Refused, match=f"被推荐人凭这份推荐表列入已经定稿的{found}，请先取消名单的定稿。"):
        NOMINATION.take("reopen", world.clerk, form, **again)
    step(world, found, "publish", FIRST_ON, **PLACES)
    with pytest.raises(Refused, match="不得调换或者增减"):
        NOMINATION.take("reopen", world.clerk, form, **again)
    form.refresh_from_db()
    assert form.state == Nomination.State.ACCEPTED
    with action(SET_UP, actor=None):
        given = {"township": world.township, "kind": "bodies", "submitted_on": FIRST_ON, "state": "accepted"}
        Nomination.objects.create(nominee=form.nominee, **given)
    NOMINATION.take("reopen", world.clerk, form, **again)
    with pytest.raises(Refused, match="推荐表还没有核对。"):
        NOMINATION.take("reopen", world.clerk, form, **again)


def test_a_list_published_late_by_the_districts_own_day_says_so(world, election):
    with action(SET_UP, actor=None):
        DistrictDay.objects.create(
            township=world.township,
            election=election,
            district=districts(election)[0],
            day=date(2026, 12, 16),
            reason="汛期",
            consented_on=date(2026, 11, 1),
            paper="决定",
        )
    named(election, "丁一", "于二", "王三")
    found = drawn(world, election, "first")[1]
    late = acts.published_findings(found, FIRST_ON)
    assert late
    assert all(not one.blocking and one.field == "on" for one in late)


def test_a_correction_is_told_of_the_person_and_not_of_a_namesake_also_when_that_person_left_since(world, election):
    named(election, "王三", birth_date=date(1970, 1, 1), employer_post="教师")
    found = settled(world, election)[1]
    step(world, found, "publish", FORMAL_ON, **PLACES)
    one, other = (row.nominee for row in facts(found).entries["formal"] if row.nominee.name == "王三")
    with action(SET_UP, actor=None):
        one.employer_post = "东山村村委会委员"
        one.save()
    made = step(world, found, "notice", date(2026, 12, 15))

    def told() -> str:
        return said(change_notice(made, FORMAL_ON)["parts"])

    assert (told().count("东山村村委会委员"), told().count(other.employer_post)) == (1, 0)
    leave(one)
    step(world, found, "notice", date(2026, 12, 17))
    assert told().count("东山村村委会委员") == 1


def test_whether_a_list_holds_is_known_without_asking_again_for_each_district(
    world, election, django_assert_num_queries
):
    settled(world, election)
    known = queries.facts_of(election).values()
    with django_assert_num_queries(0):
        for one in known:
            refuse_changed(one)
