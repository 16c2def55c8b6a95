"""Ledgers in the words of offices: headings of days and opinions, names that stand for several, what was done in two columns."""

import pytest

from congress.guard.action import action
from proposals.models import Suggestion
from tests.cast import SET_UP, make_deputy
from tests.imports.ledgers import ACTIVITIES, ACTIVITY, HEAD, SUGGESTIONS, WHOLE, row, seen, wrong


def test_headings_of_offices_for_days_and_opinions(world, ledger):
    head = [*HEAD[:-2], "态度", "结果", "反馈时间"]
    with world.in_township():
        preview = seen(ledger(SUGGESTIONS, head, [*WHOLE[:-2], "满意", "基本满意", "2022-04-20"]))
        assert preview.unknown == []
        (row,) = preview.rows
        assert (row.status, row.values["attitude"], row.values["result"]) == ("new", "满意", "基本满意")
        assert row.values["rated_on"] == "2022-04-20"


def test_the_first_of_several_in_the_leads_cell_leads_and_who_is_not_named_is_told(world, ledger, take):
    with world.in_township():
        batch = ledger(
            SUGGESTIONS, HEAD, row(领衔代表="曾田、单木等5人"), row(编号="13", 标题="修水渠", 领衔代表="曾田等")
        )
        first, second = (set(one.notes) for one in seen(batch).rows)
        assert first >= {
            "领衔代表写着“等5人”，没有写出姓名的没有登记",
            "领衔代表写了几位，第一位登记为领衔，其余登记为联名",
        }
        assert "领衔代表写着“等”，没有写出姓名的没有登记" in second
        take(batch)
        made = Suggestion.objects.get(title="修村道")
        assert (made.lead.name, [one.deputy.name for one in made.cosigners.all()]) == ("曾田", ["单木"])


def test_a_name_that_ends_like_and_others_is_that_persons(world, ledger):
    with world.in_township():
        with action(SET_UP, actor=None):
            make_deputy(world.township, "李平等", term=world.term)
        (one,) = seen(ledger(SUGGESTIONS, HEAD, row(领衔代表="李平等"))).rows
        assert one.values["lead"] == "李平等"


@pytest.mark.parametrize("text", ["全体代表", "第一代表小组", "县镇人大代表12人"])
def test_a_word_for_many_deputies_is_asked_for_their_names(world, ledger, text):
    with world.in_township():
        batch = ledger(ACTIVITIES, ACTIVITY, ["2022-03-01", "春季集中培训", "培训", text, "2", None])
        assert wrong(batch) == [f"第2行D列：“{text}”不是一位代表的姓名，请逐个写出姓名"]


def test_what_an_activity_was_about_stands_beside_its_title(world, ledger):
    head = ["活动时间", "活动主题", "活动内容", "备注"]
    with world.in_township():
        preview = seen(ledger(ACTIVITIES, head, ["2022-03-01", "视察水渠", "看了三处工程", "县里也派人参加"]))
        assert preview.unknown == []
        assert (preview.rows[0].values["title"], preview.rows[0].values["note"]) == (
            "视察水渠",
            "看了三处工程；县里也派人参加",
        )


@pytest.mark.parametrize(("text", "word"), [("代表已撤回", "撤回"), ("与3号并案办理", "并案")])
def test_a_column_that_is_not_read_may_not_say_that_a_suggestion_went_another_way(world, ledger, text, word):
    rows = [[*WHOLE, text], [*row(编号="13", 标题="修水渠"), "进展顺利"]]
    with world.in_township():
        batch = ledger(SUGGESTIONS, [*HEAD, "备注"], *rows)
        assert [one.status for one in seen(batch).rows] == ["wrong", "new"]
        assert wrong(batch)[0].startswith(f"第2行K列：“备注”一列没有读取，写着“{word}”，不能当作正常办理的登记")
        assert not Suggestion.objects.exists()
