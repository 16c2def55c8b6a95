"""The page by which another computer or telephone comes to trust the installation."""

import datetime
import hashlib
import re

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.urls import reverse

from script.certificates import own

pytestmark = pytest.mark.django_db
FILES = ("authority.crt", "authority.cer", "address.svg")


@pytest.fixture
def authority(tmp_path, settings):
    """The certificate of an installation that serves other machines under an authority of its own."""
    own(tmp_path / "tls", ["192.168.1.20", "localhost"], datetime.datetime.now(datetime.UTC))
    settings.AUTHORITY = str(tmp_path / "tls/authority.crt")
    settings.SITE_URL = "https://192.168.1.20:8443"
    return x509.load_pem_x509_certificate((tmp_path / "tls/authority.crt").read_bytes())


def test_a_stranger_reads_what_to_do_on_every_device_and_the_fingerprint_to_compare(client, authority):
    answer = client.get(reverse("trust"))
    assert answer.status_code == 200
    html = answer.content.decode()
    for device in ("Windows", "安卓", "iPhone", "麒麟、统信"):
        assert device in html
    plain = html.replace(" ", "")
    whole = authority.public_bytes(Encoding.DER)
    assert hashlib.sha256(whole).hexdigest().upper() in plain
    assert hashlib.sha1(whole).hexdigest().upper() in plain
    assert "https://192.168.1.20:8443/trust/" in html
    for name in FILES:
        assert reverse("trust-file", kwargs={"name": name}) in html
    assert "script-src 'nonce-" in answer["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|<style", html)


def test_both_downloads_are_the_authoritys_certificate_and_nothing_of_its_key(client, authority):
    crt, cer, _ = (client.get(reverse("trust-file", kwargs={"name": name})) for name in FILES)
    assert x509.load_pem_x509_certificate(crt.content) == authority
    assert x509.load_der_x509_certificate(cer.content) == authority
    for answer, ending in ((crt, "crt"), (cer, "cer")):
        assert answer["Content-Type"] == "application/x-x509-ca-cert"
        assert answer["Content-Disposition"] == f'attachment; filename="congress-authority.{ending}"'
        assert b"PRIVATE" not in answer.content


def test_the_code_is_a_picture_without_style_or_script(client, authority, settings):
    drawn = client.get(reverse("trust-file", kwargs={"name": "address.svg"}))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"<path" in drawn.content
    assert not re.search(rb"style|script|href", drawn.content)
    settings.SITE_URL = "https://192.168.1.21:8443"
    assert client.get(reverse("trust-file", kwargs={"name": "address.svg"})).content != drawn.content


@pytest.mark.parametrize("name", ["authority.key", "server.key", "server.crt", "..%2fauthority.key", ".", "x"])
def test_no_other_file_is_handed_out(client, authority, name):
    assert client.get(f"/trust/{name}").status_code == 404


def test_without_an_authority_there_is_nothing_to_install(client, settings):
    for path in ("", "/nowhere/authority.crt"):
        settings.AUTHORITY = path
        answer = client.get(reverse("trust"))
        assert answer.status_code == 200
        assert "不需要安装证书" in answer.content.decode()
        for name in FILES:
            assert client.get(reverse("trust-file", kwargs={"name": name})).status_code == 404


def test_the_entrance_leads_there_only_where_there_is_something_to_trust(client, authority, settings):
    link = f'href="{reverse("trust")}"'
    assert link in client.get(reverse("account_login")).content.decode()
    settings.AUTHORITY = ""
    assert link not in client.get(reverse("account_login")).content.decode()
