"""What may be done to an annual report: by whom, when, and what it does."""

from reports.life.annual import ANNUAL

__all__ = ["ANNUAL"]
