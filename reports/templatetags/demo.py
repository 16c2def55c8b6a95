"""What the log-in page shows in a demonstration."""

from django import template
from django.conf import settings

from reports.demo import cast, seeding

register = template.Library()


@register.inclusion_tag("reports/demo_accounts.html")
def demo_accounts() -> dict:
    """The named accounts with their one password; nothing outside demonstration mode or before the seeding."""
    shown = settings.DEMO and seeding.is_there()
    return {"places": cast.by_place() if shown else {}, "password": cast.PASSWORD}
