"""The county's view of the election works of its townships: the right numbers, told from kept counts, nobody named."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from deputies.models import District, Level
from elections.models import Appeal, CampaignTask, RollChange, RollFigures, Transfer, Vacancy, VoterList
from elections.queries import campaigns, on_roll
from elections.queries.county import lines
from elections.tasks import take_roll_figures
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, districts, voters
from tests.elections.work import freeze

TODAY = date(2026, 12, 4)
PAGE = ("elections-county", ["990101000000"])


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(datetime(2026, 12, 4, 9, 0, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def election(world):
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三")
        return found


def told(world):
    with scope.reading([world.township, world.neighbour]):
        return lines([world.township, world.neighbour], TODAY)


def step(work, key: str, planned: date, **values):
    return CampaignTask.objects.create(
        township=work.township,
        campaign=work.campaign,
        key=key,
        label=key or "自己的事项",
        planned_on=planned,
        **values,
    )


def test_a_line_says_what_the_records_say(world, election):
    with scope.township(world.township), action(SET_UP, actor=None):
        step(election, "publish_roll", date(2026, 11, 20), election=election)  # the law's last day is over
        step(election, "", date(2026, 12, 1))
        step(election, "", date(2026, 12, 1), done_on=date(2026, 12, 3))
        step(election, "", date(2026, 12, 9))
    (line,) = told(world)
    assert (line.roll, line.behind) == (None, True)
    assert take_roll_figures() == 1
    (line,) = told(world)
    assert (line.roll.voters, line.behind, line.stage.value) == (3, False, "registering")
    assert (line.divided.districts, line.divided.population) == (2, 2400)
    assert (line.missed, line.late, line.voter_list) == (1, 1, None)


def test_a_list_that_was_asked_for_and_not_frozen_is_not_told(world, election):
    with scope.township(world.township), action(SET_UP, actor=None):
        VoterList.objects.create(
            township=election.township, election=election, asked_by=world.clerk, voters=0, fingerprint="0" * 64
        )
    (line,) = told(world)
    assert line.voter_list is None


def test_what_belongs_to_the_whole_work_stands_at_its_first_level_alone(world, election):
    with scope.township(world.township):
        county = campaign(world, level=Level.COUNTY, name="另一件")
        with action(SET_UP, actor=None):
            county.campaign_id = election.campaign_id
            county.save()
            step(election, "", date(2026, 12, 1))
    first, second, other = sorted(told(world), key=lambda line: (line.election is None, line.pk != str(election.pk)))
    assert (first.late, second.late) == (1, 0)
    assert (second.election.term.level, other.election) == (Level.COUNTY, None)


def test_appeals_and_transfers_that_wait_are_counted(world, election):
    with scope.township(world.township):
        voter_list = freeze(election)
        key = voters(election, "赵四")[0].voter.data_key
        with action(SET_UP, actor=None):
            for decided in (None, date(2026, 12, 3), date(2026, 12, 3)):
                Appeal.objects.create(
                    township=world.township,
                    voter_list=voter_list,
                    kind="missing",
                    appellant="钱五",
                    subject="钱五",
                    words="漏了",
                    received_on=date(2026, 12, 2),
                    decided_on=decided,
                    data_key=key,
                )
            for number, (direction, state) in enumerate((("in", "asked"), ("in", "accepted"), ("out", "asked"))):
                Transfer.objects.create(
                    township=world.township,
                    campaign=election.campaign,
                    direction=direction,
                    state=state,
                    reach="beyond",
                    number=number,
                    cause="work",
                    sent_on=date(2026, 12, 1),
                    name="孙六",
                    gender="male",
                    birth_date=date(1980, 1, 1),
                    data_key=key,
                )
    (line,) = told(world)
    assert (line.voter_list.appeals_open, line.voter_list.appeals_decided, line.to_receive) == (1, 2, 1)


def test_a_district_without_its_people_leaves_the_share_open_and_a_by_election_counts_its_own_districts(
    world, election
):
    with scope.township(world.township), action(SET_UP, actor=None):
        first, second = districts(election)
        District.objects.filter(pk=second.pk).update(population=None)
    assert told(world)[0].divided.population is None
    with scope.township(world.township), action(SET_UP, actor=None):
        election.how = "by_election"
        election.save()
        Vacancy.objects.create(township=world.township, election=election, district=first)
    (line,) = told(world)
    assert (line.divided.districts, line.divided.population) == (1, 1200)


def test_the_kept_count_is_the_recount_after_every_change_of_the_roll(world, election):
    take_roll_figures()
    with scope.township(world.township):
        (late,) = voters(election, "周七", district=2)
    changes = (
        lambda: voters(election, "吴八", "郑九"),
        lambda: type(late).objects.filter(pk=late.pk).update(on_roll=False),
        lambda: RollChange.objects.create(
            township=world.township, registration=late, election=election, kind="died", happened_on=TODAY
        ),
    )
    for change in changes:
        with scope.township(world.township), action(SET_UP, actor=None):
            change()
        assert told(world)[0].behind
        take_roll_figures()
        with scope.township(world.township):
            assert (RollFigures.objects.get().voters, told(world)[0].behind) == (on_roll(election).count(), False)
    assert take_roll_figures() == 0


def test_the_number_of_statements_does_not_grow(world, election, django_assert_num_queries):
    take_roll_figures()
    with scope.township(world.township), action(SET_UP, actor=None):
        step(election, "publish_roll", date(2026, 11, 20), election=election)
    with scope.reading([world.township, world.neighbour]), django_assert_num_queries(6):
        assert len(lines([world.township, world.neighbour], TODAY)) == 1
    with scope.township(world.township):
        other = campaign(world, level=Level.COUNTY, name="又一次")
        voters(other, "冯十", "陈一")
        with action(SET_UP, actor=None):
            step(other, "", date(2026, 12, 1))
            for key in ("publish_roll", "publish_candidates", "publish_final_candidates"):
                step(other, key, date(2026, 12, 1), election=other)
    with scope.reading([world.township, world.neighbour]), django_assert_num_queries(6):
        assert len(lines([world.township, world.neighbour], TODAY)) == 2


def test_the_page_and_its_table_name_no_voter_and_lead_to_what_the_county_may_open(world, election, browse):
    with scope.township(world.township):
        freeze(election)
    take_roll_figures()
    client = browse(world.county_viewer)
    answer = client.get(reverse(*PAGE[:1], args=PAGE[1]))
    page = answer.content.decode()
    sheet = load_workbook(io.BytesIO(client.get(reverse(PAGE[0], args=PAGE[1]), {"format": "xlsx"}).content)).active
    rows = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    for name in ("丁一", "于二", "王三"):
        assert name not in page
        assert not any(name in cell for row in rows for cell in row)
    assert "0.13%" in page  # 3 ÷ 2400
    for url in {cell["url"] for cells in answer.context["lines"] for cell in cells if cell["url"]}:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    ("who", "status"), [("county_viewer", 200), ("far_viewer", 404), ("clerk", 404), ("chair", 404)]
)
def test_only_the_county_sees_it(world, browse, who, status):
    assert browse(world.users[who]).get(reverse(PAGE[0], args=PAGE[1])).status_code == status


def test_whether_a_roll_has_anybody_is_not_asked_of_all_rolls_of_the_county():
    """`EXISTS` would be answered from a million rows that are read once, a first row from an index for each level."""
    (levels,) = campaigns.campaigns()._prefetch_related_lookups
    statement, _ = levels.queryset.query.sql_with_params()
    before, asked, rest = statement.partition('FROM "elections_registration"')
    assert asked
    assert before.endswith('(SELECT U0."id" AS "pk" ')
    assert rest.partition(" AS ")[0].endswith("LIMIT 1) IS NOT NULL")
