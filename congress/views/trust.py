"""How another computer or telephone comes to trust this installation: its authority's certificate, and what to do with it."""

import hashlib
import io
from pathlib import Path

import segno
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from congress.web.pages import open_view, page

_REASON = "还没有信任证书的人要先看到，才能登录；证书本来就是给所有人的，不含业务数据"
_CERTIFICATE = "application/x-x509-ca-cert"
_ENCODINGS = {"authority.crt": Encoding.PEM, "authority.cer": Encoding.DER}
_ADDRESS = "address.svg"


def _authority() -> x509.Certificate | None:
    """The authority of this installation; none when the certificate was given or only this machine is served."""
    path = Path(settings.AUTHORITY)
    return x509.load_pem_x509_certificate(path.read_bytes()) if settings.AUTHORITY and path.is_file() else None


def _page_address() -> str:
    return settings.SITE_URL.rstrip("/") + reverse("trust")


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4)).upper()


@open_view(_REASON)
@never_cache
def trust(request):
    """What to do on which device, the certificate to install, and the fingerprint to compare first."""
    authority = _authority()
    if authority is None:
        return page(request, "congress/trust.html")
    whole = authority.public_bytes(Encoding.DER)
    context = {
        "address": _page_address(),
        "fingerprint": _grouped(hashlib.sha256(whole).hexdigest()),
        # What Windows shows; to compare, nothing rests on it.
        "thumbprint": _grouped(hashlib.sha1(whole, usedforsecurity=False).hexdigest()),
        "until": authority.not_valid_after_utc.date(),
    }
    return page(request, "congress/trust.html", context)


@open_view(_REASON)
def trust_file(request, name):
    """The authority's certificate as .crt (PEM) or .cer (DER), and the code that leads a telephone to the page."""
    authority = _authority()
    if authority is None or name not in {*_ENCODINGS, _ADDRESS}:
        raise Http404
    if name == _ADDRESS:
        drawn = io.BytesIO()
        segno.make(_page_address(), error="m").save(drawn, kind="svg", scale=6, light="white")
        return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    answer = HttpResponse(authority.public_bytes(_ENCODINGS[name]), content_type=_CERTIFICATE)
    answer["Content-Disposition"] = f'attachment; filename="congress-{name}"'
    return answer
