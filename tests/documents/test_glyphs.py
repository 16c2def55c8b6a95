"""Which characters no font has: looked for in every word of every block that is running text, in the face that sets it."""

import pytest

from congress.documents import text
from congress.documents.fonts import Typeface
from congress.documents.glyphs import lacking, runs_of

NOWHERE = "\ue999"
BLOCKS = (
    text.Masthead("某镇人大文件", "某人发〔2026〕1号", ("甲一", "乙二")),
    text.Title(("关于某事", "的报告")),
    text.Subtitle(("——在会上", "主席　甲一")),
    text.Paragraph.of("甲一与乙二。", ("甲一",)),
    text.Heading(2, "（一）标题。", "后面的话。"),
    text.Addressee("各位代表："),
    text.Signature("某镇人大", "2026年1月4日"),
    text.Note("印发后公布"),
    text.Imprint("某镇人大办公室", "2026年1月5日", "县人大常委会"),
    text.Table((text.Column("项目"), text.Column("数")), (("接待", "3"), ("走访", "5")), "表1"),
    text.Chart("接待人次", (("1月", 3.0), ("2月", 5.0)), "bars"),
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_word_of_a_block_is_looked_at(block):
    said = "".join(run.text for run in runs_of(block))
    words = text.plain_text([block]).split()
    assert words
    assert [word for word in words if word not in said and not word.isdecimal()] == []
    assert lacking([block]) == {}


@pytest.mark.parametrize(
    ("block", "typeface"),
    [
        (text.Title((NOWHERE,)), Typeface.XIAOBIAOSONG),
        (text.Subtitle((NOWHERE,)), Typeface.KAITI),
        (text.Masthead("某镇人大文件", signers=(NOWHERE,)), Typeface.KAITI),
        (text.Masthead(NOWHERE), Typeface.XIAOBIAOSONG),
        (text.Table((text.Column(NOWHERE),), ()), Typeface.HEITI),
        (text.Note(NOWHERE), Typeface.FANGSONG),
    ],
)
def test_it_is_looked_for_in_the_face_that_sets_it(block, typeface):
    assert [run.typeface for run in runs_of(block) if NOWHERE in run.text] == [typeface]
    assert list(lacking([block])) == [NOWHERE]


@pytest.mark.parametrize("block", [text.Blank(), text.NewPage(), text.Code("1")])
def test_what_says_nothing_in_letters_is_asked_about_nothing(block):
    with pytest.raises(TypeError, match="no running text"):
        runs_of(block)
