"""The file for a word processor: the words of the PDF, the numbers of the standard, and the mark that it is not the issued paper."""

import io
import re
import time
import zipfile
from dataclasses import replace

import pytest
from pdfminer.high_level import extract_text

from congress.documents import text, word, word_sheet
from congress.documents.render import render
from congress.documents.word_file import NotWord, W, WordFile
from congress.documents.word_inspection import check
from tests.documents.conftest import notice_blocks
from tests.documents.docx import text_of

EVERY = (
    text.Title(("题目",)),
    text.Subtitle(("——2026年1月8日在会上", "主席　张喆")),
    text.Addressee("各位代表："),
    text.Paragraph.of("甲与乙。", ("甲",)),
    text.Heading(1, "一、黑体标题"),
    text.Heading(2, "（一）楷体标题。", "后面的话，写在同一行。"),
    text.Heading(3, "1.标题。", "后面的话。"),
    text.Names((("王堃", ""), ("欧阳犇", "女"))),
    text.Table((text.Column("甲"), text.Column("乙", align="left")), (("1", "第一"), ("2", "第二")), "表1"),
    text.Blank(),
    text.Attachments(("名单",)),
    text.Signature("某镇人大", "2026年1月4日"),
    text.Note("印发后公布"),
    text.NewPage(),
    text.Title(("另一份",)),
    text.Paragraph.of("正文。"),
    text.AttachmentHead("附件1", "名单"),
    text.Paragraph.of("附件正文。"),
)


def signed(*names):
    head, *rest = notice_blocks()
    return [replace(head, signers=names), *rest]


PAPERS = {
    "notice": notice_blocks(),
    "unsealed": notice_blocks(sealed=False),
    "upwards": signed("戊二"),
    "three signers": signed("戊二", "丁一", "张喆"),
    "every block": list(EVERY),
}


def bare(words: str) -> str:
    """The words without spaces, and without the numbers of pages."""
    return re.sub("—[0-9]+—", "", "".join(words.split()))


@pytest.fixture(scope="module", params=PAPERS)
def paper(request):
    return PAPERS[request.param]


def wrong(data: bytes) -> set[str]:
    return {row.title for row in check(data) if not row.ok}


def test_what_was_typed_on_several_lines_is_as_many_paragraphs():
    made = word.write([text.Paragraph.of("　　请抓紧办理。\n说明情况！")], title="函")
    told = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "<w:br/>" not in told
    assert text_of(made).split("\n") == ["请抓紧办理。", "说明情况！"]


def test_the_file_says_the_words_of_the_pdf_and_no_others(paper):
    profile = "official" if isinstance(paper[0], text.Masthead) else "report"
    printed = extract_text(io.BytesIO(render(paper, title="题", profile=profile)))
    assert sorted(bare(text_of(word.write(paper, title="题")))) == sorted(bare(printed))


def test_a_report_reads_the_same_line_by_line(report_blocks, report_pdf):
    assert bare(text_of(word.write(report_blocks, title="题"))) == bare(extract_text(io.BytesIO(report_pdf)))


def test_every_paper_passes_its_judge(paper, report_blocks):
    assert wrong(word.write(paper, title="题")) == set()
    assert wrong(word.write(report_blocks, title="题")) == set()


def test_the_judge_names_what_it_measured(report_blocks):
    told = {row.title: row.measured for row in check(word.write(report_blocks, title="题"))}
    assert told["每面22行"] == "22行，行距29.60磅"
    assert told["每行28字"] == "28字"
    assert told["天头37毫米"].startswith("36.9")


def test_a_cell_is_aligned_as_its_column_is():
    columns = tuple(text.Column(align, align=align) for align in ("left", "center", "right"))
    file = WordFile(word.write([text.Table(columns, (("一", "二", "三"),))], title="题"))
    cells = file.part("word/document.xml").iter(f"{W}tc")
    told = [(cell.find(f".//{W}jc"), cell.find(f".//{W}t").text) for cell in cells]
    sides = ["left", None, "right"]  # the style of a cell has it in the middle
    assert [(None if jc is None else jc.get(f"{W}val"), words) for jc, words in told] == [
        *zip([None] * 3, ("left", "center", "right"), strict=True),
        *zip(sides, ("一", "二", "三"), strict=True),
    ]


def test_the_same_words_give_the_same_bytes_within_a_second(report_blocks):
    begun = time.perf_counter()
    first = word.write(report_blocks * 4, title="题")
    assert time.perf_counter() - begun < 1
    assert word.write(report_blocks * 4, title="题") == first


def test_the_properties_stand_in_the_order_of_the_schema(paper):
    packed = zipfile.ZipFile(io.BytesIO(word.write(paper, title="题")))
    assert packed.testzip() is None
    for name in packed.namelist():
        if not re.fullmatch(r"word/(document|styles|settings|header\d|footer\d)\.xml", name):
            continue
        root = WordFile(packed.fp.getvalue()).part(name)
        for kind, order in word_sheet.ORDER.items():
            for properties in root.iter(f"{W}{kind}"):
                places = [order.index(found) for one in properties if (found := one.tag.removeprefix(W)) in order]
                assert places == sorted(places), (name, [one.tag for one in properties])


def test_numbers_stand_as_close_to_the_words_as_on_the_issued_paper(paper):
    """A word processor sets room between 2022 and 年 unless it is told not to: lines would break elsewhere than in the PDF."""
    styles = WordFile(word.write(paper, title="题")).part("word/styles.xml")
    own = [style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId", "").startswith("公文")]
    assert len(own) == len(word_sheet.STYLES)
    for style in own:
        for loose in word_sheet.LOOSE:
            assert style.find(f"{W}pPr/{W}{loose}").get(f"{W}val") == "0", style.get(f"{W}styleId")


def test_nothing_of_the_library_is_left_and_the_mark_stands_on_both_sides():
    packed = zipfile.ZipFile(io.BytesIO(word.write(PAPERS["notice"], title="题", author="某镇人大")))
    assert not [name for name in packed.namelist() if "thumbnail" in name]
    core = packed.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "某镇人大" in core
    heads = [packed.read(name).decode() for name in packed.namelist() if name.startswith("word/header")]
    assert [word_sheet.NOT_ISSUED in head for head in heads] == [True, True]


def test_a_section_is_known_again_by_its_bookmark():
    data = word.write(list(EVERY), title="题", anchors={3: "_sa", 8: "_sb"})
    marked = {mark: told.text for told in WordFile(data).paragraphs() for mark in told.marks}
    assert marked == {"_sa": "甲与乙。", "_sb": "表1"}


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The file with one part of it rewritten, as somebody with another program would."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(target, "w") as now:
        for name in was.namelist():
            body = was.read(name)
            if name == part:
                assert old.encode() in body, (part, old)
                body = body.replace(old.encode(), new.encode())
            now.writestr(name, body)
    return target.getvalue()


MUTATIONS = {
    "letter paper": ("word/document.xml", 'w:w="11906"', 'w:w="12240"', "纸张 A4"),
    "narrow margin": ("word/document.xml", 'w:left="1588"', 'w:left="1418"', "订口28、切口26毫米"),
    "high margin": ("word/document.xml", 'w:top="1960"', 'w:top="1440"', "天头37毫米"),
    "low margin": ("word/document.xml", 'w:bottom="1847"', 'w:bottom="1440"', "地脚35毫米"),
    "28 points": ("word/styles.xml", 'w:line="592"', 'w:line="560"', "每面22行"),
    "another grid": ("word/document.xml", 'w:linePitch="592"', 'w:linePitch="312"', "文档网格与行距一致"),
    "loose letters": ("word/styles.xml", '<w:spacing w:val="-5"/>', '<w:spacing w:val="10"/>', "每行28字"),
    "small type": ("word/styles.xml", '<w:sz w:val="32"/>', '<w:sz w:val="28"/>', "正文3号字"),
    "title in 黑体": ("word/styles.xml", "方正小标宋简体", "黑体", "标题2号小标宋居中"),
    "headings in 仿宋": ("word/styles.xml", 'w:eastAsia="黑体"', 'w:eastAsia="仿宋"', "层次标题字体"),
    "no indent": ("word/styles.xml", 'w:firstLineChars="200"', 'w:firstLineChars="0"', "段首空二字"),
    "number in the middle": (
        "word/footer1.xml",
        'w:val="right"',
        'w:val="center"',
        "页码—N—，4号宋体，单页居右双页居左空一字",
    ),
    "mark gone": ("word/header1.xml", word_sheet.NOT_ISSUED, "定稿", "注明不是印发的文件"),
    "another font": ("word/styles.xml", "仿宋_GB2312", "华文仿宋", "每种字体都有替代"),
    "a link that loads": (
        "word/_rels/document.xml.rels",
        "</Relationships>",
        '<Relationship Id="x" Type="t" Target="http://x/" TargetMode="External"/></Relationships>',
        "没有宏和外部链接",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_change_of_the_form_is_caught(name, report_blocks):
    part, old, new, title = MUTATIONS[name]
    assert title in wrong(changed(word.write(report_blocks, title="题"), part, old, new))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        changed(word.write(EVERY[:4], title="题"), "word/document.xml", "<w:body>", "<w:body"),
        changed(word.write(EVERY[:4], title="题"), "word/document.xml", "<w:document", "<!DOCTYPE x><w:document"),
    ],
)
def test_what_is_no_docx_is_said_to_be_none(data):
    with pytest.raises(NotWord):
        check(data)


def test_a_part_larger_than_any_text_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("congress.documents.word_file.MOST", 1000)
    with pytest.raises(NotWord, match="过大"):
        WordFile(word.write(EVERY, title="题"))


def test_what_is_no_block_is_no_word_of_it():
    with pytest.raises(TypeError):
        word.write([object()], title="题")
