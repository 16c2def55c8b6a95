"""The list of voters: every list ever published equals the freeze and its supplements, whatever happened since."""

import random
from datetime import date, timedelta

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from elections import queries
from elections.actions import lists, roll
from elections.actions import voters as voters_acts
from elections.imports.roll import barred_among
from elections.life import VOTER_LIST
from elections.models import Exclusion, PoolEntry, Registration, RollChange, Supplement, Voter, VoterList
from elections.queries import statistics
from elections.queries.lists import kept_off
from tests.cast import SET_UP
from tests.elections.campaigns import another_vote, campaign, districts, freeze, late, moved, voters

Kind = RollChange.Kind
PUBLISHED, LATER = date(2026, 11, 28), date(2026, 12, 3)
PLACES = {"places": "各村公告栏", "appeal_place": "镇政府一楼，0571-88880000"}


@pytest.fixture
def election(world):
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三")
        voters(found, "张四", "李五", district=2, gender=Voter.Gender.MALE)
        yield found


def names(election, number):
    return [line.name for line in queries.lines(election, number)]


def publish(world, election):
    found = freeze(world, election)
    return VOTER_LIST.take("publish", world.clerk, found, on=PUBLISHED, **PLACES)


def named(election, name):
    return queries.on_roll(election).select_related("election", "voter").get(voter__name=name)


def strike(world, election, name, kind=Kind.DIED):
    basis = roll.Basis(paper="证明", body="court")
    return roll.change(world.clerk, named(election, name), kind, LATER, basis)


def correct(world, election, whom, **values):
    voter = named(election, whom).voter
    for field, value in values.items():
        setattr(voter, field, value)
    voters_acts.save_voter(world.clerk, voter)


def enter(election, name, district=1):
    return late(election, name, LATER, district)


def test_the_list_is_frozen_with_the_number_of_voters_and_a_fingerprint_that_can_be_made_again(world, election):
    found = freeze(world, election)
    assert found.voters == 5
    assert queries.fingerprint(queries.lines(election, 0)) == (5, found.fingerprint)
    assert names(election, 0) == ["丁一", "于二", "王三", "李五", "张四"]  # by district, then by strokes


def test_a_list_is_frozen_once(world, election):
    freeze(world, election)
    with pytest.raises(Refused, match="已经定稿"):
        freeze(world, election)
    assert VoterList.objects.count() == 1


def test_an_empty_roll_makes_no_list(world):
    with scope.township(world.township), pytest.raises(Refused, match="还没有选民"):
        freeze(world, campaign(world))


def test_who_is_not_eighteen_on_election_day_stands_against_the_freeze(world, election):
    voters(election, "小童", birth_date=date(2008, 12, 21))
    with pytest.raises(Refused, match=r"有1名选民在选举日.*不满十八周岁"):
        freeze(world, election)
    strike(world, election, "小童", Kind.UNDERAGE)
    voters(election, "成年", birth_date=date(2008, 12, 20))
    assert freeze(world, election).voters == 6


def test_a_change_before_the_freeze_is_in_the_list_and_one_after_it_waits_for_a_supplement(world, election):
    strike(world, election, "丁一")
    publish(world, election)
    strike(world, election, "于二")
    assert names(election, 0) == ["于二", "王三", "李五", "张四"]
    assert [change.kind for change in queries.untold(election)] == [Kind.DIED]
    assert queries.on_roll(election).count() == 3


def test_a_supplement_tells_what_changed_and_its_sum_is_the_lists(world, election):
    found = publish(world, election)
    strike(world, election, "于二")
    strike(world, election, "张四", Kind.MOVED_OUT)
    enter(election, "周六")
    row = VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    assert (row.number, row.before, row.added, row.removed, row.after) == (1, 5, 1, 2, 4)
    assert names(election, 1) == ["丁一", "王三", "周六", "李五"]
    assert names(election, 0) == ["丁一", "于二", "王三", "李五", "张四"]
    assert not queries.untold(election).exists()
    assert lists.sums(RollChange.objects.filter(supplement=row))["迁出"] == 1


def test_a_name_written_wrongly_is_right_on_the_next_list_and_as_it_was_on_the_old_one(world, election):
    found = publish(world, election)
    twice = named(election, "王三")
    correct(world, election, "王三", name="王叁")
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    correct(world, election, "王叁", name="王山", gender="male")
    assert [name for name in names(election, 0) if name.startswith("王")] == ["王三"]
    assert [name for name in names(election, 1) if name.startswith("王")] == ["王叁"]
    assert [line.gender for line in queries.lines(election, 1) if line.name == "王叁"] == ["female"]
    assert queries.proven(VoterList.objects.get()) == [queries.Proof(0, True), queries.Proof(1, True)]
    twice.voter.refresh_from_db()
    assert "wangshan" in twice.voter.search_text.split()


def test_nothing_changed_needs_no_supplement(world, election):
    found = publish(world, election)
    with pytest.raises(Refused, match="不需要补正"):
        VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    assert not Supplement.objects.exists()


def test_no_supplement_is_dated_before_the_list_or_after_election_day(world, election):
    found = publish(world, election)
    strike(world, election, "于二")
    for day, words in (
        (date(2026, 11, 27), "补正公告日期不能早于名单公布日期。"),
        (date(2026, 12, 21), "最后一次投票以后不再补正选民名单。"),
    ):
        with pytest.raises(Refused) as refused:
            VOTER_LIST.take("supplement", world.clerk, found, on=day)
        assert [(one.field, one.message) for one in refused.value.findings] == [("on", words)]
    assert not Supplement.objects.exists()
    # a district votes once more: until then whoever died is taken off in public
    another_vote(election, date(2026, 12, 27))
    with clock.frozen(date(2026, 12, 27)):
        assert VOTER_LIST.take("supplement", world.clerk, found, on=date(2026, 12, 27)).after == 4


def test_a_freeze_nobody_saw_is_taken_back_and_what_changed_meanwhile_is_in_the_next(world, election):
    found = freeze(world, election)
    strike(world, election, "丁一")
    enter(election, "周六")
    VOTER_LIST.take("unfreeze", world.clerk, found, reason="漏了一个村")
    again = freeze(world, election)
    assert again.voters == 5
    assert names(election, 0) == ["于二", "王三", "周六", "李五", "张四"]
    assert not queries.untold(election).exists()


def test_a_published_list_is_not_unfrozen(world, election):
    found = publish(world, election)
    with pytest.raises(Refused, match="已于2026年11月28日公布"):
        VOTER_LIST.take("unfreeze", world.clerk, found, reason="x")


@pytest.mark.parametrize(
    ("day", "word"),
    [(date(2026, 11, 29), ""), (date(2026, 11, 30), "按减20日计算正好满足"), (date(2026, 12, 1), "最迟2026年11月30日")],
)
def test_the_day_of_publication_is_entered_as_it_was_and_judged(world, election, day, word):
    found = freeze(world, election)
    VOTER_LIST.take("publish", world.clerk, found, on=day, **PLACES)
    told = lists.published_findings(VoterList.objects.select_related("election").get(), day)
    assert [word in one.message for one in told] == ([True] if word else [])
    assert not [one for one in told if one.blocking]


def test_a_list_published_on_election_day_or_later_is_told_as_late(world, election):
    found = freeze(world, election)
    for day in (election.election_day, date(2026, 12, 21)):
        assert [one.code for one in lists.published_findings(found, day)] == ["before_election.late"]


@pytest.mark.parametrize(("day", "told"), [(date(2026, 12, 7), []), (date(2026, 12, 10), ["before_election.late"])])
def test_the_list_of_a_by_election_has_the_days_of_the_province(world, election, day, told):
    """X-F03: twelve days in Zhejiang, where a general election has twenty."""
    with action(SET_UP, actor=None):
        world.county.province = "zhejiang"
        world.county.save()
        election.how = "by_election"
        election.save()
    found = VoterList(township=world.township, election=election)
    found.township.county.refresh_from_db()
    assert [one.code for one in lists.published_findings(found, day)] == told


def test_a_row_that_was_slipped_in_behind_the_list_is_noticed(world, election):
    found = publish(world, election)
    assert queries.proven(found) == [queries.Proof(0, True)]
    voters(election, "某甲")
    assert queries.proven(found) == [queries.Proof(0, False)]


def test_a_list_can_be_made_again_after_anything_that_happens(world, election):
    """Random lives: every list as it was when it went out."""
    dice = random.Random(7)
    found = publish(world, election)
    published = {0: names(election, 0)}
    for turn in range(14):
        people = [row.voter.name for row in queries.on_roll(election).select_related("voter")]
        what = dice.choice(["strike", "enter", "correct", "supplement"])
        if what == "strike" and people:
            strike(world, election, dice.choice(people), dice.choice([Kind.DIED, Kind.MOVED_OUT, Kind.DEPRIVED]))
        elif what == "enter":
            enter(election, f"新{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[turn]}", dice.choice([1, 2]))
        elif what == "correct" and people:
            correct(
                world, election, dice.choice(people), name=f"改{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[turn]}", gender="male"
            )
        elif queries.untold(election).exists():
            number = VOTER_LIST.take("supplement", world.clerk, found, on=LATER).number
            published[number] = names(election, number)
    assert len(published) > 2
    assert {number: names(election, number) for number in published} == published
    assert all(one.holds for one in queries.proven(found))


def test_who_is_kept_off_by_law_stands_against_the_freeze_while_it_holds(world, election):
    basis = roll.Basis(paper="判决书", body="court", until=election.election_day)
    row = named(election, "丁一")
    with action(SET_UP, actor=None):
        found = roll.exclude_voter(row.voter, Kind.DEPRIVED, PUBLISHED, basis)
    with pytest.raises(Refused, match="登记了不列入名单的事由"):
        freeze(world, election)
    before = date.fromordinal(election.election_day.toordinal() - 1)
    roll.end_exclusion(world.clerk, found, before, "释放证明")
    assert freeze(world, election).voters == 5


def test_who_is_free_again_before_election_day_and_on_no_roll_is_told(world, election):
    ended = roll.Basis(paper="判决书", body="court")
    roll.change(world.clerk, named(election, "丁一"), Kind.DEPRIVED, PUBLISHED, ended)
    words = [one.message for one in lists.against_freezing(election)]
    assert words == []
    roll.end_exclusion(world.clerk, Exclusion.objects.get(), date(2026, 12, 1), "释放证明")
    (told,) = lists.against_freezing(election)
    assert (told.blocking, "有1人不列入名单的期限在选举日以前届满，应补登" in told.message) == (False, True)


def test_of_two_entries_the_standing_one_says_on_which_day_somebody_votes(world, election):
    """张四 stands in the district of the 27th, and was entered in that of the 20th later by mistake."""
    moved(election)
    entry = named(election, "张四")
    with action(SET_UP, actor=None):
        of = {"township": world.township, "voter": entry.voter}
        more = {"ground": entry.ground, "way": entry.way, "registered_on": entry.registered_on, "on_roll": False}
        Registration.objects.create(election=election, district=districts(election)[0], **of, **more)
        kept = {"ground": "deprived", "body": "court", "paper": "判决书", "since": date(2020, 1, 1)}
        Exclusion.objects.create(until=date(2026, 12, 22), **of, **kept)
    assert not kept_off(election).exists()


def test_of_a_district_with_its_own_day_that_day_decides_who_is_free_again_and_who_is_counted(world, election):
    """张四's district votes on the 27th, 丁一's on the 20th: an exclusion until the 22nd is over for one of them."""
    moved(election)
    for name in ("丁一", "张四"):
        basis = roll.Basis(paper="判决书", body="court")
        roll.change(world.clerk, named(election, name), Kind.DEPRIVED, PUBLISHED, basis)
    counted = statistics.facts(election).excluded
    assert (counted["deprived"], queries.free_again(election).count()) == (2, 0)
    for one in Exclusion.objects.all():
        roll.end_exclusion(world.clerk, one, date(2026, 12, 22), "释放证明")
    assert [row.voter.name for row in queries.free_again(election)] == ["张四"]
    assert statistics.facts(election).excluded["deprived"] == 1


def test_what_is_unfinished_is_told_and_keeps_no_list_from_coming_in_time(world, election):
    with action(SET_UP, actor=None):
        Registration.objects.filter(pk=named(election, "于二").pk).update(group=None)
        entry = PoolEntry(campaign=election.campaign, name="寻人", owner="王主任", due_on=LATER)
        entry.township = world.township
        entry.save()
    told = [one.message for one in lists.against_freezing(election)]
    assert any("有1名选民没有编入选民小组" in one for one in told)
    assert any("还有1人没有取得联系" in one for one in told)
    assert freeze(world, election).voters == 5


def test_on_the_countys_list_the_groups_of_the_townships_districts_say_nothing(world, election):
    assert {line.group for line in queries.lines(election, 0)} == {1}
    other = districts(election)[1]
    with action(SET_UP, actor=None):
        Registration.objects.filter(pk=named(election, "丁一").pk).update(district=other)
    assert [line.group for line in queries.lines(election, 0) if line.name == "丁一"] == [None]


def test_the_page_says_in_plain_words_whether_a_list_is_as_it_was_published(world, election, browse):
    found = publish(world, election)
    client = browse(world.clerk)
    page = client.get(f"/t/{world.township.code}/campaigns/lists/{found.pk}/").content.decode()
    facts = page[: page.index("核对用的指纹")]
    assert found.fingerprint not in facts
    assert found.fingerprint in page
    proven = client.get(f"/t/{world.township.code}/campaigns/lists/{found.pk}/?prove=1").content.decode()
    assert "定稿时：" in proven
    assert "不一致，请查操作记录" not in proven
    voters(election, "某甲")
    again = client.get(f"/t/{world.township.code}/campaigns/lists/{found.pk}/?prove=1").content.decode()
    assert "不一致，请查操作记录" in again


def test_whom_the_law_keeps_off_has_one_answer_for_form_import_freeze_and_statistics(world, election):
    """Begun by election day, and not over before; one that begins the day after keeps nobody off."""
    voter, day = named(election, "丁一").voter, election.election_day
    basis = roll.Basis(paper="判决书", body="court", until=day)
    with action(SET_UP, actor=None):
        roll.exclude_voter(voter, Kind.DEPRIVED, day, basis)
    one = timedelta(days=1)
    told = {
        on: (
            queries.holding(on).exists(),
            bool(voters_acts.excluded_findings(voter, on)),
            bool(barred_among([voter], [on])),
        )
        for on in (day - one, day, day + one)
    }
    assert told == {day - one: (False,) * 3, day: (True,) * 3, day + one: (False,) * 3}
    assert [row.voter_id for row in queries.barred(election)] == [voter.pk]
    assert statistics.facts(election).excluded["deprived"] == 1
