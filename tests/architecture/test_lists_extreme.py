"""Whatever an address asks of a list, whoever asks: it is answered, and where it shows nothing it says so."""

import itertools
from urllib.parse import quote

import pytest

from tests.architecture.listed import WITHOUT_FRAME, lists_of_the_program, routes
from tests.architecture.test_urls import address, roles_of

pytestmark = pytest.mark.usefixtures("sampled")

READERS = ("clerk", "chair", "deputy_user", "handler", "county_viewer", "system", "security", "auditor")
BY_TURNS = ("chair", "clerk")  # see the same lists
OF_EVERY_LIST = ("q", "sort", "page", "from", "until", "ticked", "columns", "density", "list")
# As they stand in an address: `{}` is the parameter itself, which so comes twice.
EXTREME = (
    "0",
    "-1",
    "1" + "0" * 30,
    "99999-12-31",
    "9999-12-31",
    "0001-01-01",
    "%00",
    "%ED%A0%80",  # half of a pair of surrogates
    "%FF%FE",
    quote("路" * 5000),
    "1&{}=2",
    "(((",
    "NaN",
    "1e400",
    "--",
    "%25_%5C",
    "after:1" + "0" * 30,
    "before:%00",
    "%C2%B2",
)


def opens(item, roles: set[str]) -> bool:
    permission = item.callback.permission
    return not isinstance(permission, str) and bool(permission.roles & roles)


def filters_of(client, url: str) -> list[str]:
    """What a list is narrowed by, where it is one for this reader."""
    answer = client.get(url, headers=WITHOUT_FRAME)
    listing = answer.context.get("listing") if answer.status_code == 200 else None
    return [each.param for each in listing.filters] if listing else []


def test_no_list_falls_over_what_an_address_asks(world, browse, samples):
    """One address for each list and reader, in which every parameter has another of the values, by turns."""
    found, seen, filters, turn = [], set(), {}, itertools.cycle(EXTREME)
    for who in READERS:
        client, roles = browse(getattr(world, who)), roles_of(who, world)
        client.raise_request_exception = False
        for place, name in enumerate(sorted(lists_of_the_program())):
            if who == BY_TURNS[place % 2]:
                continue
            route, item = routes()[name]
            url = address(route, item, world, samples[0])
            if not opens(item, roles):
                continue
            if name not in filters:
                filters[name] = filters_of(client, url)
            asked = [*OF_EVERY_LIST, *filters[name]]
            said = "&".join(f"{one}={next(turn).format(one)}" for one in asked)
            next(turn)  # or a list of as many parameters as there are values would meet the same again
            answer = client.get(f"{url}?{said}", headers=WITHOUT_FRAME)
            seen |= {name} if answer.status_code == 200 else set()
            if answer.status_code not in (200, 404):  # a list within a record that this reader may not see
                found.append(f"{name} {who} {said[:200]}: {answer.status_code}")
            elif (
                answer.status_code == 200
                and not answer.context.get("lines")
                and 'class="empty' not in answer.content.decode()
            ):
                found.append(f"{name} {who} {said[:200]}: nothing, and no word of it")
    assert found == []
    assert seen == set(lists_of_the_program())
