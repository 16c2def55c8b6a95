"""Ballots handed out on polling day: one for each voter among all places, to the voter or to whom the voter entrusted."""

import uuid
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from deputies.models import District, Level, Term
from elections.actions import issue as acts
from elections.actions.rounds import LEDGER
from elections.life import REGISTER, ROUND
from elections.models import (
    BallotIssue,
    Election,
    IssueHour,
    MobileBox,
    MobileVoter,
    PollingPlace,
    Registration,
    Round,
    VoterCard,
)
from elections.queries import turnout
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, districts, peopled
from tests.elections.desks import (
    another_place,
    at_hour,
    closed,
    desk,
    entrusted,
    handed,
    issued,
    opened,
    person,
    polling,
    voter,
)
from tests.elections.rounds import facts, line, take

pytestmark = pytest.mark.django_db


def test_a_voter_is_found_by_number_by_the_number_of_a_void_card_and_by_two_letters(world, election, register):
    found = desk(register)
    number = Registration.objects.get(voter__name="于二").card_no
    assert [one.called for one in found.find(f" {number} ")] == [f"{number}号于二"]
    assert [one.voter.name for one in found.find("欧阳")] == ["欧阳小明"]
    for text in ("欧", "999", "9999999999", "9" * 5000, "张四"):
        assert found.find(text) == [], text
    row = Registration.objects.get(voter__name="王三")
    given = {"township": world.township, "election": election, "registration": row, "district": row.district}
    with action(SET_UP, actor=None):
        old = VoterCard.objects.create(**given, number=501, issued_on=ELECTION_DAY, voided_on=ELECTION_DAY)
        VoterCard.objects.create(**given, number=502, issued_on=ELECTION_DAY, replaces=old, reason="lost")
    for text in ("501", "502"):
        assert [one.called for one in desk(register).find(text)] == ["502号王三"]


def test_a_ballot_is_issued_once_whatever_the_place_and_leaves_no_event(world, election, register):
    """X-X02: to each voter, not to a class or a group at once."""
    elsewhere = opened(world, election, another_place(election))
    before = AuditEvent.objects.count()
    (one,) = acts.issue(register, voter(election, "丁一"))
    assert (one.voter.name, issued(register)) == ("丁一", ["person"])
    for again in (register, elsewhere):
        with pytest.raises(Refused, match=r"丁一：已经领过.*东山村投票站.*只有一个投票权"):
            acts.issue(again, voter(election, "丁一"))
    assert AuditEvent.objects.count() == before
    row = BallotIssue.objects.get()
    assert row.issued_on == ELECTION_DAY
    twin = {name: getattr(row, name) for name in ("township", "round", "registration_key", "way", "issued_on")}
    with pytest.raises(IntegrityError, match="ballot_issue_once"), transaction.atomic():
        BallotIssue.objects.create(**twin, register=elsewhere)


def test_nothing_is_issued_to_who_is_of_another_district_off_the_roll_or_unknown(world, election, register):
    with pytest.raises(Refused, match=r"登记在第2选区.*请到本选区的投票站"):
        acts.issue(register, voter(election, "张四"))
    with action(SET_UP, actor=None):
        Registration.objects.filter(voter__name="于二").update(on_roll=False)
    with pytest.raises(Refused, match="已从乡镇选民名单上除去"):
        acts.issue(register, voter(election, "于二"))
    number = Registration.objects.get(voter__name="于二").card_no
    assert desk(register).find(str(number))[0].against, "a removed voter's number says so, and is not unknown"
    with pytest.raises(Refused, match="没有这名选民"):
        acts.issue(register, uuid.uuid4())
    assert issued(register) == []


def test_a_mobile_box_hands_out_to_its_list_alone_and_to_agents_who_are_on_it(world, election):
    polling(world, election)
    with action(SET_UP, actor=None):
        box = MobileBox.objects.create(
            township=world.township,
            campaign=election.campaign,
            district=districts(election)[0],
            number=1,
            route="五组",
            leaves_at="08:00",
        )
        entry = Registration.objects.get(voter__name="丁一")
        MobileVoter.objects.create(township=world.township, box=box, registration=entry, reason="unwell")
    entrusted(election, "王三", "丁一", 1)
    with at_hour(9):
        register = opened(world, election, box)
        with pytest.raises(Refused, match="不在第1选区流动票箱1号的选民册上"):
            acts.issue(register, voter(election, "于二"))
        acts.issue(register, voter(election, "丁一"), "person", [voter(election, "王三")])
        station = opened(world, election, PollingPlace.objects.get())
        assert person(station, election, "丁一").box == box
        with pytest.raises(Refused, match="流动票箱1号"):
            acts.issue(station, voter(election, "丁一"))
    assert issued(register) == ["person", "proxy"]


def test_a_register_is_opened_on_polling_day_once(world, election):
    polling(world, election)
    place = PollingPlace.objects.get()
    with pytest.raises(Refused, match="投票日当天才能开启"):
        acts.open_register(world.clerk, election.campaign, place)
    register = opened(world, election)
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(world, election)
    with pytest.raises(Refused, match="今天不能发票"):
        acts.issue(register, voter(election, "丁一"))


def test_a_closed_register_issues_nothing_until_it_is_opened_again_the_same_day(world, election, register):
    handed(register, election, "丁一")
    closed(world, register, queued=True)
    register.refresh_from_db()
    assert (register.closed_on, register.queued) == (ELECTION_DAY, True)
    for act in (
        lambda: acts.issue(register, voter(election, "于二")),
        lambda: acts.replace(world.clerk, register, voter(election, "丁一")),
        lambda: acts.undo(world.clerk, register, voter(election, "丁一"), "登错了人"),
    ):
        with pytest.raises(Refused, match="已经关闭"):
            act()
    with pytest.raises(Refused, match="已于2026年12月20日关闭"):
        REGISTER.take("close", world.clerk, register, on=ELECTION_DAY)
    REGISTER.take("reopen", world.clerk, register, on=ELECTION_DAY, reason="关早了")
    with pytest.raises(Refused, match="领票登记还开着。"):
        REGISTER.take("reopen", world.clerk, register, on=ELECTION_DAY, reason="关早了")
    handed(register, election, "于二")
    with pytest.raises(Refused, match="不能早于投票日"):
        REGISTER.take("close", world.clerk, register, on=ELECTION_DAY.replace(day=19))
    closed(world, register)
    with clock.frozen(ELECTION_DAY.replace(day=21)), pytest.raises(Refused, match="投票日已过，领票登记不能再打开。"):
        REGISTER.take("reopen", world.clerk, register, reason="又想起来")
    register.refresh_from_db()
    assert register.closed_on == ELECTION_DAY


def test_a_register_nobody_closed_issues_nothing_on_the_day_after(world, election, register):
    with clock.frozen(ELECTION_DAY.replace(day=21)), pytest.raises(Refused, match="今天不能发票"):
        acts.issue(register, voter(election, "丁一"))


def test_a_tick_is_taken_back_where_it_was_made_and_nowhere_else(world, election, register):
    elsewhere = opened(world, election, another_place(election))
    acts.issue(register, voter(election, "丁一"))
    with pytest.raises(Refused, match="没有在这里领票的登记"):
        acts.undo(world.clerk, elsewhere, voter(election, "丁一"), "登错了人")
    assert issued(register) == ["person"]


def test_exchanges_and_ticks_taken_back_are_counted_and_their_events_name_nobody(world, election, register):
    handed(register, election, "丁一", "于二")
    with pytest.raises(Refused, match="还没有领票"):
        acts.replace(world.clerk, register, voter(election, "王三"))
    acts.replace(world.clerk, register, voter(election, "丁一"))
    with pytest.raises(Refused, match="没有在这里领票的登记"):
        acts.undo(world.clerk, register, voter(election, "王三"), "登错了人")
    with at_hour(10):
        acts.undo(world.clerk, register, voter(election, "于二"), "登错了人")
    said = desk(register).totals[BallotIssue.objects.kept().get().round_id]
    assert dict(said) == {"person": 1, "replaced": 1}
    gone = BallotIssue.objects.exclude(withdrawn_at=None).get()
    assert gone.withdrawn_at.astimezone().strftime("%H%M") == "0000", "not the minute either"
    for event in AuditEvent.objects.filter(verb__in=(acts.REPLACE.key, acts.UNDO.key)):
        told = f"{event.subject_label}{event.detail}"
        assert "东山村投票站" in told
        assert not any(one in told for one in ("丁一", "于二", str(gone.registration_key), str(gone.pk)))
    handed(register, election, "于二")
    hours = {(one.hour, one.way): one.number for one in IssueHour.objects.all()}
    assert hours == {(8, "person"): 3, (8, "replaced"): 1, (10, "person_back"): 1}


def test_a_vote_is_not_counted_while_a_register_is_open_and_the_ledger_is_compared(world, election, register):
    row = desk(register).rounds[0]
    handed(register, election, "丁一", "于二")
    with pytest.raises(Refused, match="已经发过选票，不能撤回"):
        take(world.clerk, row, "discard", reason="排错了")
    made = line(world, row, 3)
    assert [one.code for one in facts(row).ledger_findings] == [
        "ledger.open",
        "ledger.register_open",
        "ledger.register",
    ]
    with pytest.raises(Refused, match="领票登记还没有关闭：东山村投票站。"):
        take(world.clerk, row, "count")
    assert facts(row).count is None
    closed(world, register)
    found = facts(row).ledger_findings[-1]
    assert (found.code, found.blocking) == ("ledger.register", False)
    assert "本人领票票账3、领票登记2" in found.message
    LEDGER.change(world.clerk, made, {"note": "纸质登记册为3人，漏点一人"}, made.version)
    assert [one.code for one in facts(row).ledger_findings] == ["ledger.open"], "the paper wins with a reason"


def test_a_township_on_paper_alone_loses_nothing(world, election):
    row = polling(world, election)
    line(world, row, 20)
    assert [one.code for one in facts(row).ledger_findings] == ["ledger.open"]
    assert turnout.by_place(election) == turnout.by_hour(election) == []


def test_no_register_is_opened_again_once_the_ballots_are_counted(world, election, register):
    row = desk(register).rounds[0]
    handed(register, election, "丁一")
    closed(world, register)
    line(world, row, 1)
    take(world.clerk, row, "settle", filed=3, destroyed=25, lost=0, witnesses="甲、乙", settled_note="")
    ROUND.take("count", world.clerk, row, on=ELECTION_DAY)
    assert desk(register).rounds == []
    with pytest.raises(Refused, match="计票已经开始"):
        REGISTER.take("reopen", world.clerk, register, on=ELECTION_DAY, reason="漏发一人")


@pytest.mark.django_db(transaction=True)
def test_two_tables_in_the_same_moment_issue_one_ballot(world):
    with scope.township(world.township):
        election = peopled(world)
        polling(world, election)
        places = [PollingPlace.objects.get(), another_place(election)]
        registers = [opened(world, election, one) for one in places]
        who = voter(election, "丁一")
    ready, answers = Barrier(2, timeout=20), []

    def hand(register):
        try:
            with at_hour(8), scope.township(world.township), transaction.atomic():
                found = desk(register).person(who)
                assert found.open, "both see that nothing was issued yet"
                ready.wait()
                acts._write(register, [(found, found.open, "person")])
                answers.append("issued")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    both = [Thread(target=hand, args=[one]) for one in registers]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(answers) == 2
    assert sorted(answers)[0] == "issued"
    assert "刚刚在另一处" in sorted(answers)[1]
    with scope.township(world.township):
        assert BallotIssue.objects.kept().count() == 1
        assert sum(IssueHour.objects.values_list("number", flat=True)) == 1


def test_who_votes_at_both_levels_gets_both_ballots_at_once_and_who_does_not_gets_one(world, election, register):
    vote = desk(register).rounds[0]
    with action(SET_UP, actor=None):
        term = Term.objects.create(township=world.township, level=Level.COUNTY, number=17, seats=50)
        days = {"begun_on": election.begun_on, "election_day": ELECTION_DAY}
        county = Election.objects.create(township=world.township, campaign=election.campaign, term=term, **days)
        district = District.objects.create(township=world.township, term=term, number=7, name="县七", seats=2)
        PollingPlace.objects.update(county_district=district)
        held = {one.attname: getattr(vote, one.attname) for one in Round._meta.concrete_fields}
        of = {"id": uuid.uuid4(), "election_id": county.pk, "district_id": district.pk}
        other = Round.objects.create(**held | of)
        for name in ("丁一", "于二"):
            row = Registration.objects.get(voter__name=name)
            held = {one.attname: getattr(row, one.attname) for one in Registration._meta.concrete_fields}
            own = {"id": uuid.uuid4(), "election_id": county.pk, "district_id": district.pk, "card_no": None}
            Registration.objects.create(**held | own | {"group_id": None})
        alone = Registration.objects.get(voter__name="于二", election=county)
        VoterCard.objects.create(
            township=world.township,
            election=county,
            registration=alone,
            district=district,
            number=301,
            issued_on=ELECTION_DAY,
        )
    found = desk(register)
    assert found.rounds == [vote, other], "the township's first"
    assert [one.voter.name for one in found.find("301")] == ["于二"], "the county's number where nobody has it here"
    both = person(register, election, "丁一")
    assert [one.level for one in both.open] == ["乡镇", "县级"]
    acts.issue(register, both.voter.pk)
    acts.replace(world.clerk, register, both.voter.pk, other.pk)
    assert [desk(register).totals[one.pk]["replaced"] for one in (vote, other)] == [0, 1], "the spoilt one alone"
    one = person(register, election, "王三")
    assert ([paper.level for paper in one.open], one.against) == (["乡镇"], ["不在县级选民名单上。"])
    acts.issue(register, one.voter.pk)
    totals = desk(register).totals
    assert (totals[vote.pk]["person"], totals[other.pk]["person"]) == (2, 1)
    assert [sum(line.issued for line in turnout.by_hour(level)) for level in (election, county)] == [2, 1]
    with action(SET_UP, actor=None):  # of one level alone it was issued elsewhere
        BallotIssue.objects.kept().filter(round=other).update(withdrawn_at=acts.BallotIssue.moment_of(ELECTION_DAY))
    again = person(register, election, "丁一")
    assert ([paper.level for paper in again.open], [paper.level for paper in again.issued]) == (["县级"], ["乡镇"])
