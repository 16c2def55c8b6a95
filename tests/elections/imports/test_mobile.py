"""Who votes at mobile boxes as a table: found on the roll, the reason by the law's words, of an illness nothing kept."""

import uuid
from datetime import time

import pytest

from congress import clock, imports
from congress.guard.action import Refused, action
from elections.imports.mobile import reason_of
from elections.models import MobileBox, MobileVoter
from tests.cast import SET_UP
from tests.elections.campaigns import voters
from tests.elections.imports.rolls import said

KIND, HEAD = "elections.mobile", ["选区", "流动票箱号", "姓名", "小组号", "原因"]


@pytest.fixture
def table(world, under, bring):
    with world.in_township():
        with action(SET_UP, actor=None):
            for district in under.districts:
                district.voter_groups.get_or_create(township=world.township, number=1, defaults={"name": "一组"})
            MobileBox.objects.create(
                township=world.township,
                campaign=under.campaign,
                district=under.districts[0],
                number=1,
                route="五组",
                leaves_at=time(8),
            )
        voters(under.election, "丁一", "于二")
    return lambda *rows: bring(list(rows), kind=KIND, head=HEAD)


def there() -> list[tuple]:
    rows = MobileVoter.objects.kept().select_related("registration__voter").order_by("registration__voter__name")
    return [(one.registration.voter.name, one.reason, one.said) for one in rows]


def test_voters_are_taken_changed_and_taken_back(world, under, table, take):
    with world.in_township():
        take(table(["1", "1", "丁一", "", "脑梗卧床"], ["东山村", "1", "于二", "1", "单位工作忙"]))
        made = [("丁一", "unwell", ""), ("于二", "other", "单位工作忙")]
        assert there() == made
        again = table(["1", "1", "丁一", "", "居住分散、交通不便"])
        assert [status for status, _ in said(again)] == ["changed"]
        take(again)
        assert there()[0] == ("丁一", "remote", "")
        assert imports.undo(world.clerk, again) == {}
        assert there() == made


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["1", "2", "丁一", "", "患病"], "还没有登记这个流动票箱"),
        (["1", "1", "李无", "", "患病"], "选民册上没有“李无”"),
        (["9", "1", "丁一", "", "患病"], "这次选举没有这个选区"),
        (["1", "1", "丁一", "", ""], "原因必须填写"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, cells, words):
    with world.in_township():
        ((status, told),) = said(table(cells))
        assert status == "wrong"
        assert any(words in one for one in told)


def test_who_is_placed_at_one_box_is_told_at_another(world, under, table, take):
    with world.in_township():
        take(table(["1", "1", "丁一", "", "患病"]))
        with action(SET_UP, actor=None):
            box = MobileBox.objects.get()
            box.pk, box.number = uuid.uuid4(), 2
            box.save(force_insert=True)
        batch = table(["1", "2", "丁一", "", "交通不便"], ["1", "2", "于二", "", "交通不便"])
        assert [status for status, _ in said(batch)] == ["wrong", "new"]
        first = MobileBox.objects.get(number=1)
        assert f"已经安排在{first}投票" in str(said(batch)[0])
        take(batch)
        rows = MobileVoter.objects.kept().values_list("registration__voter__name", "box__number", "reason")
        assert sorted(rows) == [("丁一", 1, "unwell"), ("于二", 2, "remote")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("高龄体弱", "患有疾病等原因行动不便"),
        ("住得偏远", "居住分散并且交通不便"),
        ("在看守所羁押", "被羁押、拘留等，经决定在流动票箱投票"),
        ("单位工作忙", "其他原因"),
    ],
)
def test_words_are_brought_under_the_law_s(text, wanted):
    assert reason_of(text) == wanted


def test_a_box_withdrawn_since_the_preview_sends_the_table_back(world, under, table, take):
    with world.in_township():
        batch = table(["1", "1", "丁一", "", "患病"])
        with action(SET_UP, actor=None):
            MobileBox.objects.update(withdrawn_at=clock.now(), withdrawn_reason="误登")
        with pytest.raises(Refused, match="第2行现在不能导入：还没有登记这个流动票箱。请重新上传后再导入。"):
            take(batch)
        assert there() == []
