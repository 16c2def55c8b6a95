"""The desk's pages: a number, a voter, a ballot; what is said aloud; who comes to which register; the turnout they tell."""

import copy
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.guard.action import Refused, action
from congress.models import AuditEvent
from congress.people import keys
from congress.permissions import standing_in_township
from congress.printing import printed
from elections.actions import issue as acts
from elections.documents.registers import ISSUE_REGISTER
from elections.listings.county import COUNTY_WORKS
from elections.models import (
    BallotIssue,
    IssueHour,
    IssueRegister,
    LedgerLine,
    MobileBox,
    PollingPlace,
    PollStaff,
    Registration,
    Round,
)
from elections.queries import issue as queries
from elections.queries import turnout
from elections.queries.county import lines
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, districts
from tests.elections.desks import another_place, at_hour, closed, desk, entrusted, handed, opened, voter
from tests.elections.papers import text_of
from tests.elections.workers import opened as account_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(peopled_election, polling_day):
    """Two districts, the first votes arranged, half past eight on polling day; the township's scope is open."""
    with at_hour(8):
        yield peopled_election


@pytest.fixture
def register(election, open_register):
    return copy.deepcopy(open_register)


def at(world, name: str, *args) -> str:
    return reverse(name, args=[world.township.code, *args])


def here(world, register) -> str:
    return at(world, "elections-issue-register", register.pk)


def staff(world, election, task: str, place=None, mobile=None):
    """The account of somebody of the staff."""
    with action(SET_UP, actor=None):
        row = PollStaff.objects.create(
            township=world.township,
            campaign=election.campaign,
            name=f"程{task}",
            role=task,
            relation="other",
            place=place,
            mobile=mobile,
            data_key=world_key(world),
        )
    return account_of(world, row)


def world_key(world):
    key = keys.new_data_key(world.township.pk, "elections.staff")
    key.save(force_insert=True)
    return key


def test_a_ballot_takes_a_number_and_two_presses_and_is_said_aloud(world, election, register, browse):
    client, url = browse(world.clerk), here(world, register)
    number = Registration.objects.get(voter__name="于二").card_no
    shown = client.get(url, {"q": number}).content.decode()
    assert f"{number}号于二" in shown
    assert shown.count("autofocus") == 1
    answer = client.post(url, {"voter": voter(election, "于二"), "way": "person"}, follow=True).content.decode()
    assert f"已发票：{number}号于二，乡镇选票1张。" in answer
    assert "本人1张，受委托0张，共1张" in answer
    aloud = client.post(
        url, {"voter": voter(election, "王三"), "way": "person"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in aloud
    assert 'id="live" hx-swap-oob="innerHTML">已发票：' in aloud
    again = client.post(url, {"voter": voter(election, "王三"), "way": "person"}).content.decode()
    assert "已经领过" in again
    assert "王三</h2>" in again, "the voter it was about is still there"
    assert BallotIssue.objects.count() == 2


def test_the_desk_alone_asks_for_nothing_that_it_does_not_show(world, election, register, browse):
    """A queue waits for each of these statements: what a plain voter has nothing of is asked in one, and what stands round the desk
    is not told again with every voter."""
    client, page, part = browse(world.clerk), here(world, register), {"HTTP_HX_REQUEST": "true"}
    client.get(f"{page}?q=1", **part)  # the first opens what stays open
    with CaptureQueriesContext(connection) as looked:
        shown = client.get(f"{page}?q=2", **part).content.decode()
    assert "2号于二" in shown
    with CaptureQueriesContext(connection) as issued:
        said = client.post(page, {"voter": voter(election, "于二"), "way": "person"}, **part).content.decode()
    assert "已发票：2号于二" in said
    asked = [one["sql"] for one in (*looked, *issued)]
    assert (len(looked), len(issued)) == (13, 26)
    issuer = browse(staff(world, election, "issuer", PollingPlace.objects.get()))
    issuer.get(f"{page}?q=3", **part)
    with CaptureQueriesContext(connection) as by_staff:
        assert "3号王三" in issuer.get(f"{page}?q=3", **part).content.decode()
    assert len(by_staff) == len(looked) + 2, "whose line of the list of staff, for the role and for the place"
    assert not any("congress_message" in one or '"elections_mobilebox"."id" IN' in one for one in asked)
    assert sum(one.startswith("INSERT") for one in asked) == 2, "the ballot, and the first of its hour"


def test_what_cannot_be_issued_says_why_and_keeps_what_was_typed(world, election, register, browse):
    client, url = browse(world.clerk), here(world, register)
    for text, word in (
        ("4711", "没有4711号选民"),
        ("丁", "至少输入前两个字"),
        ("张四", "没有“张四”，请核对是不是在别的选区登记"),
    ):
        shown = client.get(url, {"q": text}).content.decode()
        assert word in shown
        assert f'value="{text}"' in shown
    assert "请先查找选民" in client.post(url, {"way": "person"}).content.decode()
    four = [voter(election, name) for name in ("于二", "王三", "欧阳小明", "东甲")]
    answer = client.post(url, {"voter": voter(election, "丁一"), "way": "person", "principals": four})
    assert "不得超过3人" in answer.content.decode()
    broken = client.post(url, {"voter": voter(election, "丁一"), "way": "person", "principals": ["x"]})
    assert "请从查到的选民里选择" in broken.content.decode()
    assert BallotIssue.objects.count() == 0


def test_an_agents_principals_are_ticked_and_fetched_later_too(world, election, register, browse):
    entrusted(election, "于二", "丁一", 1)
    client, url = browse(world.clerk), here(world, register)
    number = Registration.objects.get(voter__name="丁一").card_no
    assert client.get(url, {"q": number}).content.decode().count('name="principals"') == 1
    client.post(url, {"voter": voter(election, "丁一"), "way": "person"})
    assert "发给受托的选票" in client.get(url, {"q": number}).content.decode()
    sent = {"voter": voter(election, "丁一"), "way": "", "principals": [voter(election, "于二")]}
    said = client.post(url, sent, follow=True).content.decode()
    assert "于二（由受托人领取），乡镇选票1张" in said
    entrusted(election, "王三", "东甲", 1)
    assert "发给受托人东甲" in client.get(url, {"q": "王三"}).content.decode()


def test_an_exchange_sent_twice_counts_once_and_a_wrong_tick_is_taken_back(world, election, register, browse):
    handed(register, election, "丁一", "于二")
    client, url = browse(world.clerk), here(world, register)
    sent = {"voter": voter(election, "丁一"), "way": "replace", "client_key": "5f0c1b8e-6a5e-4a53-9d43-5f2a4b1c9d11"}
    sent["vote"] = str(desk(register).rounds[0].pk)
    shown = client.get(url, {"q": "丁一"}).content.decode()
    assert f'name="vote" value="{sent["vote"]}"' in shown
    other = client.post(url, sent | {"vote": str(register.pk)}, follow=True).content.decode()
    assert "还没有领票，不能换发" in other, "of a vote whose ballot was not issued"
    assert client.post(url, sent | {"vote": "x"}, follow=True).status_code == 200
    assert not IssueHour.objects.filter(way="replaced").exists()
    assert "丁一，乡镇选票1张。" in client.post(url, sent, follow=True).content.decode()
    client.post(url, sent)
    assert IssueHour.objects.get(way="replaced").number == 1
    page = at(world, "elections-issue-undo", register.pk, voter(election, "于二"))
    assert "撤销误登的领票" in client.get(page).content.decode()
    assert client.post(page, {"why": "wrong"}).status_code == 302
    assert BallotIssue.objects.kept().count() == 1
    assert "没有在这里领票的登记" in client.post(page, {"why": "wrong"}).content.decode()
    assert client.get(at(world, "elections-issue-undo", register.pk, register.pk)).status_code == 404


def test_the_office_opens_what_waits_today_and_takes_the_figures_into_the_ledger(world, election, browse):
    client = browse(world.clerk)
    page = at(world, "elections-issue-open", election.campaign_id)
    shown = client.get(page)
    place = PollingPlace.objects.get()
    assert "东山村投票站" in shown.content.decode()
    key = str(shown.context["form"]["key"].value())
    assert client.post(page, {"key": key, "whose": str(place.pk)}).status_code == 302
    register = IssueRegister.objects.get()
    assert "今天没有等待开启" in client.get(page).content.decode()
    assert "东山村投票站" in client.get(at(world, "elections-issue-registers", election.campaign_id)).content.decode()
    handed(register, election, "丁一", "于二")
    assert "照登记填" not in client.get(here(world, register)).content.decode()
    step = client.get(at(world, "elections-issue-register-close", register.pk)).content.decode()
    assert "本人2张，受委托0张，共2张；换发0张" in step
    assert "关闭后不能再发票" in step
    closed(world, register)
    shown = client.get(here(world, register)).content.decode()
    assert "领票登记已经关闭" in shown
    vote = desk(register).rounds[0]
    address = at(world, "elections-ledger-new", vote.pk)
    assert f"{address}?place={place.pk}&amp;in_person=2&amp;by_proxy=0&amp;replaced=0" in shown
    form = client.get(address, {"place": place.pk, "in_person": 2, "by_proxy": 0, "replaced": 0}).context["form"]
    assert (form["in_person"].value(), form["place"].value()) == ("2", str(place.pk))
    sent = {"place": place.pk, "received": 29, "in_person": 3, "by_proxy": 0, "replaced": 0, "left_over": 26}
    told = client.post(address, sent, follow=True).content.decode()
    assert "本人领票票账3、领票登记2" in told, "the difference is shown, the paper is kept"
    assert LedgerLine.objects.get().in_person == 3


def test_of_the_staff_those_who_issue_come_to_the_register_of_their_place(world, election, register, browse):
    place, other = PollingPlace.objects.get(), another_place(election)
    elsewhere = opened(world, election, other)
    ours = {task: staff(world, election, task, place) for task in ("issuer", "teller")}
    everywhere = staff(world, election, "verifier")
    for user, answers in (
        (ours["issuer"], (200, 404)),
        (ours["teller"], (404, 404)),
        (everywhere, (200, 200)),
        (world.deputy_user, (403, 403)),
        (world.neighbour_clerk, (404, 404)),
    ):
        client = browse(user)
        found = tuple(client.get(here(world, one)).status_code for one in (register, elsewhere))
        assert found == answers, user
    client = browse(ours["issuer"])
    assert client.post(here(world, register), {"voter": voter(election, "丁一"), "way": "person"}).status_code == 302
    listed = client.get(at(world, "elections-issue-registers", election.campaign_id)).content.decode()
    assert "东山村投票站" in listed
    assert "西坡投票站" not in listed
    board = at(world, "elections-turnout-board", election.pk, "place")
    assert client.get(board).status_code == 403
    assert "领票登记" in client.get(at(world, "elections-own-work")).content.decode()


def test_a_worker_opens_the_register_of_the_own_place_alone(world, election):
    place, other = PollingPlace.objects.get(), another_place(election)
    found = []
    for user in (staff(world, election, "issuer", place), staff(world, election, "host"), world.clerk):
        reader = standing_in_township(user, world.township)
        found.append({str(one) for one in queries.to_open(reader, election.campaign, ELECTION_DAY)})
    assert found == [{str(place)}, {str(place), str(other)}, {str(place), str(other)}]


def test_the_board_tells_hours_places_and_districts_and_never_both(world, election, register, browse):
    elsewhere = opened(world, election, another_place(election))
    handed(register, election, "丁一", "于二")
    with at_hour(9):
        handed(elsewhere, election, "王三")
        acts.undo(world.clerk, register, voter(election, "于二"), "登错了人")
        entrusted(election, "于二", "王三", 1)
        handed(elsewhere, election, "于二", way="proxy")
    hours = [(one.label, one.person, one.proxy, one.so_far) for one in turnout.by_hour(election)]
    assert hours == [("12月20日8时至9时", 2, 0, 2), ("12月20日9时至10时", 0, 1, 3)]
    places = {one.label: (one.person, one.proxy) for one in turnout.by_place(election)}
    assert places == {"东山村投票站": (1, 0), "西坡投票站": (1, 1)}
    assert [(one.label, one.issued, one.voters) for one in turnout.by_district(election)] == [
        ("第1选区（东山村）", 3, 24),
        ("第2选区（西山村）", 0, 2),
    ]
    client = browse(world.chair)
    for by, word in (("hour", "8时至9时"), ("place", "西坡投票站"), ("district", "第2选区")):
        shown = client.get(at(world, "elections-turnout-board", election.pk, by))
        assert word in shown.content.decode()
        assert "登记选民26人，已领票3人（11.54%）" in shown.content.decode()
    table = client.get(at(world, "elections-turnout-board", election.pk, "hour"), {"format": "xlsx"})
    assert table.status_code == 200
    assert client.get(at(world, "elections-turnout-board", election.pk, "voter")).status_code == 404


def test_the_board_tells_the_vote_that_was_held_until_the_next_one_issues(world, election, register):
    handed(register, election, "丁一")
    first = desk(register).rounds[0]
    with action(SET_UP, actor=None):
        held = {one.attname: getattr(first, one.attname) for one in Round._meta.concrete_fields}
        later = ELECTION_DAY.replace(day=27)
        again = {"id": uuid.uuid4(), "number": 2, "kind": "again", "follows_id": first.pk, "held_on": later}
        Round.objects.create(**held | again)
    assert [one.issued for one in turnout.by_district(election)] == [1, 0]


def test_whoever_goes_with_a_mobile_box_comes_to_its_register(world, election, register, browse):
    with action(SET_UP, actor=None):
        box = MobileBox.objects.create(
            township=world.township,
            campaign=election.campaign,
            district=districts(election)[0],
            number=1,
            route="五组",
            leaves_at="08:00",
        )
    user = staff(world, election, "monitor", mobile=box)
    reader = standing_in_township(user, world.township)
    assert queries.to_open(reader, election.campaign, ELECTION_DAY) == [box]
    own = opened(world, election, box)
    found = [browse(user).get(here(world, one)).status_code for one in (own, register)]
    assert found == [200, 404]


def test_the_county_sees_one_number_and_none_below_twenty(world, election, register, browse):
    (issued,) = (one for one in COUNTY_WORKS.columns if one.key == "issued")

    def told() -> list:
        return [issued.value(one) for one in lines([world.township], ELECTION_DAY) if one.election == election]

    assert told() == [""]
    handed(register, election, "丁一")
    assert told() == ["不足20"]
    rows = Registration.objects.filter(election=election, district=desk(register).rounds[0].district)
    for one in rows.exclude(voter__name="丁一")[:20]:
        acts.issue(register, one.voter_id)
    acts.undo(world.clerk, register, voter(election, "丁一"), "登错了人")
    assert told() == [20]
    for by in ("place", "hour"):
        answer = browse(world.county_viewer).get(at(world, "elections-turnout-board", election.pk, by))
        assert answer.status_code == 403


def test_handing_out_through_the_page_leaves_no_event(world, election, register, browse):
    client, before = browse(world.clerk), AuditEvent.objects.count()
    client.post(here(world, register), {"voter": voter(election, "丁一"), "way": "person"})
    assert AuditEvent.objects.count() == before


def test_the_register_on_paper_has_a_line_a_voter_and_no_hour(world, election, browse):
    entrusted(election, "于二", "丁一", 1)
    entrusted(election, "王三", "欧阳小明", 1, state="asked", settled_on=None)
    vote = Round.objects.get(district=PollingPlace.objects.get().district)
    told = text_of(printed(ISSUE_REGISTER, vote))
    words = told.replace(" ", "")
    assert f"{vote}领票登记册" in words
    assert "选民24人" in words
    for word in ("欧阳小明", "委托丁一", "换票", "签名", "不写时间", "东甲"):
        assert word in words, word
    assert "委托欧阳小明" not in words, "nobody has agreed to that"
    assert "张四" not in words, "of this district alone"
    url = at(world, "elections-round-register", vote.pk)
    assert browse(world.clerk).get(url)["Content-Type"] == "application/pdf"
    assert url in browse(world.clerk).get(at(world, "elections-round", vote.pk)).content.decode()
    assert browse(world.deputy_user).get(url).status_code == 403
    with action(SET_UP, actor=None):
        Registration.objects.filter(election=election).update(on_roll=False)
    with pytest.raises(Refused, match="还没有选民"):
        printed(ISSUE_REGISTER, vote)
