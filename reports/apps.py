"""App configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The annual report and the county's dashboards."""

    name = "reports"
    label = "reports"
    verbose_name = "报告"
