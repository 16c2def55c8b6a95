"""An address leads where it leads when one after the other is tried, and few are tried."""

from uuid import uuid4

from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern

from congress import urls
from congress.web.by_words import FEW, by_words
from tests.architecture.test_urls import NAMED

FILLED = {"str": "xx", "slug": "xx", "int": "7", "uuid": str(uuid4())}


def view(request, **said):
    return HttpResponse()


def led_to(addresses: list, url: str) -> tuple | None:
    """The name that stands at an address, and what the address says."""
    try:
        match = URLResolver(RegexPattern(r"^/"), addresses).resolve(url)
    except Resolver404:
        return None
    return match.url_name, match.kwargs, match.route


def filled(route: str) -> str:
    """An address of this form."""
    for kind, text in FILLED.items():
        for name in ("code", "pk", "key", "kind", "name", "source", "edition"):
            route = route.replace(f"<{kind}:{name}>", text)
    return f"/{route}"


def test_every_address_of_the_product_leads_where_it_led():
    plain = urls.addresses
    for route, item in NAMED:
        url = filled(route)
        assert led_to(urls.urlpatterns, url) == led_to(plain, url), item.name
    assert led_to(urls.urlpatterns, "/nowhere/") is None


def test_what_begins_alike_stands_together_and_a_word_goes_before_any_word():
    many = [path(f"t/<str:code>/rows/{number}/", view, name=f"row-{number}") for number in range(FEW)]
    addresses = [path("t/<str:code>/rows/", include([path("<str:key>/", view, name="any")])), *many]
    (below,) = by_words(addresses)
    assert str(below.pattern) == "t/<str:code>/rows/"
    assert led_to([below], "/t/330101/rows/3/")[:2] == ("row-3", {"code": "330101"})
    assert led_to([below], "/t/330101/rows/other/")[:2] == ("any", {"code": "330101", "key": "other"})


def test_no_address_is_held_against_hundreds():
    def widest(patterns) -> int:
        return max([len(patterns), *(widest(one.url_patterns) for one in patterns if isinstance(one, URLResolver))])

    assert widest(get_resolver().url_patterns) < len(NAMED) / 4
