"""Ballots come from the locked formal list and from nothing else; what was printed of a list that changed is void."""

from datetime import date

import pytest

from congress.documents.ballots import Ballot, ballots_pdf
from congress.documents.fonts import MissingGlyph
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from congress.printing import printed
from deputies.actions import DISTRICTS
from elections.actions import ballots as acts
from elections.actions import rounds
from elections.actions.candidate_lists import VOTING_RULES, against_locking
from elections.documents import ballots as papers
from elections.documents.candidates import CONSULTATION, PRELIMINARY_RESULT, formal_notice
from elections.forms.candidate_lists import PrintForm
from elections.models import BallotPrint, Registration, VotingRules
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    FORMAL_ON,
    PLACES,
    drawn,
    facts,
    leave,
    named,
    preliminary,
    published,
    settled,
    step,
    talk,
)
from tests.elections.papers import place, said, text_of

ORDER = {"ordered_on": date(2026, 12, 14), "spare": 20, "first_stub": 1, "colour": "浅红"}


def ordered(world, election, **values) -> list[BallotPrint]:
    return acts.order(world.clerk, election, **{**ORDER, **values})


def test_ballots_are_ordered_for_all_districts_at_once_with_stub_numbers_that_follow_each_other(world, election):
    settled(world, election)
    first, second = ordered(world, election)
    assert (first.voters, first.copies, first.first_stub, first.last_stub) == (4, 24, 1, 24)
    assert (second.voters, second.copies, second.first_stub, second.last_stub) == (2, 22, 25, 46)
    with pytest.raises(Refused, match="没有等待付印的选区"):
        ordered(world, election)
    told = text_of(printed(papers.PRINT_ORDER, election))
    for words in ("1—24", "25—46", "合计", "印制张数242246"):
        assert words in told


def test_a_ballot_shows_names_seats_lines_for_others_rules_and_no_number(world, election):
    """X-K05: the number stands on the stub; the sample has neither stub nor number."""
    settled(world, election)
    rules = VotingRules(
        township=world.township, election=election, marks="symbol", fixed_on=date(2026, 11, 30), paper="选举办法"
    )
    VOTING_RULES.record(world.clerk, rules)
    ordered(world, election)
    told = text_of(printed(papers.PRINTED, election))
    for words in (
        "云溪镇第十八届人民代表大会代表选举",
        "应选2名",
        "丁一",
        "于二",
        "王三",
        "另选他人姓名",
        "浅红",
        "盖章处",
    ):
        assert words in told
    assert "规定符号以外的符号：不是规定的符号，该处不计" in told
    assert told.index("存根") < told.index("本选区存根号码1至24") < told.index("选票")
    sample = text_of(printed(papers.SAMPLE, election))
    assert "存根" not in sample
    assert "样票" in sample
    assert said(formal_notice(election, FORMAL_ON)["parts"]).count("只该处不计，其余部分有效") == 1


def test_a_ballot_of_a_list_that_changed_after_it_was_locked_is_refused_and_what_was_printed_is_void(world, election):
    found = settled(world, election)[1]
    first, _ = ordered(world, election)
    step(world, found, "publish", FORMAL_ON, **PLACES)
    found.refresh_from_db()
    leave(found.entries.get(position=2).nominee)
    with pytest.raises(Refused, match="第1选区（东山村）的正式候选人名单定稿以后有变动"):
        printed(papers.PRINTED, election)
    with pytest.raises(Refused, match="第1选区（东山村）的名单定稿以后有变动，请先取消定稿或者公告变动。"):
        formal_notice(election, FORMAL_ON)
    step(world, found, "notice", date(2026, 12, 17))
    first.refresh_from_db()
    assert (first.void_on, first.void_why) == (date(2026, 12, 17), "名单第1次变动")
    (again,) = ordered(world, election, first_stub=47)
    assert (again.candidate_list_id, again.first_stub) == (found.pk, 47)
    assert "于二" not in text_of(printed(papers.PRINTED, election))


def test_ballots_of_another_number_of_seats_are_void_and_printed_anew_before_the_vote_is_arranged(world, election):
    """No notice tells of a number of seats, so that none voids what was printed with it."""
    settled(world, election)
    first, _ = ordered(world, election)
    one = districts(election)[0]
    one = DISTRICTS.change(world.clerk, one, {"seats": 1}, one.version)
    with pytest.raises(Refused, match="第1选区（东山村）付印的选票与现在的应选名额不符，已经印制的作废，请重新付印。"):
        printed(papers.PRINTED, election)
    with pytest.raises(Refused, match="第1选区（东山村）已经印制的选票与现在的应选名额不符，请重新付印。"):
        rounds.begin(world.clerk, election)
    (again,) = ordered(world, election, first_stub=47)
    first.refresh_from_db()
    assert (first.void_on, first.void_why, again.first_stub) == (ORDER["ordered_on"], "应选名额变动", 47)
    event = AuditEvent.objects.filter(verb=acts.ORDER.key).latest("seq")
    assert event.detail == {"选区": 1, "选票": 24, "作废选票": 24}
    assert "应选1名" in text_of(printed(papers.PRINTED, election))
    rounds.begin(world.clerk, election)
    DISTRICTS.change(world.clerk, one, {"seats": 2}, one.version)
    with pytest.raises(Refused, match="应选名额变动的先撤回投票的安排再付印"):
        ordered(world, election, first_stub=71)
    assert BallotPrint.objects.filter(void_on=None).count() == 2


def test_no_ballots_are_ordered_for_a_district_with_nobody_on_its_roll(world, election):
    settled(world, election)
    with action(SET_UP, actor=None):
        Registration.objects.filter(district=districts(election)[1]).update(on_roll=False)
    with pytest.raises(Refused, match="第2选区（西山村）的选民册上还没有选民，不能计算选票张数。"):
        ordered(world, election)
    assert not BallotPrint.objects.exists()


def test_where_no_candidate_is_left_no_ballot_is_printed_and_the_other_districts_have_theirs(world, election):
    found = settled(world, election)[1]
    step(world, found, "publish", **PLACES)
    for entry in facts(found).standing:
        leave(entry, "died")
    step(world, found, "notice")
    assert [one.candidate_list.district.number for one in ordered(world, election)] == [2]
    assert [one.district.number for one in rounds.begin(world.clerk, election)] == [2]


def test_a_correction_that_no_ballot_shows_voids_none(world, election):
    found = settled(world, election)[1]
    first, _ = ordered(world, election)
    step(world, found, "publish", FORMAL_ON, **PLACES)
    nominee = found.entries.get(position=1).nominee
    with action(SET_UP, actor=None):
        nominee.education = "大专"
        nominee.save()
    step(world, found, "notice", date(2026, 12, 15))
    first.refresh_from_db()
    assert first.void_on is None
    with action(SET_UP, actor=None):
        nominee.name = "丁乙"
        nominee.save()
    step(world, found, "notice", date(2026, 12, 16))
    first.refresh_from_db()
    assert first.void_on == date(2026, 12, 16)


def test_a_name_no_font_draws_is_refused_with_its_place(world, election):
    named(election, "丁一", "于二", "王\U0003134a")
    named(election, "张四", "李五", "赵六", district=2)
    for row in first_by_hand(world, election):
        step(world, row, "lock")
    with pytest.raises(Refused, match="第3位候选人“王\U0003134a”"):
        ordered(world, election)
    with pytest.raises(MissingGlyph):
        ballots_pdf([Ballot(("选票",), "第1选区", 1, (("王\U0003134a", "", ""),), (), "选委会")], title="选票")


def test_two_people_whom_a_ballot_does_not_tell_apart_are_told_before_it_is_printed(world, election):
    """Who votes for one of them has to be able to say for which."""
    named(election, "丁一", "王三")
    named(election, "丁一", birth_date=date(1981, 5, 6))
    named(election, "张四", "李五", "赵六", district=2)
    published(world, election, "first", FIRST_ON)
    for number in (1, 2):
        talk(world, election, number)
    for number, row in drawn(world, election, "formal").items():
        told = [one.message for one in against_locking(row, facts(row)) if one.code == "list.alike"]
        assert [one.startswith("丁一、丁一姓名、单位和职务都相同") for one in told] == [True] * (number == 1)
        step(world, row, "lock")
    with pytest.raises(Refused, match=r"第1选区（东山村）票上有姓名、单位和职务都相同的人，不能区分；"):
        ordered(world, election)
    assert not BallotPrint.objects.exists()


def first_by_hand(world, election):
    """First and formal lists whose order a person looked at."""
    for kind in ("first", "formal"):
        for row in (rows := drawn(world, election, kind)).values():
            if row.district.number == 1:
                step(world, row, "arrange", order="丁一\n于二\n王\U0003134a")
            if kind == "first":
                step(world, row, "lock")
                step(world, row, "publish", FORMAL_ON, **PLACES)
        if kind == "first":
            talk(world, election, 1)
            talk(world, election, 2)
    return rows.values()


def test_an_autonomous_county_prints_no_ballot_in_one_writing_alone(world, election):
    """X-K06."""
    settled(world, election)
    place(world, name="清江苗族自治县")
    with pytest.raises(Refused) as refused:
        ordered(world, election)
    assert [one.field for one in refused.value.findings] == ["title_beside"]
    ordered(world, election, title_beside="Xuanpiao")
    assert "Xuanpiao" in text_of(printed(papers.SAMPLE, election))


def test_the_sheets_name_the_candidates_of_each_group_and_ask_for_a_preliminary_vote_first(world, election):
    settled(world, election)
    told = text_of(printed(CONSULTATION, election))
    assert told.count("讨论、协商代表候选人记录表") == 2
    assert "丁一" in told
    assert "正式代表候选人应为3至4名" in told
    with pytest.raises(Refused, match="没有登记预选"):
        printed(PRELIMINARY_RESULT, election)


def test_the_sheet_of_a_preliminary_vote_tells_its_numbers_and_leaves_room_for_what_is_not_entered(world, election):
    one, two, *_ = named(election, "丁一", "于二", "王三", "田四", "白五")
    published(world, election, "first", FIRST_ON)
    preliminary(world, election, {one: 310, two: 207})
    told = text_of(printed(PRELIMINARY_RESULT, election))
    assert "选民900人参加预选600人收回选票600张废票张" in told
    assert "应选2名2026年12月10日" in told
    assert "丁一于二王三田四白五" in told
    assert "得票310207" in told


def test_the_word_for_colour_is_not_printed_twice():
    form = PrintForm({"ordered_on": "2026-12-14", "spare": 20, "first_stub": 1, "colour": "浅红色"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["colour"] == "浅红"
