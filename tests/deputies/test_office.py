"""Who is in office on a day, who exercises the mandate: one answer, asked by everybody."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.guard.action import Refused, action
from congress.models import Attachment
from deputies import actions, queries
from deputies.life import MANDATE
from deputies.models import Activity, Deputy, Level, Mandate, Suspension, Term
from tests.cast import SET_UP, make_deputy
from tests.proposals.test_attachments import note

FIRST_SESSION = date(2021, 11, 10)
ELECTION = date(2021, 10, 20)
NEXT_SESSION = date(2026, 12, 20)


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


@pytest.fixture
def seat(town):
    return town.deputies[0].mandates.get()


def change(row, **values):
    with action(SET_UP, actor=None):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def rest(town, seat, since, until) -> None:
    MANDATE.take("suspend", town.clerk, seat, on=since, ground="detained")
    if until:
        MANDATE.take("resume", town.clerk, seat, on=until)


def holds(seat, on, *levels) -> bool:
    return queries.seats_held(on, *levels).filter(pk=seat.pk).exists()


def exercises(seat, on) -> bool:
    return queries.seats_exercised(on).filter(pk=seat.pk).exists()


def test_who_was_elected_is_in_office_from_the_first_session_on(town, seat):
    assert not holds(seat, ELECTION)
    assert not holds(seat, FIRST_SESSION - timedelta(days=1))
    assert holds(seat, FIRST_SESSION)
    waiting = Deputy.objects.filter(pk=seat.deputy_id)
    assert queries.elected_only(waiting, ELECTION).exists()
    assert not queries.elected_only(waiting, FIRST_SESSION).exists()


def test_the_old_deputies_are_in_office_until_the_next_first_session_opens(town, seat):
    change(town.term, ended_on=date(2026, 11, 10))
    with action(SET_UP, actor=None):
        coming = Term.objects.create(township=town.township, number=18, seats=50, started_on=NEXT_SESSION)
        new = make_deputy(town.township, "新人", term=coming).mandates.get()
    change(new, elected_on=date(2026, 11, 5))
    before = NEXT_SESSION - timedelta(days=1)
    assert (holds(seat, before), holds(new, before)) == (True, False)
    assert (holds(seat, NEXT_SESSION), holds(new, NEXT_SESSION)) == (False, True)
    assert queries.current_term(before) == town.term
    assert queries.seated(town.term, before).count() == 2
    assert queries.seated(coming, NEXT_SESSION).count() == 1


def test_the_term_of_another_congress_ends_nobodys_mandate(town, seat):
    with action(SET_UP, actor=None):
        Term.objects.create(township=town.township, level=Level.COUNTY, number=7, started_on=date(2024, 1, 5))
    assert holds(seat, date(2024, 1, 5))


def test_without_a_next_term_the_terms_own_last_day_tells(town, seat):
    change(town.term, ended_on=date(2026, 11, 10))
    assert holds(seat, date(2026, 11, 9))
    assert not holds(seat, date(2026, 11, 10))


def test_on_the_day_of_its_end_a_mandate_is_held_no_more(town, seat):
    end = date(2023, 6, 14)
    change(seat, ended_on=end, end_reason=Mandate.End.MOVED)
    deputies = Deputy.objects.all()
    for on, there in ((end - timedelta(days=1), True), (end, False)):
        assert holds(seat, on) is there
        assert exercises(seat, on) is there
        assert queries.in_office(deputies, on, Level.TOWNSHIP).filter(pk=seat.deputy_id).exists() is there
        assert queries.without_seat(deputies, on).filter(pk=seat.deputy_id).exists() is not there
        assert queries.without_account(on).filter(pk=town.deputies[1].pk).exists()
        assert (seat.deputy in queries.idle([seat.deputy], on)) is not there
        assert [shown.word for shown in queries.seats_of(seat.deputy, on)] == ["在任" if there else "已终止"]


def test_who_was_by_elected_is_in_office_once_the_qualification_is_confirmed(town, seat):
    elected, confirmed = date(2024, 5, 20), date(2024, 6, 3)
    change(seat, how=Mandate.How.BY_ELECTION, elected_on=elected)
    assert not holds(seat, date(2024, 6, 30))
    [shown] = queries.seats_of(seat.deputy, date(2024, 6, 30))
    assert shown.word == "当选，待确认资格"
    MANDATE.take("confirm", town.clerk, seat, on=confirmed)
    assert not holds(seat, confirmed - timedelta(days=1))
    assert holds(seat, confirmed)


def test_a_confirmation_is_registered_once_and_not_before_the_election(town, seat):
    with pytest.raises(Refused, match="不能早于当选日期"):
        MANDATE.take("confirm", town.clerk, seat, on=ELECTION - timedelta(days=1))
    with pytest.raises(Refused, match="不能晚于今天"):
        MANDATE.take("confirm", town.clerk, seat, on=date(2999, 1, 1))
    seat = MANDATE.take("confirm", town.clerk, seat, on=date(2021, 11, 2))
    with pytest.raises(Refused, match="已于2021年11月2日确认"):
        MANDATE.take("confirm", town.clerk, seat, on=date(2021, 11, 3))


def test_who_is_suspended_is_in_office_and_exercises_nothing(town, seat):
    since, until = date(2023, 3, 1), date(2023, 9, 1)
    rest(town, seat, since, until)
    days = (since - timedelta(days=1), since, until - timedelta(days=1), until)
    assert [exercises(seat, on) for on in days] == [True, False, False, True]
    assert all(holds(seat, on) for on in days)


def test_a_second_suspension_leaves_the_days_of_the_first(town, seat):
    rest(town, seat, date(2023, 3, 1), date(2023, 9, 1))
    rest(town, seat, date(2024, 2, 1), None)
    assert not exercises(seat, date(2023, 5, 1))
    assert exercises(seat, date(2023, 10, 1))
    assert not exercises(seat, date(2024, 2, 1))
    [shown] = queries.seats_of(seat.deputy, date(2024, 3, 1))
    assert shown.word == "暂停执行职务"
    assert [(one.since, one.until) for one in shown.mandate.rests] == [
        (date(2023, 3, 1), date(2023, 9, 1)),
        (date(2024, 2, 1), None),
    ]


def test_a_suspension_registered_by_mistake_counts_for_no_day_and_stays(town, seat):
    rest(town, seat, date(2023, 3, 1), date(2023, 9, 1))
    rest(town, seat, date(2024, 2, 1), None)
    MANDATE.take("unsuspend", town.clerk, seat, reason="登错了人")
    assert exercises(seat, date(2024, 2, 1))
    assert not exercises(seat, date(2023, 5, 1))
    assert [one.withdrawn_reason for one in Suspension.objects.filter(mandate=seat)] == ["", "登错了人"]


LATER = st.lists(st.integers(min_value=0, max_value=90), min_size=1, max_size=7)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=LATER)
def test_what_was_so_on_a_past_day_stays_so_whatever_rests_afterwards(town, seat, gaps):
    """Suspended and resumed at any later days: each day before answers as it did."""
    with transaction.atomic():
        on, steps = date(2022, 1, 1), itertools.cycle(("suspend", "resume"))
        days, told = [], []
        for gap, step in zip(gaps, steps, strict=False):
            on += timedelta(days=gap)
            took = {"ground": "serving"} if step == "suspend" else {}
            MANDATE.take(step, town.clerk, seat, on=on, **took)
            assert [exercises(seat, day) for day in days] == told
            days += [on - timedelta(days=1)] if not days or on - timedelta(days=1) > days[-1] else []
            told = [exercises(seat, day) for day in days]
        transaction.set_rollback(True)


def test_an_entry_that_waits_for_approval_is_not_in_office(town, seat):
    change(town.deputies[0], state=Deputy.State.PENDING)
    assert not holds(seat, date(2024, 1, 1))
    change(town.deputies[0], state=Deputy.State.APPROVED)
    assert holds(seat, date(2024, 1, 1))


@pytest.mark.parametrize("which", ["seat", "deputy", "term"])
def test_what_was_withdrawn_is_no_mandate(town, seat, which):
    from congress import clock

    row = seat if which == "seat" else getattr(seat, which)
    change(row, withdrawn_at=clock.now(), withdrawn_reason="误登")
    assert not holds(seat, date(2024, 1, 1))


def test_levels_are_told_apart(town, seat):
    on = date(2024, 1, 1)
    assert holds(seat, on, Level.TOWNSHIP)
    assert not holds(seat, on, Level.COUNTY)
    assert queries.idle([seat.deputy], on, Level.COUNTY) == [seat.deputy]
    assert queries.idle([seat.deputy], on) == []


# -- won again


def test_a_mandate_that_ended_may_be_won_again_in_the_same_term(town, seat):
    deputy, term = seat.deputy, town.term
    again = {"elected_on": date(2024, 5, 20), "how": Mandate.How.BY_ELECTION, "confirmed_on": date(2024, 6, 3)}
    with pytest.raises(Refused, match="尚未终止"):
        actions.add_mandate(town.clerk, deputy, term, **again)
    MANDATE.take("end", town.clerk, seat, on=date(2023, 6, 14), reason=Mandate.End.RESIGNED)
    with pytest.raises(Refused, match="当选日期不能更早"):
        actions.add_mandate(town.clerk, deputy, term, **again | {"elected_on": date(2023, 6, 13)})
    with pytest.raises(Refused, match="产生方式是补选"):
        actions.add_mandate(town.clerk, deputy, term, **again | {"how": Mandate.How.GENERAL})
    new = actions.add_mandate(town.clerk, deputy, term, **again)
    on = date(2025, 1, 1)
    assert [row.pk for row in queries.seats_held(on).filter(deputy=deputy)] == [new.pk]
    assert not holds(new, date(2023, 6, 13))
    assert [seat.word for seat in queries.seats_of(deputy, on)] == ["在任", "已终止"]


# -- everybody asks it


def test_an_activity_takes_who_could_exercise_a_mandate_on_its_day(town, seat):
    change(seat, ended_on=date(2023, 6, 14), end_reason=Mandate.End.MOVED)
    gone, there = town.deputies[0], town.deputies[1]
    activity = Activity(township=town.township, kind="training", title="培训", held_on=date(2023, 6, 14))
    assert set(queries.who_may_attend(activity, date(2023, 6, 13))) >= {gone, there}
    assert gone not in queries.who_may_attend(activity, date(2023, 6, 14))
    with pytest.raises(Refused, match=f"{gone.name}在2023年6月14日没有代表资格"):
        actions.record_activity(town.clerk, activity, {gone: "attended", there: "attended"})
    activity.held_on = date(2023, 6, 13)
    actions.record_activity(town.clerk, activity, {gone: "attended", there: "attended"})
    actions.change_activity(town.clerk, activity, {"title": "代表法培训"}, {gone: "attended"}, activity.version)


def test_the_form_offers_who_was_in_office_on_the_day_sent(world, browse):
    with world.in_township():
        seat = world.deputies[0].mandates.get()
        change(seat, ended_on=date(2023, 6, 14), end_reason=Mandate.End.MOVED)
    data = {"kind": "training", "title": "培训", "half_days": 1, "people": 0, "households": 0, "deeds": 0}
    url = reverse("deputies-activity-new", args=[world.township.code])
    data["attended"] = [str(world.deputies[0].pk)]
    late = browse(world.clerk).post(url, data | {"held_on": "2023-06-14"})
    assert late.status_code == 200
    assert browse(world.clerk).post(url, data | {"held_on": "2023-06-13"}).status_code == 302


def test_a_page_tells_how_each_mandate_stands(world, browse):
    with world.in_township():
        change(world.deputies[0].mandates.get(), how=Mandate.How.BY_ELECTION, elected_on=date(2024, 5, 20))
    url = reverse("deputies-detail", args=[world.township.code, world.deputies[0].pk])
    client = browse(world.clerk)
    assert "当选，待确认资格" in client.get(url).content.decode()
    with world.in_township():
        seat = world.deputies[0].mandates.get()
    confirm = reverse("deputies-mandate-confirm", args=[world.township.code, seat.pk])
    assert client.post(confirm, {"confirmed_on": "2024-06-03"}).status_code == 302
    page = client.get(url).content.decode()
    assert "2024年6月3日资格确认" in page
    assert "在任" in page


def test_the_page_of_a_coming_term_tells_of_the_elected_not_of_deputies_in_office(world, browse):
    with world.in_township(), action(SET_UP, actor=None):
        coming = Term.objects.create(township=world.township, number=18, seats=2, started_on=date(2999, 1, 5))
        make_deputy(world.township, "新人", term=coming)
    page = browse(world.clerk).get(reverse("deputies-term", args=[world.township.code, coming.pk])).content.decode()
    assert "当选代表" in page
    assert "2999年1月5日第一次会议开幕起就任" in page
    old = browse(world.clerk).get(reverse("deputies-term", args=[world.township.code, world.term.pk]))
    assert "实有代表" in old.content.decode()


def test_the_papers_of_an_activity_are_the_offices_and_no_countys(world, browse):
    with world.in_township():
        activity = Activity(township=world.township, kind="training", title="培训", held_on=date(2023, 6, 14))
        actions.record_activity(world.clerk, activity, {world.deputies[0]: "attended"})
    code, page = world.township.code, reverse("deputies-activity", args=[world.township.code, activity.pk])
    attach = reverse("attach", args=[code, "deputies.activity", activity.pk])
    assert "没有附件。方案、签到表、" in browse(world.clerk).get(page).content.decode()
    told = browse(world.clerk).post(attach, {"file": [note("签到表.txt")], "caption": "签到表"}, follow=True)
    assert "已添加1个附件。" in told.content.decode()
    assert "签到表" in browse(world.deputy_user).get(page).content.decode()
    assert browse(world.deputy_user).post(attach, {"file": [note("照片.txt")]}).status_code == 403
    county = browse(world.county_viewer)
    assert "签到表" not in county.get(page).content.decode()
    with world.in_township():
        (kept,) = Attachment.objects.all()
    assert county.get(reverse("attachment", args=[code, kept.pk])).status_code in (403, 404)
