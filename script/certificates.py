"""The certificate the product serves under, for `script/server --listen`: one that was given, or one by an authority of
this installation's own. Runs in the product's environment: `python -m script.certificates own|given FOLDER …` prints JSON,
or says in plain words why not and ends with 3.
"""

import contextlib
import datetime
import hashlib
import ipaddress
import json
import re
import ssl
import sys
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from script.lib.secretfiles import private_folder, write_private

AUTHORITY_DAYS = 3653  # ten years: it has to be installed by hand on every telephone
SERVER_DAYS = 397  # browsers take no longer ones
RENEW_DAYS = 30
UNFIT = 3  # the exit code when the message is for the user
_DAY = datetime.timedelta(days=1)
# A stolen key of the authority must not be good for the rest of the world's sites.
_PRIVATE = [
    ipaddress.ip_network(text)
    for text in "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8 169.254.0.0/16 fc00::/7 fe80::/10 ::1/128".split()
]
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


class Unfit(Exception):
    """The certificate cannot serve; the message says why and what to do."""


class Folder:
    """The files of one installation's certificates; the keys readable by their owner alone."""

    def __init__(self, root: Path):
        self.root = private_folder(root)
        self.authority, self.authority_key = root / "authority.crt", root / "authority.key"
        self.server, self.server_key = root / "server.crt", root / "server.key"

    def keep(self, certificate: Path, key: Path, chain: bytes, private: bytes) -> None:
        """Write a pair, the key first: an interrupted start leaves a pair that does not match and is made again."""
        write_private(key, private.decode("ascii"))
        fresh = certificate.with_name(certificate.name + ".new")
        fresh.write_bytes(chain)
        fresh.chmod(0o644)
        fresh.replace(certificate)


def own(root: Path, hosts: list[str], now: datetime.datetime) -> dict[str, object]:
    """Make the authority and the server's certificate for these addresses and names where there is none that is fit, or
    it runs out within thirty days. Returns whether the authority is new, its
    fingerprint (SHA-256), its thumbprint (SHA-1, which is all that Windows shows) and the certificate's last day."""
    folder = Folder(root)
    authority = _pair(folder.authority, folder.authority_key)
    is_new = authority is None or not _lasts(authority[0], now) or not permits(authority[0], hosts)
    if authority is None or is_new:
        authority = _make_authority(folder, hosts, now)
    server = _pair(folder.server, folder.server_key)
    if (
        server is None
        or not _lasts(server[0], now)
        or set(names_of(server[0])) != set(hosts)
        or not _signed(server[0], authority[0])
    ):
        server = _make_server(folder, authority, hosts, now)
    whole = authority[0].public_bytes(serialization.Encoding.DER)
    return {
        "new": is_new,
        "fingerprint": hashlib.sha256(whole).hexdigest().upper(),
        "thumbprint": hashlib.sha1(whole, usedforsecurity=False).hexdigest().upper(),
        "until": _local(server[0].not_valid_after_utc).isoformat(),
    }


def given(root: Path, certificate: Path, key: Path, now: datetime.datetime) -> dict[str, object]:
    """Check a certificate and its key and keep a copy the web server can read. Returns the names it is made out for, its
    last day and how many are left. Raises Unfit: unreadable, not a pair, out of date, without names, of a kind the web
    server cannot use."""
    chain, private = _read(certificate, "证书文件"), _read(key, "私钥文件")
    first = _first(chain, certificate)
    key_bytes = _key(private, key)
    try:
        is_pair = serialization.load_pem_private_key(key_bytes, None).public_key() == first.public_key()
    except (UnsupportedAlgorithm, ValueError) as error:
        raise Unfit(_unusable(certificate)) from error
    if not is_pair:
        raise Unfit(f"私钥 {key} 和证书 {certificate} 不是一对：请把签发证书时生成的那个私钥写在 --key 后面")
    _in_time(first, certificate, now)
    names = names_of(first)
    if not names:
        raise Unfit(f"证书 {certificate} 没有写明网址或地址（使用者备用名称），浏览器不接受：请向签发单位换领")
    folder = Folder(root)
    folder.keep(folder.server, folder.server_key, b"\n".join(_PEM.findall(chain)) + b"\n", key_bytes)
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(folder.server, folder.server_key)
    except ssl.SSLError as error:
        raise Unfit(_unusable(certificate)) from error
    left = (first.not_valid_after_utc - now).days
    return {"hosts": names, "until": _local(first.not_valid_after_utc).isoformat(), "days": left}


def _unusable(certificate: Path) -> str:
    return (
        f"证书 {certificate} 的算法（如国密 SM2）或长度不能直接用：请换用 RSA 2048 位以上或 ECDSA 证书，"
        "或者在前面用支持它的网关，见 docker-compose.yml"
    )


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unfit(f"没有{what} {path}：请检查路径") from error
    except OSError as error:
        raise Unfit(f"读不到{what} {path}：它要是一个文件，并允许启动系统的用户读取") from error


def _first(chain: bytes, path: Path) -> x509.Certificate:
    found = _PEM.search(chain)
    if not found:
        raise Unfit(f"{path} 不是 PEM 格式的证书：文件里要有 -----BEGIN CERTIFICATE----- 一行")
    try:
        return x509.load_pem_x509_certificate(found[0])
    except ValueError as error:
        raise Unfit(f"证书 {path} 已损坏，不能读取：请重新复制一份") from error


def _key(private: bytes, path: Path) -> bytes:
    """The key without a word round it. Raises Unfit when it is locked by a password or none."""
    try:
        key = serialization.load_pem_private_key(private, None)
    except TypeError as error:
        raise Unfit(
            f"私钥 {path} 设有密码，系统启动时无人输入：请先另存一份不带密码的，"
            f"openssl pkey -in {path} -out 新文件，再写在 --key 后面"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Unfit(f"{path} 不是能用的 PEM 格式私钥：请检查是否写错了文件") from error
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _in_time(certificate: x509.Certificate, path: Path, now: datetime.datetime) -> None:
    if certificate.not_valid_after_utc <= now:
        raise Unfit(
            f"证书 {path} 已于 {_day(certificate.not_valid_after_utc)}过期，浏览器会拒绝打开：请向签发单位换领新证书，"
            "再启动一次；也可以去掉 --certificate 和 --key，改用本机自己的根证书"
        )
    if certificate.not_valid_before_utc > now:
        raise Unfit(
            f"证书 {path} 从 {_day(certificate.not_valid_before_utc)}起才有效：请等到那一天，或检查本机的日期是否正确"
        )


def _local(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(datetime.timezone(datetime.timedelta(hours=8))).date()


def _day(moment: datetime.datetime) -> str:
    day = _local(moment)
    return f"{day.year}年{day.month}月{day.day}日"


def names_of(certificate: x509.Certificate) -> list[str]:
    """The names and addresses a certificate is made out for."""
    with contextlib.suppress(x509.ExtensionNotFound):
        held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return [
            *held.get_values_for_type(x509.DNSName),
            *(str(address) for address in held.get_values_for_type(x509.IPAddress)),
        ]
    return []


def permits(authority: x509.Certificate, hosts: Iterable[str]) -> bool:
    """Whether the authority may sign for all of these addresses and names."""
    try:
        permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    except x509.ExtensionNotFound:
        return False
    networks = [name.value for name in permitted if isinstance(name, x509.IPAddress)]
    names = [name.value for name in permitted if isinstance(name, x509.DNSName)]
    addresses, wanted = _sorted(hosts)
    return set(wanted) <= set(names) and all(_within(address, networks) for address in addresses)


def _sorted(hosts: Iterable[str]) -> tuple[list[_Address], list[str]]:
    """Addresses, and names."""
    addresses: list[_Address] = []
    names = []
    for host in hosts:
        try:
            addresses.append(ipaddress.ip_address(host))
        except ValueError:
            names.append(host)
    return addresses, names


def _within(address: _Address, networks: Iterable[object]) -> bool:
    fitting = ipaddress.IPv4Network if address.version == 4 else ipaddress.IPv6Network
    return any(isinstance(network, fitting) and address in network for network in networks)


def _pair(certificate: Path, key: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None:
    """A pair we made, none when a file is missing, damaged or of another pair."""
    try:
        held = x509.load_pem_x509_certificate(certificate.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.public_key() != held.public_key():
        return None
    return held, private


def _lasts(certificate: x509.Certificate, now: datetime.datetime) -> bool:
    return certificate.not_valid_before_utc <= now and certificate.not_valid_after_utc > now + RENEW_DAYS * _DAY


def _signed(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _make_authority(
    folder: Folder, hosts: list[str], now: datetime.datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"乡镇人大工作平台根证书 {_local(now).isoformat()}")
    addresses, names = _sorted(hosts)
    outside = [ipaddress.ip_network(address) for address in addresses if not _within(address, _PRIVATE)]
    permitted = [*(x509.IPAddress(net) for net in [*_PRIVATE, *outside]), *(x509.DNSName(text) for text in names)]
    usage = _usage(sign=False, certificates=True)
    made = (
        _begun(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.keep(folder.authority, folder.authority_key, _pem(made), _private(key))
    return made, key


def _make_server(
    folder: Folder,
    authority: tuple[x509.Certificate, ec.EllipticCurvePrivateKey],
    hosts: list[str],
    now: datetime.datetime,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate, authority_key = authority
    key = ec.generate_private_key(ec.SECP256R1())
    addresses, names = _sorted(hosts)
    alternatives = [*(x509.DNSName(text) for text in names), *(x509.IPAddress(address) for address in addresses)]
    days = min(SERVER_DAYS, (certificate.not_valid_after_utc - now).days)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    made = (
        _begun(_named("乡镇人大工作平台"), certificate.subject, key.public_key(), now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True, certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    folder.keep(folder.server, folder.server_key, _pem(made), _private(key))
    return made, key


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime.datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)  # telephones whose clock is behind
        .not_valid_after(now + days * _DAY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, sign: bool, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        key_cert_sign=certificates,
        crl_sign=certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def main(arguments: list[str]) -> int:
    """`own FOLDER HOST…` or `given FOLDER CERTIFICATE KEY`."""
    kind, folder, *rest = arguments
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    try:
        if kind == "own":
            print(json.dumps(own(Path(folder), rest, now)))
        else:
            print(json.dumps(given(Path(folder), Path(rest[0]), Path(rest[1]), now)))
    except Unfit as reason:
        print(reason, file=sys.stderr)
        return UNFIT
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
