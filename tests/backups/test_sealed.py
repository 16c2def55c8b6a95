"""The file of a backup opens only as it was written: whole, in order, under its own key."""

import io
from io import StringIO

import pytest
from django.core.management import call_command

from congress.backups.fault import Fault
from congress.backups.sealed import DUMP, END, MAGIC, MANIFEST, Sealer, pieces
from congress.crypto.providers import provider

WRITTEN = [(MANIFEST, b"{}"), (DUMP, b"A" * 50), (DUMP, b"B" * 50), (END, b"")]


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    """A key folder of the test's own."""
    settings.CONGRESS_KEYS_DIR = str(tmp_path / "keys")
    call_command("make_keys", stdout=StringIO())
    return tmp_path / "keys"


def sealed() -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file)
    for kind, piece in WRITTEN:
        sealer.write(kind, piece)
    return file.getvalue()


def opened(data: bytes) -> list[tuple[bytes, bytes]]:
    return list(pieces(io.BytesIO(data)))


def records(data: bytes) -> tuple[bytes, list[bytes]]:
    """The beginning, and each record as it stands in the file."""
    at = len(MAGIC)
    at += 2 + int.from_bytes(data[at : at + 2])
    head, found = data[:at], []
    while at < len(data):
        end = at + 5 + int.from_bytes(data[at + 1 : at + 5])
        found.append(data[at:end])
        at = end
    return head, found


def test_what_was_written_is_read_and_cannot_be_seen_in_the_file():
    data = sealed()
    assert opened(data) == WRITTEN
    assert b"AAAA" not in data
    assert len({sealed(), sealed()}) == 2


def test_a_file_cut_anywhere_does_not_open():
    data = sealed()
    for length in range(len(data)):
        with pytest.raises(Fault, match=r"备份文件|备份密钥"):
            opened(data[:length])


def test_a_cut_between_two_records_says_that_the_file_is_not_whole():
    head, found = records(sealed())
    with pytest.raises(Fault, match=r"不完整（在第4段中断）.*没有拷贝完"):
        opened(head + b"".join(found[:3]))


def test_one_changed_byte_anywhere_does_not_open():
    data = sealed()
    for at in range(len(data)):
        with pytest.raises(Fault):
            opened(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_records_in_another_order_left_out_or_from_another_backup_do_not_open():
    head, (manifest, first, second, end) = records(sealed())
    _, (_, foreign, _, _) = records(sealed())
    for wrong in ([manifest, second, first, end], [manifest, second, end], [manifest, foreign, second, end]):
        with pytest.raises(Fault, match="已损坏或被改动"):
            opened(head + b"".join(wrong))


def test_what_is_added_behind_the_end_is_noticed():
    with pytest.raises(Fault, match="多出了内容"):
        opened(sealed() + b"x")


def test_a_backup_opens_under_the_key_it_was_made_with_though_a_newer_one_came(keys):
    data = sealed()
    call_command("make_keys", rotate="backup", stdout=StringIO())
    provider.cache_clear()
    assert opened(data) == WRITTEN
    assert b"backup-2" in sealed()


def test_a_lost_key_and_another_key_are_told_apart(keys):
    data = sealed()
    (keys / "backup-1.key").unlink()
    provider.cache_clear()
    with pytest.raises(Fault, match=r"没有打开这份备份的密钥.*backup-1\.key"):
        opened(data)
    call_command("make_keys", stdout=StringIO())
    provider.cache_clear()
    with pytest.raises(Fault, match="备份密钥不对"):
        opened(data)
