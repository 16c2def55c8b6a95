"""Django's `{% load static %}`, which finds the address of each file once: a page has twenty, and its name of the day is put together
from three parts of an address."""

from functools import lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags import static

register = template.Library()
register.tags.update(static.register.tags)


class Static(static.StaticNode):
    """An address that is known from then on, for as long as files come from the same place."""

    @classmethod
    def handle_simple(cls, path):
        return _found(staticfiles_storage.url, path)


@lru_cache(maxsize=1024)
def _found(url_of, path: str) -> str:
    return url_of(path)


register.tag("static", Static.handle_token)
