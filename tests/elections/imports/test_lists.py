"""Lists of police, civil affairs and courts: each row says whom it found, and only what the law allows is taken."""

from datetime import date

import pytest

from congress import imports
from congress.guard.action import action
from congress.imports import batches
from elections.models import Exclusion, Registration, RollChange, Supplement, VoterList
from tests.cast import SET_UP
from tests.elections.campaigns import moved
from tests.elections.imports.rolls import citizen, line, roll_of, said
from tests.spreadsheets.books import id_number

HEAD = ["姓名", "身份证号", "出生日期", "变动类型", "变动日期", "期满日期", "决定机关", "文号"]


def of(serial: int, **cells) -> list:
    """A row about the citizen of that serial."""
    usual = {
        "姓名": citizen(serial)[3],
        "身份证号": id_number(serial, "19750812"),
        "变动类型": "死亡",
        "变动日期": "2026-10-01",
    }
    return [(usual | cells).get(heading) for heading in HEAD]


@pytest.fixture
def listed(world, under, bring, take):
    """Bring a list in, over a roll of five with numbers and one without."""
    with world.in_township():
        take(bring([*(citizen(n) for n in range(5)), line("钱二", 户号="7")]))

    def act(*rows, kind="elections.police"):
        return bring(list(rows), kind=kind, head=HEAD, paper="清江派出所户籍变动名单（2026）3号")

    return act


def test_each_row_has_its_result_and_only_those_found_are_taken_off(world, under, listed, take):
    gone = of(2, 变动类型="户口迁出")
    with world.in_township():
        take(listed(gone))
        batch = listed(
            of(1), gone, of(9), of(3, 身份证号=None, 出生日期="1975-08"), of(4, 变动类型="迁入"), of(8, 变动类型="迁入")
        )
        assert said(batch) == [
            ("changed", ["结果：找到，在第1选区（东山村），导入后除名"]),
            ("unchanged", ["结果：已不在册（迁出）"]),
            ("unknown", ["结果：没有找到，可能登记在其他乡镇，或者没有登记"]),
            ("unknown", ["结果：选民册中有1人可能是，不选的不处理"]),
            ("unchanged", ["结果：已办理，或者已在册，没有变动"]),
            ("unknown", ["结果：没有登记，应予登记的请在选民册中登记"]),
        ]
        take(batch)
        assert {name for name, *_ in roll_of(under)} == {"赵甲", "赵丁", "赵戊", "钱二"}
        died = RollChange.objects.get(kind="died")
        assert (died.happened_on, died.paper) == (date(2026, 10, 1), "清江派出所户籍变动名单（2026）3号")


def test_a_name_alone_is_asked_about_and_the_answer_counts(world, under, listed, take):
    with world.in_township():
        batch = listed(of(0, 姓名="钱二", 身份证号=None))
        (row,) = imports.preview_of(batch).rows
        assert row.question.choices[0][1] == "钱二（1980年03月生，第1选区（东山村），户号7）"
        batch = batches.look_again(world.clerk, batch, answers={row.name: row.question.choices[0][0]})
        assert batch.counts["changed"] == 1
        take(batch)
        assert "钱二" not in {name for name, *_ in roll_of(under)}


def test_a_list_is_taken_back_with_its_exclusions(world, under, listed, take):
    judged = of(1, 变动类型="剥夺政治权利", 期满日期="2030-01-01", 决定机关="法院", 文号="（2026）清刑初5号")
    with world.in_township():
        before = roll_of(under)
        batch = take(listed(judged, kind="elections.judgments"))
        held = Exclusion.objects.kept().get()
        assert (held.body, held.until) == ("court", date(2030, 1, 1))
        assert held.paper.startswith("（2026）清刑初5号；")
        assert roll_of(under) != before
        assert imports.undo(world.clerk, batch) == {}
        assert roll_of(under) == before
        assert not Exclusion.objects.kept().exists()


def test_what_a_supplement_told_is_not_taken_back(world, under, listed, take):
    with world.in_township():
        batch = take(listed(of(1)))
        with action(SET_UP, actor=None):
            listed_voters = VoterList.objects.create(
                township=world.township,
                election=under.election,
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at="2026-11-20T02:00Z",
                voters=5,
                fingerprint="0" * 64,
            )
            told = Supplement.objects.create(
                township=world.township, voter_list=listed_voters, number=1, published_on=date(2026, 12, 1),
                before=6, added=0, removed=1, after=5,
            )  # fmt: skip
            RollChange.objects.update(supplement=told)
        held = imports.undo(world.clerk, batch)
        assert [each.reason for each in held.values()] == ["已经补正公告"]


def test_after_the_freeze_a_list_still_changes_the_roll_and_says_so(world, under, listed, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            VoterList.objects.create(
                township=world.township,
                election=under.election,
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at="2026-11-20T02:00Z",
                voters=6,
                fingerprint="0" * 64,
            )
        take(listed(of(1)))
        assert RollChange.objects.get().after_freeze


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"变动类型": "停止行使", "决定机关": None}, "停止行使选举权利只能由人民检察院或者人民法院决定或者确认"),
        ({"变动类型": "停止行使", "决定机关": "公安局"}, "决定机关“公安局”不在可选项中"),
        ({"变动类型": "剥夺政治权利", "决定机关": "检察院"}, "被剥夺政治权利只能由人民法院决定或者确认"),
        ({"变动类型": "剥夺政治权利", "决定机关": "法院", "期满日期": "2026-12-16"}, "期满，自次日起应予登记，不除名"),
        ({"变动类型": "死亡"}, "变动类型“死亡”不在可选项中"),
        ({"变动类型": "剥夺政治权利", "决定机关": "法院", "变动日期": "2099-01-01"}, "日期不能晚于今天"),
    ],
)
def test_what_the_law_does_not_allow_is_told_at_its_cell(world, under, listed, cells, words):
    with world.in_township():
        status, told = said(listed(of(1, **cells), kind="elections.judgments"))[0]
        assert status == "wrong"
        assert any(words in each for each in told), told


def test_who_is_kept_off_is_not_entered_by_a_roll(world, under, listed, bring, take):
    judged = of(1, 变动类型="剥夺政治权利", 期满日期="2030-01-01", 决定机关="法院", 文号="（2026）清刑初5号")
    with world.in_township():
        take(listed(judged, kind="elections.judgments"))
        take(listed(of(2)))
        batch = bring([citizen(1), citizen(2)])
        told = [words for _, words in said(batch)[:2]]
        assert "被剥夺政治权利" in told[0][0]
        assert told[0][0].endswith("选举日不列入名单")
        assert "该选民已登记死亡" in told[1][0]
        assert Registration.objects.kept().filter(on_roll=True).count() == 4


def test_whom_a_roll_may_enter_is_asked_of_the_day_of_the_row_s_own_district(world, under, listed, bring, take):
    judged = of(1, 变动类型="剥夺政治权利", 期满日期="2026-12-21", 决定机关="法院", 文号="（2026）清刑初5号")
    with world.in_township():
        take(listed(judged, kind="elections.judgments"))
        moved(under.election, date(2026, 12, 22))
        assert said(bring([citizen(1)]))[0][0] == "wrong"
        assert said(bring([citizen(1, 选区="2", 选民小组=None)]))[0] == ("changed", [])


@pytest.mark.parametrize(
    ("title", "status", "kind"),
    [
        ("2026年迁出人员名单", "changed", "迁出"),
        ("死亡人员名单", "changed", "死亡"),
        ("死亡、迁出人员名单", "wrong", None),
        ("迁入迁出人员名单", "wrong", None),
        ("人员名单", "wrong", None),
    ],
)
def test_a_title_says_what_happened_to_all_below_it(world, under, listed, bring, title, status, kind):
    rows = [["姓名", "身份证号", "日期"], [citizen(1)[3], id_number(1, "19750812"), "2026-10-01"]]
    with world.in_township():
        batch = bring(rows, kind="elections.police", head=[title], paper="名单3号")
        (row,) = imports.preview_of(batch).rows
        assert (row.status, row.values.get("kind")) == (status, kind)


def test_what_happened_is_ticked(world, under, listed, bring):
    head = ["姓名", "身份证号", "死亡", "迁出", "迁入", "变动日期"]
    rows = [[citizen(n)[3], id_number(n, "19750812"), *ticks, "2026-10-01"] for n, ticks in ((1, " √ "), (2, "√√ "))]
    with world.in_township():
        batch = bring(rows, kind="elections.police", head=head, paper="名单3号")
        one, two = imports.preview_of(batch).rows
        assert (one.status, one.values["kind"]) == ("changed", "迁出")
        assert [str(error) for error in two.errors] == ["第3行D列：“死亡”和“迁出”都打了勾，请只留一处"]


def test_a_court_is_named_in_full(world, under, listed):
    with world.in_township():
        cells = {"变动类型": "剥夺政治权利", "决定机关": "清江县人民法院", "期满日期": "2029-10-01"}
        (row,) = imports.preview_of(listed(of(1, **cells), kind="elections.judgments")).rows
        assert (row.status, row.values["body"]) == ("changed", "人民法院")


@pytest.mark.parametrize(
    ("cell", "until"),
    [
        ("2024-03-01至2030-02-28", date(2030, 2, 28)),
        ("自2024年3月1日起至2030年2月28日止", date(2030, 2, 28)),
        ("2024.3.1-2030.2.28", date(2030, 2, 28)),
        ("20240301—20300228", date(2030, 2, 28)),
        ("2024-03-01至终身", None),
    ],
)
def test_from_when_until_when_may_stand_in_one_cell(world, under, listed, bring, take, cell, until):
    head = ["姓名", "身份证号", "变动类型", "剥权起止", "决定机关", "文号"]
    judged = [citizen(1)[3], id_number(1, "19750812"), "剥夺政治权利", cell, "法院", "（2024）清刑初5号"]
    with world.in_township():
        take(bring([judged], kind="elections.judgments", head=head, paper="法院函1号"))
        held = Exclusion.objects.kept().get()
        assert (held.since, held.until) == (date(2024, 3, 1), until)


def test_of_two_days_each_for_its_own_rows_the_one_that_is_filled_counts(world, under, listed, bring, take):
    head = ["姓名", "身份证号", "变动类型", "注销日期", "死亡日期", "迁出日期"]
    died = [citizen(1)[3], id_number(1, "19750812"), "死亡", "2026-10-20", "2026-10-01", None]
    left = [citizen(2)[3], id_number(2, "19750812"), "迁出", None, None, "2026-09-09"]
    with world.in_township():
        batch = bring([died, left], kind="elections.police", head=head, paper="派出所名单3号")
        (_, told), _ = said(batch)
        assert "“死亡日期”和“注销日期”不同，按“死亡日期”登记" in told
        take(batch)
        days = dict(RollChange.objects.kept().exclude(kind="added").values_list("kind", "happened_on"))
        assert days == {"died": date(2026, 10, 1), "moved_out": date(2026, 9, 9)}
