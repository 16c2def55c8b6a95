"""Who is named as a table: each person with the forms that name them, taken back whole until a form was checked."""

import pytest

from congress import imports
from congress.guard.action import Refused, action
from elections.actions import candidates as acts
from elections.life import NOMINATION
from elections.models import NominatingBody, Nomination, Nominee, Vacancy
from elections.queries import candidates as queries
from elections.queries.candidate_lists import facts_of
from tests.cast import SET_UP
from tests.elections.imports.rolls import said

KIND = "elections.nominees"
HEAD = ["选区", "姓名", "性别", "出生日期", "身份证号", "政治面貌", "单位和职务", "推荐者", "联名人数", "推荐日期"]


def row(
    district="1", name="欧阳明", sex="男", born="1980-01-02", number="", by="选民联名", joint="12", on="2026-12-01"
):
    return [district, name, sex, born, number, "中共党员", "教师", by, joint, on]


@pytest.fixture
def table(world, under, bring):
    with world.in_township():
        for name in ("云溪镇总工会", "中共云溪镇委员会"):
            body = NominatingBody(township=world.township, campaign=under.election.campaign, name=name, kind="people")
            acts.BODIES.record(world.clerk, body)
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def named(election) -> list[tuple]:
    rows = Nominee.objects.kept().filter(election=election).order_by("stroke_key")
    return [
        (one.name, one.gender, sorted((form.kind, form.paper_signers) for form in one.nominations.kept()))
        for one in rows
    ]


def test_people_and_their_forms_are_made_and_taken_back(world, under, table, take):
    with world.in_township():
        batch = table(
            row(),
            row("西山村", "丁一", "女", by="中共云溪镇委员会、云溪镇总工会", joint=""),
            row("1", "于二", by="云溪镇总工会，10人以上联名", joint="15"),
        )
        assert [status for status, _ in said(batch)] == ["new"] * 3
        take(batch)
        assert named(under.election) == [
            ("丁一", "female", [("bodies", None)]),
            ("于二", "male", [("bodies", None), ("voters", 15)]),
            ("欧阳明", "male", [("voters", 12)]),
        ]
        joint = Nomination.objects.get(nominee__name="丁一")
        assert [one.name for one in queries.bodies_of(joint)] == ["中共云溪镇委员会", "云溪镇总工会"]
        again = table(row(), row("1", "于二", "女", by="云溪镇总工会", joint=""))
        assert [status for status, _ in said(again)] == ["unchanged", "changed"]
        take(again)
        assert imports.undo(world.clerk, again) == {}
        assert imports.undo(world.clerk, batch) == {}
        assert named(under.election) == []
        assert not Nomination.objects.kept().exists()


def test_whoever_has_a_form_that_was_checked_stays(world, under, table, take):
    with world.in_township():
        batch = table(row(), row("1", "于二"))
        take(batch)
        form = Nomination.objects.get(nominee__name="于二")
        NOMINATION.take("accept", world.clerk, form, on=form.submitted_on)
        assert {held.reason for held in imports.undo(world.clerk, batch).values()} == {"推荐表已经核对"}
        assert [name for name, *_ in named(under.election)] == ["于二"]
        assert [one.name for facts in facts_of(under.election).values() for one in facts.lawful] == ["于二"]


def test_the_number_gives_sex_and_day_of_birth(world, under, table, take):
    with world.in_township(), action(SET_UP, actor=None):
        batch = table(row(sex="", born="", number="33012319800304124X"))
        assert said(batch) == [("new", [])]
        take(batch)
        found = Nominee.objects.get()
        assert (found.gender, found.birth_date.isoformat()) == ("female", "1980-03-04")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("9"), "这次选举没有这个选区"),
        (row(sex=""), "请写性别"),
        (row(born=""), "请写出生日期"),
        (row(on=""), "请写推荐日期"),
        (row(by="", joint=""), "请写推荐者"),
        (row(joint=""), "选民联名的请写联名人数"),
        (row(by="县妇联"), "还没有登记“县妇联”，请先在“政党、人民团体”中登记"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert any(words in one for one in told), told


def test_in_a_by_election_the_other_districts_elect_nobody(world, under, table, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            type(under.election).objects.filter(pk=under.election.pk).update(how="by_election")
            of = {"township": world.township, "election": under.election}
            Vacancy.objects.create(**of, district=under.districts[0], seats=1)
        batch = table(row(), row("西山村", "丁一"))
        assert [status for status, _ in said(batch)] == ["new", "wrong"]
        assert "这个选区这次不选举" in str(said(batch)[1])
        take(batch)
        assert [name for name, *_ in named(under.election)] == ["欧阳明"]


def test_the_title_of_a_group_names_the_district_and_the_cell_how_many_signed(world, under, table, bring, take):
    head = ["姓名", "男", "女", "出生年", "月", "日", "工作单位及职务", "推荐方式", "推荐日期"]
    one = ["于二", "", "√", "1979", "11", "2", "教师", "选民联名（12人）", "2026-12-01"]
    two = ["丁一", "√", "", "1980", "3", "4", "教师", "选民15人联名", "2026-12-01"]
    with world.in_township():
        table()
        batch = bring([["第1选区（1名）"], one, ["二、西山村选区"], two], kind=KIND, head=head)
        assert [status for status, _ in said(batch)] == ["new"] * 2
        assert [row.values["district"] for row in imports.preview_of(batch).rows] == [str(d) for d in under.districts]
        take(batch)
        assert named(under.election) == [("丁一", "male", [("voters", 15)]), ("于二", "female", [("voters", 12)])]


def test_without_title_and_column_the_district_is_asked_for(world, under, table, bring, take):
    head = ["姓名", "性别", "出生日期", "单位和职务", "推荐者", "推荐日期"]
    with world.in_township():
        table()
        batch = bring([["于二", "女", "1979-11-02", "教师", "云溪镇总工会", "2026-12-01"]], kind=KIND, head=head)
        assert said(batch) == [("wrong", ["第2行：选区必须填写"])]
        with pytest.raises(Refused, match="没有需要导入的行"):
            take(batch)
        assert named(under.election) == []
