"""App configuration."""

from django.apps import AppConfig


class DeputiesConfig(AppConfig):
    """Terms, districts, the roster, stations, activities."""

    name = "deputies"
    label = "deputies"
    verbose_name = "代表"
