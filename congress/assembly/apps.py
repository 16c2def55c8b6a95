"""App configuration."""

from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    """Sessions of the congress and meetings of its presidium."""

    name = "congress.assembly"
    label = "assembly"
    verbose_name = "会议"
