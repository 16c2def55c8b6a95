"""SM3, HMAC-SM3 and SM4-GCM against published vectors, and what a changed token does."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from congress.crypto import checks, kat, sm3, sm4gcm

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


@pytest.mark.parametrize(
    ("message", "digest"),
    [  # GB/T 32905-2016, annex A
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_published_digests(message, digest):
    assert sm3.sm3(message).hex() == digest


@pytest.mark.parametrize(
    ("key", "message", "mac"),
    [  # GM/T 0042-2015, D.3
        (
            bytes(range(1, 33)),
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2,
            "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a",
        ),
        (bytes(range(1, 38)), b"\xcd" * 50, "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"),
    ],
)
def test_hmac_sm3_gives_the_published_macs(key, message, mac):
    assert sm3.hmac_sm3(key, message).hex() == mac


def test_sm4_gcm_token_is_the_vector_of_rfc_8998(monkeypatch):
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = b"".join(bytes([byte]) * 8 for byte in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    monkeypatch.setattr("congress.crypto.sm4gcm.os.urandom", lambda count: nonce[:count])
    token = sm4gcm.seal(KEY, plain, aad=b"", key_id=b"k")
    # The ciphertext does not depend on the AAD, so the vector shows inside our token.
    assert token[:15] == bytes((1, 1)) + b"k" + nonce
    assert token[15:-16].hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    encryptor = Cipher(algorithms.SM4(KEY), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    encryptor.update(plain)
    encryptor.finalize()
    assert encryptor.tag.hex() == "83de3541e4c2b58177e065a9bf7b62ec"


@given(plain=st.binary(max_size=200), aad=st.binary(max_size=40), key_id=st.binary(min_size=1, max_size=20))
def test_token_opens_to_what_was_sealed(plain, aad, key_id):
    token = sm4gcm.seal(KEY, plain, aad=aad, key_id=key_id)
    assert sm4gcm.unseal(KEY, token, aad=aad) == plain
    assert sm4gcm.key_id_of(token) == key_id
    assert len(token) == len(plain) + len(key_id) + sm4gcm.OVERHEAD


def test_same_text_sealed_twice_differs():
    tokens = {sm4gcm.seal(KEY, b"138", aad=b"", key_id=b"k") for _ in range(50)}
    assert len(tokens) == 50


def test_every_flipped_bit_of_a_token_is_found():
    token = sm4gcm.seal(KEY, "青山镇".encode(), aad=b"place", key_id=b"key")
    for position in range(len(token) * 8):
        changed = bytearray(token)
        changed[position // 8] ^= 1 << (position % 8)
        with pytest.raises(sm4gcm.Tampered):
            sm4gcm.unseal(KEY, bytes(changed), aad=b"place")


def test_every_shortened_token_is_found():
    token = sm4gcm.seal(KEY, b"text", aad=b"", key_id=b"key")
    for length in range(len(token)):
        with pytest.raises(sm4gcm.Tampered):
            sm4gcm.unseal(KEY, token[:length], aad=b"")


def test_another_aad_or_key_does_not_open():
    token = sm4gcm.seal(KEY, b"text", aad=b"here", key_id=b"k")
    with pytest.raises(sm4gcm.Tampered):
        sm4gcm.unseal(KEY, token, aad=b"there")
    with pytest.raises(sm4gcm.Tampered):
        sm4gcm.unseal(sm4gcm.new_key(), token, aad=b"here")


def test_header_and_aad_cannot_trade_bytes():
    # Header is prepended to the AAD: its length byte must keep the border where it was.
    token = sm4gcm.seal(KEY, b"text", aad=b"bc", key_id=b"a")
    moved = bytes((1, 2)) + b"ab" + token[3:]
    with pytest.raises(sm4gcm.Tampered):
        sm4gcm.unseal(KEY, moved, aad=b"c")


def test_keys_of_wrong_length_are_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        sm4gcm.seal(b"short", b"", aad=b"", key_id=b"k")
    with pytest.raises(ValueError, match="key id"):
        sm4gcm.seal(KEY, b"", aad=b"", key_id=b"")


def test_known_answers_hold_and_the_check_is_silent():
    assert kat.failures() == []
    assert checks.algorithms_give_known_answers() == []


def test_check_reports_a_wrong_algorithm_and_a_missing_one(monkeypatch):
    def missing():
        raise NotImplementedError

    monkeypatch.setitem(kat.TESTS, "SM3 (short)", lambda: False)
    monkeypatch.setitem(kat.TESTS, "HMAC-SM3", missing)
    messages = [error.msg for error in checks.algorithms_give_known_answers()]
    assert len(messages) == 2
    assert "SM3 (short)" in messages[0]
    assert "NotImplementedError" in messages[1]


def test_checks_run_at_every_start():
    from django.core.checks.registry import registry

    names = {check.__name__ for check in registry.get_checks(include_deployment_checks=False)}
    assert {"algorithms_give_known_answers", "key_files_are_private"} <= names
