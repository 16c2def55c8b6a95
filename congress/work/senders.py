"""What carries a message out of the house: e-mail, a group's robot, a text message.

Outside goes the title and the link, never what a message says: who reads a group or a phone is not known here. A sender
returns when the other side took it, and raises NotTaken when it did not, Unanswered when nobody can say.
"""

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from congress.models import Delivery, Message
from congress.people.scrub import scrubbed

PATIENCE = 5  # seconds for each answer of a robot's server
LIMIT = 10  # seconds for all of it: one that drips its answer is not waited for
LONGEST_ANSWER = 4096
_PUBLIC_6 = ipaddress.ip_network("2000::/3")


class NotTaken(Exception):
    """The other side did not take it; `again` says whether another time it may."""

    def __init__(self, words: str, again: bool = True):
        super().__init__(words)
        self.again = again


class Unanswered(Exception):
    """It was sent, and whether it arrived is not known: sent again it might arrive twice."""


def send(row: Delivery) -> None:
    """Carry out one claimed delivery. Raises NotTaken and Unanswered."""
    _SENDERS[row.channel](row)


def line(message: Message) -> str:
    """What leaves the house: title and link, without the numbers of persons."""
    return f"{scrubbed(' '.join(message.title.split()))}\n{settings.SITE_URL}{message.url}"


# -- e-mail


def _mail(row: Delivery) -> None:
    title, _ = line(row.message).split("\n")  # a line break from an imported title would make no header
    address = row.message.recipient.email if row.message.recipient else ""
    mail = EmailMessage(subject=title, body=f"{line(row.message)}\n", to=[address], headers={"Message-ID": row.mail_id})
    try:
        if not mail.send():
            raise NotTaken("收件人没有邮箱", again=False)
    except (OSError, ValueError) as error:  # SMTPException is an OSError; ValueError: an address no mail can carry
        raise NotTaken(type(error).__name__) from error


# -- a group's robot


def problem_of(address: str) -> str:
    """What keeps an address from being a robot's, in words; empty when nothing does. Asks no name server."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "地址不完整，请从群机器人的设置中复制。"
    if parts.scheme != "https":
        return "地址应当以 https:// 开头。"
    if parts.username or parts.password or port not in (None, 443):
        return "地址里不能带用户名或者端口，请从群机器人的设置中复制。"
    host = parts.hostname or ""
    if "." not in host or not host.isascii() or _is_literal(host):
        return "地址应当是公网的域名，不能是IP地址或者本机、内网的名称。"
    return ""


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit() or host.endswith((".local", ".internal", ".localhost"))
    return True


def public_address(host: str) -> str:
    """The address of a host, every one of which has to be public: a name may point into the house. Raises NotTaken."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NotTaken("地址的域名查不到") from error
    if not found or not all(_is_public(one) for one in found):
        raise NotTaken("地址指向内网，不能发送", again=False)
    return str(min(found, key=lambda one: (":" in str(one), one)))


def _is_public(address) -> bool:
    """Whether an address is of the public net. Of IPv6 that is 2000::/3 and nothing else: what lies outside holds the house's
    own (fec0::) or leads to an address of IPv4 (64:ff9b::10.0.0.1), as some inside it do."""
    one = ipaddress.ip_address(str(address).split("%")[0])
    if not isinstance(one, ipaddress.IPv6Address):
        return one.is_global and not one.is_multicast
    inside = one.ipv4_mapped or one.sixtofour
    return _is_public(inside) if inside else one in _PUBLIC_6 and one.is_global


class _Pinned(http.client.HTTPSConnection):
    """A connection to the very address that was looked at, under the certificate of its name: the name is not asked again."""

    def __init__(self, host: str, address: str):
        super().__init__(host, 443, timeout=PATIENCE, context=ssl.create_default_context())
        self._address = address

    def connect(self):
        raw = socket.create_connection((self._address, 443), self.timeout)
        self.sock = self._context.wrap_socket(raw, server_hostname=self.host)


def signed(address: str, secret: str | None, moment: float) -> str:
    """The path and query of a robot's address, signed the way DingTalk asks for where there is a secret."""
    parts = urlsplit(address)
    query = parts.query
    if secret:
        stamp = str(round(moment * 1000))
        digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
        query += ("&" if query else "") + urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode()})
    return f"{parts.path or '/'}?{query}" if query else parts.path or "/"


def _robot(row: Delivery) -> None:
    """In the form both WeCom and DingTalk take. A redirect is an answer like any other: it is not followed."""
    if problem := problem_of(row.to.address):
        raise NotTaken(problem, again=False)
    host = urlsplit(row.to.address).hostname
    body = json.dumps({"msgtype": "text", "text": {"content": line(row.message)}}).encode()
    path = signed(row.to.address, row.to.secret, time.time())
    status, answer = _posted(_Pinned(host, public_address(host)), path, body)
    _judge(status, answer)


def _posted(connection: http.client.HTTPSConnection, path: str, body: bytes) -> tuple[int, bytes]:
    """The answer to the post. Before the words are out nothing was sent; afterwards nobody knows."""
    guard = threading.Timer(LIMIT, lambda: connection.sock and connection.sock.close())
    guard.daemon = True
    guard.start()
    try:
        try:
            connection.connect()
        except (OSError, http.client.HTTPException) as error:
            raise NotTaken("连接不上机器人的服务器") from error
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read(LONGEST_ANSWER)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Unanswered("机器人的服务器没有回答，是否送达待核实") from error
    finally:
        guard.cancel()
        connection.close()


def _judge(status: int, answer: bytes) -> None:
    if status != http.HTTPStatus.OK:
        raise NotTaken(f"机器人的服务器回答{status}")
    try:
        code = json.loads(answer).get("errcode")
    except (ValueError, AttributeError) as error:
        raise NotTaken("机器人的服务器回答不是约定的格式") from error
    if code != 0:
        raise NotTaken(f"机器人不接收（{str(code)[:20]}），请核对地址和安全设置")


# -- text messages


def _sms(row: Delivery) -> None:
    backend = settings.SMS_BACKEND
    if not backend:
        raise NotTaken("没有配置短信通道", again=False)
    import_string(backend)(row.to.address, line(row.message))


def file_sms(number: str, text: str) -> None:
    """A text message as a line of a file, for trying out and for a gateway that collects from there. Raises NotTaken."""
    path = Path(settings.SMS_FILE)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(json.dumps({"to": number, "text": text}, ensure_ascii=False) + "\n")
    except OSError as error:
        raise NotTaken(type(error).__name__) from error


_SENDERS: dict[str, Callable[[Delivery], None]] = {
    Delivery.Kind.EMAIL: _mail,
    Delivery.Kind.WEBHOOK: _robot,
    Delivery.Kind.SMS: _sms,
}
