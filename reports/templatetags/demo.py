"""What the log-in page shows in a demonstration."""

from django import template
from django.conf import settings

from reports.demo import cast, seeding

register = template.Library()


@register.inclusion_tag("reports/demo_accounts.html", takes_context=True)
def demo_accounts(context) -> dict:
    """The named accounts that can be logged in with, and their one password; nothing outside demonstration mode."""
    names = cast.names_there() if settings.DEMO and seeding.is_there() else set()
    return {"places": cast.by_place(names), "password": cast.PASSWORD, "filling": context.get("filling")}
