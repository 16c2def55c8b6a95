"""Every address: its view declares a permission; strangers and neighbours see nothing; nothing answers 500."""

import re
from datetime import date
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, path, resolve, reverse

from congress import clock
from congress.guard import scope
from congress.models import AuditEvent
from congress.permissions import active_memberships
from congress.steps import lives
from congress.web.middleware import TAKE_ALONG
from tests import cast
from tests.architecture import said
from tests.architecture.addressed import PK, argument, sample_name
from tests.architecture.samples import MARK, both, sample_pdf

pytestmark = pytest.mark.usefixtures("sampled", "one_day")

ON = date(2022, 6, 10)

STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer")
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
# Where what is forbidden elsewhere is the very purpose: (address, who) → why.
ALLOWED = {
    ("deputies-correction", "a telephone number"): "the clerk decides on the number the deputy asks for",
    ("deputies-me", "a telephone number"): "the deputy's own",
    ("reports-county", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-overdue", "something of the neighbour's"): "the county sees all its townships",
    ("reports-county-figure", "something of the neighbour's"): "the county sees all its townships",
    ("administration-users", "something of the neighbour's"): "accounts of every place, no record of any",
    ("administration-requests", "something of the neighbour's"): "accounts of every place, no record of any",
    (
        "administration-audit",
        "something of the neighbour's",
    ): "the auditor's trail of every place, without personal data",
}
ID_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{17}[\dXx](?![0-9A-Fa-f-])")
MOBILE = re.compile(r"(?<![0-9A-Fa-f-])1[3-9]\d{9}(?![0-9A-Fa-f-])")  # keys of rows hold as many digits now and then
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.I)
OUTSIDE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I)
LINK = re.compile(r"<a\s[^>]*\bhref=\"(/[^\"?#]*)")
SCRIPT = re.compile(r"<script(?![^>]*\bnonce=)", re.I)
SHOWN = (
    ("inline code", INLINE),
    ("outside address", OUTSIDE),
    ("script without nonce", SCRIPT),
    ("an ID number", ID_NUMBER),
    ("a telephone number", MOBILE),
)
HARMLESS = {200, 302, 403, 404, 405, 409, 422}
PUBLIC = {
    "healthz",
    "metrics",
    "accounts/login/",
    "accounts/code/",
    "look/",
    "offline/",
    "filling/",
    "service-worker.js",
    "trust/",
    "trust/<str:name>",
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
OF_THE_STAFF = {"elections-own-work"}  # of a polling day's workers, who are walked by `tests/elections/test_workers.py`
# What ends the session under which the walk goes.
LEAVES = ("account_logout",)


def patterns(resolver=None, prefix=""):
    """Every address of the resolver with its pattern."""
    for item in (resolver or get_resolver()).url_patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item, route)
        elif isinstance(item, URLPattern):
            yield route, item


ALL = list(patterns())
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


def cause(answer) -> str:
    """What the view raised, where it did: so that whoever reads the failure of a long walk need not walk again."""
    raised = getattr(answer, "exc_info", None)
    return f" ({raised[0].__name__}: {raised[1]})" if raised else ""


def faults(answer, who: str, name: str) -> list[str]:
    """What an answer shows that it must not."""
    found = [] if answer.status_code in HARMLESS | {503} else [f"{answer.status_code}{cause(answer)}"]
    if who not in STRANGERS and MARK.encode() in answer.content:
        found.append("something of the neighbour's")
    if "text/html" in answer.get("Content-Type", ""):
        html = answer.content.decode()
        found += [what for what, pattern in SHOWN if pattern.search(html)]
        if answer.status_code == 200 and "Content-Security-Policy" not in answer:
            found.append("no Content-Security-Policy")
        if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
            found.append("may be kept by a cache")
    return [f"{who} {name}: {what}" for what in found if (name, what) not in ALLOWED]


@cache
def led_to(url: str) -> ResolverMatch:
    """What stands at an address; every page repeats most links of the one before."""
    return resolve(url)


def shut(answer, who: str, name: str, roles) -> list[str]:
    """The links a page offers its reader though their doors do not open to one of these roles."""
    if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
        return []
    found = set()
    for url in set(LINK.findall(answer.content.decode())):
        match = led_to(url)
        permission = match.func.permission
        if not isinstance(permission, str) and not permission.roles & roles:
            found.add(f"{who} {name}: a link to {match.url_name}, which is shut")
    return sorted(found)


def test_a_link_that_is_shut_would_be_noticed(world):
    url = reverse("units", args=[world.township.code])
    answer = HttpResponse(f'<a class="btn" href="{url}?q=1">')
    assert shut(answer, "county_viewer", "documents", {"county"}) == [
        "county_viewer documents: a link to units, which is shut"
    ]
    assert shut(answer, "clerk", "documents", {"clerk"}) == []


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        ("<p>", 500, "500"),
        (f"<p>{MARK}", 200, "neighbour"),
        ('<p style="x">', 200, "inline code"),
        ('<a href="//x.example">', 200, "outside address"),
        ("<script>", 200, "nonce"),
        ("11010519491231002X", 200, "ID number"),
        ("13800138000", 200, "telephone"),
        ("<p>", 200, "Content-Security-Policy"),
        ("<p>", 200, "cache"),
    ],
)
def test_a_fault_would_be_noticed(body, status, what):
    assert [line for line in faults(HttpResponse(body, status=status), "clerk", "units") if what in line]


def test_the_key_of_a_row_is_no_telephone_number():
    assert MOBILE.findall("/5b8e3c1a-1f2e-4d3c-9a8b-13912345678a/ /5b8e3c1a-1f2e-4d3c-9a8b-a13912345678/") == []
    assert MOBILE.findall("电话13912345678。") == ["13912345678"]


@pytest.fixture(scope="module")
def sampled(django_db_setup, django_db_blocker):
    """The cast and the samples, as they would be on one day."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.frozen(ON):
        world = cast.anew()
        yield world, both(world)
        transaction.set_rollback(True)


@pytest.fixture
def one_day():
    """The day on which everybody walks."""
    with clock.frozen(ON):
        yield


def without_engine(monkeypatch) -> None:
    """Nothing is laid out on pages within the test; what papers say is put together all the same."""
    for module in ("render", "cards", "slips"):
        monkeypatch.setattr(f"congress.documents.{module}.html_to_pdf", lambda *arguments, **more: sample_pdf())


@pytest.fixture
def no_typesetting(monkeypatch):
    """Papers are composed and not typeset, which tests of their own do: a small PDF stands for each. A misnamed form field
    is an error."""
    without_engine(monkeypatch)
    monkeypatch.setattr(settings, "CRISPY_FAIL_SILENTLY", False, raising=False)


def as_each(browse, world, walkers):
    """(name, client, methods) of each, in a savepoint that is rolled back, so that the next finds everything as it was."""
    for who, methods in walkers:
        with transaction.atomic():
            client = browse(getattr(world, who))
            client.raise_request_exception = False
            yield who, client, methods.split()
            transaction.set_rollback(True)


def walk(client, methods, items, world, samples):
    """(route, pattern, answer) of every address; first everything is read, then forms as good as empty are sent."""
    for method in methods:
        for route, item in items:
            sent = SENT if method == "POST" else {}
            yield route, item, getattr(client, method.lower())(address(route, item, world, samples), sent)


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
@pytest.mark.parametrize("walkers", [("clerk", "chair"), ("deputy_user", "handler")], ids=["office", "others"])
def test_every_address_for_those_who_work_there(world, browse, samples, no_typesetting, walkers):
    """No fault anywhere; and each page opens for one of them, or the walk over closed doors would prove nothing.

    The pages of steps open where the state of the record lets them: `tests/congress/test_lives.py` opens each.
    """
    steps = {f"{life.name}-{step.key}" for life in lives().values() for step in life.steps}
    found, closed = [], {item.name for route, item in NAMED if route.startswith("t/")} - steps - OF_THE_STAFF
    for who, client, methods in as_each(browse, world, [(who, "GET POST") for who in walkers]):
        pages = said.Pages(who)
        # What the clerk opened is not opened again for the chair: the walk over the lives takes the steps of both.
        items = [each for each in WALKED if each[1].name in closed | steps] if who == "chair" else walked_by(who, world)
        roles = roles_of(who, world)
        for _, item, answer in walk(client, methods, items, world, samples[0]):
            found += faults(answer, who, item.name) + shut(answer, who, item.name, roles)
            pages.note(item.name, answer)
            if answer.status_code in (200, 302):
                closed.discard(item.name)
        found += pages.differing() if who in READERS else []
    assert found == []
    assert (closed == NOT_THE_OFFICES) if "clerk" in walkers else not (closed & NOT_THE_OFFICES), sorted(closed)


@pytest.mark.slow
@pytest.mark.parametrize("walkers", GROUPS.values(), ids=GROUPS)
def test_every_address_for_others(world, browse, samples, no_typesetting, walkers):
    """Nobody of these writes anything in the township, but what the unit's own pages note."""
    found = []
    for who, client, methods in as_each(browse, world, walkers):
        pages, before, roles = said.Pages(who), _events(world), held_by(who, world)
        for route, item, answer in walk(client, methods, walked_by(who, world), world, samples[0]):
            found += faults(answer, who, item.name) + shut(answer, who, item.name, roles)
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


def test_the_words_of_a_page_are_read_without_what_passes():
    html = "<main><h1>选区 1</h1><script>x</script><p>2026年11月26日 8:05</p><select><option>甲</option></select></main><p>外"
    assert said.words(html) == "选区 1 | 近日 时刻"


def test_a_page_that_says_something_else_would_be_noticed(monkeypatch, tmp_path):
    (tmp_path / "clerk.txt").write_text("units: 承办单位 | 水利站\n", encoding="utf-8")
    monkeypatch.setattr(said, "HERE", tmp_path)
    monkeypatch.delenv("SAID", raising=False)
    pages = said.Pages("clerk")
    for now, differ in (("水利站", 0), ("水利局", 2)):
        pages.shown["units"] = f"承办单位 | {now}"
        assert len(pages.differing()) == differ


def test_every_sample_is_called_what_is_written(samples):
    """On pages, and in the trail for good."""
    names = said.Pages("names")
    for name, row in samples[0].rows.items():
        called = f"{row} | {getattr(row, 'audit_label', '')}"
        names.shown[name] = said.without_what_passes(called)
    assert names.differing() == []
