"""The certificate for other machines: made once, renewed in time, and a given one that cannot serve is refused in words."""

import contextlib
import datetime
import json
import ssl
import stat
import subprocess
import sys

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from script.certificates import RENEW_DAYS, SERVER_DAYS, UNFIT, Unfit, given, names_of, own
from script.lib.paths import ROOT

NOW = datetime.datetime(2026, 11, 26, 2, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
HOSTS = ["192.168.1.20", "hall", "localhost", "127.0.0.1"]


def loaded(path):
    return x509.load_pem_x509_certificate(path.read_bytes())


def held(folder, name):
    return (folder / name).read_bytes()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "tls"
    assert own(made, HOSTS, NOW)["new"] is True
    return made


def test_the_keys_are_readable_by_their_owner_alone_and_the_certificates_by_everybody(folder):
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"authority.key": 0o600, "server.key": 0o600, "authority.crt": 0o644, "server.crt": 0o644}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def shake_hands(folder, host: str) -> None:
    """A handshake without a network: somebody who trusts the authority goes to this address. Raises ssl.SSLError."""
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    server.load_cert_chain(folder / "server.crt", folder / "server.key")
    client.load_verify_locations(folder / "authority.crt")
    to, fro = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(fro, to, server_hostname=host), server.wrap_bio(to, fro, server_side=True)]
    for end in (*ends, *ends):
        with contextlib.suppress(ssl.SSLWantReadError):
            end.do_handshake()


def test_the_server_is_trusted_by_who_trusts_the_authority_under_its_addresses_only(tmp_path):
    own(tmp_path / "tls", HOSTS, datetime.datetime.now(datetime.UTC))
    for host in HOSTS:
        shake_hands(tmp_path / "tls", host)
    for host in ("192.168.1.21", "elsewhere.example"):
        with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
            shake_hands(tmp_path / "tls", host)


def test_what_a_stolen_authority_signs_for_other_sites_is_trusted_by_nobody(tmp_path, monkeypatch):
    folder, now = tmp_path / "tls", datetime.datetime.now(datetime.UTC)
    own(folder, HOSTS, now)
    monkeypatch.setattr("script.certificates.permits", lambda authority, hosts: True)
    for host in ("bank.example", "8.8.8.8"):
        assert own(folder, [host], now)["new"] is False
        with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
            shake_hands(folder, host)


def test_another_start_changes_nothing(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = own(folder, HOSTS, NOW + DAY)
    assert again["new"] is False
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("days", "is_renewed"), [(SERVER_DAYS - RENEW_DAYS - 1, False), (SERVER_DAYS - RENEW_DAYS, True)]
)
def test_the_server_is_renewed_when_thirty_days_are_left_and_the_authority_stays(folder, days, is_renewed):
    authority, server = held(folder, "authority.crt"), held(folder, "server.crt")
    told = own(folder, HOSTS, NOW + days * DAY)
    assert told["new"] is False
    assert held(folder, "authority.crt") == authority
    assert (held(folder, "server.crt") != server) is is_renewed
    assert (told["until"] > "2027-12-28") is is_renewed


def test_the_authority_lasts_ten_years_and_the_server_never_longer(folder):
    end = loaded(folder / "authority.crt").not_valid_after_utc
    assert end.date() == datetime.date(2036, 11, 26)
    late = end - 40 * DAY
    assert own(folder, HOSTS, late)["new"] is False
    assert loaded(folder / "server.crt").not_valid_after_utc <= end
    assert own(folder, HOSTS, end - 30 * DAY)["new"] is True


def test_another_address_changes_the_server_and_one_outside_the_constraints_the_authority(folder):
    authority = held(folder, "authority.crt")
    assert own(folder, ["10.1.2.3", *HOSTS[1:]], NOW)["new"] is False
    assert held(folder, "authority.crt") == authority
    assert names_of(loaded(folder / "server.crt"))[-2:] == ["10.1.2.3", "127.0.0.1"]
    assert own(folder, ["59.255.1.2", *HOSTS[1:]], NOW)["new"] is True
    assert own(folder, ["59.255.1.2", *HOSTS[1:]], NOW)["new"] is False


def test_the_authority_may_sign_for_private_addresses_and_this_machines_names_only(folder):
    constraints = loaded(folder / "authority.crt").extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    permitted = constraints.value.permitted_subtrees
    assert {name.value for name in permitted if isinstance(name, x509.DNSName)} == {"hall", "localhost"}
    assert all(name.value.is_private for name in permitted if isinstance(name, x509.IPAddress))


@pytest.mark.parametrize("name", ["authority.key", "authority.crt", "server.key", "server.crt"])
def test_a_file_that_is_lost_or_damaged_is_made_again(folder, name):
    for broken in (b"", b"-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n"):
        (folder / name).write_bytes(broken)
        assert own(folder, HOSTS, NOW)["new"] is name.startswith("authority")
        assert loaded(folder / "server.crt").issuer == loaded(folder / "authority.crt").subject
        loaded(folder / "server.crt").verify_directly_issued_by(loaded(folder / "authority.crt"))


def written(folder, *, begins=NOW - DAY, ends=NOW + 90 * DAY, names=("hall.example",), password=None, key=None):
    """A certificate and its key as an office gets them."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "hall.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 77, begins, ends)
    if names:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False)
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    (folder / "given.crt").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "given.key").write_bytes(private)
    return folder / "given.crt", folder / "given.key"


def test_a_given_certificate_is_copied_for_the_web_server_and_says_its_names(tmp_path):
    told = given(tmp_path / "tls", *written(tmp_path), NOW)
    assert told == {"hosts": ["hall.example"], "until": "2027-02-24", "days": 90}
    assert held(tmp_path / "tls", "server.crt").strip() == held(tmp_path, "given.crt").strip()
    assert stat.S_IMODE((tmp_path / "tls/server.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends": NOW - 3600 * DAY / 86400}, r"已于 2026年11月26日过期.*换领新证书.*再启动"),
        ({"begins": NOW + 2 * DAY}, r"从 2026年11月28日起才有效.*日期"),
        ({"names": ()}, "没有写明网址或地址.*换领"),
        ({"password": b"secret"}, "设有密码.*openssl pkey"),
        ({"key": rsa.generate_private_key(65537, 1024)}, "长度不能直接用.*RSA 2048 位以上"),
    ],
    ids=["expired", "not yet valid", "no names", "locked key", "short key"],
)
def test_a_given_certificate_that_cannot_serve_is_refused_in_words(tmp_path, changed, words):
    with pytest.raises(Unfit, match=words):
        given(tmp_path / "tls", *written(tmp_path, **changed), NOW)


def test_a_key_of_another_certificate_a_missing_file_and_a_wrong_one_are_refused_in_words(tmp_path):
    certificate, key = written(tmp_path)
    (tmp_path / "other").mkdir()
    _, another = written(tmp_path / "other")
    for files, words in [
        ((certificate, another), "不是一对"),
        ((tmp_path / "none.crt", key), "没有证书文件 .*路径"),
        ((certificate, tmp_path / "none.key"), "没有私钥文件 .*路径"),
        ((key, key), "不是 PEM 格式的证书"),
        ((certificate, certificate), "不是能用的 PEM 格式私钥"),
    ]:
        with pytest.raises(Unfit, match=words):
            given(tmp_path / "tls", *files, NOW)


def test_the_command_prints_what_it_made_or_the_words_of_the_refusal(tmp_path):
    def called(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "script.certificates", *arguments], cwd=ROOT, capture_output=True, text=True
        )

    made = called("own", str(tmp_path / "tls"), *HOSTS)
    assert len(json.loads(made.stdout)["fingerprint"]) == 64
    refused = called("given", str(tmp_path / "tls"), str(tmp_path / "none"), str(tmp_path / "none"))
    assert (refused.returncode, refused.stdout) == (UNFIT, "")
    assert refused.stderr.startswith("没有证书文件")
