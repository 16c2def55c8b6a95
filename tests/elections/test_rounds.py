"""A district's vote: its ballots accounted for, counted by two, declared by two, followed by what the law wants."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import clock
from congress.counting.models import CountEntry
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.steps import standing_of
from elections.actions import rounds as acts
from elections.documents.rounds import PRINTED, elected_notice, report
from elections.life import CAMPAIGN
from elections.life.rounds import outcome_rows
from elections.models import PollingPlace, PollStaff, Round, Winner
from elections.stages.rounds import Known, RoundStage, round_stage
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, districts, peopled, voters
from tests.elections.candidates import leave, named
from tests.elections.papers import said
from tests.elections.rounds import DECLARE, again, balanced, begun, counted, declared, facts, line, take

pytestmark = pytest.mark.django_db
LATER = ELECTION_DAY + timedelta(days=7)


@pytest.fixture
def election(world):
    """Two districts with a few voters; the township's scope is open."""
    with scope.township(world.township):
        found = peopled(world)
        yield found


def names(row: Round) -> list[str]:
    return list(row.names.order_by("position").values_list("name", flat=True))


def test_the_first_votes_are_arranged_at_once_with_the_names_of_the_printed_ballots(world, election):
    row = begun(world, election)
    assert (row.kind, row.number, row.held_on, row.seats, row.voters, row.printed) == (
        "first",
        1,
        ELECTION_DAY,
        2,
        24,
        29,
    )
    assert names(row) == ["丁一", "于二", "王三"]
    assert Round.objects.kept().count() == 2
    with pytest.raises(Refused, match="没有等待安排投票的选区"):
        acts.begin(world.clerk, election)


def test_no_vote_is_arranged_on_ballots_that_no_longer_show_the_list(world, election):
    row = begun(world, election)
    take(world.clerk, row, "discard", reason="登错")
    leave(row.names.first().nominee)
    with pytest.raises(Refused, match="定稿以后有变动"):
        acts.begin(world.clerk, election)


def test_a_place_hands_out_no_more_than_it_received_and_tells_a_difference(world, election):
    row = begun(world, election)
    with pytest.raises(Refused, match="发出30张，多于领取的29张"):
        line(world, row, 30, left_over=0)
    with pytest.raises(Refused, match="一处投票站"):
        line(world, row, place=None)
    made = line(world, row, 20, left_over=8)
    assert [one.code for one in facts(row).ledger_findings] == ["ledger.open", "ledger.line"]
    acts.LEDGER.change(world.clerk, made, {"note": "一张被雨淋坏"}, made.version)
    assert [one.code for one in facts(row).ledger_findings] == ["ledger.open"]
    with pytest.raises(IntegrityError), transaction.atomic():
        line(world, row)


def test_counting_waits_until_every_ballot_is_accounted_for_x_g01(world, election):
    row = begun(world, election)
    with pytest.raises(Refused, match="还没有登记票账：东山村投票站"):
        take(world.clerk, row, "count")
    line(world, row)
    settle = {"filed": 3, "destroyed": 3, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
    take(world.clerk, row, "settle", **settle)
    with pytest.raises(Refused, match=r"票账不平：印制29张.*合计26张，少3张"):
        take(world.clerk, row, "count")
    with pytest.raises(Refused, match="两人监督"):
        take(world.clerk, row, "settle", **settle | {"witnesses": "甲、甲"})
    with pytest.raises(Refused, match="遗失的情况"):
        take(world.clerk, row, "settle", **settle | {"lost": 3})
    take(world.clerk, row, "settle", **settle | {"destroyed": 6})
    assert facts(row).stage is RoundStage.BALANCED
    take(world.clerk, row, "count")
    found = facts(row)
    assert found.stage is RoundStage.COUNTING
    assert (found.count.seats, found.count.registered, found.count.measure) == (2, 24, "direct")
    (unit,) = found.count.units.all()
    assert (unit.name, unit.issued, unit.took_part, unit.kind) == ("东山村投票站", 20, 20, "box")
    assert found.count.tellers == []
    with pytest.raises(Refused, match="计票已经开始"):
        acts.LEDGER.withdraw(world.clerk, row.ledger.get(), "登错了", row.ledger.get().version)


def test_of_the_staff_those_who_count_where_the_district_votes_read_its_count(world, election):
    row = begun(world, election)
    place = PollingPlace.objects.get()
    room.people(world)
    given = {"township": world.township, "campaign": election.campaign, "relation": "none"}
    with action(SET_UP, actor=None):
        elsewhere = PollingPlace.objects.get()
        elsewhere.pk, elsewhere.name, elsewhere.district = uuid.uuid4(), "西山村投票站", districts(election)[1]
        elsewhere.save(force_insert=True)
        PollStaff.objects.create(**given, name="程计", role="teller", place=place, account=world.teller)
        PollStaff.objects.create(**given, name="程引", role="guide", place=place, account=world.clerk2)
        PollStaff.objects.create(**given, name="程远", role="teller", place=elsewhere, account=world.teller2)
    balanced(world, row)
    take(world.clerk, row, "count")
    assert facts(row).count.tellers == [world.teller.pk]


def test_more_ballots_than_there_are_voters_are_not_counted(world, election):
    row = begun(world, election)
    balanced(world, row, 25)
    with pytest.raises(Refused, match="领票25人，多于选民总数24人"):
        take(world.clerk, row, "count")


def test_nothing_is_settled_before_the_day(world, election):
    row = begun(world, election)
    given = {"filed": 29, "destroyed": 0, "lost": 0, "witnesses": "", "settled_note": ""}
    with pytest.raises(Refused, match="投票结束以后才能登记"):
        take(world.clerk, row, "settle", on=date(2026, 12, 19), **given)


def test_a_result_is_declared_by_two_people_and_names_who_won_with_their_votes(world, election):
    row = begun(world, election)
    found = counted(world, row, (15, 12, 9))
    assert found.stage is RoundStage.COUNTED
    with pytest.raises(Refused, match="不能早于投票日期"):
        take(world.clerk, row, "declare", on=date(2026, 12, 19), **DECLARE)
    take(world.clerk, row, "declare", **DECLARE)
    with pytest.raises(Refused, match="两个不同的人"):
        take(world.clerk, row, "confirm")
    with pytest.raises(IntegrityError), transaction.atomic(), action(SET_UP, actor=None):
        Round.objects.filter(pk=row.pk).update(confirmed_by=world.clerk)
    take(world.chair, row, "revoke", reason="公告写错")
    assert facts(row).stage is RoundStage.COUNTED
    found = declared(world, row)
    assert found.stage is RoundStage.DECLARED
    told = list(Winner.objects.filter(round=row).order_by("position").values_list("name", "votes", "nominee__name"))
    assert told == [("丁一", 15, "丁一"), ("于二", 12, "于二")]
    for key in ("declare", "follow", "settle", "discard"):
        with pytest.raises(Refused):
            take(world.clerk, row, key)


def tampered(row: Round) -> None:
    """Somebody writes other numbers behind the count's back."""
    with action(SET_UP, actor=None):
        for entry in CountEntry.objects.filter(reader__unit__count=facts(row).count):
            cells = {
                key: number - 1 if key == "void_unreadable" else number for key, number in entry.sheet["cells"].items()
            }
            CountEntry.objects.filter(pk=entry.pk).update(sheet=entry.sheet | {"cells": cells | {"collected": 19}})


def test_a_count_that_reads_otherwise_since_is_not_declared(world, election, browse):
    row = begun(world, election)
    counted(world, row, (15, 12, 9))
    tampered(row)
    assert facts(row).result is None
    with pytest.raises(Refused, match="与结束时不一致"):
        take(world.clerk, row, "declare", **DECLARE)
    page = browse(world.clerk).get(reverse("elections-round-declare", args=[world.township.code, row.pk]))
    assert "与结束时不一致" in page.content.decode()


def test_a_count_that_changed_after_it_was_asked_for_is_not_confirmed(world, election, browse):
    row = begun(world, election)
    counted(world, row, (15, 12, 9))
    take(world.clerk, row, "declare", **DECLARE)
    tampered(row)
    with pytest.raises(Refused, match="提出宣布以后计票有变化"):
        take(world.chair, row, "confirm")
    page = browse(world.chair).get(reverse("elections-round-confirm", args=[world.township.code, row.pk]))
    assert "提出宣布以后计票有变化" in page.content.decode()


def test_a_shortage_leads_to_another_election_between_the_next_by_votes_x_r03(world, election):
    row = begun(world, election)
    counted(world, row, (15, 9, 6))
    found = declared(world, row)
    assert (found.stage, found.follow.kind, found.follow.seats) == (RoundStage.OPEN, "another", 1)
    assert acts.offered(found) == ["于二", "王三"]
    with pytest.raises(Refused, match="另行选举的候选人应为2至2名，现在是1名"):
        take(world.clerk, row, "follow", LATER, names=["于二"], printed=29)
    with pytest.raises(Refused, match="早于它所接续"):
        take(world.clerk, row, "follow", ELECTION_DAY - timedelta(days=1), names=["于二", "王三"], printed=29)
    made = take(world.clerk, row, "follow", LATER, names=["王三", "于二"], printed=29)
    assert (made.kind, made.number, made.held_on, made.seats, made.follows) == ("another", 2, LATER, 1, row)
    assert names(made) == ["于二", "王三"]
    assert facts(row).stage is RoundStage.DECLARED
    balanced_later(world, made)
    found = again(world, made, (8, 6))
    assert (found.count.measure, found.count.write_ins) == ("another", True)
    assert found.result.outcome.tally.elected == ("于二",)  # 8 of 20 is more than one third


def balanced_later(world, row: Round, issued: int = 20) -> None:
    line(world, row, issued)
    rest = row.printed - issued
    take(world.clerk, row, "settle", LATER, filed=0, destroyed=rest, lost=0, witnesses="甲、乙", settled_note="")
    take(world.clerk, row, "count", LATER)


def test_whoever_got_more_votes_is_not_passed_over_in_another_election(world, election):
    row = begun(world, election)
    counted(world, row, (9, 8, 6))
    found = declared(world, row)
    assert (found.follow.kind, found.follow.seats) == ("another", 2)
    found = acts.standing_again(facts(row))
    assert (found.minimum, found.maximum) == (3, 4)
    take(world.clerk, row, "follow", LATER, names=["丁一", "于二", "王三"], printed=29)


@pytest.mark.parametrize("second", ["王三", "赵六"])
def test_of_two_who_are_level_at_the_end_people_choose_one_x_r01(world, election, second):
    """Nobody takes the one whose name has fewer strokes: that they are level is said, and either may stand."""
    named(election, "赵六")
    row = begun(world, election)
    counted(world, row, (15, 9, 6, 6))
    declared(world, row)
    found = acts.standing_again(facts(row))
    assert (found.minimum, found.maximum, found.cut_tied) == (2, 2, ("王三", "赵六"))
    assert [one.code for one in found.findings] == ["another_round.cut_tied"]
    with pytest.raises(Refused, match="于二得票多于所列的人"):
        take(world.clerk, row, "follow", LATER, names=["王三", "赵六"], printed=29)
    assert names(take(world.clerk, row, "follow", LATER, names=["于二", second], printed=29)) == ["于二", second]


def test_a_tie_is_voted_on_again_between_those_who_tie_and_nobody_else(world, election):
    row = begun(world, election)
    counted(world, row, (15, 12, 12))
    found = declared(world, row)
    assert (found.follow.kind, found.follow.names, found.follow.seats) == ("again", ("于二", "王三"), 1)
    assert [one.name for one in found.row.won] == ["丁一"]
    with pytest.raises(Refused, match="不能增减"):
        take(world.clerk, row, "follow", LATER, names=["丁一", "于二", "王三"], printed=29)
    made = take(world.clerk, row, "follow", LATER, names=["于二", "王三"], printed=29)
    assert (made.kind, names(made)) == ("again", ["于二", "王三"])
    balanced_later(world, made)
    count = facts(made).count
    assert (count.measure, count.write_ins) == ("tie", False)  # nobody else is voted on
    with pytest.raises(Refused, match="现在是“已宣布”"):
        take(world.clerk, row, "follow", LATER, names=["于二", "王三"], printed=29)


def test_who_left_since_stands_on_no_further_ballot(world, election):
    row = begun(world, election)
    counted(world, row, (15, 12, 12))
    declared(world, row)
    leave(row.names.get(name="王三").nominee)
    assert acts.offered(facts(row)) == ["于二"]
    with pytest.raises(Refused, match="不能增减"):
        take(world.clerk, row, "follow", LATER, names=["于二", "王三"], printed=29)


def test_whether_somebody_written_in_may_stand_again_is_said_and_left_to_people_x_r04(world, election):
    row = begun(world, election)
    counted(world, row, (15, 9, 2), write_ins={"某甲": 6})
    declared(world, row)
    found = acts.standing_again(facts(row))
    assert found.names == ("于二", "王三")
    assert [one.code for one in found.findings] == ["another_round.write_in"]
    made = take(world.clerk, row, "follow", LATER, names=["于二", "某甲"], printed=29)
    assert list(made.names.order_by("position").values_list("name", "nominee__name")) == [
        ("于二", "于二"),
        ("某甲", None),
    ]


def test_a_void_vote_is_held_anew_with_everybody(world, election):
    row = begun(world, election)
    counted(world, row, (12, 6, 3), issued=12)  # 12 of 24 is half and no more
    found = declared(world, row)
    assert not found.result.outcome.tally.valid
    assert (found.follow.kind, found.follow.seats) == ("anew", 2)
    told = dict(outcome_rows(found))
    assert told["选举是否有效"] == "无效"
    assert "当选" not in told
    assert not found.row.won
    with pytest.raises(Refused, match="重新选举就原来的候选人丁一、于二、王三进行"):
        take(world.clerk, row, "follow", LATER, names=["丁一", "于二"], printed=29)
    voters(election, "东戌")
    made = take(world.clerk, row, "follow", LATER, names=["丁一", "于二", "王三"], printed=29)
    assert (made.kind, names(made), made.voters) == ("anew", ["丁一", "于二", "王三"], 25)


@pytest.mark.parametrize(
    ("votes", "names_", "kind", "measure", "write_ins"),
    [
        ((15, 12, 12), ["于二", "王三"], "again", "tie", False),
        ((15, 9, 6), ["于二", "王三"], "another", "another", True),
    ],
)
def test_a_further_vote_that_was_void_is_held_once_more_by_its_own_rule(
    world, election, votes, names_, kind, measure, write_ins
):
    """Held by the rule of a first vote it would ask for more votes than before, and open one vote more."""
    row = begun(world, election)
    counted(world, row, votes)
    declared(world, row)
    void = take(world.clerk, row, "follow", LATER, names=names_, printed=29)
    balanced_later(world, void, issued=10)  # of 24
    again(world, void, (6, 4), 10)
    found = declared(world, void, LATER)
    assert (found.follow.kind, found.follow.seats, found.follow.repeats) == (kind, 1, True)
    assert acts.standing_again(facts(void)) is None
    with pytest.raises(Refused, match="就原来的候选人于二、王三进行"):
        take(world.clerk, void, "follow", LATER, names=["于二"], printed=29)
    made = take(world.clerk, void, "follow", LATER, names=names_, printed=29)
    balanced_later(world, made)
    found = again(world, made, (8, 6))
    assert (made.kind, found.count.measure, found.count.write_ins) == (kind, measure, write_ins)
    assert found.result.outcome.tally.elected == ("于二",)


def test_the_report_tells_sums_outcome_and_articles_and_bears_the_fingerprint(world, election):
    row = begun(world, election)
    with pytest.raises(Refused, match="没有结果"):
        report(facts(row).row, {})
    found = counted(world, row, (15, 12, 9), write_ins={"某甲": 1})
    told = report(found.row, {})
    rows = {one[0]: one[1] for one in told["rows"]}
    assert (rows["选民总数"], rows["参加投票"], rows["收回选票"], rows["丁一"], rows["另选 某甲"]) == (
        "24",
        "20",
        "20",
        "15",
        "1",
    )
    assert any("当选须有11票" in one and "丁一（15票）、于二（12票）" in one for one in told["notes"])
    assert told["foot"].replace(" ", "").endswith(found.result.fingerprint)
    assert PRINTED.kind.title == "投票结果报告单"


def test_the_notice_names_the_elected_of_declared_districts_alone(world, election):
    row = begun(world, election)
    with pytest.raises(Refused, match="还没有宣布"):
        elected_notice(election, LATER)
    counted(world, row, (15, 9, 6))
    declared(world, row)
    told = said(elected_notice(election, LATER)["parts"])
    assert "现将当选代表1名公布如下" in told
    assert "丁一" in told
    assert "于二" not in told
    assert "不足的1名另行选举" in told


def test_the_pages_of_a_round_open_at_every_stage(world, election, browse):
    code, clerk = world.township.code, browse(world.clerk)
    row = begun(world, election)
    listed = clerk.get(reverse("elections-rounds", args=[code, election.pk])).content.decode()
    assert str(districts(election)[0]) in listed
    page = reverse("elections-round", args=[code, row.pk])
    with clock.frozen(ELECTION_DAY - timedelta(days=1)):  # nothing is lacking before the vote
        assert "还没有登记票账" not in clerk.get(page).content.decode()
    with clock.frozen(ELECTION_DAY):
        assert "还没有登记票账" in clerk.get(page).content.decode()
    counted(world, row, (15, 12, 9))
    told = clerk.get(page).content.decode()
    assert "丁一（15票）、于二（12票）" in told
    assert "仍是未完成" in told
    declared(world, row)
    told = clerk.get(page).content.decode()
    assert "当选人" in told
    assert clerk.get(reverse("elections-round-report", args=[code, row.pk])).status_code == 200


def offered(world, election) -> set[str]:
    """Which steps of its work change what a vote was held under."""
    standing = standing_of(world.clerk, world.township)
    found = {one.key for one in CAMPAIGN.offered(standing, CAMPAIGN.find(election.campaign_id))}
    return found & {"move-day", "carry-districts", "add-level", "drop-level"}


def test_day_districts_and_levels_stand_once_somebody_has_voted(world, election):
    row = begun(world, election)
    with clock.frozen(ELECTION_DAY):  # it may be put off on the morning itself
        assert offered(world, election) == {"move-day", "carry-districts", "add-level", "drop-level"}
    with clock.frozen(ELECTION_DAY + timedelta(days=1)):
        assert offered(world, election) == set()
        day = {"election_day": LATER, "day_paper": "第2号公告"}
        with pytest.raises(Refused, match="没有举行投票的，先撤回那次投票的安排"):
            CAMPAIGN.take("move-day", world.clerk, election.campaign, on=ELECTION_DAY, **day)
    with clock.frozen(ELECTION_DAY):
        counted(world, row, (15, 12, 9))
        assert offered(world, election) == set(), "its ballots are counted"


def test_a_vote_that_was_not_held_is_taken_back_and_the_day_moved(world, election):
    begun(world, election)
    with clock.frozen(LATER):
        for row in Round.objects.filter(election=election):
            assert offered(world, election) == set()
            take(world.clerk, row, "discard", LATER, reason="山洪，没有举行")
        assert "move-day" in offered(world, election)


def test_stages_follow_from_what_was_done():
    assert round_stage(Known()) is RoundStage.VOTING
    assert round_stage(Known(balanced=True)) is RoundStage.BALANCED
    assert round_stage(Known(balanced=True, counting=True)) is RoundStage.COUNTING
    assert round_stage(Known(counting=True, counted=True)) is RoundStage.COUNTED
    assert round_stage(Known(counting=True, counted=True, asked=True)) is RoundStage.ASKED
    assert round_stage(Known(counted=True, asked=True, declared=True)) is RoundStage.DECLARED
    assert round_stage(Known(declared=True, follows=True)) is RoundStage.OPEN
