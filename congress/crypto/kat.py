"""Known-answer tests of the algorithms: a library that computes something else must not touch a single record.

Vectors: SM3 from GB/T 32905-2016 annex A; HMAC-SM3 from GM/T 0042-2015 D.3; SM4 from GB/T 32907-2016 annex A;
SM4-GCM from RFC 8998 appendix A.1.
"""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from congress.crypto import sm3, sm4gcm

_KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")
_NONCE = bytes.fromhex("00001234567800000000abcd")
_AAD = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
_PLAIN = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
_CIPHER = bytes.fromhex(
    "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
    "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
)
_TAG = bytes.fromhex("83de3541e4c2b58177e065a9bf7b62ec")
_BLOCK = bytes.fromhex("681edf34d206965e86b3e94f536e4246")


def _sm3_short() -> bool:
    return sm3.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def _sm3_long() -> bool:
    return sm3.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def _hmac_sm3() -> bool:
    answer = sm3.hmac_sm3(bytes(range(1, 38)), b"\xcd" * 50)
    return answer.hex() == "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"


def _sm4_block() -> bool:
    # ECB of one block is the bare permutation; it is used here and nowhere else.
    encryptor = Cipher(algorithms.SM4(_KEY), modes.ECB()).encryptor()  # noqa: S305
    return encryptor.update(_KEY) + encryptor.finalize() == _BLOCK


def _sm4_gcm() -> bool:
    encryptor = Cipher(algorithms.SM4(_KEY), modes.GCM(_NONCE)).encryptor()
    encryptor.authenticate_additional_data(_AAD)
    return (encryptor.update(_PLAIN) + encryptor.finalize(), encryptor.tag) == (_CIPHER, _TAG)


def _sm4_gcm_refuses() -> bool:
    decryptor = Cipher(algorithms.SM4(_KEY), modes.GCM(_NONCE, _TAG)).decryptor()
    decryptor.authenticate_additional_data(_AAD)
    try:
        decryptor.update(bytes([_CIPHER[0] ^ 1]) + _CIPHER[1:])
        decryptor.finalize()
    except InvalidTag:
        return True
    return False


def _token() -> bool:
    token = sm4gcm.seal(_KEY, _PLAIN, aad=_AAD, key_id=b"kat")
    return sm4gcm.unseal(_KEY, token, aad=_AAD) == _PLAIN


TESTS: dict[str, Callable[[], bool]] = {
    "SM3 (short)": _sm3_short,
    "SM3 (64 bytes)": _sm3_long,
    "HMAC-SM3": _hmac_sm3,
    "SM4 (one block)": _sm4_block,
    "SM4-GCM (encrypt)": _sm4_gcm,
    "SM4-GCM (refuses a changed ciphertext)": _sm4_gcm_refuses,
    "sealed token": _token,
}


def failures() -> list[str]:
    """Names of the known-answer tests that fail, with the error's kind; empty when every algorithm is right."""
    failed = []
    for name, test in TESTS.items():
        try:
            passed = test()
        except Exception as error:  # a missing algorithm raises library-specific errors: report it, do not hide it
            failed.append(f"{name}: {type(error).__name__}")
        else:
            if not passed:
                failed.append(name)
    return failed
