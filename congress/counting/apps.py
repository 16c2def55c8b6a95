"""App configuration."""

from django.apps import AppConfig


class CountingConfig(AppConfig):
    """Paper ballots read twice, compared, added up, signed."""

    name = "congress.counting"
    label = "counting"
    verbose_name = "计票"
