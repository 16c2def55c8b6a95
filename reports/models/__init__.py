"""The annual report: its sections and the figures set into them."""

from reports.models.annual import AnnualReport, FigureUse, Section, SectionDraft

__all__ = ["AnnualReport", "FigureUse", "Section", "SectionDraft"]
