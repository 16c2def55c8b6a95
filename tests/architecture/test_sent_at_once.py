"""The same form sent twice at the same moment, on two connections: one row, and both are led to it."""

import threading
import uuid

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from congress.models import Membership
from tests.architecture.sending_case import DAY
from tests.architecture.test_sent_twice import counted, shown


def post_together(user, address: str, sent: dict) -> list:
    """The same form sent at the same moment, each on a connection of its own."""
    start, answers = threading.Barrier(2), []

    def one() -> None:
        client = Client()
        client.force_login(user, backend="congress.accounts.Backend")
        start.wait()
        try:
            answer = client.post(address, sent)
            answers.append((answer.status_code, answer.get("Location")))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return answers


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("page", "entered", "who"),
    [
        ("deputies-activity-new", {"kind": "study", "title": "走访选民", "held_on": DAY, "half_days": 1}, "clerk"),
        ("deputies-group-new", {"name": "新组"}, "clerk"),
        ("deputies-correct", {"field": "employer_post", "value": "云溪小学教师"}, "deputy_user"),
        ("reports-new", {"year": 2020, "cut_off": "2020-12-20"}, "clerk"),
    ],
)
def test_two_at_the_same_moment_make_one_and_both_are_led_to_it(transactional_db, world, page, entered, who):
    address, user = reverse(page, args=[world.township.code]), getattr(world, who)
    client = Client()
    client.force_login(user, backend="congress.accounts.Backend")
    form = client.get(address, {"kind": entered.get("kind", "")}).context["form"]
    model = form.makes
    before = counted(world, model)
    with world.in_township():
        sent = shown(form) | entered
    answers = post_together(user, address, sent)
    assert len(answers) == 2
    assert {status for status, _ in answers} == {302}
    assert len({target for _, target in answers}) == 1
    assert counted(world, model) == (before[0] + 1, before[1] + 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_open_one_account_and_one_of_them_sees_its_code(transactional_db, world):
    address = reverse("member-new", args=[world.township.code])
    entered = {"username": "newclerk", "display_name": "程新", "role": "clerk", "key": str(uuid.uuid4())}
    answers = dict(post_together(world.chair, address, entered))
    assert set(answers) == {200, 302}
    with world.in_township():
        made = Membership.objects.get(user__username="newclerk", township=world.township)
    assert answers[302] == reverse("member", args=[world.township.code, made.pk])
