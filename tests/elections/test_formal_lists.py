"""The formal list comes out of the first one by the law's ways: discussion, margin, preliminary vote."""

from datetime import date

import pytest

from congress.guard.action import Refused, action
from deputies.models import Mandate
from elections.actions import candidate_lists as acts
from elections.actions.consultations import PRELIMINARIES, preliminary_findings, turnout_findings
from elections.documents.candidates import preliminary_notice
from elections.forms.consultations import PreliminaryForm
from elections.models import VoterGroup
from elections.queries import candidate_lists as queries
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    FORMAL_ON,
    PLACES,
    against,
    drawn,
    named,
    names,
    preliminary,
    published,
    step,
    talk,
)
from tests.elections.papers import place, said


def test_who_stood_on_no_published_list_cannot_be_a_formal_candidate(world, election):
    """X-I03."""
    people = named(election, "甲一", "乙二", "丙三")
    published(world, election, "first", FIRST_ON)
    people += named(election, "丁四")
    talk(world, election)
    found = drawn(world, election, "formal")[1]
    step(world, found, "choose", nominees=people[1:])
    with pytest.raises(Refused, match="丁四不在公布的代表候选人名单上"):
        step(world, found, "lock")


def test_the_margin_holds_in_each_district_and_a_total_proves_nothing(world, election):
    """X-I05, N06: four seats and six people in all, and still one district has too few."""
    named(election, "甲一", "乙二", "丙三", "丁四")
    named(election, "张四", "李五", district=2)
    published(world, election, "first", FIRST_ON)
    talk(world, election, 1)
    talk(world, election, 2)
    found = drawn(world, election, "formal")
    step(world, found[1], "lock")
    with pytest.raises(Refused, match="正式候选人2名，少于3名（应选2名，多三分之一至一倍 = 3至4名）"):
        step(world, found[2], "lock")


def test_the_formal_list_waits_for_the_first_one_and_for_what_the_groups_said(world, election):
    named(election, "甲一", "乙二", "丙三")
    first = drawn(world, election, "first")[1]
    found = drawn(world, election, "formal")[1]
    assert against(found) == {"formal.no_first", "formal.not_consulted"}
    step(world, first, "lock", FIRST_ON)
    step(world, first, "publish", FIRST_ON, **PLACES)
    talk(world, election)
    assert against(found) == set()
    step(world, found, "lock")


def test_more_than_the_margin_and_no_common_opinion_asks_for_a_preliminary_vote_whose_order_is_the_lists(
    world, election
):
    """X-P03 the other way round: five for two seats, and the group is not of one mind."""
    one, two, three, four, five = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    published(world, election, "first", FIRST_ON)
    talk(world, election, agreed=False, opinions={one: 20, two: 19, three: 18, four: 17, five: 2})
    found = drawn(world, election, "formal")[1]
    assert "formal.preliminary_needed" in against(found)
    vote = preliminary(world, election, {one: 10, two: 50, three: 40, four: 30, five: 60})
    step(world, found, "choose", nominees=[one, two, three, four])
    assert against(found) == {"formal.unconfirmed", "formal.not_by_votes"}
    PRELIMINARIES.change(world.clerk, vote, {"confirmed_on": FORMAL_ON}, vote.version)
    step(world, found, "choose", nominees=[two, three, four, five])
    step(world, found, "lock")
    assert names(found) == ["戊五", "乙二", "丙三", "丁四"]
    found.refresh_from_db()
    assert found.by_votes


def test_groups_of_one_mind_need_no_preliminary_vote(world, election):
    """X-P03: seven for two seats and the groups agree; the four with most opinions are proposed."""
    people = named(election, *(f"{name}某" for name in "丁于王张李赵钱"))
    published(world, election, "first", FIRST_ON)
    talk(world, election, opinions={one: 26 - at for at, one in enumerate(people)})
    found = drawn(world, election, "formal")[1]
    assert names(found) == ["丁某", "于某", "王某", "张某"]
    step(world, found, "lock")


def test_what_several_groups_said_is_added_and_of_each_only_its_last_round(world, election):
    one, two, three = named(election, "甲一", "乙二", "丙三")
    place = districts(election)[0]
    with action(SET_UP, actor=None):
        other = VoterGroup.objects.create(township=world.township, district=place, number=2, name="东山村二组")
    talk(world, election, opinions={one: 20, three: 20})
    talk(world, election, round=2, opinions={one: 9, two: 1})
    talk(world, election, group=other, opinions={one: 5, three: 7})
    assert queries.facts_of(election)[place.pk].opinions == {one.pk: 14, two.pk: 1, three.pk: 7}


def test_a_tie_at_the_cut_is_settled_by_the_committee_and_by_nobody_else(world, election):
    """X-P01: 甲 is in, 乙 and 丙 are level for one place."""
    with action(SET_UP, actor=None):
        place = districts(election)[0]
        place.seats = 1
        place.save()
    one, two, three = named(election, "甲一", "乙二", "丙三")
    published(world, election, "first", FIRST_ON)
    talk(world, election, agreed=False)
    vote = preliminary(world, election, {one: 300, two: 210, three: 210}, confirmed_on=FORMAL_ON)
    found = drawn(world, election, "formal")[1]
    assert names(found) == ["甲一"]
    step(world, found, "choose", nominees=[one, three])
    with pytest.raises(Refused, match=r"乙二、丙三预选得票相等（210票），只余1名.*；请在预选的记录里填写。"):
        step(world, found, "lock")
    found.refresh_from_db()
    assert found.locked_at is None
    PRELIMINARIES.change(world.clerk, vote, {"settled": "选举委员会第5次会议决定"}, vote.version)
    step(world, found, "lock")
    assert names(found) == ["甲一", "丙三"]


def test_too_few_in_the_preliminary_vote_by_the_local_rule_keeps_the_list_open(world, election):
    """北京细则四十一: a third of the voters."""
    people = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    place(world, province="beijing")
    published(world, election, "first", FIRST_ON)
    vote = preliminary(world, election, {one: 50 - at for at, one in enumerate(people)}, confirmed_on=FORMAL_ON)
    PRELIMINARIES.change(world.clerk, vote, {"took_part": 299, "recovered": 299}, vote.version)
    found = drawn(world, election, "formal")[1]
    assert "preliminary.turnout" in against(found)


def test_somebody_of_the_same_name_as_one_on_the_list_is_a_stranger_to_it_all_the_same(world, election):
    people = named(election, "甲一", "乙二", "丙三")
    published(world, election, "first", FIRST_ON)
    namesakes = named(election, "甲一", form="refused", birth_date=date(1970, 1, 1))
    talk(world, election)
    found = drawn(world, election, "formal")[1]
    step(world, found, "choose", nominees=[*namesakes, *people[1:]])
    with pytest.raises(Refused, match="甲一不在公布的代表候选人名单上"):
        step(world, found, "lock")


@pytest.mark.parametrize("missing", ["registered", "took_part"])
def test_votes_are_entered_with_how_many_voters_there_are_and_how_many_came(world, election, missing):
    """The share that has to take part is one of these two numbers; a record without them closes no page."""
    people = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    published(world, election, "first", FIRST_ON)
    with pytest.raises(Refused, match="填写得票的，请同时填写") as refused:
        preliminary(world, election, dict.fromkeys(people, 9), **{missing: None})
    assert [one.field for one in refused.value.findings] == [missing]
    vote = preliminary(world, election, dict.fromkeys(people, 9))
    setattr(vote, missing, None)
    assert turnout_findings(vote, election.election_day) == []


def test_the_notice_of_a_preliminary_vote_names_the_people_in_the_order_of_the_published_list(world, election):
    """By surname, and as a person set it: whoever compares the two papers finds one order."""
    people = named(election, "王三五", "王三", "丙三", "丁四", "戊五")
    for row in acts.draw(world.clerk, election, "first", convention="xingshi"):
        step(world, row, "arrange", order="王三五\n王三\n丙三\n丁四\n戊五")
        step(world, row, "lock")
    vote = preliminary(world, election, dict.fromkeys(people, 9))
    told = said(preliminary_notice(vote, FORMAL_ON)["parts"])
    assert "（以姓氏笔画为序）：王三五、王三、丙三、丁四、戊五。" in told


def test_a_preliminary_record_that_leaves_a_tie_names_the_people(world, election):
    people = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    published(world, election, "first", FIRST_ON)
    vote = preliminary(world, election, dict.fromkeys(people, 9))
    (tie,) = [one.message for one in preliminary_findings(vote) if one.code == "preliminary.tie"]
    assert set(tie.partition("预选得票相等（9票）")[0].split("、")) == {one.name for one in people}


def test_where_too_many_are_named_and_nothing_was_said_yet_the_list_stands_empty_and_stays_open(world, election):
    named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    published(world, election, "first", FIRST_ON)
    found = drawn(world, election, "formal")[1]
    assert (names(found), against(found)) == ([], {"list.nobody"})


def test_the_votes_of_a_record_are_shown_again_as_they_were_typed(world, election):
    one, two, *_ = named(election, "丁一", "于二", "王三", "张四", "李五")
    published(world, election, "first", FIRST_ON)
    vote = preliminary(world, election, {one: 10, two: 9})
    assert PreliminaryForm(instance=vote)["results"].value() == "丁一 10\n于二 9"


def test_the_preliminary_vote_of_another_election_of_the_same_district_is_none_of_this_one(world, election):
    people = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    published(world, election, "first", FIRST_ON)
    vote = preliminary(world, election, dict.fromkeys(people, 9))
    with action(SET_UP, actor=None):
        vote.election = type(election).objects.create(
            township=world.township,
            term=election.term,
            how=Mandate.How.BY_ELECTION,
            begun_on=election.begun_on,
            election_day=election.election_day,
        )
        vote.save()
    assert queries.facts_of(election)[vote.district_id].preliminary is None
