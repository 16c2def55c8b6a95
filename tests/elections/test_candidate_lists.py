"""The first list: everybody lawfully named stands on it, in the order of strokes, told by whom."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congress.guard.action import Refused, action
from elections.actions import nominations
from elections.documents.candidates import proposers
from elections.life import NOMINATION, NOMINEE
from elections.models import (
    CandidateEntry,
    NominatingBody,
    Nomination,
    NominationBody,
    Nominee,
    Vetting,
    VettingUnit,
)
from elections.queries import candidate_lists as queries
from tests.cast import SET_UP
from tests.elections.campaigns import districts
from tests.elections.candidates import (
    FIRST_ON,
    PLACES,
    against,
    drawn,
    leave,
    named,
    names,
    settled,
    step,
    talk,
)


def test_everybody_lawfully_named_stands_on_the_first_list_whatever_was_advised_in_the_order_of_strokes(
    world, election
):
    """X-I01, X-N04, N05: advice removes nobody; 于 stands before 上 by its first stroke."""
    people = named(election, "丁试甲", "王试乙", "王试", "于试丙", "上官试")
    with action(SET_UP, actor=None):
        unit = VettingUnit.objects.create(township=world.township, campaign=election.campaign, name="组织部门")
        Vetting.objects.create(
            township=world.township,
            nominee=people[1],
            unit=unit,
            asked_on=FIRST_ON,
            due_on=FIRST_ON,
            opinion="advice",
            words="在本村居住不满三年",
        )
    found = drawn(world, election, "first")[1]
    assert names(found) == ["丁试甲", "于试丙", "上官试", "王试", "王试乙"]
    assert against(found) == set()


def test_no_list_is_drawn_up_of_nobody_nor_twice(world, election):
    for people in ((), ("丁一", "于二")):
        if people:
            named(election, *people)
            assert list(drawn(world, election, "first")) == [1]  # in the other district nobody is named
        with pytest.raises(Refused, match="没有等待拟定的选区：名单已经拟定，或者还没有候选人。"):
            drawn(world, election, "first")
    assert CandidateEntry.objects.count() == 2


def test_a_first_list_that_leaves_somebody_out_cannot_be_closed_and_can_be_entered_all_the_same(world, election):
    """X-I01: 联审未通过 is no reason; the paper that hangs is entered as it hangs, with what stands against it."""
    people = named(election, "甲一", "乙二", "丙三", "丁四", "戊五")
    found = drawn(world, election, "first")[1]
    step(world, found, "choose", nominees=people[:4])
    with pytest.raises(Refused, match="漏列被推荐的候选人1名，不得减少：戊五"):
        step(world, found, "lock")
    step(world, found, "publish", FIRST_ON, **PLACES)
    found.refresh_from_db()
    assert (found.published_on, found.locked_at) == (FIRST_ON, None)
    talk(world, election)
    assert "formal.first_open" in against(drawn(world, election, "formal")[1])
    other = drawn(world, election_of_two(election), "first")[2]
    with pytest.raises(Refused, match="名单可以定稿，请先定稿再登记公布。"):
        step(world, other, "publish", FIRST_ON, **PLACES)
    other.refresh_from_db()
    assert other.published_on is None


def election_of_two(election):
    named(election, "张四", district=2)
    return election


def test_who_declines_or_whose_forms_were_all_refused_is_not_on_it_and_unchecked_forms_are_settled_first(
    world, election
):
    """X-N06, X-N01: nobody is dropped in silence, each way is on record."""
    agreed, declined = named(election, "丁一", "于二")
    named(election, "王三", form="refused")
    (waiting,) = named(election, "张四", form="received")
    leave(declined, "declined")
    unsettled = waiting.nominations.get()
    found = drawn(world, election, "first")[1]
    assert names(found) == ["丁一"]
    with pytest.raises(Refused, match="还有1份推荐表没有核对"):
        step(world, found, "lock")
    with action(SET_UP, actor=None):
        unsettled.state = Nomination.State.ACCEPTED
        unsettled.save()
    with pytest.raises(Refused, match="漏列被推荐的候选人1名，不得减少：张四"):
        step(world, found, "lock")
    step(world, found, "choose", nominees=[agreed, waiting])
    step(world, found, "lock")
    assert agreed.entries.count() == 1


def test_a_character_whose_place_nobody_knows_is_looked_at_by_a_person(world, election):
    named(election, "王䶮", "丁一")
    found = drawn(world, election, "first")[1]
    with pytest.raises(Refused, match="“䶮”笔画表中没有或者次序不定"):
        step(world, found, "lock")
    with pytest.raises(Refused, match="缺王䶮；名单上没有王龙"):
        step(world, found, "arrange", order="王龙\n丁一")
    with pytest.raises(Refused, match="每名候选人写一次：有人写了两次。"):
        step(world, found, "arrange", order="王䶮\n丁一\n王䶮")
    step(world, found, "arrange", order="王䶮\n丁一")
    step(world, found, "lock")
    assert names(found) == ["王䶮", "丁一"]


def test_two_of_one_name_are_told_apart_in_the_order_and_on_the_ballot(world, election):
    named(election, "王三", "丁一", "于二")
    named(election, "王三", birth_date=date(1970, 1, 1), employer_post="教师")
    found = drawn(world, election, "first")[1]
    step(world, found, "arrange", order="王三（1980）\n丁一\n于二\n王三（1970）")
    posts = CandidateEntry.objects.kept().filter(candidate_list=found).order_by("position")
    assert [one.nominee.birth_date.year for one in posts] == [1980, 1980, 1980, 1970]


def test_facts_of_all_districts_are_asked_in_as_many_queries_as_of_one(world, election, django_assert_num_queries):
    settled(world, election)
    one = districts(election)[0].pk
    with django_assert_num_queries(10):
        assert len(queries.facts_of(election)) == 2
    with django_assert_num_queries(10):
        assert len(queries.facts_of(election, [one])) == 1


def form_of(nominee, state, **values):
    with action(SET_UP, actor=None):
        return Nomination.objects.create(
            township=nominee.township,
            nominee=nominee,
            state=state,
            submitted_on=date(2026, 12, 1),
            kind="bodies",
            **values,
        )


def test_who_put_somebody_forward_is_told_as_the_forms_have_it(world, election):
    (nominee,) = named(election, "丁一", form="")
    with action(SET_UP, actor=None):
        body = NominatingBody.objects.create(
            township=world.township, campaign=election.campaign, name="云溪镇总工会", kind="people"
        )
    form = form_of(nominee, Nomination.State.ACCEPTED)
    form_of(nominee, Nomination.State.REFUSED)
    with action(SET_UP, actor=None):
        NominationBody.objects.create(township=world.township, nomination=form, body=body)
    assert proposers([nominee]) == {nominee.pk: "云溪镇总工会"}


# -- whatever is done, in any order

STROKES = ("丁试甲", "于试丙", "王试")  # as the case has them


class _Undone(Exception):
    pass


def _submitted(world, election) -> dict:
    """Three people, each with a lawful form by a body of its own that nobody has checked yet, and a unit asked about each."""
    people = {one.name: one for one in named(election, "王试", "丁试甲", "于试丙", form="received")}
    with action(SET_UP, actor=None):
        of = {"township": world.township, "campaign": election.campaign}
        unit = VettingUnit.objects.create(**of, name="组织部门")
        for name, one in people.items():
            form = one.nominations.get()
            body = NominatingBody.objects.create(**of, name=f"{name}协会", kind="people")
            NominationBody.objects.create(township=world.township, nomination=form, body=body)
    nominations.ask(world.clerk, election.campaign, list(people.values()), [unit], FIRST_ON)
    return people


def _do(world, nominee, what: str) -> None:
    """One step about a person. Raises Refused."""
    if what == "advise against":
        asked = nominee.vettings.get()
        said = {"opinion": "advice", "words": "在本村居住不满三年", "answered_on": FIRST_ON}
        nominations.VETTINGS.change(world.clerk, asked, said, asked.version)
    elif what in ("leave", "return"):
        values = {"how": "withdrew", "paper": "本人声明"} if what == "leave" else {"reason": "登错了人"}
        NOMINEE.take(what, world.clerk, Nominee.objects.get(pk=nominee.pk), on=FIRST_ON, **values)
    else:
        form = NOMINATION.read(nominee.nominations.all()).get()
        NOMINATION.take(what, world.clerk, form, on=FIRST_ON, **({"reason": "再看一遍"} if what == "reopen" else {}))


def check_nobody_vanishes(world, election, deeds) -> None:
    people = _submitted(world, election)
    checked, gone = set(), set()
    for name, what in deeds:
        try:
            _do(world, people[name], what)
        except Refused:
            continue
        assert what != "refuse", "a lawful form was refused"
        checked = checked | {name} if what == "accept" else checked - {name} if what == "reopen" else checked
        gone = gone | {name} if what == "leave" else gone - {name} if what == "return" else gone
    wanted, waiting = [one for one in STROKES if one in checked - gone], set(STROKES) - checked - gone
    facts = queries.facts_of(election)[districts(election)[0].pk]
    assert ([one.name for one in facts.lawful], facts.unchecked) == (wanted, len(waiting))
    if wanted:
        found = drawn(world, election, "first")[1]
        assert names(found) == wanted
        assert against(found) == ({"list.unchecked"} if waiting else set())


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(STROKES),
            st.sampled_from(("accept", "accept", "refuse", "reopen", "advise against", "leave", "return")),
        ),
        min_size=4,
        max_size=12,
    )
)
def test_nobody_lawfully_named_vanishes_from_the_first_list_whatever_is_done_in_any_order(world, election, deeds):
    """X-I01, N05: on the list, off it by the own word, or a form that waits and keeps the list open; in the order of strokes."""
    with suppress(_Undone), transaction.atomic():
        check_nobody_vanishes(world, election, deeds)
        raise _Undone
