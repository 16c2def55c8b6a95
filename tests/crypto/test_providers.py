"""Key files: their modes, versions, what they wrap, and the command that makes them."""

import os
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from congress.crypto import checks, providers, sm4gcm
from congress.crypto.providers import FileKeyProvider, KeyFileRefused, KeyProvider, KeyUnavailable


@pytest.fixture
def keys_dir(tmp_path, settings):
    """A fresh directory of keys that the settings point to."""
    settings.CONGRESS_KEYS_DIR = str(tmp_path / "keys")
    call_command("make_keys", stdout=StringIO())
    return tmp_path / "keys"


def test_make_keys_writes_one_of_each_kind_readable_by_the_owner_only(keys_dir):
    files = sorted(keys_dir.iterdir())
    assert [file.name for file in files] == ["anchor-1.key", "backup-1.key", "index-1.key", "kek-1.key"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o400}
    assert len({file.read_bytes() for file in files}) == 4
    assert all(len(bytes.fromhex(file.read_text())) == 32 for file in files)


def test_make_keys_never_overwrites_and_says_so(keys_dir):
    before = {file.name: file.read_bytes() for file in keys_dir.iterdir()}
    said = StringIO()
    call_command("make_keys", stdout=said)
    assert {file.name: file.read_bytes() for file in keys_dir.iterdir()} == before
    assert "未作改动" in said.getvalue()
    with pytest.raises(FileExistsError):
        providers.create_key_file(keys_dir, "kek-1")


def test_make_keys_makes_only_what_is_missing(keys_dir):
    kept = (keys_dir / "kek-1.key").read_bytes()
    (keys_dir / "index-1.key").unlink()
    said = StringIO()
    call_command("make_keys", stdout=said)
    assert "index-1.key" in said.getvalue()
    assert "kek-1.key" not in said.getvalue()
    assert (keys_dir / "kek-1.key").read_bytes() == kept


def test_make_keys_never_prints_a_key(keys_dir):
    said = StringIO()
    call_command("make_keys", rotate="kek", stdout=said)
    assert all(file.read_text().strip() not in said.getvalue() for file in keys_dir.iterdir())


def test_make_keys_explains_a_directory_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="写不进"):
        call_command("make_keys", dir=str(tmp_path / "file" / "keys"))


@pytest.mark.parametrize("mode", [0o404, 0o440, 0o444, 0o644, 0o600 | 0o004, 0o402])
def test_key_file_that_others_may_use_is_refused(keys_dir, mode):
    path = keys_dir / "kek-1.key"
    path.chmod(mode)
    with pytest.raises(KeyFileRefused, match="权限过宽"):
        FileKeyProvider(keys_dir).wrap(sm4gcm.new_key(), township="1", aad=b"")
    assert [error.id for error in checks.key_files_are_private()] == ["congress.crypto.E002"]


@pytest.mark.parametrize("content", [b"", b"zz" * 32, b"ab" * 16, b"ab" * 33, b"\xff" * 64])
def test_key_file_with_other_content_is_refused_and_not_quoted(keys_dir, content):
    path = keys_dir / "kek-1.key"
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)
    with pytest.raises(KeyFileRefused) as refused:
        providers.read_key_file(path)
    assert "zz" not in str(refused.value)


def test_missing_keys_are_named(tmp_path, settings):
    settings.CONGRESS_KEYS_DIR = str(tmp_path / "none")
    with pytest.raises(KeyUnavailable, match="make_keys"):
        providers.provider().current("kek")
    assert {error.id for error in checks.keys_exist()} == {"congress.crypto.E003"}
    assert checks.key_files_are_private() == []


def test_wrapped_key_opens_for_its_township_and_place_only(keys_dir):
    provider, key = FileKeyProvider(keys_dir), sm4gcm.new_key()
    wrapped = provider.wrap(key, township="1", aad=b"row")
    assert provider.unwrap(wrapped, township="1", aad=b"row") == key
    assert key not in wrapped
    for township, aad in (("2", b"row"), ("1", b"other")):
        with pytest.raises(sm4gcm.Tampered):
            provider.unwrap(wrapped, township=township, aad=aad)


def test_new_version_wraps_while_old_ones_still_open(keys_dir):
    key = sm4gcm.new_key()
    old = FileKeyProvider(keys_dir).wrap(key, township="1", aad=b"")
    for _ in range(9):
        call_command("make_keys", rotate="kek", stdout=StringIO())
    provider = FileKeyProvider(keys_dir)
    assert provider.current("kek") == "kek-10"  # by number, not by spelling
    new = provider.wrap(key, township="1", aad=b"")
    assert (sm4gcm.key_id_of(old), sm4gcm.key_id_of(new)) == (b"kek-1", b"kek-10")
    assert provider.unwrap(old, township="1", aad=b"") == provider.unwrap(new, township="1", aad=b"") == key


def test_key_that_was_taken_away_is_named(keys_dir):
    wrapped = FileKeyProvider(keys_dir).wrap(sm4gcm.new_key(), township="1", aad=b"")
    (keys_dir / "kek-1.key").unlink()
    with pytest.raises(KeyUnavailable, match=r"kek-1\.key"):
        FileKeyProvider(keys_dir).unwrap(wrapped, township="1", aad=b"")


@pytest.mark.parametrize("key_id", [b"../kek-1", b"index-1", b"kek-1/../../etc", b"\xff\xfe", b"kek-"])
def test_key_id_in_a_forged_header_opens_no_other_file(keys_dir, key_id):
    forged = sm4gcm.seal(sm4gcm.new_key(), sm4gcm.new_key(), aad=b"", key_id=key_id)
    with pytest.raises(KeyUnavailable):
        FileKeyProvider(keys_dir).unwrap(forged, township="1", aad=b"")


def test_blind_digests_know_every_index_key_newest_first(keys_dir):
    before = FileKeyProvider(keys_dir).blind_digests(b"x")
    call_command("make_keys", rotate="index", stdout=StringIO())
    after = FileKeyProvider(keys_dir).blind_digests(b"x")
    assert len(before) == 1
    assert after[1:] == before
    assert after[0] != before[0]
    assert FileKeyProvider(keys_dir).blind_digests(b"y") != after


def test_anchor_holds_for_its_message_whatever_key_is_newest(keys_dir):
    seal = FileKeyProvider(keys_dir).anchor(b"1:9:hash")
    call_command("make_keys", rotate="anchor", stdout=StringIO())
    provider = FileKeyProvider(keys_dir)
    assert provider.anchor_holds(b"1:9:hash", seal)
    assert not provider.anchor_holds(b"1:8:hash", seal)
    assert not provider.anchor_holds(b"1:9:hash", seal[:-1] + bytes([seal[-1] ^ 1]))
    # A blind index is an HMAC too; it must not pass for an anchor.
    assert not provider.anchor_holds(b"1:9:hash", b"index-1:" + provider.blind_digests(b"1:9:hash")[0])
    assert not provider.anchor_holds(b"1:9:hash", b"")
    assert provider.anchor(b"1:9:hash").startswith(b"anchor-2:")


def test_provider_is_the_one_the_settings_name_and_shows_nothing(keys_dir, settings):
    assert type(providers.provider()) is FileKeyProvider
    assert repr(providers.provider()) == "<FileKeyProvider>"
    settings.CONGRESS_KEY_PROVIDER = "tests.crypto.test_providers.Device"
    assert type(providers.provider()).__name__ == "Device"


class Device(FileKeyProvider):
    """Stands for a provider that talks to a cryptographic device."""


def test_a_provider_that_wraps_one_key_at_a_time_wraps_many(keys_dir):
    class One(Device):
        wrap_many = KeyProvider.wrap_many

        def wrap(self, key, *, township, aad):
            return township.encode() + aad + key

    assert One(keys_dir).wrap_many([(b"k", b"a"), (b"l", b"b")], township="1") == [b"1ak", b"1bl"]


@pytest.mark.parametrize("umask", [0, 0o777])
def test_umask_neither_widens_a_key_file_nor_shuts_it(tmp_path, umask):
    outer = os.umask(umask)
    try:
        path = providers.create_key_file(tmp_path, "kek-1")
    finally:
        os.umask(outer)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
