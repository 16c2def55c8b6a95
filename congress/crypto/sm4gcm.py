"""Authenticated encryption with SM4-GCM (GB/T 32907-2016, RFC 8998): one sealed token of bytes that names its key.

Token = format (1 byte) | length of the key id (1 byte) | key id | nonce (12 bytes) | ciphertext | tag (16 bytes).
The header is authenticated together with the caller's AAD, so neither the key id nor the place a value belongs to can
be exchanged unnoticed. Nonces are random 96-bit numbers: replace a key before it has sealed 2**32 values.
"""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
FORMAT = 1
OVERHEAD = 2 + NONCE_BYTES + TAG_BYTES  # bytes added to key id and plaintext


class Tampered(Exception):
    """The token was changed, cut, moved to another place, or sealed under another key. Carries no content."""


def new_key() -> bytes:
    """A random SM4 key from the operating system."""
    return new_keys(1)[0]


def new_keys(number: int) -> list[bytes]:
    """So many of them, asked for together."""
    random = os.urandom(KEY_BYTES * number)
    return [random[start : start + KEY_BYTES] for start in range(0, len(random), KEY_BYTES)]


def seal(key: bytes, plaintext: bytes, *, aad: bytes, key_id: bytes) -> bytes:
    """Encrypt plaintext under key; `key_id` (1 to 255 bytes, not secret) goes into the header. Raises ValueError."""
    return seal_many(key, [(plaintext, aad)], key_id=key_id)[0]


def seal_many(key: bytes, pairs: Sequence[tuple[bytes, bytes]], *, key_id: bytes) -> list[bytes]:
    """Encrypt many plaintexts, each with its own AAD and nonce, under one key. Raises ValueError like `seal`."""
    _check_key(key)
    if not 1 <= len(key_id) <= 255:
        raise ValueError("a key id has 1 to 255 bytes")
    header = bytes((FORMAT, len(key_id))) + key_id
    algorithm, random = algorithms.SM4(key), os.urandom(NONCE_BYTES * len(pairs))
    sealed = []
    for place, (plaintext, aad) in enumerate(pairs):
        nonce = random[place * NONCE_BYTES : (place + 1) * NONCE_BYTES]
        encryptor = Cipher(algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(header + aad)
        sealed.append(header + nonce + encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag)
    return sealed


def unseal(key: bytes, token: bytes, *, aad: bytes) -> bytes:
    """The plaintext of a token. Raises Tampered unless token, key and aad are those of `seal`."""
    _check_key(key)
    header = token[: 2 + len(key_id_of(token))]
    body = token[len(header) :]
    nonce, ciphertext, tag = body[:NONCE_BYTES], body[NONCE_BYTES:-TAG_BYTES], body[-TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(header + aad)
    try:
        return decryptor.update(ciphertext) + decryptor.finalize()
    except InvalidTag:
        raise Tampered("the sealed value does not authenticate") from None


def key_id_of(token: bytes) -> bytes:
    """The key id in the header of a token (not yet authenticated). Raises Tampered when it is no token."""
    if len(token) < 2 or token[0] != FORMAT or token[1] == 0 or len(token) < token[1] + OVERHEAD:
        raise Tampered("not a sealed value of a known format")
    return token[2 : 2 + token[1]]


def _check_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"an SM4 key has {KEY_BYTES} bytes")
