"""A Word file edited outside and brought back: what was changed is shown by section, and never written over a newer text."""

import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.documents import text, word
from congress.guard import scope
from reports import actions, returned
from reports.content import shown_of
from reports.models import SectionDraft
from reports.queries import annual
from tests.reports.steps import sign_and_issue

SHOWN = {"a.people": "47", "a.kinds": "教育、水利", "a.share": "85%"}
TEXT = "接待选民{{figure.a.people}}人次，涉及{{figure.a.kinds}}，办结率{{figure.a.share}}。\n第二段。"


def back(old: str, new: str) -> tuple[str, list]:
    said = returned.restored(TEXT, SHOWN, "接待选民47人次，涉及教育、水利，办结率85%。\n第二段。".replace(old, new))
    return said[0], [(one.key, one.before, one.now, one.kept) for one in said[1]]


def test_figures_stand_in_their_places_again_round_what_was_changed():
    assert back("接待选民", "全年共接待选民群众") == (TEXT.replace("接待选民", "全年共接待选民群众"), [])
    assert back("第二段。", "另写的47段。\n第三段。") == (TEXT.replace("第二段。", "另写的47段。\n第三段。"), [])


def test_a_number_typed_over_is_told_and_stays_a_figure():
    assert back("47", "52") == (TEXT, [("a.people", "47", "52", True)])
    assert back("85%", "90%") == (TEXT, [("a.share", "85%", "90%", True)])
    assert back("47", "五十余") == (TEXT, [("a.people", "47", "五十余", True)])


def test_a_figure_written_in_other_words_is_told_and_is_text_from_then_on():
    assert back("教育、水利", "教育等") == (
        TEXT.replace("{{figure.a.kinds}}", "教育等"),
        [("a.kinds", "教育、水利", "教育等", False)],
    )


def test_a_sentence_taken_out_takes_its_figures_along():
    said, typed = back("，办结率85%", "")
    assert said == TEXT.replace("，办结率{{figure.a.share}}", "")
    assert typed == [("a.share", "85%", "", False)]


@pytest.mark.parametrize(
    ("level", "heading", "lines", "says"),
    [
        (0, "", ["甲。", "乙。"], ("", ["甲。", "乙。"])),
        (1, "总结", ["一、总结", "甲。"], ("总结", ["甲。"])),
        (2, "围绕中心", ["（十二）围绕大局"], ("围绕大局", [])),
        (3, "做好工作。", ["1.做好工作。甲。乙。", "丙。"], ("做好工作。", ["甲。乙。", "丙。"])),
        (3, "做好工作。", ["12.做实工作。甲。"], ("做实工作。", ["甲。"])),
        (3, "做好工作", ["1.没有句号"], ("没有句号", [])),
        (1, "总结", [], ("", [])),
    ],
)
def test_heading_and_paragraphs_are_parted_as_they_were_joined(level, heading, lines, says):
    assert returned.parted(level, heading, lines) == says


def test_a_section_is_known_by_its_bookmark_and_touched_when_its_words_differ():
    pk = uuid.UUID(int=2**128 - 1)
    name = returned.anchor(pk, 9999, ["一、甲", "乙。"])
    assert len(name) <= 40
    blocks = [text.Title(("题",)), text.Heading(1, "一、甲"), text.Paragraph.of("乙 。")]
    (found,) = returned.read(word.write(blocks, title="题", anchors={1: name}))
    assert (found.pk, found.version, found.lines, found.touched) == (pk, 9999, ("一、甲", "乙 。"), False)
    blocks[-1] = text.Paragraph.of("丙。")
    assert returned.read(word.write(blocks, title="题", anchors={1: name}))[0].touched
    with pytest.raises(returned.NotOurs):
        returned.read(word.write(blocks, title="题", anchors={2: "_Toc1"}))


# -- on the page


@pytest.fixture
def pages(world, report, browse):
    address = f"/t/{world.township.code}/reports/{report.pk}"
    client = browse(world.clerk)
    return client, address, b"".join(client.get(f"{address}/word/"))


def edited(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """The file as somebody saved it who replaced words."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as now:
        for name in was.namelist():
            body = was.read(name).decode() if name == "word/document.xml" else was.read(name)
            for old, new in pairs if isinstance(body, str) else ():
                assert old in body, old
                body = body.replace(old, new)
            now.writestr(name, body)
    return target.getvalue()


def hand_in(client, address, data, name="返稿.docx"):
    return client.post(f"{address}/returned/", {"file": SimpleUploadedFile(name, data)})


def ticked(page, *only) -> dict:
    """The preview's form as a browser sends it."""
    sent = {"take": "1", "section": []}
    for change in page.context["changes"]:
        pk = change.section.pk
        sent |= {f"version-{pk}": change.version, f"heading-{pk}": change.heading, f"text-{pk}": change.text}
        if not only or change.section.heading in only:
            sent["section"].append(str(pk))
    return sent


TASKS, PARTY = "做好中心工作。", "坚持党的领导。"


def named(report, heading):
    return next(row for row in annual.sections(report) if row.heading == heading)


def test_a_file_nobody_touched_changes_nothing(pages):
    client, address, data = pages
    assert "没有改动" in hand_in(client, address, data).content.decode()


def test_what_was_changed_outside_is_shown_and_taken_as_it_is_ticked(world, report, pages):
    client, address, data = pages
    page = hand_in(client, address, edited(data, ("坚持党的领导。", "始终坚持党的领导。"), ("42人次", "43人次")))
    assert {change.heading for change in page.context["changes"]} >= {"始终坚持党的领导。"}
    assert "数字仍用平台的" in page.content.decode()
    assert client.post(f"{address}/returned/", ticked(page, PARTY)).status_code == 302
    with scope.township(world.township):
        assert named(report, "始终坚持党的领导。").text
        assert "{{figure.officers_received.people}}人次" in "".join(row.text for row in annual.sections(report))


def test_a_section_changed_meanwhile_keeps_both_texts(world, report, pages):
    client, address, data = pages
    with scope.township(world.township):
        row = named(report, TASKS)
        actions.save_section(world.chair, row, version=row.version, heading=TASKS, text="主席后来写的。")
    page = hand_in(client, address, edited(data, (TASKS, "做实中心工作。")))
    (change,) = page.context["changes"]
    assert change.meanwhile
    assert "两份并存" in page.content.decode()
    after = client.post(f"{address}/returned/", ticked(page), follow=True).content.decode()
    assert "1段在文件取走以后有人改过" in after
    with scope.township(world.township):
        assert named(report, TASKS).text == "主席后来写的。"
        assert SectionDraft.objects.get(section=row).heading == "做实中心工作。"


def test_a_section_changed_here_alone_is_no_change_of_the_file(world, report, pages):
    client, address, data = pages
    with scope.township(world.township):
        row = named(report, TASKS)
        actions.save_section(world.chair, row, version=row.version, heading=TASKS, text="主席后来写的。")
    assert hand_in(client, address, data).context["changes"] == []


def test_a_section_gone_from_the_file_is_told_and_stays(world, report, pages):
    client, address, data = pages
    with scope.township(world.township):
        pk = named(report, TASKS).pk
    mark = next(
        one for one in data_marks(data) if returned._ANCHOR.fullmatch(one)[1] == returned.anchor(pk, 0, [])[1:26]
    )
    said = hand_in(client, address, edited(data, (mark, "_Toc1"))).content.decode()
    assert "文件里没有下面的段落" in said
    assert TASKS in said


def data_marks(data: bytes) -> list[str]:
    from congress.documents.word_file import WordFile

    return [mark for told in WordFile(data).paragraphs() for mark in told.marks]


def test_what_cannot_stand_is_refused_and_nothing_is_taken_nor_lost(world, report, pages):
    client, address, data = pages
    page = hand_in(client, address, edited(data, (TASKS, "做实工作。"), (PARTY, "坚持领导。")))
    sent = ticked(page)
    with scope.township(world.township):
        pk = named(report, TASKS).pk
    sent[f"text-{pk}"] += "{{没有的数据}}"
    answer = client.post(f"{address}/returned/", sent)
    assert answer.status_code == 200
    assert "不认识的数据占位符" in answer.content.decode()
    assert "{{没有的数据}}" in answer.content.decode()
    assert "请至少勾选一段" in client.post(f"{address}/returned/", sent | {"section": []}).content.decode()
    assert (
        "认不出所勾选的段落，请重新上传文件"
        in client.post(f"{address}/returned/", sent | {"section": ["x"]}).content.decode()
    )
    odd = client.post(f"{address}/returned/", sent | {f"version-{pk}": "x"}).content.decode()
    assert "没有的数据" in odd
    gone = client.post(f"{address}/returned/", sent | {"section": [str(uuid.uuid4())]}).content.decode()
    assert "已被移除" in gone
    with scope.township(world.township):
        assert named(report, PARTY)


def test_files_that_are_none_of_ours_are_refused_at_the_field(world, report, pages):
    client, address, _ = pages
    other = returned.anchor(uuid.uuid4(), 0, ["甲"])
    for data, says in (
        (word.write([text.Paragraph.of("甲")], title="题"), "没有本报告的段落"),
        (word.write([text.Paragraph.of("甲")], title="题", anchors={0: other}), "不是本报告的编辑稿"),
    ):
        assert says in " ".join(hand_in(client, address, data).context["form"].errors["file"])
    assert hand_in(client, address, b"%PDF-1.7", "x.pdf").context["form"].errors["file"]


def test_an_issued_report_takes_nothing_back(world, report, pages):
    from datetime import date

    client, address, data = pages
    with scope.township(world.township):
        sign_and_issue(world, report, on=date(2022, 12, 28))
    assert hand_in(client, address, data).status_code == 302


def test_every_figure_of_a_report_finds_its_way_back(world, report):
    with scope.township(world.township):
        shown = shown_of(annual.kept_figures(report))
        for row in annual.sections(report):
            whole = returned._filled(row.text, shown)[0]
            kept = "\n".join(line.strip() for line in row.text.splitlines() if line.strip())
            assert returned.restored(row.text, shown, whole) == (kept, [])
