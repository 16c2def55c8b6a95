"""What no form of ours sends: every address answers it with a page, never with an error of the program."""

import html
import inspect
import os
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse

from congress import accounts
from congress.guard import scope
from congress.guard.action import action
from congress.models import AccountRequest, Category, Role, Unit
from congress.web import pages
from congress.web.typed import kept_input
from tests.architecture.faults import HARMLESS, cause
from tests.architecture.listed import SHOWS
from tests.architecture.test_urls import WALKED, address, as_each, errors_drawn_once, reached, roles_of, without_engine
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("sampled")

NASTY = ("\0", "²²²²", "0000", "9" * 40, "-1", "a\0b'\"<%_\\", "NaN")
NASTY_IN_FORMS = ("\0", "²", "9" * 40, "0000-00-00")
WALKERS = [("clerk", "t/"), ("deputy_user", "t/"), ("handler", "t/"), ("county_viewer", "c/")]
WALKERS += [("system", ""), ("security", ""), ("auditor", "")]
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")
OF_LISTS = {"q", "sort", "page", "year", "from", "until"}
READ = re.compile(r"(?:GET|POST)(?:\.get\(|\.getlist\(|\[)\s*\"(\w+)\"|\"(\w+)\" in request\.POST")


@pytest.fixture
def samples(samples, monkeypatch):
    """Rows for the arguments of addresses; papers are typeset in tests of their own."""
    without_engine(monkeypatch)
    errors_drawn_once(monkeypatch)
    return samples


def asked_for(item) -> set[str]:
    """The parameters a page reads by name in the module of its view, and those of every list; none where nothing there
    reads an address or shows a list."""
    module = inspect.getsource(inspect.getmodule(inspect.unwrap(item.callback)))
    names = {name for pair in READ.findall(module) for name in pair if name}
    return names | OF_LISTS if "request.GET" in module or SHOWS.search(module) else names


def own_fields(opened) -> set[str]:
    """The fields of the page itself, without those of the head that stands on every page."""
    main = opened.content.decode("utf-8", "replace").partition("<main")[2]
    return {html.unescape(name) for name in FIELD.findall(main)}


def walked(who: str, start: str, world):
    """The addresses of somebody's place whose doors open to them: a closed one reads nothing of what is sent, and
    `tests/architecture/test_urls.py` knocks at each."""
    if start:
        mine = [(route, item) for route, item in WALKED if route.startswith(start)]
    else:
        mine = [(route, item) for route, item in WALKED if not route.startswith(("t/", "c/"))]
    return reached(mine, roles_of(who, world))


def by_turns(values: tuple[str, ...], place: int, who: str) -> list[str]:
    """One of the values for each address and person, another one for the next. All of them for everybody would take ten
    minutes (`MALFORMED=all` does)."""
    if os.environ.get("MALFORMED") == "all":
        return list(values)
    return [values[(place + [name for name, _ in WALKERS].index(who)) % len(values)]]


@pytest.mark.slow
@pytest.mark.parametrize(("who", "start"), WALKERS, ids=[who for who, _ in WALKERS])
def test_no_address_falls_over_what_no_link_and_no_form_of_ours_would_send(world, browse, samples, who, start):
    found = []
    for _, client, _ in as_each(browse, world, [(who, "GET POST")]):
        for place, (route, item) in enumerate(walked(who, start, world)):
            url = address(route, item, world, samples[0])
            opened = client.get(url)
            if opened.status_code in (403, 404):  # the door stands before the view, and reads nothing of what is sent
                continue
            fields = own_fields(opened)
            asks, takes = asked_for(item), fields or opened.status_code != 200
            for text in by_turns(NASTY, place, who) if asks else ():
                answer = client.get(url, dict.fromkeys((asks | fields) - {"format"}, text))
                found += wrong(answer, item, f"?{text!r}")
            for text in by_turns(NASTY_IN_FORMS, place, who) if takes else ():
                with transaction.atomic():
                    answer = client.post(url, dict.fromkeys(fields | asks | {"version"}, text))
                    transaction.set_rollback(True)
                found += wrong(answer, item, repr(text))
    assert found == []


def wrong(answer, item, what: str) -> list[str]:
    """Which error an answer is that it must not be."""
    return [] if answer.status_code in HARMLESS else [f"{item.name} {what}: {answer.status_code}{cause(answer)}"]


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
