"""As what a report goes out: to the congress without a head, upwards with one and who signs, here with copies."""

import io
from datetime import date

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from congress import files
from congress.documents import kit, render
from congress.documents.inspection import check
from congress.documents.word_file import WordFile
from congress.documents.word_inspection import check as check_word
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Document
from reports.documents import PAPERS
from reports.life import ANNUAL
from reports.queries import annual
from reports.returned import anchor
from tests import judge
from tests.documents.docx import text_of
from tests.documents.test_outline import outline
from tests.documents.test_word import bare
from tests.reports.steps import sign_and_issue, signed
from tests.reports.year import FILL

DAY = date(2022, 12, 28)
# The judge takes the line of number and signers, which stands one character from both edges (7.2.5, 7.2.6), for running text.
OF_THE_SIGNERS = [
    "5.2.3 28 字 per full line",
    "5.2.3 full lines end at the right edge",
    "7.3.3 paragraphs indent 2 字",
]
WAYS = {
    "meeting": {"subtitle": "——2023年1月8日在云溪镇第十七届人民代表大会第三次会议上", "salutation": "各位代表"},
    "upward": {"salutation": "清江县人民代表大会常务委员会：", "signers": "戊二 丁一"},
    "internal": {
        "salutation": "各村（社区）：",
        "copies": "县人大常委会办公室，镇党委",
        "printed_by": "云溪镇人大办公室",
    },
}


def headed(world, report, way, **more):
    values = {"title": "\n".join(report.title_lines), "way": way, "version": report.version}
    return ANNUAL.take("heading", world.clerk, report, **values, **WAYS[way], **more)


def issue(world, report, way) -> Document:
    headed(world, report, way)
    return sign_and_issue(world, report, on=DAY)


def read(document) -> str:
    return "".join(extract_text(io.BytesIO(bytes(document.file.content))).split())


@pytest.mark.parametrize("way", WAYS)
def test_each_form_stands_before_both_judges(world, report, here, way, tmp_path):
    document = issue(world, report, way)
    profile = PAPERS["annual"].profile_of(document.context)
    assert profile == ("report" if way == "meeting" else "official")
    content = bytes(document.file.content)
    assert [row for row in check(content, profile=profile, draft=False) if not row.ok] == []
    assert outline(content)[1] == (1, "一、2022年工作总结")
    if judge.STANDS:
        assert list(judge.objections(content, profile, tmp_path)) == (OF_THE_SIGNERS if way == "upward" else [])
        unsigned = PAPERS["annual"].compose({**document.context, "signers": []}, False)
        assert judge.objections(unsigned, profile, tmp_path) == {}


def test_a_report_that_goes_up_says_who_signs_and_to_whom(world, report, here):
    said = read(issue(world, report, "upward"))
    assert "云溪镇人民代表大会主席团文件" in said
    assert "签发人：戊二丁一" in said
    assert "清江县人民代表大会常务委员会：" in said
    assert said.count("云溪人发〔2022〕1号") == 1  # in the head, not once more at the foot
    assert said.index("云溪人发〔2022〕1号") < said.index("2022年工作总结和2023年工作安排")
    assert "2022年12月28日印发" in said
    assert "抄送" not in said


def test_a_report_issued_here_says_to_whom_copies_go_and_who_prints(world, report, here):
    said = read(issue(world, report, "internal"))
    assert "抄送：县人大常委会办公室，镇党委。" in said
    assert "云溪镇人大办公室2022年12月28日印发" in said
    assert "签发人" not in said


def test_a_report_to_the_congress_has_no_head(world, report, here):
    said = read(issue(world, report, "meeting"))
    assert "主席团文件" not in said
    assert "各位代表：" in said  # the colon is the standard's
    assert "印发" not in said[-60:]


def test_a_draft_with_a_head_shows_the_number_that_would_be_next(world, report, browse):
    with scope.township(world.township):
        headed(world, report, "internal")
    address = f"/t/{world.township.code}/reports/{report.pk}"
    client = browse(world.clerk)
    drawn = "".join(extract_text(io.BytesIO(b"".join(client.get(f"{address}/pdf/")))).split())
    assert "云溪人发〔" in drawn
    page = client.get(f"{address}/layout/").content.decode()
    assert "项全部符合" in page
    assert "发文机关标志" in page


@pytest.mark.parametrize(
    ("gone", "field", "says"),
    [("signers", "signers", "应当标注签发人"), ("salutation", "salutation", "应当写明主送机关")],
)
def test_what_a_report_that_goes_up_must_say_is_asked_at_its_field(world, report, browse, gone, field, says):
    client = browse(world.clerk)
    values = {"title": "工作报告", "way": "upward", **WAYS["upward"], "version": report.version, gone: " "}
    answer = client.post(f"/t/{world.township.code}/reports/{report.pk}/heading/", values)
    assert answer.status_code == 200
    assert says in " ".join(answer.context["form"].errors[field])
    assert "工作报告" in answer.content.decode()


def test_signers_are_names(world, report, here):
    with pytest.raises(Refused, match="签发人写姓名"):
        headed(world, report, "meeting", signers="甲" * 21)


def test_a_number_that_stands_on_another_paper_is_refused_at_its_field(world, report, here, browse):
    issue(world, report, "internal")
    report.refresh_from_db()
    new = ANNUAL.take("correct", world.clerk, report, reason="有误")
    assert (new.way, new.copies, new.printed_by) == ("internal", WAYS["internal"]["copies"], "云溪镇人大办公室")
    signed(world, new, on=DAY)
    with pytest.raises(Refused) as refused:
        ANNUAL.take("issue", world.chair, new, on=DAY, number="云溪人发〔2022〕1号")
    assert (refused.value.findings[0].field, "已用于" in str(refused.value)) == ("number", True)
    said = read(ANNUAL.take("issue", world.chair, new, on=DAY, number="云溪人发〔2022〕7号"))
    assert "云溪人发〔2022〕7号，更正并代替云溪人发〔2022〕1号，更正原因：有误" in said


def test_draft_and_issued_report_come_as_a_file_for_a_word_processor(world, report, browse):
    address = f"/t/{world.township.code}"
    client = browse(world.clerk)
    with scope.township(world.township):
        headed(world, report, "upward")
    drawn = client.get(f"{address}/reports/{report.pk}/word/")
    assert "docx" in drawn["Content-Disposition"]
    written = text_of(b"".join(drawn))
    assert "签发人：戊二　丁一" in written
    assert [row for row in check_word(b"".join(drawn)) if not row.ok] == []
    assert "Word 编辑稿" in client.get(f"{address}/reports/{report.pk}/").content.decode()
    with scope.township(world.township):
        report.refresh_from_db()
        document = sign_and_issue(world, report, on=DAY)
    paper = client.get(f"{address}/reports/{report.pk}/word/", follow=True)
    assert "2022年12月28日印发" in text_of(b"".join(paper))
    with scope.audit():
        told = AuditEvent.objects.filter(verb="congress.take_along").latest("seq").detail["文件"]
    assert told.endswith("（Word）")
    assert document.title not in told  # it may tell of a person, and the trail is for ever
    assert sorted(bare(text_of(b"".join(paper)))) == sorted(bare(read(document)))
    checked = client.get(f"{address}/documents/{document.pk}/check/").content.decode()
    assert "文档网格与行距一致" in checked
    assert "发文机关标志" in checked


def test_each_section_bears_its_version_in_the_file(world, report, browse):
    data = b"".join(browse(world.clerk).get(f"/t/{world.township.code}/reports/{report.pk}/word/"))
    with scope.township(world.township):
        said = [row for row in annual.sections(report) if row.heading or row.text]
    marked = {mark: told.text for told in WordFile(data).paragraphs() for mark in told.marks}
    assert [mark[:-9] for mark in marked] == [anchor(row.pk, row.version, [])[:-9] for row in said]
    assert all(row.heading in text for row, text in zip(said, marked.values(), strict=True))


def test_a_paper_that_is_no_text_has_no_such_file(world, browse):
    with scope.township(world.township), action(FILL, actor=None):
        file = files.store(world.township, b"%PDF-1.7", name="x.pdf", content_type="application/pdf")
        roster = Document.objects.create(
            township=world.township,
            kind="deputies.roster",
            title="代表花名册",
            series="",
            year=2022,
            serial=1,
            context={"title": "代表花名册"},
            file=file,
            issued_on=DAY,
        )
        with pytest.raises(Refused, match="没有可以编辑的"):
            kit.word_copy(kit.kind_of(roster.kind), roster.context)
    client = browse(world.clerk)
    assert client.get(f"/t/{world.township.code}/documents/{roster.pk}/word/").status_code == 404
    assert "Word 编辑稿" not in client.get(f"/t/{world.township.code}/documents/{roster.pk}/").content.decode()


def test_a_report_is_typeset_once_when_it_is_issued(world, report, here, monkeypatch):
    signed(world, report, on=DAY)
    set_before, times = render.html_to_pdf, []
    monkeypatch.setattr(render, "html_to_pdf", lambda *a, **k: times.append(1) or set_before(*a, **k))
    document = ANNUAL.take("issue", world.chair, report, on=DAY)
    assert times == [1]
    with pikepdf.open(io.BytesIO(bytes(document.file.content))) as opened:
        assert "/StructTreeRoot" in opened.Root
