"""The papers of proxies: the slip, the letter to absent voters, the list for the public, the register."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock
from congress.documents.inspection import check
from congress.guard import scope
from congress.guard.action import Refused
from congress.printing import printed
from elections.actions import proxies as acts
from elections.documents import proxies as documents
from elections.documents.common import compose_notice
from elections.life import PROXY
from tests.elections.campaigns import ELECTION_DAY, campaign, voters
from tests.elections.papers import judged, said, text_of
from tests.elections.test_proxies import AGREED_ON, CAME, agree, entered, in_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(world, monkeypatch):
    """Three voters; the township's scope is open."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 1))
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三")
        yield found


def test_the_slip_tells_both_names_and_the_share_and_no_illness(world, election, client):
    in_province(world, "zhejiang")
    row = entered(world, election, "丁一", "于二", acts.Authority(came_on=CAME, reason="ill", where="住院"))
    client.force_login(world.clerk)
    url = reverse("elections-proxy-several-slips", args=[world.township.code])
    assert "还没有同意" in client.post(url, {"ticked": [str(row.pk)]}).content.decode()
    agree(world, row)
    PROXY.take("slip", world.clerk, row, on=AGREED_ON)
    pdf = client.post(url, {"ticked": [str(row.pk)]}).content
    text = text_of(pdf)
    assert all(one in text for one in ("委托投票证", "丁一", "于二", "第1份", "不得转委托", "2026年12月20日"))
    assert "病" not in text
    assert "住院" not in text


def test_the_letter_to_absent_voters_gives_nothing_up_x_q06(world, election, tmp_path):
    context = documents.absent_letter(election, CAME, date(2026, 12, 15), "镇政府一楼，0571-88880000")
    pdf = documents.compose_letter(context | {"issued_on": "2026-10-20"}, draft=False)
    text = text_of(pdf)
    assert "没有寄回委托书不是放弃选举权利" in text
    assert "第四十二条" in text
    assert "委托其他选民代为投票" in text
    assert "委托人签名、日期" in text
    assert judged(pdf, "report", tmp_path) == []
    with pytest.raises(Refused, match="选举日以前"):
        documents.absent_letter(election, CAME, ELECTION_DAY, "镇政府一楼")
    in_province(world, "beijing")
    election.township.refresh_from_db()
    assert "本选区的其他选民" in documents.absent_letter(election, CAME, date(2026, 12, 15), "镇政府")["text"][0]


def test_the_list_for_the_public_names_who_entrusts_whom_and_no_reason_only_where_it_is_published(
    world, election, tmp_path
):
    first = entered(world, election, "丁一", "于二", acts.Authority(came_on=CAME, reason="away", where="外省"))
    entered(world, election, "王三", "于二")
    with pytest.raises(Refused, match="没有收录本地公示"):
        documents.proxies_notice(election, AGREED_ON)
    in_province(world, "zhejiang")
    election = type(election).objects.select_related("township__county", "term").get(pk=election.pk)
    with pytest.raises(Refused, match="还没有同意的委托投票"):
        documents.proxies_notice(election, AGREED_ON)
    agree(world, first)
    context = documents.proxies_notice(election, AGREED_ON)
    words = said(context["parts"])
    assert "丁一\t于二" in words
    assert "王三" not in words
    assert "外省" not in words
    assert "第四十三条第四款" in words
    pdf = compose_notice(context | {"issued_on": "2026-10-21", "number": "公告第9号"}, draft=False)
    assert judged(pdf, "report", tmp_path) == []
    with pytest.raises(Refused, match="选举日以前"):
        documents.proxies_notice(election, ELECTION_DAY)


def test_the_register_on_paper_has_every_line_and_who_agreed(world, election):
    agree(world, entered(world, election, "丁一", "于二"))
    entered(world, election, "王三", "于二")
    pdf = printed(documents.REGISTER, election.campaign)
    text = text_of(pdf)
    assert all(
        one in text for one in ("委托登记册", "丁一", "王三", "外省务工", "程主任", "共2份，已同意1份", "待同意")
    )
    assert [row.title for row in check(pdf, "table") if not row.ok] == []
