"""Polling places and election meetings: one district each, on its day, and the notice that tells of them."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.documents import kit
from congress.guard.action import Refused, action
from congress.models import Document
from deputies.models import District, Level, Term
from elections.actions.places import PLACES
from elections.documents.polling import PLACES as PLACES_PAPER
from elections.documents.polling import places_notice
from elections.models import DistrictDay, Election, MobileBox, PollingPlace, Vacancy
from elections.queries.campaigns import campaigns, levels
from elections.queries.gates import gate_facts
from elections.queries.places import all_findings, place_findings, without_place
from elections.stages.gates import poll_gate
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, districts
from tests.elections.papers import judged, place, said

NOTICE_DAY = date(2026, 12, 8)


def polling_place(election, number: int = 1, **values) -> PollingPlace:
    """A place of a district not kept yet."""
    given = {
        "district": districts(election)[number - 1],
        "name": f"第{number}投票站",
        "spot": "村委会",
        "opens_at": time(8),
        "closes_at": time(16),
    } | values
    return PollingPlace(township=election.township, campaign=election.campaign, **given)


def kept(world, election, number: int = 1, **values) -> PollingPlace:
    return PLACES.record(world.clerk, polling_place(election, number, **values))


def beside(world, election) -> District:
    """The county's level in the same campaign, with one district."""
    with action(SET_UP, actor=None):
        term = Term.objects.create(township=world.township, level=Level.COUNTY, number=9, seats=2)
        days = {"begun_on": election.begun_on, "election_day": election.election_day}
        Election.objects.create(township=world.township, campaign=election.campaign, term=term, **days)
        return District.objects.create(township=world.township, term=term, number=7, name="县七", seats=2)


def codes(found) -> list[str]:
    return [one.code for one in found]


def test_a_place_stands_for_districts_that_vote_each_at_its_level(world, election):
    county = beside(world, election)
    wrong = [
        ({"district": District.objects.get(term=world.term)}, "district", "这个选区不在这次选举工作中投票"),
        ({"county_district": districts(election)[1]}, "county_district", "请选这次选举工作中投票的县级选区"),
        ({"district": county, "county_district": county}, "county_district", "选区已是县级的，不用另填县级选区"),
        ({"closes_at": time(8)}, "closes_at", "结束时间应晚于开始时间"),
        ({"closes_at": None}, "closes_at", "投票站请填写结束时间；到时停止发票"),
    ]
    for values, field, said_there in wrong:
        with pytest.raises(Refused, match=said_there) as refused:
            kept(world, election, **values)
        assert [one.field for one in refused.value.findings] == [field]
    assert not PollingPlace.objects.exists()
    assert kept(world, election, county_district=county).hours == "8:00至16:00"
    meeting = kept(world, election, 2, kind=PollingPlace.Kind.MEETING, closes_at=None)
    assert meeting.hours == "8:00开始"


def test_a_by_election_has_places_in_its_own_districts_alone(world, election):
    with action(SET_UP, actor=None):
        election.campaign.how = "by_election"
        election.campaign.save()
        Vacancy.objects.create(township=world.township, election=election, district=districts(election)[1], seats=1)
    with pytest.raises(Refused, match="补选"):
        kept(world, election, 1)
    kept(world, election, 2)
    assert without_place(election.campaign) == []


def test_days_after_the_district_s_own_day_are_judged_by_the_province(world, election):
    row = kept(world, election, closes_on=date(2026, 12, 22))
    assert codes(place_findings(row)) == ["polling.several_days"]
    row = PLACES.change(world.clerk, row, {"closes_on": date(2026, 12, 19)}, row.version)
    assert [(one.code, one.blocking) for one in place_findings(row)] == [("polling.ends_before", True)]
    kept(world, election, 2)
    with pytest.raises(Refused, match="第1投票站：投票结束日早于选举日"):
        places_notice(election, NOTICE_DAY)
    with action(SET_UP, actor=None):
        DistrictDay.objects.create(
            township=world.township,
            election=election,
            district=row.district,
            day=date(2026, 12, 19),
            reason="汛期",
            consented_on=NOTICE_DAY,
            paper="决定",
        )
    assert place_findings(row) == []
    place(world, province="shanghai")
    row.township.refresh_from_db()
    row.closes_on = date(2026, 12, 21)
    assert place_findings(row) == []


def test_the_gate_of_the_poll_asks_for_a_place_in_every_district(world, election):
    def line():
        campaign = campaigns().get(pk=election.campaign_id)
        facts = gate_facts(levels(campaign)[0], campaign, world.township)
        return next(one for one in poll_gate(facts, ELECTION_DAY) if "投票站" in one.label)

    kept(world, election, 1)
    assert (line().met, line().stops, line().note) == (False, True, "还没有设的：第2选区（西山村）")
    assert codes(all_findings(election.campaign)) == ["places.lacking"]
    kept(world, election, 2)
    assert line().met
    assert all_findings(election.campaign) == []


def test_the_notice_tells_place_hours_and_ways_and_waits_for_every_district(world, election):
    kept(world, election, 1, area="一组至四组")
    with pytest.raises(Refused, match="还没有设投票站或者选举大会的选区：第2选区"):
        places_notice(election, NOTICE_DAY)
    kept(world, election, 2, kind=PollingPlace.Kind.MEETING, name="西山选举大会", closes_at=None)
    told = said(places_notice(election, NOTICE_DAY, "咨询电话：0571-88880000。")["parts"])
    assert "选举日为2026年12月20日（星期日）。" in told
    assert "第1选区\t第1投票站\t村委会\t8:00至16:00\t一组至四组" in told
    assert "第2选区\t西山选举大会\t村委会\t8:00开始\t全选区" in told
    assert "凭本人居民身份证或者选民证领取选票。" in told
    assert "五、其他事项\n咨询电话" in told


def test_the_notice_tells_how_many_mobile_boxes_there_are_and_not_where_they_go(world, election):
    for number in (1, 2):
        kept(world, election, number)
    with action(SET_UP, actor=None):
        for number in (1, 2):
            MobileBox.objects.create(
                township=world.township,
                campaign=election.campaign,
                district=districts(election)[1],
                number=number,
                route="陈老伯家",
                leaves_at=time(8),
            )
    told = said(places_notice(election, NOTICE_DAY)["parts"])
    assert "设流动票箱2个：第2选区2个；" in told
    assert "陈老伯" not in told


def test_the_county_s_notice_lists_the_same_places_by_its_own_district(world, election):
    county = beside(world, election)
    for number in (1, 2):
        kept(world, election, number, county_district=county)
    level = Election.objects.get(campaign=election.campaign, term=county.term)
    told = said(places_notice(level, NOTICE_DAY)["parts"])
    assert "第7选区\t第1投票站" in told
    assert "第7选区\t第2投票站" in told
    assert "第1选区" not in told


def test_the_notice_is_issued_from_its_page_and_stands_before_the_judge(world, browse, election, tmp_path):
    for number in (1, 2):
        kept(world, election, number)
    address = reverse("elections-paper-places", args=[world.township.code, election.pk])
    client = browse(world.clerk)
    assert client.post(address, {"issued_on": "2026-12-08", "more": "咨询请到镇政府。"}).status_code == 302
    paper = Document.objects.get(kind="elections.places")
    assert paper.number == "公告第1号"
    assert judged(kit.working_paper(PLACES_PAPER, paper.context), "report", tmp_path) == []


def test_the_list_takes_as_many_queries_for_one_place_as_for_two(world, browse, election):
    address = reverse("elections-place-list", args=[world.township.code, election.campaign_id])
    client, numbers = browse(world.clerk), []
    for number in (1, 2):
        kept(world, election, number)
        client.get(address)
        with CaptureQueriesContext(connection) as taken:
            client.get(address)
        numbers.append(len(taken))
    assert numbers[0] == numbers[1]
