"""Who is at the door: the address somebody comes from and the name he gives, each in the one form that is counted.

django-axes, django-allauth and the metrics page ask here and nowhere else (`settings`, `accounts.AccountAdapter`).
"""

import ipaddress

from django.conf import settings

from congress.crypto.providers import provider
from congress.models.people import login_name

THIS_MACHINE = "127.0.0.1"


def client_address(request) -> str:
    """The address the outermost trusted proxy saw; without proxies, or when they sent none, whoever is connected.

    Only the last `PROXY_COUNT` entries of X-Forwarded-For were written by proxies of ours; everything to the left of
    them is whatever the client liked to send.
    """
    # A socket in the file system has no address; that of a neighbour on the wire names the wire as well.
    connected = (request.META.get("REMOTE_ADDR") or THIS_MACHINE).partition("%")[0]
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not settings.PROXY_COUNT or len(forwarded) < settings.PROXY_COUNT:
        return connected
    try:
        return str(ipaddress.ip_address(forwarded[-settings.PROXY_COUNT]))
    except ValueError:
        return connected


def counted_address(request) -> str:
    """Whoever is counted as one: an address, of IPv6 the network one house is given, told by its first address. With an address
    of its own for each try nobody would ever be counted."""
    address = ipaddress.ip_address(client_address(request))
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((int(address), 64), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def name_index(typed: str) -> str:
    """A login name as it stands in technical tables and in the trail: 32 hexadecimal digits that lead back to no name.

    People type identity numbers and passwords into that field.
    """
    return provider().blind_digests(b"congress/login-name\0" + login_name(typed).encode())[0].hex()[:32]


def counted_name(request, credentials: dict | None = None) -> str:
    """The name wrong passwords are counted under, for axes."""
    return name_index((credentials or {}).get("username") or request.POST.get("login", ""))
