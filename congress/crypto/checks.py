"""System checks of the cryptography: known answers at every start, key files before serving."""

from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, register

from congress.crypto import kat
from congress.crypto.providers import KINDS, FileKeyProvider, KeyUnavailable, key_files, provider, read_key_file


@register(Tags.security)
def algorithms_give_known_answers(app_configs=None, **kwargs) -> list[Error]:
    """E001 for every known-answer test that fails."""
    return [Error(f"密码算法自检未通过：{name}", id="congress.crypto.E001") for name in kat.failures()]


@register(Tags.security)
def key_files_are_private(app_configs=None, **kwargs) -> list[Error]:
    """E002 for every key file that exists and is unreadable, damaged or open to others."""
    directory = Path(settings.CONGRESS_KEYS_DIR)
    if not _uses_files():
        return []
    errors = []
    for key_id in chain.from_iterable(key_files(directory).values()):
        try:
            read_key_file(directory / f"{key_id}.key")
        except KeyUnavailable as error:
            errors.append(Error(str(error), id="congress.crypto.E002"))
    return errors


@register(Tags.security, deploy=True)
def keys_exist(app_configs=None, **kwargs) -> list[Error]:
    """E003 for every kind of key the provider has none of; only with --deploy, images are built before keys."""
    errors = []
    for kind in KINDS:
        try:
            provider().current(kind)
        except KeyUnavailable as error:
            errors.append(Error(str(error), hint="manage.py make_keys", id="congress.crypto.E003"))
    return errors


def _uses_files() -> bool:
    return issubclass(type(provider()), FileKeyProvider)
