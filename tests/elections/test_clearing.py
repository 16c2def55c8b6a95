"""What the public pages showed and took does not outlive its purpose."""

from datetime import date

import pytest
from django.db import connection

from congress import clock
from congress.audit.contents import verify_history
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, RowHistory
from elections import tasks
from elections.actions import clearing
from elections.actions import requests as acts
from elections.models import Campaign, PublishedPage, RegistrationRequest, VoterList
from tests.cast import SET_UP
from tests.elections.work import set_up

CLOSED = date(2026, 12, 31)


@pytest.fixture
def work(world):
    """A work that was closed, with a page that was public and a request that was refused."""
    made = set_up(world.township)
    with world.in_township():
        with clock.frozen(date(2026, 10, 10)):
            acts.open_online(world.clerk, made.campaign, date(2026, 10, 1), date(2026, 10, 25), "0571-88880000", "0")
            made.campaign.refresh_from_db()
            given = {"gender": "male", "household": "local", "village": "东村一组", "note": "常年在外"}
            acts.ask(
                RegistrationRequest(
                    township=world.township,
                    campaign=made.campaign,
                    name="丁一",
                    birth_date=date(1980, 1, 1),
                    id_number="11010519491231002X",
                    phone="13912345678",
                    **given,
                )
            )
        with action(SET_UP, actor=None):
            RegistrationRequest.objects.update(state="refused")
            listed = VoterList.objects.create(
                township=world.township,
                election=made.town_level,
                asked_by=world.clerk,
                confirmed_by=world.chair,
                frozen_at=clock.now(),
                voters=1,
                fingerprint="0" * 64,
                published_on=date(2026, 11, 25),
            )
            PublishedPage.objects.create(
                township=world.township,
                voter_list=listed,
                district=1,
                district_name="东村",
                lines=[["陈立春", "女"]],
                entries=["0" * 64],
            )
            Campaign.objects.filter(pk=made.campaign.pk).update(closed_on=CLOSED)
    return made


def left(world) -> tuple[list, RegistrationRequest]:
    with world.in_township():
        return PublishedPage.objects.get().lines, RegistrationRequest.objects.select_related("data_key").get()


@pytest.mark.parametrize(
    ("day", "cleared"), [(date(2027, 1, 29), 0), (date(2027, 1, 30), 1), (date(2027, 3, 30), 1), (date(2027, 3, 31), 2)]
)
def test_pages_go_after_thirty_days_and_requests_after_three_months(world, work, day, cleared):
    with clock.frozen(day):
        assert clearing.clear(world.township) == cleared
        assert clearing.clear(world.township) == 0  # once
    lines, request = left(world)
    assert (lines == []) == (cleared >= 1)
    assert (request.data_key.destroyed_at is not None) == (cleared == 2)


def test_nothing_of_the_person_is_left_in_row_or_history(world, work):
    with clock.frozen(date(2027, 4, 1)):
        assert tasks.clear_public() == 2
    _, request = left(world)
    assert (request.village, request.note, request.id_index) == ("", "", None)
    with scope.audit():
        images = RowHistory.objects.filter(table_name="elections_registrationrequest")
        assert images.count() > 0
        assert not any(words in str(image.before) for image in images for words in ("丁一", "东村", "常年在外"))
        event = AuditEvent.objects.get(verb=clearing.CLEAR.key)
        with connection.cursor() as cursor:
            assert list(verify_history(cursor)) == []  # what was erased was by an erasing
    assert event.detail == {"名单页": 1, "网上登记申请": 1}


def test_a_work_that_goes_on_keeps_everything(world, work):
    with world.in_township(), action(SET_UP, actor=None):
        Campaign.objects.update(closed_on=None)
    with clock.frozen(date(2028, 1, 1)):
        assert clearing.clear(world.township) == 0
