"""Tables of a report: figures parted by unit and by category, summed up, with nothing told of a handful of opinions."""

from datetime import date

import pytest
from django.urls import reverse

from congress import figures
from congress.documents import kit
from congress.figures import Parting
from congress.guard import scope
from congress.guard.action import action
from congress.models import Unit
from proposals.models import Assignment, Suggestion
from reports import actions, parting, returned, structures
from reports.content import anchors_of, content_of, shown_of
from reports.documents import paper_of
from reports.drawing import charts_of
from reports.kinds import SUGGESTIONS
from reports.life import ANNUAL
from reports.models import FigureUse
from reports.queries import annual
from reports.queries.missing import missing
from reports.views.returned import _spread
from tests.documents.docx import text_of
from tests.reports.steps import sign_and_issue
from tests.reports.test_kinds import begun
from tests.reports.test_official_form import read
from tests.reports.year import FILL, add_suggestion

DAY = date(2022, 12, 21)
UNITS = "{{figure.suggestions.handled|分单位}}{{figure.suggestions.replied|分单位}}{{figure.suggestions.final_fair_rate|分单位}}"

RATED = FigureUse(
    key="suggestions.final_fair_rate", value=12, denominator=14, rows=[{"subject": "proposals.rating", "id": "1"}]
)


def _of(year, unit, number, good=True):
    """A suggestion another unit answered, rated."""
    at = {"assigned": date(2022, 3, 1), "replied": date(2022, 4, 1), "grade": "A", "rated": date(2022, 4, 9)}
    row = add_suggestion(year, number, date(2022, 2, 1), **at, result="good" if good else "bad")
    Assignment.objects.filter(suggestion=row).update(unit=unit)
    return row


@pytest.fixture
def units(world, year, here):
    """Five answered by one unit, one by another, beside those of the year."""
    with action(FILL, actor=None):
        farm, school = (Unit.objects.create(township=here, name=name) for name in ("农业中心", "中心小学"))
        rows = [_of(year, farm, f"2022-9{at}", good=at < 4) for at in range(5)]
        rows.append(_of(year, school, "2022-99"))
    return rows


def written(world, text=UNITS):
    report = begun(world, SUGGESTIONS)
    first = annual.sections(report)[0]
    actions.save_section(world.clerk, first, version=first.version, heading="", text=text)
    return annual.reports().get(pk=report.pk)


def table(report) -> dict:
    [found] = parting.tables_of(report, annual.sections(report)[:1], annual.kept_figures(report)).values()
    return found


def test_a_table_has_a_row_for_each_unit_and_the_sum_and_hides_a_handful_of_opinions(world, units):
    told = table(written(world))
    assert told["columns"] == ["承办单位", "应答复建议（件）", "已答复建议（件）", "最终满意和基本满意（件）"]
    rows = {row[0]: row[1:] for row in told["rows"]}
    assert rows["农业中心"] == ["5", "5", "4/5"]
    assert rows["中心小学"] == ["1", "1", "不足3件"]
    total = rows["合计"]
    assert told["rows"][-1][0] == "合计"
    assert int(total[0]) == sum(int(row[0]) for name, row in rows.items() if name != "合计")
    assert [name for name, row in rows.items() if row[2] == "不足3件"] == [
        name for name in rows if name not in ("农业中心", "合计")
    ]


def test_a_column_that_would_hide_all_its_parts_is_left_out(world, year, here):
    told = table(written(world))
    assert told["columns"] == ["承办单位", "应答复建议（件）", "已答复建议（件）"]
    assert {len(row) for row in told["rows"]} == {3}


@pytest.mark.parametrize(
    ("wholes", "hidden"),
    [
        ({"甲": 5, "乙": 9}, set()),
        ({"甲": 1, "乙": 9, "丙": 4}, {"甲", "丙"}),  # the one could be told from the sum and the others
        ({"甲": 1, "乙": 2, "丙": 4}, {"甲", "乙"}),
        ({"甲": 1, "乙": 1, "丙": 4, "丁": 5}, {"甲", "乙", "丙"}),  # the two together are no more than a handful
        ({"甲": 2}, {"甲"}),
        ({"甲": 0, "乙": 3}, set()),
    ],
)
def test_what_could_be_told_from_the_sum_is_not_told(wholes, hidden):
    assert parting._hidden({part: (0, whole) for part, whole in wholes.items()}) == hidden


def test_what_stands_for_it_says_why():
    """A part that is hidden for another's sake is not said to be small."""
    told = parting._cells(
        RATED, {"甲": (1, 1), "乙": (2, 4), "丙": (9, 9)}, ["甲", "乙", "丙"], figures.partings()["分单位"]
    )
    assert told == ["不足3件", "从略", "9/9", "12/14"]


def test_a_unit_is_that_of_the_last_round_by_the_day_and_separate_ones_stand_together(world, units, here):
    with action(FILL, actor=None):
        row = units[-1]
        old = Assignment.objects.get(suggestion=row)
        Assignment.objects.filter(pk=old.pk).update(part="separate")
        other = Unit.objects.create(township=here, name="教育站")
        given = {"township": here, "suggestion": row, "unit": other, "assigned_on": old.assigned_on}
        Assignment.objects.create(**given, part="separate", round=1, strand=2)
        later = Unit.objects.create(township=here, name="后来的单位")
        Assignment.objects.create(
            township=here, suggestion=row, unit=later, part="lead", round=2, assigned_on=date(2023, 1, 5)
        )
        helping = Unit.objects.create(township=here, name="协办站")
        Assignment.objects.create(**given | {"suggestion": units[1], "unit": helping}, part="assist", round=1, strand=2)
        Assignment.objects.filter(suggestion=units[0]).update(returned_on=date(2022, 3, 3))
    names = [told[0] for told in table(written(world))["rows"]]
    assert "中心小学、教育站" in names
    assert "后来的单位" not in names
    assert not [name for name in names if "协办站" in name]  # who assists answers nothing
    assert "尚未交办" in names  # given back, and nobody has it


def test_a_table_by_category_and_figures_of_other_records(world, units, here):
    text = "{{figure.suggestions.submitted|分类别}}{{figure.receptions.count|分类别}}"
    told = table(written(world, text))
    with scope.township(here):
        label = Suggestion.objects.first().category.label
    rows = {row[0]: row[1:] for row in told["rows"]}
    assert int(rows[label][0]) >= 6
    assert rows["其他"][0] == "0"  # a reception has no category
    assert rows["其他"][1] == rows["合计"][1]


def test_the_table_is_printed_shown_and_goes_into_the_word_file(world, units, browse):
    report = written(world)
    content = content_of(report, annual.sections(report), annual.kept_figures(report))
    assert content["body"][0]["paragraphs"][0]["kind"] == "table"
    assert {one["key"] for one in content["figures"]} >= {"suggestions.handled", "suggestions.final_fair_rate"}
    assert not [one for one in missing(report) if one.blocking]
    copy = kit.word_copy(paper_of(report), content, anchors_of(content, annual.sections(report)))
    assert "不足3件" in text_of(copy)
    assert not any(one.touched for one in returned.read(copy))
    page = browse(world.clerk).get(reverse("reports-report", args=[world.township.code, report.pk])).content.decode()
    assert "<caption>代表建议情况（按承办单位）</caption>" in page
    assert "<td>农业中心</td><td>5</td><td>5</td><td>4/5</td>" in page
    document = sign_and_issue(world, report, on=DAY)
    assert "代表建议情况（按承办单位）承办单位农业中心水利站中心小学合计" in read(document)
    with scope.township(report.township), action(FILL, actor=None):
        Unit.objects.filter(name="农业中心").update(name="农业服务中心")
    page = browse(world.clerk).get(reverse("reports-report", args=[world.township.code, report.pk])).content.decode()
    assert "<td>农业中心</td><td>5</td><td>5</td><td>4/5</td>" in page  # as it was printed
    assert "农业中心" in read(ANNUAL.take("edition", world.clerk, report, figures=[], words=""))
    edition = ANNUAL.take("edition", world.clerk, report, figures=["suggestions.final_fair_rate"], words="")
    assert "本表从略" in read(edition)
    assert "农业中心" not in read(edition)


def test_a_table_in_a_section_that_was_changed_outside_stays_a_table(world, units):
    report = written(world)
    drawn = charts_of(report, annual.sections(report)[:1], annual.kept_figures(report))
    [(name, one)] = drawn.items()
    shown = shown_of(annual.kept_figures(report)) | _spread(name, one["caption"])
    text, typed = returned.restored(UNITS, shown, f"{one['caption']}\n又写了一句。")
    assert (text, typed) == (f"{UNITS}\n又写了一句。", [])
    assert _spread("a", "表") == {"a": "表"}


def test_a_form_of_a_table_stands_alone_on_its_line(world):
    wrong = structures.read("一、情况\n\n应答复{{suggestions.handled|分单位}}件。")[1]
    assert "不认识的写法“分单位”" in str(wrong[0])
    assert structures.read("一、情况\n\n{{suggestions.handled|分单位}} {{suggestions.replied|分单位}}")[1] == []


def test_a_way_to_part_is_registered_once():
    with pytest.raises(ValueError, match="registered twice"):
        figures.part(Parting("分单位", "另一个", lambda town, ids, until: {}))
