"""The turnout of the districts: brought as one table, judged district by district, corrected and taken back."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import imports
from congress.guard import scope
from congress.guard.action import Refused, action
from elections import queries
from elections.actions import ELECTIONS, TURNOUTS
from elections.models import DistrictTurnout, Election
from tests.cast import SET_UP

CODE = "990101101000"
TABLE = "选区号\t登记选民\t参加投票\t收回选票\n"


@pytest.fixture
def here(world):
    with scope.township(world.township):
        yield world.township


def record(world, **values):
    given = {"begun_on": date(2021, 7, 1), "election_day": date(2021, 10, 20), "districts": 2, "seats": 4} | values
    election = Election(township=world.township, term=world.term, **given)
    with action(SET_UP, actor=None):
        election.save()
    return election


def bring(world, election, rows):
    kind = imports.kind_of("elections.turnouts")
    return imports.upload(world.clerk, world.township, kind, options={"election": str(election.pk)}, text=TABLE + rows)


def take(world, election, rows):
    batch = bring(world, election, rows)
    imports.take(world.clerk, batch, only_good=False)
    return batch


def codes(election):
    return [finding.code for finding in queries.findings(election)]


@pytest.mark.parametrize(("second", "void"), [(390, True), (600, False)])
def test_each_district_is_judged_by_its_own_voters(world, here, second, void):
    election = record(world, registered=2000, took_part=600 + second)
    assert codes(election) == ["tally.totals_only"]
    take(world, election, f"1\t1000\t600\t600\n2\t1000\t{second}\t{second}\n")
    assert codes(election) == (["tally.turnout"] if void else [])
    if void:
        (finding,) = queries.findings(election)
        assert finding.message == "第2选区：参加投票390人，没有超过选民1000人的一半（须501人），选举无效"
        assert finding.citation.brief == "选举法第四十五条第一款"


def test_more_ballots_than_voters_void_a_district(world, here):
    election = record(world, districts=1, seats=2, registered=1000, took_part=600)
    take(world, election, "1\t1000\t600\t601\n")
    assert codes(election) == ["tally.ballots_exceed"]


def test_what_is_not_entered_is_not_judged_and_sums_are_compared(world, here):
    election = record(world, registered=2001, took_part=1200)
    take(world, election, "1\t1000\t600\t\n")
    assert codes(election) == ["tally.not_compared", "tally.totals_only"]
    take(world, election, "2\t1000\t600\t600\n")
    assert [finding.message for finding in queries.findings(election)][-1] == (
        "各选区登记选民合计2000人，与总数2001人不符，请核对"
    )


def test_a_second_table_corrects_and_an_undone_one_leaves_nothing(world, here):
    election = record(world, registered=2000, took_part=1100)
    take(world, election, "1\t1000\t500\t500\n")
    again = bring(world, election, "1\t1000\t501\t501\n")
    assert [row.status.value for row in imports.preview_of(again).rows] == ["changed"]
    imports.take(world.clerk, again, only_good=False)
    assert queries.turnouts(election).get().took_part == 501
    imports.undo(world.clerk, again)
    assert queries.turnouts(election).get().took_part == 500


@pytest.mark.parametrize("number", ["第一选区", "第1选区（东山村）", "1号选区", "1、东山村"])
def test_a_district_is_told_by_its_number_however_it_is_written(world, here, number):
    election = record(world)
    text = f"选区\t登记选民数\t参加投票人数\t收回选票数\n{number}\t1,000人\t600\t600\n"
    kind, options = imports.kind_of("elections.turnouts"), {"election": str(election.pk)}
    (row,) = imports.preview_of(imports.upload(world.clerk, here, kind, options=options, text=text)).rows
    assert (row.status, row.values["number"], row.values["registered"]) == ("new", 1, 1000)


def test_what_cannot_be_is_refused_at_its_cell(world, here):
    election = record(world)
    rows = imports.preview_of(bring(world, election, "0\t1000\t600\t\n1\t0\t0\t\n2\t100\t101\t\n3\t9\t5\t-1\n")).rows
    said = [str(row.errors) for row in rows]
    for words, told in zip(("选区号", "登记选民", "参加投票人数", "收回选票"), said, strict=True):
        assert words in told
    assert DistrictTurnout.objects.count() == 0


def test_a_table_of_an_election_withdrawn_meanwhile_is_refused(world, here):
    election = record(world)
    batch = bring(world, election, "1\t1000\t600\t\n")
    with action(SET_UP, actor=None):
        election.withdrawn_at = "2022-01-01T00:00+08:00"
        election.save()
    with pytest.raises(Refused, match="所选的选举已经撤回，请重新导入"):
        imports.take(world.clerk, batch, only_good=False)
    assert DistrictTurnout.objects.count() == 0


def test_another_election_has_districts_of_its_own(world, here):
    general = record(world)
    later = record(world, how="by_election", election_day=date(2023, 5, 5), districts=1, seats=1)
    take(world, general, "1\t1000\t600\t600\n")
    take(world, later, "1\t900\t500\t500\n")
    assert queries.turnouts(general).get().registered == 1000
    assert queries.turnouts(later).get().registered == 900


def test_the_page_shows_the_districts_and_asks_the_same_for_one_and_for_three(world, browse):
    with scope.township(world.township):
        election = record(world, districts=3, seats=6, registered=300, took_part=180)
        take(world, election, "1\t100\t50\t50\n")
    client, page = browse(world.clerk), reverse("elections-election", args=[CODE, election.pk])
    shown = client.get(page).content.decode()
    assert "选民100人，参加投票50人，收回选票50张" in shown
    assert "没有超过选民100人的一半" in shown
    assert reverse("import-new", args=[CODE, "elections.turnouts"]) in shown
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    with scope.township(world.township):
        take(world, election, "2\t100\t60\t60\n3\t100\t60\t60\n")
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(one) == len(three)
    new = reverse("import-new", args=[CODE, "elections.turnouts"])
    assert str(election) in client.get(new).content.decode()
    assert browse(world.users["deputy_user"]).get(new).status_code == 403


@pytest.mark.parametrize("written", ["1", "第1选区", "1号选区", "第 1 选区"])
def test_a_district_may_be_written_as_the_list_writes_it(world, here, written):
    election = record(world, districts=1, seats=2)
    take(world, election, f"{written}\t1000\t600\t600\n")
    assert queries.turnouts(election).get().number == 1


def count(client, election, **cells):
    url = reverse("elections-turnout-new", args=[CODE, election.pk])
    form = {"number": "1", "registered": "1000", "took_part": "600", "recovered": "598"} | cells
    return client.post(url, form | {"key": str(uuid.uuid4())})


def test_a_district_is_recorded_by_hand_and_judged(world, browse):
    with scope.township(world.township):
        election = record(world, districts=3, seats=6)
    client = browse(world.clerk)
    assert count(client, election).status_code == 302
    answer = client.get(count(client, election, number="2", took_part="500", recovered="").url).content.decode()
    assert "没有超过选民1000人的一半（须501人），选举无效" in answer
    count(client, election, number="3", recovered="601")
    page = client.get(reverse("elections-turnouts", args=[CODE, election.pk]))
    words = [line[-1]["value"].word for line in page.context["lines"]]
    assert words == ["有效", "选举无效", "选举无效"]
    shown = client.get(reverse("elections-election", args=[CODE, election.pk])).content.decode()
    with scope.township(world.township):
        rows = list(queries.turnouts(election))
    assert all(reverse("elections-turnout", args=[CODE, row.pk]) in shown for row in rows)
    edit = client.get(reverse("elections-turnout-edit", args=[CODE, rows[1].pk])).context["form"]
    assert "选举无效" in edit.fields["took_part"].help_text
    edit = client.get(reverse("elections-turnout-edit", args=[CODE, rows[2].pk])).context["form"]
    assert "收回选票601张，多于投票600人" in edit.fields["recovered"].help_text


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"number": "1"}, "number", "第1选区的投票情况已经登记"),
        ({"number": "0"}, "number", "选区号应为正整数"),
        ({"registered": "0", "took_part": "0"}, "registered", "登记选民应为正整数"),
        ({"took_part": "1001"}, "took_part", "不能多于登记选民"),
        ({"recovered": "-1"}, "recovered", "不能小于0"),
        ({"registered": "许多"}, "registered", "整数"),
    ],
)
def test_what_a_district_cannot_have_counted_is_said_at_its_field(world, browse, cells, field, said):
    with scope.township(world.township):
        election = record(world, districts=3, seats=6)
    client = browse(world.clerk)
    count(client, election)
    answer = count(client, election, **{"number": "2"} | cells)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert said in str(form.errors[field]).replace(" ", "")
    assert form["took_part"].value() == ({"took_part": "600"} | cells)["took_part"]


def test_a_district_withdrawn_may_be_recorded_again_and_judges_nothing(world, browse):
    with scope.township(world.township):
        election = record(world, districts=3, seats=6)
    client = browse(world.clerk)
    count(client, election, took_part="400")
    with scope.township(world.township):
        row = queries.turnouts(election).get()
        assert "tally.turnout" in codes(election)
    form = {"reason": "登错了选区", "version": row.version}
    assert client.post(reverse("elections-turnout-withdraw", args=[CODE, row.pk]), form).status_code == 302
    with scope.township(world.township):
        assert "tally.turnout" not in codes(election)
    assert count(client, election).status_code == 302


def test_no_district_is_recorded_for_an_election_taken_back_meanwhile(world, here):
    election = record(world, districts=3, seats=6)
    row = DistrictTurnout(township=world.township, election=election, number=1, registered=10, took_part=6)
    ELECTIONS.withdraw(world.clerk, election, "登错了", election.version)
    row.election.refresh_from_db()
    with pytest.raises(Refused, match="这次选举已经撤回。"):
        TURNOUTS.record(world.clerk, row)
    assert not DistrictTurnout.objects.exists()


def test_the_form_of_a_table_leads_to_where_the_election_is_recorded(world, browse):
    form, made = reverse("import-new", args=[CODE, "elections.turnouts"]), reverse("elections-new", args=[CODE])
    page = browse(world.clerk).get(form).content.decode()
    assert "还没有登记选举。" in page
    assert f'href="{made}"' in page
    with world.in_township():
        record(world)
    page = browse(world.clerk).get(form).content.decode()
    assert "第十七届代表选举（" in page
    assert made not in page
