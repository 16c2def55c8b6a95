"""Served to other machines: where, under which names, and what the product is told."""

import datetime
import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from script.lib import listening
from script.lib.datafolder import DataFolder
from script.lib.listening import Listening, arrange, check_place, names_here, own_addresses, told
from script.lib.options import parse
from script.lib.paths import ROOT
from script.lib.product import Product
from script.lib.say import Stop
from script.lib.unit import unit
from tests.ops.test_certificates import written

NOW = datetime.datetime.now(datetime.UTC)
ANYWHERE = "0.0.0.0"


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(listening, "VENV_PYTHON", Path(sys.executable))
    return DataFolder(tmp_path / "var")


def arranged(data, *words) -> Listening:
    return arrange(parse(["--listen", ANYWHERE, "--port", "8443", *words]), data)


def test_without_listen_nothing_is_arranged(data):
    assert arrange(parse([]), data) is None
    assert not data.tls.exists()


def test_an_address_of_another_machine_is_refused_with_those_of_this_one():
    with pytest.raises(Stop, match=r"本机没有地址 203\.0\.113\.9。本机现有的地址：.*--listen 0\.0\.0\.0 表示全部"):
        check_place("203.0.113.9", 8443)


def test_a_taken_port_is_refused_also_when_only_this_machine_has_it():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for address in ("127.0.0.1", ANYWHERE, *own_addresses()[:1]):
            with pytest.raises(Stop, match=r"已被别的程序占用.*--port"):
                check_place(address, taken.getsockname()[1])


def test_all_addresses_of_the_machine_are_named_or_the_one_asked_for():
    assert names_here("192.168.1.20")[0] == "192.168.1.20"
    assert names_here("192.168.1.20")[-2:] == ["localhost", "127.0.0.1"]
    assert names_here(ANYWHERE)[: len(own_addresses())] == own_addresses()
    assert not set(own_addresses()) & set(names_here("192.168.1.20"))


def test_the_web_server_gets_certificate_and_places(data, monkeypatch):
    monkeypatch.setattr(listening, "own_addresses", lambda: ["192.168.1.20"])
    made = arranged(data)
    options = made.web_options()
    assert options == [
        *("--bind", "0.0.0.0:8443"),
        *("--certfile", str(data.tls / "server.crt"), "--keyfile", str(data.tls / "server.key")),
    ]
    web = Product(data, {"CONGRESS_STATIC_ROOT": "x"}, listening=made).children(8443)[0]
    assert [part for part in web.command if part in options] == options
    one = arrange(parse(["--listen", "192.168.1.20", "--port", "8443"]), data)
    assert one.web_options()[:4] == ["--bind", "192.168.1.20:8443", "--bind", "127.0.0.1:8443"]
    six = arrange(parse(["--listen", "::1", "--port", "443"]), data)
    assert six.web_options()[:2] == ["--bind", "[::1]:443"]
    assert six.site == "https://[::1]"


def settings_under(variables: dict[str, str]) -> dict:
    """The product's settings as its processes see them."""
    names = "ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS SITE_URL SESSION_COOKIE_SECURE SESSION_COOKIE_NAME CSRF_COOKIE_SECURE"
    names += " SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_HSTS_PRELOAD AUTHORITY"
    code = f"import json; from congress import settings; print(json.dumps({{n: getattr(settings, n) for n in {names.split()!r}}}))"
    environment = os.environ | {"CONGRESS_INSECURE_HTTP": "1"} | variables
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    return json.loads(shown.stdout)


def test_the_product_accepts_these_names_only_and_sends_cookies_over_tls_only(data, monkeypatch):
    monkeypatch.setattr(listening, "names_here", lambda address: ["192.168.1.20", "fd00::2", "localhost", "127.0.0.1"])
    made = arranged(data)
    assert settings_under(made.variables({"CONGRESS_INSECURE_HTTP": "1"})) == {
        "ALLOWED_HOSTS": ["192.168.1.20", "[fd00::2]", "localhost", "127.0.0.1"],
        "CSRF_TRUSTED_ORIGINS": [
            *(
                "https://192.168.1.20:8443",
                "https://[fd00::2]:8443",
                "https://localhost:8443",
                "https://127.0.0.1:8443",
            ),
        ],
        "SITE_URL": "https://192.168.1.20:8443",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sid",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 0,
        "SECURE_HSTS_PRELOAD": False,
        "AUTHORITY": str(data.tls / "authority.crt"),
    }
    named = made.variables({"ALLOWED_HOSTS": "hall.example", "SITE_URL": "https://hall.example"})
    assert (named["ALLOWED_HOSTS"], named["SITE_URL"]) == ("hall.example", "https://hall.example")


def test_a_given_certificate_brings_its_names_and_hsts(data, tmp_path, capsys):
    certificate, key = written(
        tmp_path, begins=NOW, ends=NOW + datetime.timedelta(90), names=("hall.example", "*.b.example")
    )
    made = arranged(data, "--certificate", str(certificate), "--key", str(key))
    found = settings_under(made.variables({}))
    assert found["SITE_URL"] == "https://hall.example:8443"
    assert found["ALLOWED_HOSTS"] == ["hall.example", *names_here(ANYWHERE)]
    assert found["SECURE_HSTS_SECONDS"] == 365 * 86400
    assert found["AUTHORITY"] == ""
    assert "指纹" not in told(made)
    assert "只剩" not in capsys.readouterr().err
    certificate, key = written(tmp_path, begins=NOW, ends=NOW + datetime.timedelta(days=20, hours=12))
    arranged(data, "--certificate", str(certificate), "--key", str(key))
    assert "证书只剩 20 天" in capsys.readouterr().err


def test_an_expired_certificate_stops_the_start_and_says_what_to_do(data, tmp_path):
    past = datetime.timedelta(days=1)
    certificate, key = written(tmp_path, begins=NOW - 90 * past, ends=NOW - past)
    with pytest.raises(Stop, match=r"证书 .*given\.crt 已于 \d+年\d+月\d+日过期.*换领新证书"):
        arranged(data, "--certificate", str(certificate), "--key", str(key))


def test_the_terminal_tells_address_fingerprint_and_code(data, monkeypatch):
    monkeypatch.setattr(listening, "own_addresses", lambda: ["192.168.1.20"])
    made = arranged(data)
    shown = told(made)
    assert "https://192.168.1.20:8443/trust/" in shown
    whole = x509.load_pem_x509_certificate((data.tls / "authority.crt").read_bytes()).public_bytes(Encoding.DER)
    for digest in (hashlib.sha256(whole), hashlib.sha1(whole)):  # what telephones show, and Windows
        assert digest.hexdigest().upper() in shown.replace(" ", "")
    assert shown.count("█") > 100


def test_the_unit_file_is_printed_and_nothing_else_is_done(tmp_path):
    words = ["--data", str(tmp_path / "my data"), "--listen", ANYWHERE, "--port", "8443", "--no-demo", "--unit"]
    code = "import sys; from script.serve import main; sys.exit(main(sys.argv[1:]))"
    shown = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stderr == ""
    assert list(tmp_path.iterdir()) == []
    lines = shown.stdout.splitlines()
    start = next(line for line in lines if line.startswith("ExecStart="))
    assert start.startswith(f"ExecStart={ROOT}/script/server --data ")
    assert f'"{tmp_path}/my data" --port 8443 --listen 0.0.0.0 --no-demo' in start
    assert f"WorkingDirectory={ROOT}" in lines
    assert {"[Unit]", "[Service]", "[Install]", "Restart=on-failure", "NoNewPrivileges=yes"} <= set(lines)


def test_a_users_service_may_write_to_its_folders_only_and_open_a_low_port_only_when_asked(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    lines = unit(parse(["--data", "/srv/50% $x", "--listen", ANYWHERE, "--port", "443"])).splitlines()
    assert {"User=nobody", "ProtectSystem=strict", "ProtectHome=read-only"} <= set(lines)
    assert [line for line in lines if line.startswith("ReadWritePaths=")] == [
        f"ReadWritePaths={ROOT}",
        'ReadWritePaths="/srv/50%% $x"',
    ]
    assert '--data "/srv/50%% $$x" --port 443' in "".join(lines)
    assert {"CapabilityBoundingSet=CAP_NET_BIND_SERVICE", "AmbientCapabilities=CAP_NET_BIND_SERVICE"} <= set(lines)
    assert "CapabilityBoundingSet=" in unit(parse(["--listen", ANYWHERE, "--port", "8443"])).splitlines()
