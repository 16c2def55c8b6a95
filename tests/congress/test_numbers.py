"""Numbers without gaps or doubles; those used on paper before are stepped over, once, and with an event."""

from datetime import date

import pytest
from django.urls import reverse

from congress import numbers
from congress.documents import kit
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Document, NumberSequence
from tests.cast import SET_UP

KIND = kit.DocumentKind("tests.paper", "通知", lambda context, draft: b"%PDF-1.7 test")
DAY = date(2026, 11, 5)


@pytest.fixture
def town(world):
    with world.in_township(), action(SET_UP, actor=None):
        yield world


def issue(world, number="", day=DAY):
    return kit.issue(
        world.chair,
        KIND,
        world.township,
        title="通知",
        context={},
        subject=world.term,
        issued_on=day,
        number=number,
        again=True,
    )


def test_each_series_counts_for_itself_and_each_year_from_one(town):
    given = [
        numbers.next_number(town.township, series, year)
        for series, year in [("a", 2026), ("a", 2026), ("b", 2026), ("a", 2027)]
    ]
    assert given == [1, 2, 1, 1]


def test_a_number_costs_one_statement(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers.next_number(town.township, "a", 2026)


def test_numbers_are_given_out_in_a_township_only(world):
    assert scope.current() is None
    with pytest.raises(scope.ScopeMissing):
        numbers.next_number(world.township, "a", 2026)


def test_a_township_that_begins_in_november_goes_on_after_the_paper(town):
    series = next(one for one in numbers.all_series() if one.key == "suggestion")
    numbers.begin_after(town.clerk, town.township, series, 2026, 17)
    assert numbers.next_number(town.township, "suggestion", 2026) == 18
    assert numbers.next_number(town.township, "suggestion", 2025) == 1
    event = AuditEvent.objects.filter(verb="congress.begin_series").get()
    assert event.detail == {"序列": "代表建议编号", "年份": 2026, "已用到": 17}


@pytest.mark.parametrize(
    ("given", "last", "said"),
    [
        (0, 0, "请填写1到9999之间的号。"),
        (0, 10000, "请填写1到9999之间的号。"),
        (3, 3, "已经编到3号"),
        (3, 2, "已经编到3号"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused_at_its_field(town, given, last, said):
    for _ in range(given):
        numbers.next_number(town.township, "document", 2026)
    with pytest.raises(Refused, match=said) as refused:
        numbers.begin_after(town.clerk, town.township, kit.DOCUMENT_NUMBERS.series, 2026, last)
    assert [finding.field for finding in refused.value.findings] == ["last"]
    row = NumberSequence.objects.filter(series="document", year=2026).first()
    assert (row.last if row else 0) == given


def test_the_beginning_is_set_once_only(town):
    numbers.begin_after(town.clerk, town.township, kit.DOCUMENT_NUMBERS.series, 2026, 17)
    with pytest.raises(Refused, match="只能设置一次"):
        numbers.begin_after(town.clerk, town.township, kit.DOCUMENT_NUMBERS.series, 2026, 30)
    assert numbers.next_number(town.township, "document", 2026) == 18


def test_a_document_takes_the_next_number_or_the_one_that_stands_on_paper(town):
    word = town.township.document_word
    assert issue(town).number == f"{word}〔2026〕1号"
    typed = issue(town, f" {word}[2026] 12号 ")
    assert (typed.number, typed.year, typed.serial) == (f"{word}〔2026〕12号", 2026, 12)
    assert issue(town).number == f"{word}〔2026〕13号"
    assert issue(town, f"{word}（2026）5号").serial == 5
    assert issue(town).serial == 14


def test_a_number_of_another_office_leaves_the_series_alone(town):
    assert issue(town, "云办发〔2026〕40号").serial == 40
    assert issue(town).serial == 1


@pytest.mark.parametrize(
    "typed", ["12", "云溪人发2026年12号", "云溪人发〔2026〕0号", "云溪人发〔26〕3号", "〔2026〕3号"]
)
def test_what_is_no_document_number_is_said_at_its_field(town, typed):
    with pytest.raises(Refused, match="写法如") as refused:
        issue(town, typed)
    assert refused.value.findings[0].field == "number"


def test_a_number_that_is_used_is_refused_with_the_paper_that_has_it(town):
    first = issue(town)
    with pytest.raises(Refused, match="已用于《通知》"):
        issue(town, first.number)
    assert Document.objects.count() == 1


def test_the_clerk_sets_a_beginning_on_the_page_and_reads_the_next_number(world, browse):
    code = world.township.code
    clerk = browse(world.clerk)
    data = {"series": "matter", "year": "2026", "last": "17"}
    answer = clerk.post(reverse("series-begin", args=[code]), data, follow=True)
    assert "下一个编号是2026-0018" in answer.content.decode()
    assert "反映事项编号" in answer.content.decode()
    again = clerk.post(reverse("series-begin", args=[code]), {**data, "last": "30"})
    assert "只能设置一次" in str(again.context["form"].errors["last"])
    assert again.context["form"]["last"].value() == "30"
    assert browse(world.deputy_user).get(reverse("series", args=[code])).status_code == 403
