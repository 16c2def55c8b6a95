"""Every address: its view declares a permission; strangers and neighbours see nothing; nothing answers 500."""

import re
import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

ROLES = "clerk chair deputy_user handler other_handler county_viewer neighbour_clerk far_viewer system security auditor".split()
STRANGERS = ("neighbour_clerk", "neighbour_handler", "far_viewer")
ADMINISTRATORS = ("system", "security", "auditor")
ID_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{17}[\dXx](?![0-9A-Fa-f-])")
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)\s*=|<style|javascript:", re.I)
OUTSIDE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I)
SCRIPT = re.compile(r"<script(?![^>]*\bnonce=)", re.I)
HARMLESS = {200, 302, 403, 404, 405, 409}


def patterns(resolver=None, prefix=""):
    for item in (resolver or get_resolver()).url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from patterns(item, path)
        elif isinstance(item, URLPattern):
            yield path, item


ALL = list(patterns())
NAMED = [(path, item) for path, item in ALL if item.name and not path.startswith("static")]


def undeclared(items) -> list[str]:
    return [path for path, item in items if not getattr(item.callback, "permission", None)]


def test_every_view_declares_a_permission():
    assert undeclared(ALL) == []


def test_a_view_without_permission_would_be_noticed():
    from django.urls import path

    bare = path("bare/", lambda request: None, name="bare")
    assert undeclared([("bare/", bare)]) == ["bare/"]


def test_public_views_are_few_and_say_why():
    public = {
        path: item.callback.permission for path, item in ALL if str(item.callback.permission).startswith("public")
    }
    assert all(len(reason) > len("public: ") for reason in public.values())
    assert set(public) <= {"healthz", "metrics", "accounts/login/", "display/", "look/"}, public


def address(path: str, item, code: str, samples: dict) -> str:
    kwargs = {}
    for name, converter in item.pattern.converters.items():
        kwargs[name] = samples.get(f"{item.name}.{name}") or samples.get(name) or default(name, converter)
    if "<str:code>" in path:
        kwargs["code"] = code
    return reverse(item.name, kwargs=kwargs)


def default(name: str, converter):
    kind = type(converter).__name__ if converter is not None else ""
    if kind == "UUIDConverter":
        return uuid.UUID(int=1)
    if kind == "IntConverter":
        return 1
    return "2022" if name == "year" else "deputies.deputy" if name == "model" else "phone"


@pytest.fixture
def samples(world) -> dict:
    """Values for the arguments of addresses."""
    return {
        "deputies-detail.pk": world.deputies[0].pk,
        "unit-edit.pk": world.unit.pk,
        "reveal.pk": world.deputies[0].pk,
    }


def faults(answer, who: str, url: str) -> list[str]:
    """What an answer shows that it must not."""
    found = []
    if answer.status_code not in HARMLESS | {503}:
        found.append(f"{who} {url}: {answer.status_code}")
    if "text/html" not in answer.get("Content-Type", ""):
        return found
    html = answer.content.decode()
    for what, pattern in (("inline code", INLINE), ("outside address", OUTSIDE), ("script without nonce", SCRIPT)):
        hit = pattern.search(html)
        if hit:
            found.append(f"{who} {url}: {what}: {hit.group(0)[:80]}")
    if ID_NUMBER.search(html):
        found.append(f"{who} {url}: an ID number")
    if answer.status_code == 200 and "Content-Security-Policy" not in answer:
        found.append(f"{who} {url}: no Content-Security-Policy")
    if answer.status_code == 200 and "no-store" not in answer.get("Cache-Control", ""):
        found.append(f"{who} {url}: may be kept by a cache")
    return found


@pytest.mark.parametrize("who", ROLES)
def test_every_address_for_every_role(world, browse, samples, who):
    client = browse(getattr(world, who))
    client.raise_request_exception = False
    found = []
    for path, item in NAMED:
        place = world.county.code if path.startswith("c/") else world.township.code
        url = address(path, item, place, samples)
        if item.name == "account_logout":
            continue
        for answer in (client.get(url), client.post(url, {})):
            found += faults(answer, who, url)
            inside = path.startswith(("t/", "c/"))
            if inside and who in (*STRANGERS, *ADMINISTRATORS) and answer.status_code != 404:
                found.append(f"{who} {url}: {answer.status_code}, not 404")
            if who not in STRANGERS and not path.startswith("administration") and b"MARK" in answer.content:
                found.append(f"{who} {url}: something of the neighbour's")
    assert found == []


def test_somebody_who_is_not_logged_in_is_sent_to_log_in(world, client, samples):
    for path, item in NAMED:
        if str(item.callback.permission).startswith("public"):
            continue
        place = world.county.code if path.startswith("c/") else world.township.code
        url = address(path, item, place, samples)
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login")), url
