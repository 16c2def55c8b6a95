"""Erasing a person takes away who it was, everywhere, and leaves rows and trail whole."""

import itertools
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from congress import audit, clock
from congress.guard import erasable, scope
from congress.guard.action import Conflict, Refused, action, verb
from congress.imports import batches
from congress.imports.content import unseal
from congress.imports.kinds import kind_of
from congress.models import AuditEvent, DataKey, ImportBatch, Message, RowHistory, User
from congress.people import erase, keys
from congress.people.erased import ERASED
from congress.people.fields import encrypted_fields, masked
from congress.people.keys import KeyDestroyed
from deputies.models import Correction, Deputy, Mandate, Suspension, Term
from deputies.models.names import set_name_keys
from proposals.models import Visitor
from reports.models import AnnualReport, FigureUse
from tests.cast import SET_UP
from tests.cast import make_deputy as make_cast_deputy
from tests.conftest import owner_connection
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE, make_deputy

OTHER = verb("tests.people_later", "后来又做了别的")
WHY = "届满五年，依法销毁"


def erased(person, **kwargs):
    return erase.erase(person, **({"actor": None, "reason": WHY} | kwargs))


# --- the row


def test_every_field_reads_as_destroyed_and_the_row_stays(deputy):
    erased(deputy)
    for row in (deputy, Deputy.objects.get(pk=deputy.pk)):
        assert row.id_number == row.phone == row.address == row.name == ERASED
        assert masked(row, "phone") == f"{row.phone}" == "（已按规定销毁）"
        assert (row.birth_date, row.employer_post, row.certificate_no) == (None, "", "")
        assert (row.search_text, row.pinyin_key, row.stroke_key, row.surname_key, row.id_index) == (
            "",
            "",
            "",
            "",
            None,
        )
        assert row.gender == "female"  # for the statistics of past years


def test_wrapped_key_is_gone_from_every_table(deputy):
    wrapped = bytes(DataKey.objects.get().wrapped)
    erased(deputy)
    row = DataKey.objects.get()
    assert (bytes(row.wrapped), row.wrapped_with, row.destroyed_reason) == (b"", "", WHY)
    assert row.destroyed_at is not None
    history = "".join(str(each.before) for each in RowHistory.objects.all())
    assert wrapped.hex() not in history
    assert not RowHistory.objects.filter(table_name="congress_datakey").exists()


def test_key_in_memory_is_forgotten(deputy):
    assert deputy.phone == PHONE
    held, token = deputy.data_key, deputy.phone_sealed.token
    key = keys._open(held)
    erased(deputy)
    assert all(getattr(value, "key", None) != key for value in vars(held).values())
    held.refresh_from_db()
    with pytest.raises(KeyDestroyed):
        keys.unseal(held, token, "anywhere")


def test_blind_index_no_longer_tells_that_somebody_is_there(town, deputy):
    erased(deputy)
    assert not Deputy.objects.filter(id_index=ID_NUMBER).exists()
    assert make_deputy(town).id_number == ID_NUMBER  # may be entered anew


def test_tombstone_counts_rows_and_holds_no_personal_data(deputy):
    assert erased(deputy) == {"deputies.deputy": 1}
    event = AuditEvent.objects.get(verb="people.erase")
    assert (event.subject_id, event.subject_label) == (str(deputy.pk), "")
    assert event.detail == {"reason": WHY, "rows": {"deputies.deputy": 1}}


def test_others_keep_their_data(town, deputy):
    other = make_deputy(town, id_number=None, name="单木")
    erased(deputy)
    row = Deputy.objects.get(pk=other.pk)
    assert (row.phone, row.name) == (PHONE, "单木")


@pytest.mark.parametrize(
    "reason",
    ["", "  届满", "x" * 201, "曾田要求", f"电话{PHONE}停用", f"地址{ADDRESS}已变", "身份证号11010519491231002X"],
)
def test_nothing_is_erased_without_a_reason_that_may_be_kept(deputy, reason):
    with pytest.raises(Refused, match="依据"):
        erased(deputy, reason=reason)
    assert Deputy.objects.get(pk=deputy.pk).phone == PHONE


def test_nothing_is_erased_twice(deputy):
    erased(deputy)
    with pytest.raises(Refused, match="已经销毁"):
        erased(Deputy.objects.get(pk=deputy.pk))
    assert AuditEvent.objects.filter(verb="people.erase").count() == 1


def test_a_row_that_changed_since_it_was_shown_is_not_erased(deputy):
    shown = Deputy.objects.get(pk=deputy.pk)
    deputy.employer_post = "村民"
    deputy.save()
    with pytest.raises(Conflict):
        erased(shown)


def test_erased_row_may_be_saved_but_not_filled_again(deputy):
    erased(deputy)
    row = Deputy.objects.get(pk=deputy.pk)
    row.grassroots = True
    row.save()
    assert Deputy.objects.get(pk=deputy.pk).phone == ERASED
    row.phone = PHONE
    with pytest.raises(KeyDestroyed), transaction.atomic():
        row.save()


# --- what belongs to the person


def test_corrections_asked_for_are_erased_too(town, deputy):
    asked = Correction.objects.create(
        township=town, deputy=deputy, field="phone", value="13900139000", reason="曾田换号了", answer="曾田同志：已改"
    )
    assert erased(deputy) == {"deputies.deputy": 1, "deputies.correction": 1}
    row = Correction.objects.get(pk=asked.pk)
    assert (row.value, row.reason, row.answer) == (ERASED, "", "")


def test_the_paper_by_which_a_mandate_rested_goes_and_its_days_stay(world):
    deputy = ended(world)
    with world.in_township(), action(SET_UP, actor=None):
        over = {"elected_on": date(2021, 10, 20), "ended_on": date(2022, 3, 1), "end_reason": "resigned"}
        seat = Mandate.objects.create(township=world.township, deputy=deputy, term=world.term, **over)
        first = date(2022, 1, 5)
        row = Suspension.objects.create(township=world.township, mandate=seat, since=first, decision="曾田案通知书")
        row.until = date(2022, 2, 5)
        row.save()
        assert erased(deputy)["deputies.suspension"] == 1
        row.refresh_from_db()
        assert (row.since, row.until, row.decision) == (first, date(2022, 2, 5), "")
        images = RowHistory.objects.filter(row_id=str(row.pk))
        assert images
        assert not any("decision" in image.before for image in images)


def test_before_images_lose_the_person_and_keep_what_else_was_changed(town, deputy):
    deputy.name, deputy.grassroots = "曾甜", True
    set_name_keys(deputy)
    deputy.save()
    erased(deputy)
    images = list(RowHistory.objects.filter(table_name="deputies_deputy").order_by("at"))
    assert [image.before["grassroots"] for image in images] == [False, True]
    for image in images:
        assert not set(image.before) & set(erasable.columns_of(Deputy))
        assert image.salt is None
        assert image.erased_by.verb == "people.erase"


def test_before_images_of_others_stay(town, deputy):
    other = make_deputy(town, id_number=None, name="单木")
    other.name = "单本"
    other.save()
    erased(deputy)
    assert RowHistory.objects.get(row_id=str(other.pk)).before["name"] == "单木"


def test_a_visitor_is_erased_like_a_deputy(world):
    assert set(erase.erasable_models()) >= {Deputy, Visitor}


def test_everything_encrypted_can_be_erased():
    """Each model with encrypted fields is a person, or belongs to one."""
    belonging = {
        model._meta.get_field(name).related_model
        for model in erase.erasable_models()
        for name in getattr(model, "erased_with", ())
    }
    sealed = {model for model in apps.get_models() if encrypted_fields(model)}
    assert sealed == {*erase.erasable_models(), *belonging}


def test_every_personal_column_is_erased_or_left_for_a_reason():
    """What is left standing of a person who is erased: nothing that tells who it was."""
    left = {
        f"{model._meta.label}.{name}"
        for model in erase.erasable_models()
        for name in getattr(model, "personal_fields", {})
        if name not in model.erased
    }
    statistics = {"gender", "ethnicity", "party", "education", "occupation"}
    assert left == {f"deputies.Deputy.{name}" for name in statistics}


# --- the trail


def test_chain_and_history_verify_after_erasing(transactional_db, world):
    deputy = ended(world)
    with world.in_township():
        erased(deputy)
        with action(OTHER, actor=None):
            pass
    audit.anchor()
    assert list(audit.verify()) == []


def test_an_erasing_without_its_event_does_not_commit(transactional_db, world):
    deputy = ended(world)
    with pytest.raises(IntegrityError), scope.township(world.township), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.action', gen_random_uuid()::text, true);"
            " SELECT guard_erase_history('deputies_deputy', ARRAY[%s])",
            [str(deputy.pk)],
        )


def test_the_neighbour_cannot_erase_our_history(world):
    deputy = ended(world)
    with scope.township(world.neighbour), action(SET_UP, actor=None), connection.cursor() as cursor:
        for table, pk in (("deputies_deputy", deputy.pk), ("congress_user", world.deputy_user.pk)):
            cursor.execute("SELECT guard_erase_history(%s, ARRAY[%s])", [table, str(pk)])
            assert cursor.fetchone()[0] == 0


# --- elsewhere


def ended(world, **values) -> Deputy:
    """A deputy of the cast's township whose mandate is over, changed once so that there is a before-image."""
    with world.in_township(), action(SET_UP, actor=None):
        deputy = make_cast_deputy(world.township, "欧阳测", phone=PHONE, id_number=ID_NUMBER, **values)
        deputy.employer_post = "欧阳测的单位"
        deputy.save()
    return deputy


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
        assert erased(deputy)["congress.user"] == 1
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


def roster(world, text: str) -> ImportBatch:
    options = {"term": "", "elected_on": ""}
    return batches.upload(world.clerk, world.township, kind_of("deputies.roster"), options=options, text=text)


@pytest.mark.parametrize("head", ["姓名\t性别\t手机", "谁\t什么\t哪个"])
def test_an_import_that_waits_with_the_name_in_it_forbids_erasing(world, head):
    deputy = ended(world)
    with world.in_township():
        batch = roster(world, f"{head}\n欧阳测\t女\t13912345678")
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
        assert str(deputy.pk) in unseal(batch)["before"]
        counts = erased(Deputy.objects.get(pk=deputy.pk))
        assert counts["congress.importbatch"] == 1
        assert str(deputy.pk) not in unseal(ImportBatch.objects.get(pk=batch.pk)).get("before", {})


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


# --- the commands


def run(world, person, *extra) -> None:
    call_command("erase_person", world.township.code, "deputies.deputy", str(person), "--reason", WHY, *extra)


def test_the_command_erases(world, capsys):
    deputy = ended(world)
    run(world, deputy.pk, "--yes")
    assert "已销毁，涉及1条记录" in capsys.readouterr().out
    with world.in_township():
        assert Deputy.objects.get(pk=deputy.pk).name == str(ERASED)


def test_the_command_asks_first(world, monkeypatch):
    deputy = ended(world)
    answers = itertools.chain(["不", "销毁"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    with pytest.raises(CommandError, match="没有销毁"):
        run(world, deputy.pk)
    run(world, deputy.pk)
    with world.in_township():
        assert Deputy.objects.get(pk=deputy.pk).name == str(ERASED)


def test_the_command_says_what_it_does_not_find_or_may_not_do(world):
    with pytest.raises(CommandError, match="没有区划代码"):
        call_command("erase_person", "000000000000", "deputies.deputy", "x", "--reason", WHY, "--yes")
    for unknown in ("x", "6f1f2a3e-6a0c-4a63-93e3-5a1d0c6b7f10"):
        with pytest.raises(CommandError, match="没有这个编号的代表"):
            run(world, unknown, "--yes")
    with pytest.raises(CommandError, match="资格尚未终止"):
        run(world, world.deputies[0].pk, "--yes")
