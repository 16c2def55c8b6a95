"""Changes of the roll: a closed list of grounds, judged on election day, the same roll in whatever order they come."""

import itertools
from contextlib import nullcontext
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congress.guard.action import Refused, action
from congress.models import AuditEvent
from elections.actions import roll, voters
from elections.actions.roll import Basis
from elections.models import Exclusion, RollChange, Supplement, Voter
from tests.cast import SET_UP
from tests.elections.work import DAY, Ground, Work, entry, freeze, on_roll, registered, set_up, voter

Kind = RollChange.Kind
ON = date(2026, 11, 1)
COURT = Basis(paper="（2025）刑初12号", body="court")
CONFIRMED = Basis(paper="确认书1号", body="committee", confirmed_on=ON)


@pytest.fixture
def work(world) -> Work:
    with world.in_township():
        yield set_up(world.township)


def standing(person, work):
    return person.registrations.kept().filter(election=work.town_level).latest("created_at")


def stands(person, work) -> tuple[list[int], list[int]]:
    return on_roll(person, work.town_level), on_roll(person, work.county_level)


def test_a_ground_of_the_person_ends_both_levels_with_one_event(world, work):
    person = registered(world.clerk, work)
    made = roll.change(world.clerk, standing(person, work), Kind.DIED, ON, Basis(paper="死亡证明"))
    assert stands(person, work) == ([], [])
    assert [row.kind for row in made] == ["died", "died"]
    event = AuditEvent.objects.filter(verb="elections.change_roll").latest("seq")
    assert event.detail == {"变动": "死亡", "登记": 2}


@pytest.mark.parametrize(
    ("kind", "basis", "field"),
    [
        ("", Basis(paper="证明"), "kind"),
        (Kind.CORRECTED, Basis(paper="证明"), "kind"),
        (Kind.DIED, Basis(), "paper"),
        (Kind.MOVED_OUT, Basis(reason="听说搬走了"), "paper"),
        (Kind.DEPRIVED, Basis(paper="通报", body="police"), "body"),
        (Kind.SUSPENDED, Basis(paper="公安机关口头告知", body="police"), "body"),
        (Kind.UNABLE, Basis(paper="村干部反映", body="village"), "confirmed_on"),
        (Kind.UNABLE, Basis(paper="确认书1号", body="committee", confirmed_on=ON, intermittent=True), "intermittent"),
        (Kind.MISTAKEN, Basis(paper="意见", body="village"), "body"),
        (Kind.DUPLICATE, Basis(paper="核对表"), "instead"),
        (Kind.ADDED, Basis(paper="证明"), "kind"),
        ("not_registered_before", Basis(paper="上届没有登记"), "kind"),
        (Kind.UNDERAGE, Basis(), ""),
    ],
)
def test_nobody_is_taken_off_without_what_the_law_asks(world, work, kind, basis, field):
    person = registered(world.clerk, work)
    with pytest.raises(Refused) as refused:
        roll.change(world.clerk, standing(person, work), kind, ON, basis)
    said = {finding.field: finding.message for finding in refused.value.findings}
    assert field in said
    words = {"kind": "请选择除名的事由。", "instead": "请指明保留哪一条登记。"}
    assert said[field] == words.get(field, said[field])
    assert stands(person, work) == ([1], [7])


@pytest.mark.parametrize(
    ("until", "off"), [(date(2026, 12, 17), True), (date(2026, 12, 16), True), (date(2026, 12, 15), False)]
)
def test_deprivation_is_judged_on_election_day(world, work, until, off):
    person = registered(world.clerk, work)
    basis = Basis(paper=COURT.paper, body="court", until=until)
    refused = nullcontext() if off else pytest.raises(Refused, match="期满")
    with refused:
        roll.change(world.clerk, standing(person, work), Kind.DEPRIVED, ON, basis)
    assert (stands(person, work) == ([], [])) is off


def test_who_was_kept_off_is_entered_again_when_it_ends_by_election_day(world, work):
    person = registered(world.clerk, work)
    roll.change(world.clerk, standing(person, work), Kind.SUSPENDED, ON, Basis(paper="决定书3号", body="procuratorate"))
    exclusion = Exclusion.objects.get()
    again = entry(work, ground=Ground.RESTORED)
    with pytest.raises(Refused, match="停止行使选举权利"):
        voters.register(world.clerk, person, work.campaign, again)
    roll.end_exclusion(world.clerk, exclusion, date(2026, 12, 15), "不起诉决定书5号", exclusion.version)
    voters.register(world.clerk, person, work.campaign, again)
    assert stands(person, work) == ([1], [7])


def test_who_is_ill_at_times_only_stays_and_the_confirmation_is_kept(world, work):
    person = registered(world.clerk, work)
    ill = Basis(paper="确认书1号", body="committee", confirmed_on=ON, intermittent=True)
    roll.exclude(world.clerk, person, work.campaign, Kind.UNABLE, ON, ill)
    assert stands(person, work) == ([1], [7])
    assert Exclusion.objects.get().intermittent
    with pytest.raises(Refused, match="须经选举委员会确认"):
        roll.exclude(world.clerk, person, work.campaign, Kind.UNABLE, ON, Basis(paper="反映", intermittent=True))


def test_in_shanghai_a_proof_is_asked_for(world, work):
    work.township.county.province = "shanghai"
    with action(SET_UP, actor=None):
        work.township.county.save()
    person = registered(world.clerk, work)
    with pytest.raises(Refused, match="医院的证明"):
        roll.exclude(world.clerk, person, work.campaign, Kind.UNABLE, ON, CONFIRMED)


def test_a_move_ends_the_entry_in_one_district_and_begins_it_in_the_other(world, work):
    person = registered(world.clerk, work, ground=Ground.NEWLY_18, birth_date=date(2006, 1, 1))
    now = roll.move(world.clerk, standing(person, work), work.groups[1], ON, "居住核实记录")
    assert stands(person, work) == ([2], [7])
    assert {one.ground for one in now} == {"newly_18"}
    moved = RollChange.objects.get()
    assert (moved.kind, moved.instead.district.number) == ("transferred", 2)
    with pytest.raises(Refused, match="已在这个小组"):
        roll.move(world.clerk, now[0], work.groups[1], ON, "记录")


def test_who_stands_at_the_countys_level_alone_moves_to_a_group_with_a_county_district_only(world, work):
    person = registered(world.clerk, work, situation="outside_unit", both_levels=False)
    row = person.registrations.get(election=work.county_level)
    with action(SET_UP, actor=None):
        work.groups[1].county_district = None
        work.groups[1].save()
    with pytest.raises(Refused, match="还没有填写县级选区，请先在选民小组中填写") as refused:
        roll.move(world.clerk, row, work.groups[1], ON, "居住核实记录")
    assert [one.field for one in refused.value.findings] == ["group"]
    assert stands(person, work) == ([], [7])
    assert not RollChange.objects.exists()


def test_a_move_after_the_freeze_takes_off_and_adds(world, work):
    person = registered(world.clerk, work)
    freeze(work.town_level)
    roll.move(world.clerk, standing(person, work), work.groups[1], ON, "居住核实记录")
    assert sorted(RollChange.objects.filter(after_freeze=True).values_list("kind", flat=True)) == [
        "added",
        "transferred",
    ]


def test_a_change_entered_by_mistake_is_undone_with_its_exclusion(world, work):
    person = registered(world.clerk, work)
    made = roll.change(world.clerk, standing(person, work), Kind.DEPRIVED, ON, COURT)
    roll.undo(world.clerk, made[0], "认错了人", made[0].version)
    assert on_roll(person, made[0].election) != []
    assert not Exclusion.objects.kept().exists()
    with pytest.raises(Refused, match="这项变动已经撤销"):
        roll.undo(world.clerk, made[0], "再撤", None)


def test_an_entry_that_was_withdrawn_is_not_changed(world, work):
    row = standing(registered(world.clerk, work), work)
    with action(SET_UP, actor=None):
        row.withdrawn_at = row.created_at
        row.save()
    with pytest.raises(Refused, match="这条登记已经撤回"):
        roll.change(world.clerk, row, Kind.DIED, ON, Basis(paper="死亡证明"))
    with pytest.raises(Refused, match="这条登记已经撤回"):
        roll.move(world.clerk, row, work.groups[1], ON, "记录")
    assert not RollChange.objects.exists()


def test_the_entry_that_is_kept_is_another_one(world, work):
    row = standing(registered(world.clerk, work), work)
    with pytest.raises(Refused, match="请指明保留哪一条登记"):
        roll.change(world.clerk, row, Kind.DUPLICATE, ON, Basis(paper="核对表"), instead=row)
    assert not RollChange.objects.exists()


def refused_undo(world, row, reason="认错了人") -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        roll.undo(world.clerk, row, reason, None)
    row.refresh_from_db()
    assert row.withdrawn_at is None
    return [(one.field, one.message) for one in refused.value.findings]


def test_a_change_is_undone_with_a_reason_and_while_the_voter_stands_nowhere_else(world, work):
    person = registered(world.clerk, work)
    made = roll.change(world.clerk, standing(person, work), Kind.MOVED_OUT, ON, Basis(paper="迁移证"))
    assert refused_undo(world, made[0], " ") == [("reason", "请写明撤销的原因。")]
    voters.register(world.clerk, person, work.campaign, entry(work, 1))
    assert refused_undo(world, made[0]) == [("", "该选民在这次选举中已有其他登记，请先处理。")]
    assert stands(person, work) == ([2], [7])


def test_what_a_supplement_told_and_what_was_added_is_changed_anew_and_not_undone(world, work):
    listed = freeze(work.town_level)
    person = registered(world.clerk, work)
    assert ("", "这项变动不能撤销，请另作变动。") in refused_undo(world, RollChange.objects.get(kind=Kind.ADDED))
    roll.change(world.clerk, standing(person, work), Kind.DIED, ON, Basis(paper="死亡证明"))
    with action(SET_UP, actor=None):
        place = {"township": work.township, "voter_list": listed}
        told = Supplement.objects.create(**place, number=1, published_on=ON, before=0, added=1, removed=1, after=0)
        row = RollChange.objects.get(kind=Kind.DIED, election=work.town_level)
        row.supplement = told
        row.save()
    assert refused_undo(world, row) == [("", "这项变动已经公告，不能撤销；有误的请另作变动。")]
    assert stands(person, work) == ([], [])


def test_of_two_entries_of_one_person_one_is_kept(world, work):
    """X-U01: what stands twice is resolved by keeping one."""
    one = registered(world.clerk, work)
    other = registered(world.clerk, work, group=1, apart="visit")
    kept = standing(other, work)
    roll.change(world.clerk, standing(one, work), Kind.DUPLICATE, ON, Basis(paper="核对表"), instead=kept)
    assert on_roll(one, work.town_level) == []
    with pytest.raises(Refused, match="不能两条都除名"):
        roll.change(world.clerk, kept, Kind.DUPLICATE, ON, Basis(paper="核对表"), instead=standing(one, work))


def deeds(world, work, person):
    """What may come in about one voter, each as somebody would enter it who has not seen the others."""
    paper = Basis(paper="材料")

    def end(kind, basis=paper):
        rows = person.registrations.kept().filter(election=work.town_level)
        entry_now = rows.filter(on_roll=True).first() or rows.latest("created_at")
        roll.change(world.clerk, entry_now, kind, ON, basis)

    def move():
        rows = person.registrations.kept().filter(election=work.town_level)
        entry_now = rows.filter(on_roll=True).first() or rows.latest("created_at")
        roll.move(world.clerk, entry_now, work.groups[1], ON, "记录")

    def rename():
        fresh = type(person).objects.get(pk=person.pk)
        fresh.name = "陈立秋"
        voters.save_voter(world.clerk, fresh, fresh.version)

    return {
        "moved to B": move,
        "died": lambda: end(Kind.DIED),
        "moved out": lambda: end(Kind.MOVED_OUT),
        "deprived": lambda: end(Kind.DEPRIVED, COURT),
        "released before election day": lambda: end(Kind.DEPRIVED, Basis("判决书", "court", until=date(2026, 12, 1))),
        "by word of the police": lambda: end(Kind.SUSPENDED, Basis("口头", "police")),
        "renamed": rename,
    }


class _Undone(Exception):
    pass


def roll_after(world, work, person, order) -> tuple:
    """The roll after deeds in an order, with nothing of it left."""
    try:
        with transaction.atomic():
            person = Voter.objects.get(pk=person.pk)
            done = deeds(world, work, person)
            for name in order:
                try:
                    done[name]()
                except Refused:
                    continue
            person.refresh_from_db()
            found = (str(stands(person, work)), person.name)
            removals = RollChange.objects.filter(registration__election=work.town_level, kind__in=["died", "moved_out"])
            assert removals.count() <= 1
            raise _Undone
    except _Undone:
        return found


NAMES = (
    "moved to B",
    "died",
    "moved out",
    "deprived",
    "released before election day",
    "by word of the police",
    "renamed",
)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.sets(st.sampled_from(NAMES), min_size=2, max_size=3))
def test_changes_give_the_same_roll_in_any_order(world, work, names):
    person = Voter.objects.first() or registered(world.clerk, work)
    rolls = {roll_after(world, work, person, order) for order in itertools.permutations(sorted(names))}
    assert len(rolls) == 1


def test_moved_and_died_is_on_no_list_and_removed_once(world, work):
    """X-L03."""
    person = registered(world.clerk, work)
    assert roll_after(world, work, person, ("moved to B", "died")) == ("([], [])", "陈立春")
    assert roll_after(world, work, person, ("died", "moved to B")) == ("([], [])", "陈立春")


def test_the_dead_are_not_entered_again(world, work):
    person = registered(world.clerk, work)
    roll.change(world.clerk, standing(person, work), Kind.DIED, ON, Basis(paper="死亡证明"))
    with pytest.raises(Refused, match="已登记死亡"):
        voters.register(world.clerk, person, work.campaign, entry(work))


def test_who_was_never_registered_may_be_kept_off_and_is_then_refused(world, work):
    person = voter(work.township)
    with pytest.raises(Refused, match="已满十八周岁，应列入名单"):
        roll.change(world.clerk, standing(registered(world.clerk, work, "林夏"), work), Kind.UNDERAGE, DAY)
    assert person._state.adding
