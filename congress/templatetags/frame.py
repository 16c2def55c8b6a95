"""What stands round every page: the navigation, the way here, and what a county's question about the page begins with."""

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.template.loader import render_to_string

from congress.web import nav
from congress.web.offered import offered

register = template.Library()


@register.simple_tag
def navigation(groups: list[dict]) -> str:
    """The entries of the navigation, as `nav.grouped` gives them."""
    groups = list(groups)  # a page finds them out where it shows them
    return _written(_Groups(_told(groups), groups))


def _told(groups: list[dict]) -> tuple:
    return tuple((one["label"], one["open"], *(tuple(each.values()) for each in one["entries"])) for one in groups)


@dataclass(frozen=True)
class _Groups:
    """The groups, which are the same where all is the same that is told of them."""

    told: tuple
    groups: list[dict] = field(compare=False)


@lru_cache(maxsize=1024)  # every page has it twice, and half of what a page is put together from were its parts
def _written(nav: _Groups) -> str:
    return render_to_string("components/nav.html", {"nav": nav.groups})


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context, items=None) -> dict:
    """The way here: the (label, url) pairs of the tag, or those the view gave as `breadcrumbs` under the first page of the
    place (`nav.way`); the last one is the page itself."""
    standing, pages = context.get("standing"), context.get("breadcrumbs") or ()
    if items is None:
        items = nav.way(standing, context["nav_entries"], pages) if standing and standing.roles else pages
    return {"items": [(label, offered(standing, url)) for label, url in items]}


@register.simple_tag(takes_context=True)
def visited(context) -> str:
    """What a county's question about the page that is shown begins with: the township, and the page."""
    request, township = context["request"], context["standing"].township
    return urlencode({"township": township.code, "page": request.path})
