"""Sessions as the product keeps them: what ended, or was never there, opens nothing."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from congress.accounts import Backend, switch
from congress.guard import scope
from congress.web.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**values) -> SessionStore:
    store = SessionStore()
    store.update(values)
    store.save()
    return store


def test_a_session_is_read_as_it_was_kept():
    key = kept(seen=7).session_key
    assert SessionStore(key)["seen"] == 7
    assert SessionStore(key).exists(key)


def test_a_session_that_is_over_or_was_never_there_is_empty_and_its_key_is_not_taken():
    store = kept(seen=7)
    Session.objects.filter(pk=store.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (store.session_key, "nobody-ever-had-it"):
        found = SessionStore(key)
        assert "seen" not in found
        assert found.session_key is None


def test_who_asks_is_read_anew_by_every_request(world):
    backend = Backend()
    assert backend.get_user(world.clerk.pk) == world.clerk
    with scope.accounts():
        switch(world.system, world.clerk)
    assert backend.get_user(world.clerk.pk) is None, "switched off"
    assert backend.get_user(0) is None, "nobody"
