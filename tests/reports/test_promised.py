"""What replies promised and what became of it: counted once, by its days, told as it is."""

from datetime import date, timedelta

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from proposals.models import Promise
from reports import parting, placeholders
from reports.content import shown_of
from reports.kinds import SUGGESTIONS
from reports.queries import annual, offering
from tests.reports.figuring import compute
from tests.reports.test_kinds import begun
from tests.reports.year import CUT_OFF, FILL, add_suggestion

KEYS = ("tracked", "due", "kept", "explained", "overdue", "pending", "put_off")
MAY, JUNE, AUGUST, WINTER = (date(2022, month, 10) for month in (5, 6, 8, 12))
NEXT = date(2023, 2, 10)


def promise(year, *days, number="2022-7"):
    """The promises one unit made about one suggestion, one after the other: made, due, settled, outcome."""
    near = {"township": year.township, "unit": year.unit, "suggestion": add_suggestion(year, number, MAY)}
    for made, due, *settled in days:
        on, outcome = settled or (None, "")
        Promise.objects.create(made_on=made, due_on=due, settled_on=on, outcome=outcome, **near)


def told(world, cut_off=CUT_OFF, year=2022) -> dict[str, int]:
    """What is told that is not nothing."""
    answers = compute(world, *(f"promises.{key}" for key in KEYS), year=year, cut_off=cut_off)
    return {key: answers[f"promises.{key}"].value for key in KEYS if answers[f"promises.{key}"].value}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([(MAY, WINTER, AUGUST, "kept")], "tracked due kept"),
        ([(MAY, JUNE, AUGUST, "kept")], "tracked due kept"),  # late, and kept
        ([(MAY, JUNE)], "tracked due overdue"),
        ([(MAY, JUNE, NEXT, "kept")], "tracked due overdue"),  # done after the cut-off
        ([(MAY, CUT_OFF)], "tracked pending"),  # its last day is not over
        ([(MAY, CUT_OFF - timedelta(days=1))], "tracked due overdue"),
        ([(MAY, NEXT)], "tracked pending"),
        ([(MAY, JUNE, JUNE, "unkept")], "tracked due explained"),
        ([(MAY, JUNE, JUNE, "unkept"), (JUNE, NEXT)], "tracked pending put_off"),
        ([(MAY, JUNE, JUNE, "unkept"), (JUNE, AUGUST, AUGUST, "kept")], "tracked due kept put_off"),
        ([(MAY, JUNE, JUNE, "unkept"), (JUNE, AUGUST, AUGUST, "unkept"), (AUGUST, NEXT)], "tracked pending put_off"),
        ([(MAY, JUNE, JUNE, "replaced"), (JUNE, NEXT)], "tracked pending"),
        ([(MAY, JUNE, JUNE, "replaced")], ""),  # the new reply promises nothing
        ([(MAY, JUNE, NEXT, "replaced"), (NEXT, date(2023, 5, 1))], "tracked due overdue"),
        ([(CUT_OFF + timedelta(days=1), NEXT)], ""),
    ],
)
def test_what_was_promised_is_counted_once_as_it_stood_on_the_day(world, year, days, said):
    with scope.township(world.township), action(FILL, actor=None):
        promise(year, *days)
    assert told(world) == dict.fromkeys(said.split(), 1)


def test_what_is_open_at_the_turn_of_the_year_is_told_again_and_what_is_settled_is_not(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        promise(year, (MAY, JUNE, date(2022, 12, 31), "kept"), number="2022-7")
        promise(year, (MAY, JUNE, date(2023, 1, 1), "kept"), number="2022-8")
        promise(year, (MAY, JUNE, JUNE, "unkept"), (JUNE, NEXT), number="2022-9")
    later = told(world, date(2023, 12, 20), 2023)
    assert later == {"tracked": 2, "due": 2, "kept": 1, "overdue": 1}  # put off in the year before


def test_a_withdrawn_suggestion_promises_nothing(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        promise(year, (MAY, JUNE))
        row = year.suggestions[-1]
        type(row).objects.filter(pk=row.pk).update(withdrawn_at=clock.now(), withdrawn_reason="误录")
    assert told(world) == {}


def _read(report) -> str:
    shown = shown_of(annual.kept_figures(report))
    return "\n".join(placeholders.fill(f"{one.heading}\n{one.text}", shown) for one in annual.sections(report))


def test_the_report_on_suggestions_tells_what_became_of_promises_with_the_evidence(world, year, here):
    with action(FILL, actor=None):
        promise(year, (MAY, JUNE, JUNE, "kept"), number="2022-7")
        promise(year, (MAY, JUNE), number="2022-8")
        promise(year, (MAY, NEXT), number="2022-9")
    report = begun(world, SUGGESTIONS)
    text = _read(report)
    assert "2022年需要跟踪落实的答复承诺事项3件，到期的有2件，已落实1件，没有落实也没有说明的1件" in text
    assert "其余1件还没有到期，正在办理。" in text
    assert "承办单位在答复中承诺的事项有1件逾期没有落实；重答复、轻落实的情况还没有根本改变" in text
    assert "对逾期没有落实的1件承诺事项逐件督办" in text
    assert "全部落实" not in text
    [found] = [one for one in offering.problems_of(report) if one.key == "promises"]
    assert found.evidence == (("promises.overdue", "逾期承诺", "1件"),)
    [table] = [
        one
        for one in parting.tables_of(report, annual.sections(report), annual.kept_figures(report)).values()
        if "承诺" in one["caption"]
    ]
    assert table["rows"] == [[str(year.unit), "2", "1", "1"], ["合计", "2", "1", "1"]]


def test_where_all_that_was_due_was_kept_the_report_says_so_and_blames_nobody(world, year, here):
    with action(FILL, actor=None):
        promise(year, (MAY, JUNE, JUNE, "kept"))
    text = _read(begun(world, SUGGESTIONS))
    assert "答复承诺事项1件，到期的1件全部落实。" in text
    assert "轻落实" not in text
    assert "逾期没有落实" not in text


def test_by_category_a_promise_stands_with_its_suggestion(world, year, here):
    with action(FILL, actor=None):
        promise(year, (MAY, JUNE))
    report = begun(world, SUGGESTIONS)
    [section] = [one for one in annual.sections(report) if "promises" in one.text and "分单位" in one.text]
    section.text = "{{figure.promises.due|分类别}}"
    [table] = parting.tables_of(report, [section], annual.kept_figures(report)).values()
    assert table["rows"][0] == [str(year.category), "1"]
