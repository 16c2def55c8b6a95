"""The file of a backup: pieces sealed one by one, so that nothing is held whole in memory or lies in the clear on a disk.

File = MAGIC | length of the wrapped key (2 bytes) | wrapped key | records. Record = kind (1 byte) | length (4 bytes) |
SM4-GCM token. The first record is the manifest, then pieces of the dump, at last an empty end. Number and kind of a
record are authenticated with it, and each file has a key of its own: a file that was cut, reordered, mixed with another
or changed in one bit does not open.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from congress.backups.fault import Fault
from congress.crypto import sm4gcm
from congress.crypto.providers import KeyUnavailable, provider

MAGIC = b"CONGRESS BACKUP 1\n"
PIECE = 1024 * 1024  # bytes of the dump in a record
MANIFEST, DUMP, END = b"m", b"d", b"e"
_LONGEST = 64 * PIECE  # a length that was changed must not ask for all the memory there is
_KEY_ID = b"file"


def _place(number: int, kind: bytes) -> bytes:
    return b"congress/backup\0" + number.to_bytes(8) + kind


class Sealer:
    """Writes a backup into an open file; `digest` is the SHA-256 over what was written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._number = file, 0
        self.digest = hashlib.sha256()
        self._key = sm4gcm.new_key()
        wrapped = provider().wrap_backup(self._key)
        self._raw(MAGIC + len(wrapped).to_bytes(2) + wrapped)

    def write(self, kind: bytes, piece: bytes) -> None:
        """Seal one piece and add it to the file. Raises OSError when the disk is full."""
        token = sm4gcm.seal(self._key, piece, aad=_place(self._number, kind), key_id=_KEY_ID)
        self._raw(kind + len(token).to_bytes(4) + token)
        self._number += 1

    def _raw(self, data: bytes) -> None:
        self.digest.update(data)
        self._file.write(data)


def pieces(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """(kind, piece) of every record, each authenticated before it is given out; the end is reached only by a whole file.

    Raises Fault for anything that is not exactly what `Sealer` wrote, and when the key is missing or another.
    """
    key = _file_key(file)
    number, kind = 0, b""
    while kind != END:
        kind = _exactly(file, 1, number)
        token = _exactly(file, int.from_bytes(_exactly(file, 4, number)), number)
        try:
            piece = sm4gcm.unseal(key, token, aad=_place(number, kind))
        except sm4gcm.Tampered:
            raise Fault(f"备份文件已损坏或被改动（第{number + 1}段），不能使用。") from None
        yield kind, piece
        number += 1
    if file.read(1):
        raise Fault("备份文件末尾多出了内容，不能使用。")


def _file_key(file: BinaryIO) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise Fault("这不是本系统的备份文件，或者文件开头已损坏。")
    wrapped = _exactly(file, int.from_bytes(_exactly(file, 2, 0)), 0)
    try:
        return provider().unwrap_backup(wrapped)
    except KeyUnavailable as error:
        raise Fault(f"没有打开这份备份的密钥：{error}。请把当时另存的密钥文件放回密钥目录。") from None
    except sm4gcm.Tampered:
        raise Fault("备份密钥不对，或者备份文件开头已损坏：请确认密钥目录里是做这份备份时的密钥文件。") from None


def _exactly(file: BinaryIO, length: int, number: int) -> bytes:
    data = file.read(length) if length <= _LONGEST else b""
    if len(data) != length:
        raise Fault(f"备份文件不完整（在第{number + 1}段中断）：可能没有拷贝完，或者磁盘已损坏，不能使用。")
    return data
