"""SM3 (GB/T 32905-2016) and what is built on it, by pyca/cryptography: the host's own OpenSSL may lack it."""

from collections.abc import Iterable
from functools import lru_cache

from cryptography.hazmat.primitives import constant_time, hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

DIGEST_BYTES = 32


def sm3(data: bytes) -> bytes:
    """The 32-byte SM3 digest of data."""
    return sm3_of((data,))


def sm3_of(pieces: Iterable[bytes]) -> bytes:
    """The 32-byte SM3 digest of what the pieces make together, of which one at a time is in memory."""
    digest = hashes.Hash(hashes.SM3())
    for piece in pieces:
        digest.update(piece)
    return digest.finalize()


def hmac_sm3(key: bytes, message: bytes) -> bytes:
    """The 32-byte HMAC-SM3 of message under key (GB/T 15852.2, GM/T 0042)."""
    mac = _keyed(key).copy()
    mac.update(message)
    return mac.finalize()


@lru_cache(maxsize=8)
def _keyed(key: bytes) -> hmac.HMAC:
    """The beginning of a MAC, which is the same for every message: never updated, only copied."""
    return hmac.HMAC(key, hashes.SM3())


def hkdf_sm3(key: bytes, info: bytes, length: int) -> bytes:
    """A key of `length` bytes derived from a random key by HKDF over SM3 (RFC 5869); info separates the uses."""
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=info).derive(key)


def same(left: bytes, right: bytes) -> bool:
    """Compare two digests in time that does not depend on where they differ."""
    return constant_time.bytes_eq(left, right)
