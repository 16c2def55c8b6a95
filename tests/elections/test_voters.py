"""Voters entered by hand: both levels with one entry, what the number and the day of birth say, who is asked about."""

from datetime import date

import pytest

from congress.guard.action import Refused
from congress.models import AuditEvent
from elections.actions import roll, voters
from elections.models import Likeness, Registration, RollChange, Voter
from tests.elections.work import DAY, Ground, Work, entry, freeze, on_roll, registered, set_up, voter
from tests.spreadsheets.books import id_number

MAN = id_number(1, "19750812")


@pytest.fixture
def work(world) -> Work:
    with world.in_township():
        yield set_up(world.township)


@pytest.fixture
def shandong(work):
    work.township.county.province = "shandong"
    return work


def refusal(act) -> dict[str, str]:
    """The findings of a refusal, by field."""
    with pytest.raises(Refused) as refused:
        act()
    return {finding.field: str(finding) for finding in refused.value.findings}


def test_one_entry_registers_for_both_levels_by_the_districts_of_the_group(world, work):
    made = registered(world.clerk, work)
    assert on_roll(made, work.town_level) == [1]
    assert on_roll(made, work.county_level) == [7]
    event = AuditEvent.objects.filter(verb="elections.register_voter").latest("seq")
    assert event.detail["登记"] == 2
    assert "陈立春" not in str(event.detail) + event.subject_label


def test_a_group_without_a_county_district_says_so(world, work):
    work.groups[0].county_district = None
    assert "县级选区" in refusal(lambda: registered(world.clerk, work))["group"]


def test_the_number_gives_birth_date_and_sex_and_grows_to_eighteen(world, work):
    made = registered(world.clerk, work, birth_date=None, gender="", id_number=MAN[:6] + MAN[8:17])
    assert (made.id_number, made.birth_date, made.gender) == (MAN, date(1975, 8, 12), "male")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"id_number": MAN[:17] + ("1" if MAN[17] != "1" else "2")}, "id_number"),
        ({"id_number": MAN, "birth_date": date(1975, 8, 13)}, "birth_date"),
        ({"id_number": MAN, "birth_date": date(1975, 8, 12), "gender": "female"}, "gender"),
        ({"name": "陈1"}, "name"),
        ({"birth_date": None}, "birth_date"),
        ({"gender": ""}, "gender"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(world, work, values, field):
    assert field in refusal(lambda: registered(world.clerk, work, **values))


def test_no_number_is_needed(world, work):
    assert registered(world.clerk, work).id_index is None


def test_who_is_under_age_on_election_day_reads_the_day_of_coming_of_age(world, work):
    assert (
        "2026年12月17日满"
        in refusal(lambda: registered(world.clerk, work, birth_date=date(2008, 12, 17)))["birth_date"]
    )
    registered(world.clerk, work, birth_date=date(2008, 12, 16), ground=Ground.NEWLY_18)


def test_a_leap_day_is_warned_of_and_left_to_a_human(world, work):
    work.campaign.election_day = date(2026, 2, 28)
    findings = voters.age_findings(date(2008, 2, 29), date(2026, 2, 28))
    assert [(one.code, one.blocking) for one in findings] == [("leap_day", False)]


def test_newly_eighteen_is_counted_from_the_last_election_day(world, work):
    registered(world.clerk, work, birth_date=date(2003, 12, 29), ground=Ground.NEWLY_18)
    said = refusal(lambda: registered(world.clerk, work, "林夏", birth_date=date(2003, 12, 28), ground=Ground.NEWLY_18))
    assert "2021年12月28日已满十八周岁" in said["ground"]


def test_the_same_number_is_one_voter(world, work):
    there = registered(world.clerk, work, id_number=MAN, birth_date=date(1975, 8, 12))
    with pytest.raises(Refused) as refused:
        registered(world.clerk, work, "陈立夏", 1, id_number=MAN, birth_date=date(1975, 8, 12))
    [found] = refused.value.findings
    assert (found.field, found.about) == ("id_number", there)
    assert "第1选区" in found.message
    assert MAN not in found.message


def test_a_voter_stands_in_one_district_of_a_level(world, work):
    made = registered(world.clerk, work)
    said = refusal(lambda: voters.register(world.clerk, made, work.campaign, entry(work, 1)))
    assert "该选民已在第1选区（东村）登记；到其他选区参加的，请办理转移" in said["id_number"]
    assert on_roll(made, work.town_level) == [1]


def test_the_same_name_and_birth_date_is_asked_and_never_merged(world, work):
    first = registered(world.clerk, work, village="东村")
    with pytest.raises(Refused) as refused:
        registered(world.clerk, work, village="东村")
    assert [(one.field, one.about, "东村" in one.message) for one in refused.value.findings] == [("apart", first, True)]
    second = registered(world.clerk, work, village="东村", apart=Likeness.Told.HUKOU)
    assert first.pk != second.pk
    assert Likeness.objects.get().told_by == "hukou"
    assert not voters.alike(second).exists()


def test_two_with_numbers_of_their_own_are_not_asked_about(world, work):
    born = {"birth_date": date(1975, 8, 12)}
    registered(world.clerk, work, id_number=MAN, **born)
    registered(world.clerk, work, id_number=id_number(3, "19750812"), **born)
    assert Likeness.objects.count() == 0


def test_staff_of_higher_units_may_vote_at_the_county_level_alone(world, work):
    made = registered(world.clerk, work, situation="outside_unit", both_levels=False)
    assert (on_roll(made, work.town_level), on_roll(made, work.county_level)) == ([], [7])
    both = registered(world.clerk, work, "林夏", situation="outside_unit")
    assert on_roll(both, work.town_level) == [1]


def test_in_shandong_they_do_so_only(world, shandong):
    made = registered(world.clerk, shandong, situation="outside_unit")
    assert on_roll(made, shandong.town_level) == []


def test_prisoners_and_detained_who_are_not_deprived_are_registered(world, work):
    for number, situation in enumerate(("imprisoned", "detained", "bail", "custody", "abroad")):
        made = registered(world.clerk, work, "林夏秋冬春"[number : number + 1] + "立", situation=situation)
        assert on_roll(made, work.town_level) == [1]


def test_an_outsider_needs_the_papers_of_the_province(world, work):
    ground = {"ground": Ground.OUTSIDE}
    assert "选民资格证明" in refusal(lambda: registered(world.clerk, work, **ground))["certificate"]
    work.township.county.province = "zhejiang"
    said = refusal(lambda: registered(world.clerk, work, permit=True, **ground))
    assert "户籍所在地" in said["certificate"]
    assert "permit" in refusal(lambda: registered(world.clerk, work, certificate="证明1号", **ground))
    made = registered(world.clerk, work, certificate="证明1号", permit=True, **ground)
    kept = Registration.objects.filter(voter=made).values_list("paper", flat=True)
    assert set(kept) == {"选民资格证明（证明1号）；居住证"}


def test_the_papers_shown_stand_with_the_entry_before_and_after_the_list_was_frozen(world, work):
    made = registered(world.clerk, work, ground=Ground.RESTORED, paper="释放证明2号")
    freeze(work.town_level)
    later = registered(world.clerk, work, "陈立夏", ground=Ground.RESTORED, paper="释放证明3号")
    for person, paper in ((made, "释放证明2号"), (later, "释放证明3号")):
        assert {row.paper for row in Registration.objects.filter(voter=person)} == {paper}
    assert RollChange.objects.get(registration__voter=later).paper == "释放证明3号"


def test_what_is_entered_after_the_list_was_frozen_says_so(world, work):
    freeze(work.town_level)
    made = registered(world.clerk, work)
    rows = {row.election_id: row.after_freeze for row in Registration.objects.filter(voter=made)}
    assert rows == {work.town_level.pk: True, work.county_level.pk: False}
    change = RollChange.objects.get()
    assert (change.kind, change.after_freeze, change.election_id) == ("added", True, work.town_level.pk)


def test_a_name_corrected_after_the_freeze_leaves_what_the_list_said(world, work):
    made = registered(world.clerk, work)
    made.name = "陈立夏"
    voters.save_voter(world.clerk, made, made.version)
    assert RollChange.objects.count() == 0
    freeze(work.town_level)
    made.name = "陈立秋"
    voters.save_voter(world.clerk, made, made.version)
    change = RollChange.objects.get()
    assert (change.kind, change.was_name) == ("corrected", "陈立夏")
    assert Voter.objects.get(pk=made.pk).search_text.strip().startswith("chenliqiu")


def test_a_birth_date_that_makes_a_voter_too_young_is_refused(world, work):
    made = registered(world.clerk, work)
    made.birth_date = date(2009, 1, 1)
    assert "birth_date" in refusal(lambda: voters.save_voter(world.clerk, made, made.version))


def test_a_number_corrected_into_that_of_another_voter_leads_to_that_one(world, work):
    born = {"birth_date": date(1975, 8, 12)}
    there, mistaken = (
        registered(world.clerk, work, id_number=MAN, **born),
        registered(world.clerk, work, "陈立夏", **born),
    )
    mistaken.id_number = MAN
    with pytest.raises(Refused) as refused:
        voters.save_voter(world.clerk, mistaken, mistaken.version)
    assert [(one.field, one.about) for one in refused.value.findings] == [("id_number", there)]


def test_a_household_signs_at_once(world, work):
    made = [registered(world.clerk, work, name, household_no="12") for name in ("陈立春", "林夏")]
    assert voters.confirm(world.clerk, work.campaign, made, DAY, Registration.Confirmed.FAMILY) == 2
    assert set(Registration.objects.values_list("confirmed_on", "confirmed_by")) == {(DAY, "family")}


def test_who_left_the_roll_is_not_signed_for(world, work):
    gone = registered(world.clerk, work)
    entry_now = gone.registrations.get(election=work.town_level)
    roll.change(world.clerk, entry_now, RollChange.Kind.MOVED_OUT, date(2026, 11, 1), roll.Basis(paper="迁移证"))
    said = refusal(lambda: voters.confirm(world.clerk, work.campaign, [gone], DAY, Registration.Confirmed.FAMILY))
    assert said == {"voters": "勾选的选民已不在选民册上，不用核对。"}
    assert not Registration.objects.exclude(confirmed_on=None).exists()


def test_nobody_decides_twice_of_two_of_one_name(world, work):
    one, other = voter(work.township), voter(work.township)
    made = [voters.register(world.clerk, one, work.campaign, entry(work))]
    made.append(voters.register(world.clerk, other, work.campaign, entry(work, apart="visit")))
    with pytest.raises(Refused, match="这两条已经核对过"):
        voters.decide(world.clerk, *made, same=True, told_by=Likeness.Told.HUKOU)
    with pytest.raises(Refused, match="这两条已经核对过"):
        voters.decide(world.clerk, made[0], made[0], same=True, told_by=Likeness.Told.HUKOU)
    assert Likeness.objects.count() == 1
