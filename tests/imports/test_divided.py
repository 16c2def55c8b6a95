"""Tables in which people tick a column instead of writing a word, and write year and month beside each other."""

from collections import Counter

from congress import imports
from congress.imports import batches
from congress.imports.mapping_form import MappingForm
from congress.spreadsheets.columns import Column
from deputies.imports import words
from deputies.models import Deputy
from tests.imports.ledgers import RECEPTIONS, SUGGESTIONS, seen, wrong
from tests.spreadsheets.books import workbook


def test_a_roster_to_tick_is_taken_and_taken_back(world, bring, take):
    rows = [
        ["云溪镇第十七届人大代表花名册", *[None] * 7],
        ["序号", "姓名", "性别", None, "出生年月", None, "党员", "选区"],
        [None, None, "男", "女", "年", "月", None, None],
        [1, "王大川", "√", None, 1975, 8, "√", 1],
        [2, "李小溪", None, "√", "１９８０年", "三月", None, 1],
    ]
    down = [(1, place, 2, place) for place in (0, 1, 6, 7)]
    with world.in_township():
        batch = bring(workbook(rows, [(0, 0, 0, 7), (1, 2, 1, 3), (1, 4, 1, 5), *down]), create=True)
        assert (wrong(batch), seen(batch).unknown) == ([], [])
        take(batch)
        found = {one.name: (one.gender, str(one.birth_date)[:7], one.party) for one in Deputy.objects.kept()}
        assert found["王大川"] == ("male", "1975-08", "cpc")
        assert found["李小溪"] == ("female", "1980-03", "masses")
        assert imports.undo(world.clerk, batch) == {}


def test_the_official_words_of_a_party_are_ticked_as_the_short_one_is(world, bring):
    with world.in_township():
        head = ["姓名", "性别", "中共党员", "群众"]
        preview = seen(bring([head, ["赵一", "男", "√", None], ["钱二", "女", None, "√"], ["孙三", "女", "√", "√"]]))
        assert [row.values.get("party") for row in preview.rows[:2]] == ["中共党员", "群众"]
        assert [str(error) for error in preview.errors] == ["第4行D列：“中共党员”和“群众”都打了勾，请只留一处"]


def test_no_bare_word_to_tick_is_of_two_columns(world):
    """But 其他, which alone says nothing of what it is another."""
    with world.in_township():
        for kind in imports.kinds():
            columns = [
                column for column in kind(world.township, {}).columns() if column.kind == "choice" and column.bare
            ]
            words_ = Counter(word for column in columns for word in column.spellings)
            assert [word for word, number in words_.items() if number > 1 and word != "其他"] == [], kind.label


def test_satisfaction_is_ticked_in_both_ledgers(world, ledger):
    with world.in_township():
        head = ["标题", "领衔代表", "提出日期", "代表评价", None, None, "评价日期"]
        marks = [*[None] * 3, "满意", "基本满意", "不满意", None]
        one = ["修村道", "曾田", "2022-01-10", None, "√", None, "2022-04-20"]
        two = ["修水渠", "曾田", "2022-01-10", "√", "√", None, "2022-04-20"]
        found = ledger(SUGGESTIONS, head, marks, one, two)
        first = next(row for row in seen(found).rows if row.values.get("title") == "修村道")
        assert first.values["result"] == "基本满意"
        bare = ledger(
            SUGGESTIONS, ["标题", "领衔代表", "提出日期", "满意", "基本满意", "不满意"], [*one[:3], "", "√", ""]
        )
        assert [row.values["result"] for row in seen(bare).rows] == ["基本满意"]
        days = ["接待日期", "联络站", "接待代表", "人次", "反映内容", "满意", "基本满意", "不满意"]
        visit = ["2022-03-15", "云溪联络站", "曾田", "2", "想问低保", "", "", "√"]
        again = ledger(RECEPTIONS, days, visit)
        assert seen(again).rows[0].values["opinion"] == "不满意"
        twice = ledger(RECEPTIONS, days, [*visit[:5], "√", "√", ""])
        assert "第2行G列：“满意”和“基本满意”都打了勾，请只留一处" in wrong(twice)


def test_columns_to_tick_are_named_by_hand(world, bring):
    with world.in_township():
        batch = bring([["大名", "男", "女"], ["赵一", "", "√"]])
        batches.look_again(world.clerk, batch, columns={"大名": "name", "男": "gender", "女": "gender"})
        assert seen(batch).rows[0].values["gender"] == "女"


def test_several_columns_by_hand_only_where_each_is_a_part():
    columns = [Column("name", "姓名"), Column("sex", "性别", kind="choice", choices=words.SEX)]

    def form(*headings):
        data = {f"column{number}": "sex" for number, _ in enumerate(headings)} | {"column9": "name"}
        return MappingForm(data, found=[(heading, []) for heading in headings], columns=columns, known={})

    assert form("男", "女").is_valid()
    assert form("男", "性别").errors["column0"] == ["“性别”对应了2列，请只保留1列。"]
