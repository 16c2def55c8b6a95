"""The statistics of the registration: every number a query over records, sums that are checked, empty cells that are named."""

import io
from datetime import date

import openpyxl
import pytest

from congress.guard import scope
from congress.guard.action import action
from elections import queries
from elections.actions import roll, statistics
from elections.models import Exclusion, Registration, RollChange, StatisticsNote, Voter
from elections.queries import statistics as asked
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, districts, voters

Kind, Ground = RollChange.Kind, Registration.Ground
LATER = date(2026, 11, 3)


@pytest.fixture
def election(world):
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", birth_date=date(1990, 12, 21))
        voters(found, "张四", district=2, gender=Voter.Gender.MALE, birth_date=date(1960, 1, 1), ethnicity="畲族")
        yield found


def values(election):
    return {one.key: one.value for one in asked.indicators(asked.facts(election))}


def gone(world, election, name, kind):
    row = queries.on_roll(election).select_related("election", "voter").get(voter__name=name)
    basis = roll.Basis(paper="文书1号", body="court" if kind == Kind.DEPRIVED else "")
    return roll.change(world.clerk, row, kind, LATER, basis)


def test_the_roll_is_counted_by_sex_people_and_ground(election):
    told = values(election)
    assert [told[f"roll.{key}"] for key in ("all", "men", "women", "minority")] == [4, 1, 3, 1]
    assert told["came.carried"] == 4
    assert told["districts.all"] == 2
    assert (told["districts.2"], told["districts.seats"], told["districts.most"]) == (2, 4, 600)


def test_what_left_is_counted_by_its_ground_and_the_sum_is_the_roll(world, election):
    gone(world, election, "丁一", Kind.DIED)
    gone(world, election, "于二", Kind.DEPRIVED)
    told = values(election)
    assert (told["went.died"], told["went.deprived"], told["roll.deprived"], told["roll.all"]) == (1, 1, 1, 2)
    assert asked.total(asked.facts(election)).formula == "结转4 − 死亡1 − 剥夺1 = 2"
    assert asked.check(asked.facts(election)) == []


def test_who_moved_to_another_district_of_the_place_is_counted_once(world, election):
    row = queries.on_roll(election).select_related("election", "voter").get(voter__name="丁一")
    roll.move(world.clerk, row, districts(election)[1].voter_groups.get(), LATER, "划拨登记表1号")
    told = values(election)
    assert (told["came.carried"], told["went.transferred"], told["roll.all"]) == (4, 0, 4)
    assert [part.voters for part in asked.by_district(election)] == [2, 2]
    assert asked.check(asked.facts(election)) == []


def test_a_row_no_change_explains_is_told(election):
    (row,) = voters(election, "某甲")
    with action(SET_UP, actor=None):
        Registration.objects.filter(pk=row.pk).update(on_roll=False)
    (told,) = asked.check(asked.facts(election))
    assert "按增减计算结转5 = 5，选民册现有4人" in told.message


def test_who_cannot_vote_counts_when_the_committee_confirmed_it(world, election):
    """X-Y06: of seven ill, two confirmed: item 14 says two; ill at times only stays on the roll and is not counted."""
    people = [row.voter for row in voters(election, "甲甲", "乙乙", "丙丙", "丁丁")]
    with scope.township(world.township):
        confirmed = roll.Basis(paper="选委会会议纪要", body="committee", confirmed_on=LATER, proof=True)
        for voter in people[:2]:
            roll.exclude(world.clerk, voter, election.campaign, Kind.UNABLE, LATER, confirmed)
        intermittent = roll.Basis(
            paper="选委会会议纪要", body="committee", confirmed_on=LATER, proof=True, intermittent=True
        )
        roll.exclude(world.clerk, people[2], election.campaign, Kind.UNABLE, LATER, intermittent)
    one = next(one for one in asked.indicators(asked.facts(election)) if one.key == "roll.unable")
    assert (one.value, one.official_no) == (2, "14")
    assert Exclusion.objects.count() == 3


def test_an_exclusion_that_is_over_on_election_day_is_not_counted(world, election):
    with scope.township(world.township):
        (row,) = voters(election, "甲甲")
        assert asked.facts(election).excluded["deprived"] == 0
        basis = roll.Basis(paper="判决书", body="court", until=election.election_day)
        roll.exclude(world.clerk, row.voter, election.campaign, Kind.DEPRIVED, LATER, basis)
        assert asked.facts(election).excluded["deprived"] == 1
        before = date.fromordinal(election.election_day.toordinal() - 1)
        found = Exclusion.objects.get()
        roll.end_exclusion(world.clerk, found, before, "释放证明")
        assert asked.facts(election).excluded["deprived"] == 0


def test_the_adults_of_the_household_books_are_all_accounted_for(world, election):
    written = {"people.adults": {"official_no": "3", "value": 6, "source": "派出所"}}
    statistics.write_notes(world.clerk, election, written)
    (told,) = asked.check(asked.facts(election))
    assert (
        "18周岁以上户籍人口6 − 本地登记的户籍选民4 − 不列入名单0 − 外地登记0 − 未取得联系0，还有2人没有着落"
        in told.message
    )
    statistics.write_notes(
        world.clerk, election, {"roll.elsewhere": {"official_no": "", "value": 2, "source": "村委会"}}
    )
    assert asked.check(asked.facts(election)) == []


def test_numbers_of_the_book_are_kept_once_and_written_again_when_they_change(world, election):
    entry = {"roll.all": {"official_no": "9"}, "roll.men": {"official_no": ""}}
    assert statistics.write_notes(world.clerk, election, entry) == 1
    assert statistics.write_notes(world.clerk, election, entry) == 0
    assert statistics.write_notes(world.clerk, election, {"roll.all": {"official_no": "11"}}) == 1
    assert StatisticsNote.objects.get().official_no == "11"


def test_ages_are_those_of_election_day(election):
    assert {part.label: part.voters for part in asked.by_age(election)} == {"26至35岁": 3, "66至75岁": 1}
    voters(election, "寿星", birth_date=date(1990, 12, 20))
    assert {part.label: part.voters for part in asked.by_age(election)}["36至45岁"] == 1


def test_the_pages_show_export_and_keep_what_was_written(world, election, browse):
    client, base = browse(world.clerk), f"/t/{world.township.code}/campaigns/levels/{election.pk}/statistics/"
    page = client.get(base).content.decode()
    assert "登记选民的增减：结转4 = 4人" in page
    assert "本系统没有记录，请按来源填写" in page
    for dimension, (label, _) in asked.BREAKDOWNS.items():
        answer = client.get(f"{base}{dimension}/")
        assert f"按{label}" in answer.content.decode()
    assert client.get(f"{base}moon/").status_code == 404
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}district/?format=xlsx").content)).active
    lines = [[cell.value for cell in row][1:8] for row in sheet.iter_rows()]
    assert ["第1选区（东山村）", 3, 0, 3, 0, 1200, "0.25%"] in lines
    refused = client.post(f"{base}notes/", {"value-people-adults": "6"})
    assert "请写明数字的来源" in refused.content.decode()
    kept = client.post(f"{base}notes/", {"value-people-adults": "6", "source-people-adults": "派出所"})
    assert kept.status_code == 302
    assert "还有2人没有着落" in client.get(base).content.decode()
