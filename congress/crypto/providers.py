"""Where the keys above the data keys live: an interface, and the provider that reads key files.

Four kinds of key, each in numbered versions: `kek` wraps data keys (a key for each township is derived from it), `index`
makes blind indexes, `anchor` seals the heads of the audit chains, `backup` wraps the key of each backup. None of them is
ever in the database or its backups.
An office that must use a certified cryptographic device (GM/T 0018, GB/T 37092) writes a provider for it and names its
dotted path in CONGRESS_KEY_PROVIDER; nothing else changes.
"""

import os
import re
import stat
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from congress.crypto import sm3, sm4gcm

KEK, INDEX, ANCHOR, BACKUP = KINDS = ("kek", "index", "anchor", "backup")
MASTER_BYTES = 32
_BACKUP_AAD = b"congress/backup-key\0"
_FILE_NAME = re.compile(rf"^(?P<id>(?P<kind>{'|'.join(KINDS)})-(?P<version>[1-9]\d{{0,3}}))\.key$")


class KeyUnavailable(Exception):
    """A key that is needed is missing or unreadable; the message names the key, never its content."""


class KeyFileRefused(KeyUnavailable):
    """A key file is not safe to use: others may read it, or its content is not a key."""


class KeyProvider(ABC):
    """What the application asks of the place that holds the keys. New work uses the newest version, old ones still open."""

    @abstractmethod
    def current(self, kind: str) -> str:
        """Id of the newest key of a kind (one of KINDS). Raises KeyUnavailable when there is none."""

    @abstractmethod
    def wrap(self, key: bytes, *, township: str, aad: bytes) -> bytes:
        """Encrypt a data key under the township's key of the newest kek; `sm4gcm.key_id_of` tells which that was."""

    def wrap_many(self, pairs: Sequence[tuple[bytes, bytes]], *, township: str) -> list[bytes]:
        """The same for many keys of one township, each with its aad."""
        return [self.wrap(key, township=township, aad=aad) for key, aad in pairs]

    @abstractmethod
    def unwrap(self, wrapped: bytes, *, township: str, aad: bytes) -> bytes:
        """The data key again. Raises sm4gcm.Tampered for another township or aad, KeyUnavailable without that kek."""

    @abstractmethod
    def blind_digests(self, message: bytes) -> list[bytes]:
        """HMAC-SM3 of message under every index key, the newest first. Raises KeyUnavailable when there is none."""

    @abstractmethod
    def anchor(self, message: bytes) -> bytes:
        """A seal over message under the newest anchor key: key id, a colon, HMAC-SM3."""

    @abstractmethod
    def anchor_holds(self, message: bytes, seal: bytes) -> bool:
        """True when seal is an anchor of exactly this message. Raises KeyUnavailable when its key is gone."""

    @abstractmethod
    def wrap_backup(self, key: bytes) -> bytes:
        """Encrypt the key of one backup under the newest backup key. Raises KeyUnavailable when there is none."""

    @abstractmethod
    def unwrap_backup(self, wrapped: bytes) -> bytes:
        """The key of a backup again. Raises sm4gcm.Tampered when it does not open, KeyUnavailable without its key."""


class FileKeyProvider(KeyProvider):
    """Keys from files `kek-1.key`, `index-1.key`, `anchor-1.key`, … of mode 0400 in settings.CONGRESS_KEYS_DIR.

    Each holds 64 hexadecimal digits. Files are read once: restart the services after adding a version.
    """

    def __init__(self, directory: str | Path | None = None):
        self._directory = Path(directory or settings.CONGRESS_KEYS_DIR)
        self._masters: dict[str, bytes] = {}
        self._township_keys: dict[tuple[str, str], bytes] = {}
        self._ids: dict[str, list[str]] | None = None

    def __repr__(self):
        return f"<{type(self).__name__}>"  # never the directory's content

    def ids(self, kind: str) -> list[str]:
        """Ids of the keys of a kind that exist, oldest first."""
        if self._ids is None:
            self._ids = key_files(self._directory)
        return self._ids[kind]

    def current(self, kind: str) -> str:
        ids = self.ids(kind)
        if not ids:
            raise KeyUnavailable(f"没有找到密钥 {kind}：请先运行 manage.py make_keys")
        return ids[-1]

    def wrap(self, key: bytes, *, township: str, aad: bytes) -> bytes:
        return self.wrap_many([(key, aad)], township=township)[0]

    def wrap_many(self, pairs: Sequence[tuple[bytes, bytes]], *, township: str) -> list[bytes]:
        kek_id = self.current(KEK)
        return sm4gcm.seal_many(self._township_key(kek_id, township), pairs, key_id=kek_id.encode())

    def unwrap(self, wrapped: bytes, *, township: str, aad: bytes) -> bytes:
        kek_id = sm4gcm.key_id_of(wrapped).decode("ascii", "replace")
        return sm4gcm.unseal(self._township_key(kek_id, township), wrapped, aad=aad)

    def blind_digests(self, message: bytes) -> list[bytes]:
        self.current(INDEX)  # raises when there is no key at all
        return [sm3.hmac_sm3(self._master(key_id), message) for key_id in reversed(self.ids(INDEX))]

    def anchor(self, message: bytes) -> bytes:
        key_id = self.current(ANCHOR)
        return key_id.encode() + b":" + sm3.hmac_sm3(self._master(key_id), message)

    def anchor_holds(self, message: bytes, seal: bytes) -> bool:
        key_id, colon, mac = seal.partition(b":")
        name = key_id.decode("ascii", "replace")
        if not colon or not name.startswith(ANCHOR + "-"):
            return False
        return sm3.same(sm3.hmac_sm3(self._master(name), message), mac)

    def wrap_backup(self, key: bytes) -> bytes:
        key_id = self.current(BACKUP)
        return sm4gcm.seal(self._backup_key(key_id), key, aad=_BACKUP_AAD, key_id=key_id.encode())

    def unwrap_backup(self, wrapped: bytes) -> bytes:
        key_id = sm4gcm.key_id_of(wrapped).decode("ascii", "replace")
        return sm4gcm.unseal(self._backup_key(key_id), wrapped, aad=_BACKUP_AAD)

    def _backup_key(self, key_id: str) -> bytes:
        if not key_id.startswith(BACKUP + "-"):
            raise KeyUnavailable("该文件不是用备份密钥封装的")
        return sm3.hkdf_sm3(self._master(key_id), _BACKUP_AAD + key_id.encode(), sm4gcm.KEY_BYTES)

    def _master(self, key_id: str) -> bytes:
        if key_id not in self._masters:
            if not _FILE_NAME.match(f"{key_id}.key"):  # the id may come from a tampered header
                raise KeyUnavailable("密钥编号不合规定")
            self._masters[key_id] = read_key_file(self._directory / f"{key_id}.key")
        return self._masters[key_id]

    def _township_key(self, kek_id: str, township: str) -> bytes:
        if not kek_id.startswith(KEK + "-"):
            raise KeyUnavailable("该值不是用县级密钥封装的")
        at = (kek_id, township)
        if at not in self._township_keys:
            info = b"congress/township-kek\0" + kek_id.encode() + b"\0" + township.encode()
            self._township_keys[at] = sm3.hkdf_sm3(self._master(kek_id), info, sm4gcm.KEY_BYTES)
        return self._township_keys[at]


def key_files(directory: Path) -> dict[str, list[str]]:
    """Ids of the key files in a directory by kind, oldest version first; empty lists when the directory is missing."""
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KINDS}
    names = os.listdir(directory) if directory.is_dir() else []
    for match in filter(None, map(_FILE_NAME.match, names)):
        found[match["kind"]].append((int(match["version"]), match["id"]))
    return {kind: [key_id for _, key_id in sorted(versions)] for kind, versions in found.items()}


def read_key_file(path: Path) -> bytes:
    """The 32 bytes in a key file. Raises KeyUnavailable when missing, KeyFileRefused when others than the owner may use it."""
    try:
        with open(path, "rb") as file:
            # fstat on the open file: what is checked is what is read.
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode) or mode & 0o077:
                raise KeyFileRefused(f"密钥文件 {path.name} 的权限过宽：只应由属主读取（chmod 0400）")
            content = file.read(4 * MASTER_BYTES)
    except OSError as error:
        raise KeyUnavailable(f"密钥文件 {path.name} 读不到：{error.strerror}") from None
    try:
        key = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        raise KeyFileRefused(f"密钥文件 {path.name} 的内容不是密钥") from None
    if len(key) != MASTER_BYTES:
        raise KeyFileRefused(f"密钥文件 {path.name} 的长度不对")
    return key


def create_key_file(directory: Path, key_id: str) -> Path:
    """Write a new random key file of mode 0400. Raises FileExistsError: an existing key is never overwritten."""
    path = directory / f"{key_id}.key"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), 0o400)  # whatever the umask
        file.write(os.urandom(MASTER_BYTES).hex().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())  # data wrapped under a key that is lost in a power cut is lost too
    return path


@cache
def provider() -> KeyProvider:
    """The provider named by settings.CONGRESS_KEY_PROVIDER, one a process."""
    return import_string(settings.CONGRESS_KEY_PROVIDER)()


def _forget(*, setting: str, **kwargs) -> None:
    if setting in {"CONGRESS_KEY_PROVIDER", "CONGRESS_KEYS_DIR"}:
        provider.cache_clear()


setting_changed.connect(_forget, dispatch_uid="congress.crypto.providers")
