"""What leaves the house: title and link alone, to public addresses alone, and nobody waits for one that does not answer."""

import http.client
import json
import socket
import threading
from types import SimpleNamespace

import pytest

from congress.models import Delivery, Message
from congress.work import senders

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"


def delivery(kind, address="", secret=None, title="收到交办的代表建议：2022-001 关于修渠的建议"):
    message = Message(title=title, body="理由：张三家的事", url="/t/990101101000/suggestions/1/")
    return Delivery(channel=kind, message=message, to=None) if not address else _to(kind, message, address, secret)


def _to(kind, message, address, secret):
    row = Delivery(channel=kind, message=message)
    row.__dict__["_state"].fields_cache["to"] = SimpleNamespace(address=address, secret=secret)
    return row


class Server:
    """A robot's server that answers as it is told."""

    def __init__(self, status=200, answer=b'{"errcode":0}', refuses=None, silent=None):
        self.status, self.answer, self.refuses, self.silent = status, answer, refuses, silent
        self.sock, self.asked = None, []

    def __call__(self, host, address):
        self.host, self.address = host, address
        return self

    def connect(self):
        if self.refuses:
            raise self.refuses

    def request(self, method, path, body, headers):
        self.asked.append((method, path, json.loads(body)))

    def getresponse(self):
        if self.silent:
            raise self.silent
        return SimpleNamespace(status=self.status, read=lambda limit: self.answer)

    def close(self):
        pass


@pytest.fixture
def server(monkeypatch):
    def answering(**how):
        made = Server(**how)
        monkeypatch.setattr(senders, "_Pinned", made)
        return made

    resolves_to(monkeypatch, "93.184.216.34")
    return answering


def resolves_to(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)


def test_a_robot_is_told_title_and_link_in_the_form_it_takes(server, settings):
    robot = server()
    senders.send(delivery("webhook", ROBOT))
    [(method, path, body)] = robot.asked
    assert (method, path) == ("POST", "/cgi-bin/webhook/send?key=abc")
    assert (robot.host, robot.address) == ("qyapi.weixin.qq.com", "93.184.216.34")
    said = f"收到交办的代表建议：2022-001 关于修渠的建议\n{settings.SITE_URL}/t/990101101000/suggestions/1/"
    assert body == {"msgtype": "text", "text": {"content": said}}


def test_numbers_of_persons_do_not_leave_the_house():
    message = delivery("sms", title="请联系13912345678").message
    assert "13912345678" not in senders.line(message)


def test_a_robot_with_a_secret_is_asked_with_its_signature():
    path = senders.signed("https://oapi.dingtalk.com/robot/send?access_token=x", "SECabc", 1700000000.0)
    # HMAC-SHA256 of "1700000000000\nSECabc" under the secret, as DingTalk's page of the robot's security settings has it.
    assert path.startswith("/robot/send?access_token=x&timestamp=1700000000000&sign=")
    assert senders.signed("https://oapi.dingtalk.com/robot/send?access_token=x", "other", 1700000000.0) != path
    assert senders.signed("https://oapi.dingtalk.com/robot/send?access_token=x", None, 1.0).endswith("access_token=x")


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/send",
        "https://127.0.0.1/send",
        "https://[::1]/send",
        "https://10.1.2.3/send",
        "https://2130706433/send",
        "https://localhost/send",
        "https://db.internal/send",
        "https://user:pass@example.com/",
        "https://example.com:8443/",
        "https://example.com:x/",
        "ftp://example.com/",
        "",
    ],
)
def test_an_address_inside_the_house_or_none_is_refused_in_words(address):
    assert senders.problem_of(address)
    with pytest.raises(senders.NotTaken) as caught:
        senders.send(delivery("webhook", address or "x"))
    assert not caught.value.again


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
               "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "224.0.0.1", "fec0::1", "64:ff9b::10.0.0.1",
               "64:ff9b:1::10.0.0.1", "::127.0.0.1", "2001:0:1::1", "ff0e::1"]
)  # fmt: skip
def test_a_public_name_that_points_into_the_house_is_not_called(server, monkeypatch, inside):
    robot = server()
    resolves_to(monkeypatch, "93.184.216.34", inside)
    with pytest.raises(senders.NotTaken, match="指向内网") as caught:
        senders.send(delivery("webhook", ROBOT))
    assert not caught.value.again
    assert robot.asked == []


def test_the_connection_goes_to_the_very_address_that_was_looked_at(monkeypatch):
    called = []

    def refuse(address, timeout):
        called.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    resolves_to(monkeypatch, "93.184.216.34")
    with pytest.raises(senders.NotTaken):
        senders.send(delivery("webhook", ROBOT))
    assert called == [(("93.184.216.34", 443), senders.PATIENCE)]


@pytest.mark.parametrize(
    "how",
    [
        {"status": 302},
        {"status": 500},
        {"answer": b"<html>"},
        {"answer": b"[]"},
        {"answer": b'{"errcode": 93000}'},
        {"refuses": TimeoutError()},
    ],
)
def test_what_a_robot_does_not_take_is_tried_again(server, how):
    server(**how)
    with pytest.raises(senders.NotTaken) as caught:
        senders.send(delivery("webhook", ROBOT))
    assert caught.value.again


@pytest.mark.parametrize("silence", [TimeoutError(), ConnectionResetError(), http.client.BadStatusLine("")])
def test_a_robot_that_never_answers_leaves_it_unknown(server, silence):
    server(silent=silence)
    with pytest.raises(senders.Unanswered, match="待核实"):
        senders.send(delivery("webhook", ROBOT))


def test_an_answer_that_drips_is_cut_off(server, monkeypatch):
    monkeypatch.setattr(senders, "LIMIT", 0.05)
    robot, closed = server(), threading.Event()
    robot.sock = SimpleNamespace(close=closed.set)

    def drip():
        assert closed.wait(5)
        raise OSError("closed")

    robot.getresponse = drip
    with pytest.raises(senders.Unanswered):
        senders.send(delivery("webhook", ROBOT))


def test_a_text_message_is_a_line_of_the_file_nobody_else_reads(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE = "congress.work.senders.file_sms", str(tmp_path / "new" / "sms.jsonl")
    senders.send(delivery("sms", "13912345678"))
    path = tmp_path / "new" / "sms.jsonl"
    sent = json.loads(path.read_text(encoding="utf-8"))
    assert sent["to"] == "13912345678"
    assert "理由" not in sent["text"]
    assert path.stat().st_mode & 0o077 == 0


def test_without_a_gateway_no_text_message_is_said_to_be_sent(settings):
    settings.SMS_BACKEND = ""
    with pytest.raises(senders.NotTaken, match="没有配置") as caught:
        senders.send(delivery("sms", "13912345678"))
    assert not caught.value.again
