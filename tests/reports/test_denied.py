"""A sentence that was true when it was proposed and is denied by the figures of now: told at its section, not signed in silence."""

import random
from datetime import date

import pytest

from congress.figures import Kind
from congress.guard import scope
from congress.guard.action import Refused, action
from proposals.models import Reply, Suggestion
from reports import actions, outline, structures
from reports.kinds import KINDS
from reports.life import ANNUAL
from reports.models import Section
from reports.queries import annual
from reports.queries.denied import denied, denied_by
from reports.queries.missing import missing
from reports.story import Story, Value
from tests.reports.steps import taken
from tests.reports.test_pages import url
from tests.reports.test_sentences import AUTUMN, PLACE, SAID, SPRING
from tests.reports.year import CUT_OFF, FILL

ALL_IN_TIME = "全部在规定期限内答复"
WHOLE = "接待选民{{接待选民}}人次，比上年同期{{接待选民|增减}}"


@pytest.fixture
def praised(world, year, here):
    """A report of a year in which every suggestion was answered in time."""
    with action(FILL, actor=None):
        late = Suggestion.objects.get(number="2022-2")
        Reply.objects.filter(suggestion=late).update(replied_on=date(2022, 6, 1))
    return actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21))


def spoil(world, report):
    """One answer turns out to have come too late, and the figures are computed anew."""
    with action(FILL, actor=None):
        Reply.objects.filter(suggestion__number="2022-2").update(replied_on=date(2022, 9, 1))
    return taken("recompute", world.clerk, report)


def of(report):
    return denied(report, annual.sections(report))


def test_nothing_that_is_proposed_is_denied(world, praised, here):
    assert ALL_IN_TIME in "".join(section.text for section in annual.sections(praised))
    assert of(praised) == []


def test_nothing_is_denied_of_a_year_that_was_not_good_either(report, here):
    assert of(report) == []


def test_praise_the_figures_deny_is_told_at_its_section_and_cannot_be_handed_in(world, praised, here, browse):
    spoil(world, praised)
    section = next(row for row in annual.sections(praised) if ALL_IN_TIME in row.text)
    found = {item.message: item for item in missing(praised) if item.code == "text.denied"}
    told = next(message for message in found if f"写了“{ALL_IN_TIME}”" in message)
    assert "按期答复率66.67%（2/3）" in told
    assert (found[told].section, found[told].blocking) == (str(section.pk), True)
    with pytest.raises(Refused, match="现在的数据不支持：按期答复率"):
        ANNUAL.take("submit", world.clerk, praised, on=date(2022, 12, 27))
    page = browse(world.clerk).get(url(praised, "edit")).content.decode()
    assert f"写了“{ALL_IN_TIME}”，现在的数据不支持：按期答复率66.67%（2/3）" in page


def test_computing_anew_says_that_sentences_hold_no_more(world, praised, browse):
    with_page = browse(world.clerk)
    with scope.township(world.township), action(FILL, actor=None):
        Reply.objects.filter(suggestion__number="2022-2").update(replied_on=date(2022, 9, 1))
    praised.refresh_from_db()
    page = with_page.post(url(praised, "recompute"), {"version": praised.version}, follow=True).content.decode()
    assert "句话现在的数据不支持" in page


def test_what_was_signed_is_not_issued_over_a_denied_sentence(world, praised, here):
    ANNUAL.take("submit", world.clerk, praised, on=date(2022, 12, 27))
    with action(FILL, actor=None):
        praised.figures.filter(key="suggestions.on_time_rate").update(value=2)
    with pytest.raises(Refused, match="现在的数据不支持"):
        ANNUAL.take("sign", world.chair, praised, on=date(2022, 12, 27))


def write(world, report, text):
    first = annual.sections(report)[0]
    actions.save_section(world.clerk, first, version=first.version, heading="", text=text)
    return [(one.words, one.firm) for one in of(report) if one.section.pk == first.pk]


def test_last_years_sentence_taken_over_is_judged_by_the_figures_of_this_year(world, report, here):
    assert write(world, report, "主席团跟踪监督到位，先后催办。") == [("主席团跟踪监督到位", True)]


def test_a_sentence_of_nothing_is_told_and_not_forbidden(world, report, here):
    text = "开展执法检查{{figure.law_checks.count}}次。"
    assert write(world, report, text) == [("开展执法检查{{执法检查}}次", False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建议件件有着落，按期答复率{{figure.suggestions.on_time_rate}}。", [("件件", False)]),
        ("按期答复率{{figure.suggestions.on_time_rate}}。制度件件落到实处。", []),
        ("“件件有回音”活动中，按期答复率{{figure.suggestions.on_time_rate}}。", []),
        ("答复率{{figure.suggestions.reply_rate}}，全部答复。", []),
    ],
)
def test_praise_in_own_words_is_held_against_the_shares_of_its_sentence(world, report, here, text, found):
    assert write(world, report, text) == found


def test_more_than_last_year_is_denied_where_there_is_no_year_before(world, report, here):
    text = "比上年同期{{figure.receptions.people|增减}}。"
    assert write(world, report, text) == [("比上年同期{{接待选民|增减}}", True)]


def at_random(rolls: random.Random) -> dict[str, Value]:
    """Some value for every figure: nothing, a few, many."""
    values = {}
    for key, kind in structures.kinds().items():
        base = rolls.choice((0, 1, 12, 100))
        value = rolls.randint(0, base) if kind == Kind.SHARE else rolls.choice((0, 1, 2, 7, 40, 60, 90))
        whole = rolls.random() < 0.5 and kind == Kind.SHARE
        values[key] = Value(kind, base if whole else value, base, SPRING, rolls.choice((SPRING, AUTUMN)))
    return values


@pytest.mark.parametrize("key", structures.shipped())
def test_whatever_the_figures_are_no_report_begins_with_words_that_hinder_its_handing_in(key):
    rolls, structure = random.Random(key), structures.shipped()[key]
    parts, kind = structure.parts, KINDS[structure.kind]
    for _ in range(12):
        story = Story(PLACE, 2022, at_random(rolls), at_random(rolls), SAID, SAID, renewal=rolls.random() < 0.5)
        sections = [Section(heading=one.heading, text=one.text) for one in outline.propose(parts, story, kind)]
        assert sections
        assert denied_by(story, sections, parts) == []


def test_a_sentence_of_a_few_characters_is_not_looked_for_as_it_stands_in_many():
    """Six say enough, and what is denied is told; five are found in what has nothing to do with them."""
    story = Story(PLACE, 2022, {"receptions.people": Value(Kind.COUNT, 0)}, {}, SAID, SAID)
    for words, denying in (("接待了选民。", []), ("接待了选民们。", ["接待了选民们"])):
        parts, faults = structures.read(f"一、{{年}}年工作总结\n\n【有 receptions.people】{words}")
        assert faults == []
        assert [one.words for one in denied_by(story, [Section(text=words)], parts)] == denying


def test_words_of_two_sentences_that_stand_are_not_those_of_one_that_does_not():
    """接待选民26人次，比上年同期增加7人次 is told by two sentences, and is what a problem says where there were fewer."""
    text = "接待选民{{figure.receptions.people}}人次，比上年同期{{figure.receptions.people|增减}}。"
    parts = structures.shipped()["seed"].parts
    people = {"receptions.people": Value(Kind.COUNT, 26), "receptions.count": Value(Kind.COUNT, 4)}
    for before, denying in ((19, []), (26, [WHOLE]), (40, [])):
        story = Story(PLACE, 2022, people, {"receptions.people": Value(Kind.COUNT, before)}, SAID, SAID)
        assert [one.words for one in denied_by(story, [Section(text=text)], parts)] == denying, before
