"""The credentials committee: deputies of the congress whose session passed it, its composition, who sits in it on a day."""

from datetime import date

import pytest
from django.urls import reverse

from congress.assembly import queries
from congress.assembly.actions import CREDENTIALS, SESSIONS
from congress.assembly.models import CredentialsMember, Session
from congress.guard import scope
from congress.guard.action import Refused, action
from deputies.models import Deputy, Mandate
from tests.cast import SET_UP

OPENED = date(2021, 11, 10)


@pytest.fixture
def session(world):
    with scope.township(world.township):
        given = {"term": world.term, "number": 1, "opened_on": OPENED, "entitled": 2, "present": 2}
        yield SESSIONS.record(world.clerk, Session(township=world.township, **given))


def passed(world, session, deputy, post="member", **values) -> CredentialsMember:
    row = CredentialsMember(township=world.township, session=session, deputy=deputy, post=post, **values)
    return CREDENTIALS.record(world.clerk, row)


def deputies(world) -> list[Deputy]:
    return [one.deputy for one in Mandate.objects.filter(term=world.term).select_related("deputy")]


def test_deputies_of_that_congress_sit_in_it_each_once(world, session):
    first, second = deputies(world)[:2]
    row = passed(world, session, first, "head")
    with pytest.raises(Refused, match="不能重复登记"):
        passed(world, session, first)
    with pytest.raises(Refused, match="不能早于会议开幕"):
        CREDENTIALS.change(world.clerk, row, {"left_on": date(2021, 11, 9)}, row.version)
    with action(SET_UP, actor=None):
        Mandate.objects.filter(deputy=second).update(withdrawn_at="2021-12-01T00:00+08:00")
    with pytest.raises(Refused, match="没有登记代表资格") as refused:
        passed(world, session, second)
    assert [one.field for one in refused.value.findings] == ["deputy"]
    CREDENTIALS.change(world.clerk, row, {"left_on": date(2022, 3, 1)}, row.version)
    passed(world, session, first)  # came back


def test_on_a_day_those_sit_in_it_who_have_not_left_and_are_deputies_still(world, session):
    first, second = deputies(world)[:2]
    head, member = passed(world, session, first, "head"), passed(world, session, second)
    assert queries.credentials_committee(world.term, OPENED) == [head, member]
    assert queries.credentials_committee(world.term, date(2021, 11, 9)) == []
    CREDENTIALS.change(world.clerk, head, {"left_on": date(2022, 3, 1)}, head.version)
    assert queries.credentials_committee(world.term, date(2022, 3, 1)) == [member]
    with action(SET_UP, actor=None):
        Mandate.objects.filter(deputy=second).update(ended_on=date(2023, 5, 1), end_reason="moved")
    assert queries.credentials_committee(world.term, date(2023, 5, 1)) == []


def test_its_composition_is_told_on_the_page_of_the_session(world, session, browse):
    client = browse(world.clerk)
    page = reverse("assembly-session", args=[world.township.code, session.pk])
    assert "主任委员应为一人" not in client.get(page).content.decode()
    row = passed(world, session, deputies(world)[0])
    told = client.get(page).content.decode()
    assert "主任委员应为一人，现在是0人" in told
    assert f"委员 {row.deputy.name}" in told
    CREDENTIALS.change(world.clerk, row, {"post": "head"}, row.version)
    assert "主任委员应为一人" not in client.get(page).content.decode()


def test_it_is_entered_on_its_pages(world, session, browse):
    client, deputy = browse(world.clerk), deputies(world)[0]
    new = reverse("assembly-credentials-member-new", args=[world.township.code, session.pk])
    form = client.get(new).context["form"]
    answer = client.post(new, {"deputy": deputy.pk, "post": "head", "key": form["key"].value()})
    row = CredentialsMember.objects.get()
    assert answer.url == reverse("assembly-session", args=[world.township.code, session.pk])
    shown = client.get(reverse("assembly-credentials-member", args=[world.township.code, row.pk])).content.decode()
    assert deputy.name in shown
    assert "主任委员" in shown
