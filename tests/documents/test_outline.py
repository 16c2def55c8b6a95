"""What a PDF tells a reader about its own structure: an outline by heading, tags for who has it read aloud."""

import io

import pikepdf

from congress.documents import text
from congress.documents.render import render


def outline(pdf: bytes) -> list[tuple[int, str]]:
    """(depth, label) of every entry."""
    found = []

    def walk(items, depth):
        for item in items:
            found.append((depth, str(item.title)))
            walk(item.children, depth + 1)

    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as told:
        walk(told.root, 0)
    return found


def tags(pdf: bytes) -> list[str]:
    """The kinds of elements in reading order."""
    found: list[str] = []

    def walk(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(str(element.S))
        kids = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
        for kid in kids if isinstance(kids, pikepdf.Array) else []:
            walk(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.get("/StructTreeRoot")
        for kid in root.K if root is not None else []:
            walk(kid)
    return found


def test_every_heading_stands_in_the_outline_at_its_depth_with_its_words(report_blocks, report_pdf):
    told = [(block.level, block.text.rstrip("。")) for block in report_blocks if isinstance(block, text.Heading)]
    assert len(told) > 12
    assert outline(report_pdf) == [(0, "".join(report_blocks[0].lines)), *told]


def test_a_label_is_written_as_it_stands_whatever_marks_it_has():
    odd = "一、“甲”'乙'&<丙>；{丁}\\戊"
    pdf = render([text.Title(("题",)), text.Heading(1, odd), text.Paragraph.of("文。")])
    assert outline(pdf)[1] == (1, odd)


def test_headings_paragraphs_and_tables_are_told_apart_in_the_file():
    table = text.Table((text.Column("甲"), text.Column("乙")), (("1", "2"),))
    pdf = render([text.Title(("题",)), text.Heading(1, "一、标题"), text.Paragraph.of("文。"), table])
    told = tags(pdf)
    assert [name for name in told if name in ("/H1", "/H2", "/Table", "/TH", "/TD")] == [
        "/H1",
        "/H2",
        "/Table",
        "/TH",
        "/TH",
        "/TD",
        "/TD",
    ]
    assert "/P" in told


def test_pieces_that_will_be_joined_bear_no_tags():
    assert tags(render([text.Title(("题",)), text.Paragraph.of("文。")], first_page=1)) == []
