"""The public pages of elections: lists of voters, one's own entry, and what they keep to themselves."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from elections.models import Campaign, PublishedPage, Registration, Supplement, Voter, VoterGroup, VoterList
from elections.queries import published as queries
from tests.cast import SET_UP
from tests.congress.test_public import asked, right
from tests.elections.work import registered, set_up

TODAY = date(2026, 11, 26)
NUMBERS = {"陈立春": "110105194912310021", "李大寒": "11010519491231002X"}


@pytest.fixture
def work(world):
    with clock.frozen(TODAY):
        yield set_up(world.township)


def publish(work, **values) -> VoterList:
    """A list of the township's level with two voters of the first group, published and shown."""
    given = {"published_on": date(2026, 11, 25), "appeal_place": "镇政府一楼"} | values
    with scope.township(work.township), action(SET_UP, actor=None):
        made = VoterList.objects.create(
            township=work.township,
            election=work.town_level,
            by_one=True,
            frozen_at=clock.now(),
            voters=2,
            fingerprint="0" * 64,
            **given,
        )
        tail = Voter._meta.get_field("tail_index")
        PublishedPage.objects.create(
            township=work.township,
            voter_list=made,
            district=1,
            district_name="东村",
            group=1,
            group_name="东村一组",
            lines=[["陈立春", "女"], ["李大寒", ""]],
            entries=[queries.entry_of(name, tail.digest(number)) for name, number in NUMBERS.items()],
        )
    return made


def at(work, name: str, *args) -> str:
    return reverse(name, args=[work.township.code, *args])


def look_up(client, work, name: str, tail: str):
    token = asked()
    data = {"name": name, "tail": tail, "asked": token, "answer": right(token)}
    return client.post(at(work, "public-look-up"), data)


def test_anybody_reads_a_published_list_by_district_and_group(work, client):
    listed = publish(work)
    entrance = client.get(at(work, "public")).content.decode()
    assert "云溪镇第十八届人民代表大会代表选举选民名单" in entrance
    assert at(work, "public-voter-list", listed.pk) in entrance
    html = client.get(at(work, "public-voter-list", listed.pk)).content.decode()
    page = at(work, "public-list-page", _page(work).pk)
    for words in ("第1选区（东村）", "2人", "2026年11月30日", "镇政府一楼", "第二十九条", page):
        assert words in html
    names = client.get(page).content.decode()
    assert "陈立春" in names
    assert "李大寒" in names
    assert names.count("女") == 1  # where local practice shows none, there is none
    assert not any(number in names for number in NUMBERS.values())


def _page(work) -> PublishedPage:
    with scope.township(work.township):
        return PublishedPage.objects.get()


def test_a_supplement_says_up_to_which_notice_the_list_is_shown(work, client):
    listed = publish(work)
    with scope.township(work.township), action(SET_UP, actor=None):
        Supplement.objects.create(
            township=work.township,
            voter_list=listed,
            number=1,
            published_on=TODAY,
            before=2,
            added=1,
            removed=0,
            after=3,
        )
    html = client.get(at(work, "public-voter-list", listed.pk)).content.decode()
    assert "第1次补正（2026年11月26日）" in html
    assert "现有选民3人" in html


@pytest.mark.parametrize(
    "change",
    [
        lambda listed: VoterList.objects.filter(pk=listed.pk).update(published_on=None),
        lambda listed: VoterList.objects.filter(pk=listed.pk).update(online=False),
        lambda listed: VoterList.objects.filter(pk=listed.pk).update(withdrawn_at=clock.now()),
        lambda listed: Campaign.objects.update(closed_on=TODAY),
        lambda listed: Campaign.objects.update(withdrawn_at=clock.now()),
    ],
    ids=["not published", "not online", "withdrawn", "work closed", "work withdrawn"],
)
def test_what_is_not_public_any_more_is_found_nowhere(work, client, change):
    listed, page = publish(work), _page(work)
    with scope.township(work.township), action(SET_UP, actor=None):
        change(listed)
    assert client.get(at(work, "public-voter-list", listed.pk)).status_code == 404
    assert client.get(at(work, "public-list-page", page.pk)).status_code == 404
    assert "选民名单</h2>" not in client.get(at(work, "public")).content.decode()
    assert "现在没有可以查询的名单" in look_up(client, work, "陈立春", "0021").content.decode()
    with scope.public(work.township):
        assert not PublishedPage.objects.exists()  # held by the database, whatever a view asks
        assert not VoterList.objects.exists()


def test_of_voters_the_public_reads_nothing_but_the_lines_of_pages(world, work):
    publish(work)
    with scope.township(work.township):
        registered(world.clerk, work, "陈立春")
        assert Voter.objects.exists()
        assert Registration.objects.exists()
    with scope.public(work.township):
        for model in (Voter, Registration, VoterGroup):
            assert not model.objects.exists()
        assert PublishedPage.objects.count() == 1
    with scope.public(world.neighbour):
        assert not PublishedPage.objects.exists()


@pytest.mark.parametrize(
    ("name", "tail", "stands"),
    [
        ("陈立春", "0021", True),
        (" 陈 立春 ", " 0021 ", True),
        ("李大寒", "002x", True),
        ("陈立春", "0022", False),
        ("陈立春", "002X", False),  # somebody else's digits
        ("王立春", "0021", False),
    ],
)
def test_one_finds_ones_own_entry_by_name_and_four_digits_and_hears_yes_or_no(work, client, name, tail, stands):
    publish(work)
    answer = look_up(client, work, name, tail)
    html = answer.content.decode()
    assert ("<strong>在</strong>：云溪镇" in html) == stands
    assert ("<strong>不在</strong>：云溪镇" in html) != stands
    assert ("请在选举日带身份证" in html) == stands
    assert ("请先看张贴的名单" in html) != stands
    assert not any(word in html for word in ("东村", "女", "1949", tail.strip(), name.strip()))


def test_bad_digits_are_told_at_the_field_and_nothing_is_lost(work, client):
    publish(work)
    html = look_up(client, work, "陈立春", "12").content.decode()
    assert "请填写身份证号的最后四位" in html
    assert 'value="陈立春"' in html


def test_nobody_tries_out_the_digits_of_a_name(work, client, settings):
    """Whoever asks, from whatever address: of one name so many times a day, right or wrong."""
    publish(work)
    settings.PUBLIC_LIMITS = {"read": 99, "lookup": 99, "name": 3}
    settings.PROXY_COUNT = 1
    statuses = []
    for number in range(5):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}"
        statuses.append(look_up(client, work, "陈立春", f"000{number}").status_code)
    assert statuses == [200, 200, 200, 429, 429]
    html = look_up(client, work, "陈立春", "0021").content.decode()
    assert "为了不让别人试出您的证件号码" in html
    assert look_up(client, work, "李大寒", "002X").status_code == 200


def test_a_machine_without_the_answer_hears_nothing(work, client):
    publish(work)
    data = {"name": "陈立春", "tail": "0021"}
    for more in ({}, {"asked": asked(), "answer": "99"}, {"asked": "x", "answer": "1"}):
        html = client.post(at(work, "public-look-up"), data | more).content.decode()
        assert "<strong>在</strong>" not in html
        assert "<strong>不在</strong>" not in html


def test_a_page_with_a_form_leaves_the_token_of_the_form_and_no_other_cookie(work, settings):
    publish(work)
    client = Client(enforce_csrf_checks=True)
    assert set(client.get(at(work, "public-look-up")).cookies) == {settings.CSRF_COOKIE_NAME}
    assert look_up(Client(enforce_csrf_checks=True), work, "陈立春", "0021").status_code == 403


@pytest.mark.parametrize("name", ["public", "public-voter-list", "public-list-page"])
def test_a_page_asks_as_often_for_many_as_for_one(world, work, client, name):
    listed = publish(work)
    pk = {"public": [], "public-voter-list": [listed.pk], "public-list-page": [_page(work).pk]}[name]
    with CaptureQueriesContext(connection) as one:
        client.get(at(work, name, *pk))
    with scope.township(work.township), action(SET_UP, actor=None):
        for number in (2, 3):
            PublishedPage.objects.create(
                township=work.township, voter_list=listed, district=number, district_name="西村", lines=[["丁一", "女"]]
            )
        VoterList.objects.create(
            township=work.township,
            election=work.county_level,
            asked_by=world.clerk,
            confirmed_by=world.chair,
            frozen_at=clock.now(),
            voters=2,
            fingerprint="0" * 64,
            published_on=date(2026, 11, 25),
        )
    with CaptureQueriesContext(connection) as many:
        client.get(at(work, name, *pk))
    assert len(many) == len(one)


def test_no_answer_is_given_by_an_address(work, client):
    publish(work)
    html = client.get(at(work, "public-look-up"), {"name": "陈立春", "tail": "0021"}).content.decode()
    assert "<strong>在</strong>" not in html
    assert "陈立春" not in html


def test_many_districts_are_opened_one_by_one(work, client):
    """Two dozen districts of ten groups are some thirty screens of a telephone."""
    listed = publish(work)
    page = at(work, "public-voter-list", listed.pk)
    assert "<details open><summary>第1选区（东村）</summary>" in client.get(page).content.decode()
    with scope.township(work.township), action(SET_UP, actor=None):
        for number in range(2, 5):
            given = {"district": number, "district_name": "别村", "lines": [["钱五", "女"]], "entries": []}
            PublishedPage.objects.create(township=work.township, voter_list=listed, **given)
    shown = client.get(page).content.decode()
    assert "<details open>" not in shown
    assert shown.count("<summary>第") == 4
    assert "没有分小组的选民" in shown
