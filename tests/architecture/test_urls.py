"""Every address: its view declares a permission; strangers and neighbours see nothing; nothing answers 500."""

import re

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse

from tests.architecture.samples import MARK, PHONE, PK, argument, both, sample_name

ROLES = (
    "clerk chair deputy_user handler other_handler county_viewer neighbour_clerk neighbour_handler far_viewer"
    " system security auditor"
).split()
STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer")
ADMINISTRATORS = ("system", "security", "auditor")
ID_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{17}[\dXx](?![0-9A-Fa-f-])")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.I)
OUTSIDE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I)
SCRIPT = re.compile(r"<script(?![^>]*\bnonce=)", re.I)
SHOWN = (
    ("inline code", INLINE),
    ("outside address", OUTSIDE),
    ("script without nonce", SCRIPT),
    ("an ID number", ID_NUMBER),
)
HARMLESS = {200, 302, 403, 404, 405, 409}
PUBLIC = {"healthz", "metrics", "accounts/login/", "look/", "law/<str:source>/<str:edition>/<int:article>/"}
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
WALKED = [(route, item) for route, item in NAMED if item.name not in LEAVES]


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


def test_every_address_has_a_name_of_its_own():
    names = [item.name for _, item in ALL]
    assert None not in names
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.fixture
def samples(world):
    """Rows for the arguments of addresses, and those of the neighbour."""
    return both(world)


def address(route: str, item, world, samples) -> str:
    """An address with the samples' numbers in it."""
    converters = item.pattern.converters
    kwargs = {name: argument(item.name, name, samples, world) for name in converters if name != "code"}
    if "<str:code>" in route:
        kwargs["code"] = world.county.code if route.startswith("c/") else world.township.code
    return reverse(item.name, kwargs=kwargs)


def faults(answer, who: str, url: str) -> list[str]:
    """What an answer shows that it must not."""
    where = f"{who} {answer.request['REQUEST_METHOD'] if hasattr(answer, 'request') else ''} {url}"
    found = [] if answer.status_code in HARMLESS | {503} else [f"{where}: {answer.status_code}"]
    if who not in STRANGERS and MARK.encode() in answer.content:
        found.append(f"{where}: something of the neighbour's")
    if "text/html" not in answer.get("Content-Type", ""):
        return found
    html = answer.content.decode()
    for what, pattern in SHOWN:
        hit = pattern.search(html)
        if hit:
            found.append(f"{where}: {what}: {hit.group(0)[:80]}")
    if PHONE in html or MOBILE.search(html):
        found.append(f"{where}: a telephone number")
    if answer.status_code == 200 and "Content-Security-Policy" not in answer:
        found.append(f"{where}: no Content-Security-Policy")
    if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
        found.append(f"{where}: may be kept by a cache")
    return found


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        ("<p>", 500, "500"),
        (f"<p>{MARK}", 200, "neighbour"),
        ('<p style="x">', 200, "inline"),
        ('<a href="//x.example">', 200, "outside"),
        ("<script>", 200, "nonce"),
        ("11010519491231002X", 200, "ID number"),
        ("13800138000", 200, "telephone"),
        ("<p>", 200, "Content-Security-Policy"),
        ("<p>", 200, "cache"),
    ],
)
def test_a_fault_would_be_noticed(body, status, what):
    assert [line for line in faults(HttpResponse(body, status=status), "clerk", "/x/") if what in line]


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_every_address_for_every_role(world, browse, samples, who):
    client = browse(getattr(world, who))
    client.raise_request_exception = False
    found = []
    for route, item in WALKED:
        url = address(route, item, world, samples[0])
        for answer in (client.get(url), client.post(url, {})):
            found += faults(answer, who, url)
            if inside(route) and who in (*STRANGERS, *ADMINISTRATORS) and answer.status_code != 404:
                found.append(f"{who} {url}: {answer.status_code}, not 404")
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("who", ["clerk", "chair", "deputy_user", "handler", "county_viewer"])
def test_no_row_of_the_neighbour_opens_under_our_own_address(world, browse, samples, who):
    client = browse(getattr(world, who))
    client.raise_request_exception = False
    found = []
    for route, item in NAMED:
        if not route.startswith("t/") or "pk" not in item.pattern.converters or item.name == "attachment":
            continue
        url = address(route, item, world, samples[1])
        for answer in (client.get(url), client.post(url, {})):
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


def test_the_samples_open_for_whoever_they_concern(world, browse, samples):
    """The walk would prove nothing if every page answered 404: the clerk and the chair must see nearly all of them."""
    refused = []
    for route, item in NAMED:
        if not route.startswith("t/"):
            continue
        url = address(route, item, world, samples[0])
        codes = {
            browse(getattr(world, who)).get(url).status_code for who in ("clerk", "chair", "deputy_user", "handler")
        }
        if not codes & {200, 302, 405}:
            refused.append(f"{item.name}: {sorted(codes)}")
    assert refused == []


def test_somebody_who_is_not_logged_in_is_sent_to_log_in(world, client, samples):
    for route, item in NAMED:
        if str(item.callback.permission).startswith("public"):
            continue
        url = address(route, item, world, samples[0])
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), url
