"""What must be there before issuing; issuing freezes; a correction is a new issue that names the old."""

import hashlib
from datetime import date

import pytest

from congress import clock
from congress.documents import kit
from congress.documents.inspection import check
from congress.documents.markup import Setter
from congress.guard.action import Refused, action
from congress.models import Document
from proposals.models import Reception
from reports import actions
from reports.content import blocks_of, content_of
from reports.documents import compose
from reports.life import ANNUAL
from reports.queries import annual
from reports.queries.missing import look_over, missing
from tests.judge import objections
from tests.reports.steps import sign_and_issue, signed, taken
from tests.reports.year import FILL, add_reception

DAY = date(2022, 12, 28)


def codes(report):
    return {item.code for item in missing(report) if item.blocking}


def section(report, heading="做好中心工作。"):
    return next(row for row in annual.sections(report) if row.heading == heading)


def save(world, row, text):
    return actions.save_section(world.clerk, row, version=row.version, heading=row.heading, text=text)


def test_a_complete_report_lacks_nothing(report, here):
    assert codes(report) == set()


def test_issuing_numbers_freezes_and_stores(world, report, here):
    document = sign_and_issue(world, report, on=DAY)
    assert document.number == "云溪人发〔2022〕1号"
    content = bytes(document.file.content)
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == document.file.sha256
    report.refresh_from_db()
    assert report.document == document
    told = {line["key"]: line for line in document.context["figures"]}
    people = told["officers_received.people"]
    assert (people["shown"], people["cut_off"]) == ("42", "2022-12-20")
    assert people["records"] == [f"proposals.reception:{Reception.objects.get(people=42).pk}"]
    assert people["definition"]
    text = "".join(line for part in document.context["body"] for line in part["paragraphs"])
    assert "此次接待选民42人次，收集意见建议9条，目前已解决7条，其余2条已交有关部门正在解决之中。" in text
    assert "{{" not in text


def test_an_issued_report_cannot_be_changed(world, report, here):
    sign_and_issue(world, report, on=DAY)
    report.refresh_from_db()
    row = section(report)
    for change in (
        lambda: save(world, row, "新文字"),
        lambda: ANNUAL.take("add", world.clerk, report, after=None, level=0, text="段"),
        lambda: ANNUAL.take("remove", world.clerk, report, section=row),
        lambda: ANNUAL.take("up", world.clerk, report, section=row),
        lambda: ANNUAL.take("recompute", world.clerk, report),
        lambda: ANNUAL.take("discard", world.clerk, report, reason="不要了"),
        lambda: ANNUAL.take("submit", world.clerk, report, on=DAY),
        lambda: ANNUAL.take("sign", world.chair, report, on=DAY),
        lambda: ANNUAL.take("issue", world.chair, report, on=DAY),
    ):
        with pytest.raises(Refused, match="已经印发"):
            change()


def test_records_that_change_after_issuing_leave_document_and_figures_alone(world, report, year, here):
    document = sign_and_issue(world, report, on=DAY)
    with action(FILL, actor=None):
        Reception.objects.filter(pk=year.joint.pk).update(people=99)
    report.refresh_from_db()
    assert annual.kept_figures(report)["officers_received.people"].value == 42
    assert annual.drifts(report)["officers_received.people"].changed
    assert compose(document.context, False) == bytes(document.file.content)


def test_a_changed_record_is_flagged_and_stops_the_issue_until_computed_anew(world, report, year, here):
    with action(FILL, actor=None):
        Reception.objects.filter(pk=year.joint.pk).update(people=43)
    assert codes(report) == {"figure.changed"}
    with pytest.raises(Refused, match="由47变为48：改动“2022年5月15日云溪联络站”（42改为43）"):
        sign_and_issue(world, report, on=DAY)
    changed = taken("recompute", world.clerk, report).outcome
    assert set(changed) == {"receptions.people", "officers_received.people", "contacts.people"}
    assert [row["id"] for row in changed["receptions.people"].changes.changed] == [str(year.joint.pk)]
    assert codes(report) == set()
    assert annual.kept_figures(report)["officers_received.people"].value == 43


def test_a_record_entered_later_for_an_earlier_day_is_flagged_as_added(world, report, year, here):
    with action(FILL, actor=None):
        late = add_reception(year, date(2022, 7, 1), people=3)
    drift = annual.drifts(report, ["receptions.people"])["receptions.people"]
    assert [row["id"] for row in drift.changes.added] == [str(late.pk)]


@pytest.mark.parametrize("day", [date(2022, 12, 1), date(2023, 1, 9)])
def test_a_record_withdrawn_whenever_is_named_and_computing_anew_mends_it(world, report, year, here, day):
    with action(FILL, actor=None), clock.frozen(day):
        year.joint.withdrawn_at, year.joint.withdrawn_reason = clock.now(), "重复登记"
        year.joint.save()
    told = {item.figure: item for item in missing(report) if item.blocking}
    assert "由47变为5" in told["receptions.people"].message
    assert "不再计入“2022年5月15日云溪联络站”（已撤回：重复登记）" in told["receptions.people"].message
    assert all(item.recompute for item in told.values())
    with pytest.raises(Refused, match="重复登记"):
        sign_and_issue(world, report, on=DAY)
    ANNUAL.take("recompute", world.clerk, report)
    assert annual.kept_figures(report)["receptions.people"].value == 5
    assert "figure.changed" not in codes(report)


def test_everything_that_must_be_mended_says_how(world, report, year, here):
    save(world, section(report), "办事员 **写到这里，接待{{figure.receptions.people}}人次")
    with action(FILL, actor=None):
        Reception.objects.update(withdrawn_at=clock.now(), withdrawn_reason="作废")
    ANNUAL.take("recompute", world.clerk, report)
    with action(FILL, actor=None):
        add_reception(year, date(2022, 7, 1), people=3)
    blocking = [item for item in missing(report) if item.blocking]
    assert {"text.placeholder", "figure.changed", "figure.no_rows"} <= {item.code for item in blocking}
    assert all(item.section or item.recompute for item in blocking)


def test_a_figure_whose_records_all_vanished_cannot_stay_in_the_text(world, report, year, here):
    with action(FILL, actor=None), clock.frozen(date(2022, 12, 1)):
        for reception in (year.joint, *year.receptions):
            reception.refresh_from_db()
            reception.withdrawn_at, reception.withdrawn_reason = clock.now(), "作废"
            reception.save()
    ANNUAL.take("recompute", world.clerk, report)
    assert "figure.no_rows" in codes(report)
    told = [item.message for item in missing(report) if item.code == "figure.no_rows"]
    assert any("接待选民" in line for line in told)


def test_empty_sections_placeholders_and_two_texts_stop_the_issue(world, report, here):
    save(world, section(report), "")
    assert codes(report) == {"section.empty"}
    seen = section(report)
    save(world, seen, "办事员 **写到这里")
    assert codes(report) == {"text.placeholder"}
    actions.save_section(world.chair, seen, version=seen.version, heading=seen.heading, text="主席写的")
    assert codes(report) == {"text.placeholder", "section.two_texts"}


def test_a_report_without_sections_is_refused(world, report, here):
    for row in annual.sections(report):
        ANNUAL.take("remove", world.clerk, report, section=row)
    with pytest.raises(Refused, match="没有任何章节"):
        sign_and_issue(world, report, on=DAY)


def test_a_character_no_font_has_is_named(world, report, here):
    save(world, section(report), "某村\ue999同志。")
    told = [item.message for item in missing(report) if item.code == "text.glyph"]
    assert len(told) == 1
    assert "\ue999" in told[0]


def test_the_fonts_alone_tell_which_characters_are_missing(world, report, here):
    seen = section(report)
    actions.save_section(
        world.clerk, seen, version=seen.version, heading="做好\ue998工作。", text="某村\ue999和\ue997。"
    )
    found, content = look_over(report)
    setter = Setter()
    setter.document(blocks_of(content))
    told = [item.message for item in found if item.code == "text.glyph"]
    assert {character for character, _ in setter.missing} == {"\ue997", "\ue998", "\ue999"}
    assert all(any(f"“{character}”字（在“{place}”处）" in line for line in told) for character, place in setter.missing)


def test_a_character_no_font_has_is_refused_in_one_place(world, here):
    kind = kit.kind_of("deputies.roster")
    context = {"title": "花名册", "rows": [], "notes": ["王\ue999同志"], "office": "主席团"}
    with pytest.raises(Refused, match=r"U\+E999"):
        kit.draft(kind, context)
    with pytest.raises(Refused, match=r"U\+E999"):
        kit.issue(
            world.clerk, kind, here, title="花名册", context=context, subject=world.term, issued_on=date(2022, 12, 28)
        )


def test_issuing_puts_the_report_together_and_typesets_it_once(world, report, here, monkeypatch):
    made = {"content": 0, "document": 0}

    def counted(name, function):
        def call(*args, **kwargs):
            made[name] += 1
            return function(*args, **kwargs)

        return call

    signed(world, report, on=DAY)
    monkeypatch.setattr("reports.queries.missing.content_of", counted("content", content_of))
    monkeypatch.setattr(Setter, "document", counted("document", Setter.document))
    ANNUAL.take("issue", world.clerk, report, on=DAY)
    assert made == {"content": 1, "document": 1}


def test_half_width_marks_are_only_a_note(world, report, here):
    save(world, section(report), "力度有待加强;代表素质有待提高。")
    notes = [item for item in missing(report) if not item.blocking]
    assert codes(report) == set()
    assert any("半角分号" in item.message for item in notes)


@pytest.mark.parametrize(("key", "words"), [("submit", "数据截止日"), ("sign", "数据截止日"), ("issue", "签发日期")])
def test_no_day_is_before_what_it_follows(world, report, here, key, words):
    if key == "issue":
        signed(world, report, on=DAY)
    with pytest.raises(Refused, match=f"不能早于{words}"):
        ANNUAL.take(key, world.chair, report, on=date(2022, 12, 19))


def test_a_correction_is_a_new_issue_that_names_the_old(world, report, here):
    with pytest.raises(Refused, match="报告还没有印发，直接修改即可"):
        ANNUAL.take("correct", world.clerk, report, reason="接待人次有误")
    first = sign_and_issue(world, report, on=DAY)
    report.refresh_from_db()
    with pytest.raises(Refused, match="原因"):
        ANNUAL.take("correct", world.clerk, report, reason="")
    new = ANNUAL.take("correct", world.clerk, report, reason="接待人次有误")
    assert (new.edition, new.corrects) == (2, report)
    assert [row.text for row in annual.sections(new)] == [row.text for row in annual.sections(report)]
    with pytest.raises(Refused, match="该报告已在更正或者已被更正"):
        ANNUAL.take("correct", world.clerk, report, reason="再更正")
    save(world, section(new), "改后的文字。")
    second = sign_and_issue(world, new, on=date(2022, 12, 30))
    assert second.number == "云溪人发〔2022〕2号"
    assert second.corrects == first
    assert second.correction_reason == "接待人次有误"
    assert second.context["corrects"] == first.number
    assert section(report).text != "改后的文字。"
    assert Document.objects.count() == 2


def test_a_correction_given_up_may_be_begun_again(world, report, here):
    sign_and_issue(world, report, on=DAY)
    report.refresh_from_db()
    new = ANNUAL.take("correct", world.clerk, report, reason="有误")
    ANNUAL.take("discard", world.clerk, new, reason="不更正了")
    assert ANNUAL.take("correct", world.clerk, report, reason="还是更正").edition == 3


def test_the_issued_pdf_passes_the_projects_own_checks(world, report, here):
    document = sign_and_issue(world, report, on=DAY)
    failed = [row for row in check(bytes(document.file.content), profile="report", draft=False) if not row.ok]
    assert failed == []


def test_the_issued_pdf_passes_the_outside_judge(world, report, here, tmp_path):
    document = sign_and_issue(world, report, on=DAY)
    assert objections(bytes(document.file.content), "report", tmp_path) == {}


def test_a_draft_is_marked_on_every_page(world, report, here, tmp_path):
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTChar

    from reports.content import content_of

    content = content_of(report, annual.sections(report), annual.kept_figures(report))
    path = tmp_path / "draft.pdf"
    path.write_bytes(compose(content, True))

    def letters(item):
        if isinstance(item, LTChar):
            yield item
        elif hasattr(item, "__iter__"):
            for part in item:
                yield from letters(part)

    pages = ["".join(c.get_text() for c in letters(page) if c.size > 100) for page in extract_pages(path)]
    assert len(pages) >= 5
    assert all("草" in text and "稿" in text for text in pages)
