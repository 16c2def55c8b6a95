"""A district that votes on a day of its own: its papers, days and ages are counted from that day, not the township's."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from elections import queries
from elections.actions import appeals, lists, roll
from elections.actions.candidate_lists import VOTING_RULES, rules_findings
from elections.actions.voters import FORBIDDEN, Entry, age_findings, entry_findings, register, save_voter
from elections.actions.work import statutory_tasks
from elections.documents import boxes, cards, letters, mobile, notices, proxies, rolls, staff
from elections.imports.roll import Roll
from elections.life import CAMPAIGN
from elections.models import (
    Appeal,
    CampaignTask,
    DistrictDay,
    Exclusion,
    Registration,
    Voter,
    VoterCard,
    VoterGroup,
    VotingRules,
)
from elections.queries import campaigns, gates, work
from elections.queries.days import day_of, days_of
from elections.queries.mobile import all_findings as mobile_told
from elections.queries.roll import come_of_age
from elections.stages.gates import candidates_gate
from tests.cast import SET_UP
from tests.elections import test_public
from tests.elections.campaigns import OWN_DAY as OWN
from tests.elections.campaigns import districts, freeze, moved, voters
from tests.elections.papers import PLAN, frozen, said, text_of
from tests.elections.test_boxes import box as ballot_box
from tests.elections.test_lists import PUBLISHED
from tests.elections.test_mobile import box as mobile_box
from tests.elections.test_mobile import votes
from tests.elections.test_places import kept
from tests.elections.work import set_up

E, EARLY = date(2026, 12, 20), date(2026, 12, 16)
BOTH = "选举日为2026年12月20日（星期日），其中第2选区（西山村）为2026年12月27日（星期日）。"


def levels(election):
    return campaigns.campaigns().get(pk=election.campaign_id)


def test_a_level_tells_its_day_and_the_days_of_districts_that_have_their_own(election):
    one, two = districts(election)
    assert (days_of(election).said(), days_of(election).groups()) == ("2026年12月20日（星期日）", [])
    row = moved(election)
    found = days_of(election)
    assert (found.of(one.pk), found.of(two.pk), found.first, found.last) == (E, OWN, E, OWN)
    assert (day_of(election, one.pk), day_of(election, two.pk)) == (E, OWN)
    assert f"选举日为{found.said()}。" == BOTH
    with action(SET_UP, actor=None):
        row.withdrawn_at = clock.now()
        row.save()
    assert days_of(election).own == {}


def test_the_notice_of_registration_tells_both_days_and_who_is_old_enough_for_each(election):
    moved(election)
    told = said(notices.registration_notice(election, PLAN, date(2026, 10, 15))["parts"])
    assert BOTH in told
    assert "2008年12月20日，其中第2选区（西山村）为2008年12月27日（含当日）以前出生" in told


def test_posters_of_the_list_tell_each_district_its_own_day_and_until_when_to_sue(world, election):
    moved(election)
    context = rolls.gather_roll(frozen(world, election), PUBLISHED, {})
    whole, one, two = context["closing"], *(part["closing"] for part in context["districts"])
    assert whole[-1] == BOTH
    assert "（其中第2选区（西山村）为2026年12月21日（星期一）以前）" in whole[0]
    assert (one[-1], two[-1]) == ("选举日为2026年12月20日（星期日）。", "选举日为2026年12月27日（星期日）。")
    assert "（2026年12月14日（星期一）以前；" in one[0]
    assert "（2026年12月21日（星期一）以前；" in two[0]
    words = text_of(rolls.compose_roll(context, True))
    assert words.count("选举日为2026年12月27日（星期日）。") == 1


def test_a_supplement_tells_both_days(world, election):
    moved(election)
    voter_list = frozen(world, election)
    assert rolls.closing(voter_list, PUBLISHED, "")[-1] == BOTH


def test_cards_bear_the_day_of_their_district(world, election):
    moved(election)
    voter_list = frozen(world, election)
    context = cards.gather_cards(voter_list, PUBLISHED, {})
    assert [one["day"] for one in context["districts"]] == ["2026年12月20日（星期日）", "2026年12月27日（星期日）"]
    words = text_of(cards.compose_cards(context, True))
    assert (words.count("2026年12月20日（星期日）"), words.count("2026年12月27日（星期日）")) == (4, 2)
    row = queries.on_roll(election).filter(district__number=2).first()
    with action(SET_UP, actor=None):
        card = VoterCard.objects.create(
            township=world.township, election=election, registration=row, district=row.district, number=1,
            issued_on=PUBLISHED,
        )  # fmt: skip
    assert "2026年12月27日（星期日）" in text_of(cards.printed_card(card))


def test_a_decision_on_an_appeal_counts_from_the_day_of_the_district_it_concerns(world, election):
    moved(election)
    voter_list = frozen(world, election)
    row = queries.on_roll(election).filter(district__number=2).first()
    appeal = Appeal(
        township=world.township, voter_list=voter_list, kind="listed", appellant="甲", subject="乙", words="已迁出",
        registration=row, received_on=PUBLISHED, decided_on=PUBLISHED, upheld=False,
    )  # fmt: skip
    told = "".join(letters.decision_letter(appeal, PUBLISHED)["text"])
    assert "选举日为2026年12月27日（星期日）。" in told
    assert "（2026年12月21日（星期一）以前；" in told
    assert appeals.day_of_appeal(appeal) == OWN
    appeal.registration = None
    assert appeals.day_of_appeal(appeal) == E


def test_the_calendar_tells_the_days_of_the_law_for_such_districts_beside_those_of_the_level(election):
    moved(election)
    election.listed_on = PUBLISHED
    lines = [(line.day, line.label) for line in work.calendar_of(election.campaign, [], [election])]
    whose = "（第2选区（西山村），选举日2026年12月27日（星期日））"
    assert (OWN, "选举日（第2选区（西山村））") in lines
    for day, label in (
        (date(2026, 12, 6), f"公布选民名单的最后一日{whose}"),
        (date(2026, 12, 11), f"公布代表候选人名单及基本情况的最后一日{whose}"),
        (date(2026, 12, 19), f"公布正式代表候选人名单及基本情况的最后一日{whose}"),
        (date(2026, 12, 21), f"不服处理决定起诉的最后一日{whose}"),
        (date(2026, 12, 14), "不服处理决定起诉的最后一日"),
    ):
        assert (day, label) in lines


def test_a_step_is_due_and_judged_by_the_earliest_day_of_a_level(election):
    with action(SET_UP, actor=None):
        for task in statutory_tasks(election.campaign, election):
            task.save(force_insert=True)

    def final() -> CampaignTask:
        return work.tasks(election.campaign).get(key="publish_final_candidates")

    assert work.due_of(final()).date == date(2026, 12, 12)
    moved(election, EARLY)
    assert work.due_of(final()).date == date(2026, 12, 8)
    with action(SET_UP, actor=None):
        CampaignTask.objects.filter(key="publish_final_candidates").update(done_on=date(2026, 12, 10))
    (found,) = work.judged(final(), date(2026, 12, 10))
    assert found.blocking
    assert found.message.startswith("有选区的选举日提前到2026年12月16日（星期三），乡镇")
    facts = gates.gate_facts(levels(election).held[0], election.campaign, election.township)
    assert (facts.first_day, facts.last_day) == (EARLY, E)
    (late_final,) = (one for one in candidates_gate(facts) if one.label == "正式候选人名单按期公布")  # the gate as well
    assert not late_final.met
    assert [one.code for one in campaigns.announced_late(levels(election).held[0], E, "national", False)]


def test_a_list_is_published_in_time_for_the_earliest_district(world, election):
    voter_list = freeze(world, election)
    in_time = date(2026, 11, 29)
    assert lists.published_findings(voter_list, in_time) == []
    moved(election, EARLY)
    assert lists.published_findings(voter_list, in_time) != []


def test_an_election_is_over_when_its_last_district_has_voted(world, election):
    moved(election)
    campaign = levels(election)
    level = campaign.held[0]
    level.has_committee = level.listed_on = level.nominated_on = level.final_on = PUBLISHED
    assert campaigns.facts_of(level, campaign).election_day == OWN
    assert campaigns.last_day(campaign) == OWN
    with pytest.raises(Refused, match="不能早于最后一次投票的2026年12月27日"):
        CAMPAIGN.take("close", world.clerk, election.campaign, on=date(2026, 12, 21))


BORN = date(2008, 12, 24)  # eighteen between the two days


def test_who_comes_of_age_between_the_two_days_stands_where_one_votes_later_alone(world, election):
    voters(election, "周七", birth_date=BORN)
    voters(election, "吴八", district=2, birth_date=BORN)
    assert queries.under_age(election).count() == 2
    moved(election)
    assert list(queries.under_age(election).values_list("voter__name", flat=True)) == ["周七"]
    with pytest.raises(
        Refused, match=r"有1名选民在选举日不满十八周岁.*其中第2选区（西山村）为2026年12月27日（2008年12月27日以后出生"
    ):
        freeze(world, election)
    entry = queries.on_roll(election).select_related("voter").get(voter__name="吴八")
    entry.voter.remark = "核对过"
    save_voter(world.clerk, entry.voter)
    assert age_findings(BORN, E)


def test_who_is_too_young_since_the_day_was_moved_is_told_of_a_list_that_is_public(world, election, browse):
    """Eighteen on the 18th: on the list while the district votes on the 20th, and not when that is moved to the 16th."""
    voters(election, "周七", birth_date=date(2008, 12, 18))
    found = freeze(world, election)
    page = reverse("elections-list-of-voters", args=[world.township.code, found.pk])
    roll_page = reverse("elections-voters", args=[world.township.code])
    client = browse(world.clerk)
    told = "有1名选民在选举日不满十八周岁，请先除名"
    assert [told in client.get(url).content.decode() for url in (page, roll_page)] == [False, False]
    moved(election, EARLY, district=1)
    assert [told in client.get(url).content.decode() for url in (page, roll_page)] == [True, True]
    roll.change(world.clerk, queries.on_roll(election).get(voter__name="周七"), "underage", date(2026, 11, 30))
    assert [told in client.get(url).content.decode() for url in (page, roll_page)] == [False, False]


def test_rules_for_ballots_are_fixed_before_the_first_district_votes(world, election):
    row = VotingRules(township=world.township, election=election, fixed_on=date(2026, 12, 17), paper="选举办法")
    VOTING_RULES.record(world.clerk, row)

    def told() -> tuple[list[str], bool]:
        facts = gates.gate_facts(levels(election).held[0], election.campaign, election.township)
        return [one.code for one in rules_findings(row)], facts.rules_fixed

    assert told() == ([], True)
    moved(election, EARLY)
    assert told() == (["ballot.rules_late"], False)


def test_who_is_too_young_for_the_earlier_day_of_the_own_district_is_taken_off_there(world, election):
    """Of age on the township's day and not on the district's own, which is earlier: the list is frozen once the entry is gone."""
    moved(election, EARLY)
    voters(election, "周七", district=2, birth_date=date(2008, 12, 18))
    voters(election, "吴八", birth_date=date(2008, 12, 18))
    young, grown = (queries.on_roll(election).get(voter__name=name) for name in ("周七", "吴八"))
    with pytest.raises(Refused, match="有1名选民在选举日不满十八周岁"):
        freeze(world, election)
    with pytest.raises(Refused, match="选举日2026年12月20日已满十八周岁，应列入名单"):
        roll.change(world.clerk, grown, "underage", date(2026, 11, 1))
    assert queries.on_roll(election).filter(pk=grown.pk).exists()
    roll.change(world.clerk, young, "underage", date(2026, 11, 1))
    assert not queries.on_roll(election).filter(pk=young.pk).exists()
    assert come_of_age(election.campaign) == [], "the township's day is not the day of the district"
    with action(SET_UP, actor=None):
        DistrictDay.objects.update(day=OWN)
    assert come_of_age(election.campaign) == [young.voter]


def test_who_turns_eighteen_by_the_later_day_of_the_own_district_is_entered_as_newly_eighteen(world, election):
    moved(election)
    with action(SET_UP, actor=None):
        group = VoterGroup.objects.create(township=world.township, district=districts(election)[1], number=7)
    entry = Entry(group, Registration.Ground.NEWLY_18, Registration.Way.values[0], date(2026, 11, 1))
    made = register(
        world.clerk,
        Voter(township=world.township, name="郑九", gender="male", birth_date=BORN),
        election.campaign,
        entry,
    )
    assert queries.on_roll(election).get(voter=made).ground == Registration.Ground.NEWLY_18


def test_an_exclusion_is_judged_on_the_day_of_the_own_district(world, election):
    """Over on the 22nd: kept off where one votes on the 20th, entered where one votes on the 27th."""
    moved(election)
    with action(SET_UP, actor=None):
        held = Voter.objects.create(township=world.township, name="冯十", gender="male", birth_date=date(1990, 1, 1))
        groups = [
            VoterGroup.objects.create(township=world.township, district=one, number=7) for one in districts(election)
        ]
        Exclusion.objects.create(
            township=world.township, voter=held, ground="deprived", body="court", paper="判决书",
            since=date(2020, 1, 1), until=date(2026, 12, 22),
        )  # fmt: skip
    ground, way = Registration.Ground.RESTORED, Registration.Way.values[0]
    entries = [Entry(group, ground, way, date(2026, 11, 1)) for group in groups]
    told = [[one.code for one in entry_findings(held, election.campaign, entry)] for entry in entries]
    assert told == [[FORBIDDEN], []]


def test_moving_the_day_of_a_level_tells_which_districts_have_their_own_and_one_moved_there_has_none(election):
    moved(election)
    told = [one.message for one in campaigns.moved_findings(levels(election), date(2026, 12, 22))]
    assert "另有选举日的选区不随之改变（第2选区（西山村）为2026年12月27日（星期日）），请核对。" in told
    election.election_day = OWN
    assert (days_of(election).said(), days_of(election).own) == ("2026年12月27日（星期日）", {})


def test_an_import_asks_the_age_on_the_day_of_the_rows_district(world, election):
    moved(election)
    kind = Roll(world.township, {"election": str(election.pk)})
    labels = list(kind.places.by_label)
    wrong = [kind._check_birth({"birth_date": "2008-12-24", "gender": "男", "district": label}) for label in labels]
    assert [bool(one) for one in wrong] == [True, False]


def test_the_public_page_of_a_list_tells_the_days_of_all(world):
    with clock.frozen(test_public.TODAY):
        work = set_up(world.township)
        found = test_public.publish(work)
        address = reverse("public-voter-list", args=[world.township.code, found.pk])
        with scope.township(world.township):
            moved(work.town_level, date(2026, 12, 20))
        page = Client().get(address).content.decode()
        assert "选举日2026年12月16日（星期三），其中第2选区（西村）为2026年12月20日（星期日）。" in page


def test_a_list_published_when_everybody_has_voted_has_a_page_and_no_day_of_appeal(world):
    with clock.frozen(date(2026, 12, 30)):
        work = set_up(world.township)
        found = test_public.publish(work, published_on=date(2026, 12, 29))
        page = Client().get(reverse("public-voter-list", args=[world.township.code, found.pk]))
        assert page.status_code == 200
        assert "仍有意见的，请向选举委员会反映" in page.content.decode()


def test_papers_of_polling_day_bear_the_day_of_their_district(world, election):
    moved(election)
    there = [kept(world, election), kept(world, election, 2)]
    for number, spot in enumerate(there, start=1):
        ballot_box(world, election, str(number), place=spot)
        carried = mobile_box(world, election, district=number)
        votes(world, carried, queries.on_roll(election).filter(district__number=number)[0])
    handed_over, signed = boxes.handover(election.campaign), mobile.registers(election.campaign)
    for paper in (handed_over, signed):
        days = [one["subtitle"].split("　")[1] for one in paper["sheets"]]
        assert days == ["2026年12月20日（星期日）", "2026年12月27日（星期日）"]
    (arranged,) = staff.arrangement(election.campaign)["sheets"]
    hours = [row[2] for row in arranged["rows"]]
    assert hours == ["8:00至16:00", "2026年12月27日，8:00至16:00", "8:00出发", "2026年12月27日，8:00出发"]


def test_a_letter_is_sent_back_before_the_first_district_votes(election):
    late, to = date(2026, 12, 16), "镇政府，0571-88880000"
    assert proxies.absent_letter(election, PUBLISHED, late, to)["text"]
    moved(election, EARLY)
    with pytest.raises(Refused, match="寄回的日期应在选举日以前"):
        proxies.absent_letter(election, PUBLISHED, late, to)


@pytest.mark.parametrize("paper", [boxes.handover, mobile.registers, staff.arrangement, mobile_told])
def test_papers_of_polling_day_ask_as_much_for_three_as_for_one(world, election, paper):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            paper(campaigns.campaigns().get(pk=election.campaign_id))
        return len(found)

    def another(number: int) -> None:
        ballot_box(world, election, str(number), mobile=(there := mobile_box(world, election, number)))
        votes(world, there, queries.on_roll(election).filter(district__number=1)[number])

    another(1)
    before = asked()
    another(2)
    another(3)
    assert asked() == before
