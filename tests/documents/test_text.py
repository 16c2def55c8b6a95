"""Blocks read from text as people type it."""

import pytest

from congress.documents.fonts import Typeface
from congress.documents.text import (
    Addressee,
    Attachments,
    Heading,
    Note,
    Paragraph,
    Signature,
    Title,
    blocks_from_text,
    heading,
    plain_text,
)


@pytest.mark.parametrize(
    ("line", "level", "text", "run_in"),
    [
        ("一、2022年工作总结", 1, "一、2022年工作总结", ""),
        ("十二、其他事项", 1, "十二、其他事项", ""),
        ("（一）围绕中心，积极作为", 2, "（一）围绕中心，积极作为", ""),
        ("（二）创新机制。代表是主体。", 2, "（二）创新机制。", "代表是主体。"),
        ("1.坚持党的领导。镇人大主席团牢牢把握方向。", 3, "1.坚持党的领导。", "镇人大主席团牢牢把握方向。"),
        ("（1）政党可以推荐代表候选人。", 4, "（1）政党可以推荐代表候选人。", ""),
    ],
)
def test_heading_reads_the_four_levels(line, level, text, run_in):
    assert heading(line) == Heading(level, text, run_in)


@pytest.mark.parametrize(
    "line",
    [
        "一是加强学习。",
        "1.5万元用于修路",
        "2026年3月",
        "（此件公开发布）",
        "一、" + "批准关于财政预算的报告" * 6 + "。",
    ],
)
def test_heading_is_none_for_running_text(line):
    assert heading(line) is None


def test_heading_sets_only_its_own_sentence_in_the_level_face():
    runs = heading("（二）创新机制。代表是主体。").runs
    assert [(run.text, run.typeface) for run in runs] == [
        ("（二）创新机制。", Typeface.KAITI),
        ("代表是主体。", Typeface.FANGSONG),
    ]


def test_blocks_from_text_reads_a_whole_notice():
    blocks = blocks_from_text(
        "各村民委员会：\n\n　　现通知如下。\n一、时间\n附件：1.名额分配表\n2.选区一览表\n××镇选举委员会\n2026年1月4日\n（此件公开发布）",
        "关于选举的通知",
        sealed=True,
    )
    assert blocks == [
        Title(("关于选举的通知",)),
        Addressee("各村民委员会："),
        Paragraph.of("现通知如下。"),
        Heading(1, "一、时间"),
        Attachments(("名额分配表", "选区一览表")),
        Signature("××镇选举委员会", "2026年1月4日", True),
        Note("此件公开发布"),
    ]


def test_blocks_from_text_takes_no_sentence_for_a_signature():
    blocks = blocks_from_text("会议定于下列日期召开。\n2026年1月4日")
    assert [type(block) for block in blocks] == [Paragraph, Paragraph]


def test_blocks_from_text_keeps_every_word(report_blocks):
    from tests.documents.conftest import TITLE, report_text

    assert plain_text(report_blocks) == TITLE.replace("\n", "") + "\n" + report_text()
