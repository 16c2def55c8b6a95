"""Old ledgers: activities, receptions and suggestions come in with the days they tell, by the rules of every step."""

from datetime import date

import pytest
from django.urls import reverse

from congress import clock, imports
from congress.guard.action import action
from congress.models import Category, Unit
from congress.numbers import next_number
from deputies.models import Activity, ActivityAttendance, Deputy
from proposals import queries
from proposals.models import Assignment, Rating, Reply, Suggestion, Talk
from proposals.numbers import SUGGESTION
from tests.cast import SET_UP, make_deputy
from tests.imports.ledgers import (
    ACTIVITIES,
    ACTIVITY,
    DAYS,
    HEAD,
    RECEPTIONS,
    SPOT,
    SUGGESTIONS,
    WHOLE,
    row,
    seen,
    wrong,
)

# -- activities


def test_activities_come_with_their_day_and_who_took_part(world, ledger, take):
    rows = [
        ["2022-03-01", "春季集中培训", "培训", "曾田、单木", "2", None],
        ["2023.5.6", "走访慰问困难户", None, "曾田", None, "12"],
    ]
    with world.in_township():
        batch = ledger(ACTIVITIES, ACTIVITY, *rows)
        assert seen(batch).rows[1].notes == ["没有写类别，按名称登记为“走访”"]
        take(batch)
        made = Activity.objects.kept().order_by("held_on")
        assert [(row.held_on, row.kind, row.attendances.count(), row.households) for row in made] == [
            (date(2022, 3, 1), "training", 2, 0),
            (date(2023, 5, 6), "visit", 1, 12),
        ]
        assert seen(ledger(ACTIVITIES, ACTIVITY, *rows)).counts["unchanged"] == 2
        assert imports.undo(world.clerk, batch) == {}
        assert not Activity.objects.kept().exists()
        assert not ActivityAttendance.objects.kept().exists()


def test_a_line_without_its_name_or_its_day_is_told_so(world, ledger):
    rows = [["2022-03-01", None, "培训", None, None, None], [None, "走访", "走访", None, None, None]]
    with world.in_township():
        found = wrong(ledger(ACTIVITIES, ACTIVITY, *rows))
        assert [each.split("：")[0] for each in found] == ["第2行B列", "第3行A列"]


def test_who_reported_is_told_from_who_attended(world, ledger, take):
    with world.in_township():
        take(
            ledger(
                ACTIVITIES, ["日期", "名称", "参加代表", "述职代表"], ["2022-03-01", "述职评议会", "曾田、单木", "单木"]
            )
        )
        parts = ActivityAttendance.objects.values_list("deputy__name", "part")
        assert set(parts) == {("曾田", "attended"), ("单木", "reported")}


def test_what_an_activity_cannot_be_is_told_at_the_cell(world, ledger):
    rows = [["2021-01-01", "培训", "培训", "曾田", None, None], ["2099-01-01", "培训", "培训", None, None, None],
            ["2022-03-01", "走访", "走访", "不存在的人", None, "-1"],
            ["2022-03-02", "电话13800138000", "走访", None, None, None]]  # fmt: skip
    with world.in_township():
        found = wrong(ledger(ACTIVITIES, ACTIVITY, *rows))
        assert "第2行D列：曾田在2021年1月1日不在任或者不能执行代表职务" in found[0]
        assert found[1:] == [
            "第3行A列：日期不能晚于今天",
            "第4行D列：花名册里没有代表“不存在的人”，请先导入花名册（已离任的也要）",
            "第4行F列：应为0到9999之间的整数",
            "第5行B列：写有身份证号或者电话号码，请删去",
        ]


def test_an_appraisal_comes_with_its_numbers_which_have_to_fit(world, ledger, take):
    head = ["日期", "名称", "类别", "被评议站所数", "评议意见", "整改落实", "整改日期"]
    with world.in_township():
        found = wrong(ledger(ACTIVITIES, head, ["2022-03-01", "站所评议", None, "2", "2", "3", None]))
        assert found == [
            "第2行F列：整改落实的条数不能多于评议意见的条数",
            "第2行G列：请填写整改落实的日期，报告按这个日期计",
        ]
        take(ledger(ACTIVITIES, head, ["2022-03-01", "站所评议", None, "2", "3", "3", "2022-05-01"]))
        made = Activity.objects.get()
        assert (made.kind, made.appraised, made.mended, made.mended_on) == ("appraisal", 2, 3, date(2022, 5, 1))


def test_an_activity_that_differs_from_the_registered_one_is_told(world, ledger, take):
    with world.in_township():
        take(ledger(ACTIVITIES, ACTIVITY, ["2022-03-01", "培训", "培训", "曾田", "2", None]))
        found = wrong(ledger(ACTIVITIES, ACTIVITY, ["2022-03-01", "培训", "培训", "曾田", "5", None]))
        assert "已经登记过，但参加人次与登记的不同" in found[0]


def test_namesakes_are_told_apart_by_a_note_behind_the_name(world, ledger, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            for post in ("甲村会计", "乙村会计"):
                make_deputy(world.township, "王试强", term=world.term, employer_post=post)
        assert (
            "有2位代表叫“王试强”"
            in wrong(ledger(ACTIVITIES, ACTIVITY, ["2022-03-01", "培训", "培训", "王试强", None, None]))[0]
        )
        take(ledger(ACTIVITIES, ACTIVITY, ["2022-03-01", "培训", "培训", "王试强（乙村会计）、曾田", None, None]))
        names = {row.deputy.employer_post for row in ActivityAttendance.objects.filter(deputy__name="王试强")}
        assert names == {"乙村会计"}


# -- suggestions


def test_a_suggestion_comes_with_every_day_of_its_life(world, ledger, take):
    with world.in_township():
        batch = ledger(
            SUGGESTIONS, [*HEAD, "协办单位", "面商日期", "联名代表"], [*WHOLE, "水利站", "2022-03-01", "单木"]
        )
        assert seen(batch).makes == ["承办单位1个：交通站", "类别1个：其他"]
        take(batch)
        made = Suggestion.objects.get()
        assert (made.number, made.submitted_on, made.closed_on) == ("2022-012", date(2022, 1, 10), date(2022, 4, 20))
        facts = queries.facts_of(queries.fresh(made))
        now = facts.now
        assert (now.assigned_on, now.signed_on, now.talked_on, now.replied_on, now.rated_on) == (
            date(2022, 2, 1),
            date(2022, 2, 1),
            date(2022, 3, 1),
            date(2022, 4, 1),
            date(2022, 4, 20),
        )
        assert {share.unit.name: share.part for share in Assignment.objects.all()} == {
            "交通站": "lead",
            "水利站": "assist",
        }
        assert (Reply.objects.get().grade, Rating.objects.get().result) == ("A", "good")
        assert made.cosigners.get().deputy.name == "单木"
        with action(SET_UP, actor=None):
            assert next_number(world.township, SUGGESTION.key, 2022) == 13
        assert seen(ledger(SUGGESTIONS, HEAD, WHOLE)).counts["unchanged"] == 1
        assert imports.undo(world.clerk, batch) == {}
        for model in (Suggestion, Assignment, Talk, Reply, Rating):
            assert not model.objects.kept().exists(), model
        assert not Unit.objects.kept().filter(name="交通站").exists()
        assert not Category.objects.kept().filter(label="其他").exists()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"交办日期": "2022-01-01"}, "第2行E列"),
        ({"答复日期": "2022-01-20", "评价日期": "2022-01-21"}, "第2行G列"),
        ({"评价日期": "2022-03-20"}, "第2行J列"),
        ({"评价日期": None}, "第2行I列：写了评价，请补评价日期"),
        ({"代表评价": None}, "第2行J列：写了评价日期，没有写评价"),
        ({"承办单位": None}, "第2行F列：写了交办日期，请补承办单位"),
        ({"交办日期": None}, "第2行E列：写了承办单位，请补交办日期"),
        ({"办理结果": None}, "第2行H列：写了答复日期，请补办理结果分类"),
        ({"答复日期": None}, "第2行G列：写了办理结果，请补答复日期"),
        ({"提出的会议": "第十八届第九次会议"}, "第2行K列：没有登记过这次会议，请先登记，或者删去这一格"),
        ({"承办单位": "分办：交通站"}, "第2行F列：分办的，请填两个以上不同的承办单位"),
        ({"办理方式": "分办"}, "第2行F列：分办的，请填两个以上不同的承办单位"),
        ({"办理方式": "分办", "承办单位": "交通站、水利站", "协办单位": "水利站"}, "第2行L列：分办没有协办单位"),
        ({"提出日期": "2021-01-01"}, "第2行C列：曾田在2021年1月1日不在任"),
        ({"联名代表": "查无此人"}, "第2行K列：花名册里没有代表“查无此人”"),
        ({"评价日期": "2099-01-01"}, "第2行J列：日期不能晚于今天"),
        ({"标题": "电话13800138000"}, "第2行B列：写有身份证号或者电话号码"),
    ],
)
def test_days_out_of_order_and_halves_of_a_fact_are_told(world, ledger, cells, said):
    with world.in_township():
        more = {name: cells.pop(name) for name in ("办理方式", "协办单位", "联名代表", "提出的会议") if name in cells}
        told = wrong(ledger(SUGGESTIONS, [*HEAD, *more], [*row(**cells), *more.values()]))
        assert any(each.startswith(said) for each in told), told


def test_units_that_answered_separately_each_have_what_the_ledger_tells(world, ledger, take):
    with world.in_township():
        take(
            ledger(
                SUGGESTIONS, [*HEAD, "办理方式", "面商日期"], [*row(承办单位="交通站、水利站"), "分办", "2022-03-01"]
            )
        )
        made = queries.fresh(Suggestion.objects.get())
        assert {(one.unit.name, one.part, one.strand) for one in made.assignments.all()} == {
            ("交通站", "separate", 1),
            ("水利站", "separate", 2),
        }
        assert {(one.unit.name, one.strand) for one in made.replies.all()} == {("交通站", 1), ("水利站", 2)}
        assert queries.facts_of(made).now.talked_on == date(2022, 3, 1)
        assert queries.facts_of(made).now.satisfied


def test_a_dissatisfied_rating_needs_its_reason_and_leaves_the_suggestion_open(world, ledger, take):
    with world.in_township():
        assert "写明理由" in wrong(ledger(SUGGESTIONS, HEAD, row(代表评价="不满意")))[0]
        take(ledger(SUGGESTIONS, [*HEAD, "不满意的理由"], [*row(代表评价="不满意"), "没有修"]))
        made = queries.fresh(Suggestion.objects.get())
        assert (made.closed_on, queries.facts_of(made).now.satisfied) == (None, False)


def test_a_suggestion_that_was_withdrawn_comes_back_as_it_stands(world, ledger, take):
    """Our own list tells those too, and their numbers are given for good."""
    line = row(答复日期=None, 办理结果=None, 代表评价=None, 评价日期=None)
    with world.in_township():
        take(ledger(SUGGESTIONS, HEAD, line))
        with action(SET_UP, actor=None):
            Suggestion.objects.update(withdrawn_at=clock.now(), withdrawn_reason="不再需要")
        assert [one.status for one in seen(ledger(SUGGESTIONS, HEAD, line)).rows] == ["unchanged"]
        assert [one.status for one in seen(ledger(SUGGESTIONS, HEAD, [None, *line[1:]])).rows] == ["new"]


def test_a_suggestion_without_a_number_takes_the_next(world, ledger, take):
    with world.in_township():
        take(ledger(SUGGESTIONS, HEAD, WHOLE, row(编号=None, 标题="修水渠")))
        assert set(Suggestion.objects.values_list("number", flat=True)) == {"2022-012", "2022-013"}


def test_who_still_waits_for_approval_is_told_so(world, ledger):
    with world.in_township():
        with action(SET_UP, actor=None):
            Deputy.objects.filter(name="曾田").update(state=Deputy.State.PENDING)
        assert wrong(ledger(SUGGESTIONS, HEAD, WHOLE)) == ["第2行C列：曾田的信息还待主席审核，审核通过以后再导入"]


def test_units_are_made_only_on_demand(world, ledger):
    with world.in_township():
        assert any("没有登记过“交通站”" in each for each in wrong(ledger(SUGGESTIONS, HEAD, WHOLE, create=False)))


def test_a_suggestion_handled_on_since_stays_with_its_parts(world, ledger, take):
    with world.in_township():
        batch = take(ledger(SUGGESTIONS, HEAD, row(答复日期=None, 办理结果=None, 代表评价=None, 评价日期=None)))
        made = Suggestion.objects.get()
        with action(SET_UP, actor=None):
            Talk.objects.create(township=world.township, suggestion=made, unit=Unit.objects.get(name="交通站"),
                                held_on=date(2022, 3, 1), way="phone", summary="谈过")  # fmt: skip
        held = imports.undo(world.clerk, batch)
        assert {each.reason for each in held.values()} >= {"已有面商"}
        assert Suggestion.objects.kept().count() == Assignment.objects.kept().count() == 1


# -- figures


def test_what_a_ledger_brings_counts_in_the_years_of_its_days(world, ledger, take):
    from congress import figures

    with world.in_township():
        take(ledger(SUGGESTIONS, HEAD, row(提出日期="2021-12-20", 编号="2021-003")))
        take(ledger(RECEPTIONS, DAYS, SPOT))

        def counted(key: str) -> tuple[int, int]:
            years = (figures.compute([key], world.township, year, date(year, 12, 31))[key] for year in (2021, 2022))
            return tuple(found.value for found in years)

        assert counted("suggestions.submitted") == (1, 0)
        assert counted("suggestions.replied") == (0, 1)
        assert counted("receptions.people") == (0, 2)


def test_who_is_offered_a_ledger_may_bring_it(world, browse):
    lists = {
        ACTIVITIES: "deputies-activities",
        RECEPTIONS: "proposals-receptions",
        SUGGESTIONS: "proposals-suggestions",
    }
    for user in (world.clerk, world.chair, world.deputy_user):
        for kind, name in lists.items():
            url = reverse("import-new", args=[world.township.code, kind])
            offered = url in browse(user).get(reverse(name, args=[world.township.code])).content.decode()
            assert offered is (browse(user).get(url).status_code == 200), (user, kind)
