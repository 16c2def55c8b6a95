"""Masked values in full: for a reason, and on record."""

import json

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from congress.guard.action import Refused
from congress.models import AuditEvent, User
from congress.people import erase
from congress.people.reveal import known_texts, reveal
from tests.people.conftest import ADDRESS, ID_NUMBER, PHONE, make_deputy


@pytest.fixture
def clerk(town):
    user = User(username="pingshui", display_name="云溪办事员")
    user.set_unusable_password()
    user.save()
    return user


def _events():
    return AuditEvent.objects.filter(verb="people.reveal")


def test_reveal_gives_the_text_and_leaves_one_event(deputy, clerk):
    assert reveal(clerk, deputy, "phone", "通知参加会议") == PHONE
    event = _events().get()
    assert (event.actor_id, event.subject_id) == (clerk.pk, str(deputy.pk))
    assert event.detail == {"fields": ["phone"], "reason": "通知参加会议"}


def test_event_holds_no_personal_data(deputy, clerk):
    for field in ("id_number", "phone", "address"):
        reveal(clerk, deputy, field, "核对登记内容")
    text = json.dumps([[event.detail, event.subject_label] for event in _events()], ensure_ascii=False)
    assert _events().count() == 3
    assert all(secret not in text for secret in (ID_NUMBER, PHONE, ADDRESS, deputy.name))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        *((reason, "请写明查看的理由（至少4个字）。") for reason in ("", "  ", None, "看", "看一下" + " " * 9)),
        ("长" * 101, "查看理由请不超过100个字。"),
        *(
            (reason, "查看理由会写入审计记录，请不要写姓名、证件号或电话号码。")
            for reason in (f"核对{ID_NUMBER}", f"他的手机是{PHONE}", "问过13900139000的机主", "核对曾田的手机")
        ),
    ],
)
def test_reason_is_needed_and_names_nobody(deputy, clerk, reason, words):
    with pytest.raises(Refused) as refused:
        reveal(clerk, deputy, "phone", reason)
    assert str(refused.value) == words
    assert not _events().exists()


def test_one_character_and_what_was_erased_point_at_nobody(deputy):
    assert known_texts(deputy) >= {deputy.name, PHONE}
    deputy.phone, deputy.address, deputy.id_number = "", "村", None
    assert known_texts(deputy) == {deputy.name}


@pytest.mark.parametrize("reason", ["核对身份", "长" * 100])
def test_a_reason_may_be_as_short_and_as_long_as_is_said(deputy, clerk, reason):
    assert reveal(clerk, deputy, "phone", reason) == PHONE


@pytest.mark.parametrize("field", ["name", "data_key", "id_index", "township", "nothing"])
def test_only_encrypted_fields_are_revealed(deputy, clerk, field):
    with pytest.raises(FieldDoesNotExist):
        reveal(clerk, deputy, field, "核对登记内容")
    assert not _events().exists()


def test_empty_value_is_revealed_as_nothing(town, clerk):
    assert reveal(clerk, make_deputy(town, phone=None), "phone", "核对登记内容") == ""


def test_destroyed_value_is_refused(deputy, clerk):
    erase.erase(deputy, actor=clerk, reason="届满五年，依法销毁")
    deputy.refresh_from_db()
    with pytest.raises(Refused, match="销毁"):
        reveal(clerk, deputy, "phone", "核对登记内容")


def test_failing_audit_reveals_nothing(deputy, clerk, monkeypatch):
    def broken(act, outcome="ok"):
        raise RuntimeError("no trail")

    with monkeypatch.context() as patch:
        patch.setattr("congress.guard.action._leave_event", broken)
        with pytest.raises(RuntimeError, match="no trail"), transaction.atomic():
            reveal(clerk, deputy, "phone", "核对登记内容")
