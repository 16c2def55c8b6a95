"""What one answers, or rates, is before one's eyes; and what is waited for says its own day."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.models import Attachment
from congress.steps import standing_of
from proposals import queries
from proposals.life import SUGGESTION
from tests.architecture.samples import sample_pdf
from tests.proposals.helpers import assigned, at, day, dissatisfied, replied, signed, text_of

QUESTION = "云溪村三组灌溉渠塌方三十米"
ANSWER = "渠段已经修复，恢复通水。"


def body_of(answer) -> str:
    """What stands below the head of the page."""
    page = text_of(answer)
    return page[page.index("<main") :]


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def test_the_question_stands_beside_the_answer(town, browse):
    row = signed(town)
    for key in ("reply", "talk"):
        page = body_of(browse(town.handler).get(at(town, f"suggestion-{key}", row.pk)))
        assert page.index('class="beside"') < page.index(QUESTION) < page.index("<form class=")


def test_what_was_talked_about_stands_there_as_well(town, browse):
    row = signed(town)
    SUGGESTION.take("talk", town.handler, row, way="visit", summary="到村里看了现场。", on=day(4, 10))
    assert "到村里看了现场。" in text_of(browse(town.handler).get(at(town, "suggestion-reply", row.pk)))


def test_the_answer_stands_first_where_it_is_rated(town, browse):
    row = replied(town)
    for user, key in ((town.deputy_user, "rate"), (town.clerk, "paper-rating")):
        page = body_of(browse(user).get(at(town, f"suggestion-{key}", row.pk)))
        assert page.index(ANSWER) < page.index(QUESTION) < page.index("<form class=")
    page = text_of(browse(town.deputy_user).get(at(town, "suggestion", row.pk)))
    assert page.index(ANSWER) < page.index(QUESTION)
    assert at(town, "suggestion-rate", row.pk) in page[page.index(ANSWER) : page.index(QUESTION)]


def test_the_sealed_letter_comes_with_the_reply(town, browse):
    row = signed(town)
    letter = SimpleUploadedFile("答复函.pdf", sample_pdf(), content_type="application/pdf")
    sent = {"version": "", "on": "2022-05-10", "grade": "A", "text": ANSWER, "scan": letter}
    assert browse(town.handler).post(at(town, "suggestion-reply", row.pk), sent).status_code == 302
    kept = Attachment.objects.get(subject_id=row.pk)
    assert kept.caption == "水利站答复函"


def test_another_round_begins_with_the_units_of_the_last_one(town, browse):
    row = dissatisfied(town, assisting=[town.other_unit])
    form = browse(town.chair).get(at(town, "suggestion-reopen", row.pk)).context["form"]
    assert form.initial["lead"] == town.unit
    assert form.initial["assisting"] == [town.other_unit]


def test_what_is_waited_for_does_not_borrow_the_day_of_the_reply(town):
    row = assigned(town)
    thread = queries.suggestion_thread(standing_of(town.clerk, town.township), SUGGESTION.find(row.pk))
    assert [(one.text, one.date, one.state) for one in thread[-2:]] == [
        ("等待承办单位签收", None, "now"),
        ("书面答复", day(6, 20), "ahead"),
    ]


def test_what_happened_on_one_day_stands_in_the_order_in_which_it_followed(town):
    row = assigned(town)
    SUGGESTION.take("sign", town.handler, row, on=day(3, 20))
    SUGGESTION.take("return", town.handler, row, unit=town.unit, reason="不归我们管", on=day(3, 20))
    SUGGESTION.take("reassign", town.chair, row, unit=town.unit, lead=town.other_unit, on=day(3, 20))
    thread = queries.suggestion_thread(standing_of(town.clerk, town.township), SUGGESTION.find(row.pk))
    told = [one.text for one in thread if one.date == day(3, 20) and one.state == "done"]
    assert [text[:6] for text in told] == ["交办：水利站", "水利站签收", "水利站退办", "重新确定承办"]
