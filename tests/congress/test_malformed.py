"""What no form of ours sends is answered with a page. `tests/architecture/test_urls.py` sends it to every address."""

import pytest
from django.db import IntegrityError
from django.test import RequestFactory
from django.urls import reverse

from congress import accounts
from congress.guard import scope
from congress.guard.action import action
from congress.models import AccountRequest, Category, Role, Unit
from congress.web import pages
from congress.web.typed import kept_input
from tests.cast import SET_UP


def test_an_address_with_nul_in_it_is_not_there(world, browse):
    client = browse(world.clerk)
    client.raise_request_exception = False
    assert client.get("/t/%00/").status_code == 404
    assert client.get(f"/t/{world.township.code}/units/%00/").status_code == 404


def test_nul_is_taken_out_of_what_was_typed(world, browse):
    form = {"name": "水\0利\0所", "level": "township", "duties": ""}
    assert browse(world.clerk).post(reverse("unit-new", args=[world.township.code]), form).status_code == 302
    with world.in_township():
        assert Unit.objects.filter(name="水利所").exists()


def test_a_search_of_any_length_is_answered(world, browse):
    assert browse(world.clerk).get(reverse("units", args=[world.township.code]), {"q": "路" * 5000}).status_code == 200


def test_a_version_that_is_none_counts_as_another(world, browse):
    url = reverse("unit-edit", args=[world.township.code, world.unit.pk])
    form = {"name": "水利站改名", "level": "township", "version": "abc"}
    assert browse(world.clerk).post(url, form).status_code == 409
    with world.in_township():
        assert Unit.objects.get(pk=world.unit.pk).name == "水利站"


def test_a_role_asked_for_twice_is_said_to_be_asked_for(world, browse):
    with scope.accounts():
        user, _ = accounts.create_account(None, "twice", "重复者")
    url = reverse("administration-user", args=[user.pk])
    form = {"role": "clerk", "township": world.township.pk}
    answers = [browse(world.system).post(url, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert "已经申请过" in answers[1].content.decode()
    with scope.accounts():
        assert AccountRequest.objects.filter(user=user, role=Role.CLERK).count() == 1


def test_who_loses_a_race_is_told_that_it_is_there(world, browse, monkeypatch):
    """The form has looked and found nothing; then the other one's row is there, and the database refuses the second."""
    monkeypatch.setattr(Unit, "validate_constraints", lambda *arguments, **more: None)
    url = reverse("unit-new", args=[world.township.code])
    answer = browse(world.clerk).post(url, {"name": "水利站", "level": "township"})
    assert answer.status_code == 200
    assert pages.TWICE in answer.content.decode()
    assert 'value="水利站"' in answer.content.decode(), "nothing typed is lost"


def test_other_faults_of_the_database_are_not_said_to_be_doubles(world):
    form = type("Form", (), {"fields": {}, "add_error": lambda *_: None})()

    def act():
        with world.in_township(), action(SET_UP, actor=None):
            Category.objects.create(township=world.township, kind=None, label="无类")

    with pytest.raises(IntegrityError):
        pages.perform(form, act)


def test_no_password_and_nothing_of_the_programs_own_is_shown_again():
    typed = {"oldpassword": "Geheim-1", "password1": "Geheim-2", "csrfmiddlewaretoken": "x", "version": "3", "key": "k"}
    request = RequestFactory().post("/", typed | {"words": "路灯坏了", "empty": " "})
    assert [words for _, words in kept_input(request)] == ["路灯坏了"]
