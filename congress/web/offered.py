"""Which links a page offers: those that open to its reader, asked of the very permission the page's door asks.

Who shows a record need not know who may see the page of what it names: lists, facts and the trail ask here, and a template
that writes a link itself uses `{% link url text %}`.
"""

import re
from functools import lru_cache

from django.urls import Resolver404, resolve

from congress.permissions import Permission, Standing
from congress.web.addresses import ANY_KEY

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@lru_cache(maxsize=2048)
def _door(path: str) -> Permission | None:
    """The permission of the page at a path; None where it is no right of a place, or no page."""
    try:
        permission = getattr(resolve(path).func, "permission", None)
    except Resolver404:
        return None
    return permission if isinstance(permission, Permission) else None


def offered(standing: Standing | None, url: str) -> str:
    """An address as this reader is offered it: "" where the page would stay closed. Without a standing, as it is."""
    if not url.startswith("/") or standing is None:
        return url
    door = _door(_KEY.sub(ANY_KEY, url.partition("?")[0]))
    return url if door is None or standing.allows(door) else ""
