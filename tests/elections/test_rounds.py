"""A district's vote: its ballots accounted for, counted by two, declared by two, followed by what the law wants."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress import clock
from congress.counting.models import CountEntry
from congress.guard.action import Refused, action
from congress.steps import standing_of
from elections.actions import rounds as acts
from elections.documents.rounds import PRINTED, elected_notice, report
from elections.life import CAMPAIGN
from elections.models import MobileBox, PollingPlace, PollStaff, ProxyVote, Registration, Round, Winner
from elections.stages.rounds import Known, RoundStage, round_stage
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, districts
from tests.elections.candidates import leave
from tests.elections.papers import said
from tests.elections.rounds import DECLARE, balanced, begun, counted, declared, facts, line, names, take

pytestmark = pytest.mark.django_db
LATER = ELECTION_DAY + timedelta(days=7)


@pytest.fixture
def election(peopled_election):
    """Two districts with a few voters; the township's scope is open."""
    return peopled_election


def test_the_first_votes_are_arranged_at_once_with_the_names_of_the_printed_ballots(world, election, row):
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


def test_no_vote_is_arranged_on_ballots_that_no_longer_show_the_list(world, election, row):
    take(world.clerk, row, "discard", reason="登错")
    leave(row.names.first().nominee)
    with pytest.raises(Refused, match="定稿以后有变动"):
        acts.begin(world.clerk, election)


def test_no_vote_is_arranged_in_a_district_whose_voters_have_all_left_the_roll(world, election, row):
    take(world.clerk, row, "discard", reason="登错")
    with action(SET_UP, actor=None):
        election.registrations.filter(district=row.district).update(on_roll=False)
    with pytest.raises(Refused, match="第1选区（东山村）的选民册上还没有选民"):
        acts.begin(world.clerk, election)
    assert not Round.objects.kept().filter(district=row.district).exists()


def test_a_ledger_is_of_a_place_of_the_own_district(world, election, row):
    with action(SET_UP, actor=None):
        at_hand = {"township": world.township, "campaign": election.campaign, "district": districts(election)[1]}
        place = PollingPlace.objects.create(**at_hand, name="西山村投票站", spot="村委会", opens_at=time(8))
        mobile = MobileBox.objects.create(**at_hand, number=1, route="陈老伯家", leaves_at=time(8))
    for values, field in (({"place": place}, "place"), ({"place": None, "mobile": mobile}, "mobile")):
        with pytest.raises(Refused) as refused:
            line(world, row, **values)
        assert [(one.field, one.message) for one in refused.value.findings] == [(field, "这一处不是本选区的。")]
    assert not row.ledger.exists()


def test_a_place_hands_out_no_more_than_it_received_and_tells_a_difference(world, election, row):
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


def test_more_votes_by_proxy_than_who_came_can_have_taken_on_are_told(world, election, row):
    made = line(world, row, 5, by_proxy=15, left_over=row.printed - 20)
    assert "proxy.impossible" not in [one.code for one in facts(row).ledger_findings]
    acts.LEDGER.change(world.clerk, made, {"in_person": 4, "by_proxy": 16}, made.version)
    told = next(one for one in facts(row).ledger_findings if one.code == "proxy.impossible")
    assert "委托投票16人，多于到场4人所能接受的12人" in told.message
    assert (told.blocking, told.citation.article) == (False, 42)


def test_more_votes_by_proxy_than_were_agreed_to_are_told_where_any_was(world, election, row):
    made = line(world, row, 18, by_proxy=2, left_over=row.printed - 20)
    assert "ledger.proxies" not in [one.code for one in facts(row).ledger_findings], "the register was kept on paper"
    proxy = _agreed(election)
    told = next(one for one in facts(row).ledger_findings if one.code == "ledger.proxies")
    assert (told.message, told.blocking) == ("受委托领票2张，登记同意的委托只有1份，请核对", False)
    acts.LEDGER.change(world.clerk, made, {"in_person": 19, "by_proxy": 1}, made.version)
    assert "ledger.proxies" not in [one.code for one in facts(row).ledger_findings]
    assert proxy.state == ProxyVote.State.AGREED


def _agreed(election) -> ProxyVote:
    """One voter of the first district entrusts another, and the committee agreed."""
    principal, agent = Registration.objects.kept().filter(election=election, district=districts(election)[0])[:2]
    given = {"principal": principal, "agent": agent, "agent_is": ProxyVote.AgentIs.LISTED, "number": 1, "place": 1}
    with action(SET_UP, actor=None):
        return ProxyVote.objects.create(
            township=election.township,
            election=election,
            came_on=ELECTION_DAY,
            state=ProxyVote.State.AGREED,
            consent_by=ProxyVote.Consent.COMMITTEE,
            settled_on=ELECTION_DAY,
            **given,
        )


def test_counting_waits_until_every_ballot_is_accounted_for_x_g01(world, election, row):
    with pytest.raises(Refused, match="还没有登记票账：东山村投票站"):
        take(world.clerk, row, "count")
    line(world, row)
    settle = {"filed": 3, "destroyed": 3, "lost": 0, "witnesses": "甲、乙", "settled_note": ""}
    take(world.clerk, row, "settle", **settle)
    with pytest.raises(Refused, match=r"票账不平：印制29张.*合计26张，少3张"):
        take(world.clerk, row, "count")
    with pytest.raises(Refused, match="两人监督"):
        take(world.clerk, row, "settle", **settle | {"witnesses": "甲、甲"})
    with pytest.raises(Refused, match="请写明遗失的情况。") as refused:
        take(world.clerk, row, "settle", **settle | {"lost": 3})
    assert [one.field for one in refused.value.findings] == ["settled_note"]
    row.refresh_from_db()
    assert (row.lost, row.destroyed) == (0, 3)
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


def test_of_the_staff_those_who_count_where_the_district_votes_read_its_count(world, election, row):
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


def test_more_ballots_than_there_are_voters_are_not_counted(world, election, row):
    balanced(world, row, 25)
    with pytest.raises(Refused, match="已经登记票账，不能撤回；票账登错的先撤回票账。"):
        take(world.clerk, row, "discard", reason="登错")
    row.refresh_from_db()
    assert row.withdrawn_at is None
    with pytest.raises(Refused, match="领票25人，多于选民总数24人"):
        take(world.clerk, row, "count")


def test_nothing_is_settled_before_the_day(world, election, row):
    given = {"filed": 29, "destroyed": 0, "lost": 0, "witnesses": "", "settled_note": ""}
    with pytest.raises(Refused, match="投票结束以后才能登记"):
        take(world.clerk, row, "settle", on=date(2026, 12, 19), **given)


def test_a_result_is_declared_by_two_people_and_names_who_won_with_their_votes(world, election, row):
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
        with pytest.raises(Refused, match="不能办理这一步"):
            take(world.clerk, row, key)


def tampered(row: Round) -> None:
    """Somebody writes other numbers behind the count's back."""
    with action(SET_UP, actor=None):
        for entry in CountEntry.objects.filter(reader__unit__count=facts(row).count):
            cells = {
                key: number - 1 if key == "void_unreadable" else number for key, number in entry.sheet["cells"].items()
            }
            CountEntry.objects.filter(pk=entry.pk).update(sheet=entry.sheet | {"cells": cells | {"collected": 19}})


def test_a_count_that_reads_otherwise_since_is_not_declared(world, election, row, browse):
    counted(world, row, (15, 12, 9))
    tampered(row)
    assert facts(row).result is None
    with pytest.raises(Refused, match="与结束时不一致"):
        take(world.clerk, row, "declare", **DECLARE)
    page = browse(world.clerk).get(reverse("elections-round-declare", args=[world.township.code, row.pk]))
    assert "与结束时不一致" in page.content.decode()


def test_a_count_that_changed_after_it_was_asked_for_is_not_confirmed(world, election, row, browse):
    counted(world, row, (15, 12, 9))
    take(world.clerk, row, "declare", **DECLARE)
    tampered(row)
    with pytest.raises(Refused, match="提出宣布以后计票有变化"):
        take(world.chair, row, "confirm")
    page = browse(world.chair).get(reverse("elections-round-confirm", args=[world.township.code, row.pk]))
    assert "提出宣布以后计票有变化" in page.content.decode()


def test_the_report_tells_sums_outcome_and_articles_and_bears_the_fingerprint(world, election, row):
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


def test_the_notice_names_the_elected_of_declared_districts_alone(world, election, row):
    with pytest.raises(Refused, match="还没有宣布"):
        elected_notice(election, LATER)
    counted(world, row, (15, 9, 6))
    declared(world, row)
    told = said(elected_notice(election, LATER)["parts"])
    assert "现将当选代表1名公布如下" in told
    assert "丁一\t女\t1980年3月\t村民\t15" in told
    assert "于二" not in told
    assert "不足的1名另行选举" in told
    with action(SET_UP, actor=None):
        Winner.objects.filter(name="丁一").update(nominee=None)  # as somebody whom voters wrote in
    assert "丁一\t　\t　\t选民另选\t15" in said(elected_notice(election, LATER)["parts"])


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


def test_the_report_is_offered_once_votes_are_counted_to_those_who_issue_and_two_names_stand_at_the_declaration(
    world, election, browse
):
    row = begun(world, election)
    url, printed = (
        reverse(f"elections-{name}", args=[world.township.code, row.pk]) for name in ("round", "round-report")
    )

    def shown(user):
        answer = browse(user).get(url)
        return printed in answer.content.decode(), {label: words for label, words, *_ in answer.context["rows"]}

    assert not shown(world.clerk)[0]
    counted(world, row, (15, 12, 9))
    assert [shown(user)[0] for user in (world.clerk, world.chair, world.county_viewer)] == [True, True, False]
    assert "办理宣布的两人" not in shown(world.clerk)[1]
    declared(world, row)
    row.refresh_from_db()
    assert shown(world.county_viewer)[1]["办理宣布的两人"] == f"{row.asked_by}、{row.confirmed_by}"
    assert shown(world.county_viewer)[1]["宣布的文件"] == row.paper


def offered(world, election) -> set[str]:
    """Which steps of its work change what a vote was held under."""
    standing = standing_of(world.clerk, world.township)
    found = {one.key for one in CAMPAIGN.offered(standing, CAMPAIGN.find(election.campaign_id))}
    return found & {"move-day", "carry-districts", "add-level", "drop-level"}


def test_day_districts_and_levels_stand_once_somebody_has_voted(world, election, row):
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
