"""The pages on which proxies are entered: one paper for both levels, many on a page, several agreed to at once."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.guard import scope
from elections.models import ProxyVote
from tests.elections.campaigns import campaign, voters
from tests.elections.test_proxies import CONSENT, entered, person
from tests.elections.work import registered, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """Some weeks before the election day."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 1))


@pytest.fixture
def election(world, november):
    """Seven voters of the first district; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "张四", "李五", "赵六", "孙七")
        yield found


def test_one_paper_for_both_levels_makes_a_row_of_each(world, client):
    with scope.township(world.township):
        work = set_up(world.township)
        principal, agent = (registered(world.clerk, work, name) for name in ("陈立春", "林小满"))
        entry = agent.registrations.get(election=work.town_level)
    client.force_login(world.clerk)
    url = reverse("elections-proxy-new", args=[world.township.code, principal.pk, work.campaign.pk])
    levels = [str(one.pk) for one in (work.town_level, work.county_level)]
    sent = {"levels": levels, "agent_is": "listed", "agent": "林小满", "reason": "away", "form": "letter"}
    wrong = client.post(url, sent | {"came_on": "2026-10-20", "agent": "林大满"})
    assert "名单上没有这个姓名" in wrong.content.decode()
    answer = client.post(url, sent | {"came_on": "2026-10-20"})
    assert answer.status_code == 302
    with scope.township(world.township):
        made = ProxyVote.objects.order_by("election__term__level")
        assert {row.election for row in made} == {work.town_level, work.county_level}
        assert entry in {row.agent for row in made}
        assert {row.place for row in made} == {1}


def test_a_relative_on_no_list_is_entered_by_name_and_place(world, election, client):
    client.force_login(world.clerk)
    url = reverse("elections-proxy-new", args=[world.township.code, person(election, "丁一").pk, election.campaign_id])
    sent = {"levels": [str(election.pk)], "agent_is": "relative", "agent": "程亲", "agent_place": "西山镇"}
    answer = client.post(url, sent | {"reason": "away", "form": "letter", "came_on": "2026-10-20"})
    assert answer.status_code == 302
    made = ProxyVote.objects.get()
    assert (made.agent, made.agent_called) == (None, "程亲（西山镇）")


def test_many_are_typed_on_one_page_and_a_wrong_cell_says_so_and_loses_nothing(world, election, client):
    voters(election, "王三", district=2)
    client.force_login(world.clerk)
    url = reverse("elections-proxy-table", args=[world.township.code, election.campaign_id])
    lines = [("丁一", "", "于二"), ("王三", "", "于二"), ("", "", ""), ("路人", "", "于二")]
    sent = {"levels": [str(election.pk)], "reason": "away", "form": "letter", "came_on": "2026-10-20"}
    sent |= {"line-TOTAL_FORMS": "12", "line-INITIAL_FORMS": "0"}
    for at, (principal, place, agent) in enumerate(lines):
        sent |= {f"line-{at}-principal": principal, f"line-{at}-place": place, f"line-{at}-agent": agent}
    wrong = client.post(url, sent).content.decode()
    assert "有的行没有通过，请看表里的提示" in wrong
    assert "有2位同名，请写选区、小组" in wrong
    assert "名单上没有这个姓名" in wrong
    assert 'value="路人"' in wrong
    blank = {name: "" for name in sent if name.startswith("line-") and not name.endswith("FORMS")}
    assert "请至少填写一行。" in client.post(url, sent | blank).content.decode()
    assert ProxyVote.objects.count() == 0
    assert client.post(url, sent | {"line-1-place": "第2选区1组", "line-3-principal": "张四"}).status_code == 302
    made = ProxyVote.objects.order_by("number")
    assert [(one.principal.voter.name, one.place) for one in made] == [("丁一", 1), ("王三", 2), ("张四", 3)]
    assert made[1].principal.district.number == 2
    again = client.post(url, sent | {"line-1-principal": "赵六", "line-3-principal": "张四"}).content.decode()
    assert "第1行：这份委托已经登记" in again
    assert ProxyVote.objects.count() == 3


def test_several_are_agreed_to_at_once_and_what_cannot_be_says_why(world, election, client):
    rows = [entered(world, election, name, "孙七") for name in ("丁一", "于二", "王三", "张四")]
    client.force_login(world.clerk)
    url = reverse("elections-proxy-several-agree", args=[world.township.code])
    sent = {"ticked": [str(row.pk) for row in rows], "sent": "on", "on": "2026-10-21", **CONSENT}
    sent |= {f"version-{row.pk}": row.version for row in rows}
    page = client.post(url, sent).content.decode()
    assert "已办理3件" in page
    assert "不得超过三人" in page
    assert ProxyVote.objects.filter(state="agreed").count() == 3


def test_writing_for_somebody_is_told_apart_from_a_proxy(world, election, client):
    client.force_login(world.clerk)
    url = reverse("elections-proxy-new", args=[world.township.code, person(election, "丁一").pk, election.campaign_id])
    page = client.get(url).content.decode()
    assert "代写选票" in page
    assert "不是委托投票" in page
