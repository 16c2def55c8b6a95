"""The edition for everybody: what is put out of sight stands nowhere, and the whole paper stays as it is."""

import copy
import io
from datetime import date

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from congress import figures, publishing
from congress.documents import kit, masking, text, word
from congress.documents.inspection import check
from congress.documents.render import render
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Document
from reports import actions
from reports.actions.edition import pairs
from reports.content import body_of
from reports.documents import EDITION, PAPERS
from reports.life import ANNUAL
from reports.models import Section
from reports.queries import annual
from tests.documents.docx import text_of
from tests.reports import standing
from tests.reports.steps import sign_and_issue, signed
from tests.states import state

DAY = date(2022, 12, 28)


@state(on=standing.begun_report)
def issued_report(world, report):
    """Issued; its first paragraph and subtitle name somebody."""
    with world.in_township():
        first = annual.sections(report)[0]
        said = f"{first.text}选举丁一为镇长，戊二为主席。接待{{{{figure.receptions.people}}}}人次。"
        actions.save_section(world.clerk, first, version=first.version, heading="", text=said)
        titles = {"title": "\n".join(report.title_lines), "subtitle": "镇人大主席　戊　二", "version": report.version}
        ANNUAL.take("heading", world.clerk, report, **titles)
        report.refresh_from_db()
        sign_and_issue(world, report, on=DAY)
        report.refresh_from_db()
        return report


@pytest.fixture
def issued(issued_report, here):
    """An issued report whose first paragraph and subtitle name somebody."""
    return copy.deepcopy(issued_report)


def edition(world, report, **entries) -> Document:
    ANNUAL.take("edition", world.clerk, report, **entries)
    return Document.objects.filter(whole=report.document).order_by("-created_at").first()


def everything(document: Document) -> str:
    """All text of the file and of the file for a word processor, without spaces."""
    content = bytes(document.file.content)
    kind = kit.kind_of(document.kind)
    words = text_of(kit.word_copy(kind, document.context))
    with pikepdf.open(io.BytesIO(content)) as opened:
        about = "".join(map(str, opened.docinfo.values())) + opened.Root.Metadata.read_bytes().decode()
    return "".join((extract_text(io.BytesIO(content)) + words + about + document.title + document.file.name).split())


def test_names_and_figures_put_out_of_sight_stand_nowhere(world, issued):
    whole = bytes(issued.document.file.content)
    words = "戊　二＝某某\n戊二＝某某\n丁一＝某某\n云溪镇＝某镇"
    made = edition(world, issued, figures=["receptions.people", "officers_received.people"], words=words)
    said = everything(made)
    assert "选举某某为镇长，某某为主席。接待X人次。" in said
    assert "镇人大主席某某" in said
    assert "接待选民X人次" in said
    for gone in ("丁一", "戊二", "云溪镇", "47人次", "42人次"):
        assert gone not in said, gone
        assert gone not in str(made.context), gone
    assert made.context["figures"] == []
    assert "某镇人民代表大会主席团" in made.context["office"]
    assert [row for row in check(bytes(made.file.content), EDITION.profile_of(made.context), False) if not row.ok] == []
    issued.document.refresh_from_db()
    assert bytes(issued.document.file.content) == whole


def test_it_stands_beside_the_whole_under_the_same_number(world, issued, here):
    made = edition(world, issued, figures=[], words="丁一＝某某\n戊二＝某某\n戊　二＝某某")
    assert (made.number, made.issued_on, made.whole) == (issued.document.number, DAY, issued.document)
    assert made.title.endswith("（公开稿）")
    new = ANNUAL.take("correct", world.clerk, issued, reason="有误")
    signed(world, new, on=DAY)
    with pytest.raises(Refused, match="已用于"):
        ANNUAL.take("issue", world.chair, new, on=DAY, number=made.number)
    assert ANNUAL.take("issue", world.chair, new, on=DAY).number == "云溪人发〔2022〕2号"


def test_what_is_proposed_are_the_people_named_and_numbers_of_few(world, issued, browse):
    page = browse(world.clerk).get(f"/t/{world.township.code}/reports/{issued.pk}/edition/")
    form = page.context["form"]
    assert set(form.initial["words"].splitlines()) == {f"{name}＝某某" for name in ("丁一", "戊二", "书记丙", "区长乙")}
    chosen = {label.split("：")[0] for key, label in form.fields["figures"].choices if key in form.initial["figures"]}
    values = dict(annual_values(world, issued))
    assert chosen
    assert all(values[label] < 10 for label in chosen if label in values)
    assert "接待选民人次" not in chosen


def annual_values(world, report):
    with scope.township(world.township):
        names = figures.names()
        for use in annual.kept_figures(report).values():
            if not use.words:
                yield names[use.key], use.value


def test_a_name_that_still_stands_elsewhere_is_refused_with_its_place_and_nothing_is_made(world, issued, browse):
    address = f"/t/{world.township.code}/reports/{issued.pk}/edition/"
    client = browse(world.clerk)
    answer = client.post(address, {"words": "丁一＝某某\n戊二＝某某", "version": issued.version})
    said = " ".join(answer.context["form"].errors["words"])
    assert "要隐去的文字还在：第1页“" in said
    assert "戊二" in said
    assert "丁一＝某某" in answer.content.decode()
    with scope.township(world.township):
        assert not Document.objects.filter(whole=issued.document).exists()


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"words": "丁一＝丁一等"}, "改成的字里还有它自己"),
        ({"words": "丁＝某"}, "两个字以上"),
        ({"figures": ["visits.no_such"], "words": ""}, "正文没有用这项数据"),
    ],
)
def test_masks_that_cannot_be_are_refused(world, issued, entries, says):
    with pytest.raises(Refused, match=says):
        ANNUAL.take("edition", world.clerk, issued, **{"figures": [], **entries})


def test_a_draft_has_no_edition(world, report, here):
    with pytest.raises(Refused, match="报告印发以后才能制作公开稿"):
        ANNUAL.take("edition", world.clerk, report, figures=[], words="")


def test_a_corrected_report_has_no_edition_any_more(world, issued, here):
    new = ANNUAL.take("correct", world.clerk, issued, reason="有误")
    sign_and_issue(world, new, on=DAY)
    with pytest.raises(Refused, match="已被更正"):
        ANNUAL.take("edition", world.clerk, issued, figures=[], words="")


def test_with_an_edition_only_the_last_one_may_be_published(world, issued, here, browse):
    assert publishing.may_be_published(issued.document)
    words = "丁一＝某某\n戊二＝某某\n戊　二＝某某"
    first = edition(world, issued, figures=[], words=words)
    second = edition(world, issued, figures=["receptions.people"], words=words)
    assert [publishing.may_be_published(one) for one in (issued.document, first, second)] == [False, False, True]
    with pytest.raises(Refused, match="请公布公开稿"):
        publishing.publish(world.chair, issued.document, DAY)
    publishing.publish(world.chair, second, DAY)
    page = browse(world.clerk).get(f"/t/{world.township.code}/reports/{issued.pk}/").content.decode()
    assert "（公开稿）" in page
    shown = browse(world.clerk).get(f"/t/{world.township.code}/documents/{issued.document_id}/").content.decode()
    assert shown.count("（公开稿）") == 2
    assert "已有更新的" in shown
    kept = browse(world.clerk).get(f"/t/{world.township.code}/documents/{second.pk}/").content.decode()
    assert "公开稿的原件" in kept


def test_pairs_are_read_as_they_are_typed():
    assert pairs("张三＝某某\n 李四 = 李某 \n\n王五\n赵六＝") == {
        "张三": "某某",
        "李四": "李某",
        "王五": "某某",
        "赵六": "某某",
    }


def test_a_figure_is_out_of_sight_in_every_form_it_is_read_in(report, here):
    uses = annual.kept_figures(report)
    part = Section(
        level=0,
        text="共{{figure.receptions.people}}、{{figure.receptions.people|余}}、{{figure.receptions.people|分子}}。",
    )
    said = body_of([part], uses, {"receptions.people": "X"})
    assert said[0]["paragraphs"] == ["共X、X、X。"]
    assert body_of([part], uses)[0]["paragraphs"] == ["共47、40余、47。"]


# -- the proof


def attach(pdf: bytes, name: str, content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content)
        target = io.BytesIO()
        opened.save(target)
    return target.getvalue()


def paper(**more) -> bytes:
    blocks = [text.Title(("题目",)), text.Heading(1, more.pop("heading", "一、标题")), text.Paragraph.of("正文。")]
    return render(blocks, **{"title": "题", **more})


def test_every_hiding_place_is_looked_at():
    from congress.documents.render import Metadata

    assert masking.remains(["张三"], paper()) == []
    assert masking.remains(["张三"], paper(title="张三的报告"))[0].startswith("文件属性")
    assert masking.remains(["张三"], paper(metadata=Metadata(subject="张 三")))[0].startswith("文件属性")
    assert [one[:2] for one in masking.remains(["张三"], paper(heading="一、张三"))][:2] == ["第1", "书签"]
    assert any(one.startswith("附带的文件") for one in masking.remains(["张三"], attach(paper(), "a", "张三".encode())))
    assert any("文件结构" in one for one in masking.remains(["张三"], attach(paper(), "张三", b"")))
    copy = word.write([text.Paragraph.of("张　三在。")], title="题")
    assert masking.remains(["张三"], paper(), copy) == ["Word 编辑稿“张三在。”"]
    assert masking.remains(["张三"], paper(), word.write([text.Paragraph.of("无。")], title="张三"))[0].startswith(
        "Word"
    )


def test_a_longer_name_is_changed_before_one_within_it():
    words = {"张三": "某", "张三丰": "某某"}
    assert masking.replaced({"a": ["张三丰和张三", 3, None]}, words) == {"a": ["某某和某", 3, None]}


def test_the_whole_paper_is_of_another_kind(issued):
    assert issued.document.kind == PAPERS["annual"].key != EDITION.key
