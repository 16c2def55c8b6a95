"""The pages on which accounts of election staff are opened, and what such an account opens."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard.action import action
from congress.models import AuditEvent, Job, User
from congress.permissions import standing_in_township
from congress.work import jobs
from elections.actions.boxes import ROOMS
from elections.models import BallotBox, Campaign, PollStaff, RoomCheck
from elections.queries import workers
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.test_boxes import box
from tests.elections.test_mobile import box as mobile_box
from tests.elections.test_places import kept
from tests.elections.test_staff import recorded
from tests.elections.workers import BEFORE, holds, opened

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


# -- in bulk


def test_the_list_is_opened_in_one_go_and_says_who_has_to_be_looked_at(world, election, place, browse):
    for name in ("程甲", "程乙"):
        recorded(world, election, name, place=place)
    recorded(world, election, "程未", place=place, relation="")
    url = reverse("elections-staff-accounts", args=[world.township.code, election.campaign_id])
    client = browse(world.clerk)
    page = client.get(url)
    assert [str(one) for one in page.context["form"].fields["staff"].queryset] == ["程乙（监票人）", "程甲（监票人）"]
    assert "many-choices" in page.content.decode()
    assert [(row.name, told[0].code) for row, told, _ in page.context["waiting"]] == [("程未", "account.undeclared")]
    assert "请勾选要开通账号的工作人员" in client.post(url, {"everyone": ""}).content.decode()
    stranger = PollStaff.objects.get(name="程未")
    assert client.post(url, {"staff": [str(stranger.pk)]}).status_code == 200, "who is not offered is not taken"
    form = {"key": str(page.context["form"]["key"].value()), "everyone": "on"}
    assert client.post(url, form).status_code == 302
    job = Job.objects.get(kind="elections.accounts")
    jobs.run(job.pk, world.township)
    job.refresh_from_db()
    assert job.note == "2人的登录凭条已生成"
    assert User.objects.filter(display_name__in=["程甲", "程乙"]).count() == 2
    done = client.get(url)
    assert done.context["number"] == 0
    answer = client.post(url, form | {"key": str(done.context["form"]["key"].value())})
    assert answer.context["form"].errors == {"everyone": ["能开通账号的都已有账号。"]}
    assert Job.objects.filter(kind="elections.accounts").count() == 1


def test_the_page_of_one_asks_whose_account_it_is(world, election, place, browse):
    row = recorded(world, election, world.handler.display_name, place=place)
    url = reverse("elections-staff-account", args=[world.township.code, row.pk])
    client = browse(world.clerk)
    assert "同名的账号" in client.get(url).content.decode()
    assert "请选择" in client.post(url, {"everyone": ""}).content.decode()
    assert "account" in client.post(url, {"account": str(world.chair.pk)}).context["form"].errors
    assert client.post(url, {"account": str(world.handler.pk)}).status_code == 302
    assert holds(world.handler, world)
    assert (
        "使用至2027年1月4日"
        in client.get(reverse("elections-staff", args=[world.township.code, row.pk])).content.decode()
    )
    other = recorded(world, election, world.other_handler.display_name, place=place)
    answer = client.post(
        reverse("elections-staff-account", args=[world.township.code, other.pk]), {"account": "another"}
    )
    assert "一次性口令" in answer.content.decode()


# -- what it opens


@pytest.fixture
def polling(world, election, place):
    """A monitor at the first place; a second place, with a box at each."""
    other = kept(world, election, 2)
    box(world, election, "1", place=place, seals="0012")
    box(world, election, "2", place=other)
    user = opened(world, recorded(world, election, "程监", place=place))
    recorded(world, election, "程伴", place=place)
    recorded(world, election, "程远", place=other)
    return user


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def test_the_first_page_says_where_and_with_whom(world, election, polling, browse):
    page = browse(polling).get(at(world, "elections-own-work")).content.decode()
    for words in ("监票人：第1投票站", "程伴", "票箱1", "登记检查", "2027年1月4日"):
        assert words in page, words
    assert "程远" not in page
    assert browse(world.clerk).get(at(world, "elections-own-work")).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("elections-place-list", 200),
        ("elections-ballot-box-list", 200),
        ("elections-room-list", 200),
        ("elections-handed-list", 200),
        ("elections-staff-list", 403),
        ("elections-mobile-box-list", 403),
        ("elections-mobile-voter-list", 403),
        ("elections-campaign", 403),
        ("elections-gates", 403),
        ("elections-place-new", 403),
        ("elections-ballot-box-new", 403),
        ("elections-handed-new", 403),
        ("elections-room-new", 200),
    ],
)
def test_what_of_the_campaign_opens(world, election, polling, browse, name, status):
    assert browse(polling).get(at(world, name, election.campaign_id)).status_code == status


@pytest.mark.parametrize("name", ["deputies-list", "elections-voters", "proposals-suggestions", "documents", "trail"])
def test_nothing_else_of_the_township_opens(world, polling, browse, name):
    assert browse(polling).get(at(world, name)).status_code == 403


def test_who_works_at_a_place_changes_its_box_and_makes_none(world, election, polling, browse):
    client, own = browse(polling), BallotBox.objects.get(number="1")
    assert client.get(at(world, "elections-ballot-box-edit", own.pk)).status_code == 200
    page = client.get(at(world, "elections-ballot-box-list", election.campaign_id)).content.decode()
    assert "登记票箱" not in page
    new = at(world, "elections-ballot-box-new", election.campaign_id)
    sent = {"place": str(own.place_id), "number": "3", "seals": "0013"}
    assert [client.get(new).status_code, client.post(new, sent).status_code] == [403, 403]
    assert BallotBox.objects.count() == 2
    assert "登记检查" in client.get(at(world, "elections-own-work")).content.decode()
    told = browse(world.clerk).get(at(world, "elections-ballot-box-list", election.campaign_id)).content.decode()
    assert "登记票箱" in told


def test_no_list_offers_what_its_reader_may_not_open(world, election, polling, browse):
    page = browse(polling).get(at(world, "elections-ballot-box-list", election.campaign_id)).content.decode()
    for name in ("elections-ballot-box-new", "elections-campaign", "elections-box-handover"):
        assert f'href="{at(world, name, election.campaign_id)}"' not in page, name


def test_of_another_election_nothing_is_seen(world, election, polling, browse):
    with action(SET_UP, actor=None):
        other = Campaign.objects.create(
            township=world.township, name="2027年补选", begun_on=BEFORE, election_day=date(2027, 3, 1)
        )
        there = BallotBox.objects.create(township=world.township, campaign=other, number="9")
    client = browse(polling)
    assert client.get(at(world, "elections-ballot-box-list", other.pk)).status_code == 404
    assert client.get(at(world, "elections-ballot-box", there.pk)).status_code == 404
    found = client.get(at(world, "search"), {"q": "0012"}).context["groups"]
    assert [group.label for group in found] == ["票箱"]
    assert not client.get(at(world, "search"), {"q": "9"}).context["groups"]


def test_a_worker_hands_over_the_boxes_of_the_own_place_and_changes_nothing_else(world, election, polling, browse):
    client, (own, other) = browse(polling), BallotBox.objects.order_by("number")
    assert (
        at(world, "elections-ballot-box-edit", other.pk)
        not in client.get(at(world, "elections-ballot-box", other.pk)).content.decode()
    )
    assert client.get(at(world, "elections-ballot-box-edit", other.pk)).status_code == 404
    url = at(world, "elections-ballot-box-edit", own.pk)
    assert url in client.get(at(world, "elections-ballot-box", own.pk)).content.decode()
    assert client.post(at(world, "elections-ballot-box-withdraw", own.pk), {"reason": "错"}).status_code == 403
    sent = {
        "version": own.version,
        "number": "改了",
        "seals": "9999",
        "shown_at": "07:50",
        "shown_by": "程监、程伴",
        "handed_at": "16:20",
        "seals_found": "0012",
    }
    assert "移交时间不能早于" in client.post(url, sent | {"handed_at": "07:00"}).content.decode()
    assert client.post(url, sent).status_code == 302
    own.refresh_from_db()
    assert (own.number, own.seals, own.seals_found, own.shown_by) == ("1", "0012", "0012", "程监、程伴")
    event = AuditEvent.objects.filter(verb="elections.change_ballot_box").get()
    assert event.actor_id == polling.pk


def test_a_worker_checks_the_own_place_alone(world, election, place, polling, browse):
    client = browse(polling)
    url = at(world, "elections-room-new", election.campaign_id)
    form = client.get(url).context["form"]
    assert [str(one) for one in form.fields["places"].queryset] == [str(place)]
    other = PollStaff.objects.get(name="程远").place
    sent = {"checked_on": "2026-12-19", "checked_by": "程监", "booth": "on"}
    key = {"key": str(form["key"].value())}
    assert client.post(url, sent | key | {"places": [str(other.pk)]}).status_code == 200
    assert not RoomCheck.objects.exists()
    assert client.post(url, sent | key | {"places": [str(place.pk)]}).status_code == 302
    assert RoomCheck.objects.get().place == place
    far = ROOMS.record(
        world.clerk,
        RoomCheck(township=world.township, place=other, checked_on=date(2026, 12, 19), checked_by="程远"),
    )
    assert client.get(at(world, "elections-room", far.pk)).status_code == 200
    assert client.get(at(world, "elections-room-edit", far.pk)).status_code == 404


def test_who_works_everywhere_records_everywhere_and_who_goes_with_a_box_there(world, election, place, browse):
    chief = opened(world, recorded(world, election, "程总", role=Task.CHIEF_MONITOR))
    carried = mobile_box(world, election)
    escort = opened(world, recorded(world, election, "程随", mobile=carried))
    of_place, of_box = box(world, election, "1", place=place), box(world, election, "2", mobile=carried)
    for user, statuses in ((chief, (200, 200)), (escort, (404, 200))):
        got = [
            browse(user).get(at(world, "elections-ballot-box-edit", one.pk)).status_code for one in (of_place, of_box)
        ]
        assert tuple(got) == statuses


@pytest.mark.parametrize(("task", "counts"), [(Task.TELLER, True), (Task.CHIEF_TELLER, True), (Task.GUIDE, False)])
def test_only_who_counts_may_count(world, election, place, task, counts):
    user = opened(world, recorded(world, election, "程计", role=task, place=place))
    assert workers.counts(standing_in_township(user, world.township), election.campaign) is counts
    assert workers.counts(standing_in_township(world.clerk, world.township), election.campaign)
    assert not workers.counts(standing_in_township(world.deputy_user, world.township), election.campaign)


def test_a_session_that_is_open_closes_when_the_day_is_over(world, election, polling, browse):
    client = browse(polling)
    assert client.get(at(world, "elections-own-work")).status_code == 200
    with clock.frozen(ELECTION_DAY + timedelta(days=16)):
        assert client.get(at(world, "elections-own-work")).status_code == 404
