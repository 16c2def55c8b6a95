"""Blocks read from text as people type it."""

import pytest

from congress.documents.fonts import Typeface
from congress.documents.text import (
    Addressee,
    AttachmentHead,
    Attachments,
    Chart,
    Column,
    Heading,
    Imprint,
    Masthead,
    Names,
    NewPage,
    Note,
    Paragraph,
    Run,
    Signature,
    Subtitle,
    Table,
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


def test_plain_text_tells_every_kind_of_block():
    """What a report is compared by: a word of it that is left out would change unnoticed."""
    table = Table((Column("乡镇"), Column("件数")), (("云溪镇", "3"),))
    blocks = [
        Masthead("云溪镇人民代表大会主席团", "云溪人发〔2023〕3号"),
        Title(("关于", "办理情况的报告")),
        Subtitle(("2023年1月4日在第三次会议上", "主席团主席 张三")),
        Addressee("各代表："),
        Heading(1, "一、概况", "全年办结。"),
        Paragraph((Run("共3件，"), Run("均已答复。"))),
        table,
        Chart("办理件数", (("水利", 2), ("道路", 1))),
        Names((("王芳", "女"), ("李四", ""))),
        Attachments(("清单", "统计表")),
        Signature("云溪镇人民代表大会主席团", "2023年1月4日"),
        Note("此件公开发布"),
        AttachmentHead("附件1", "清单"),
        Imprint("云溪镇人大办公室", "2023年1月5日印发", "县人大常委会"),
        NewPage(),
    ]
    assert plain_text(blocks).splitlines() == [
        "云溪镇人民代表大会主席团",
        "云溪人发〔2023〕3号",
        "关于办理情况的报告",
        "2023年1月4日在第三次会议上",
        "主席团主席 张三",
        "各代表：",
        "一、概况全年办结。",
        "共3件，均已答复。",
        "乡镇\t件数",
        "云溪镇\t3",
        "办理件数",
        "水利\t道路",
        "2\t1",
        "王芳女　李四",
        "清单",
        "统计表",
        "云溪镇人民代表大会主席团",
        "2023年1月4日",
        "此件公开发布",
        "附件1",
        "清单",
        "县人大常委会",
        "云溪镇人大办公室",
        "2023年1月5日印发",
    ]


def test_what_was_typed_on_several_lines_is_as_many_paragraphs():
    typed = Paragraph.of("　　请张喆同志抓紧办理。\n\n  不能解决的，说明情况！ ", ["张喆"])
    assert ["".join(run.text for run in runs) for runs in typed.lines] == [
        "请张喆同志抓紧办理。",
        "不能解决的，说明情况！",
    ]
    assert [run.name for run in typed.lines[0]] == [False, True, False]
    one = Paragraph.of("　镇人大主席团")
    assert one.lines == (one.runs,)
