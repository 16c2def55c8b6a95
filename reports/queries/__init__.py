"""Reads for reports and dashboards."""
