"""Every address: its view declares a permission; strangers and neighbours see nothing; nothing answers 500."""

from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, path, reverse

from congress import clock, urls
from congress.guard import scope
from congress.models import AuditEvent
from congress.permissions import active_memberships
from congress.steps import lives
from congress.views import errors
from congress.web.middleware import TAKE_ALONG
from tests.architecture import said
from tests.architecture.addressed import PK, argument, sample_name
from tests.architecture.faults import STRANGERS, faults, shut
from tests.architecture.malformed import SENDERS, Sender
from tests.architecture.samples import MARK, both, sample_pdf
from tests.states import state

pytestmark = pytest.mark.usefixtures("sampled", "one_day")

ON = date(2022, 6, 10)

ADMINISTRATORS = ("system", "security", "auditor")
READERS = ("clerk", "deputy_user", "handler", "county_viewer", *ADMINISTRATORS)  # what pages say to them is written
# Walked together on one set of rows: (who, with which methods). The check of who somebody is comes before the view and
# asks for no method, so the second and third of a kind only read, and knock at one closed door of each kind.
GROUPS = {
    "county": (("county_viewer", "GET POST"), ("other_handler", "GET")),
    "strangers": (("neighbour_clerk", "GET POST"), ("neighbour_handler", "GET"), ("far_viewer", "GET")),
    "administrators": (("system", "GET POST"), ("security", "GET"), ("auditor", "GET")),
}
EVERY_DOOR = ("county_viewer", "neighbour_clerk", "system")
SENT = {"reason": "试一试", "on": "2022-04-01"}
PUBLIC = {
    "healthz",
    "metrics",
    "accounts/login/",
    "accounts/code/",
    "look/",
    "offline/",
    "filling/",
    "service-worker.js",
    "tablet/",
    "tablet/worker.js",
    "trust/",
    "trust/<str:name>",
    "v/<str:code>/",
    "law/<str:source>/<str:edition>/<int:article>/",
}
PUBLISHED = "p/"  # what townships publish stands below this, and nothing else does
# What opens for deputies and units only.
NOT_THE_OFFICES = {
    "deputies-me",
    "deputies-correct",
    "deputies-own-activity-new",
    "proposals-mine",
    "proposals-handling",
}
LATER = {  # the sample has not come to these
    "counting-recount-paper",  # `tests/counting/test_recounts.py` opens it
    "elections-tablet-load",  # the sample's place is closed: `tests/elections/test_tablets.py` takes its list along
}
OF_THE_STAFF = {
    "elections-own-work"
}  # of a polling day's workers, who are walked by `tests/elections/test_worker_pages.py`
A_LONG_WALK = 600  # minutes in which nobody is asked for the password again, whatever else the machine does
# What ends the session under which the walk goes.
LEAVES = ("account_logout",)


def patterns(addresses, prefix=""):
    """Each of these addresses with its pattern, in the order in which they are written."""
    for item in addresses:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, route)
        elif isinstance(item, URLPattern):
            yield route, item


ALL = list(patterns(urls.addresses))
NAMED = [(route, item) for route, item in ALL if item.name]
WALKED = [
    (route, item)
    for route, item in NAMED
    if item.name not in LEAVES and route not in PUBLIC and not route.startswith(PUBLISHED)
]


def inside(route: str) -> bool:
    """Whether an address belongs to a place."""
    return route.startswith(("t/", "c/"))


def undeclared(items) -> list[str]:
    return [route for route, item in items if not getattr(item.callback, "permission", None)]


def test_every_view_declares_a_permission():
    assert undeclared(ALL) == []


def test_a_view_without_permission_would_be_noticed():
    bare = path("bare/", lambda request: None, name="bare")
    assert undeclared([("bare/", bare)]) == ["bare/"]


def test_public_views_are_few_and_say_why():
    public = {
        route: item.callback.permission for route, item in ALL if str(item.callback.permission).startswith("public")
    }
    assert all(len(reason) > len("public: ") for reason in public.values())
    assert set(public) <= PUBLIC, public


def test_what_is_published_stands_in_one_place_and_says_why():
    """Below that place the decorator opens the public scope; elsewhere it opens nothing."""
    said = {route: str(item.callback.permission) for route, item in ALL}
    below = {route for route in said if route.startswith(PUBLISHED)}
    assert below == {route for route, reason in said.items() if reason.startswith("published: ")}
    assert all(len(said[route]) > len("published: ") for route in below)
    assert below


def test_every_address_has_a_name_of_its_own():
    names = [item.name for _, item in ALL]
    assert None not in names
    assert [name for name in set(names) if names.count(name) > 1] == []


def address(route: str, item, world, samples) -> str:
    """An address with the samples' numbers in it."""
    converters = item.pattern.converters
    kwargs = {name: argument(item.name, name, samples, world) for name in converters if name != "code"}
    if "<str:code>" in route:
        kwargs["code"] = world.county.code if route.startswith("c/") else world.township.code
    return reverse(item.name, kwargs=kwargs)


@state
def sampled(world):
    """The samples, as they would be on one day."""
    with clock.frozen(ON):
        return both(world)


@pytest.fixture
def one_day():
    """The day on which everybody walks."""
    with clock.frozen(ON):
        yield


def without_engine(monkeypatch) -> None:
    """Nothing is laid out on pages within the test; what papers say is put together all the same, and noted."""

    def compose(body: str, *, css: str = "", **more) -> bytes:
        said.composed.append(f"{body}<style {css}>")
        return sample_pdf()

    said.composed.clear()
    for module in ("render", "cards", "slips", "ballots"):
        monkeypatch.setattr(f"congress.documents.{module}.html_to_pdf", compose)


def errors_drawn_once(monkeypatch) -> None:
    """The page of an error says nothing of what was asked for: within the test it is drawn once for each reader, place and
    reason, and what was drawn answers the next closed door as well."""
    drawn, draw = {}, errors.render

    def once(request, template, context=None, status=None):
        standing = getattr(request, "standing", None)
        place = standing and (standing.township or standing.county)
        key = (template, request.user.pk, place and place.pk, str(context), status)
        if key not in drawn:
            drawn[key] = draw(request, template, context, status=status).content
        return HttpResponse(drawn[key], status=status)

    monkeypatch.setattr(errors, "render", once)


@pytest.fixture
def no_typesetting(monkeypatch):
    """Papers are composed and not typeset, which tests of their own do: a small PDF stands for each. A misnamed form field
    is an error."""
    without_engine(monkeypatch)
    errors_drawn_once(monkeypatch)
    monkeypatch.setattr(settings, "CRISPY_FAIL_SILENTLY", False, raising=False)
    monkeypatch.setattr(settings, "PROOF_MINUTES", A_LONG_WALK)


def as_each(browse, world, walkers):
    """(name, client, methods) of each, in a savepoint that is rolled back, so that the next finds everything as it was."""
    for who, methods in walkers:
        with transaction.atomic():
            client = browse(getattr(world, who))
            client.raise_request_exception = False
            yield who, client, methods.split()
            transaction.set_rollback(True)


def walk(client, methods, items, world, samples, unsent=frozenset()):
    """(route, pattern, answer) of every address; first everything is read, then forms as good as empty are sent, but for those
    addresses to which others have."""
    for method in methods:
        for route, item in items:
            if method == "POST" and item.name in unsent:
                continue
            sent = SENT if method == "POST" else {}
            yield route, item, getattr(client, method.lower())(address(route, item, world, samples), sent)


def astray(user, answer, name: str) -> list[str]:
    """An answer to reading that leads on to a page which is not there; another window looks, so that no word is read here."""
    if answer.status_code != 302 or answer.wsgi_request.method != "GET" or "accounts/" in answer.url:
        return []
    window = Client()
    window.force_login(user, backend="congress.accounts.Backend")
    there = window.get(answer.url).status_code != 404
    return [] if there else [f"{user} {name} leads to {answer.url}, which is not there"]


def reached(items, roles) -> list:
    """The addresses whose doors open to one of these roles, and of those that stay closed one for each permission and
    place: whether a door opens is asked before the view and of nothing but the permission."""
    kept, knocked = [], set()
    for route, item in items:
        permission = item.callback.permission
        door = (route.split("/")[0], permission)
        opens = isinstance(permission, str) or permission.roles & roles
        if opens or door not in knocked:
            kept.append((route, item))
        if not opens:
            knocked.add(door)
    return kept


def walked_by(who: str, world) -> list:
    """The addresses somebody walks: all of them where every door is tried, else those that are reached."""
    return WALKED if who in EVERY_DOOR else reached(WALKED, roles_of(who, world))


def held_by(who: str, world) -> set[str]:
    """The roles somebody has anywhere: a stranger's own pages lead into a place of their own."""
    return {row.role for row in active_memberships(getattr(world, who))}


def roles_of(who: str, world) -> set[str]:
    """The roles somebody has; a stranger has none here."""
    return set() if who in STRANGERS else held_by(who, world)


@pytest.mark.slow
@pytest.mark.timeout(1200)  # a minute on a machine that does nothing else
@pytest.mark.parametrize("walkers", [("clerk", "chair"), ("deputy_user", "handler")], ids=["office", "others"])
def test_every_address_for_those_who_work_there(world, browse, samples, no_typesetting, walkers):
    """No fault anywhere, whatever is sent; and each page opens for one of them, or the walk over closed doors would prove nothing.

    The pages of steps open where the state of the record lets them: `tests/congress/test_lives.py` opens each.
    """
    steps = {f"{life.name}-{step.key}" for life in lives().values() for step in life.steps}
    found, opened = [], set()  # what a form was shown of or sent to
    closed = {item.name for route, item in NAMED if route.startswith("t/")} - steps - OF_THE_STAFF - LATER
    for who, client, methods in as_each(browse, world, [(who, "GET POST") for who in walkers]):
        pages, sender = said.Pages(who), Sender(who, client)
        # What the clerk opened is not opened again for the chair, whose pages of steps are read: the walk over the lives sends
        # the steps of both.
        items = [each for each in WALKED if each[1].name in closed | steps] if who == "chair" else walked_by(who, world)
        roles, unsent = roles_of(who, world), opened & steps if who == "chair" else set()
        for route, item, answer in walk(client, methods, items, world, samples[0], unsent):
            found += faults(answer, who, item.name) + shut(answer, who, item.name, roles)
            found += sender.fallen(route, item, answer)
            found += astray(getattr(world, who), answer, item.name)
            pages.note(item.name, answer)
            if answer.status_code in (200, 302):
                closed.discard(item.name)
                opened.add(item.name)
        found += pages.differing() if who in READERS else []
    assert found == []
    assert (closed == NOT_THE_OFFICES) if "clerk" in walkers else not (closed & NOT_THE_OFFICES), sorted(closed)


@pytest.mark.slow
@pytest.mark.parametrize("walkers", GROUPS.values(), ids=GROUPS)
def test_every_address_for_others(world, browse, samples, no_typesetting, walkers):
    """No fault anywhere, whatever is sent; nobody of these writes anything in the township, but what the unit's own pages note."""
    found = []
    for who, client, methods in as_each(browse, world, walkers):
        pages, sender = said.Pages(who), Sender(who, client)
        before, roles = _events(world), held_by(who, world)
        for route, item, answer in walk(client, methods, walked_by(who, world), world, samples[0]):
            found += faults(answer, who, item.name) + shut(answer, who, item.name, roles)
            found += sender.fallen(route, item, answer)
            pages.note(item.name, answer)
            if inside(route) and who in (*STRANGERS, *ADMINISTRATORS) and answer.status_code != 404:
                found.append(f"{who} {item.name}: {answer.status_code}, not 404")
        found += pages.differing() if who in READERS else []
        found += [f"{who} left events"] if who != "other_handler" and _events(world) != before else []
    assert found == []


def _events(world) -> int:
    """Events of the township, but for those that tell who took a list or a paper along, which everybody leaves."""
    with scope.audit():
        return AuditEvent.objects.filter(chain=world.township.pk).exclude(verb=TAKE_ALONG.key).count()


@pytest.mark.slow
def test_no_row_of_the_neighbour_opens_under_our_own_address(world, browse, samples, no_typesetting):
    found = []
    numbered = [(r, item) for r, item in NAMED if r.startswith("t/") and "pk" in item.pattern.converters]
    everybody = [("clerk", "GET POST"), ("deputy_user", "POST"), ("handler", "POST"), ("county_viewer", "GET")]
    for who, client, methods in as_each(browse, world, everybody):
        items = reached(numbered, roles_of(who, world))
        for _, item, answer in walk(client, methods, items, world, samples[1]):
            if answer.status_code not in (403, 404, 405) or MARK.encode() in answer.content:
                found.append(f"{who} {item.name}: {answer.status_code}")
    assert found == []


def test_everybody_who_sends_what_no_form_sends_is_a_walker():
    walkers = {who for group in GROUPS.values() for who, _ in group} | {"clerk", "chair", "deputy_user", "handler"}
    assert set(SENDERS) <= walkers


def test_every_address_with_a_number_has_a_sample_and_every_sample_is_one():
    missing = [
        item.name
        for route, item in NAMED
        if inside(route) and "pk" in item.pattern.converters and sample_name(item.name) is None
    ]
    assert missing == []
    names = {item.name for _, item in NAMED}
    assert [name for name in PK if not any(url == name or url.startswith(name + "-") for url in names)] == []


def test_somebody_who_is_not_logged_in_is_sent_to_log_in(world, client, samples):
    client.raise_request_exception = False
    for route, item in NAMED:
        url = address(route, item, world, samples[0])
        answer = client.get(url)
        if str(item.callback.permission).startswith(("public: ", "published: ")):
            assert faults(answer, "nobody", item.name) == []
        else:
            assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), url


def test_anybody_reads_what_is_published_and_nothing_of_the_neighbours(world, client, samples):
    client.raise_request_exception = False
    items = [(route, item) for route, item in NAMED if route.startswith(PUBLISHED)]
    pages, found = said.Pages("anybody"), []
    for _, item, answer in walk(client, ("GET", "POST"), items, world, samples[0]):
        found += faults(answer, "anybody", item.name)
        pages.note(item.name, answer)
    numbered = [(route, item) for route, item in items if "pk" in item.pattern.converters]
    for _, item, answer in walk(client, ("GET", "POST"), numbered, world, samples[1]):
        if answer.status_code not in (404, 405) or MARK.encode() in answer.content:
            found.append(f"{item.name}: {answer.status_code}")
    assert found + pages.differing() == []
