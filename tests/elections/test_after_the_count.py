"""What waits on home page and board between polling day and the deputies who sit."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import action
from congress.models import DueDay
from congress.steps import standing_of
from congress.web.todo import waiting_for
from deputies.models import Level
from elections.models import Campaign
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, peopled
from tests.elections.credentials import PUBLISHED, answered, committee, confirmed, opened, published, reported
from tests.elections.rounds import again, balanced, begun, declared, line
from tests.elections.rounds import take as take_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    """The vote of the first district, with 24 voters; the other has its vote as well."""
    with scope.township(world.township):
        found = peopled(world)
        committee(world)
        yield begun(world, found)


def home(user, row) -> dict[str, str]:
    """What waits of this election for somebody, by its words."""
    lines = waiting_for(standing_of(user, row.township))
    return {one.label.partition("：")[2]: one.said for one in lines if "选举：" in one.label}


def due(row, key="elections.deputies") -> list[date]:
    return list(DueDay.objects.open().filter(key=key).values_list("due_on", flat=True))


def test_home_and_board_tell_what_comes_next_until_the_deputies_sit(world, row):
    with clock.frozen(ELECTION_DAY):
        assert home(world.clerk, row) == {}  # on polling day itself nothing is late
        balanced(world, row)
    with clock.frozen(PUBLISHED + timedelta(days=1)):
        assert home(world.clerk, row) == {"投票已经结束，票账、计票还没有办": "2件"}
        take_round(world.clerk, row, "count")
        room.people(world)
        again(world, row, (15, 12, 9))
        assert home(world.clerk, row) == {"投票已经结束，票账、计票还没有办": "1件", "计票已经结束，待宣布": "1件"}
        take_round(world.clerk, row, "declare", declared_by="云溪镇选举委员会", paper="")
        assert "宣布等待您确认" not in home(world.clerk, row)
        assert home(world.chair, row)["宣布等待您确认"] == "1件"
        assert due(row) == []
        take_round(world.chair, row, "confirm")
        assert home(world.clerk, row)["当选人等待代表资格审查"] == "2件"
        assert due(row) == [date(2027, 2, 19)]  # the day before two months are over
        answered("丁一", "于二")
        review = opened(world, row.election)
        assert "当选人等待代表资格审查" not in home(world.clerk, row)
        assert home(world.clerk, row)["代表资格审查还没有办完"] == "1件"
        reported(world, review)
        confirmed(world, review)
        published(world, review)
        assert "代表资格审查还没有办完" not in home(world.clerk, row)
        assert due(row) == []
        assert due(row, "assembly.first_session") == [date(2027, 2, 20)]


def counted(world, row, votes) -> None:
    balanced(world, row)
    take_round(world.clerk, row, "count")
    room.people(world)
    again(world, row, votes)


def test_an_open_outcome_waits_until_the_following_vote_is_arranged(world, row):
    counted(world, row, (15, 9, 6))
    declared(world, row)
    with clock.frozen(PUBLISHED):
        assert home(world.clerk, row)["已宣布，接续的投票还没有安排"] == "1件"
        take_round(world.clerk, row, "follow", PUBLISHED, names=["于二", "王三"], printed=29)
        assert "已宣布，接续的投票还没有安排" not in home(world.clerk, row)


FURTHER = "另行选举、再次投票已宣布，接续的投票还没有安排"


def test_a_further_vote_that_was_void_waits_for_another_and_one_that_left_a_seat_open_does_not(world, row):
    counted(world, row, (15, 9, 6))
    declared(world, row)
    with clock.frozen(PUBLISHED):
        made = take_round(world.clerk, row, "follow", PUBLISHED, names=["于二", "王三"], printed=29)
        later(world, made, (6, 4), issued=10)  # of 24
        waiting = home(world.clerk, row)
        assert waiting[FURTHER] == "1件"
        assert "已宣布，接续的投票还没有安排" not in waiting
        last = take_round(world.clerk, made, "follow", PUBLISHED, names=["于二", "王三"], printed=29)
        later(world, last, (6, 3), issued=20)  # nobody has a third
        assert FURTHER not in home(world.clerk, row)


def later(world, row, votes, issued: int) -> None:
    line(world, row, issued)
    rest = row.printed - issued
    given = {"filed": 0, "destroyed": rest, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
    take_round(world.clerk, row, "settle", PUBLISHED, **given)
    take_round(world.clerk, row, "count", PUBLISHED)
    again(world, row, votes, issued)
    declared(world, row, PUBLISHED)


def test_of_the_county_the_way_up_is_told(world, row):
    counted(world, row, (15, 12, 9))
    with action(SET_UP, actor=None):
        row.election.term.level = Level.COUNTY
        row.election.term.save()
    with clock.frozen(PUBLISHED):
        assert home(world.clerk, row)["计票已经结束，待上报、登记县级宣布"] == "1件"


def test_nothing_waits_of_a_work_that_is_closed_or_for_those_who_do_not_do_it(world, row):
    with clock.frozen(PUBLISHED):
        assert home(world.clerk, row)
        assert home(world.deputy_user, row) == {}
        with action(SET_UP, actor=None):
            Campaign.objects.update(closed_on=PUBLISHED)
        assert home(world.clerk, row) == {}


def test_a_first_session_that_is_called_brings_the_publication_forward(world, row):
    counted(world, row, (15, 12, 9))
    declared(world, row)
    given = {"township": world.township, "term": row.election.term, "number": 1, "entitled": 4, "present": 4}
    with clock.frozen(PUBLISHED), action(SET_UP, actor=None):
        Session.objects.create(**given, opened_on=date(2027, 1, 8))
    assert due(row) == [date(2027, 1, 7)]


def test_the_due_day_leads_to_the_reviews(world, row, browse):
    counted(world, row, (15, 12, 9))
    declared(world, row)
    with clock.frozen(PUBLISHED):
        page = browse(world.clerk).get(reverse("deadlines", args=[world.township.code])).content.decode()
    assert reverse("elections-reviews", args=[world.township.code, row.election_id]) in page
