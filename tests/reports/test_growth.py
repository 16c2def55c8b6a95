"""The difference to the year before as it is said, kept with the figure, and told when the records of that year change."""

from datetime import date

import pytest

from congress import figures
from congress.figures import Kind
from congress.guard import scope
from congress.guard.action import Refused, action
from proposals.models import Reception
from reports import actions, growth
from reports.conditions import RULES
from reports.content import figure_record
from reports.life import ANNUAL
from reports.queries import annual
from reports.queries.missing import missing
from reports.story import Value
from tests.reports.steps import begin_report
from tests.reports.test_pages import url
from tests.reports.year import CUT_OFF, FILL, add_reception

COMPARED = "接待选民{{figure.receptions.people}}人次，比上年同期{{figure.receptions.people|增减}}。"


@pytest.mark.parametrize(
    ("now", "before", "forms"),
    [
        (47, 30, ("30", "增加17人次", "增加17人次")),  # the year before is too small for a per cent
        (67, 50, ("50", "增加17人次", "增长34%")),
        (2, 1, ("1", "增加1人次", "增加1人次")),
        (1, 2, ("2", "减少1人次", "减少1人次")),
        (80, 100, ("100", "减少20人次", "下降20%")),
        (1001, 1000, ("1000", "增加1人次", "增加1人次")),  # never 增长0%
        (60, 60, ("60", "持平", "持平")),
        (0, 60, ("60", "减少60人次", "下降100%")),
        (5, 0, ("—", "—", "—")),
    ],
)
def test_counts_are_held_against_the_year_before(now, before, forms):
    found = growth.forms("人次", Value(Kind.COUNT, now), Value(Kind.COUNT, before))
    assert (found["上年"], found["增减"], found["增幅"]) == forms


@pytest.mark.parametrize(
    ("now", "before", "forms"),
    [
        ((19, 20), (18, 20), ("90%", "提高5个百分点", "提高5个百分点")),
        ((18, 20), (20, 20), ("100%", "下降10个百分点", "下降10个百分点")),
        ((914, 1000), (906, 1000), ("91%", "持平", "持平")),
        ((2, 2), (1, 2), ("—", "—", "—")),
        ((0, 0), (18, 20), ("—", "—", "—")),
    ],
)
def test_shares_are_held_against_one_another_as_they_are_read_out(now, before, forms):
    found = growth.forms("", Value(Kind.SHARE, *now), Value(Kind.SHARE, *before))
    assert (found["上年"], found["增减"], found["增幅"]) == forms


@pytest.mark.parametrize(
    ("now", "words"),
    [(61, {"增加"}), (59, {"减少"}), (60, {"持平"}), (66, {"增加", "增幅"}), (65, {"增加"}), (54, {"减少", "降幅"})],
)
def test_a_condition_holds_from_its_bound_on(now, words):
    asked = [Value(Kind.COUNT, now)], [Value(Kind.COUNT, 60)], 10
    assert {word for word in ("增加", "减少", "持平", "增幅", "降幅") if RULES[word].holds(*asked)} == words


def test_words_and_what_spans_two_years_are_held_against_nothing():
    known = figures.registered()
    assert not growth.compares(known["receptions.categories"])
    assert not growth.compares(known["elections.registered"])
    assert growth.compares(known["receptions.people"])
    assert growth.by(Value(Kind.WORDS, 3), Value(Kind.WORDS, 2)) is None


@pytest.fixture
def report(world, year):
    """Begun in the test, after what it writes into the years before."""
    return begin_report(world)


@pytest.fixture
def earlier(world, year):
    """Two receptions of 2021, one of them after the day that is compared; there were some before."""
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(year, date(2020, 6, 1))
        add_reception(year, date(2021, 12, 20), people=30)
        add_reception(year, date(2021, 12, 21), people=9)
    return year


@pytest.fixture
def said(world, earlier, report, here):
    """The report with a sentence of the office's own that looks back."""
    first = annual.sections(report)[0]
    actions.save_section(world.clerk, first, version=first.version, heading="", text=COMPARED)
    return report


def use_of(report, key="receptions.people"):
    return annual.kept_figures(report)[key]


def test_the_year_before_is_kept_beside_the_figure_and_told_in_the_proposal(world, earlier, report, here):
    use = use_of(report)
    assert (use.value, use.last_value, use.last_cut_off) == (47, 30, date(2021, 12, 20))
    assert figure_record(use)["year_before"]["value"] == 30
    told = "\n".join(section.text for section in annual.sections(report))
    assert "比上年同期{{figure.receptions.people|增减}}，" in told
    assert annual.spoken(use, "增减") == "增加17人次"
    assert "year_before" not in figure_record(use_of(report, "elections.registered"))
    none = use_of(report, "trainings.count")
    assert (none.last_value, none.last_cut_off) == (None, date(2021, 12, 20))


def findings(report):
    return {item.code: item for item in missing(annual.reports().get(pk=report.pk)) if item.code.startswith("figure.")}


def test_a_change_of_the_year_before_is_told_and_computed_anew(world, earlier, said, here, browse):
    assert "figure.changed" not in findings(said)
    with action(FILL, actor=None):
        Reception.objects.filter(held_on=date(2021, 12, 20)).update(people=60)
    found = findings(said)["figure.changed"]
    assert found.message == "“接待选民”的上年同期数由30变为60：上年的记录有变动。请重新计算，采用新的数据。"
    assert found.recompute
    page = browse(world.clerk).get(url(said, "figure", "receptions.people")).content.decode()
    assert "按现在的记录为 60人次" in page
    assert "30人次，增加17人次" in page
    assert "同本年度的数据一起计算" in page
    with pytest.raises(Refused, match="上年同期数由30变为60"):
        ANNUAL.take("submit", world.clerk, said, on=date(2022, 12, 27))
    ANNUAL.take("recompute", world.clerk, said)
    assert annual.spoken(use_of(said), "增减") == "减少13人次"
    assert annual.spoken(use_of(said), "增幅") == "下降22%"
    assert "figure.changed" not in findings(said)


def test_what_changed_the_year_before_is_said_after_computing(world, earlier, report, here):
    with action(FILL, actor=None):
        Reception.objects.filter(held_on=date(2021, 12, 20)).update(people=60)
    drift = annual.drifts(report, ["receptions.people"])["receptions.people"]
    assert drift.last_changed
    assert not drift.changes
    assert annual.in_words({"receptions.people": drift}) == ("已重新计算，有变化的是：接待选民的上年同期数由30变为60。")
    assert not annual.drifts(report, ["receptions.people"], beside=[])["receptions.people"].changed


def test_what_has_no_year_before_is_told_at_its_section(world, report, here):
    first = annual.sections(report)[0]
    actions.save_section(world.clerk, first, version=first.version, heading="", text=COMPARED)
    found = findings(report)["figure.alone"]
    assert (found.section, found.blocking, found.recompute) == (str(first.pk), True, False)
    assert "没有可比的上年同期数" in found.message
    assert annual.spoken(use_of(report), "增减") == "—"


def test_a_draft_from_before_figures_kept_it_is_computed_once_more(world, earlier, said, here):
    with action(FILL, actor=None):
        said.figures.update(last_value=None, last_denominator=None, last_cut_off=None, last_hash="")
    found = findings(said)["figure.alone"]
    assert found.recompute
    assert "figure.changed" not in findings(said)
    ANNUAL.take("recompute", world.clerk, said)
    assert "figure.alone" not in findings(said)
    assert use_of(said).last_value == 30


def test_the_direction_is_not_written_twice(world, report, here):
    first = annual.sections(report)[0]
    text = COMPARED.replace("同期{{", "同期增加了{{")
    with pytest.raises(Refused, match="前面不要再写“增加”"):
        actions.save_section(world.clerk, first, version=first.version, heading="", text=text)


def test_a_report_of_several_years_is_held_against_none(world, earlier, here):
    since = date(2021, 6, 1)
    report = actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21), since=since)
    assert use_of(report).last_cut_off is None
    assert "|增减" not in "".join(section.text for section in annual.sections(report))
