"""Registration asked for from the public pages: what anybody may send, and what staff make of it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Message
from congress.work import deadlines, sources
from elections.actions import requests as acts
from elections.life import REQUEST
from elections.models import Campaign, Registration, RegistrationRequest, Voter
from elections.todo import requests as waiting
from tests.cast import SET_UP
from tests.congress.test_public import asked, right
from tests.elections.work import Ground, on_roll, registered, set_up

TODAY, UNTIL = date(2026, 10, 10), date(2026, 10, 25)
ID, KEY = "11010519491231002X", "elections.request"
SENT = {
    "name": "李大寒",
    "id_number": ID,
    "gender": "female",
    "birth_date": "1949-12-31",
    "household": "local",
    "village": "东村一组",
    "phone": "13912345678",
    "note": "常年在外",
}


@pytest.fixture
def work(world):
    """An election work that takes requests until a day."""
    with clock.frozen(TODAY):
        made = set_up(world.township)
        with world.in_township():
            acts.open_online(world.clerk, made.campaign, date(2026, 10, 1), UNTIL, "0571-88880000", "0")
        yield made


def address(work) -> str:
    return reverse("public-register", args=[work.township.code])


def send(client, work, **values):
    token = asked()
    return client.post(address(work), SENT | {"asked": token, "answer": right(token)} | values)


def inbox(world) -> list[RegistrationRequest]:
    with world.in_township():
        return list(RegistrationRequest.objects.select_related("data_key", "township"))


@pytest.fixture
def request_(world, work, client) -> RegistrationRequest:
    send(client, work)
    [found] = inbox(world)
    return found


def take(world, row, step: str, **data) -> None:
    with world.in_township():
        REQUEST.take(step, world.clerk, row, on=TODAY, **data)


def where(work, **values) -> dict:
    return {"group": work.groups[0], "ground": Ground.MOVED_IN, "permit": False} | values


def test_who_asks_reads_a_receipt_and_staff_find_the_request(world, work, client, browse):
    assert (
        "网上申请选民登记（至2026年10月25日）"
        in client.get(reverse("public", args=[work.township.code])).content.decode()
    )
    form = client.get(address(work)).content.decode()
    for words in ("依据选举法", "加密保存", "等于几？"):
        assert words in form
    html = send(client, work).content.decode()
    receipt = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", html).group()
    assert "这还不是登记" in html
    assert "0571-88880000" in html
    [row] = inbox(world)
    assert (row.receipt, row.name, row.state) == (receipt, "李大寒", "waiting")
    with world.in_township():
        assert (row.id_number, row.phone) == (ID, "13912345678")
        event = AuditEvent.objects.get(verb=acts.ASK.key)
        assert (event.actor_id, event.subject_label) == (None, receipt)
        assert "李大寒" not in str(event.detail)
    listed = browse(world.clerk).get(reverse("elections-requests", args=[work.township.code])).content.decode()
    assert receipt in listed
    page = client.get(reverse("elections-request", args=[work.township.code, row.pk])).content.decode()
    assert "李大寒" in page
    assert ID not in page
    assert "13912345678" not in page


def test_who_calls_with_a_receipt_is_found_by_it(world, request_, browse):
    url = reverse("search", args=[world.township.code])
    html = browse(world.clerk).get(url, {"q": request_.receipt}).content.decode()
    assert reverse("elections-request", args=[world.township.code, request_.pk]) in html


def test_it_waits_on_the_first_page_of_the_office_until_it_is_settled(world, request_, browse):
    home = reverse("township_home", args=[world.township.code])
    assert "网上登记申请待核对" in browse(world.clerk).get(home).content.decode()
    take(world, request_, "refuse", refusal="unreached")
    assert "网上登记申请待核对" not in browse(world.clerk).get(home).content.decode()
    assert list(waiting(type("Nowhere", (), {"township": None}))) == []


def test_nobody_outside_reads_what_was_sent(world, request_):
    with scope.public(world.township, adds=True):
        assert not RegistrationRequest.objects.exists()
        assert not Voter.objects.exists()


def test_what_a_machine_sends_is_not_in_the_inbox(world, work, client):
    for values in ({"answer": "99"}, {"asked": "x"}, {"asked": asked(0)}, {"leave_empty": "x"}):
        assert send(client, work, **values).status_code == 200
    token = asked()
    for _ in range(3):
        client.post(address(work), SENT | {"asked": token, "answer": right(token)})
    assert len(inbox(world)) == 1


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": ""}, "name", "请填写"),
        ({"id_number": "110105194912310021"}, "id_number", "校验"),
        ({"id_number": "1.10105E+17"}, "id_number", "文本"),
        ({"birth_date": "1949-12-30"}, "birth_date", "与身份证号不一致"),
        ({"gender": "male"}, "gender", "与身份证号不一致"),
        ({"phone": "12"}, "phone", ""),
        ({"birth_date": "2009-01-01", "id_number": ""}, "birth_date", "2027年1月1日满"),
        ({"birth_date": "昨天"}, "birth_date", "日期不对"),
        ({"village": "电话13912345678"}, "village", ""),
        ({"household": "moon"}, "household", ""),
    ],
)
def test_a_wrong_entry_is_told_at_its_field_and_nothing_is_lost(world, work, client, values, field, words):
    answer = send(client, work, **values)
    assert words in str(answer.context["form"].errors[field])
    assert 'value="东村一组"' in answer.content.decode() or field == "village"
    assert inbox(world) == []


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 26)])
def test_before_and_after_its_days_nothing_is_taken(world, work, client, day):
    with clock.frozen(day):
        html = send(client, work).content.decode()
        assert "现在不能网上申请" in html
        assert "网上申请选民登记" not in client.get(reverse("public", args=[work.township.code])).content.decode()
        with scope.public(world.township, adds=True), pytest.raises(Refused, match="不在网上登记的时间"):
            acts.ask(RegistrationRequest(township=world.township, campaign=work.campaign, birth_date=date(1980, 1, 1)))
    assert inbox(world) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": "2026-10-05", "until": "2026-10-01", "contact": "1"}, "until"),
        ({"since": "2026-10-05", "until": "", "contact": "1"}, "until"),
        ({"since": "2026-10-05", "until": "2026-12-16", "contact": "1"}, "until"),
        ({"since": "2026-10-05", "until": "2026-10-20", "contact": ""}, "contact"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(world, work, browse, values, field):
    url = reverse("elections-online", args=[work.township.code, work.campaign.pk])
    answer = browse(world.clerk).post(url, values | {"version": "1"})
    assert list(answer.context["form"].errors) == [field]


def test_staff_open_and_close_it(world, work, browse):
    url = reverse("elections-online", args=[work.township.code, work.campaign.pk])
    client = browse(world.clerk)
    assert f"/p/{work.township.code}/" in client.get(url).content.decode()  # to be told to voters
    assert client.post(url, {"since": "", "until": "", "contact": "", "version": "1"}).status_code == 302
    with world.in_township():
        assert acts.open_now() is None
    client.logout()
    assert "现在不能网上申请" in client.get(address(work)).content.decode()


def test_who_was_checked_stands_on_the_roll_of_both_levels(world, work, request_):
    take(world, request_, "accept", **where(work))
    with world.in_township():
        row = RegistrationRequest.objects.get()
        voter = Voter.objects.select_related("data_key").get()
        assert (row.state, row.voter) == ("accepted", voter)
        assert (voter.name, voter.id_number, voter.phone) == ("李大寒", ID, "13912345678")
        assert on_roll(voter, work.town_level) == [1]
        assert on_roll(voter, work.county_level) == [7]
        assert set(Registration.objects.values_list("way", flat=True)) == {Registration.Way.PHONE}
    for step, data in (("accept", where(work)), ("refuse", {"refusal": "twice"})):
        with pytest.raises(Refused, match="已经办理"):
            take(world, request_, step, **data)


def test_nothing_is_settled_once_the_election_work_is_over(world, work, request_):
    with world.in_township(), action(SET_UP, actor=None):
        Campaign.objects.filter(pk=work.campaign.pk).update(closed_on=TODAY)
    with pytest.raises(Refused, match="这次选举工作已经结束"):
        take(world, request_, "refuse", refusal=RegistrationRequest.Refusal.values[0])


def test_who_stands_there_already_is_not_entered_twice(world, work, request_):
    with world.in_township():
        registered(world.clerk, work, "李大寒", gender="female", birth_date=date(1949, 12, 31), id_number=ID)
        with pytest.raises(Refused, match=r"已在.*登记"):
            take(world, request_, "accept", **where(work))
        assert Voter.objects.count() == 1
        assert RegistrationRequest.objects.get().state == "waiting"


def test_two_requests_of_one_number_are_shown_beside_each_other(world, work, client, request_, browse):
    send(client, work, note="再交一次")
    second = next(row for row in inbox(world) if row.pk != request_.pk)
    html = browse(world.clerk).get(reverse("elections-request", args=[work.township.code, second.pk])).content.decode()
    assert "还有同一身份证号的申请" in html
    assert request_.receipt in html


def test_the_receipt_is_read_out_without_letters_that_look_alike():
    assert not set(acts.LETTERS) & set("0O1IL")


def test_a_request_nobody_answers_is_due_three_days_after_it_came_and_gone_when_it_is_settled(world, work, request_):
    """The public page that takes it derives nothing: the next sweep does, and reminds once at each step."""
    sent = request_.created_at.astimezone(clock.SHANGHAI).date()
    due = sent + timedelta(days=3)

    def lines():
        with world.in_township():
            return [(line.due_on, line.row.ground) for line in deadlines.board(TODAY) if line.deadline.key == KEY]

    assert lines() == []
    assert deadlines.sweep(world.township, sent) == 0
    assert lines() == [(due, None)]
    said = deadlines.sweep(world.township, due)
    assert said
    assert deadlines.sweep(world.township, due) == 0
    with world.in_township():
        assert "非法定" in Message.objects.filter(kind=KEY).first().body
    take(world, request_, "refuse", refusal="unreached")
    assert lines() == []
    assert sources.differing(world.township) == 0
