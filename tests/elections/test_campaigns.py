"""The work of an election: begun with one level or two, entered in the middle, its day moved, its districts carried over."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Holiday
from congress.people import keys
from deputies.models import District, Level, Term
from elections.actions.campaigns import CAMPAIGNS, begin
from elections.life import CAMPAIGN
from elections.models import Campaign, DistrictOrigin, Election, Registration, Voter, VoterList
from elections.queries import campaigns as queries
from elections.stages import Facts, Stage, least, stage
from tests.cast import SET_UP

BEGUN, DAY = date(2026, 9, 1), date(2026, 12, 16)
pytestmark = pytest.mark.django_db


def term_of(world, level=Level.TOWNSHIP, number=18) -> Term:
    return Term(township=world.township, level=level, number=number)


def begun(world, *terms, **values) -> Campaign:
    """A campaign with a level for each term, the township's next one unless said."""
    given = {"name": "2026年换届选举", "begun_on": BEGUN, "election_day": DAY} | values
    return begin(world.clerk, Campaign(township=world.township, **given), terms or [term_of(world)])


def level_of(campaign: Campaign) -> Election:
    return Election.objects.kept().select_related("term").get(campaign=campaign)


def registered(world, election: Election, born: date, district: District) -> Registration:
    """A voter of the roll, born on a day; call inside an action."""
    key = keys.new_data_key(world.township.pk, "elections.roll")
    key.save(force_insert=True)
    voter = Voter.objects.create(township=world.township, name="丁试甲", gender="male", birth_date=born, data_key=key)
    return Registration.objects.create(
        township=world.township,
        voter=voter,
        election=election,
        district=district,
        ground=Registration.Ground.CARRIED,
        way=Registration.Way.DOOR,
        registered_on=BEGUN,
    )


def in_province(world, pack: str) -> None:
    """The rules of a province apply to the township."""
    with action(SET_UP, actor=None):
        world.county.province = pack
        world.county.save()
    world.township.county = world.county


# -- beginning


def test_two_levels_begin_together_with_terms_that_have_no_first_session_yet(world, browse):
    form = {
        "name": "2026年换届选举",
        "how": "general",
        "begun_on": "2026-09-01",
        "election_day": "2026-12-16",
        "township_number": "18",
        "county_number": "19",
        "last_day": "2021-10-20",
    }
    answer = browse(world.clerk).post(reverse("elections-campaign-new", args=[world.township.code]), form)
    assert answer.status_code == 302, answer.context["form"].errors
    with world.in_township():
        campaign = Campaign.objects.get()
        held = queries.levels(queries.campaigns().get())
        assert [(one.term.level, one.term.number, one.term.started_on) for one in held] == [
            (Level.TOWNSHIP, 18, None),
            (Level.COUNTY, 19, None),
        ]
        assert {one.election_day for one in held} == {campaign.election_day} == {DAY}
        assert AuditEvent.objects.get(verb="elections.record_campaign").detail == {"级别": ["乡镇", "县级"]}
    page = browse(world.county_viewer).get(answer["Location"]).content.decode()
    assert "乡镇第十八届代表选举" in page
    assert "县级第十九届代表选举" in page
    assert "等待确定选举的主持机构" in page


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({}, "township_number", "至少选举一级"),
        ({"township_term": "term", "township_number": "18"}, "township_term", "选填其中一项"),
        ({"township_term": "term"}, "township_term", "填写新的届次"),
        ({"township_number": "17"}, "township_number", "已经登记过"),
        ({"township_number": "18", "election_day": "2026-08-01"}, "begun_on", "不能晚于选举日"),
        ({"township_number": "18", "last_day": "2026-12-16"}, "last_day", "上届选举日应早于这次选举日。"),
        ({"how": "by_election", "township_number": "18"}, "township_number", "补选的是现在这一届"),
    ],
)
def test_what_cannot_be_elected_is_said_at_its_field_and_nothing_typed_is_lost(world, browse, wrong, field, words):
    values = {"name": "换届", "how": "general", "begun_on": "2026-09-01", "election_day": "2026-12-16"} | wrong
    if values.get("township_term"):
        values["township_term"] = str(world.term.pk)
    answer = browse(world.clerk).post(reverse("elections-campaign-new", args=[world.township.code]), values)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert words in str(form.errors[field])
    assert form["name"].value() == "换届"


def test_an_election_under_way_is_entered_with_days_of_the_past(world):
    with world.in_township():
        campaign = begun(
            world, begun_on=date(2020, 1, 2), election_day=date(2020, 3, 2), day_decided_on=date(2020, 1, 5)
        )
        assert level_of(campaign).election_day == date(2020, 3, 2)


def test_one_term_may_be_in_a_general_election_and_in_by_elections(world):
    with world.in_township():
        for name in ("2026年补选", "2027年补选"):
            begun(world, world.term, name=name, how="by_election")
        assert Election.objects.filter(term=world.term, campaign__isnull=False).count() == 2


def test_elections_begin_when_their_campaign_does_after_a_correction(world, browse):
    with world.in_township():
        campaign = begun(world)
    address = reverse("elections-campaign-edit", args=[world.township.code, campaign.pk])
    values = {"name": campaign.name, "begun_on": "2026-09-03", "version": "0"}
    assert browse(world.clerk).post(address, values).status_code == 302
    with world.in_township():
        assert level_of(campaign).begun_on == date(2026, 9, 3)


# -- its levels


def test_a_level_joins_once_and_leaves_while_nothing_is_recorded_of_it(world):
    with world.in_township():
        campaign = begun(world)
        CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, number=19)
        county = Election.objects.kept().get(campaign=campaign, term__level=Level.COUNTY)
        with pytest.raises(Refused, match="都已在"):
            CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, number=20)
        CAMPAIGN.take("drop-level", world.clerk, campaign, election=county, reason="县级不在本镇设选区")
        assert level_of(campaign).term.level == Level.TOWNSHIP
        with action(SET_UP, actor=None):
            VoterList.objects.create(
                township=world.township,
                election=level_of(campaign),
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at="2026-11-20T00:00:00+08:00",
                voters=1,
            )
        with pytest.raises(Refused, match="这一级选举已有选民名单1条，不能退出。") as refused:
            CAMPAIGN.take("drop-level", world.clerk, campaign, election=level_of(campaign), reason="登错")
        assert [one.field for one in refused.value.findings] == ["election"]
        assert level_of(campaign).withdrawn_at is None


def test_a_level_joins_with_a_term_of_its_own(world):
    with world.in_township():
        campaign = begun(world)
        with pytest.raises(Refused) as refused:
            CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, term=world.term)
        assert [(one.field, one.message) for one in refused.value.findings] == [("term", "所选届次不是这一级的。")]
        assert level_of(campaign).term.level == Level.TOWNSHIP
        with action(SET_UP, actor=None):
            county = term_of(world, Level.COUNTY, 19)
            county.save()
        CAMPAIGN.take("add-level", world.clerk, campaign, level=Level.COUNTY, term=county)
        assert Election.objects.kept().filter(campaign=campaign, term=county).exists()


def test_a_campaign_is_taken_back_once_its_levels_have_left(world):
    with world.in_township():
        campaign = begun(world)
        with pytest.raises(Refused, match="退出一级选举"):
            CAMPAIGNS.withdraw(world.clerk, campaign, "登错", campaign.version)
        CAMPAIGN.take("drop-level", world.clerk, campaign, election=level_of(campaign), reason="登错")
        campaign.refresh_from_db()
        CAMPAIGNS.withdraw(world.clerk, campaign, "登错", campaign.version)
        assert not queries.campaigns().exists()


# -- seats and districts


def test_the_seats_the_county_decided_are_entered_with_the_paper_and_warned_of(world, browse):
    with world.in_township():
        campaign = begun(world)
        CAMPAIGN.take(
            "seats", world.clerk, campaign, on=BEGUN, election=level_of(campaign), seats=99, paper="常委会决定第5号"
        )
        assert (level_of(campaign).term.seats, level_of(campaign).seats_decided_on) == (99, BEGUN)
        with action(SET_UP, actor=None):
            world.township.population = 11396
            world.township.save()
    client = browse(world.clerk)
    asked = client.get(reverse("elections-campaign-seats", args=[world.township.code, campaign.pk])).context["form"]
    assert [asked[name].label for name in ("on", "seats", "paper")] == ["决定日期", "代表名额", "决定名额的文件"]
    page = client.get(reverse("elections-campaign", args=[world.township.code, campaign.pk]))
    text = page.content.decode()
    assert "99名（2026年9月1日，常委会决定第5号）" in text
    assert "多于按现有人口计算的52名" in text


def test_districts_are_carried_over_with_their_origin_and_only_once(world):
    with world.in_township():
        campaign = begun(world)
        with action(SET_UP, actor=None):
            District.objects.create(
                township=world.township,
                term=world.term,
                number=7,
                name="西山",
                seats=2,
                villages="西山村",
                population=900,
            )
        of = {"election": level_of(campaign), "former": world.term}
        CAMPAIGN.take("carry-districts", world.clerk, campaign, **of)
        kept = District.objects.filter(term=world.term).count()
        new = District.objects.get(term__number=18, number=7)
        assert (new.name, new.seats, new.villages, new.population) == ("西山", 2, "西山村", 900)
        assert DistrictOrigin.objects.get(district=new).former.term == world.term
        assert District.objects.filter(term__number=18).count() == kept
        with action(SET_UP, actor=None):
            county, empty = term_of(world, Level.COUNTY, 18), term_of(world, number=16)
            county.save()
            empty.save()
        for former, field, words in (
            (world.term, "election", "这一届已经有选区，请逐个修改。"),
            (county, "former", "请选同一级的上一届。"),
            (of["election"].term, "former", "请选同一级的上一届。"),
            (empty, "former", "所选的届没有选区。"),
        ):
            with pytest.raises(Refused) as refused:
                CAMPAIGN.take("carry-districts", world.clerk, campaign, **of | {"former": former})
            assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
        assert District.objects.filter(term__number=18).count() == kept


# -- another day


def test_another_day_is_decided_by_a_paper_and_the_levels_follow(world):
    with world.in_township():
        campaign = begun(world, term_of(world), term_of(world, Level.COUNTY, 19))
        with pytest.raises(Refused, match="必填"):
            CAMPAIGN.take("move-day", world.clerk, campaign, election_day=date(2026, 12, 23), day_paper="")
        for on, day, field, words in (
            (BEGUN, DAY, "election_day", "选举日已是2026年12月16日"),
            (BEGUN, date(2026, 8, 31), "election_day", "选举日不能早于工作开始日期。"),
            (date(2026, 12, 24), date(2026, 12, 23), "on", "确定选举日的日期不能晚于选举日。"),
        ):
            with clock.frozen(on), pytest.raises(Refused) as refused:
                CAMPAIGN.take("move-day", world.clerk, campaign, on=on, election_day=day, day_paper="第2号公告")
            told = {one.field: one.message for one in refused.value.findings}
            assert words in told[field], told
        campaign.refresh_from_db()
        assert campaign.election_day == DAY
        CAMPAIGN.take(
            "move-day", world.clerk, campaign, on=BEGUN, election_day=date(2026, 12, 23), day_paper="第2号公告"
        )
        campaign.refresh_from_db()
        assert (campaign.election_day, campaign.day_decided_on) == (date(2026, 12, 23), BEGUN)
        days = set(Election.objects.kept().filter(campaign=campaign).values_list("election_day", flat=True))
        assert days == {date(2026, 12, 23)}


def test_work_that_begins_and_is_decided_on_election_day_itself_is_entered(world):
    day = date(2026, 12, 17)
    with world.in_township(), clock.frozen(day):
        campaign = begun(world, begun_on=DAY, day_decided_on=DAY)
        CAMPAIGN.take("move-day", world.clerk, campaign, on=day, election_day=day, day_paper="第2号公告")
        CAMPAIGN.take("move-day", world.clerk, campaign, on=DAY, election_day=DAY, day_paper="第3号公告")
        campaign.refresh_from_db()
        assert (campaign.begun_on, campaign.election_day, campaign.day_decided_on) == (DAY, DAY, DAY)


def test_moving_the_day_tells_who_turns_eighteen_meanwhile_and_who_is_too_young_again(world, browse):
    """Born on 20 December 2008: eighteen by the 23rd, not by the 16th (山东细则二十九)."""
    in_province(world, "shandong")
    with world.in_township():
        campaign = begun(world)
        with action(SET_UP, actor=None):
            registered(world, level_of(campaign), date(2008, 12, 20), District.objects.filter(term=world.term).first())
        read = queries.campaigns().get()
        later = [one.code for one in queries.moved_findings(read, date(2026, 12, 23))]
        assert later == ["postponed.add_eighteen", "moved.older"]
        assert queries.turning_eighteen(read, date(2026, 12, 19)) == (0, 1)
        assert queries.turning_eighteen(read, date(2026, 12, 20)) == (1, 0)
    address = reverse("elections-campaign-move-day", args=[world.township.code, campaign.pk])
    sent = {"on": "2026-11-26", "election_day": "2026-12-23", "day_paper": "第2号公告"}
    page = browse(world.clerk).post(address, sent).content.decode()
    assert "期间新满十八周岁的选民应予补登" in page
    assert "2026年12月23日" in page


def test_what_was_published_is_told_late_against_an_earlier_day(world):
    with world.in_township():
        campaign = begun(world)
        with action(SET_UP, actor=None):
            VoterList.objects.create(
                township=world.township,
                election=level_of(campaign),
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at="2026-11-20T00:00:00+08:00",
                voters=1,
                published_on=date(2026, 11, 25),
            )
        read = queries.campaigns().get()
        codes = {
            day: [one.code for one in queries.moved_findings(read, day)]
            for day in (date(2026, 12, 14), date(2026, 12, 15), date(2026, 12, 16))
        }
    assert list(codes.values()) == [["before_election.late"], ["before_election.disputed"], []]


@pytest.mark.parametrize(("pack", "codes"), [("shandong", ["nomination.before_roll"]), ("zhejiang", [])])
def test_candidates_before_the_list_of_voters_are_told_where_the_province_forbids_it(pack, codes):
    """X-F05. 山东细则三十、上海细则二十八; elsewhere nothing is held."""
    level = Election(election_day=DAY, term=Term(level=Level.TOWNSHIP))
    level.listed_on, level.nominated_on, level.final_on = date(2026, 11, 24), date(2026, 11, 22), None
    level.first_own = None
    assert [one.code for one in queries.announced_late(level, DAY, pack, False)] == codes


def test_an_election_day_on_a_day_off_is_told(world, browse):
    with action(SET_UP, actor=None):
        Holiday.objects.update_or_create(day=date(2026, 10, 1), defaults={"name": "国庆节", "basis": "国办通知"})
    with world.in_township():
        campaign = begun(world, election_day=date(2026, 10, 1))
    address = reverse("elections-campaign", args=[world.township.code, campaign.pk])
    assert "不因节假日顺延" in browse(world.clerk).get(address).content.decode()


# -- stages


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, Stage.BEGUN),
        ({"committee": True}, Stage.ORGANISED),
        ({"committee": True, "districts": 3}, Stage.DIVIDED),
        ({"registered": True}, Stage.REGISTERING),  # entered in the middle: earlier papers may come later
        ({"registered": True, "listed_on": date(2026, 11, 24)}, Stage.LISTED),
        ({"registered": True, "listed_on": date(2026, 11, 27)}, Stage.REGISTERING),  # planned for tomorrow
        ({"listed_on": date(2026, 11, 24), "nominated_on": date(2026, 11, 26)}, Stage.NOMINATED),
        ({"final_on": date(2026, 11, 26)}, Stage.FINAL),
        ({"election_day": date(2026, 11, 26)}, Stage.BEGUN),
        ({"election_day": date(2026, 11, 25)}, Stage.VOTED),
        ({"election_day": date(2026, 11, 25), "closed_on": date(2026, 11, 26)}, Stage.CLOSED),
    ],
)
def test_the_stage_follows_from_the_facts(facts, wanted):
    assert stage(Facts(**{"election_day": DAY} | facts), date(2026, 11, 26)) is wanted


def test_a_campaign_stands_where_its_least_advanced_level_does():
    assert least([Stage.LISTED, Stage.ORGANISED]) is Stage.ORGANISED
    assert least([]) is Stage.BEGUN


def test_the_list_of_campaigns_costs_the_same_for_three(world, browse):
    client, address = browse(world.clerk), reverse("elections-campaigns", args=[world.township.code])
    counted = []
    for number in (18, 19, 20):
        with world.in_township():
            begun(world, term_of(world, number=number), name=f"第{number}次", election_day=date(2008 + number, 12, 1))
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queried:
            assert client.get(address).status_code == 200
        counted.append(len(queried))
    assert counted[0] == counted[2]
