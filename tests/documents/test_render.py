"""What comes out of the press: every page conforms, every character is there, the same input gives the same bytes."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import date

import pikepdf
import pytest

from congress.documents import fonts, inspection, render, text
from congress.documents.fonts import BASE_DIR, MissingGlyph
from congress.documents.measure import measure
from congress.documents.render import Metadata
from tests.documents import together
from tests.documents.conftest import TITLE, notice_blocks, report_text
from tests.documents.test_fonts import RARE


def words(pdf: bytes) -> str:
    return "".join(glyph.char for page in measure(pdf).pages for glyph in page.body if glyph.upright)


def failures(pdf: bytes, profile: str, draft: bool | None = False) -> list:
    return [row for row in inspection.check(pdf, profile, draft) if not row.ok]


def test_report_passes_every_check(report_pdf):
    assert failures(report_pdf, "report") == []
    assert len(measure(report_pdf).pages) >= 4


def test_notice_passes_every_check(notice_pdf):
    assert failures(notice_pdf, "official") == []


def test_report_loses_no_character(report_pdf):
    assert words(report_pdf) == (TITLE + report_text()).replace("\n", "")


def _lines(pdf: bytes) -> list[str]:
    """What stands on each line of the first page."""
    found: dict[float, str] = {}
    for glyph in measure(pdf).pages[0].body:
        found[round(glyph.y)] = found.get(round(glyph.y), "") + glyph.char
    return list(found.values())


def test_a_text_of_several_lines_is_set_as_paragraphs_each_with_its_indent():
    block = text.Paragraph.of(f"{'镇' * 30}\n　　{'人' * 4}")
    pdf = render.render([block], title="函")
    assert _lines(pdf)[:3] == ["镇" * 26, "镇" * 4, "人" * 4]
    third = next(glyph for glyph in measure(pdf).pages[0].body if glyph.char == "人")
    first = measure(pdf).pages[0].body[0]
    assert third.x == pytest.approx(first.x, abs=0.1)


@pytest.mark.parametrize(("name", "whole"), [("翟葭云", True), ("欧阳葭云", True), ("阿卜杜热西提", False)])
def test_a_name_stands_on_one_line_where_it_is_short_enough(name, whole):
    block = text.Paragraph.of(f"{'镇' * 24}{name}、{'人' * 8}", [name])
    lines = _lines(render.render([block], title="名单"))
    assert any(name in line for line in lines) is whole


def test_same_input_gives_same_bytes(report_blocks, report_pdf):
    assert render.render(report_blocks, title="主席团工作总结") == report_pdf


def test_same_input_gives_same_bytes_in_another_process(notice_pdf):
    program = (
        "import hashlib; from tests.documents.conftest import notice_blocks; from congress.documents.render import render;"
        "print(hashlib.sha256(render(notice_blocks(), title='选举工作通知', profile='official')).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(notice_pdf).hexdigest()


def test_draft_is_marked_on_every_page():
    pdf = render.render(notice_blocks(), title="通知", profile="official", draft=True)
    pages = measure(pdf).pages
    assert ["".join(g.char for g in page.glyphs if g.watermark) for page in pages] == ["草稿"] * len(pages)
    assert failures(pdf, "official", draft=True) == []
    assert [row.title for row in failures(pdf, "official", draft=False)] == ["草稿水印"]


def test_draft_mark_stands_in_the_middle_of_the_page():
    pdf = render.render([text.Paragraph.of("正文。")], title="草稿", draft=True)
    page = measure(pdf).pages[0]
    marks = [glyph for glyph in page.glyphs if glyph.watermark]
    assert abs((min(g.x for g in marks) + max(g.x for g in marks)) / 2 - page.width / 2) < 45


def test_issued_document_has_no_mark(report_pdf):
    assert not any(glyph.watermark for page in measure(report_pdf).pages for glyph in page.glyphs)


@pytest.mark.parametrize("character", RARE)
def test_rare_name_is_drawn_and_can_be_copied(character):
    pdf = render.render([text.Paragraph.of(f"会议推选张{character}、王建国同志。")], title=f"张{character}")
    assert f"张{character}、王建国" in words(pdf)
    assert {row.clause for row in failures(pdf, "report")} <= {"7.3.1", "5.2.3"}  # one line has no title and no pitch


def test_title_with_a_rare_character_still_conforms():
    title = text.Title(("㛃溪镇人民代表大会主席团工作总结",))
    pdf = render.render([title, text.Paragraph.of("正文。"), text.Paragraph.of("正文。")], title="总结")
    assert failures(pdf, "report") == []
    assert words(pdf).startswith("㛃溪镇")


def test_listed_rare_name_is_set_in_one_face():
    pdf = render.render([text.Paragraph.of("当选人：张喆、王建国。")], title="会议")
    glyphs = {g.char: g.font.split("+")[1] for g in measure(pdf).pages[0].body}
    assert (glyphs["张"], glyphs["喆"], glyphs["建"]) == ("GWSerifSC", "GWSerifSC", "GWFangSong")


def test_a_run_marked_as_name_is_set_in_one_face():
    pdf = render.render(text.blocks_from_text("由张喆同志负责。", names=["张喆"]), title="会议")
    glyphs = {g.char: g.font.split("+")[1] for g in measure(pdf).pages[0].body}
    assert (glyphs["由"], glyphs["张"], glyphs["喆"], glyphs["同"]) == (
        "GWFangSong",
        "GWSerifSC",
        "GWSerifSC",
        "GWFangSong",
    )


def test_known_private_character_is_mapped_and_unknown_refused():
    assert "赵䶮" in words(render.render([text.Paragraph.of("赵\ue863同志。")], title="赵\ue863"))
    with pytest.raises(MissingGlyph, match=r"U\+E5E5.*王.*同志"):
        render.render([text.Paragraph.of("王\ue5e5同志。")], title="通知")


def test_character_without_font_is_refused_in_finished_html():
    with pytest.raises(MissingGlyph, match=r"U\+2611"):
        render.html_to_pdf("<p>张☑</p>", title="表")


def test_character_that_another_font_of_the_machine_draws_is_refused():
    """Without the private font list the engine would borrow a font of the machine and say nothing."""
    fang = fonts.stack(fonts.Typeface.FANGSONG)[0]
    hei = fonts.stack(fonts.Typeface.HEITI)[0]
    rule = f'@font-face {{ font-family: Borrowed; src: url("{hei.path.resolve().as_uri()}") }} p {{ font-family: Borrowed }}'
    with pytest.raises(MissingGlyph, match=r"U\+5F20"):
        render.html_to_pdf("<p>张</p>", title="表", faces=[fang], css=rule)


def test_what_many_elements_have_of_their_own_is_told_once_and_weighs_more_than_a_rule():
    """The engine computes anew the style of each element that brings declarations; cards took a third longer."""
    said = '<p class="l" style="margin-left:4pt"><span style="margin-left:2pt">甲</span></p><p style="margin-left:4pt">乙</p>'
    body, rules = render._shared(said + '<svg style="width:1mm"/>')
    assert body == '<p class="l s0"><span class="s1">甲</span></p><p class="s0">乙</p><svg style="width:1mm"/>'
    assert rules.splitlines() == [".s0.s0.s0 { margin-left:4pt }", ".s1.s1.s1 { margin-left:2pt }"]
    sizes = {}
    for style in ("", ' style="font-size:30pt"'):
        pdf = render.html_to_pdf(f"<p{style}>甲</p>", title="表", css="body p { font-size: 10pt }")
        sizes[style] = measure(pdf).pages[0].body[0].size
    assert [round(size) for size in sizes.values()] == [10, 30]


def test_markup_in_text_is_printed_and_not_obeyed():
    sentence = "见<b>附件</b>&amp;说明"
    assert sentence in words(render.render([text.Paragraph.of(sentence)], title="<i>通知"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "file://host/etc/hostname", "data:image/png;base64,AA=="],
)
def test_nothing_outside_the_own_folders_is_read(url):
    with pytest.raises(BaseException, match="Error fetching"):
        render.html_to_pdf(f'<img src="{url}">', title="图")


def test_file_is_pdfa_with_title_language_and_metadata():
    about = Metadata(author="××镇人大主席团", subject="工作总结", keywords=("人大", "总结"), created=date(2026, 1, 4))
    pdf = render.render([text.Paragraph.of("正文。")], title="总结", metadata=about)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as meta:
            assert meta.pdfa_status == "2B"
        assert str(opened.Root.Lang) == "zh-CN"
        assert str(opened.docinfo["/Title"]) == "总结"
        assert str(opened.docinfo["/Author"]) == "××镇人大主席团"
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20260104")


def test_no_date_is_written_unless_given(report_pdf):
    with pikepdf.open(io.BytesIO(report_pdf)) as opened:
        assert "/CreationDate" not in opened.docinfo


def test_release_removes_the_copies_of_the_fonts_and_the_next_document_is_the_same(report_blocks, report_pdf):
    folder = render._engine().fonts._folder
    render.release()
    assert not folder.exists()
    assert render.render(report_blocks, title="主席团工作总结") == report_pdf


def test_unknown_profile_is_refused():
    with pytest.raises(ValueError, match="letter"):
        render.render([], title="x", profile="letter")


@pytest.mark.parametrize("lines", [1, 12, 15, 17, 18, 19, 20, 22])
def test_signature_and_imprint_never_stand_without_text(lines):
    """Whatever the length of the text, 落款 has text beside it and 版记 closes the last page at its foot."""
    body = [text.Paragraph.of(f"第{number}项工作。") for number in range(lines)]
    end = [
        text.Signature("××镇人民政府", "2026年1月4日", True),
        text.Imprint("××镇办公室", "2026年1月4日", "县人大常委会"),
    ]
    pdf = render.render([text.Title(("关于工作的通知",)), *body, *end], title="通知")
    rows = {row.title: row for row in inspection.check(pdf)}
    assert rows["落款与正文同页"].ok
    assert rows["版记末条分隔线与版心下边重合"].ok
    assert failures(pdf, "report") == []


@pytest.mark.parametrize("office", ["××镇政府", "××镇人民政府", "××县××镇第十八届人民代表大会主席团"])
def test_unsealed_signature_follows_7_3_5_2(office):
    pdf = render.render([text.Paragraph.of("正文。"), text.Signature(office, "2026年11月23日")], title="通知")
    above, date_line = measure(pdf).pages[0].lines[-2:]
    cell = 156 / 28
    if len(office) >= 7:  # the date above is seven characters wide
        assert (184 - above.right) / cell == pytest.approx(2, abs=0.1)
    else:
        assert (184 - date_line.right) / cell == pytest.approx(2, abs=0.1)
    assert (date_line.x - above.x) / cell == pytest.approx(2, abs=0.1)


def test_sealed_signature_is_centred_on_its_date(notice_pdf):
    lines = [line for page in measure(notice_pdf).pages for line in page.lines]
    at = next(i for i, line in enumerate(lines) if line.text == "2026年1月4日")
    office, date_line = lines[at - 1], lines[at]
    assert (office.x + office.right) / 2 == pytest.approx((date_line.x + date_line.right) / 2, abs=0.2)
    assert (184 - date_line.right) / (156 / 28) == pytest.approx(4, abs=0.1)
    assert date_line.y - lines[at - 2].y > 3.9 * 10.446  # two blank lines for the seal


def test_attachment_names_hang_under_each_other():
    names = ("××镇第十八届人民代表大会代表名额分配和选区划分及选民登记情况一览表", "时间安排")
    lines = measure(render.render([text.Paragraph.of("正文。"), text.Attachments(names)], title="通知")).pages[0].lines
    first, second, third = lines[1:4]
    assert first.text.startswith("附件：1.××镇")
    name_start = next(g.x for g in first.glyphs if g.char == "×")
    assert second.x == pytest.approx(name_start, abs=0.2)
    assert third.text == "2.时间安排"
    assert third.x == pytest.approx(next(g.x for g in first.glyphs if g.char == "1"), abs=0.2)


def test_masthead_with_signers_sets_number_left_and_names_right():
    head = text.Masthead(
        "××镇人民代表大会主席团文件", "×镇人〔2026〕12号", ("张建国", "李国强", "王晓明"), "000123", "秘密★1年", "特急"
    )
    blocks = [
        head,
        text.Title(("关于建议办理情况的报告",)),
        text.Addressee("县人大常委会："),
        text.Paragraph.of("正文如下。"),
    ]
    pdf = render.render(blocks, title="报告", profile="official")
    assert failures(pdf, "official") == []
    lines = measure(pdf).pages[0].lines
    assert [line.text for line in lines[:3]] == ["000123", "秘密★1年", "特急"]
    last = next(line for line in lines if "〔2026〕" in line.text)
    assert last.text == "×镇人〔2026〕12号王晓明"
    assert (last.x - 28) / (156 / 28) == pytest.approx(1, abs=0.05)


def test_imprint_after_a_turned_table_stands_on_an_upright_page():
    table = text.Table(
        (text.Column("序号"), text.Column("姓名", 3, name=True)), (("1", "张喆"),), "名单", landscape=True
    )
    pdf = render.render([text.Paragraph.of("正文。"), table, text.Imprint("××镇办公室", "2026年1月4日")], title="通知")
    pages = measure(pdf).pages
    assert [page.wide for page in pages] == [False, True, False]
    assert pages[1].lines[0].text == "名单"


def test_fonts_come_from_the_font_folder_only(report_pdf):
    families = {font.name.split("+")[1] for font in measure(report_pdf).fonts}
    assert families <= {*fonts.FAMILY.values(), "GWSerifSC", "GWSansSC"}


def test_many_threads_print_at_once_from_a_cold_start(tmp_path):
    command = [sys.executable, "-m", "tests.documents.together", str(tmp_path)]
    done = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, timeout=240, check=True)
    answers = done.stdout.splitlines()
    assert len(answers) == (together.ROUNDS + 1) * together.THREADS
    assert {answer.split()[0] for answer in answers} == {"measures", "papers"}, set(answers)
    assert len(set(answers)) == 2, "every thread must come to the same, in every round"
