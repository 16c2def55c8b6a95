"""The inspection finds what is wrong: every mutation of a conforming document fails the row that speaks of it."""

import pytest

from congress.documents import flow, inspection, markup, render, style, text
from congress.documents.findings import few, passed, span
from congress.documents.tables import TableSetter
from tests.documents.conftest import notice_blocks, report_text, roster

CENTRED = "@page :{0} {{ @bottom-{0} {{ content: none }} @bottom-center {{ content: '—' counter(page) '—'; font: 14pt/14pt GWSongTi }} }}"


def bad(pdf: bytes, profile: str = "report", draft: bool | None = None) -> set[str]:
    rows = inspection.check(pdf, profile, draft)
    assert all(row.measured for row in rows)  # each says what was found, in order or not
    return {row.title for row in rows if not row.ok}


def set_with(blocks, css: str = "", lang: str = "zh-CN", title: str = "总结") -> bytes:
    """Typeset with a mistake in the style sheet."""
    setter = markup.Setter()
    body = setter.document(blocks)
    rules = style.official_page() + style.wide_page() + css
    return render.html_to_pdf(body, title=title, faces=setter.faces, css=rules, lang=lang)


MUTATIONS = {
    "letter paper": ("@page { size: 8.5in 11in }", "纸张 A4"),
    "left margin 25 mm": ("@page { margin-left: 25mm }", "版心左右（订口28、宽156毫米）"),
    "right edge": ("body { margin-left: 3mm }", "版心左右（订口28、宽156毫米）"),
    "top margin 30 mm": ("@page { margin-top: 30mm }", "天头37毫米"),
    "bottom margin 20 mm": ("@page { margin-bottom: 20mm }", "版心下边"),
    "28 pt pitch": ("html { line-height: 28pt } .blank { height: 28pt !important }", "行距"),
    "lines off the grid": (".h { margin-top: 2mm }", "各行在网格上"),
    "20 lines a page": ("@page { margin-bottom: 54mm }", "每面22行"),
    "15 pt body": ("body { font-size: 15pt }", "正文3号仿宋"),
    "body in another face": ("body { font-family: GWSongTi }", "正文3号仿宋"),
    "楷 for 黑": (".GWHeiTi { font-family: GWKaiTi }", "层次标题字体"),
    "仿宋 for 楷": (".GWKaiTi { font-family: GWFangSong }", "层次标题字体"),
    "20 pt title": ("p.title { font-size: 20pt !important }", "标题2号小标宋居中"),
    "title at the left": ("p.title { text-align: left }", "标题2号小标宋居中"),
    "title in 黑体": ("p.title { font-family: GWHeiTi !important }", "标题2号小标宋居中"),
    "no indent": ("p.l { text-indent: 0 !important }", "段首空二字"),
    "three characters indent": ("p.l:not(.title) { text-indent: 3em !important }", "段首空二字"),
    "ragged lines": ("p.l span { letter-spacing: -0.3pt !important }", "满行右边对齐"),
    "grey text": ("body { color: #444 }", "文字黑色（版头可用红色）"),
    "red heading in a report": ("p.h { color: #f00 }", "文字黑色（版头可用红色）"),
    "centred page numbers": (CENTRED.format("left") + CENTRED.format("right"), "单页居右、双页居左空一字"),
    "hyphens": ("@page :right { @bottom-right { content: '-' counter(page) '-' } }", "每页有页码—N—"),
    "no page number": ("@page :left { @bottom-left { content: none } }", "每页有页码—N—"),
    "page number too high": ("@page :left { @bottom-left { padding-top: 0 } }", "页码在版心下7毫米"),
    "12 pt page number": ("@page :right { @bottom-right { font-size: 12pt } }", "页码4号半角宋体"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutation_of_the_style_is_caught(name, report_blocks):
    css, title = MUTATIONS[name]
    assert title in bad(set_with(report_blocks, css))


@pytest.mark.parametrize("title", ["工作总结", "××镇·工作总结"])
def test_a_title_in_another_face_is_caught_with_and_without_signs(title):
    blocks = [text.Title((title,)), text.Heading(1, "一、标题"), text.Paragraph.of("正文。")]
    css, row = MUTATIONS["title in 黑体"]
    assert row not in bad(set_with(blocks))
    assert row in bad(set_with(blocks, css))


def test_unchanged_document_passes(report_blocks):
    rows = inspection.check(set_with(report_blocks), "report", False)
    assert passed(rows)
    assert len(rows) >= 28
    assert all(row.title and row.measured for row in rows)


def test_missing_language_or_title_is_caught(report_blocks):
    assert "文件标题与语言" in bad(set_with(report_blocks, lang="en"))
    assert "文件标题与语言" in bad(set_with(report_blocks, title=""))


def test_half_width_marks_and_spaces_are_caught():
    assert "汉字间没有半角标点和空格" in bad(set_with([text.Paragraph.of("有待加强;代表履职")]))
    assert "汉字间没有半角标点和空格" in bad(set_with([text.Paragraph.of("组成人 员")]))


@pytest.mark.parametrize(("rule", "title"), [("NOT_FIRST", "行首没有点号和后标号"), ("NOT_LAST", "行末没有前标号")])
def test_broken_kinsoku_is_caught(monkeypatch, rule, title):
    monkeypatch.setattr(flow, rule, frozenset())
    mark = "，" if rule == "NOT_FIRST" else "“"
    words = "镇" * (26 if rule == "NOT_FIRST" else 25) + mark + "人" * 60 + "。"
    assert title in bad(set_with([text.Paragraph.of(words)]))


def test_split_number_is_caught(monkeypatch):
    monkeypatch.setattr(flow, "tokens", lambda chars: [[c] for c in chars])
    assert "破折号、省略号和数字不拆行" in bad(set_with([text.Paragraph.of("镇" * 24 + "20262027" + "人" * 60)]))


def test_25_characters_a_line_are_caught(monkeypatch, report_blocks):
    narrow = flow.Measure(25, flow.OFFICIAL.width * 25 / 28, 16)
    real = markup.flow
    monkeypatch.setattr(markup, "flow", lambda chars, measure, *rest: real(chars, narrow, *rest))
    assert {"每行28字", "满行右边对齐"} <= bad(set_with(report_blocks))


def test_missing_glyph_in_a_foreign_pdf_is_caught():
    engine = render._engine()
    html = engine.html(string="<html lang=zh><title>表</title><p>张☑</p>", url_fetcher=engine.fetcher)
    rows = {row.title: row for row in inspection.check(html.write_pdf(font_config=engine.fonts))}
    assert not rows["没有缺字和自造字"].ok
    assert not rows["长期保存格式标识"].ok


def test_private_character_drawn_by_some_font_is_caught(monkeypatch):
    monkeypatch.setattr(inspection, "is_private", lambda character: character == "镇")
    assert "没有缺字和自造字" in bad(set_with([text.Paragraph.of("镇人大")]))


def changed(blocks: list, kind: type, **values) -> list:
    """The blocks with some values of one kind replaced."""
    from dataclasses import replace

    return [replace(block, **values) if isinstance(block, kind) else block for block in blocks]


OFFICIAL = {
    "padded number": ({"kind": text.Masthead, "number": "×选发〔2026〕第03号"}, "", "发文字号"),
    "no number": ({"kind": text.Masthead, "number": ""}, "", "发文字号"),
    "mark too low": ({}, ".mast .mark { margin-top: 3mm }", "发文机关标志距版心上边35毫米、居中、红色"),
    "black mark": ({}, ".mast .mark { color: #000 }", "发文机关标志"),
    "short rule": ({}, ".mast .rule { width: 140mm }", "分隔线在发文字号下4毫米、与版心等宽"),
    "no rule": ({}, ".mast .rule { background: none }", "红色分隔线"),
    "title close to the rule": ({}, ".mast { height: 84mm !important }", "标题在分隔线下空二行"),
    "padded date": ({"kind": text.Signature, "date": "2026年01月04日"}, "", "成文日期用阿拉伯数字、不编虚位"),
    "thin imprint rules": ({}, ".imprint .thick { height: 0.1mm }", "版记分隔线粗细"),
    "imprint too small": ({}, ".imprint { font-size: 12pt }", "版记4号仿宋"),
    "imprint too high": ({}, "@page { @footnote { margin-bottom: 9mm } }", "版记末条分隔线与版心下边重合"),
    "signature alone": ({}, ".whole { break-before: page }", "落款与正文同页"),
}


@pytest.mark.parametrize("name", OFFICIAL)
def test_mutation_of_a_notice_is_caught(name):
    values, css, title = OFFICIAL[name]
    blocks = changed(notice_blocks(), **values) if values else notice_blocks()
    assert title in bad(set_with(blocks, css), "official")


def test_report_checked_as_notice_lacks_a_masthead(report_pdf):
    assert {"发文机关标志", "红色分隔线"} <= bad(report_pdf, "official")


def table_with(css: str = "", change=lambda html: html) -> bytes:
    table = TableSetter(roster(40))
    return render.html_to_pdf(
        change(table.html()), title="花名册", faces=table.setter.faces, css=table.page_rule() + css
    )


def test_unchanged_table_passes():
    assert bad(table_with(), "table", False) == set()


def test_text_over_a_rule_is_caught():
    assert "文字不出格" in bad(table_with(".sheet p { margin-left: 6mm }"), "table")


def test_header_missing_on_a_later_page_is_caught():
    def second_header_lost(html: str) -> str:
        first, rest = html.split("性别", 1)
        return first + "性别" + rest.replace("性别", "备注", 1)

    assert "每页都有相同表头" in bad(table_with(change=second_header_lost), "table")


def test_table_without_rules_is_caught():
    assert {"每页都有相同表头", "单行的行高一致"} <= bad(table_with(".sheet svg { visibility: hidden }"), "table")


def test_unknown_profile_is_refused(report_pdf):
    with pytest.raises(ValueError, match="letter"):
        inspection.check(report_pdf, "letter")


def test_rows_are_written_for_people():
    assert few(range(6)) == "0；1；2；3；等6处"
    assert span([7.0, 7.25]) == "7.00—7.25毫米"
    assert span([]) == "无"


def test_report_text_is_long_enough_to_measure():
    assert len(report_text()) > 1500
