"""Addresses that are the same for everybody, found once: a page has dozens of them, and each is a search through all."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8192)
def page_at(name: str, *codes: str) -> str:
    """The address of a page by its name and the codes in it (of a place, a figure), of which there are few; never by the key
    of a record. Raises NoReverseMatch for a page there is not."""
    return reverse(name, args=codes)
