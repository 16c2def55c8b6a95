"""App configuration."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Voters' words, suggestions and motions."""

    name = "proposals"
    label = "proposals"
    verbose_name = "建议"
