"""Ballots on paper: the largest a general election knows stands on one page, whole."""

import io

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from congress.documents.ballots import Ballot, ballots_pdf

RULES = (
    "1.在候选人姓名左边的符号栏内，赞成的画“○”，反对的画“×”，弃权的不画任何符号。",
    "2.另选他人的，在“另选他人姓名”栏写上姓名，并在左边的符号栏内画“○”。",
    *(f"{at}.无法辨认的符号：只该处不计，其余部分有效。" for at in range(3, 9)),
)
TOLD = ("（1980年生，教师）", "（1975年生，村民）")


def ballot(number: int, seats: int, **more) -> Ballot:
    people = tuple((f"欧阳明{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[at]}", "", "") for at in range(number))
    given = {"title": ("云溪镇第十八届人民代表大会代表选举", "选　票"), "district": "第1选区（东山村）", "rules": RULES}
    given |= {"seal": "云溪镇选举委员会", "colour": "浅红", "stub": ("云溪镇第1选区", "本选区存根号码1至23")}
    return Ballot(**given | {"seats": seats, "names": people} | more)


def pages(pdf: bytes) -> list[str]:
    return ["".join(one.split()) for one in extract_text(io.BytesIO(pdf)).split("\f")[:-1]]


@pytest.mark.parametrize("sample", [True, False])
@pytest.mark.parametrize(("names", "seats"), [(2, 1), (4, 2), (4, 3), (6, 3)])
def test_nothing_of_a_ballot_is_lost_however_many_stand_on_it(names, seats, sample):
    """1 → 2, 2 → 4, 3 → 6 are the most the margin allows; a namesake takes a second line, the second language a title."""
    plain = ballot(names, seats)
    named = tuple((name, told, "") for (name, *_), told in zip(plain.names, (*TOLD, *[""] * 9), strict=False))
    written = tuple((name, told, "Cinz Daihaij") for name, told, _ in named)
    beside = [ballot(names, seats, names=people, beside="当地文字的标题") for people in (named, written)]
    pdf = ballots_pdf([plain, *beside], title="选票", sample=sample)
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 3
    assert pages(pdf)[2].count("CinzDaihaij") == names
    for page in pages(pdf):
        for words in (RULES[-1], "（盖章处）", "票纸：浅红色", plain.names[-1][0], "另选他人姓名"):
            assert words in page
        assert ("存根" in page) is not sample


def test_a_ballot_that_no_page_holds_is_refused_and_not_cut():
    with pytest.raises(ValueError, match=r"候选人16名、.*一页排不下"):
        ballots_pdf([ballot(16, 3)], title="选票")


def test_no_line_of_a_rule_ends_with_an_opening_quotation():
    text = ballots_pdf([ballot(2, 1)], title="选票")
    assert "“\n" not in extract_text(io.BytesIO(text))
