"""A table from upload to undoing: what is written, what is kept, what is left behind."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from congress import clock, figures, imports
from congress.guard.action import Refused, action
from congress.imports import batches, content, work
from congress.models import Attachment, AuditEvent, DataKey, ImportBatch, ImportRow, Job, RowHistory, StoredFile
from congress.spreadsheets.read import SheetRefused
from congress.work import jobs
from deputies.models import Deputy, Mandate
from tests.cast import SET_UP, make_deputy
from tests.imports.books import HEAD, MAN, person, roster, two_people

KIND = "deputies.roster"


@pytest.fixture
def options(world):
    return {"term": str(world.term.pk), "elected_on": "2021-10-20"}


@pytest.fixture
def upload(world, options):
    """Upload a workbook as the clerk, inside the township's scope."""

    def act(data=None, text="", **changed):
        kind = imports.kind_of(KIND)
        given = {"data": data or b"", "file_name": "名册.xlsx" if data else "", "text": text}
        return imports.upload(world.clerk, world.township, kind, options=options | changed, **given)

    return act


def count_everything() -> dict[str, int]:
    models = (ImportBatch, ImportRow, DataKey, StoredFile, Attachment, Deputy, Mandate, Job)
    return {model.__name__: model.objects.count() for model in models}


def test_a_preview_writes_no_deputy_and_keeps_nothing_readable(world, upload):
    with world.in_township():
        before = Deputy.objects.count()
        batch = upload(two_people())
        assert Deputy.objects.count() == before
        assert batch.counts == dict.fromkeys(batch.counts, 0) | {"new": 2}
        stored = bytes(ImportBatch.objects.get(pk=batch.pk).content)
        for secret in (MAN, "王大川", "13800138000"):
            assert secret.encode() not in stored


def test_all_rows_are_taken_in_one_action_and_the_preview_is_gone(world, upload):
    with world.in_township():
        batch = imports.take(world.clerk, upload(two_people()), only_good=False)
        man = Deputy.objects.get(name="王大川")
        assert (man.gender, man.birth_date, man.id_number) == ("male", date(1975, 8, 12), MAN)
        assert (man.phone, man.state, man.party) == ("13800138000", "pending", "cpc")
        woman = Deputy.objects.get(name="李小溪")
        assert (woman.birth_date, woman.education, woman.ethnicity) == (date(1980, 3, 1), "college", "汉族")
        assert woman.search_text
        assert woman.stroke_key
        seat = Mandate.objects.get(deputy=woman)
        assert (seat.term_id, seat.district.number, seat.elected_on) == (world.term.pk, 1, date(2021, 10, 20))
        assert batch.state == ImportBatch.State.TAKEN
        assert imports.preview_of(batch) is None
        assert AuditEvent.objects.filter(verb="imports.take").count() == 1
        with pytest.raises(Refused, match="已经处理过"):
            imports.take(world.clerk, batch, only_good=False)


def test_the_trail_holds_no_personal_data_of_the_table(world, upload):
    with world.in_township():
        imports.take(world.clerk, upload(two_people()), only_good=False)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(detail::text || subject_label, '') FROM congress_auditevent")
            trail = cursor.fetchone()[0]
        assert not RowHistory.objects.filter(table_name="congress_importbatch").exists()
        for secret in (MAN, "王大川", "李小溪", "13800138000"):
            assert secret not in trail


def test_wrong_rows_are_told_by_cell_and_stop_the_whole_table_unless_left_out(world, upload):
    wrong = person(2, "李小溪", 身份证号="110105198003050023", 政治面貌="老百姓", 选区="9")
    with world.in_township():
        batch = upload(roster(person(1, "赵一"), wrong, person(3, "赵一")))
        errors = [str(error) for error in imports.preview_of(batch).errors]
        assert any(error.startswith("第4行F列：身份证号校验位") for error in errors)
        assert any(error.startswith("第4行G列：政治面貌“老百姓”不在可选项中") for error in errors)
        assert any(error.startswith("第5行：与第3行重复") for error in errors)
        with pytest.raises(Refused, match="有2行不能导入"):
            imports.take(world.clerk, batch, only_good=False)
        batch = imports.take(world.clerk, batch, only_good=True)
        assert (batch.counts["taken"], batch.counts["left_out"]) == (1, 2)
        assert not Deputy.objects.filter(name="李小溪").exists()


def test_rows_are_checked_between_their_cells(world, upload):
    rows = [
        person(1, "赵一", 身份证号=MAN, 性别="女"),
        person(2, "赵二", 身份证号=MAN, 性别="男", 出生年月="1975-09-01"),
        person(3, "赵三", 性别=None),
        person(4, "赵四", 选区="第七选区"),
    ]
    with world.in_township():
        errors = {error.row: error.message for error in imports.preview_of(upload(roster(*rows))).errors}
    assert errors == {
        3: "性别与身份证号不一致",
        4: "出生日期与身份证号不一致",
        5: "没有身份证号的，必须填写性别",
        6: "第十七届没有这个选区，请先在“届次与选区”中登记，或者选择随导入一并登记",
    }


@pytest.mark.parametrize("words", ["1", "一", "第1选区", "第一选区", "一选区", "第1号选区", "云溪村"])
def test_a_district_is_known_however_it_is_written(world, upload, words):
    with world.in_township():
        preview = imports.preview_of(upload(roster(person(1, "赵一", 选区=words))))
        assert [str(error) for error in preview.errors] == []


def test_a_district_without_a_term_is_asked_about(world, upload):
    with world.in_township():
        batch = upload(roster(person(1, "赵一")), term=None, elected_on=None)
        assert "请在上传时选择登记到哪一届" in str(imports.preview_of(batch).errors[0])


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7 x", "名册.pdf", "表格"),
        (b"\x00\x01\x02 nothing", "名册.xlsx", "认不出"),
        (b"MZ" + b"\0" * 100, "名册.xls", "不接收程序文件"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(world, browse, data, name, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    with world.in_township():
        before = count_everything()
    url = reverse("import-new", args=[world.township.code, KIND])
    answer = browse(world.clerk).post(url, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors)
    with world.in_township():
        assert count_everything() == before


def test_known_deputies_are_changed_and_blank_cells_change_nothing(world, upload):
    with world.in_township():
        with action(SET_UP, actor=None):
            known = make_deputy(
                world.township,
                "王大川",
                gender="male",
                id_number=MAN,
                birth_date=date(1975, 8, 12),
                phone="13900139000",
            )
        batch = upload(two_people())
        row = next(row for row in imports.preview_of(batch).rows if row.values["name"] == "王大川")
        assert row.status == "changed"
        assert set(row.changes) == {"party", "education", "employer_post", "phone", "district", "代表资格"}
        imports.take(world.clerk, batch, only_good=False)
        known.refresh_from_db()
        assert (known.phone, known.party) == ("13800138000", "cpc")
        assert known.mandates.get().term == world.term
        again = upload(two_people())
        assert again.counts["unchanged"] == 2
        with pytest.raises(Refused, match="没有需要导入的行"):
            imports.take(world.clerk, again, only_good=False)


def test_a_number_is_added_to_the_entry_of_that_name(world, upload):
    with world.in_township():
        imports.take(world.clerk, upload(roster(person(1, "王大川", 性别="男", 出生年月="1975-08"))), only_good=False)
        batch = upload(roster(person(1, "王大川", 性别="男", 出生年月="1975-08", 身份证号=MAN)))
        assert batch.counts["changed"] == 1
        imports.take(world.clerk, batch, only_good=False)
        assert Deputy.objects.get(name="王大川").id_number == MAN


def test_a_table_that_went_stale_is_refused_as_a_whole(world, upload):
    with world.in_township():
        first, second = upload(two_people()), upload(two_people())
        imports.take(world.clerk, first, only_good=False)
        with pytest.raises(Refused, match="有了变化"):
            imports.take(world.clerk, second, only_good=False)
        assert Deputy.objects.filter(name="王大川").count() == 1


def test_undoing_takes_everything_back_and_the_table_can_come_again(world, upload):
    with world.in_township():
        with action(SET_UP, actor=None):
            known = make_deputy(
                world.township,
                "李小溪",
                phone="13900139000",
                employer_post="云溪村村委会委员",
                birth_date=date(1980, 3, 5),
            )
        batch = imports.take(world.clerk, upload(two_people()), only_good=False)
        assert imports.undo(world.clerk, batch) == {}
        assert not Deputy.objects.kept().filter(name="王大川").exists()
        assert not Mandate.objects.kept().filter(deputy__name="王大川").exists()
        known.refresh_from_db()
        assert (known.birth_date, known.party, known.phone) == (date(1980, 3, 5), "masses", "13900139000")
        assert (known.state, known.version) == ("approved", 2)
        assert not Mandate.objects.filter(deputy=known, withdrawn_at=None).exists()
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportBatch.State.UNDONE, None)
        again = imports.take(world.clerk, upload(two_people()), only_good=False)
        assert again.counts["taken"] == 2
        with pytest.raises(Refused, match="这批数据没有导入，或者已经撤销。"):
            imports.undo(world.clerk, batch)


def test_an_import_that_was_undone_leaves_no_trace_in_any_figure(world, upload):
    def told():
        day = date(2021, 12, 31)  # long before the undoing: the day of a withdrawal does not matter
        answers = figures.compute(figures.registered(), world.township, 2021, day)
        return {key: (answer.shown, answer.rows_hash) for key, answer in answers.items()}

    with world.in_township():
        before = told()
        batch = imports.take(world.clerk, upload(two_people()), only_good=False)
        assert told() == before  # nobody has approved them
        with action(SET_UP, actor=None):
            Deputy.objects.filter(state=Deputy.State.PENDING).update(state=Deputy.State.APPROVED)
        assert told()["deputies.in_office"] != before["deputies.in_office"]
        assert imports.undo(world.clerk, batch) == {}
        assert told() == before


def test_undoing_keeps_what_others_depend_on_and_says_what(world, upload):
    from deputies.models import Activity, ActivityAttendance

    with world.in_township():
        batch = imports.take(world.clerk, upload(two_people()), only_good=False)
        man = Deputy.objects.get(name="王大川")
        with action(SET_UP, actor=None):
            activity = Activity.objects.create(
                township=world.township, kind="visit", title="走访", held_on=date(2022, 1, 5)
            )
            row = ActivityAttendance.objects.create(township=world.township, activity=activity, deputy=man)
        held = imports.undo(world.clerk, batch)
        assert {(each.name, each.reason) for each in held.values()} == {
            ("王大川", "已有参加活动"),
            ("王大川的乡镇人大代表资格", "已有参加活动"),
        }
        assert Deputy.objects.kept().filter(name="王大川").exists()
        assert Mandate.objects.kept().filter(deputy=man).exists()
        assert not Deputy.objects.kept().filter(name="李小溪").exists()
        batch.refresh_from_db()
        assert (batch.state, batch.counts["kept"]) == (ImportBatch.State.TAKEN, 2)
        with action(SET_UP, actor=None):
            row.withdrawn_at = clock.now()
            row.save()
        assert imports.undo(world.clerk, batch) == {}
        batch.refresh_from_db()
        assert (batch.state, batch.counts["undone"]) == (ImportBatch.State.UNDONE, 4)


def test_a_change_made_since_is_not_overwritten_by_undoing(world, upload):
    with world.in_township():
        with action(SET_UP, actor=None):
            known = make_deputy(
                world.township, "李小溪", term=world.term, employer_post="原单位", birth_date=date(1980, 3, 5)
            )
        batch = imports.take(world.clerk, upload(two_people()), only_good=False)
        known.refresh_from_db()
        with action(SET_UP, actor=None):
            known.employer_post = "新单位"
            known.save()
        held = imports.undo(world.clerk, batch)
        assert [(each.name, each.reason) for each in held.values()] == [("李小溪", "导入后又有变动")]
        known.refresh_from_db()
        assert known.employer_post == "新单位"


def test_giving_up_clears_the_content_at_once(world, upload):
    with world.in_township():
        batch = upload(two_people())
        imports.drop(world.clerk, batch)
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportBatch.State.DROPPED, None)
        with pytest.raises(Refused, match="这批表格已经处理过。"):
            imports.drop(world.clerk, batch)
        with pytest.raises(Refused, match="这批数据没有导入，或者已经撤销。"):
            imports.undo(world.clerk, batch)
        batch.refresh_from_db()
        assert batch.state == ImportBatch.State.DROPPED


def test_tables_nobody_decides_about_are_dropped_after_a_week(world, upload):
    with world.in_township():
        batch = upload(two_people())
        assert imports.drop_stale() == 0
    with clock.frozen(clock.now() + timedelta(days=batches.STALE_DAYS + 1)):
        assert work.drop_stale_imports() == 1
    with world.in_township():
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportBatch.State.DROPPED, None)


def test_unknown_headings_are_named_by_hand_and_remembered(world, upload):
    odd = ["编号", "大名", "男女", "啥族", "哪年", "号码甲", "成分", "念书", "干啥的", "号码乙", "片区", "别的"]
    strange = roster(person(1, "王大川", 性别="男"), head=odd)
    named = dict(zip(odd[1:4], ["name", "gender", "ethnicity"], strict=True))
    with world.in_township():
        batch = upload(strange)
        assert imports.preview_of(batch) is None
        found = dict(batches.samples(content.source_of(batch)))
        assert found["大名"] == ["王大川"]
        with pytest.raises(Refused, match="缺少必填的列：姓名"):
            batches.look_again(world.clerk, batch, columns={"男女": "gender", "啥族": "ethnicity"})
        batches.look_again(world.clerk, batch, columns=named)
        assert batch.counts["new"] == 1
        assert imports.preview_of(upload(strange)).counts["new"] == 1


def test_a_large_table_is_previewed_taken_and_undone_by_jobs(
    world, upload, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(batches, "INLINE", 1)
    monkeypatch.setattr(batches, "CHUNK", 2)
    data = roster(*[person(number, f"张{'甲乙丙丁戊'[number]}") for number in range(5)])
    with world.in_township(), django_capture_on_commit_callbacks(execute=True):
        batch = upload(data)
        assert imports.preview_of(batch) is None
    with world.in_township():
        batch.refresh_from_db()
        assert batch.counts["new"] == 5
    with world.in_township(), django_capture_on_commit_callbacks(execute=True):
        batches.start_job("imports.take", "导入", batch, world.clerk, only_good=False)
    with world.in_township():
        job = Job.objects.get(kind="imports.take")
        assert (job.state, job.note) == (Job.State.DONE, "导入5行")
        assert job.result_url == reverse("import-batch", args=[world.township.code, batch.pk])
        assert Deputy.objects.filter(name__startswith="张").count() == 5
        assert "张" not in str(Job.objects.values_list("arguments", "result", "title"))
    with world.in_township(), django_capture_on_commit_callbacks(execute=True):
        batches.start_job("imports.undo", "撤销", batch, world.clerk)
    with world.in_township():
        assert not Deputy.objects.kept().filter(name__startswith="张").exists()


def test_a_large_table_whose_reading_is_cancelled_leaves_no_content(
    world, upload, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(batches, "INLINE", 1)

    def cancelled(*args):
        raise jobs.Cancelled

    monkeypatch.setattr(jobs.Progress, "__call__", cancelled)
    with world.in_township(), django_capture_on_commit_callbacks(execute=True):
        batch = upload(two_people())
    with world.in_township():
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportBatch.State.DROPPED, None)
        assert Job.objects.get(kind="imports.preview").state == Job.State.CANCELLED


def test_cancelling_while_rows_are_written_writes_none(world, upload, monkeypatch):
    data = roster(*[person(number, f"张{'甲乙丙'[number]}") for number in range(3)])

    def cancelled(done, total):
        raise jobs.Cancelled

    monkeypatch.setattr(batches, "CHUNK", 1)
    with world.in_township():
        batch = upload(data)
        with pytest.raises(jobs.Cancelled):
            imports.take(world.clerk, batch, only_good=False, progress=cancelled)
        batch.refresh_from_db()
        assert batch.state == ImportBatch.State.PREVIEW
        assert not Deputy.objects.filter(name__startswith="张").exists()


def test_pasted_rows_are_read_like_a_file(world, upload):
    text = "\t".join(HEAD[1:3]) + "\n王大川\t男\n李小溪\t女\n"
    with world.in_township():
        batch = upload(text=text, term=None)
        assert batch.counts["new"] == 2
        assert batch.file_name == "粘贴的内容"


def test_a_table_with_one_heading_known_of_two_waits_to_be_named(world, upload):
    with world.in_township():
        assert imports.preview_of(upload(text="姓名\t这一列\n王大川\t甲\n")) is None
        assert imports.preview_of(upload(text="姓名\n王大川\n")) is not None  # a list of one column is named whole
        with pytest.raises(SheetRefused, match="没有内容"):
            upload(text="\n\n")
