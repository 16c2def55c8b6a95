"""Addresses that are the same for everybody, found once: a page has dozens of them, and each is a search through all."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse


@lru_cache(maxsize=8192)
def page_at(name: str, *codes: str) -> str:
    """The address of a page by its name and the codes in it (of a place, a figure), of which there are few; never by the key
    of a record. Raises NoReverseMatch for a page there is not."""
    return reverse(name, args=codes)


ANY_KEY = "00000000-0000-0000-0000-000000000000"


def record_at(name: str, code: str, key: UUID) -> str:
    """The address of the page of a record, by its key; as `page_at`, since a list has a hundred of them."""
    return page_at(name, code, ANY_KEY).replace(ANY_KEY, str(key))
