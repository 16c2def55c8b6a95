"""Erasing a person takes away who it was, everywhere, and leaves rows and trail whole."""

import itertools
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from congress import audit
from congress.guard import erasable, scope
from congress.guard.action import Conflict, Refused, action, verb
from congress.models import AuditEvent, Channel, DataKey, RowHistory
from congress.people import erase, keys
from congress.people.erased import ERASED
from congress.people.fields import encrypted_fields, masked
from congress.people.keys import KeyDestroyed
from deputies.models import Correction, Deputy, Mandate, Suspension
from deputies.models.names import set_name_keys
from elections import models as elections
from proposals.models import Visitor
from tests.cast import SET_UP
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE, make_deputy
from tests.people.erasing import WHY, ended, erased

OTHER = verb("tests.people_later", "后来又做了别的")


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
    ("reason", "words"),
    [
        *((reason, "请写明销毁的依据（4至200个字）。") for reason in ("", "  届满", "届满了", "x" * 201)),
        *(
            (reason, "销毁的依据会写入审计记录，请不要写姓名、证件号或电话号码。")
            for reason in ("曾田要求", f"电话{PHONE}停用", f"地址{ADDRESS}已变", "身份证号11010519491231002X")
        ),
    ],
)
def test_nothing_is_erased_without_a_reason_that_may_be_kept(deputy, reason, words):
    with pytest.raises(Refused) as refused:
        erased(deputy, reason=reason)
    assert [(one.message, one.field) for one in refused.value.findings] == [(words, "reason")]
    assert Deputy.objects.get(pk=deputy.pk).phone == PHONE


@pytest.mark.parametrize("reason", ["依法销毁", "长" * 200])
def test_a_reason_to_erase_may_be_as_short_and_as_long_as_is_said(deputy, reason):
    erased(deputy, reason=reason)
    assert Deputy.objects.get(pk=deputy.pk).phone == ERASED


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


# A voters' group is no person: its leader's number is changed with the leader, and goes with the roll.
OF_A_ROLL = {elections.VoterGroup}


def test_everything_encrypted_can_be_erased():
    """Each model with encrypted fields is a person, belongs to one, is gone with the account it was set for, or goes with the
    roll of an election."""
    belonging = {
        model._meta.get_field(name).related_model
        for model in erase.erasable_models()
        for name in getattr(model, "erased_with", ())
    }
    sealed = {model for model in apps.get_models() if encrypted_fields(model)}
    assert sealed == {*erase.erasable_models(), *belonging, Channel, *OF_A_ROLL}


def test_every_personal_column_is_erased_or_left_for_a_reason():
    """What is left standing of a person who is erased: nothing that tells who it was."""
    left = {
        f"{model._meta.label}.{name}"
        for model in erase.erasable_models()
        for name in getattr(model, "personal_fields", {})
        if name not in model.erased
    }
    statistics = {
        "deputies.Deputy": {"gender", "ethnicity", "party", "education", "occupation"},
        "elections.Voter": {"gender", "ethnicity", "evidence", "household"},
        "elections.Nominee": {"gender", "ethnicity", "party", "education", "occupation"},
        "elections.PollStaff": {"role"},
        "elections.Transfer": {"gender", "ethnicity", "permit"},
        "elections.RegistrationRequest": {"gender", "household"},
        "elections.PoolEntry": {"owner", "outcome"},  # who looked for the voter, and what was found out
    }
    assert left == {f"{model}.{name}" for model, names in statistics.items() for name in names}


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
