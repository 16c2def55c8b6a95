"""催办 and 督办函: who owes is pressed, it is told whom that reached, and it counts."""

import io
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse
from pdfminer.high_level import extract_text

from congress import clock
from congress.documents.inspection import check
from congress.guard.action import action
from congress.models import AuditEvent, Document, Message, Unit
from congress.steps import standing_of
from proposals import queries
from proposals.life import MATTER, SUGGESTION
from proposals.models import Urging
from tests.proposals.helpers import (
    SET_UP,
    a_matter,
    apart,
    assigned,
    at,
    day,
    refused,
    registered,
    replied,
    signed,
    text_of,
)
from tests.reports.figuring import compute

LATE = day(7, 5)
BUREAU = "区交通运输局"


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def words_of(pdf: bytes) -> str:
    return "".join(extract_text(io.BytesIO(pdf)).split())


def todos(world, client) -> dict:
    answer = client.get(reverse("township_home", args=[world.township.code]))
    return {line.label: line for line in answer.context["todos"]}


def supervise(world, row, **data):
    data = {"demand": "请专人负责。", "answer_by": day(7, 20), **data}
    return SUGGESTION.take("supervise", world.chair, row, on=LATE, **data)


def thread(world, row, user=None):
    return queries.suggestion_thread(standing_of(user or world.clerk, world.township), SUGGESTION.find(row.pk))


def test_one_tap_presses_every_unit_that_owes_and_says_whom_it_reached(town, browse):
    row = signed(town)
    with clock.frozen(LATE):
        page = text_of(browse(town.chair).get(at(town, "suggestion", row.pk)))
        assert f'<form method="post" action="{at(town, "suggestion-urge", row.pk)}">' in page
        page = text_of(browse(town.chair).post(at(town, "suggestion-urge", row.pk), follow=True))
    assert "已催办；已通知水利站（1个账号）。" in page
    note = Message.objects.get(recipient=town.handler, title__startswith="催办")
    assert note.body == "答复期限2022年6月20日，已逾期15天。"
    assert ("催办：水利站", "云溪主席") in [(one.text, one.actor) for one in thread(town, row)]
    assert AuditEvent.objects.filter(verb="proposals.urge", subject_id=row.pk).count() == 1


def test_of_several_that_answer_only_those_are_pressed_that_have_not(town):
    row = apart(town)
    SUGGESTION.take("sign", town.handler, row, on=day(3, 21))
    SUGGESTION.take("reply", town.handler, row, on=day(3, 22), grade="A", text="已经办理。")
    SUGGESTION.take("urge", town.clerk, row, on=LATE)
    assert [one.unit for one in Urging.objects.all()] == [town.other_unit]


def test_who_owes_nothing_is_not_pressed_and_nobody_twice_a_day(town):
    refused(
        lambda: SUGGESTION.take("urge", town.clerk, registered(town), on=LATE), "现在没有欠答复的承办单位，不能催办。"
    )
    refused(
        lambda: SUGGESTION.take("urge", town.clerk, replied(town, title="答复了的"), on=LATE),
        "现在没有欠答复的承办单位",
    )
    assert not Urging.objects.exists()
    row = assigned(town, title="没有答复的")
    SUGGESTION.take("urge", town.clerk, row, on=LATE)
    refused(lambda: SUGGESTION.take("urge", town.chair, row, on=LATE), "2022年7月5日已经催办过。")
    assert Urging.objects.count() == 1
    SUGGESTION.take("urge", town.chair, row, on=day(7, 6))
    refused(lambda: SUGGESTION.take("urge", town.handler, row, on=day(7, 7)), "权限")
    refused(lambda: SUGGESTION.take("urge", town.chair, row, on=day(3, 1)), "早于交办")


def test_a_unit_without_account_is_pressed_on_paper(town, browse):
    with action(SET_UP, actor=None):
        bureau = Unit.objects.create(township=town.township, name=BUREAU)
    row = SUGGESTION.take("assign", town.chair, registered(town), lead=bureau, on=day(3, 20))
    with clock.frozen(LATE):
        page = text_of(browse(town.clerk).post(at(town, "suggestion-urge", row.pk), follow=True))
    assert f"{BUREAU}没有账号，请打印催办单送达。" in page
    paper = at(town, "urging", Urging.objects.get().pk)
    assert paper in page
    answer = browse(town.clerk).get(paper)
    assert unquote(answer["Content-Disposition"]).endswith(f"云溪镇_催办单{row.number}{BUREAU}_{LATE:%Y%m%d}.pdf")
    words = words_of(answer.content)
    assert "催办单" in words
    assert "已逾期15天" in words


def test_a_letter_is_numbered_kept_told_and_opened_by_the_unit(town, browse):
    row = supervise(town, signed(town))
    letter = Document.objects.get()
    assert letter.number == "云溪人发〔2022〕1号"
    words = words_of(bytes(letter.file.content))
    for said in (
        "关于督办第2022-001号代表建议的函",
        "水利站：",
        "曾田代表",
        "已逾期15天",
        "请专人负责",
        "2022年7月20日",
    ):
        assert said in words
    assert "=" not in words  # an office writes the day, not how it was counted
    assert [one for one in check(bytes(letter.file.content), profile="official", draft=False) if not one.ok] == []
    assert Message.objects.filter(recipient=town.handler, title__startswith="收到督办函").count() == 1
    [entry] = [one for one in thread(town, row, town.handler) if one.text.startswith("督办")]
    answer = browse(town.handler).get(entry.attachments[0]["url"])
    assert answer.content == bytes(letter.file.content)
    assert browse(town.other_handler).get(entry.attachments[0]["url"]).status_code == 404


def test_a_letter_about_a_confidential_suggestion_names_no_deputy(town):
    supervise(town, assigned(town, confidential=True))
    assert "曾田" not in words_of(bytes(Document.objects.get().file.content))


def test_a_letter_wants_a_day_ahead_and_is_issued_once_a_day(town):
    row = assigned(town)
    found = refused(lambda: supervise(town, row, answer_by=LATE), "成文日期以后")
    assert found[0].field == "answer_by"
    supervise(town, row)
    refused(lambda: supervise(town, row), "印发过督办函")
    assert Urging.objects.count() == 1


def test_a_unit_is_pressed_about_a_matter_until_it_is_resolved(town):
    row = a_matter(town)
    refused(lambda: MATTER.take("urge", town.clerk, row, on=LATE), "只有转办")
    MATTER.take("unit", town.clerk, row, unit=town.unit, on=day(3, 16))
    MATTER.take("urge", town.chair, row, on=LATE)
    assert Message.objects.filter(recipient=town.handler, title__startswith="催办").count() == 1
    found = MATTER.find(row.pk)
    assert "催办：水利站" in [one.text for one in queries.matter_thread(found, found.reception)]
    MATTER.take("resolve", town.handler, row, on=LATE, answer="修好了。")
    refused(lambda: MATTER.take("urge", town.clerk, row, on=day(7, 6)), "办结")


def test_the_slip_of_a_matter_says_what_was_raised_when_it_was_handed_over_and_how_late_it_is(town, browse):
    row = a_matter(town)
    MATTER.take("unit", town.clerk, row, unit=town.unit, on=day(3, 16))
    MATTER.take("urge", town.chair, row, on=LATE)
    answer = browse(town.clerk).get(at(town, "urging", Urging.objects.get().pk))
    assert f"催办单{row.number}水利站_" in unquote(answer["Content-Disposition"])
    words = words_of(answer.content)
    for said in ("催办单", "反映内容", row.words, "转办日期", "2022年3月16日", "已逾期", "催办日期", "2022年7月5日"):
        assert said in words


def test_the_line_on_the_home_page_leads_to_where_it_can_be_done(town, browse):
    row = assigned(town)
    for user in (town.clerk, town.chair):
        line = todos(town, browse(user))["代表建议逾期未答复"]
        assert "催办" in line.hint
        assert [one.pk for one in browse(user).get(line.url).context["page"]] == [row.pk]
        assert at(town, "suggestion-urge", row.pk) in text_of(browse(user).get(at(town, "suggestion", row.pk)))


def test_pressing_counts_in_the_figures_of_its_year(town):
    row = assigned(town)
    SUGGESTION.take("urge", town.clerk, row, on=day(7, 4))
    supervise(town, row)
    found = compute(town, "suggestions.urged", "suggestions.supervised", cut_off=date(2022, 12, 31))
    assert (found["suggestions.urged"].value, found["suggestions.supervised"].value) == (2, 1)
    before = compute(town, "suggestions.urged", cut_off=day(7, 4))
    assert before["suggestions.urged"].value == 1
    SUGGESTION.take("withdraw", town.deputy_user, row, on=day(7, 6), reason="另行提出")
    assert compute(town, "suggestions.urged", cut_off=date(2022, 12, 31))["suggestions.urged"].value == 0
