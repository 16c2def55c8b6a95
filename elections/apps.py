"""App configuration."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Direct elections."""

    name = "elections"
    label = "elections"
    verbose_name = "选举"
