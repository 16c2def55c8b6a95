"""Deputies of the county: the township counts and sends up, the county declares, and its declaration stands beside the count."""

import copy
from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import Refused, action
from deputies.models import Level
from elections.actions.above import _shared, elected_of
from elections.documents.above import upwards
from elections.documents.rounds import elected_notice
from elections.models import DeclaredAbove, Nominee, Round, RoundName, Winner
from elections.queries.rounds import listed
from elections.stages.rounds import RoundStage
from tests.cast import SET_UP
from tests.elections import standing
from tests.elections.campaigns import ELECTION_DAY, peopled
from tests.elections.papers import said
from tests.elections.proofs import files_of, made, verified
from tests.elections.rounds import DECLARE, begun, counted, declared, facts, take
from tests.states import state

pytestmark = pytest.mark.django_db
SENT, TOLD = ELECTION_DAY + timedelta(days=1), ELECTION_DAY + timedelta(days=3)
PAPER = {"declared_by": "清江县选举委员会", "paper": "公告第3号"}


@pytest.fixture
def election(peopled_election):
    """Two districts that vote for the county's congress (`of_county`); the township's scope is open."""
    return peopled_election


def of_county(world, election, row, votes, **more):
    """The vote of the first of them, counted, as that of a district of the county."""
    counted(world, row, votes, **more)
    with action(SET_UP, actor=None):
        election.term.level = Level.COUNTY
        election.term.save()
    return row


@state(on=standing.first_vote)
def county_vote(world, row):
    with scope.township(world.township):
        return of_county(world, row.election, row, (15, 12, 9))


@pytest.fixture
def row(election, county_vote):
    """丁一 15, 于二 12, 王三 9 of 20."""
    return copy.deepcopy(county_vote)


def enter(world, row, *elected, on=TOLD, **more):
    return take(
        world.clerk,
        row,
        "enter",
        on,
        **PAPER | {"elected": "\n".join(f"{a} {b}" for a, b in elected), "nobody": not elected} | more,
    )


def sent(world, row) -> None:
    take(world.clerk, row, "send", SENT, sent_paper="投票情况报告")


def test_a_township_declares_nobody_for_the_county(world, row):
    with pytest.raises(Refused, match="由县的选举委员会宣布，乡镇不宣布") as refused:
        take(world.clerk, row, "declare", **DECLARE)
    assert refused.value.findings[0].citation.article == 46
    with pytest.raises(Refused, match="由县的选举委员会宣布、公告"):
        elected_notice(facts(row).row.election, TOLD)
    assert facts(row).stage is RoundStage.COUNTED


def test_its_own_deputies_are_not_sent_up(world):
    with scope.township(world.township):
        found = peopled(world)
        row = begun(world, found)
        counted(world, row, (15, 12, 9))
        for key, values in (("send", {"sent_paper": "报告"}), ("enter", PAPER | {"elected": "", "nobody": True})):
            with pytest.raises(Refused, match="由本级选举委员会宣布"):
                take(world.clerk, row, key, SENT, **values)
        with pytest.raises(Refused, match="不用上报"):
            upwards(found, SENT)
        assert declared(world, row).differences == []


def test_the_record_goes_up_before_the_declaration_is_entered(world, row):
    with pytest.raises(Refused, match="还没有登记上报"):
        enter(world, row, ("丁一", 15))
    sent(world, row)
    with pytest.raises(Refused, match="不能早于上报日期"):
        enter(world, row, ("丁一", 15), on=ELECTION_DAY)
    enter(world, row, ("丁一", 15), ("于二", 12))
    assert facts(row).stage is RoundStage.ASKED
    assert not Winner.objects.exists()
    with pytest.raises(Refused, match="两个不同的人"):
        take(world.clerk, row, "confirm", TOLD)
    take(world.chair, row, "confirm", TOLD)
    found = facts(row)
    assert (found.stage, found.differences) == (RoundStage.DECLARED, [])
    assert [(one.name, one.votes, one.nominee.name) for one in found.row.won] == [
        ("丁一", 15, "丁一"),
        ("于二", 12, "于二"),
    ]
    assert listed(row.election).get(pk=row.pk).elected == 2


def test_what_differs_from_the_count_is_shown_and_stays_shown(world, row, browse):
    sent(world, row)
    enter(world, row, ("丁一", 16), ("王三", 9))
    told = [
        "县级宣布王三当选，本地计票没有当选",
        "本地计票于二当选，县级没有宣布",
        "丁一：县级宣布16票，本地计票15票",
    ]
    assert facts(row).differences == told
    page = reverse("elections-round-confirm", args=[world.township.code, row.pk])
    assert "丁一：县级宣布16票" in browse(world.chair).get(page).content.decode()
    take(world.chair, row, "confirm", TOLD)
    shown = browse(world.clerk).get(reverse("elections-round", args=[world.township.code, row.pk])).content.decode()
    assert "县级的宣布与本地计票不同：县级宣布王三当选" in shown
    assert [one.name for one in facts(row).row.won] == ["丁一", "王三"]


def test_whoever_recomputes_the_bundle_is_told_what_the_county_declared_otherwise(world, row):
    sent(world, row)
    enter(world, row, ("丁一", 15), ("王三", 9))
    take(world.chair, row, "confirm", TOLD)
    report = verified(files_of(made(row.election)))
    assert report.wrong == []
    assert any("县级宣布的当选人是" in one for one in report.notes)


def test_a_declaration_entered_wrongly_is_taken_back_whole(world, row):
    sent(world, row)
    enter(world, row, ("丁一", 16))
    take(world.chair, row, "revoke", TOLD, reason="抄错一票")
    assert facts(row).stage is RoundStage.COUNTED
    assert not DeclaredAbove.objects.kept().exists()
    enter(world, row, ("丁一", 15), ("于二", 12))
    assert facts(row).differences == []


@pytest.mark.parametrize(
    ("elected", "more", "message"),
    [
        ([], {"nobody": False}, "二者只选一项"),
        ([("丁一", 15)], {"nobody": True}, "二者只选一项"),
        ([("丁一", 15), ("丁一", 12)], {}, "丁一写了两次"),
        ([("丁一", 15), ("于二", 12), ("王三", 9)], {}, "应选2名，不能宣布3名"),
        ([("丁1", 15)], {}, "丁1"),
    ],
)
def test_what_cannot_be_a_declaration_is_refused_at_its_field(world, row, elected, more, message):
    sent(world, row)
    with pytest.raises(Refused, match=message) as refused:
        enter(world, row, *elected, **more)
    assert {one.field for one in refused.value.findings} == {"elected"}


def test_of_two_who_share_a_name_the_one_is_named_whom_the_ballot_tells_apart(world, row):
    first, second = Round.objects.get(pk=row.pk).names.order_by("position")[:2]
    with action(SET_UP, actor=None):
        Nominee.objects.filter(pk=second.nominee_id).update(name="丁一", birth_date=date(1990, 1, 1))
        for one, label in ((first, "丁一（东山村）"), (second, "丁一（西山村）")):
            RoundName.objects.filter(pk=one.pk).update(name=label)
    assert _shared(facts(row).row) == {"丁一"}
    sent(world, row)
    with pytest.raises(Refused, match="票上有几位丁一"):
        enter(world, row, ("丁一", 15))
    enter(world, row, ("丁一（西山村）", 12))
    take(world.chair, row, "confirm", TOLD)
    assert Winner.objects.get().nominee_id == second.nominee_id


def test_what_the_township_once_asked_to_declare_is_taken_back(world, row):
    with action(SET_UP, actor=None):
        fingerprint = facts(row).result.fingerprint
        Round.objects.filter(pk=row.pk).update(declared_on=SENT, asked_by=world.clerk, fingerprint=fingerprint)
    with pytest.raises(Refused, match="请撤销，上报以后登记县级的宣布"):
        take(world.chair, row, "confirm", TOLD)
    take(world.chair, row, "revoke", TOLD, reason="由县宣布")
    assert facts(row).stage is RoundStage.COUNTED


def test_nobody_elected_leaves_all_seats_to_the_next_vote(world, row):
    sent(world, row)
    enter(world, row)
    take(world.chair, row, "confirm", TOLD)
    assert facts(row).row.won == []
    assert facts(row).differences == ["本地计票丁一当选，县级没有宣布", "本地计票于二当选，县级没有宣布"]
    after = take(world.clerk, row, "follow", TOLD, names=["丁一", "于二", "王三"], printed=29)
    assert (after.kind, after.seats) == ("another", 2)
    assert verified(files_of(made(row.election))).wrong == []


def test_where_the_county_fills_all_seats_no_other_vote_follows(world, election):
    row = of_county(world, election, begun(world, election), (15, 9, 6))
    sent(world, row)
    enter(world, row, ("丁一", 15), ("于二", 11))
    take(world.chair, row, "confirm", TOLD)
    found = facts(row)
    assert (found.by_count.kind, found.follow, found.stage) == ("another", None, RoundStage.DECLARED)


def test_who_the_county_declared_elected_stands_on_no_further_ballot(world, election):
    row = of_county(world, election, begun(world, election), (15, 9, 6))
    sent(world, row)
    enter(world, row, ("于二", 11))
    take(world.chair, row, "confirm", TOLD)
    made = take(world.clerk, row, "follow", TOLD, names=["丁一", "王三"], printed=29)
    assert list(made.names.values_list("name", flat=True)) == ["丁一", "王三"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("丁一 480\n\n于二，470票", [("丁一", 480), ("于二", 470)]),
        ("欧阳小明： 12", [("欧阳小明", 12)]),
        ("", []),
    ],
)
def test_names_and_votes_are_read_line_by_line(text, found):
    assert elected_of(text) == found


def test_a_line_without_votes_is_named_at_its_field(world, row):
    sent(world, row)
    with pytest.raises(Refused, match="“丁一”里看不出姓名和得票数") as refused:
        take(world.clerk, row, "enter", TOLD, **PAPER, elected="丁一", nobody=False)
    assert [one.field for one in refused.value.findings] == ["elected"]


def test_the_report_to_the_county_tells_each_district_and_what_is_not_counted(world, election, browse):
    with pytest.raises(Refused, match="还没有安排投票"):
        upwards(election, SENT)
    row = of_county(world, election, begun(world, election), (15, 12, 9), write_ins={"某甲": 1})
    told = upwards(election, SENT)
    words = said(told["parts"])
    assert (told["office"], told["to"]) == ("云溪镇选举委员会", "清江县选举委员会")
    assert "参加投票20人；发出选票20张，收回20张" in words
    assert "丁一（15票）、于二（12票）得票达到当选的票数" in words
    assert "第2选区（西山村）还没有结束计票，另行报告" in words
    with action(SET_UP, actor=None):
        Round.objects.filter(pk=row.pk).update(withdrawn_at="2026-12-22T00:00+08:00")
    with pytest.raises(Refused, match="没有可以上报的结果"):
        upwards(election, SENT)
    page = (
        browse(world.clerk).get(reverse("elections-papers", args=[world.township.code, election.pk])).content.decode()
    )
    assert "县级代表选举投票情况报告" in page
    assert "代表选举结果公告" not in page
