"""Who may ask for a masked value whole: nobody to whom the record itself does not open."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from congress import channels, clock, delegations
from congress.guard.record import Record
from congress.models import AuditEvent
from congress.people.fields import encrypted_fields
from congress.permissions import REVEAL
from congress.steps import standing_of
from congress.web.records import url_of
from tests.cast import vice_chair

SEALED = [model for model in apps.get_models() if issubclass(model, Record) and encrypted_fields(model)]
REASON = {"reason": "核对登记内容"}


@pytest.fixture
def vice(world):
    """To whom the chair has handed over this right and no other."""
    user = vice_chair(world)
    today = clock.today()
    with world.in_township():
        delegations.delegate(
            world.chair, user, [REVEAL.key], since=today, until=today + timedelta(days=9), township=world.township
        )
    return user


def reveal_of(row, field: str) -> str:
    return reverse("reveal", args=[row.township.code, row._meta.label_lower, row.pk, field])


@pytest.mark.usefixtures("sampled")
def test_a_value_is_shown_whole_to_nobody_whom_its_record_does_not_open_to(world, browse, vice):
    seen = set()
    for who in (world.clerk, world.chair, vice):
        client = browse(who)
        for model in SEALED:
            with world.in_township():
                row = model.objects.kept().select_related("township").first()
            if row is None:
                continue
            with world.in_township():
                url = url_of(row)
                says = getattr(row, "revealable_by", lambda standing: False)(standing_of(who, world.township))
            opens = client.get(url).status_code == 200 if url else says
            answer = client.get(reveal_of(row, encrypted_fields(model)[0].name))
            assert (answer.status_code == 200) == opens, (who.username, model.__name__)
            seen.add((who.username, model.__name__, opens))
    assert ("vice", "Voter", False) in seen
    assert ("vice", "Deputy", True) in seen
    assert ("clerk", "Voter", True) in seen


def test_the_key_of_somebodys_robot_is_shown_to_nobody(world, browse):
    with world.in_township():
        row = channels.set_channel(
            standing_of(world.deputy_user, world.township),
            world.township,
            kind="webhook",
            address="https://oapi.dingtalk.com/robot/send?access_token=secret-7777",
            secret="SECabc",
        )
    for who in (world.clerk, world.chair, world.deputy_user):
        for field in ("address", "secret"):
            assert browse(who).post(reveal_of(row, field), REASON).status_code in (403, 404)
    with world.in_township():
        assert not AuditEvent.objects.filter(verb="people.reveal").exists()
