"""What is put out of sight is not told by the figures beside it, nor by what somebody wrote by hand."""

import pytest

from congress.documents import masking
from congress.guard.action import Refused
from congress.models import Document
from reports import actions, revealing
from reports.life import ANNUAL
from reports.models import FigureUse
from reports.queries import annual
from tests.reports.steps import sign_and_issue
from tests.reports.test_edition import DAY, edition, everything


def use(key: str, values: dict[str, int], wholes: dict[str, int] | None = None) -> FigureUse:
    """A kept figure over records by their ids."""
    ids = dict.fromkeys([*values, *(wholes or {})])
    rows = [
        {"subject": "x.row", "id": one, "value": values.get(one, 0), "whole": (wholes or {}).get(one, 0)} for one in ids
    ]
    whole = sum(wholes.values()) if wholes is not None else None
    return FigureUse(key=key, value=sum(values.values()), denominator=whole, rows=rows)


ALL, DONE, OPEN = (dict.fromkeys(ids, 1) for ids in ("abcdefg", "abcde", "fg"))
MATTERS, RESOLVED, REMAINING = "receptions.matters", "receptions.resolved", "receptions.remaining"
RATE = "receptions.resolved_rate"
USES = {
    MATTERS: use(MATTERS, ALL),
    RESOLVED: use(RESOLVED, DONE),
    REMAINING: use(REMAINING, OPEN),
    RATE: use(RATE, DONE, ALL),
    "receptions.count": use("receptions.count", {"p": 1, "q": 1}),
    "receptions.people": use("receptions.people", {"p": 5, "q": 2}),
    "receptions.handed": use("receptions.handed", OPEN),
    "receptions.categories": use("receptions.categories", ALL),
}


@pytest.mark.parametrize(
    ("hidden", "forms", "by"),
    [
        (RESOLVED, {MATTERS: {""}, REMAINING: {""}}, {MATTERS, REMAINING}),  # a total without the rest
        (MATTERS, {RESOLVED: {""}, REMAINING: {""}}, {RESOLVED, REMAINING}),  # the sum
        (RESOLVED, {MATTERS: {""}, RATE: {""}}, {MATTERS, RATE}),  # a share of a base
        (RESOLVED, {RATE: {"分子"}}, {RATE}),
        (MATTERS, {RATE: {"", "分母"}}, {RATE}),
        (MATTERS, {RATE: {""}, RESOLVED: {""}}, {RATE, RESOLVED}),
        (RATE, {RESOLVED: {""}, MATTERS: {""}}, {RESOLVED, MATTERS}),
        (REMAINING, {"receptions.handed": {""}}, {"receptions.handed"}),  # the same under another name
        (REMAINING, {"receptions.handed": {"按月"}}, {"receptions.handed"}),  # drawn, its months add up
        (MATTERS, {"receptions.categories": {"按类别"}}, {"receptions.categories"}),
        (MATTERS, {"receptions.categories": {"按月"}}, {"receptions.categories"}),
        (MATTERS, {"receptions.categories": {""}}, set()),
        (RESOLVED, {RATE: {"分单位"}}, {RATE}),  # a table says 5/7
        (MATTERS, {RATE: {"分类别"}}, {RATE}),
        (RESOLVED, {RATE: {"按月"}}, {RATE}),
        (RESOLVED, {MATTERS: {""}}, set()),
        (RESOLVED, {RATE: {""}}, set()),
        (RESOLVED, {MATTERS: {"余"}, REMAINING: {""}}, set()),  # about 110 is no number to reckon with
        ("receptions.people", {"receptions.count": {""}}, set()),  # the same records, another number
    ],
)
def test_what_gives_a_figure_away_is_known_by_its_records(hidden, forms, by):
    found = revealing.revealed(USES, {hidden: {""}, **forms}, {hidden})
    assert {key for one in found for key in one.by} == by
    assert all(one.key == hidden and "可以由" in str(one) for one in found)


def test_as_much_is_proposed_as_gives_nothing_away():
    forms = {key: {""} for key in USES}
    chosen = revealing.with_what_reveals(USES, forms, [REMAINING])
    assert chosen[0] == REMAINING
    assert revealing.revealed(USES, forms, set(chosen)) == []
    assert "receptions.people" not in chosen


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (use("receptions.people", {"p": 47}), ["47人次", "40余人次", "四十七人次"]),
        (use("receptions.deputies", {"p": 3}), ["3名", "三名"]),
        (use(RATE, {"p": 2}, {"p": 3}), ["66.67%", "67%", "百分之六十七"]),
        (use("receptions.people", {}), []),
        (use("receptions.categories", {"p": 1}), []),
        (use("gone.away", {"p": 1}), []),
    ],
)
def test_a_number_is_written_by_hand_in_more_than_one_way(figure, words):
    assert revealing.words_of(figure) == words


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("3名", "共3名", True),
        ("3名", "共13名", False),
        ("3名", "占1.3名", False),
        ("三名", "共十三名", False),
        ("三名", "有三名", True),
        ("万里", "一万里", True),  # a name is found wherever it stands
    ],
)
def test_a_number_within_another_is_not_found(word, text, there):
    assert (masking.place_of(word, text) >= 0) is there


@pytest.fixture
def issued(world, report, here):
    """An issued report in which somebody wrote a number by hand."""
    first = annual.sections(report)[0]
    said = f"{first.text}接待{{{{figure.receptions.people}}}}人次，其中上半年47人次。代表3名。"
    actions.save_section(world.clerk, first, version=first.version, heading="", text=said)
    sign_and_issue(world, report, on=DAY)
    report.refresh_from_db()
    return report


NAMES = "丁一＝某某\n戊二＝某某\n区长乙＝某某\n书记丙＝某某"


def test_a_number_written_by_hand_refuses_the_edition_until_it_is_listed(world, issued, here):
    with pytest.raises(Refused, match="“接待选民”隐去了，别处还写着“47人次”"):
        edition(world, issued, figures=["receptions.people"], words=NAMES)
    assert not Document.objects.filter(whole=issued.document).exists()
    made = edition(world, issued, figures=["receptions.people"], words=f"{NAMES}\n47人次＝X人次")
    assert "47人次" not in everything(made)


def test_a_figure_that_others_give_away_refuses_the_edition(world, issued, here):
    with pytest.raises(Refused, match="看出来，请一并隐去，或者不隐去它"):
        edition(world, issued, figures=["receptions.resolved"], words=NAMES)


def test_what_is_proposed_gives_nothing_away(world, issued, browse, here):
    page = browse(world.clerk).get(f"/t/{world.township.code}/reports/{issued.pk}/edition/")
    chosen = page.context["form"].initial["figures"]
    forms = revealing.forms_used(section.text for section in annual.sections(issued))
    assert revealing.revealed(annual.kept_figures(issued), forms, set(chosen)) == []
    ANNUAL.take("edition", world.clerk, issued, figures=chosen, words=f"{NAMES}\n3名＝X名")
