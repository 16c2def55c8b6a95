"""The minutes of a meeting as far as they are recorded, for a word processor."""

import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from congress.assembly.actions import MEETINGS
from congress.assembly.documents import minutes_word
from congress.assembly.models import PresidiumMeeting
from congress.documents.word_inspection import check
from tests.documents.docx import text_of

HELD = date(2022, 3, 2)


@pytest.fixture
def meeting(world):
    values = {
        "topics": "听取办理情况报告；研究述职评议工作",
        "decisions": "通过实施方案。\n继续督办未办结的建议",
        "entitled": 9,
    }
    with world.in_township():
        row = PresidiumMeeting(township=world.township, held_on=HELD, present=8, **values)
        return MEETINGS.record(world.clerk, row)


def test_what_is_recorded_is_said_and_what_is_not_waits_to_be_written(world, meeting):
    with world.in_township():
        lines = text_of(minutes_word(meeting)).split("\n")
    assert lines == [
        "云溪镇人民代表大会主席团",
        "会议纪要",
        "2022年3月2日，云溪镇人民代表大会主席团召开会议，应到9人，实到8人。现纪要如下。",
        "一、会议议题",
        "听取办理情况报告。",
        "研究述职评议工作。",
        "二、会议决定",
        "通过实施方案。",
        "继续督办未办结的建议。",
        "出席：",
        "请假：",
        "列席：",
        "云溪镇人民代表大会主席团",
        "2022年3月2日",
    ]


def test_lines_stay_as_they_were_entered_and_end_with_one_mark(world):
    topics = "审议报告（草案）。\n哪些建议需要重点督办？"
    meeting = PresidiumMeeting(
        township=world.township,
        held_on=HELD,
        topics=topics,
        decisions="会议认为，办理有力；未办结的要抓紧。\n同意召开会议；",
    )
    lines = text_of(minutes_word(meeting)).split("\n")
    assert lines[4:6] == ["审议报告（草案）。", "哪些建议需要重点督办？"]
    assert lines[7:9] == ["会议认为，办理有力；未办结的要抓紧。", "同意召开会议。"]


def test_without_numbers_or_decisions_nothing_is_said_of_them(world):
    bare = PresidiumMeeting(township=world.township, held_on=HELD, topics="研究工作")
    told = text_of(minutes_word(bare))
    assert "召开会议。现纪要如下。" in told
    assert "会议决定" not in told


def test_it_stands_in_the_form_of_official_papers(world, meeting):
    with world.in_township():
        made = minutes_word(meeting)
    assert [row for row in check(made) if not row.ok] == []
    packed = zipfile.ZipFile(io.BytesIO(made))
    heads = [packed.read(name).decode() for name in packed.namelist() if name.startswith("word/header")]
    assert heads
    assert all("起草稿，以签发的为准" in head for head in heads)


def test_the_office_fetches_it_from_the_page_of_the_meeting(world, browse, meeting):
    code = world.township.code
    page, word = (reverse(name, args=[code, meeting.pk]) for name in ("assembly-meeting", "assembly-meeting-word"))
    client = browse(world.clerk)
    assert word in client.get(page).content.decode()
    assert "研究述职评议工作。" in text_of(client.get(word).content)
    deputy = browse(world.deputy_user)
    assert word not in deputy.get(page).content.decode()
    assert deputy.get(word).status_code == 403
