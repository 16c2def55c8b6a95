"""Erasing a person takes the name out of everything that named it: account, messages, imports, reports."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import JSONField, TextField
from django.urls import resolve

from congress import channels, clock, erasing
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.guard.record import record_models
from congress.imports import batches
from congress.imports.content import befores
from congress.imports.kinds import kind_of
from congress.models import Channel, ImportBatch, Job, Message, RowHistory, SlipBatch, User
from congress.people import erase
from congress.people.erased import ERASED
from congress.people.personal import SENTENCE
from congress.slips import SLIPS
from congress.steps import standing_of
from congress.work import jobs
from deputies.models import Correction, Deputy, Mandate, Term
from reports.models import AnnualReport, FigureUse
from tests.architecture import said
from tests.cast import SET_UP
from tests.conftest import owner_connection
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE
from tests.people.erasing import ended, erased


def test_a_deputy_in_office_is_not_erased(world):
    with world.in_township(), pytest.raises(Refused, match="资格尚未终止"):
        erased(world.deputies[1])
    with world.in_township(), action(SET_UP, actor=None):
        Mandate.objects.update(ended_on=date(2022, 3, 1), end_reason="resigned")
        erased(Deputy.objects.get(pk=world.deputies[1].pk))


def test_a_deputy_elected_for_a_term_that_has_not_begun_is_not_erased(world):
    deputy = ended(world)
    with world.in_township(), action(SET_UP, actor=None):
        term = Term.objects.create(
            township=world.township, number=18, seats=50, started_on=clock.today().replace(year=clock.today().year + 1)
        )
        Mandate.objects.create(township=world.township, deputy=deputy, term=term, elected_on=clock.today())
    with world.in_township(), pytest.raises(Refused, match="资格尚未终止"):
        erased(deputy)


def test_the_account_is_closed_and_its_names_go(world):
    deputy = ended(world, account=None)
    user = world.deputy_user
    with world.in_township(), action(SET_UP, actor=None):
        Deputy.objects.filter(account=user).update(account=None)
        user.display_name = "欧阳测"
        user.save()
        deputy.refresh_from_db()
        deputy.account = user
        deputy.save()
    with world.in_township():
        channels.set_channel(standing_of(user, world.township), world.township, kind=Channel.Kind.SMS, address=PHONE)
        counts = erased(deputy)
        assert (counts["congress.user"], counts["congress.channel"]) == (1, 1)
        assert not Channel.objects.kept().filter(user=user).exists()
    user = User.objects.get(pk=user.pk)
    assert (user.username, user.display_name, user.email) == (f"erased-{user.pk}", str(ERASED), "")
    assert not user.is_active
    assert not user.has_usable_password()
    with scope.audit():
        [image, *_] = RowHistory.objects.filter(table_name="congress_user", row_id=str(user.pk))
        assert not {"username", "display_name", "email"} & set(image.before)


def test_an_account_that_is_something_else_as_well_stays(world):
    deputy = ended(world, account=world.clerk)
    with world.in_township():
        assert "congress.user" not in erased(deputy)
    assert User.objects.get(pk=world.clerk.pk).is_active


def test_messages_that_name_the_person_lose_the_name(world):
    deputy = ended(world)
    with world.in_township():
        for n, title in enumerate(["欧阳测代表评价不满意", "别人的", "欧" * 116 + "欧阳测"]):
            Message.objects.create(
                township=world.township, recipient=world.clerk, key=str(n), kind="t", title=title, body="请告诉欧阳测。"
            )
        assert erased(deputy)["congress.message"] == 3
        texts = list(Message.objects.order_by("key").values_list("title", "body"))
    assert texts[0] == (f"{ERASED}代表评价不满意", f"请告诉{ERASED}。")
    assert texts[1][0] == "别人的"
    assert len(texts[2][0]) == 120
    assert not any("欧阳测" in text for pair in texts for text in pair)


def test_what_any_work_told_of_itself_does_not_outlast_an_erasing(world):
    """Whatever is refused may name whom it was refused for, so that no kind of work is trusted to name nobody."""
    deputy, over = ended(world), (Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED)
    resolve("/")  # whatever a page can begin is registered with the pages
    assert {"papers.print", "imports.take", "accounts.reissue"} < set(jobs._kinds)
    with world.in_township():
        of = {"township": world.township, "owner": world.clerk}
        for kind in jobs._kinds:
            for state in over:
                Job.objects.create(
                    kind=kind, state=state, title="印发《欧阳测辞职的决定》", note="欧阳测：没有办理", **of
                )
        waiting = Job.objects.create(kind="papers.print", title="印制选民证", note="排队中", **of)
        number = len(jobs._kinds) * len(over)
        assert erased(deputy)["congress.job"] == 2 * number
        told = list(Job.objects.filter(state__in=over).values_list("title", "note"))
        assert told == [(f"印发《{ERASED}辞职的决定》", "")] * number
        waiting.refresh_from_db()
        assert (waiting.title, waiting.note) == ("印制选民证", "排队中")


# Columns of technical tables that hold no words anybody chose: keys, digests, counts, addresses, and what is derived anew.
NO_WORDS = {
    "congress.DataKey": {"destroyed_reason"},  # asked for without names (`check_reason`)
    "congress.DueDay": {"title", "url", "why", "citation"},
    "congress.Grounds": {"digest"},
    "congress.Job": {"note", "result_url"},  # the note goes whole
    "congress.ImportBatch": {"mapping", "counts"},
    "congress.ImportPiece": {"counts"},
    "congress.Message": {"key", "url"},
    "congress.Delivery": {"mail_id", "error"},
    "congress.PrintedPaper": {"kind"},
    "counting.HallCode": {"digest"},
    "reports.TownshipFigures": {"digest", "told", "parts"},
}


def wordy(model) -> set[str]:
    """Columns that might hold a name: texts as long as a sentence, and JSON."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if not (
            field.choices or field.name == "withdrawn_reason" or field.name in getattr(model, "personal_fields", {})
        )
        and (isinstance(field, JSONField | TextField) or (getattr(field, "max_length", None) or 0) >= SENTENCE)
    }


def test_every_technical_table_that_holds_words_loses_the_name():
    """Those of records people keep are corrected by them; what is final is kept by the rules for archives."""
    technical = [
        model
        for model in record_models()
        if not (model.guard_final or model.guard_derived or (model.guard_action and model.guard_history))
    ]
    left = {
        model._meta.label: wordy(model) - set(erasing.TOLD.get(model, ())) - NO_WORDS.get(model._meta.label, set())
        for model in technical
    }
    assert {label: names for label, names in left.items() if names} == {}


def test_files_papers_and_slips_that_name_the_person_lose_the_name(world):
    deputy = ended(world)
    with world.in_township(), action(SET_UP, actor=None):
        of = {"township": world.township, "owner": world.clerk}
        batch = roster(world, "姓名\t性别\n王大川\t男")
        batch.file_name = "欧阳测的花名册.xlsx"
        batch.save()
        paper = SlipBatch(users=[], refused={"5": "欧阳测已有账号", "6": "没有"}, **of)
        SLIPS.keep(paper, b"x")
        job = Job.objects.create(
            kind="papers.print", title="印制", arguments={"options": {"title": ["欧阳测辞职"]}}, state="done", **of
        )
        erased(deputy)
        batch.refresh_from_db()
        paper.refresh_from_db()
        job.refresh_from_db()
    assert batch.file_name == f"{ERASED}的花名册.xlsx"
    assert paper.refused == {"5": f"{ERASED}已有账号", "6": "没有"}
    assert job.arguments == {"options": {"title": [f"{ERASED}辞职"]}}


def roster(world, text: str) -> ImportBatch:
    options = {"term": "", "elected_on": ""}
    return batches.upload(world.clerk, world.township, kind_of("deputies.roster"), options=options, text=text)


@pytest.mark.parametrize(
    "table",
    [
        "姓名\t性别\t手机\n欧阳测\t女\t13912345678",
        "谁\t什么\t哪个\n欧阳测\t女\t13912345678",
        "姓名\t性别\t欧阳测说的\n王大川\t男\t来过",  # a column that is left out
    ],
)
def test_an_import_that_waits_with_the_name_in_it_forbids_erasing(world, table):
    deputy = ended(world)
    with world.in_township():
        batch = roster(world, table)
        with pytest.raises(Refused, match="待确认的导入“粘贴的内容”里有这个人"):
            erased(deputy)
        assert Deputy.objects.get(pk=deputy.pk).phone == PHONE
        batches.drop(world.clerk, batch)
        erased(deputy)


def test_an_import_of_others_forbids_nothing(world):
    deputy = ended(world)
    with world.in_township():
        roster(world, "姓名\t性别\t手机\n王大川\t男\t13912345678")
        assert erased(deputy) == {"deputies.deputy": 1}


def test_what_an_import_kept_for_undoing_is_dropped(world):
    deputy = ended(world)
    with world.in_township():
        batch = roster(world, "姓名\t性别\t身份证号\t工作单位及职务\n欧阳测\t女\t11010519491231002X\t新单位")
        batch = batches.take(world.clerk, batch, only_good=False)
        assert str(deputy.pk) in befores(batch)
        counts = erased(Deputy.objects.get(pk=deputy.pk))
        assert counts["congress.importbatch"] == 1
        assert befores(ImportBatch.objects.get(pk=batch.pk)) == {}


def test_reports_lose_the_name_in_labels_and_words_now_and_before(world):
    deputy = ended(world)
    row = {
        "subject": "deputies.deputy",
        "id": str(deputy.pk),
        "label": "欧阳测（第十七届）",
        "on": "",
        "value": 1,
        "mark": "a",
    }
    other = row | {"label": "单木（第十七届）", "mark": "b"}
    with world.in_township(), action(SET_UP, actor=None):
        report = AnnualReport.objects.create(
            township=world.township, year=2022, title="报告", cut_off=date(2022, 12, 20)
        )
        use = FigureUse.objects.create(
            township=world.township,
            report=report,
            key="x",
            value=2,
            words="主席欧阳测同志",
            period_from=date(2022, 1, 1),
            period_to=date(2022, 12, 31),
            cut_off=date(2022, 12, 20),
            definition="d",
            rows=[row, other],
            rows_hash="h",
            computed_at=clock.now(),
        )
        assert erased(deputy)["reports.figureuse"] == 1
        use.refresh_from_db()
        assert use.rows == [row | {"label": f"{ERASED}（第十七届）", "mark": ""}, other]
        assert use.words == f"主席{ERASED}同志"
        before = RowHistory.objects.get(table_name="reports_figureuse").before
    assert "rows" not in before
    assert before["value"] == 2


def dump() -> str:
    """Everything in every table, read past the policies."""
    with owner_connection() as owner, owner.transaction(force_rollback=True):
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        found = []
        for table in tables:
            owner.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            with owner.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                found.append(b"".join(bytes(part) for part in copy).decode())
    return "\n".join(found)


def test_a_dump_after_erasing_holds_nothing_of_the_person(transactional_db, world):
    deputy = ended(world, account=None, address=ADDRESS, certificate_no="证第009号", birth_date=date(1949, 12, 31))
    with world.in_township(), action(SET_UP, actor=None):
        Correction.objects.create(township=world.township, deputy=deputy, field="phone", value=PHONE, reason="欧阳测说")
        Message.objects.create(
            township=world.township, recipient=world.clerk, key="k", kind="t", title="欧阳测代表要求更正"
        )
        roster_batch = roster(world, "姓名\t性别\t身份证号\t工作单位及职务\n欧阳测\t女\t11010519491231002X\t欧阳测的厂")
        batches.take(world.clerk, roster_batch, only_good=False)
        deputy.refresh_from_db()
    index = bytes(deputy.id_index).hex()
    told = ["欧阳测", "ouyangce", "证第009号", "1949-12-31", index]
    before = dump()
    assert [word for word in told if word not in before] == []
    with world.in_township():
        erased(deputy)
    after = dump()
    assert [word for word in [*told, PHONE, ID_NUMBER, ADDRESS] if word in after] == []


def what_goes(person, actor) -> str:
    """How many rows of which tables are emptied with a person, or why nobody may be erased; nothing of it is left."""
    try:
        with transaction.atomic():
            rows = erase.erase(person, actor=actor, reason="任期届满已满五年")
            transaction.set_rollback(True)
    except Refused as refused:
        return str(refused)
    return ", ".join(f"{model} {number}" for model, number in sorted(rows.items()))


def test_what_goes_with_each_kind_of_person_is_what_is_written(world, samples, monkeypatch):
    """As it stands on the day of the samples, and where nothing forbids it."""
    told = []
    for forbidden in (True, False):
        if not forbidden:
            monkeypatch.setattr(erase, "_forbidding", [])
            with world.in_township(), action(SET_UP, actor=None):
                ImportBatch.objects.update(state=ImportBatch.State.DROPPED)
        for name, row in samples[0].rows.items():
            if isinstance(row, tuple(erase.erasable_models())):
                with world.in_township(), clock.frozen(date(2022, 6, 10)):
                    row.refresh_from_db()
                    told.append(f"{name}{'' if forbidden else ' at last'}: {what_goes(row, world.clerk)}")
    assert len(told) > 2 * len(erase.erasable_models())
    assert said.differing(Path(__file__).with_name("erased.txt"), map(said.without_what_passes, told)) == []
