"""Further votes of a district: 另行选举, 再次投票, and what was void held once more; who stands in them, by which rule they end."""

from datetime import time, timedelta

import pytest

from congress.guard.action import Refused
from congress.steps import standing_of
from congress.web.records import url_of
from elections.actions import rounds as acts
from elections.actions.credentials import open_review
from elections.actions.mobile import BOXES
from elections.documents.rounds import elected_notice
from elections.life import CAMPAIGN, ROUND
from elections.life.rounds import outcome_rows
from elections.models import Election, MobileBox, Round
from elections.queries.rounds import following
from elections.stages.rounds import RoundStage
from tests.elections.campaigns import ELECTION_DAY, voters
from tests.elections.candidates import leave, named
from tests.elections.rounds import again, begun, counted, declared, facts, line, names, take

LATER = ELECTION_DAY + timedelta(days=7)


@pytest.fixture
def election(peopled_election):
    """Two districts with a few voters; the township's scope is open."""
    return peopled_election


def test_a_shortage_leads_to_another_election_between_the_next_by_votes_x_r03(world, election, row):
    counted(world, row, (15, 9, 6))
    found = declared(world, row)
    assert (found.stage, found.follow.kind, found.follow.seats) == (RoundStage.OPEN, "another", 1)
    assert acts.offered(found) == ["于二", "王三"]
    with pytest.raises(Refused, match="另行选举的候选人应为2名，现在是1名"):
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


def test_whoever_got_more_votes_is_not_passed_over_in_another_election(world, election, row):
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


def test_a_tie_is_voted_on_again_between_those_who_tie_and_nobody_else(world, election, row):
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


def test_who_left_since_stands_on_no_further_ballot(world, election, row):
    counted(world, row, (15, 12, 12))
    declared(world, row)
    leave(row.names.get(name="王三").nominee)
    assert acts.offered(facts(row)) == ["于二"]
    with pytest.raises(Refused, match="不能增减"):
        take(world.clerk, row, "follow", LATER, names=["于二", "王三"], printed=29)


def test_where_those_who_are_left_are_no_choice_any_more_people_are_told(world, election, row):
    counted(world, row, (15, 12, 12))
    declared(world, row)
    leave(row.names.get(name="王三").nominee, "died")
    data = {"names": ["于二"], "printed": 29}
    assert told_of(world, row, data) == ["follow.no_choice"]
    made = take(world.clerk, row, "follow", LATER, **data)
    assert names(made) == ["于二"]


def test_of_a_void_vote_whose_candidate_left_the_margin_is_told(world, election, row):
    counted(world, row, (12, 6, 3), issued=12)
    declared(world, row)
    data = {"names": ["丁一", "于二"], "printed": 29}
    leave(row.names.get(name="王三").nominee, "died")
    assert told_of(world, row, data)[0] == "leaving.no_surplus"


VACANT = {"vacant_paper": "县选举委员会批复2号", "vacant_why": "没有人可以列为候选人"}


def test_where_nobody_is_left_to_be_voted_on_the_seat_is_left_vacant_and_waits_no_more(world, election, row):
    counted(world, row, (15, 9, 6))
    declared(world, row)
    assert [one.code for one in vacating(world, row)] == ["vacant.by_law"]  # two could stand yet
    for name in ("于二", "王三"):
        leave(row.names.get(name=name).nominee)
    assert acts.offered(facts(row)) == []
    assert vacating(world, row) == []
    levels = Election.objects.filter(pk=election.pk)
    assert list(following(levels)) == [row]
    with pytest.raises(Refused, match="决定日期不能早于宣布日期") as refused:
        take(world.clerk, row, "vacate", ELECTION_DAY - timedelta(days=1), **VACANT)
    assert [one.field for one in refused.value.findings] == ["on"]
    take(world.clerk, row, "vacate", LATER, **VACANT)
    assert facts(row).stage is RoundStage.DECLARED
    assert ("接着办理", "名额暂缺，不再投票，缺额依法补选") in outcome_rows(facts(row))
    assert not following(levels).exists()
    assert "不足的1名暂缺，依法补选。" in str(elected_notice(election, LATER)["parts"])
    take(world.clerk, row, "resume", LATER, reason="登错")
    found = facts(row)
    assert (found.stage, found.row.vacant_on, found.row.vacant_paper) == (RoundStage.OPEN, None, "")


def test_who_closes_the_work_is_told_which_votes_and_reviews_are_not_over(world, election, row):
    def told() -> list[str]:
        campaign = CAMPAIGN.find(election.campaign_id)
        attempt = CAMPAIGN.attempt("close", standing_of(world.clerk, row.township), campaign, on=LATER)
        found = attempt.step.hints(attempt)
        assert not [one for one in found if one.blocking]
        return [one.message for one in found]

    votes = Round.objects.filter(election=election).count()
    assert told() == [f"{votes}次投票的结果还没有确认宣布"]
    counted(world, row, (15, 9, 6))
    declared(world, row)
    open_seats = "1个选区的名额没有选满，既没有安排接续的投票，也没有登记暂缺"
    seated = "1名当选人还没有进行代表资格审查"
    rest = [f"{votes - 1}次投票的结果还没有确认宣布"] if votes > 1 else []
    assert told() == [*rest, open_seats, seated]
    take(world.clerk, row, "vacate", LATER, **VACANT)
    assert told() == [*rest, seated]
    open_review(world.clerk, election, opened_on=LATER)
    assert told() == [*rest, "1份代表资格审查还没有办完"]


def vacating(world, row: Round) -> list:
    """What is told of leaving the seats of a vote empty."""
    attempt = ROUND.attempt("vacate", standing_of(world.clerk, row.township), ROUND.find(row.pk), on=LATER)
    return acts.by_law(attempt)


def told_of(world, row: Round, data: dict) -> list[str]:
    """What is told, and forbids nothing, of a vote that is to follow."""
    attempt = ROUND.attempt("follow", standing_of(world.clerk, row.township), ROUND.find(row.pk), on=LATER)
    attempt.data = data | {"beside": ""}
    found = acts.check_follow(attempt)
    assert not [one for one in found if one.blocking]
    return [one.code for one in found]


def test_who_left_before_the_vote_and_stands_on_its_ballot_is_told_until_it_is_declared(world, election, row, browse):
    leave(row.names.get(name="王三").nominee, "died")
    page = browse(world.clerk).get(url_of(row, world.township)).content.decode()
    assert "王三（死亡）在投票以前已经退出" in page
    found = counted(world, row, (12, 5, 15))
    shown = ROUND.step("declare").shows(ROUND.attempt("declare", standing_of(world.clerk, world.township), found.row))
    assert "round.left" in [one.code for one in shown.findings]


def test_a_box_that_is_entered_while_the_ballots_are_counted_is_told_until_the_result_is_declared(
    world, election, row, browse
):
    counted(world, row, (15, 12, 9))
    assert facts(row).uncounted_findings == []
    box = {"number": 1, "route": "东山", "leaves_at": time(8), "returns_at": time(9)}
    box |= {"campaign": election.campaign, "district": row.district}
    BOXES.record(world.clerk, MobileBox(township=world.township, **box))
    page = browse(world.clerk).get(url_of(row, world.township)).content.decode()
    assert "开始计票以后才登记的第1选区流动票箱1号没有票账" in page
    shown = ROUND.step("declare").shows(
        ROUND.attempt("declare", standing_of(world.clerk, world.township), facts(row).row)
    )
    assert "round.uncounted" in [one.code for one in shown.findings]
    assert declared(world, row).uncounted_findings == []


def test_whether_somebody_written_in_may_stand_again_is_said_and_left_to_people_x_r04(world, election, row):
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


def test_a_void_vote_is_held_anew_with_everybody(world, election, row):
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
