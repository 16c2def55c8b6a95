"""How other computers and telephones reach the product: address, certificate, and what the product is told of both."""

import errno
import fcntl
import ipaddress
import json
import re
import socket
import struct
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from script.lib.datafolder import DataFolder
from script.lib.options import Options
from script.lib.paths import ROOT, VENV_PYTHON
from script.lib.ports import LOOPBACK
from script.lib.say import Stop, say

_UNFIT = 3  # of script/certificates.py: the message is for the user
_WARN_DAYS = 30
_SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of an interface
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")


@dataclass(frozen=True)
class Listening:
    """Served over TLS at `address`, `port`, under these names; `authority` is the certificate to be trusted, none when
    the server's was given; `fingerprint` and `thumbprint` are its SHA-256 and SHA-1 in hexadecimal."""

    address: str
    port: int
    hosts: tuple[str, ...]
    certificate: Path
    key: Path
    authority: Path | None = None
    fingerprint: str = ""
    thumbprint: str = ""

    @property
    def site(self) -> str:
        """The address to give to others, without a path."""
        return self._origin(self.hosts[0])

    def _origin(self, host: str) -> str:
        port = "" if self.port == 443 else f":{self.port}"
        return f"https://{in_address(host)}{port}"

    def variables(self, caller: Mapping[str, str]) -> dict[str, str]:
        """What the product must know. Names and origins are the caller's where given; that all is encrypted is not."""
        ours = {
            "ALLOWED_HOSTS": ",".join(in_address(host) for host in self.hosts),
            "CSRF_TRUSTED_ORIGINS": ",".join(self._origin(host) for host in self.hosts),
            "SITE_URL": self.site,
        }
        given = {name: caller[name] for name in ours if caller.get(name)}
        return (
            ours
            | given
            | {
                "CONGRESS_INSECURE_HTTP": "0",
                # Who comes by an authority of our own must get past a warning once; a browser told of HSTS would not let them.
                "CONGRESS_HSTS": "0" if self.authority else "1",
                "CONGRESS_AUTHORITY": str(self.authority or ""),
            }
        )

    def web_options(self) -> list[str]:
        """Options of the web server."""
        places = [part for bind in _bound(self.address) for part in ("--bind", f"{in_address(bind)}:{self.port}")]
        return [*places, "--certfile", str(self.certificate), "--keyfile", str(self.key)]


def in_address(host: str) -> str:
    """A host as it stands in a URL: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _bound(address: str) -> list[str]:
    """Where to listen: this machine is always served as well, for those who watch it."""
    reaches_itself = address == LOOPBACK or ipaddress.ip_address(address).is_unspecified
    return [address] if reaches_itself else [address, LOOPBACK]


def check_place(address: str, port: int) -> None:
    """Raise Stop when nobody can listen there: not this machine's address, a taken port, one only root may open."""
    for each in _bound(address):
        _check_one(each, port)


def _check_one(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            raise Stop(f"端口 {port} 只有 root 能用，请换一个：--port 8443") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Stop(f"端口 {port} 已被别的程序占用，请换一个：script/server --port 8001") from None
            here = "、".join(own_addresses()) or "没有"
            raise Stop(f"本机没有地址 {address}。本机现有的地址：{here}；--listen 0.0.0.0 表示全部") from None


def own_addresses() -> list[str]:
    """The IPv4 addresses of this machine other than loopback, the one towards other networks first."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                reply = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # an interface without an address
            found.append(socket.inet_ntoa(reply[20:24]))
    outward = _outward()
    return sorted({one for one in found if not one.startswith("127.")}, key=lambda one: (one != outward, one))


def _outward() -> str:
    """The address by which this machine would reach another network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def names_here(address: str) -> list[str]:
    """The addresses asked for and the names of this machine, those for other machines first."""
    asked = own_addresses() if ipaddress.ip_address(address).is_unspecified else [address]
    name = socket.gethostname().lower()
    named = [name] if _LABEL.fullmatch(name) else []
    return list(dict.fromkeys([*asked, *named, "localhost", LOOPBACK]))


def arrange(options: Options, data: DataFolder) -> Listening | None:
    """Make or check the certificate; None when only this machine is served. Raises Stop, in words, when it cannot serve."""
    if options.listen is None:
        return None
    here = names_here(options.listen)
    if options.certificate and options.key:
        told = _certificates("given", str(data.tls), str(options.certificate), str(options.key))
        named = [host for host in told["hosts"] if "*" not in host]
        hosts, authority = list(dict.fromkeys([*named, *here])), None
        say(f"使用给定的证书，有效至 {told['until']}")
        if told["days"] <= _WARN_DAYS:
            say(f"注意：证书只剩 {told['days']} 天，过期后浏览器会拒绝打开，请尽快向签发单位换领")
    else:
        told = _certificates("own", str(data.tls), *here)
        hosts, authority = here, data.tls / "authority.crt"
        if told["new"]:
            say("建立了本机自己的根证书（十年有效）；每台电脑和手机须信任一次，方法见启动后打印的网址")
    return Listening(
        address=options.listen,
        port=options.port,
        hosts=tuple(hosts),
        certificate=data.tls / "server.crt",
        key=data.tls / "server.key",
        authority=authority,
        fingerprint=told.get("fingerprint", ""),
        thumbprint=told.get("thumbprint", ""),
    )


def _certificates(*arguments: str) -> dict:
    command = [str(VENV_PYTHON), "-m", "script.certificates", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == _UNFIT:
        raise Stop(done.stderr.strip())
    if done.returncode != 0:
        raise Stop(f"证书没有准备好：\n{done.stderr.strip()}")
    return dict(json.loads(done.stdout))


def told(listening: Listening) -> str:
    """What the person at the terminal reads: where to go, and for an authority of our own how to trust it."""
    if listening.authority is None:
        return f"系统已启动，请用浏览器打开 {listening.site}/ （按 Ctrl-C 停止）"
    page = f"{listening.site}/trust/"
    code = subprocess.run(
        [str(VENV_PYTHON), "-m", "segno.cli", "--compact", page], capture_output=True, text=True
    ).stdout
    return (
        f"系统已启动，请用浏览器打开 {listening.site}/ （按 Ctrl-C 停止）\n"
        f"  第一次使用的电脑和手机，先打开 {page} 或扫下面的码，照页面安装根证书。\n"
        f"  根证书的指纹，请抄给使用的人，安装时逐段核对：\n"
        f"    SHA-256 {_grouped(listening.fingerprint)}\n"
        f"    SHA-1   {_grouped(listening.thumbprint)}\n{code}"
    )


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))
